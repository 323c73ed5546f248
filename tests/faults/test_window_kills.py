"""A living window that does many things at once is killed at any moment, again and again in the same home.

Each time the files are whole, and the next window goes on with what is there.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.adapters import files, state_file
from app.adapters.credentials_file import edit, reader
from app.adapters.settings_file import store
from app.domain.published import Origin
from app.standin import Account, Role, StandIn, User, World
from tests.faults.leftovers import leftovers, make_old
from tests.faults.tally import amount
from tests.faults.zygote import ROOT, ChildFailedError, Zygote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.domain.state import SharedState
    from tests.faults.tally import Tally
    from tests.faults.zygote import Child

MODULES = (
    "PySide6.QtWidgets",  # before qasync
    "app.ui.main_window",
    "app.ui.told_intents",
    "app.ui.translation",
    "app.ui.tray",
    "app.adapters.autostart.xdg",
    "app.adapters.desktop.browser",
    "app.adapters.desktop.clipboard",
    "app.adapters.desktop.notifications",
    "app.adapters.desktop.saml_login.windows",
    "app.adapters.desktop.single_instance",
    "app.adapters.desktop.sleep_signal",
    "app.adapters.desktop.theme_signal",
    "app.adapters.loopback",
    "app.adapters.text_file",
    *("anyio", "defusedxml.ElementTree", "filelock", "h11", "httpcore", "httpx", "qasync", "tomlkit"),
    "tests.faults.windows_work",
)
"""What a window needs when it starts and when it is worked with."""
KILLS, LANES = amount(1000, 6), amount(2, 1)
ACCOUNT = "123456789012"
ROLES = tuple(f"Role{number}" for number in range(8))
FOREIGN = b"# by hand\r\n[default]\naws_access_key_id = AKIA0\naws_secret_access_key=x\n\n; theirs\n[other]\nregion = x"
ACTS_MOST, THEN_SECONDS = 16, 0.05
"""A window is killed when it has begun so many things at most, and at most so much later."""
STARTS_KILLED, START_SECONDS = 0.1, 0.5
"""The share of windows that are killed at a moment at which they may not yet be there."""


class Home:
    """A person's home in which windows live and die."""

    def __init__(self, folder: Path, aws: StandIn) -> None:
        self.folder, self.aws = folder, aws
        self.config, self.state = folder / "rolecall" / "config", folder / "rolecall" / "state"
        self.credentials = folder / "aws" / "credentials"
        self.log = folder / "log"
        (folder / "run").mkdir(mode=0o700, parents=True)
        self.credentials.parent.mkdir()
        self.credentials.write_bytes(FOREIGN)
        self.config.mkdir(parents=True)
        alice = aws.world.users["alice"]
        parts = ["schema = 1", '# mine\n[settings]\nregion = "eu-west-1"\n']
        parts += [f'[identity.alice]\naccess_key_id = "{alice.access_key_id}"\n']
        parts += [
            f'[profile.{role.lower()}]\nrole_arn = "arn:aws:iam::{ACCOUNT}:role/{role}"\nsource = "identity.alice"\n'
            for role in ROLES
        ]
        (self.config / "config.toml").write_text("\n".join(parts))

    @property
    def environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "ROLECALL_HOME": str(self.folder / "rolecall"),
            "ROLECALL_KEYRING": "memory",
            "AWS_SHARED_CREDENTIALS_FILE": str(self.credentials),
            "AWS_CONFIG_FILE": str(self.folder / "aws" / "config"),
            "AWS_ENDPOINT_URL_STS": self.aws.url,
            "AWS_ENDPOINT_URL": self.aws.url,
            "NO_PROXY": "127.0.0.1",
        }

    def shared(self) -> SharedState:
        """What state there is; it has to be a state."""
        installation = (self.state / state_file.INSTALLATION).read_text().strip()
        data = files.read(self.state / state_file.SESSIONS)
        return state_file.parse(data, installation)

    def check(self) -> list[str]:
        """See that every file is whole; the profiles that the next window has to adopt."""
        configuration = store.load(self.config / "config.toml")
        assert not configuration.refusals, configuration.refusals
        assert {role.lower() for role in ROLES} <= set(configuration.profiles)
        content = self.credentials.read_bytes()
        if not (self.state / state_file.INSTALLATION).exists():
            assert content == FOREIGN
            return []
        state = self.shared()
        ours = [each for each in reader.described(content, state.installation) if each.origin is Origin.OURS]
        rest = edit.withdraw(content, {each.aws_profile for each in ours}, state.installation)
        assert rest.content == FOREIGN, f"what is foreign was changed: {content!r}"
        for each in ours:
            assert each.credentials is not None, f"[{each.aws_profile}] is not whole: {content!r}"
            record = state.sessions.get(each.profile)
            assert record is not None, f"[{each.aws_profile}] is known to nobody"
            assert each.access_key_id in {record.access_key_id, record.previous_key_id}, f"{each} beside {record}"
            issued = self.aws._desk.keys._sessions[each.access_key_id]
            assert issued.secret_access_key == each.credentials.secret_access_key.reveal()
            assert issued.session_token == each.credentials.session_token.reveal()
        self._check_journal()
        self._check_locks()
        now = datetime.now(UTC)
        return [
            each.profile
            for each in ours
            if each.profile in configuration.profiles and each.expires is not None and each.expires > now
        ]

    def _check_journal(self) -> None:
        lines = (files.read(self.state / "activity.jsonl") or b"").split(b"\n")
        for line in lines[:-1]:  # the last one may be torn
            json.loads(line)

    def _check_locks(self) -> None:
        for path in [*self.folder.rglob("*.lock")]:
            if path.name == "window.lock":
                continue  # Qt's, which tells by the process that it is stale
            release = files.lock(path, 10.0)
            assert release is not None, f"{path} is still locked"
            release()


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One home, and the processes of its windows."""

    home: Home
    zygote: Zygote
    tally: Tally

    def run(self, number: int, kills: int) -> None:
        choose = random.Random(number)  # noqa: S311  # no secret
        adopted: list[str] = []
        for kill in range(kills):
            with self.tally.case("kill: live window", f"lane {number}, kill {kill}"):
                self._live_and_die(choose, adopted)
                adopted = self.home.check()

    def _live_and_die(self, choose: random.Random, adopted: list[str]) -> None:
        child = self._begin(choose.randrange(1 << 30), adopted)
        if choose.random() < STARTS_KILLED:
            child.wait(choose.uniform(0.02, START_SECONDS))
        elif child.heard(choose.randrange(1, ACTS_MOST)):
            child.wait(choose.uniform(0.0, THEN_SECONDS))
        elif not child.ended:
            child.kill()
            raise ChildFailedError(f"it lived, and did nothing any more: {self.home.log.read_text()[-3000:]}")
        if child.ended:
            child.result()
            raise ChildFailedError(f"it ended by itself: {self.home.log.read_text()[-3000:]}")
        child.kill()

    def _begin(self, seed: int, adopted: list[str]) -> Child:
        secret = self.home.aws.world.users["alice"].secret_access_key
        return self.zygote.start(
            "tests.faults.windows_work:live",
            environ=self.home.environ,
            seed=seed,
            secret=secret,
            adopted=adopted,
            log=str(self.home.log),
        )

    def end(self) -> None:
        """Start once more, later, then stop everything as a person would; nothing of ours is left anywhere."""
        make_old(self.home.state)
        last = self._begin(0, [])
        assert last.heard(), last.result(0)
        last.kill()
        command = [sys.executable, str(ROOT / "main.py"), "stop", "--all"]
        done = subprocess.run(command, env=self.home.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert self.home.credentials.read_bytes() == FOREIGN
        assert not self.home.shared().sessions
        left = leftovers(self.home.config, self.home.state, self.home.credentials.parent)
        assert not left, left


def test_a_living_window_is_killed_again_and_again(tmp_path: Path, tally: Tally) -> None:
    arns = [f"arn:aws:iam::{ACCOUNT}:role/{role}" for role in ROLES]
    alice = User(name="alice", account_id=ACCOUNT)
    world = World(
        accounts={ACCOUNT: Account(id=ACCOUNT, alias="acme")},
        users={"alice": alice},
        roles={arn: Role(arn=arn, trusts=(alice.arn,)) for arn in arns},
    )
    with StandIn(world) as aws:
        for lane in lanes(tmp_path, aws, tally):
            with tally.case("kill: live window, then all stopped", lane.home.folder.name):
                lane.end()
        tally.note("kill: live window", f"{len(aws.requests)} calls")


def lanes(tmp_path: Path, aws: StandIn, tally: Tally) -> Iterator[Lane]:
    """The lanes, run beside each other to their end."""
    homes = [Home(tmp_path / f"home{number}", aws) for number in range(LANES)]
    with Zygote(*MODULES) as first, Zygote(*MODULES) as second:
        made = [Lane(home=home, zygote=each, tally=tally) for home, each in zip(homes, (first, second), strict=False)]
        threads = [threading.Thread(target=lane.run, args=(number, KILLS // LANES)) for number, lane in enumerate(made)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        yield from made
