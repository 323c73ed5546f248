"""Guards on the command line: a name typed twice, and a loan that is over for every reader."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.standin import StandIn, demo_settings, demo_world
from tests.e2e.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GUARDED = """
[profile.guarded]
role_arn = "{role}"
source = "identity.alice"
confirm = true

[profile.child]
role_arn = "{child}"
source = "profile.guarded"

[profile.lent]
role_arn = "{role}"
source = "identity.alice"
lease = 1800

[profile.pinned]
role_arn = "{role}"
source = "identity.alice"
account_pin = "999999999999"
"""


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    world = demo_world()
    settings = demo_settings(world)
    role = settings.partition("[profile.stage-dev]")[2].partition('role_arn = "')[2].partition('"')[0]
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        child = role.rpartition("/")[0] + "/Pipeline"
        made.furnish(settings + GUARDED.format(role=role, child=child))
        yield made


def listed(rig: Rig, name: str) -> dict[str, Any]:
    rows = json.loads(rig.run("list", "--json").stdout)["profiles"]
    found: dict[str, Any] = next(row for row in rows if row["name"] == name)
    return found


def test_a_guarded_profile_is_assumed_only_with_its_name(rig: Rig) -> None:
    refused = rig.run("assume", "guarded", code=3).stderr
    assert "“guarded” has to be confirmed" in refused
    assert "--confirm guarded" in refused
    assert "not its name" in rig.run("assume", "guarded", "--confirm", "Guarded", code=1).stderr
    rig.run("credentials", "guarded", code=3)
    assert "has to be confirmed" in rig.run("console", "guarded", code=1).stderr
    assert rig.calls("AssumeRole") == 0
    rig.run("assume", "guarded", "--confirm", "guarded")
    rig.run("assume", "guarded")
    rig.run("assume", "guarded", "--refresh")
    assert json.loads(rig.run("credentials", "guarded").stdout)["Version"] == 1


def test_at_a_terminal_the_name_is_asked_for(rig: Rig) -> None:
    prompt = "Type guarded to assume it: "
    assert "Cancelled." in rig.type_at_terminal("assume", "guarded", prompt=prompt, answer="", code=1)
    assert "not its name" in rig.type_at_terminal("assume", "guarded", prompt=prompt, answer="yes", code=1)
    assert "published as [guarded]" in rig.type_at_terminal("assume", "guarded", prompt=prompt, answer="guarded")


def test_what_goes_through_a_guarded_profile_is_asked_for_too(rig: Rig) -> None:
    refused = rig.run("assume", "child", code=3).stderr
    assert "“child” has to be confirmed" in refused
    assert "“guarded”" in refused
    assert "not its name" in rig.run("assume", "child", "--confirm", "guarded", code=1).stderr
    prompt = "Type child to assume it: "
    assert "goes through “guarded”" in rig.type_at_terminal("assume", "child", prompt=prompt, answer="", code=1)
    assert rig.calls("AssumeRole") == 0
    rig.run("assume", "child", "--confirm", "child")
    assert listed(rig, "child")["status"] == "active"
    assert listed(rig, "guarded")["status"] != "active"


def test_a_lease_that_is_set_later_withdraws_what_is_older(rig: Rig) -> None:
    rig.run("assume", "guarded", "--confirm", "guarded")
    settings = rig.settings.read_text(encoding="utf-8")
    rig.settings.write_text(settings.replace("confirm = true\n", "confirm = true\nlease = 60\n"), encoding="utf-8")
    assert listed(rig, "guarded")["seconds_left"] <= 60
    assert "has to be confirmed" in rig.run("assume", "guarded", "--refresh", code=3).stderr
    rig.run("assume", "guarded", "--refresh", "--confirm", "guarded")


def test_every_reader_knows_the_end_of_a_lease(rig: Rig) -> None:
    told = json.loads(rig.run("assume", "lent", "--json").stdout)
    assert told["lease_ends"] is not None
    assert told["seconds_left"] <= 1800
    served = json.loads(rig.run("credentials", "lent").stdout)
    assert served["Expiration"] == told["expires"]
    assert listed(rig, "lent")["seconds_left"] <= 1800

    [path] = rig.home.rglob("sessions.json")
    state = json.loads(path.read_text())
    over = datetime.now(UTC) - timedelta(seconds=5)
    state["sessions"]["lent"]["lease_ends"] = over.isoformat()
    path.write_text(json.dumps(state))

    assert listed(rig, "lent")["status"] == "expired"
    rig.run("credentials", "lent", code=3)
    assert rig.calls("AssumeRole") == 1
    rig.run("identity", "list")
    assert not rig.credentials.exists()  # there was nothing else in it


def test_an_account_that_does_not_fit_its_role_is_refused_when_read(rig: Rig) -> None:
    row = listed(rig, "pinned")
    assert row["status"] == "failed"
    assert "account_pin" in row["problem"]["title"]
    assert "999999999999" in rig.run("assume", "pinned", code=1).stderr
