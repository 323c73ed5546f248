"""A home on a desktop of its own: profiles, a real keyring with the secret in it, and an STS that answers at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.adapters.keyring_store.keyring_desktop import PASSWORD, session_bus
from tests.bench.measure import OURS, ROOT
from tests.bench_ui import scene

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR")
MAIN = ROOT / "main.py"
REGION = "eu-west-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the files are, what a process there has in its environment, and where AWS answers."""

    path: Path
    environ: dict[str, str]
    url: str

    @property
    def credentials_file(self) -> Path:
        """What AWS tools read."""
        return Path(self.environ["AWS_SHARED_CREDENTIALS_FILE"])

    def command(self, *words: str) -> list[str | Path]:
        """A command of ours, as it is started from a checkout."""
        return [OURS, MAIN, *words]

    def rolecall(self, *words: str, typed: str = "") -> str:
        """Run it to its end and return what it prints. Raises RuntimeError if it fails."""
        done = subprocess.run(
            self.command(*words), input=typed, env=self.environ, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"rolecall {' '.join(words)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


@contextmanager
def home(profiles: int, *, extra: str = "") -> Iterator[Home]:
    """A home with so many profiles of the identity alice, whose secret is in the keyring; `extra` settings follow.

    In the AWS config file [boss] has the same key, and [bench] the role of the first profile, for AWS's own tools.
    """
    with tempfile.TemporaryDirectory(prefix="rolecall-bench-") as name, fast_sts() as port:
        path = Path(name)
        scene.furnish(path, profiles, 1)
        (path / "runtime").mkdir(mode=0o700)
        settings = path / "rolecall" / "config" / "config.toml"
        settings.write_text(settings.read_text(encoding="utf-8") + extra, encoding="utf-8")
        kept = {each: os.environ[each] for each in _KEPT if each in os.environ}
        environ = {each: value for each, value in scene.environment(path, port).items() if each.startswith(_OURS)}
        environ |= kept | {"HOME": name, "XDG_RUNTIME_DIR": str(path / "runtime"), "AWS_REGION": REGION}
        del environ["ROLECALL_KEYRING"]
        with session_bus(path) as desktop:
            environ["DBUS_SESSION_BUS_ADDRESS"] = desktop.address
            desktop.environ.clear()
            desktop.environ.update(environ)
            desktop.keyring_daemon(PASSWORD)
            made = Home(path=path, environ=environ, url=f"http://127.0.0.1:{port}")
            made.rolecall("identity", "add", "alice", "--access-key-id", scene.KEY_ID, typed=scene.SECRET + "\n")
            an_hour_ago = time.time() - 3600
            os.utime(settings, (an_hour_ago, an_hour_ago))  # nobody has just edited it
            yield made


_OURS = ("AWS_", "ROLECALL_", "NO_PROXY")


@contextmanager
def fast_sts() -> Iterator[int]:
    """An STS that believes everybody and answers at once, in a process of its own: its port at 127.0.0.1."""
    command = [sys.executable, "-m", "tests.bench_ui.fast_sts"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.communicate(timeout=10)


def is_document(told: str) -> bool:
    """Whether it is what `credential_process` wants."""
    document = json.loads(told)
    return document["Version"] == 1 and document["AccessKeyId"].startswith("ASIA") and bool(document["SessionToken"])
