"""The live window on a machine whose clock is set, also while AWS is asked, and one that starts with a wrong clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.clock_rig import Machine
from tests.faults.clock_window import LiveWindow, Look
from tests.faults.tally import amount, chosen
from tests.faults.test_clock_command_line import DAY, SLOW, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.tally import Tally

JUMPS = [
    3600.0,
    -3600,
    DAY,
    -DAY,
    300,
    -300,
    7,
    -7,
    until("1970-01-02"),
    until("2038-01-19 03:14:00"),
    until("2100-03-01"),
]
LIVES = {"plain": 3600, "manual": 3600, "long": 43200}
BUSY_MOST = 4
"""What a clock that is set may cost: the question for the time, and its repetition with the right one; twice."""


def right(machine: Machine, found: Look, since: float) -> None:
    """Everything lives, and the countdowns are true."""
    passed = machine.aws.true().timestamp() - since
    for name, life in LIVES.items():
        session = found["sessions"][name]
        assert session["status"] == "active", (name, session)
        assert abs(session["left"] - (life - passed)) < SLOW / 2, (name, session, passed)


def test_a_clock_that_is_set_while_sessions_live(tally: Tally, home: Path) -> None:
    with Machine(home / "machine") as machine, LiveWindow(machine.environ, machine.home) as window:
        since = machine.aws.true().timestamp()
        for name in LIVES:
            assert window.do("assume", name=name) == ""
        published, keys = machine.credentials.read_bytes(), keys_of(window.look())
        for jump in [*chosen(JUMPS, 2), 0.0]:
            with tally.case("clock: live window, set", f"{jump:.0f} s"):
                before = len(machine.aws.requests)
                machine.set_clock(jump)
                found = window.until(lambda look, jump=jump: abs(look["skew"] + jump) < 4, f"{jump} is known")  # type: ignore[misc]  # bound at once
                right(machine, found, since)
                assert machine.credentials.read_bytes() == published
                assert keys_of(found) == keys
                asked = machine.aws.actions()[before:]
                assert set(asked) <= {"GetCallerIdentity"}, asked
                assert len(asked) <= BUSY_MOST, asked
        window.quit()


def keys_of(found: Look) -> dict[str, str]:
    return {name: found["sessions"][name]["key_id"] for name in LIVES}


def test_a_clock_that_is_set_while_a_renewal_is_under_way(tally: Tally, home: Path) -> None:
    with Machine(home / "machine") as machine, LiveWindow(machine.environ, machine.home) as window:
        assert window.do("assume", name="brief") == ""
        for jump in chosen([3600, -3600, DAY, -DAY], 1):
            with tally.case("clock: live window, jump during a call", f"{jump} s"):
                machine.set_clock(0)
                window.until(lambda look: abs(look["skew"]) < 4, "the clock is known to be right")
                before = window.look()["sessions"]["brief"]["key_id"]
                tried = machine.aws.actions().count("AssumeRole")
                machine.aws.hold("AssumeRole")
                window.do("begin", name="brief", force=True)
                assert machine.aws.asked.wait(SLOW)
                machine.set_clock(jump)
                machine.aws.go_on.set()
                assert window.do("end", name="brief") == ""
                found = window.until(lambda look, jump=jump: abs(look["skew"] + jump) < 4, f"{jump} is known")  # type: ignore[misc]  # bound at once
                session = found["sessions"]["brief"]
                assert session["status"] in ("active", "expiring"), session
                assert session["key_id"] != before
                assert 900 - SLOW < session["left"] <= 902, session
                assert machine.aws.actions().count("AssumeRole") - tried <= 2, "no tight loop"
        window.quit()


def test_a_window_that_starts_with_a_wrong_clock(tally: Tally, home: Path) -> None:
    for wrong in chosen([DAY, -DAY, 3600, until("2038-01-20")], 1):
        with (
            tally.case("clock: live window, started", f"{wrong:.0f} s"),
            Machine(home / f"wrong{wrong:.0f}") as machine,
        ):
            machine.set_clock(wrong)
            machine.run("assume", "plain")
            published, asked = machine.credentials.read_bytes(), len(machine.aws.requests)
            with LiveWindow(machine.environ, machine.home) as window:
                for _ in range(amount(60, 20)):
                    session = window.look()["sessions"]["plain"]
                    assert session["status"] == "active", session
                    assert 3600 - SLOW < session["left"] <= 3602, session
                window.quit()
            assert machine.credentials.read_bytes() == published
            # For the time, which others told; it may have quit before it came to that
            assert machine.aws.actions()[asked:] in (["GetCallerIdentity"], []), machine.aws.actions()
