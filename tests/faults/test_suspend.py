"""The live window of a machine that is put to sleep again and again, for hours, with logind and without."""

from __future__ import annotations

import os
import random
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyotp
import pytest
from jeepney import DBusAddress, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.adapters.keyring_store.keyring_desktop import Desktop, session_bus
from tests.faults.clock_rig import Machine, moment
from tests.faults.clock_window import LiveWindow, Look
from tests.faults.tally import amount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.tally import Tally

LOGIN = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
HOUR = 3600.0
CLOSE = 60.0
"""Seconds that a countdown may be off on a busy machine."""
PATIENCE = 60.0
ROLES = {"plain": "Network", "manual": "LogReader", "long": "ReadOnly", "hidden": "Notebook"}
LIVES = {"plain": HOUR, "manual": HOUR, "long": 12 * HOUR, "hidden": HOUR}
CONNECTIONS = 6
"""Kept alive for 20 s, and so here or not."""


@dataclass(frozen=True)
class Logind:
    """python-dbusmock's logind on a system bus of the test's own."""

    bus: Desktop

    def sleep(self, *, going: bool) -> None:
        """Say that the machine goes to sleep, or that it woke up."""
        arguments = (f"{LOGIN}.Manager", "PrepareForSleep", "b", [("b", going)])
        self._call("org.freedesktop.DBus.Mock", "EmitSignal", "sssav", *arguments)

    def inhibitors(self) -> list[object]:
        """Who keeps the machine from sleeping."""
        found: list[object] = self._call(f"{LOGIN}.Manager", "ListInhibitors")[0]
        return found

    def _call(self, interface: str, member: str, signature: str = "", *body: object) -> tuple[Any, ...]:
        service = DBusAddress(PATH, bus_name=LOGIN, interface=interface)
        with open_dbus_connection(self.bus.address) as connection:
            reply = connection.send_and_get_reply(new_method_call(service, member, signature or None, body), timeout=20)
        assert reply.header.message_type.name == "method_return", reply.body
        return tuple(reply.body)


@contextmanager
def logind(home: Path) -> Iterator[Logind]:
    home.mkdir()
    with session_bus(home) as bus:
        command = ["/usr/bin/python3", "-m", "dbusmock", "--system", "--template", "logind"]
        environ = os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": bus.address}
        mock = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            ends = time.monotonic() + PATIENCE
            with open_dbus_connection(bus.address) as connection:
                while not connection.send_and_get_reply(message_bus.NameHasOwner(LOGIN), timeout=20).body[0]:
                    assert time.monotonic() < ends, "dbusmock did not come up"
                    time.sleep(0.02)
            yield Logind(bus)
        finally:
            mock.terminate()
            mock.wait()


