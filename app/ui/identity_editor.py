"""The page of an IAM user: its access key and its MFA device. Secrets go from here to the keyring, never back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.domain import typed
from app.domain.configuration import MfaMethod
from app.domain.errors import BadInput
from app.domain.settings_entries import read_identity
from app.domain.settings_fields import Table
from app.domain.settings_schema import table_of
from app.domain.sts_limits import SESSION_SECONDS_DEFAULT
from app.ui.choice_sheet import Choice, ask_choice
from app.ui.choices import Segmented
from app.ui.forms import Field, Lines, line_field, lines_field, seconds_field, secret_field, words_of
from app.ui.profile_draft import duration_words, whole
from app.ui.source_editor import SourceEditor, SourceForm
from app.ui.text import tr
from app.ui.widgets import rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.core.intents import Intents
    from app.domain.configuration import Identity

_WIDEST = 620
_SECRETS = ("secret", "totp")


class IdentityForm(SourceForm):
    """The fields of an IAM user."""

    def __init__(self) -> None:
        super().__init__(_SECRETS)
        self.setMaximumWidth(_WIDEST)
        for field in self._key():
            self.column.addWidget(self._keep(field))
        self.column.addWidget(rule())
        for field in self._mfa():
            self.column.addWidget(self._keep(field))
        self.column.addStretch(1)

    def values(self) -> dict[str, object]:
        """The form as a table of the settings file, without its secrets."""
        table: dict[str, object] = {"access_key_id": self.value("access_key_id")}
        for key in ("mfa_device", "region"):
            if self.value(key):
                table[key] = self.value(key)
        method = self.value("mfa")
        control = self.fields["command"].control
        lines = control.value() if isinstance(control, Lines) else ()
        table["mfa"] = list(lines) if method == MfaMethod.COMMAND.value else method
        if self.value("mfa_session_duration"):
            table["mfa_session_duration"] = whole(self.value("mfa_session_duration"))
        return table

    def load(self, identity: Identity | None) -> None:
        """Fill the form; secrets stay empty, always."""
        table = {} if identity is None else table_of(identity)
        for key in ("access_key_id", "mfa_device", "region"):
            self.fields[key].set_value(str(table.get(key, "")))
        self.fields["name"].set_value("" if identity is None else identity.name)
        self.fields["mfa"].set_value((MfaMethod.ASK if identity is None else identity.mfa).value)
        self.fields["command"].set_value("" if identity is None else "\n".join(identity.mfa_command))
        self.fields["mfa_session_duration"].set_value(str(table.get("mfa_session_duration", "")))
        self.forget()
        self.grow()

    def grow(self) -> None:
        """Show what belongs to the chosen way to a code."""
        self.fields["totp"].setVisible(self.value("mfa") == MfaMethod.STORED.value)
        self.fields["command"].setVisible(self.value("mfa") == MfaMethod.COMMAND.value)

    def _key(self) -> Iterable[Field]:
        yield line_field("name", tr("Name"))
        yield line_field("access_key_id", tr("Access key ID"), wide=True, mono=True, hint="AKIA…")
        yield secret_field("secret", tr("Secret key"), "")
        yield line_field("region", tr("Region"))

    def _mfa(self) -> Iterable[Field]:
        ways = [
            (MfaMethod.ASK.value, tr("Ask me"), ""),
            (MfaMethod.STORED.value, tr("From the keyring"), ""),
            (MfaMethod.COMMAND.value, tr("Command"), ""),
        ]
        hint = "arn:aws:iam::123456789012:mfa/NAME"
        yield line_field("mfa_device", tr("MFA device"), wide=True, mono=True, hint=hint)
        yield Field("mfa", tr("MFA codes"), Segmented(ways), wide=True)
        yield secret_field("totp", tr("TOTP secret"), tr("secret key, or otpauth:// URL"))
        yield lines_field("command", tr("Command"), 4, tr("the program, then one argument in each line"))
        yield seconds_field("mfa_session_duration", tr("MFA session"), tr("s"))


class IdentityEditor(SourceEditor):
    """Edits one IAM user at a time: `edit` or `new`, then `saved` (with its name), `removed` or `closed`."""

    removed = Signal(str)

    def __init__(self, intents: Intents) -> None:
        form = IdentityForm()
        super().__init__(intents, form)
        self.form = form
        self._method = MfaMethod.ASK
        self._identity: Identity | None = None

    def edit(self, name: str, field: str = "") -> None:
        """Change the identity `name`; `field` gets the keyboard (`totp` chooses the stored secret, too)."""
        self._formerly = name
        self._load(self._intents.snapshot().configuration.identities[name], tr("Edit {name}").format(name=name))
        if field == "totp":
            self.form.fields["mfa"].set_value(MfaMethod.STORED.value)
        self.form.fields[field or "name"].control.setFocus()

    def new(self) -> None:
        """Add an identity."""
        self._formerly = ""
        self._load(None, tr("New IAM user"))
        self.form.fields["name"].control.setFocus()

    async def _save(self) -> bool:
        identity = self._identity
        if identity is None or self._faults:
            return False
        totp = self.form.value("totp") if identity.mfa is MfaMethod.STORED else ""
        secret = self.form.value("secret")
        put = self._intents.put_identity(identity, secret=secret, totp=totp, formerly=self._formerly)
        await self._put(put, identity.name)
        self._method = identity.mfa
        return True

    async def _remove(self) -> None:
        name = self._formerly
        answer = await ask_choice(
            self.window(),
            tr("Delete {name}?").format(name=name),
            tr("Its access key and TOTP secret are removed from the keyring, too. That cannot be undone."),
            [Choice(key="delete", words=tr("Delete"), kind="primary")],
            icon="trash",
        )
        if answer == "delete":
            await self._intents.remove_identity(name)
            self.form.forget()
            self._start = self._now()
            self.removed.emit(name)
            self.closed.emit()

    def _load(self, identity: Identity | None, title: str) -> None:
        self.set_title(title)
        self.remove.setVisible(identity is not None)
        self._method = MfaMethod.ASK if identity is None else identity.mfa
        self.form.load(identity)
        self._notice = ("", "bad")
        self._touched = set() if identity is None else set(self.form.fields) - set(_SECRETS)
        self._start = self._now()
        self._judge()

    def _changed(self, key: str) -> None:
        self._touched.add(key)
        self._notice = ("", "bad")
        if key == "mfa":
            self.form.grow()
        self._judge()

    def _judge(self) -> None:
        table = Table(self.form.values())
        self._identity = read_identity(self.form.value("name"), table)
        self._faults = {fault.field: fault for fault in reversed([*table.faults, *self._own_faults()])}
        if "mfa" in self._faults and self.form.value("mfa") == MfaMethod.COMMAND.value:
            fault = self._faults.pop("mfa")
            self._faults["command"] = fault
        self._tell()

    def _own_faults(self) -> Iterable[BadInput]:
        """What only a form can tell: names taken, secrets missing or mistyped."""
        name = self.form.value("name")
        secret, totp = self.form.value("secret"), self.form.value("totp")
        if name != self._formerly and name in self._intents.snapshot().configuration.identities:
            yield _fault("name", tr("There is already an IAM user of this name."))
        if not secret and not self._formerly:
            yield _fault("secret", tr("The secret half of the access key is needed."))
        elif secret and (fault := typed.secret_key_fault(secret)) is not None:
            yield fault
        if self.form.value("mfa") == MfaMethod.STORED.value:
            if totp and (fault := typed.totp_fault(totp)) is not None:
                yield fault
            elif not totp and self._method is not MfaMethod.STORED:
                yield _fault("totp", tr("The secret of the MFA device is needed."))
        if self.form.value("mfa") != MfaMethod.ASK.value and not self.form.value("mfa_device"):
            yield _fault("mfa_device", tr("Codes belong to a device: give its ARN or serial number."))

    def _tell(self) -> None:
        for key, field in self.form.fields.items():
            fault = self._faults.get(key)
            if fault is not None and (key in self._touched or field.value()):
                field.tell(words_of(fault, field), "bad")
            else:
                field.tell(*self._help(key))
        self._hint()
        self._tell_foot()

    def _help(self, key: str) -> tuple[str, str]:
        """What stands under a field that is right, or empty: words and their tone."""
        if key == "secret":
            return self._secret_help(self.form.value(key))
        if key == "totp":
            return _totp_help(self.form.value(key))
        if key == "command":
            return tr("Run without a shell; prints six digits. You are asked once before it runs."), "text2"
        return "", "text2"

    def _secret_help(self, value: str) -> tuple[str, str]:
        usable = self._intents.snapshot().health.keyring_problem is None
        if usable and value and len(value) != typed.SECRET_KEY_CHARACTERS:
            words = tr("AWS's secret keys have {n} characters; this has {m}.")
            return words.format(n=typed.SECRET_KEY_CHARACTERS, m=len(value)), "warn"
        return self._keyring_help()

    def _hint(self) -> None:
        secret, totp = self.form.fields["secret"].control, self.form.fields["totp"].control
        duration = self.form.fields["mfa_session_duration"]
        if isinstance(secret, QLineEdit):
            secret.setPlaceholderText(tr("leave empty to keep what the keyring has") if self._formerly else "")
        if isinstance(totp, QLineEdit):
            kept = tr("leave empty to keep what the keyring has")
            typed_in = tr("secret key, or otpauth:// URL")
            totp.setPlaceholderText(kept if self._method is MfaMethod.STORED else typed_in)
        if isinstance(duration.control, QLineEdit):
            duration.control.setPlaceholderText(str(SESSION_SECONDS_DEFAULT))
        seconds = self._identity.mfa_session_duration if self._identity is not None else 0
        duration.beside(duration_words(seconds) if "mfa_session_duration" not in self._faults else "")


def _totp_help(value: str) -> tuple[str, str]:
    if not value:
        return tr("Codes then come by themselves. Whoever can open your keyring has both factors."), "text2"
    owner = typed.totp_owner(value)
    return (tr("Valid: {owner}").format(owner=owner) if owner else tr("Valid")), "good"


def _fault(key: str, words: str) -> BadInput:
    return BadInput(code="form", title=words, detail=words, field=key)
