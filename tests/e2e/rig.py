"""A person's machine with a stand-in AWS behind it: the command line as they type it, and AWS's own tools."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyotp

from app.standin import demo_settings

if TYPE_CHECKING:
    from app.standin import StandIn, World

ROOT = Path(__file__).parents[2]
AWS_CLI = Path(sys.executable).with_name("aws")
PATIENCE = 90


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
    def environ(self) -> dict[str, str]:
        return os.environ | {
            "ROLECALL_KEYRING": f"file:{self.home / 'keyring'}",
            "ROLECALL_KEYRING_PASSPHRASE_FILE": str(self.home / "passphrase"),
            "AWS_ENDPOINT_URL_STS": self.url,
            "AWS_ENDPOINT_URL": self.url,
            "ROLECALL_SIGNIN_ENDPOINT": f"{self.url}/federation",
            "AWS_DEFAULT_REGION": "eu-west-1",
        }

    def configure(self, settings: str, secret_access_key: str) -> None:
        """Write the settings, and put alice's secret into the keyring as a person would."""
        self.settings.parent.mkdir(parents=True)
        self.settings.write_text(settings)
        (self.home / "passphrase").write_text("correct horse\n")
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
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            env=self.environ,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            close_fds=True,
        )
        os.close(follower)
        shown, typed, ends = "", False, time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            ready, _, _ = select.select([leader], [], [], 0.2)
            if ready:
                try:
                    shown += os.read(leader, 65536).decode(errors="replace")
                except OSError:  # the other end is closed: the program ended
                    break
            if not typed and prompt in shown:
                os.write(leader, answer.encode() + b"\n")
                typed = True
        os.close(leader)
        assert process.wait(PATIENCE) == code, shown
        return shown

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
