"""One machine with a clock that may be wrong, and an AWS that knows the time: both can be put anywhere.

The program runs under libfaketime, which reads how far off it is from a file, anew for each look at the clock.
"""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.adapters.keyring_store.encrypted_file import EncryptedFileVault
from app.domain.secret import Secret
from app.standin import StandIn, demo_world

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from app.standin.wire import Answer, Call

ROOT = Path(__file__).parents[2]
SLEEPS_OTHERWISE = Path(__file__).with_name("faked_time")
LIBRARY = "*/faketime/libfaketime.so.1"
PATIENCE = 60
CHEAP = 16
"""scrypt's N: the keyring's passphrase is not what is tried here."""
SETTINGS = """
schema = 1

[settings]
region = "eu-west-1"

[identity.alice]
access_key_id = "{key_id}"
mfa_device = "{device}"
mfa = "stored"

[identity.asked]
access_key_id = "{key_id}"
mfa_device = "{device}"
mfa_session_duration = 3600

[profile.plain]
role_arn = "arn:aws:iam::456789012345:role/Network"
source = "identity.alice"

[profile.brief]
role_arn = "arn:aws:iam::456789012345:role/Dns"
source = "identity.alice"
duration = 900

[profile.long]
role_arn = "arn:aws:iam::210987654321:role/ReadOnly"
source = "identity.alice"
duration = 43200

[profile.manual]
role_arn = "arn:aws:iam::456789012345:role/LogReader"
source = "identity.alice"
refresh = false

[profile.coded]
role_arn = "arn:aws:iam::210987654321:role/Operations"
source = "identity.alice"
mfa = true

[profile.typed]
role_arn = "arn:aws:iam::210987654321:role/Operations"
source = "identity.asked"
mfa = true

[profile.hidden]
role_arn = "arn:aws:iam::345678901234:role/Notebook"
source = "identity.alice"
publish = "none"
"""


class TrueTime(StandIn):
    """AWS at the true time: the machine's, or any other. Answers can be held back."""

    def __init__(self, **named: Any) -> None:  # noqa: ANN401  # as the stand-in takes them
        super().__init__(demo_world(), self._true, **named)
        self.shift = timedelta()
        self.held_action = ""
        self.asked = threading.Event()
        self.go_on = threading.Event()

    def _true(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def true(self) -> datetime:
        """What time it really is."""
        return self._true()

    def hold(self, action: str) -> None:
        """Keep the next answer to `action` back until `go_on`; `asked` is set once it was asked for."""
        self.asked.clear()
        self.go_on.clear()
        self.held_action = action

    def serve(self, call: Call, now: datetime) -> Answer:
        answer = super().serve(call, now)
        if self.held_action and dict(call.form()).get("Action") == self.held_action:
            self.held_action = ""
            self.asked.set()
            assert self.go_on.wait(PATIENCE)
        return answer

    def actions(self) -> list[str]:
        """What was asked for so far, in order."""
        return [each.action for each in self.requests]


class Machine:
    """A home with the program in it; use it as a context manager. `wrong` is its clock's error in seconds."""

    def __init__(self, home: Path, *, zone: str = "UTC", aws: TrueTime | None = None) -> None:
        self.home = home
        self.zone = zone
        self.aws = aws or TrueTime()
        self._clock = home / "clock"
        self.extra: dict[str, str] = {}
        home.mkdir(parents=True, exist_ok=True)
        self._wrong = 0.0

    def __enter__(self) -> Self:
        self.aws.start()
        alice = self.aws.world.users["alice"]
        config = self.home / "rolecall" / "config" / "config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(SETTINGS.format(key_id=alice.access_key_id, device=alice.mfa_serial))
        (self.home / "passphrase").write_text("correct horse\n")
        (self.home / "run").mkdir(mode=0o700)
        keyring = EncryptedFileVault(self.home / "keyring", lambda _new: Secret("correct horse"), cost=CHEAP)
        for name in ("identity/alice", "identity/asked"):
            keyring.set(name, Secret(alice.secret_access_key))
        keyring.set("totp/alice", Secret(alice.totp_secret))
        self.set_clock(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.aws.go_on.set()
        self.aws.stop()

    def set_clock(self, wrong: float) -> None:
        """Let the machine's clock be wrong by so many seconds, from now on and in every program of it."""
        self._wrong = wrong
        off = self.aws.shift.total_seconds() + wrong
        fresh = self._clock.with_suffix(".new")
        fresh.write_text(f"{off:+.0f}\n", encoding="ascii")
        fresh.replace(self._clock)

    def pass_by(self, seconds: float) -> None:
        """Let time pass for everybody."""
        self.aws.shift += timedelta(seconds=seconds)
        self.set_clock(self._wrong)

    @property
    def credentials(self) -> Path:
        return self.home / ".aws" / "credentials"

    @property
    def environ(self) -> dict[str, str]:
        library = next(Path("/usr/lib").glob(LIBRARY))
        return (
            os.environ
            | {
                "HOME": str(self.home),
                "ROLECALL_HOME": str(self.home / "rolecall"),
                "XDG_RUNTIME_DIR": str(self.home / "run"),
                "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.home}/run/no-bus",
                "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.home}/run/no-bus",
                "ROLECALL_KEYRING": f"file:{self.home / 'keyring'}",
                "ROLECALL_KEYRING_PASSPHRASE_FILE": str(self.home / "passphrase"),
                "AWS_ENDPOINT_URL_STS": self.aws.url,
                "ROLECALL_SIGNIN_ENDPOINT": f"{self.aws.url}/federation",
                "TZ": self.zone,
                "LD_PRELOAD": str(library),
                "FAKETIME_TIMESTAMP_FILE": str(self._clock),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                # Else each wait of a thread for another ends at once, to begin again
                "FAKETIME_FORCE_MONOTONIC_FIX": "0",
                "NO_FAKE_STAT": "1",
                "PYTHONPATH": str(SLEEPS_OTHERWISE),
            }
            | self.extra
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command."""
        command = [sys.executable, str(ROOT / "main.py"), *arguments]
        return subprocess.Popen(
            command,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ended(self, process: subprocess.Popen[str], code: int = 0) -> str:
        """Wait for a command's end, and expect its exit code; what it printed, errors last."""
        out, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == code, f"{process.args!r}: {process.returncode}\n{out[-500:]}\n{errors[-2000:]}"
        return out + errors

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run a command."""
        return self.ended(self.start(*arguments), code)

    def json(self, *arguments: str) -> dict[str, Any]:
        """Run a command that prints a JSON object."""
        process = self.start(*arguments)
        out, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, f"{arguments}: {process.returncode}\n{out[-500:]}\n{errors[-2000:]}"
        found: dict[str, Any] = json.loads(out)
        return found

    def row(self, name: str) -> dict[str, Any]:
        """What `list` says of a profile."""
        rows: list[dict[str, Any]] = self.json("list", "--json")["profiles"]
        return next(each for each in rows if each["name"] == name)

    def published(self, name: str) -> dict[str, str]:
        """A section of the credentials file; the whole file is parsed."""
        parser = configparser.RawConfigParser()
        parser.read_string(self.credentials.read_text(encoding="utf-8"))
        return dict(parser[name])

    def state(self) -> dict[str, Any]:
        """What the state file says."""
        found: dict[str, Any] = json.loads((self.home / "rolecall" / "state" / "sessions.json").read_bytes())
        return found


def moment(text: str) -> datetime:
    """A time that ends in Z."""
    assert text.endswith("Z"), text
    return datetime.fromisoformat(text)
