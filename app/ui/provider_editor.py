"""The page where a SAML or OpenID Connect provider is made or changed. Its client secret goes to the keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.domain.configuration import Flow
from app.domain.errors import BadInput
from app.domain.settings_entries import read_provider
from app.domain.settings_fields import Table
from app.ui.forms import words_of
from app.ui.provider_form import ProviderForm
from app.ui.provider_words import SAML, kind_word
from app.ui.source_editor import SourceEditor
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.core.intents import Intents
    from app.domain.configuration import Provider

_SECRET = "client_secret"  # noqa: S105  # the key of a field


class ProviderEditor(SourceEditor):
    """Edits one provider at a time: `edit` or `new`, then `saved` (its name), `removed` (what it was), `closed`."""

    removed = Signal(object)

    def __init__(self, intents: Intents) -> None:
        form = ProviderForm()
        super().__init__(intents, form)
        self.form = form
        self._provider: Provider | None = None

    # --- What is edited --------------------------------------------------------------------------------------------

    def edit(self, name: str) -> None:
        """Change the provider `name`."""
        self._formerly = name
        provider = self._intents.snapshot().configuration.providers[name]
        self._load(provider, provider.type, tr("Edit {name}").format(name=name))
        self.form.fields["name"].control.setFocus()

    def new(self, kind: str = SAML) -> None:
        """Add a provider of a type."""
        self._formerly = ""
        self._load(None, kind, tr("New {what}").format(what=kind_word(kind)))
        self.form.fields["name"].control.setFocus()

    async def _save(self) -> bool:
        provider = self._provider
        if provider is None or self._faults:
            return False
        secret = self.form.value(_SECRET) if _SECRET in self.form.shown() else ""
        put = self._intents.put_provider(provider, client_secret=secret, formerly=self._formerly)
        await self._put(put, provider.name)
        return True

    async def _remove(self) -> None:
        name = self._formerly
        was = self._intents.snapshot().configuration.providers.get(name)
        await self._intents.remove_provider(name)
        self.form.forget()
        self._start = self._now()
        self.closed.emit()
        if was is not None:
            self.removed.emit(was)

    # --- While a person types --------------------------------------------------------------------------------------

    def _load(self, provider: Provider | None, kind: str, title: str) -> None:
        self.set_title(title)
        self.remove.setVisible(provider is not None)
        self.form.load(provider, kind)
        self._notice = ("", "bad")
        self._touched = set() if provider is None else set(self.form.fields)
        self._start = self._now()
        self._judge()

    def _changed(self, key: str) -> None:
        self._touched.add(key)
        self._notice = ("", "bad")
        if key == "type":
            self.form.set_kind(self.form.kind)
            if not self._formerly:
                self.set_title(tr("New {what}").format(what=kind_word(self.form.kind)))
        elif key in {"saml_flow", "oidc_flow", "provider_id"}:
            self.form.grow()
        self._judge()

    def _judge(self) -> None:
        table, rest = Table(self.form.values()), Table(self.form.values())
        self._provider = read_provider(self.form.value("name"), table)
        # Once more under a good name: what is missing for a way to sign in is told only where nothing else is wrong.
        read_provider("provider", rest)
        found = [*table.faults, *rest.faults, *self._own_faults()]
        self._faults = {self._key(fault.field): fault for fault in reversed(found)}
        self._tell()

    def _key(self, key: str) -> str:
        return {"flow": "saml_flow" if self.form.kind == SAML else "oidc_flow"}.get(key, key)

    def _own_faults(self) -> Iterable[BadInput]:
        """What only a form can tell: names taken, secrets mistyped."""
        name, secret = self.form.value("name"), self.form.value(_SECRET)
        if name != self._formerly and name in self._intents.snapshot().configuration.providers:
            yield _fault("name", tr("There is already a provider of this name."))
        if secret and not secret.isprintable():
            yield _fault(_SECRET, tr("It holds a line break, or a character that cannot be seen."))

    def _tell(self) -> None:
        for key, field in self.form.fields.items():
            fault = self._faults.get(key)
            if fault is not None and key in self._touched:
                field.tell(words_of(fault, field), "bad")
            else:
                field.tell(*self._help(key) if fault is None else ("", "text2"))
        self.form.reveal(key for key in self._faults if key in self._touched)
        self._hint()
        self._tell_foot()

    def _offers_memory(self) -> bool:
        return super()._offers_memory() and _SECRET in self.form.shown()

    def _help(self, key: str) -> tuple[str, str]:
        """What stands under a field that is right, or empty: words and their tone."""
        if key == _SECRET:
            return self._keyring_help()
        optional = self.form.way != Flow.WINDOW.value
        words = {
            "login_url": tr("Where signing in to AWS begins. Rolecall knows the end by where the page posts to."),
            "session_name_claim": tr("The claim of the ID token that sessions are named after."),
            "command": tr("Run without a shell; prints {what}. You are asked once before it runs.").format(
                what=tr("the SAML response") if self.form.kind == SAML else tr("the token")
            ),
            "web_identity_token_file": tr("Something else keeps it fresh; it is read whenever a session is due."),
            "provider_id": tr("For the two providers whose OAuth 2.0 access tokens AWS takes instead of ID tokens."),
            "scopes": tr("Separated by blanks. “openid” is always asked for."),
        }
        if key == "login_url" and optional:
            words[key] = tr("Optional: lets you sign in through a window of its own, too.")
        if key == self._key("flow"):
            words[key] = _way_help(self.form.way)
        return words.get(key, ""), "text2"

    def _hint(self) -> None:
        secret = self.form.fields[_SECRET].control
        if isinstance(secret, QLineEdit):
            kept = tr("empty keeps what is stored, if anything is")
            secret.setPlaceholderText(kept if self._formerly else tr("only if the provider demands one"))


def _way_help(way: str) -> str:
    words = {
        Flow.WINDOW.value: tr("If the login page refuses to work inside another program, choose another way."),
        Flow.PASTE.value: tr("You copy the response from your browser's developer tools, each time."),
        Flow.DEVICE.value: tr("You type a code, or scan a picture; the provider has to offer the device grant."),
    }
    return words.get(way, "")


def _fault(key: str, words: str) -> BadInput:
    return BadInput(code="form", title=words, detail=words, field=key)
