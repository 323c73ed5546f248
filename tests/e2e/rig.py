"""A person's machine with a stand-in AWS behind it: the command line as they type it, and AWS's own tools."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyotp

from app.standin import demo_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.standin import StandIn, World

ROOT = Path(__file__).parents[2]
AWS_CLI = Path(sys.executable).with_name("aws")
PATIENCE = 90


class Terminal:
    """A terminal with a program on it. `shown` is all that it has shown so far."""

    def __init__(self, process: subprocess.Popen[bytes], leader: int) -> None:
        self.process = process
        self.shown = ""
        self._leader = leader
        self._open = True

    def wait_for(self, text: str) -> None:
        """Wait until `text` was shown; fail if the program ends before."""
        ends = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert self._read(), f"“{text}” was never shown:\n{self.shown}"
            assert time.monotonic() < ends, f"waited in vain for “{text}”:\n{self.shown}"

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._leader, text.encode() + b"\n")

    def interrupt(self) -> None:
        """Press Ctrl+C."""
        self.process.send_signal(signal.SIGINT)

    def end(self, code: int = 0) -> str:
        """Wait until the program ends with `code`; returns all that was shown."""
        ends = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < ends, f"it does not end:\n{self.shown}"
        assert self.process.wait(PATIENCE) == code, self.shown
        return self.shown

    def _read(self) -> bool:
        ready, _, _ = select.select([self._leader], [], [], 0.2)
        if ready:
            try:
                self.shown += os.read(self._leader, 65536).decode(errors="replace").replace("\r\n", "\n")
            except OSError:  # the other end is closed: the program ended
                return False
        return True


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person's home, and the program and AWS's tools as they are started there."""

    home: Path

    @property
    def url(self) -> str:
        """Where AWS answers."""
        raise NotImplementedError

    @property
    def credentials(self) -> Path:
        return self.home / ".aws" / "credentials"

    @property
    def settings(self) -> Path:
        return self.home / "rolecall" / "config" / "config.toml"

    @property
    def locks(self) -> Path:
        """Where Rolecall's processes lock sessions against each other."""
        return self.home / "rolecall" / "state" / "locks"

    @property
    def environ(self) -> dict[str, str]:
        return os.environ | {
            "ROLECALL_KEYRING": f"file:{self.home / 'keyring'}",
            "ROLECALL_KEYRING_PASSPHRASE_FILE": str(self.home / "passphrase"),
            "AWS_ENDPOINT_URL_STS": self.url,
            "AWS_ENDPOINT_URL": self.url,
            "ROLECALL_SIGNIN_ENDPOINT": f"{self.url}/federation",
            "AWS_DEFAULT_REGION": "eu-west-1",
        }

    def settle(self, settings: str) -> None:
        """Write the settings, and choose a passphrase for the keyring."""
        self.settings.parent.mkdir(parents=True)
        self.settings.write_text(settings)
        (self.home / "passphrase").write_text("correct horse\n")

    def configure(self, settings: str, secret_access_key: str) -> None:
        """Write the settings, and put alice's secret into the keyring as a person would."""
        self.settle(settings)
        self.run("identity", "add", "alice", typed=secret_access_key + "\n")

    def run(self, *arguments: str, typed: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run `python main.py …` without a terminal and expect its exit code."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            input=typed,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start one without waiting."""
        command = [sys.executable, str(ROOT / "main.py"), *arguments]
        return subprocess.Popen(command, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def type_at_terminal(self, *arguments: str, prompt: str, answer: str, code: int = 0) -> str:
        """Run it on a terminal of its own; when `prompt` appears type `answer`. Returns all that was shown."""
        with self.at_terminal(*arguments) as terminal:
            terminal.wait_for(prompt)
            terminal.type(answer)
            return terminal.end(code)

    @contextmanager
    def at_terminal(self, *arguments: str) -> Iterator[Terminal]:
        """Run it on a terminal of its own, where a person sits."""
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            env=self.environ,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            close_fds=True,
            start_new_session=True,
        )
        os.close(follower)
        try:
            yield Terminal(process, leader)
        finally:
            process.kill()
            process.wait()
            os.close(leader)

    def aws_cli(self, *arguments: str, code: int = 0) -> str:
        """Run AWS's own command line, which knows nothing but the files."""
        environ = {name: value for name, value in self.environ.items() if not name.startswith("ROLECALL_")}
        done = subprocess.run(
            [sys.executable, str(AWS_CLI), *arguments],
            env=environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout


@dataclass(frozen=True, kw_only=True)
class Rig(Person):
    """A person with the stand-in AWS behind them."""

    aws: StandIn
    world: World

    @property
    def url(self) -> str:
        return self.aws.url

    def furnish(self, settings: str = "") -> None:
        """Configure the demo's profiles, or `settings`."""
        self.configure(settings or demo_settings(self.world), self.world.users["alice"].secret_access_key)

    def mfa_code(self) -> str:
        """What alice's device shows now."""
        return str(pyotp.TOTP(self.world.users["alice"].totp_secret).now())

    def calls(self, action: str) -> int:
        """How often AWS was asked for something, successfully or not."""
        return [each.action for each in self.aws.requests].count(action)


class LastingRig(Rig):
    """One for the tests of a module: its home stays its own, whatever the home of the test is."""

    @property
    def environ(self) -> dict[str, str]:
        runtime = self.home / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        places = {"HOME": self.home, "ROLECALL_HOME": self.home / "rolecall", "XDG_RUNTIME_DIR": runtime}
        return super().environ | {name: str(path) for name, path in places.items()}
