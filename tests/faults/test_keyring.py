"""A real gnome-keyring that is absent, locked, frozen, killed or meddled with, under the real window and commands."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import secretstorage

from tests.adapters.keyring_store.keyring_desktop import PASSWORD, Desktop, session_bus
from tests.faults.clock_player import KEYRING_SECONDS
from tests.faults.clock_rig import Machine
from tests.faults.clock_window import LiveWindow
from tests.faults.tally import WHOLE, amount, chosen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.tally import Tally

LIMIT = amount(30, 2)
"""Seconds that a call of the keyring may take: the program's own limit, or one that suits a slice."""
LONG = 60
"""Seconds after which something will not happen any more."""
LARGE = 100_000
SPOILT = [(b"", "nothing"), (b"\xff\xfe", "not UTF-8"), (b"{}", "another"), (b"x" * LARGE, "long")]
GONE = {"keyring-absent", "keyring-failed", "keyring-timeout", "keyring-locked"}


class Trouble:
    """A machine with a window, a keyring that can be harmed, and AWS."""

    def __init__(self, machine: Machine, desktop: Desktop, window: LiveWindow) -> None:
        self.machine = machine
        self.desktop = desktop
        self.window = window
        self.alice = machine.aws.world.users["alice"]

    def unlock(self) -> None:
        """Start the keyring, and let it be unlocked."""
        self.desktop.stop_keyring()
        self.desktop.keyring_daemon(PASSWORD)

    def store(self) -> None:
        """Enter alice's secret as a person would, until it is kept."""
        self.window.until(lambda _: not self.said(), "the secret is kept")

    def said(self) -> list[str]:
        """What is said when the secret is entered."""
        found: list[str] = self.window.do("store", name="alice", secret=self.alice.secret_access_key)
        return found

    def freeze(self) -> None:
        os.kill(self.desktop.children[-1].pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.desktop.children[-1].pid, signal.SIGCONT)

    def is_lost(self, code: str) -> None:
        """A click fails, says why and what to do, and is repeated in vain."""
        assert self.window.do("assume", name="plain", force=True) == code
        told = self.said()
        assert told[0] in GONE, told
        assert all(told), told
        shown = self.window.until(lambda look: look["keyring_problem"], "the window tells of the keyring")
        assert shown["keyring_problem"][0] in GONE
        assert all(shown["keyring_problem"])

    def lives(self, name: str) -> None:
        session = self.window.look()["sessions"][name]
        assert session["status"] in ("active", "expiring"), session
        assert session["left"] > 0

    def works(self) -> None:
        """Everything can be done: a secret kept, a role assumed, and given to another program."""
        self.store()
        assert self.window.do("assume", name="plain", force=True) == ""
        self.window.until(lambda _: self._serves(), "a command serves what the window obtained")

    def _serves(self) -> bool:
        """Click, and ask as another program does: who finds an item gone says so, and the next click obtains anew."""
        if self.window.do("assume", name="hidden"):
            return False
        process = self.machine.start("credentials", "hidden")
        return "SecretAccessKey" in process.communicate()[0]

    def answers_meanwhile(self, seconds: float) -> float:
        """Use the window for a while; the longest that it kept others waiting."""
        ends, longest, looks = time.monotonic() + seconds, 0.0, 0
        while time.monotonic() < ends:
            longest, looks = max(longest, self.window.look()["longest"]), looks + 1
            time.sleep(0.01)
        assert looks > 1
        return longest

    def meddle(self, name: str, secret: bytes | None) -> None:
        """Change an item of the keyring as another program would; None: delete it."""
        with closing(secretstorage.dbus_init()) as connection:
            (found,) = secretstorage.search_items(connection, {"service": "rolecall", "username": name})
            if secret is None:
                found.delete()
            else:
                found.set_secret(secret)

    def nothing_in_plain_text(self) -> None:
        """No secret stands in any file, but for the file that AWS tools read."""
        secrets = {self.alice.secret_access_key, self.alice.totp_secret}
        for session in self.machine.aws._desk.keys._sessions.values():
            secrets |= {session.secret_access_key, session.session_token}
        words = [each.encode() for each in secrets]
        assert len(words) > 2
        for path in self.machine.home.parent.rglob("*"):
            if path.is_file() and path != self.machine.credentials:
                content = path.read_bytes()
                assert not any(word in content for word in words), path


