from __future__ import annotations

import asyncio
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from app.domain.configuration import Configuration, MfaUse, Publish
from app.domain.errors import Declined, Denied, StorageTrouble
from app.ui.choices import Segmented
from app.ui.text import number
from tests.ui.editor_room import Room
from tests.ui.hands import click, press, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("look")
ARN = "arn:aws:iam::123456789012:role/Admin"


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def change(room: Room, name: str, **facts: object) -> None:
    configured = room.intents.configuration
    profile = replace(configured.profiles[name], **facts)  # type: ignore[arg-type]
    room.intents.configuration = replace(configured, profiles=MappingProxyType({**configured.profiles, name: profile}))
    room.intents.tell()


async def test_shows_a_profile_as_it_is_drawn(room: Room) -> None:
    change(room, "prod-admin", duration=7200)
    room.editor.edit("prod-admin")
    await settle()
    assert room.editor.title.whole == "Edit prod-admin"
    assert room.message("source") == "alice → hub → prod-admin"
    assert room.message("role_arn") == "Role Admin, account 123456789012"
    assert "AWS limits a role assumed from another role to 1 h." in room.message("duration")
    assert room.verdict == "1 field to correct: Duration"
    assert not room.editor.save_button.isEnabled()
    assert not room.editor.pane.trial.test.isEnabled()
    assert not room.editor.dirty


async def test_correcting_the_field_allows_saving(room: Room) -> None:
    change(room, "prod-admin", duration=7200)
    room.editor.edit("prod-admin")
    room.fill(duration="3600")
    assert room.verdict == ""
    click(room.editor.save_button)
    await settle()
    assert [(p.name, p.duration, old) for p, old in room.put()] == [("prod-admin", 3600, "prod-admin")]
    assert room.closed == [1]


async def test_nothing_is_lost_by_opening_and_saving(room: Room) -> None:
    facts = {
        "policy": '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}',
        "policy_arns": ("arn:aws:iam::aws:policy/ReadOnlyAccess",),
        "tags": (("team", "platform"), ("cost=centre", "= 4410")),
        "transitive_tag_keys": ("team", "of-the-parent"),
        "confirm": True,
        "lease": 1800,
        "account_pin": "210987654321",
        "imported_from": "ops",
        "source_identity": "alice",
        "external_id": "acme-7731",
        "session_name": "alice",
        "publish": Publish.NONE,
        "aws_profile": "admin",
        "pinned": True,
        "console_service": "ec2",
        "refresh": False,
        "mfa": MfaUse.ROLE,
        "duration": 900,
        "group": "Staging",
        "colour": "teal",
    }
    change(room, "stage-ops", **facts)
    before = room.intents.configuration.profiles["stage-ops"]
    room.editor.edit("stage-ops")
    room.editor.save()
    await settle()
    assert room.put() == [(before, "stage-ops")]


async def test_a_new_form_asks_for_what_is_missing_without_telling_off(room: Room) -> None:
    room.editor.new()
    await settle()
    assert room.verdict == "Still needed: Name, Role ARN"
    assert room.message("role_arn") == ""
    room.fill(role_arn="arn")
    assert "characters" in room.message("role_arn")
    assert room.verdict.startswith("1 field to correct: Role ARN") or "Role ARN" in room.verdict


async def test_a_new_role(room: Room) -> None:
    room.editor.new()
    room.fill(name="new", role_arn=ARN, region="eu-west-1", group="Production", mfa="session")
    room.editor.form.swatches.set_value("red")
    room.editor.save()
    await settle()
    [(profile, formerly)] = room.put()
    assert (profile.name, str(profile.role_arn), formerly) == ("new", ARN, "")
    assert (profile.colour, profile.group, profile.mfa) == ("red", "Production", MfaUse.SESSION)
    assert str(profile.source) == "identity.alice"


async def test_the_form_grows_with_what_is_obtained(room: Room) -> None:
    room.editor.new()
    await settle()
    fields = room.editor.form.fields
    assert fields["mfa"].isVisible()
    room.fill(source_kind="profile")
    assert not fields["mfa"].isVisible()
    assert not fields["kind"].isVisible()
    assert fields["source"].value() != ""
    room.fill(source_kind="identity", kind="session", name="s", external_id="kept-but-not-sent")
    assert not fields["role_arn"].isVisible()
    assert room.verdict == ""
    room.fill(kind="federated", federated_user="guest")
    room.editor.save()
    await settle()
    [(profile, _)] = room.put()
    assert (profile.federated_user, profile.external_id, profile.role_arn) == ("guest", None, None)


