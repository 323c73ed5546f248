"""The fields of a profile. They grow with the source chosen, and know nothing of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.arn import account_of
from app.domain.configuration import MfaUse, Source, SourceKind
from app.domain.settings_schema import table_of
from app.ui import profile_draft as drafts
from app.ui import tokens
from app.ui.choices import Segmented, Swatches
from app.ui.forms import (
    Check,
    Disclosure,
    Field,
    Form,
    Lines,
    More,
    combo_field,
    line_field,
    lines_field,
    refill,
    seconds_field,
)
from app.ui.policy_arns import PolicyArns
from app.ui.policy_editor import PolicyEditor
from app.ui.profile_tags import TagRows
from app.ui.text import tr
from app.ui.widgets import Elided, button, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.arn import RoleArn
    from app.domain.configuration import Configuration, Profile

_IN_MORE = (
    "aws_profile", "publish", "lease", "account_pin", "policy", "policy_arns", "tags", "transitive_tag_keys",
    "source_identity", "mfa_device", "provider_arn",
)  # fmt: skip
_TEXTS = (
    "role_arn", "federated_user", "session_name", "external_id", "region", "aws_profile", "policy", "source_identity",
    "mfa_device", "provider_arn", "group", "account_pin",
)  # fmt: skip
_INSET, _CLOSER = 2, 5
_UNSHOWN = ("pinned", "console_service", "imported_from")
"""Keys that are set elsewhere, and stay as they are."""
_ALWAYS_TEXT = ("role_arn", "federated_user")
"""Keys that say by being there what is obtained."""
_REGIONS = (
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3",
    "eu-north-1", "eu-south-1", "ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
    "ca-central-1", "sa-east-1", "us-gov-west-1", "us-gov-east-1", "cn-north-1", "cn-northwest-1",
)  # fmt: skip
"""Suggestions only: any region may be typed."""


class ProfileForm(Form):
    """The form. `changed` after every change, with the key; `left` when a field loses the keyboard."""

    changed = Signal(str)
    left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._kept: dict[str, object] = {}
        self._configuration: Configuration | None = None
        self._quiet = False
        column = self.column
        self.swatches = Swatches()
        self.swatches.setAccessibleName(tr("Colour"))
        for field in self._first():
            column.addWidget(field)
        column.addWidget(rule())
        column.addSpacing(_INSET)
        for field in self._second():
            column.addWidget(field)
            # What frames a segmented control is part of it.
            column.addSpacing(-_INSET if field.key == "source_kind" else 0)
        renew = Check("refresh", tr("Renew by itself"), tr("before the time runs out"))
        self.refresh = renew.box
        column.addWidget(renew)
        self._ask_first = Check("confirm", tr("Ask before assuming"), tr("type the name, or press and hold"))
        self.confirm = self._ask_first.box
        self.use_account = button("", "link")
        self.policy, self.policy_arns, self.tags = PolicyEditor(), PolicyArns(), TagRows()
        self._more_inside = QWidget()
        inside = QVBoxLayout(self._more_inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(tokens.FIELD_GAP)
        for part in self._third():
            inside.addWidget(part)
        self.more = More(tr("More"), self._more_inside)
        self.summary = Elided(tokens.SMALL, "text2")
        column.addSpacing(-_CLOSER)
        column.addWidget(Disclosure(self.more, self.summary))
        column.addWidget(self._more_inside)
        column.addStretch(1)
        self._connect()

    # --- What is in it ------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, object]:
        """The form as a table of the settings file. What is not shown is not in it."""
        shown = self.shown()
        table = dict(self._kept)
        table["source"] = f"{self.source_kind}.{self._value('source')}"
        for key in _TEXTS:
            text = self._value(key)
            if (key in shown and (text or key in _ALWAYS_TEXT)) or (key == "group" and text):
                table[key] = text
        for key in ("duration", "lease"):
            if self._value(key):
                table[key] = drafts.whole(self._value(key))
        if self.confirm.isChecked():
            table["confirm"] = True
        if "mfa" in shown and (use := self._value("mfa")) != MfaUse.NONE.value:
            table["mfa"] = True if use == MfaUse.SESSION.value else use
        table |= self._policies(shown)
        if self.swatches.value():
            table["colour"] = self.swatches.value()
        return table | {"refresh": self.refresh.isChecked(), "publish": self._value("publish")}

    def _policies(self, shown: frozenset[str]) -> dict[str, object]:
        """Managed policies and tags: lists, and only where they hold something."""
        table: dict[str, object] = {}
        if "policy_arns" in shown and self.policy_arns.value():
            table["policy_arns"] = self.policy_arns.value().split("\n")
        tags = self.tags.tags() if "tags" in shown else ()
        if tags:
            table["tags"] = [{"key": tag.key, "value": tag.value} for tag in tags]
        inherited = [tag.key for tag in tags if tag.transitive] + list(self._lines("transitive_tag_keys"))
        if "transitive_tag_keys" in shown and inherited:
            table["transitive_tag_keys"] = inherited
        return table

    @property
    def name(self) -> str:
        """The profile's name as typed."""
        return self._value("name")

    @property
    def source_kind(self) -> str:
        """`identity`, `provider` or `profile`."""
        return self._value("source_kind")

    @property
    def kind(self) -> str:
        """What is obtained: `role`, `session` or `federated`."""
        by_identity = self.source_kind == SourceKind.IDENTITY.value
        return self._value("kind") if by_identity else drafts.ROLE

    def shown(self) -> frozenset[str]:
        """The keys of the fields that mean something now."""
        providers = {} if self._configuration is None else self._configuration.providers
        provider = providers.get(self._value("source"))
        return drafts.shown_fields(self.source_kind, self.kind, "" if provider is None else provider.type)

    def load(self, profile: Profile | None, configuration: Configuration, source: Source | None = None) -> None:
        """Fill the form with a profile, or empty it for a new one that starts from `source`."""
        self._quiet = True
        self._configuration = configuration
        for field in self.fields.values():
            field.set_value(field.control.part_keys()[0] if isinstance(field.control, Segmented) else "")
            field.tell("")
        start = profile.source if profile is not None else source or _first_source(configuration)
        self.offer(configuration)
        self._set("source_kind", start.kind.value)
        self._offer_sources()
        self._set("source", start.name)
        self._set("mfa", MfaUse.NONE.value)
        table = {} if profile is None else table_of(profile)
        self._kept = {key: table[key] for key in _UNSHOWN if key in table}
        if profile is not None:
            self._fill(profile)
        self.refresh.setChecked(profile is None or profile.refresh)
        self.confirm.setChecked(profile is not None and profile.confirm)
        self.swatches.set_value("" if profile is None else profile.colour)
        self.more.setChecked(False)
        self._grow()
        self._quiet = False

    def offer(self, configuration: Configuration) -> None:
        """Offer the groups, sources and devices there are now."""
        self._configuration = configuration
        groups = sorted({each.group for each in configuration.profiles.values() if each.group}, key=str.casefold)
        refill(self.fields["group"], [(group, group) for group in groups])
        control = self.fields["source_kind"].control
        if isinstance(control, Segmented):
            provider = control.part(SourceKind.PROVIDER.value)
            provider.setEnabled(bool(configuration.providers))
            provider.setToolTip("" if configuration.providers else tr("There is no SAML or OIDC provider yet."))
        self._offer_sources()

    # --- How it looks -------------------------------------------------------------------------------------------------

    def _first(self) -> Iterable[Field]:
        name = Field("name", tr("Name"), QLineEdit(), after=self.swatches)
        yield self._keep(name)
        yield self._keep(combo_field("group", tr("Group"), editable=True))

    def _second(self) -> Iterable[Field]:
        kinds = Segmented(
            [
                ("identity", tr("Identity"), "key"),
                ("provider", tr("Provider"), "shield"),
                ("profile", tr("Profile"), "link"),
            ]
        )
        what = Segmented(
            [
                (drafts.ROLE, tr("Role"), ""),
                (drafts.SESSION, tr("Session"), ""),
                (drafts.FEDERATED, tr("Federated user"), ""),
            ]
        )
        uses = [
            (MfaUse.NONE.value, tr("No MFA")),
            (MfaUse.SESSION.value, tr("One code for all roles of the identity")),
            (MfaUse.ROLE.value, tr("A code for this role alone")),
        ]
        arn = "arn:aws:iam::123456789012:role/NAME"
        yield self._keep(Field("source_kind", tr("Source"), kinds, wide=True))
        yield self._keep(combo_field("source", tr("Assumed from"), wide=True))
        yield self._keep(Field("kind", tr("Obtains"), what, wide=True))
        yield self._keep(line_field("role_arn", tr("Role ARN"), wide=True, mono=True, hint=arn))
        yield self._keep(line_field("federated_user", tr("User name")))
        yield self._keep(seconds_field("duration", tr("Duration"), tr("s")))
        yield self._keep(line_field("session_name", tr("Session name")))
        yield self._keep(line_field("external_id", tr("External ID")))
        yield self._keep(combo_field("mfa", tr("MFA"), uses, wide=True))
        yield self._keep(combo_field("region", tr("Region"), [(each, each) for each in _REGIONS], editable=True))

    def _third(self) -> Iterable[Field | Check]:
        places = Segmented([("file", tr("Credentials file"), ""), ("none", tr("Nowhere"), "")])
        yield self._keep(line_field("aws_profile", tr("AWS profile"), wide=True))
        yield self._keep(Field("publish", tr("Published in"), places, wide=True))
        yield self._ask_first
        yield self._keep(seconds_field("lease", tr("Lease"), tr("s")))
        yield self._keep(Field("account_pin", tr("Account pin"), QLineEdit(), after=self.use_account))
        yield self._keep(Field("policy", tr("Policy"), self.policy, wide=True))
        yield self._keep(Field("policy_arns", tr("Managed policies"), self.policy_arns, wide=True))
        yield self._keep(Field("tags", tr("Session tags"), self.tags, wide=True))
        yield self._keep(lines_field("transitive_tag_keys", tr("Further transitive keys"), 2, tr("one in each line")))
        yield self._keep(line_field("source_identity", tr("Source identity")))
        yield self._keep(line_field("mfa_device", tr("MFA device"), wide=True, mono=True))
        hint = "arn:aws:iam::123456789012:saml-provider/NAME"
        yield self._keep(line_field("provider_arn", tr("Provider ARN"), wide=True, mono=True, hint=hint))

    def _keep(self, field: Field) -> Field:
        self.fields[field.key] = field
        return field

    def _connect(self) -> None:
        for field in self.fields.values():
            field.changed.connect(self._changed)
            field.left.connect(self.left)
        self.swatches.changed.connect(lambda: self._changed("colour"))
        self.refresh.toggled.connect(lambda: self._changed("refresh"))
        self.confirm.toggled.connect(lambda: self._changed("confirm"))
        self.use_account.clicked.connect(self._pin)

    def _changed(self, key: str) -> None:
        if self._quiet:
            return
        if key == "source_kind":
            self._offer_sources()
        if key in {"source_kind", "source", "kind"}:
            self._grow()
        self.changed.emit(key)

    def _grow(self) -> None:
        shown = self.shown() | {"name", "group", "source_kind"}
        self.tags.allow_transitive("transitive_tag_keys" in shown)
        if not self._lines("transitive_tag_keys"):
            # Each tag has a box of its own; keys of no tag are only kept where they came from the settings file.
            shown -= {"transitive_tag_keys"}
        for key, field in self.fields.items():
            field.setVisible(key in shown)
        mfa = self.fields["mfa"].control
        # Without a role there is no AssumeRole for the code to go with.
        model = getattr(mfa, "model", lambda: None)()
        if model is not None:
            model.item(2).setEnabled(self.kind == drafts.ROLE)

    def _offer_sources(self) -> None:
        if self._configuration is None:
            return
        entries = {
            "identity": self._configuration.identities,
            "provider": self._configuration.providers,
            "profile": self._configuration.profiles,
        }[self.source_kind]
        names = [name for name in entries if self.source_kind != "profile" or name != self.name]
        field = self.fields["source"]
        refill(field, [(name, name) for name in sorted(names, key=str.casefold)])
        if not field.value() and names:
            field.set_value(min(names, key=str.casefold))

    def _fill(self, profile: Profile) -> None:
        table = table_of(profile)
        self._set("name", profile.name)
        for key in _TEXTS:
            self._set(key, str(table.get(key, "")))
        self._set("kind", drafts.kind_of(profile))
        self._set("duration", "" if profile.duration is None else str(profile.duration))
        self._set("mfa", profile.mfa.value)
        self._set("publish", profile.publish.value)
        self._set("policy_arns", "\n".join(profile.policy_arns))
        self._set("lease", "" if profile.lease is None else str(profile.lease))
        named = {key for key, _ in profile.tags}
        further = [key for key in profile.transitive_tag_keys if key not in named]
        self._set("transitive_tag_keys", "\n".join(further))
        self.tags.set_tags(profile.tags, profile.transitive_tag_keys)

    def _set(self, key: str, text: str) -> None:
        self.fields[key].set_value(text)

    def _value(self, key: str) -> str:
        return self.fields[key].value()

    def _lines(self, key: str) -> tuple[str, ...]:
        control = self.fields[key].control
        return control.value() if isinstance(control, Lines) else ()

    def hint(self, key: str, words: str) -> None:
        """What a field left empty amounts to."""
        control = self.fields[key].control
        line = control.lineEdit() if isinstance(control, QComboBox) else control
        if isinstance(line, QLineEdit):
            line.setPlaceholderText(words)

    def follow_role(self, role: RoleArn | None) -> None:
        """Let the guards and policies go by the role: its account and its partition."""
        account = "" if role is None else role.account
        self.use_account.setVisible(bool(account) and self._value("account_pin") != account)
        self.use_account.setText(tr("use {account}").format(account=account))
        self.use_account.setAccessibleName(tr("Pin to account {account}").format(account=account))
        self.policy_arns.fit("" if role is None else role.partition, account)
        self.policy.count(sum(map(len, self.policy_arns.value().split("\n"))))

    def _pin(self) -> None:
        role = self._value("role_arn")
        self._set("account_pin", account_of(role))
        self.fields["account_pin"].control.setFocus()

    def reveal(self, key: str) -> None:
        """Bring a field into view, and give it the keyboard."""
        if key in _IN_MORE:
            self.more.setChecked(True)
        self.fields[key].control.setFocus()

    def hides(self, key: str) -> bool:
        """Whether a field is in the folded part."""
        return key in _IN_MORE and not self.more.isChecked()


def _first_source(configuration: Configuration) -> Source:
    kind = SourceKind.PROVIDER if configuration.providers and not configuration.identities else SourceKind.IDENTITY
    entries = configuration.providers if kind is SourceKind.PROVIDER else configuration.identities
    return Source(kind=kind, name=min(entries, key=str.casefold, default=""))