@contextmanager
def trouble(home: Path, *, unlocked: bool = True, settings: str = "") -> Iterator[Trouble]:
    home.mkdir()
    with session_bus(home) as desktop, Machine(home / "machine") as machine:
        if settings:
            config = machine.home / "rolecall" / "config" / "config.toml"
            config.write_text(config.read_text().replace("[settings]\n", f"[settings]\n{settings}\n"))
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = desktop.address
        (machine.home / "keyring").unlink()
        machine.extra |= {
            "DBUS_SESSION_BUS_ADDRESS": desktop.address,
            "ROLECALL_KEYRING": "",
            "LD_PRELOAD": "",
            KEYRING_SECONDS: str(LIMIT),
        }
        if unlocked:
            desktop.keyring_daemon(PASSWORD)
        with LiveWindow(machine.environ, machine.home) as window:
            made = Trouble(machine, desktop, window)
            try:
                yield made
            finally:
                for child in desktop.children:
                    child.send_signal(signal.SIGCONT)
        made.nothing_in_plain_text()


def test_absent_and_started_later(tally: Tally, home: Path) -> None:
    with trouble(home / "absent", unlocked=False) as there:
        with tally.case("keyring: absent", "told, and nothing is kept"):
            there.is_lost("keyring-absent")
        with tally.case("keyring: absent", "the command line"):
            said = there.machine.run("assume", "plain", code=1)
            assert "keyring-absent" in said
            assert "ROLECALL_KEYRING" in said
        with tally.case("keyring: absent", "started later"):
            there.unlock()
            there.works()
        with tally.case("keyring: absent", "in memory until quit"):
            there.desktop.kill_keyring()
            there.window.do("in_memory")
            there.store()
            assert there.window.do("assume", name="plain", force=True) == ""
        there.window.quit()


def test_locked_and_nobody_unlocks_it(tally: Tally, home: Path) -> None:
    with trouble(home / "locked") as there:
        there.works()
        there.desktop.lock()
        with tally.case("keyring: locked", "refused"), there.desktop.prompter(answers=True):
            there.is_lost("keyring-locked")
            there.lives("plain")
            there.lives("hidden")
        with tally.case("keyring: locked", "refused, the command line"), there.desktop.prompter(answers=True):
            assert "keyring-locked" in there.machine.run("assume", "plain", "--refresh", code=1)
        with tally.case("keyring: locked", "nobody answers"), there.desktop.prompter(answers=False) as shown:
            usual = there.answers_meanwhile(LIMIT / 4)
            there.window.do("begin", name="plain", force=True)
            assert shown.wait(LONG)
            longest = there.answers_meanwhile(LIMIT / 2)
            assert longest < max(LIMIT / 4, 4 * usual), (longest, usual)
            assert there.window.do("end", name="plain") == "keyring-timeout"
            there.lives("plain")
        with tally.case("keyring: locked", "the prompt hangs"), there.desktop.prompter(answers=False, hangs=True):
            there.unlock()
            there.works()
            there.desktop.lock()
            # Whose patience ends first: that of gnome-keyring, which then has been refused, or ours.
            assert there.window.do("assume", name="plain", force=True) in {"keyring-locked", "keyring-timeout"}
            there.lives("plain")
        with tally.case("keyring: locked", "unlocked again"):
            there.unlock()
            there.works()
        there.window.quit()


def test_frozen(tally: Tally, home: Path) -> None:
    with trouble(home / "frozen") as there:
        there.works()
        with tally.case("keyring: hangs", "the limit strikes, the window goes on"):
            usual = there.answers_meanwhile(LIMIT / 2)
            there.freeze()
            there.window.do("begin", name="plain", force=True)
            longest = there.answers_meanwhile(LIMIT / 2)
            waits = f"longest wait in the window {longest * 1000:.0f} ms, usually {usual * 1000:.0f}"
            tally.note("keyring: hangs", waits)
            assert longest < max(LIMIT / 4, 4 * usual), (longest, usual)
            assert there.window.do("end", name="plain") == "keyring-timeout"
            there.lives("plain")
            there.lives("hidden")
        with tally.case("keyring: hangs", "what waits behind is told as well, and nobody waits anew"):
            assert set(there.window.do("keep_many", number=10, size=10)) == {"keyring-timeout"}
            assert there.said()[0] == "keyring-timeout"
        with tally.case("keyring: hangs", "it goes on"):
            there.thaw()
            there.works()
        with tally.case("keyring: slow", "half the limit for the first of ten"):
            there.freeze()
            later = threading.Timer(LIMIT / 2, there.thaw)
            later.start()
            assert set(there.window.do("keep_many", number=10, size=10)) == {""}
            later.join()
        with tally.case("keyring: hangs", "the window is quit"):
            there.freeze()
            there.window.do("begin", name="plain", force=True)
            there.window.quit()
        there.thaw()


