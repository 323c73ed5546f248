"""The command line on a machine whose clock is wrong, is set while AWS is asked, or leaves summer time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.faults.clock_rig import Machine, moment
from tests.faults.tally import chosen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.tally import Tally

DAY = 86400
SLOW = 120
"""Seconds that a command may take on a busy machine: so far may what it says be behind."""
BELIEVED = 240
"""Seconds that a signature may be off, and a bit less: beyond, AWS refuses it once."""


def until(text: str) -> float:
    """Seconds from now to a moment: what a clock is wrong by that shows it."""
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds()


WRONG = {
    "right": 0.0,
    "1 s ahead": 1,
    "1 s behind": -1,
    "1 min ahead": 60,
    "1 min behind": -60,
    "5 min ahead": 300,
    "5 min behind": -300,
    "1 h ahead": 3600,
    "1 h behind": -3600,
    "1 day ahead": DAY,
    "1 day behind": -DAY,
    "1970": until("1970-01-02"),
    "2000": until("2000-02-28 23:59:50"),
    "the last seconds of 32 bits": until("2038-01-19 03:14:06"),
    "after 32 bits": until("2038-01-20"),
    "2100": until("2100-03-01"),
}


@pytest.mark.parametrize("name", chosen(list(WRONG), 3))
def test_a_wrong_clock_changes_nothing(tally: Tally, home: Path, name: str) -> None:
    with tally.case("clock: command line, wrong by", name), Machine(home / name.replace(" ", "-")) as machine:
        machine.set_clock(WRONG[name])
        use(machine, refused=abs(WRONG[name]) > 300)
        code(machine)
        leave(machine)


def use(machine: Machine, *, refused: bool | None) -> None:
    """Assume, list and hand out: all tell the true time. `refused`: AWS refuses the first signature; None: perhaps."""
    told = machine.json("assume", "plain", "--json")
    tried = machine.aws.actions()
    assert tried == ["AssumeRole"] * len(tried), tried
    assert refused is None or len(tried) == 1 + refused, tried
    now = machine.aws.true()
    expires = moment(told["expires"])
    assert 3600 - SLOW < (expires - now).total_seconds() <= 3600
    assert 3600 - SLOW < told["seconds_left"] <= 3602
    row = machine.row("plain")
    assert row["status"] == "active", row
    assert moment(row["expires"]) == expires
    assert abs(row["seconds_left"] - (expires - machine.aws.true()).total_seconds()) < SLOW
    assert moment(machine.json("credentials", "plain")["Expiration"]) == expires
    assert moment(machine.published("plain")["x_security_token_expires"]) == expires
    assert moment(machine.state()["sessions"]["plain"]["expires"]) == expires
    assert machine.aws.actions() == tried, "neither list nor credentials ask AWS while there is time"


def code(machine: Machine) -> None:
    """A code computed for the true time is taken the first time."""
    before = len(machine.aws.requests)
    machine.run("assume", "coded")
    assert machine.aws.actions()[before:] == ["GetSessionToken", "AssumeRole"]
    assert "coded" in machine.state()["sessions"]


def leave(machine: Machine) -> None:
    machine.run("stop", "--all")
    assert not machine.credentials.exists()
    assert machine.state()["sessions"] == {}


def test_a_code_is_the_first_thing_that_is_asked_for(tally: Tally, home: Path) -> None:
    """Nobody knows of the clock yet: what is sent is wrong once, and the step is not lost."""
    for name in chosen(list(WRONG), 1):
        with (
            tally.case("clock: code before the time is known", name),
            Machine(home / name.replace(" ", "-")) as machine,
        ):
            machine.set_clock(WRONG[name])
            machine.run("assume", "coded")
            asked = machine.aws.actions()
            assert asked in (["GetSessionToken", "AssumeRole"], ["GetSessionToken"] * 2 + ["AssumeRole"]), asked
            left = machine.row("coded")["seconds_left"]
            assert 3600 - SLOW < left <= 3602


def test_a_clock_beyond_measure_is_told(tally: Tally, home: Path) -> None:
    with tally.case("clock: command line, wrong by", "more than can be"), Machine(home / "late") as machine:
        machine.set_clock(until("2250-01-01"))
        assert "clock" in machine.run("assume", "plain", code=1)
        assert not machine.credentials.exists()


JUMPS = [-DAY, -3600, -300, 300, 3600, DAY]


def test_a_clock_that_is_set_while_aws_is_asked(tally: Tally, home: Path) -> None:
    for jump in chosen(JUMPS, 1):
        with tally.case("clock: jump during a call", f"{jump} s"), Machine(home / f"jump{jump}") as machine:
            machine.aws.hold("AssumeRole")
            assuming = machine.start("assume", "brief", "--json")
            assert machine.aws.asked.wait(SLOW)
            machine.set_clock(jump)
            machine.aws.go_on.set()
            machine.ended(assuming)
            row = machine.row("brief")
            assert row["status"] in ("active", "expiring"), row
            assert 900 - SLOW < row["seconds_left"] <= 902, row
            expires = moment(machine.json("credentials", "brief")["Expiration"])
            assert expires == moment(machine.published("brief")["x_security_token_expires"])
            assert machine.aws.actions().count("AssumeRole") == 1


def test_a_clock_that_is_set_between_calls(tally: Tally, home: Path) -> None:
    """What was known of the clock is no longer true, and nobody goes by it."""
    for first, then in chosen([(DAY, 0), (-DAY, 0), (3600, -3600), (-3600, DAY)], 1):
        with tally.case("clock: set between calls", f"{first} s, {then} s"), Machine(home / f"set{first}") as machine:
            machine.set_clock(first)
            machine.run("assume", "plain")
            machine.set_clock(then)
            machine.run("assume", "long")
            for name, life in (("plain", 3600), ("long", 43200)):
                assert life - 2 * SLOW < machine.row(name)["seconds_left"] <= life + 2, name
            leave(machine)


NIGHTS = [
    ("Europe/Berlin", "2027-03-28 01:00"),
    ("Europe/Berlin", "2026-10-25 01:00"),
    ("America/New_York", "2027-03-14 07:00"),
    ("America/New_York", "2026-11-01 06:00"),
    ("Australia/Lord_Howe", "2026-10-03 15:30"),
    ("Australia/Lord_Howe", "2027-04-03 15:00"),
]
MINUTES_BEFORE = 25


def test_a_night_in_which_clocks_are_put_forward_or_back(tally: Tally, home: Path) -> None:
    # With a right clock: only the wall clock is led here, so a wrong one would look like one that was set meanwhile
    for number, (zone, change) in enumerate(chosen(NIGHTS, 1)):
        place = home / f"night{number}"
        with tally.case("clock: daylight saving", f"{zone} {change}"), Machine(place, zone=zone) as machine:
            machine.pass_by(until(change) - MINUTES_BEFORE * 60)
            use(machine, refused=False)
            before = machine.row("plain")["seconds_left"]
            machine.pass_by((MINUTES_BEFORE + 5) * 60)
            row = machine.row("plain")
            assert 1800 <= before - row["seconds_left"] < 1800 + SLOW, row
            assert row["status"] == "active"
            assert moment(machine.json("credentials", "plain")["Expiration"]) == moment(row["expires"])
            leave(machine)
