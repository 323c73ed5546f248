from __future__ import annotations

from dataclasses import replace

from app.domain.aws_import import AwsFiles, FoundKey
from app.domain.differences import Change
from app.domain.errors import StorageTrouble
from app.domain.secret import Secret
from tests.core.fakes import Machine, configuration, identity, imported, machine, profile, rejected, row
from tests.core.virtual_time import virtual

ROLES = {
    "hub": {"role_arn": "arn:aws:iam::123456789012:role/Hub", "source_profile": "me"},
    "leaf": {"role_arn": "arn:aws:iam::123456789012:role/Leaf", "source_profile": "hub"},
}


def shown_by_aws(rig: Machine, profiles: dict[str, dict[str, str]]) -> None:
    key = FoundKey(access_key_id=identity().access_key_id, secret_access_key=Secret("alice's"))
    rig.aws_config.files = AwsFiles(config_path="~/.aws/config", profiles=profiles, keys={"me": key})


@virtual
async def test_an_import_is_kept_in_step_on_request_and_never_silently() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    shown_by_aws(rig, ROLES)
    view = await front.plan_import()
    assert ([each.name for each in view.rows], view.kept) == (["hub", "leaf"], ())
    assert await imported(front, ("hub", "leaf")) == 2

    view = await front.plan_import()
    assert (view.rows, view.refused) == ((), ())
    assert [(each.name, each.change) for each in view.kept] == [("hub", Change.SAME), ("leaf", Change.SAME)]

    hub = replace(front.snapshot().configuration.profiles["hub"], group="Mine", colour="red")
    await front.put_profile(hub)
    shown_by_aws(rig, {"hub": ROLES["hub"] | {"duration_seconds": "7200"}})
    before = front.snapshot().configuration
    view = await front.plan_import()
    assert [(each.name, each.change) for each in view.kept] == [("hub", Change.CHANGED), ("leaf", Change.GONE)]
    assert [(f.name, f.old, f.new) for f in view.kept[0].fields] == [("duration", "", "7200")]
    assert front.snapshot().configuration == before

    assert await imported(front, ("hub",)) == 1
    now = front.snapshot().configuration.profiles
    assert now["hub"] == replace(hub, duration=7200)
    assert "leaf" in now
    assert await imported(front, ("leaf",)) == 1
    assert set(front.snapshot().configuration.profiles) == {"mine", "hub"}
    assert await imported(front, ("hub", "nobody")) == 0


@virtual
async def test_parent_and_child_that_are_gone_go_in_one_step_and_are_withdrawn() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    shown_by_aws(rig, ROLES)
    await imported(front, ("hub", "leaf"))
    await front.assume("hub")
    assert row(front, "hub").published
    shown_by_aws(rig, {})
    assert await imported(front, ("hub", "leaf")) == 2
    assert set(front.snapshot().configuration.profiles) == {"mine"}
    assert rig.file.found == {}


@virtual
async def test_what_others_start_from_is_not_removed_alone() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    shown_by_aws(rig, ROLES)
    await imported(front, ("hub", "leaf"))
    shown_by_aws(rig, {"leaf": ROLES["leaf"] | {"source_profile": "me"}})
    assert (await rejected(imported(front, ("hub",)))).code == "still-needed"
    assert await imported(front, ("hub", "leaf")) == 2
    assert set(front.snapshot().configuration.profiles) == {"mine", "leaf"}


@virtual
async def test_a_failing_write_changes_nothing() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    shown_by_aws(rig, ROLES)
    await imported(front, ("hub", "leaf"))
    shown_by_aws(rig, {name: each | {"region": "eu-north-1"} for name, each in ROLES.items()})
    before = rig.settings.configuration
    rig.settings.trouble = StorageTrouble(code="settings-unwritable", title="full")
    await rejected(imported(front, ("hub", "leaf")))
    assert rig.settings.configuration == before
    assert configuration(profile("mine")).profiles.keys() == {"mine"}


@virtual
async def test_only_what_was_shown_is_taken() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    shown_by_aws(rig, ROLES)
    view = await front.plan_import()
    shown_by_aws(rig, ROLES | {"leaf": ROLES["leaf"] | {"external_id": "other"}})
    error = await rejected(front.run_import(("hub", "leaf"), keys=True, digest=view.digest))
    assert error.code == "file-changed"
    assert rig.keyring.items["identity/alice"] != Secret("alice's")
    assert set(front.snapshot().configuration.profiles) == {"mine"}
    assert await imported(front, ("hub", "leaf")) == 2

    shown_by_aws(rig, {"hub": ROLES["hub"] | {"duration_seconds": "7200"}})
    view = await front.plan_import()
    evil = {"role_arn": "arn:aws:iam::999999999999:role/Evil", "source_profile": "me", "duration_seconds": "7200"}
    shown_by_aws(rig, {"hub": evil})
    assert (await rejected(front.run_import(("hub",), keys=False, digest=view.digest))).code == "file-changed"
    assert str(front.snapshot().configuration.profiles["hub"].role_arn).endswith("123456789012:role/Hub")


@virtual
async def test_what_is_here_belongs_to_what_was_shown() -> None:
    rig = machine(profile("mine"))
    front = await rig.process()
    shown_by_aws(rig, ROLES)
    await imported(front, ("hub",))
    shown_by_aws(rig, {"hub": ROLES["hub"] | {"duration_seconds": "7200"}})
    view = await front.plan_import()
    hub = replace(front.snapshot().configuration.profiles["hub"], duration=1800, confirm=True)
    await front.put_profile(hub)
    assert (await rejected(front.run_import(("hub",), keys=False, digest=view.digest))).code == "file-changed"
    assert front.snapshot().configuration.profiles["hub"] == hub
    await front.put_profile(replace(hub, group="Mine", duration=None))
    assert await front.run_import(("hub",), keys=False, digest=view.digest) == 1, "what is as it was shown is taken"
    hub = front.snapshot().configuration.profiles["hub"]
    assert (hub.duration, hub.group, hub.confirm) == (7200, "Mine", True)