def test_frozen_while_the_window_ends_and_withdraws(tally: Tally, home: Path) -> None:
    with trouble(home / "quit", settings="withdraw_on_quit = true") as there:
        there.works()
        with tally.case("keyring: hangs", "the window is quit and withdraws"):
            there.freeze()
            there.window.quit()
            assert not there.machine.credentials.exists()
        there.thaw()


def test_killed_in_the_middle(tally: Tally, home: Path) -> None:
    with trouble(home / "killed") as there:
        there.works()
        for number in range(amount(5, 1)):
            with tally.case("keyring: dies during a call", f"reading {number}"):
                there.freeze()
                there.window.do("begin", name="plain", force=True)
                there.desktop.kill_keyring()
                assert there.window.do("end", name="plain") in GONE
                there.lives("plain")
                there.lives("hidden")
                there.unlock()
                there.works()
            with tally.case("keyring: dies before it keeps", f"{number}"):
                there.window.do("stop", name="hidden")
                there.machine.aws.hold("AssumeRole")
                there.window.do("begin", name="hidden")
                assert there.machine.aws.asked.wait(LONG)
                there.desktop.kill_keyring()
                there.machine.aws.go_on.set()
                assert there.window.do("end", name="hidden") == ""
                there.lives("hidden")
                shown = there.window.look()["keyring_problem"]
                assert shown, "it is told"
                assert shown[0] in GONE
                there.unlock()
                there.works()
        there.window.quit()


def test_meddled_with(tally: Tally, home: Path) -> None:
    with trouble(home / "meddled") as there:
        there.works()
        with tally.case("keyring: deleted elsewhere", "a session's item"):
            there.meddle("session/hidden", None)
            assert "assume" in there.machine.run("credentials", "hidden", code=1).lower()
            there.works()
        with tally.case("keyring: deleted elsewhere", "an identity's secret"):
            there.meddle("identity/alice", None)
            assert there.window.do("assume", name="plain", force=True) == "identity-secret-missing"
            there.lives("plain")
            there.works()
        for text, name in chosen(SPOILT, 1):
            with tally.case("keyring: changed elsewhere", f"a session's item: {name}"):
                there.meddle("session/hidden", text)
                assert "assume" in there.machine.run("credentials", "hidden", code=1).lower()
                there.works()
        with tally.case("keyring: changed elsewhere", "an identity's secret: not UTF-8"):
            there.meddle("identity/alice", b"\xff\xfe")
            assert there.window.do("assume", name="plain", force=True) == "keyring-item-broken"
            there.works()
        with tally.case("keyring: 100 KB", "ten at once"):
            assert set(there.window.do("keep_many", number=10, size=LARGE)) == {""}
        with tally.case("keyring: no collection", "as on a machine where nobody ever logged in"):
            there.desktop.stop_keyring()
            for path in (home / ".local" / "share" / "keyrings").iterdir():
                path.unlink()
            there.unlock()
            assert there.window.do("assume", name="plain", force=True) == "identity-secret-missing"
            there.works()
        with tally.case("keyring: the bus dies", "told, and the window is quit"):
            there.desktop.end()
            assert there.window.do("assume", name="plain", force=True) in GONE
            there.lives("plain")
            there.window.quit()


def test_frozen_under_a_command(tally: Tally, home: Path) -> None:
    if WHOLE:  # it waits for the program's own limit
        with trouble(home / "command") as there, tally.case("keyring: hangs", "a command"):
            there.works()
            there.window.quit()
            there.freeze()
            assert "keyring-timeout" in there.machine.run("assume", "plain", "--refresh", code=1)
            there.thaw()
            there.machine.run("assume", "plain", "--refresh")