class Sleeper:
    """A machine with a window on it, and what AWS gave it before each sleep."""

    def __init__(self, machine: Machine, window: LiveWindow, logind: Logind | None) -> None:
        self.machine = machine
        self.window = window
        self.logind = logind
        self.expires: dict[str, float] = {}

    def begin(self) -> None:
        for name in LIVES:
            assert self.window.do("assume", name=name) == ""
        self.note()

    def now(self) -> float:
        return self.machine.aws.true().timestamp()

    def note(self) -> None:
        """Remember until when everything lives, as AWS said."""
        sessions = self.machine.state()["sessions"]
        self.expires = {name: moment(sessions[name]["expires"]).timestamp() for name in LIVES if name in sessions}

    def sleep(self, seconds: float, *, steady: bool = True) -> None:
        """Suspend; `steady`: the clock that nobody sets goes on, as it does unless a whole virtual machine is held."""
        if self.logind is not None:
            self.logind.sleep(going=True)
        self.window.freeze()
        self.machine.pass_by(seconds)
        if steady:
            self.window.sleep(seconds)
        self.window.thaw()
        if self.logind is not None:
            self.logind.sleep(going=False)

    def asked(self, since: int) -> dict[str, int]:
        """How often each role was given out since."""
        asked = [each for each in self.machine.aws.requests[since:] if each.action == "AssumeRole" and not each.code]
        arns = [each.parameters["RoleArn"] for each in asked]
        return {name: sum(arn.endswith(f"/{role}") for arn in arns) for name, role in ROLES.items()}

    def prepare(self) -> None:
        """Have everything live again before the next sleep, whatever became of the last one."""
        if self.window.look()["sessions"]["manual"]["status"] == "expired":
            assert self.window.do("assume", name="manual") == ""
        self.note()

    def awake(self, since: int) -> Look:
        """Wait until everything is as it is to be, and see that no more was done for it than that."""
        now = self.now()
        found = self.window.until(self.settled, "everything has settled")
        asked = self.asked(since)
        for name, life in LIVES.items():
            left = self.expires[name] - now
            if name == "manual":
                assert asked[name] == 0, asked
            elif left <= 0:
                assert asked[name] == 1, (name, left, asked)
            elif left > life / 2:
                assert asked[name] == 0, (name, left, asked)
            else:
                assert asked[name] <= 1, (name, left, asked)
        assert abs(found["skew"]) < 4, found["skew"]
        return found

    def settled(self, found: Look) -> bool:
        """Whether what is over is over, and what renews itself lives, with true countdowns and a file that is true.

        What is due was renewed, too: else nobody could tell which sleep somebody was asked after.
        """
        now = self.now()
        well = all(self._is_settled(name, found["sessions"][name], now) for name in LIVES)
        return well and set(found["due"]) <= {"manual"} and self._file_tells(found)

    def _is_settled(self, name: str, session: dict[str, Any], now: float) -> bool:
        over = self.expires[name] <= now
        if name == "manual" and over:
            return bool(session["status"] == "expired")
        least = 0.9 * LIVES[name] if over else self.expires[name] - now
        return session["status"] in ("active", "expiring") and session["left"] > least - CLOSE

    def _file_tells(self, found: Look) -> bool:
        sessions = self.machine.state()["sessions"]
        for name in LIVES:
            live = found["sessions"][name]["status"] != "expired"
            if live is not (name in sessions):
                return False
            if live:
                left = moment(sessions[name]["expires"]).timestamp() - self.now()
                if abs(left - found["sessions"][name]["left"]) > CLOSE:
                    return False
        return True


@pytest.mark.parametrize("week", range(amount(5, 1)))
def test_a_hundred_times_asleep(tally: Tally, home: Path, week: int) -> None:
    chance = random.Random(week)  # noqa: S311  # the same nights in every run
    with logind(home / "system") as system, Machine(home / "machine") as machine:
        machine.extra["DBUS_SYSTEM_BUS_ADDRESS"] = system.bus.address
        with LiveWindow(machine.environ, machine.home) as window:
            sleeper = Sleeper(machine, window, system)
            sleeper.begin()
            first = window.look()
            for number in range(amount(20, 3)):
                hours = chance.choice([0.2, 0.8, 1.1, 3, 8, 11.9, 12.1, 20])
                with tally.case("suspend: logind", f"{number}: {hours} h"):
                    since = len(machine.aws.requests)
                    sleeper.sleep(hours * HOUR)
                    found = sleeper.awake(since)
                    if number == 1:
                        first = found
                    assert "GetCallerIdentity" not in machine.aws.actions()[since:], "nobody need ask for the time"
                sleeper.prepare()
            with tally.case("suspend: nothing leaks", "descriptors, threads, tasks, inhibitors"):
                last = window.until(lambda look: _no_more(look, first), f"no more than at first: {_counts(first)}")
                tally.note("suspend: nothing leaks", f"{_counts(first)} became {_counts(last)}")
                assert system.inhibitors() == []
            window.quit()


def _counts(found: Look) -> dict[str, int]:
    return {name: found[name] for name in ("descriptors", "threads", "tasks")}


def _no_more(found: Look, first: Look) -> bool:
    return (
        found["descriptors"] <= first["descriptors"] + CONNECTIONS
        and found["threads"] <= first["threads"]
        and found["tasks"] <= first["tasks"]
    )


