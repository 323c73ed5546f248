"""The fields of a provider. They grow with its type and with the way of signing in, and know nothing of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.configuration import OIDC_FLOWS, PROVIDER_IDS, SAML_FLOWS, Flow, Provider
from app.ui import provider_words, tokens
from app.ui.choices import Segmented
from app.ui.forms import (
    Check,
    Disclosure,
    Field,
    Lines,
    More,
    combo_field,
    line_field,
    lines_field,
    secret_field,
)
from app.ui.provider_words import OIDC, SAML
from app.ui.source_editor import SourceForm
from app.ui.text import tr
from app.ui.widgets import rule

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDEST = 620
_SECRET = "client_secret"  # noqa: S105  # the key of a field
_LOGINS = frozenset({Flow.BROWSER.value, Flow.DEVICE.value})
_TEXTS = (
    "login_url", "issuer", "client_id", "web_identity_token_file", "session_name_claim", "authorization_url",
    "token_url",
)  # fmt: skip
_IN_MORE = frozenset({"provider_id", "authorization_url", "token_url"})
_WAYS = {SAML: "saml_flow", OIDC: "oidc_flow"}
_DEFAULT = {SAML: Flow.WINDOW.value, OIDC: Flow.BROWSER.value}


class ProviderForm(SourceForm):
    """The form. `changed` after every change, with the key. The client secret is never filled in."""

    def __init__(self) -> None:
        super().__init__((_SECRET,))
        self.setMaximumWidth(_WIDEST)
        self._given: frozenset[str] = frozenset()
        for field in self._first():
            self.column.addWidget(self._keep(field))
        self.column.addWidget(rule())
        for field in self._second():
            self.column.addWidget(self._keep(field))
        self._stay = Check("stay_signed_in", tr("Stay signed in"), provider_words.keeps_words(SAML), below=True)
        self.stay = self._stay.box
        self.column.addWidget(self._stay)
        self._advanced = QWidget()
        inside = QVBoxLayout(self._advanced)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(tokens.FIELD_GAP)
        for field in self._third():
            inside.addWidget(self._keep(field))
        self.more = More(tr("Advanced"), self._advanced)
        self._disclosure = Disclosure(self.more)
        self.column.addWidget(self._disclosure)
        self.column.addWidget(self._advanced)
        self.column.addStretch(1)
        self.stay.toggled.connect(lambda: self.changed.emit("stay_signed_in"))

    # --- What is in it ---------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """`saml` or `oidc`."""
        return self.value("type")

    @property
    def way(self) -> str:
        """The chosen way of signing in: the value of a `Flow`."""
        return self.value(_WAYS[self.kind])

    def values(self) -> dict[str, object]:
        """The form as a table of the settings file, without its secret. What is not shown is not in it."""
        shown = self.shown()
        table: dict[str, object] = {"type": self.kind}
        for key in _TEXTS:
            if key in shown and self.value(key):
                table[key] = self.value(key)
        if "scopes" in shown and self.value("scopes"):
            table["scopes"] = self.value("scopes").split()
        command = self._command()
        if "command" in shown and command:
            table["command"] = list(command)
        if "provider_id" in shown and self.value("provider_id"):
            table["provider_id"] = self.value("provider_id")
        if self.stay.isChecked() != (self.kind == OIDC):
            table["stay_signed_in"] = self.stay.isChecked()
        if self._implied(table) != self.way:
            table["flow"] = self.way
        return table

    def load(self, provider: Provider | None, kind: str = SAML) -> None:
        """Fill the form; its secret stays empty, always."""
        shown = provider if provider is not None else Provider(name="", type=kind)
        self._given = frozenset(key for key in (*_TEXTS, "command", "scopes") if getattr(shown, key))
        self.fields["name"].set_value(shown.name)
        self.fields["type"].set_value(shown.type)
        for each, key in _WAYS.items():
            self.fields[key].set_value(shown.way.value if each == shown.type else _DEFAULT[each])
        for key in _TEXTS:
            self.fields[key].set_value(getattr(shown, key))
        self.fields["scopes"].set_value(" ".join(shown.scopes))
        self.fields["command"].set_value("\n".join(shown.command))
        self.fields["provider_id"].set_value(shown.provider_id)
        self.stay.setChecked(shown.remembers)
        self.more.setChecked(bool(shown.provider_id))
        self.forget()
        self.grow()

    def shown(self) -> frozenset[str]:
        """The keys of the fields that mean something now; what was given for another way stays in sight."""
        way = self.way
        keys = {"name", "type", _WAYS[self.kind]}
        if self.kind == SAML:
            keys |= {"login_url"}
            keys |= {"command"} if way == Flow.COMMAND.value else set()
            return frozenset(keys | (self._given & {"command"}))
        keys |= {"session_name_claim", "provider_id"}
        if way in _LOGINS:
            keys |= {"issuer", "client_id", _SECRET, "scopes"}
        if self.value("provider_id"):
            keys |= {"authorization_url", "token_url"}
        keys |= {Flow.COMMAND.value: {"command"}, Flow.FILE.value: {"web_identity_token_file"}}.get(way, set())
        return frozenset(keys | (self._given - {"login_url"}))

    def grow(self) -> None:
        """Show what belongs to type and way."""
        shown = self.shown()
        for key, field in self.fields.items():
            field.setVisible(key in shown)
        self._stay.setVisible(provider_words.can_stay(self.way))
        said = self._stay.findChild(QLabel)
        if isinstance(said, QLabel):
            said.setText(provider_words.keeps_words(self.kind))
        self.stay.setAccessibleDescription(provider_words.keeps_words(self.kind))
        self._disclosure.setVisible(self.kind == OIDC)
        self._advanced.setVisible(self.kind == OIDC and self.more.isChecked())

    def reveal(self, keys: Iterable[str]) -> None:
        """Unfold the advanced part if one of these fields is in it."""
        if not _IN_MORE.isdisjoint(keys):
            self.more.setChecked(True)

    def set_kind(self, kind: str) -> None:
        """What follows from another type."""
        self.stay.setChecked(kind == OIDC)
        self.grow()

    # --- Its parts -------------------------------------------------------------------------------------------------

    def _first(self) -> Iterable[Field]:
        kinds = Segmented([(SAML, tr("SAML"), "shield"), (OIDC, tr("OpenID Connect"), "globe")])
        yield line_field("name", tr("Name"))
        yield Field("type", tr("Type"), kinds, wide=True)

    def _second(self) -> Iterable[Field]:
        yield combo_field("saml_flow", tr("Sign in by"), _choices(SAML_FLOWS), wide=True)
        yield combo_field("oidc_flow", tr("Sign in by"), _choices(OIDC_FLOWS), wide=True)
        yield line_field("login_url", tr("Login URL"), wide=True, mono=True, hint="https://idp.example.com/app/aws")
        yield line_field("issuer", tr("Issuer"), wide=True, mono=True, hint="https://login.example.com")
        yield line_field("client_id", tr("Client ID"), wide=True, mono=True)
        yield secret_field(_SECRET, tr("Client secret"), tr("only if the provider demands one"))
        yield line_field("scopes", tr("Scopes"), wide=True, hint="openid email")
        yield lines_field("command", tr("Command"), 4, tr("the program, then one argument in each line"))
        yield line_field("web_identity_token_file", tr("Token file"), wide=True, mono=True, hint="/path/to/token")
        yield line_field("session_name_claim", tr("Session name"), hint=tr("such as email"))

    def _third(self) -> Iterable[Field]:
        ids = [("", tr("None: it gives ID tokens")), *((each, each) for each in PROVIDER_IDS)]
        yield combo_field("provider_id", tr("Provider ID"), ids, wide=True)
        yield line_field("authorization_url", tr("Authorization"), wide=True, mono=True, hint="https://…")
        yield line_field("token_url", tr("Token URL"), wide=True, mono=True, hint="https://…")

    def _command(self) -> tuple[str, ...]:
        control = self.fields["command"].control
        return control.value() if isinstance(control, Lines) else ()

    def _implied(self, table: dict[str, object]) -> str:
        """The way that the table means without saying so."""
        plain = Provider(
            name="",
            type=self.kind,
            command=("",) if "command" in table else (),
            web_identity_token_file=str(table.get("web_identity_token_file", "")),
        )
        return plain.way.value


def _choices(flows: Iterable[Flow]) -> list[tuple[str, str]]:
    return [(flow.value, provider_words.way_word(flow.value)) for flow in flows]