async def test_what_a_provider_s_role_can_have(room: Room) -> None:
    room.editor.edit("prod-audit")
    room.editor.form.more.setChecked(True)
    await settle()
    fields = room.editor.form.fields
    shown = {key for key, field in fields.items() if field.isVisible()}
    by_both = {"name", "group", "source_kind", "source", "role_arn", "duration", "region"}
    by_both |= {"aws_profile", "publish", "policy", "policy_arns", "lease", "account_pin"}
    assert shown == by_both | {"provider_arn"}
    assert room.message("source") == "corp → prod-audit"
    assert "Learnt from the assertion." in room.message("provider_arn")
    assert fields["provider_arn"].value() == ""
    login = room.intents.configuration.providers["login"]
    await room.intents.put_provider(replace(login, session_name_claim="email"), formerly="login")
    room.fill(source="login")
    await settle()
    assert {key for key, field in fields.items() if field.isVisible()} == by_both | {"session_name"}
    line = fields["session_name"].control
    assert isinstance(line, QLineEdit)
    assert line.placeholderText() == "from claim email"
    room.editor.save()
    await settle()
    [(profile, _)] = room.put()
    assert str(profile.source) == "provider.login"


async def test_a_provider_is_offered_once_there_is_one(room: Room) -> None:
    room.editor.new()
    kinds = room.editor.form.fields["source_kind"].control
    assert isinstance(kinds, Segmented)
    assert kinds.part("provider").isEnabled()
    room.intents.configuration = replace(room.intents.configuration, providers=MappingProxyType({}))
    room.intents.tell()
    room.editor.follow(room.intents.snapshot())
    assert not kinds.part("provider").isEnabled()


async def test_what_will_be_sent_follows_each_key_and_hides_secrets(room: Room) -> None:
    room.editor.edit("prod-admin")
    room.fill(session_name="bob")
    text = room.editor.pane.text()
    assert "RoleSessionName: bob" in text
    assert "Session token: (hidden)" in text
    assert "sts.eu-west-1.amazonaws.com" in text
    await settle()
    click(room.editor.pane.copy)
    assert QGuiApplication.clipboard().text() == text


async def test_without_a_role_nothing_else_is_previewed(room: Room) -> None:
    room.editor.edit("prod-admin")
    room.fill(role_arn="")
    assert room.editor.pane.text() == ""
    assert not room.editor.pane.copy.isEnabled()


async def test_trying_says_who_one_would_be(room: Room) -> None:
    room.editor.edit("prod-admin")
    await settle()
    assert room.editor.pane.trial.title.text() == "Worked with these settings"
    room.fill(session_name="bob")
    assert room.editor.pane.trial.title.text() == "Worked before this change"
    room.intents.gate.clear()
    click(room.editor.pane.trial.test)
    await settle()
    assert room.editor.pane.trial.title.text() == "Asking AWS…"
    assert not room.editor.pane.trial.test.isEnabled()
    room.intents.gate.set()
    await settle()
    assert room.editor.pane.trial.title.text() == "Works"
    assert room.editor.pane.trial.detail.accessibleName() == "arn:aws:sts::123456789012:assumed-role/Admin/alice"
    assert room.put() == []


async def test_a_trial_that_is_denied_says_why(room: Room) -> None:
    room.editor.edit("prod-admin")
    await settle()
    room.intents.fails["test"] = Denied(code="access-denied", title="Denied", detail="Not you.", remedy="Ask.")
    click(room.editor.pane.trial.test)
    await settle()
    assert room.editor.pane.trial.title.text() == "Denied"
    assert room.editor.pane.trial.detail.accessibleName() == "Not you. Ask."
    assert room.editor.pane.trial.test.isEnabled()


async def test_a_trial_that_was_declined_is_no_failure(room: Room) -> None:
    room.editor.edit("stage-ops")
    await settle()
    room.intents.fails["test"] = Declined()
    click(room.editor.pane.trial.test)
    await settle()
    assert room.editor.pane.trial.title.text() == "Not tried yet"
    assert room.editor.pane.trial.test.isEnabled()


