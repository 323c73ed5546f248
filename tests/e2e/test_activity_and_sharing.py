"""What happened, and profiles as a file, from the command line; and that no secret is in either."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.standin import StandIn, demo_world
from tests.e2e.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def rig(home: Path) -> Iterator[Rig]:
    world = demo_world()
    with StandIn(world) as aws:
        made = Rig(home=home, aws=aws, world=world)
        made.furnish()
        yield made


def happened(rig: Rig, *arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(rig.run("activity", "--json", *arguments).stdout)["activity"]
    return found


def test_what_every_command_did_is_kept_without_a_secret(rig: Rig) -> None:
    assert rig.run("activity").stdout == "Nothing happened.\n"
    rig.run("assume", "stage-dev")
    keys = json.loads(rig.run("credentials", "stage-dev").stdout)
    rig.run("assume", "stage-dev", "--refresh")
    renewed = json.loads(rig.run("credentials", "stage-dev").stdout)
    rig.run("assume", "prod-billing", code=1)
    rig.run("stop", "stage-dev")

    found = happened(rig)
    mine = [each for each in found if each["profile"] == "stage-dev"]
    assert [each["what"] for each in mine] == ["stopped", "renewed", "obtained"]
    obtained = mine[-1]
    assert obtained["key_id"] == f"{keys['AccessKeyId'][:4]}…{keys['AccessKeyId'][-4:]}"
    assert (obtained["role"], obtained["account"]) == ("Developer", "210987654321")
    assert obtained["session_name"]
    assert obtained["request_id"]
    assert obtained["expires"] == keys["Expiration"]
    assert all(each["by_person"] for each in mine)
    [refused] = [each for each in found if each["what"] == "refused"]
    assert (refused["profile"], refused["code"]) == ("prod-billing", "access-denied")
    assert refused["request_id"]
    assert [each["what"] for each in happened(rig, "--profile", "prod-billing", "--days", "1")] == ["refused"]
    shown = rig.run("activity").stdout
    assert "renewed, by you" in shown
    rig.run("activity", "--days", "0", code=2)

    path = rig.home / "rolecall" / "state" / "activity.jsonl"
    assert path.stat().st_mode & 0o777 == 0o600
    secrets = [each[name] for each in (keys, renewed) for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")]
    text = path.read_text() + json.dumps(found)
    assert not [secret for secret in secrets if secret in text]


def test_a_colleague_takes_a_profile_over_after_looking(rig: Rig, home: Path) -> None:
    path = home / "team.toml"
    rig.run("assume", "stage-dev")
    keys = json.loads(rig.run("credentials", "stage-dev").stdout)
    assert "without secrets" in rig.run("export", str(path), "--all").stdout
    text = path.read_text()
    for secret in (keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], "AKIA", "mfa/alice"):
        assert secret not in text
    rig.run("export", str(home / "nothing.toml"), code=1)
    assert "Nothing to take over" in rig.run("import", str(path)).stdout

    path.write_text(
        '[settings]\nproxy = "http://evil.example:1"\n[provider.gate]\ntype = "saml"\n'
        'command = ["/bin/evil", "--now"]\n'
        '[profile.theirs]\nrole_arn = "arn:aws:iam::210987654321:role/Developer"\nsource = "identity.bob"\n'
    )
    before = rig.settings.read_bytes()
    done = rig.run("import", str(path), code=1)
    assert "--map identity.bob=identity.YOURS" in done.stderr
    done = rig.run("import", str(path), "--map", "identity.bob=identity.alice", code=3)
    assert "+ profile theirs: new" in done.stdout
    assert "'/bin/evil'" in done.stdout or "/bin/evil" in done.stdout
    assert "! settings: refused" in done.stdout
    rig.run("import", str(path), "--map", "nonsense", code=1)
    shown = rig.type_at_terminal(
        "import", str(path), "--map", "identity.bob=identity.alice", prompt="these 2 entries: ", answer="no", code=1
    )
    assert "Cancelled" in shown
    assert rig.settings.read_bytes() == before
    shown = rig.type_at_terminal(
        "import", str(path), "--map", "identity.bob=identity.alice", prompt="these 2 entries: ", answer="yes"
    )
    assert "2 entries taken over" in shown
    assert "proxy" not in rig.settings.read_text()
    assert "published as [theirs]" in rig.run("assume", "theirs").stdout
    path.write_text(path.read_text().replace("role/Developer", "role/ReadOnly"))
    done = rig.run("import", str(path), "--yes", "--map", "identity.bob=identity.alice")
    assert (
        "role_arn: arn:aws:iam::210987654321:role/Developer -> arn:aws:iam::210987654321:role/ReadOnly" in done.stdout
    )