def test_asleep_without_logind_and_after_its_bus_died(tally: Tally, home: Path) -> None:
    chance = random.Random(8)  # noqa: S311  # the same nights in every run
    with logind(home / "system") as system, Machine(home / "machine") as machine:
        machine.extra["DBUS_SYSTEM_BUS_ADDRESS"] = system.bus.address
        with LiveWindow(machine.environ, machine.home) as window:
            sleeper = Sleeper(machine, window, None)
            sleeper.begin()
            for number in range(amount(12, 2)):
                hours = chance.choice([1.1, 8, 12.1])
                steady = bool(number % 2)
                row = "suspend: without logind" if steady else "suspend: a virtual machine is held"
                with tally.case(row, f"{number}: {hours} h"):
                    _cycle(sleeper, hours, steady=steady)
                sleeper.prepare()
            system.bus.end()
            for number in range(amount(6, 1)):
                with tally.case("suspend: the bus died", str(number)):
                    _cycle(sleeper, 8, steady=True)
                sleeper.prepare()
            window.quit()


def _cycle(sleeper: Sleeper, hours: float, *, steady: bool) -> None:
    since = len(sleeper.machine.aws.requests)
    sleeper.sleep(hours * HOUR, steady=steady)
    sleeper.awake(since)


def test_asleep_in_the_middle_of_a_call(tally: Tally, home: Path) -> None:
    with logind(home / "system") as system, Machine(home / "machine") as machine:
        machine.extra["DBUS_SYSTEM_BUS_ADDRESS"] = system.bus.address
        with LiveWindow(machine.environ, machine.home) as window:
            sleeper = Sleeper(machine, window, system)
            sleeper.begin()
            for hours, steady in [(0.5, True), (3, True)] * amount(5, 1) + [(0.5, False), (3, False)] * amount(1, 0):
                with tally.case("suspend: during a call", f"{hours} h, steady {steady}"):
                    since = len(machine.aws.requests)
                    machine.aws.hold("AssumeRole")
                    window.do("begin", name="plain", force=True)
                    assert machine.aws.asked.wait(PATIENCE)
                    sleeper.sleep(hours * HOUR, steady=steady)
                    machine.aws.go_on.set()
                    window.do("end", name="plain")  # what was given out may be over by now, and is told to be
                    window.until(lambda look: _alive(look["sessions"]["plain"]), "it lives")
                    if steady:  # it was known all along that the clock was not set
                        assert "GetCallerIdentity" not in machine.aws.actions()[since:], "nobody need ask for the time"
                    # The one that was held, another if that had ended, and one when that came close to its end
                    assert sleeper.asked(since)["plain"] <= 3, machine.aws.actions()[since:]
                    found = window.until(lambda look: abs(look["skew"]) < 4, "the clock is known to be right")
                    left = moment(machine.published("plain")["x_security_token_expires"]).timestamp() - sleeper.now()
                    assert abs(found["sessions"]["plain"]["left"] - left) < CLOSE
            window.quit()


def _alive(session: dict[str, Any]) -> bool:
    return session["status"] in ("active", "expiring") and session["left"] > 0


def test_who_is_needed_is_asked_once_awake(tally: Tally, home: Path) -> None:
    with logind(home / "system") as system, Machine(home / "machine") as machine:
        machine.extra["DBUS_SYSTEM_BUS_ADDRESS"] = system.bus.address
        device = pyotp.TOTP(machine.aws.world.users["alice"].totp_secret)
        with LiveWindow(machine.environ, machine.home) as window:
            sleeper = Sleeper(machine, window, system)
            window.do("begin", name="typed")
            for number in range(amount(10, 2)):
                with tally.case("suspend: a person is needed", str(number)):
                    since = len(machine.aws.requests)
                    found = window.until(lambda look: look["needs"], "a code is wanted")
                    assert [each[0] for each in found["needs"]] == ["mfa"]
                    assert found["sessions"]["typed"]["status"] == "waiting for you", found["sessions"]["typed"]
                    window.do("code", code=device.at(machine.aws.true()))
                    window.until(lambda look: _alive(look["sessions"]["typed"]), "the code was taken")
                    assert machine.aws.actions()[since:] == ["GetSessionToken", "AssumeRole"]
                    sleeper.sleep(5 * HOUR)
            window.quit()