async def test_what_the_settings_file_refuses_is_said_and_nothing_is_lost(room: Room) -> None:
    room.editor.edit("prod-admin")
    room.fill(session_name="bob")
    room.intents.fails["put_profile"] = StorageTrouble(code="full", title="The disk is full", remedy="Make room.")
    room.editor.save()
    await settle()
    assert room.verdict == "The disk is full. Make room."
    assert room.closed == []
    assert room.editor.dirty


async def test_leaving_without_changes_asks_nothing(room: Room) -> None:
    room.editor.edit("prod-admin")
    await settle()
    press(Qt.Key.Key_Escape)
    await settle()
    assert room.closed == [1]


@pytest.mark.parametrize(("answer", "closed", "puts"), [("save", [1], 1), ("discard", [1], 0), ("", [], 0)])
async def test_changes_are_not_lost_silently(room: Room, answer: str, closed: list[int], puts: int) -> None:
    room.editor.edit("prod-admin")
    room.fill(session_name="bob")
    await settle()
    click(room.editor.cancel)
    await settle()
    assert room.closed == []
    if answer:
        room.answer(answer)
    else:
        press(Qt.Key.Key_Escape)
    await settle()
    assert (room.closed, len(room.put())) == (closed, puts)
    assert room.editor.form.fields["session_name"].value() == "bob"


async def test_whoever_takes_the_page_away_has_to_ask(room: Room) -> None:
    room.editor.edit("prod-admin")
    assert await room.editor.may_leave()
    room.fill(session_name="bob")
    asked = asyncio.ensure_future(room.editor.may_leave())
    await settle()
    assert not asked.done()
    room.answer("discard")
    assert await asked
    assert not room.editor.dirty


async def test_a_duplicate_has_a_name_of_its_own(room: Room) -> None:
    change(room, "prod-admin", aws_profile="default", pinned=True)
    room.editor.duplicate("prod-admin")
    room.editor.save()
    await settle()
    [(profile, formerly)] = room.put()
    assert (profile.name, profile.published_as, profile.pinned, formerly) == ("prod-admin-2", "prod-admin-2", False, "")
    assert str(profile.role_arn) == ARN


async def test_a_duplicate_that_was_not_touched_is_left_without_a_question(room: Room) -> None:
    room.editor.duplicate("prod-admin")
    assert not room.editor.dirty
    room.fill(name="prod-admin-of-mine")
    assert room.editor.dirty


async def test_enter_in_a_line_saves(room: Room) -> None:
    room.editor.edit("hub")
    room.fill(name="centre")
    control = room.editor.form.fields["name"].control
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_Return)
    await settle()
    assert [(p.name, old) for p, old in room.put()] == [("centre", "hub")]


async def test_what_aws_is_sure_to_refuse_in_a_policy_is_not_saved(room: Room) -> None:
    room.editor.edit("hub")
    allowed = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
    room.fill(policy=allowed.replace("Allow", "Alow"))
    assert not room.editor.save_button.isEnabled()
    assert "1 field to correct: Policy" in room.editor.verdict.text().replace("\u200b", "")
    # said at its place, and not once more below
    assert room.message("policy") == ""
    room.fill(policy="{")
    assert room.message("policy") == ""
    assert not room.editor.save_button.isEnabled()
    room.fill(policy=allowed)
    assert room.editor.save_button.isEnabled()


async def test_renaming_tells_the_old_name(room: Room) -> None:
    room.editor.edit("hub")
    room.fill(name="centre")
    room.editor.save()
    await settle()
    assert [(p.name, old) for p, old in room.put()] == [("centre", "hub")]


async def test_a_name_that_is_taken(room: Room) -> None:
    room.editor.edit("hub")
    room.fill(name="prod-admin")
    assert room.message("name") == "There is already a profile of this name."


async def test_a_fault_in_the_folded_part_is_named(room: Room) -> None:
    room.editor.edit("prod-admin")
    room.fill(policy="{")
    assert room.message("policy") == ""
    assert "This { is never closed." in room.editor.form.policy.edit.accessibleDescription()
    assert room.verdict == "1 field to correct: Policy"
    assert room.editor.form.more.isChecked()


async def test_guards_for_production(room: Room) -> None:
    room.editor.edit("prod-admin")
    room.editor.form.more.setChecked(True)
    await settle()
    form = room.editor.form
    form.confirm.click()
    room.fill(lease="30")
    assert "60 to 129,600" in room.message("lease")
    room.fill(lease="1800")
    after = form.fields["lease"].findChild(QLabel, "words")
    assert isinstance(after, QLabel)
    assert after.text() == "30 min"
    assert not form.refresh.isEnabled()
    assert room.message("lease") == "Withdrawn so long after it was assumed, and not renewed."
    assert form.use_account.text() == "use 123456789012"
    room.fill(account_pin="12")
    assert "12 digits" in room.message("account_pin")
    click(form.use_account)
    assert not form.use_account.isVisible()
    assert room.message("account_pin") == "Nothing is published unless AWS says that it is this account."
    room.editor.save()
    await settle()
    [(profile, _)] = room.put()
    assert (profile.confirm, profile.lease, profile.account_pin) == (True, 1800, "123456789012")


async def test_policies_are_counted_together(room: Room) -> None:
    room.editor.edit("prod-admin")
    room.editor.form.more.setChecked(True)
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    policy = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
    room.fill(policy=policy, policy_arns=arn)
    together = len(policy) + len(arn)
    assert room.editor.form.policy.counter.text() == (
        f"{number(together)} of {number(2048)} characters, {number(len(arn))} of them in the policy ARNs"
    )
    room.editor.save()
    await settle()
    assert room.put()[0][0].policy_arns == (arn,)


async def test_the_policies_of_another_partition_are_refused(room: Room) -> None:
    room.editor.edit("prod-admin")
    room.editor.form.more.setChecked(True)
    room.fill(policy_arns="arn:aws-cn:iam::aws:policy/ReadOnlyAccess")
    assert room.verdict == "1 field to correct: Managed policies"
    assert room.message("policy_arns") == ""
    assert "partition aws-cn" in room.editor.form.policy_arns.rows[0].message.text
    assert not room.editor.save_button.isEnabled()


async def test_how_full_the_last_policy_was(room: Room) -> None:
    room.intents.change("prod-admin", packed_policy_size=73)
    room.editor.edit("prod-admin")
    room.editor.form.more.setChecked(True)
    await settle()
    assert "73 %" in room.editor.form.policy.gauge.words.text()
    room.editor.new()
    await settle()
    assert not room.editor.form.policy.gauge.isVisible()


async def test_what_changes_elsewhere_does_not_disturb_typing(room: Room) -> None:
    room.editor.edit("prod-admin")
    room.fill(session_name="bob")
    change(room, "hub", group="New group")
    room.editor.follow(room.intents.snapshot())
    assert room.editor.form.fields["session_name"].value() == "bob"
    assert room.editor.form.fields["source"].value() == "hub"
    assert room.editor.form.fields["group"].value() == "Production"


async def test_without_room_form_and_preview_take_turns(qtbot: QtBot) -> None:
    room = Room(qtbot, 560)
    room.editor.edit("prod-admin")
    await settle()
    assert room.editor.form.isVisible()
    assert not room.editor.pane.isVisible()
    click(room.editor.peek)
    await settle()
    assert room.editor.pane.isVisible()
    assert not room.editor.form.isVisible()


async def test_nothing_configured_can_be_edited_too(qtbot: QtBot) -> None:
    room = Room(qtbot)
    room.intents.configuration = Configuration()
    room.intents.tell()
    room.editor.new()
    assert "Assumed from" in room.verdict


async def test_ctrl_s_saves(room: Room) -> None:
    room.editor.edit("prod-admin")
    await settle()
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await settle()
    assert [p.name for p, _ in room.put()] == ["prod-admin"]


async def test_tab_goes_through_the_fields_as_the_eye_does(room: Room) -> None:
    room.editor.edit("stage-ops")
    await settle()
    seen: list[str] = []
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        name = focus.accessibleName() or (focus.text() if isinstance(focus, QAbstractButton) else "")
        seen.append(name.partition(":")[0])
        press(Qt.Key.Key_Tab)
    wanted = ["Name", "Violet", "Group", "Source", "Assumed from", "Obtains", "Role ARN", "Duration", "Session name"]
    wanted += ["External ID", "MFA", "Region", "Renew by itself", "More", "Copy", "Test", "Duplicate", "Cancel", "Save"]
    assert seen[: len(wanted)] == wanted


async def test_what_is_being_saved_does_not_find_its_own_name_taken(room: Room) -> None:
    room.intents.subscribe(lambda: room.editor.follow(room.intents.snapshot()))
    room.editor.new()
    room.fill(name="new", role_arn=ARN)
    room.editor.save()
    await settle()
    assert room.message("name") == ""
    assert room.verdict == ""
