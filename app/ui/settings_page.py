"""The settings, each in force as soon as it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.configuration import DEFAULT_REGION, SIZES, Settings
from app.domain.settings_entries import read_settings
from app.domain.settings_fields import Table
from app.domain.settings_schema import table_of
from app.ui import fonts, tokens
from app.ui.choices import Segmented
from app.ui.forms import Check, Field, Form, UnitEdit, line_field, words_of
from app.ui.page import Page, Scroll, loop_runs
from app.ui.profile_draft import whole
from app.ui.tasks import spawn
from app.ui.text import breakable, plural, tr
from app.ui.widgets import label, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QHideEvent

    from app.core.intents import Intents
    from app.domain.errors import BadInput, RolecallError
    from app.domain.view import Snapshot

_WIDEST = 680
_NUMBERS = ("connect_timeout", "read_timeout", "max_retries", "retry_base")
_TEXTS = ("region", "proxy", "ca_bundle")
_CHOICES = ("theme", "language", "sts_endpoints")


class StartSwitch(Check):
    """Whether the desktop starts Rolecall at login. Not in the settings file: the desktop knows it.

    `wanted` tells a person's wish. It rests until it is known what holds now.
    """

    wanted = Signal(bool)

    def __init__(self) -> None:
        said = tr("When you log in. It waits in the tray, where there is one.")
        super().__init__("start", tr("Start with the session"), said, below=True)
        self.box.clicked.connect(self.wanted)
        self.trouble = label("", tokens.SMALL, "bad", wrap=True)
        self.trouble.setIndent(24)
        self.trouble.hide()
        self._row.addWidget(self.trouble)
        self.rest()

    def rest(self) -> None:
        """Wait for what holds."""
        self.box.setEnabled(False)

    def show_state(self, *, on: bool) -> None:
        """Show what holds."""
        self.box.setChecked(on)
        self.box.setEnabled(True)
        self.tell("")

    def tell(self, words: str) -> None:
        """Say below it what went wrong."""
        self.trouble.setText(breakable(words))
        self.trouble.setVisible(bool(words))


class SettingsForm(Form):
    """The fields of `[settings]`."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.setMaximumWidth(_WIDEST)
        self.fields: dict[str, Field] = {}
        self.checks: dict[str, Check] = {}
        for title, parts in (
            (tr("Appearance"), self._appearance()),
            (tr("AWS"), self._aws()),
            (tr("Network"), self._network()),
            (tr("Starting, console and quitting"), self._ending()),
        ):
            heading = label(title, tokens.NAME)
            heading.setContentsMargins(0, 4, 0, 0)
            self.column.addWidget(heading)
            for part in parts:
                self.column.addWidget(part)
            self.column.addWidget(rule())
        if path:
            self.column.addWidget(_where(path))
        self.column.addStretch(1)

    def values(self) -> dict[str, object]:
        """The form as a table of the settings file; what is empty has its default."""
        table: dict[str, object] = {key: self.fields[key].value() for key in _CHOICES}
        table |= {key: self.fields[key].value() for key in _TEXTS if self.fields[key].value()}
        table["size"] = _number(self.fields["size"].value())
        table |= {key: _number(self.fields[key].value()) for key in _NUMBERS if self.fields[key].value()}
        return table | {key: check.box.isChecked() for key, check in self.checks.items()}

    def load(self, settings: Settings) -> None:
        """Show settings; what has its default stays empty where a hint says it."""
        table = table_of(settings)
        for key in (*_TEXTS, *_NUMBERS):
            value = table.get(key, "")
            self.fields[key].set_value(f"{value:g}" if isinstance(value, float) else str(value))
        for key in (*_CHOICES, "size"):
            self.fields[key].set_value(str(getattr(settings, key)))
        for key, check in self.checks.items():
            check.box.setChecked(bool(getattr(settings, key)))

    def _appearance(self) -> Iterable[QWidget]:
        looks = [("system", tr("As the system"), ""), ("light", tr("Light"), ""), ("dark", tr("Dark"), "")]
        yield self._keep(Field("theme", tr("Theme"), Segmented(looks), wide=True))
        # Each language by its own name, for those who cannot read the present one.
        tongues = [("system", tr("As the system"), ""), ("en", "English", ""), ("de", "Deutsch", "")]
        yield self._keep(Field("language", tr("Language"), Segmented(tongues), wide=True))
        sizes = [(str(size), QLocale().toString(size) + QLocale().percent(), "") for size in SIZES]
        yield self._keep(Field("size", tr("Size of text"), Segmented(sizes), wide=True))
        yield self._check(
            "notifications",
            tr("Notifications"),
            tr("When a session is about to end and needs you, and when a renewal has failed for good."),
        )

    def _aws(self) -> Iterable[QWidget]:
        ends = [("regional", tr("Regional"), ""), ("legacy", tr("Global"), "")]
        yield self._keep(line_field("region", tr("Region"), hint=DEFAULT_REGION))
        yield self._keep(Field("sts_endpoints", tr("STS endpoints"), Segmented(ends), wide=True))
        yield self._check("fips", tr("FIPS endpoints"))
        yield self._check("dual_stack", tr("Dual-stack endpoints"), tr("IPv4 and IPv6."))

    def _network(self) -> Iterable[QWidget]:
        default = Settings()
        for key, words, value in (
            ("connect_timeout", tr("Connect within"), default.connect_timeout),
            ("read_timeout", tr("Answer within"), default.read_timeout),
            ("retry_base", tr("Retry after"), default.retry_base),
        ):
            control = UnitEdit(tr("s"))
            control.setPlaceholderText(f"{value:g}")
            yield self._keep(Field(key, words, control))
        yield self._keep(line_field("max_retries", tr("Retries"), hint=str(default.max_retries)))
        yield self._keep(line_field("proxy", tr("Proxy"), wide=True, hint=tr("as HTTPS_PROXY says")))
        yield self._keep(line_field("ca_bundle", tr("CA bundle"), wide=True, hint=tr("the system's certificates")))

    def _ending(self) -> Iterable[QWidget]:
        self.start = StartSwitch()
        yield self.start
        yield self._check(
            "console_logout_first",
            tr("Log out of the console before signing in"),
            tr("Needed where the browser says “log out first”. Leave it off with multi-session support."),
        )
        yield self._check(
            "withdraw_on_quit",
            tr("Withdraw all credentials on quitting"),
            tr("Otherwise they stay in the credentials file until they expire."),
        )

    def _keep(self, field: Field) -> Field:
        self.fields[field.key] = field
        return field

    def _check(self, key: str, words: str, explanation: str = "") -> Check:
        self.checks[key] = Check(key, words, explanation, below=True)
        return self.checks[key]


class SettingsPage(Page):
    """Shows and changes the settings. `path` is where the settings file lies, for people who edit it by hand."""

    def __init__(self, intents: Intents, path: str = "") -> None:
        super().__init__("", tr("Settings"))
        self._intents = intents
        self._quiet = False
        self._broken = False
        self._loaded: Settings | None = None
        self._at_start = intents.snapshot().configuration.settings
        self._touched: set[str] = set()
        self.form = SettingsForm(path)
        self.body.addWidget(Scroll(self.form), 1)
        for field in self.form.fields.values():
            field.changed.connect(self._changed)
            field.left.connect(self._left)
            if hasattr(field.control, "returnPressed"):
                field.control.returnPressed.connect(self.commit)
        for check in self.form.checks.values():
            check.box.toggled.connect(lambda _on, key=check.key: self._changed(key))
        self._starts = False
        self.form.start.wanted.connect(lambda on: spawn(self._start(on=on), self._not_started))
        self.follow(intents.snapshot())

    def look(self) -> None:
        """Ask the desktop whether it starts Rolecall; what is wrong with that stands at the switch."""
        self.form.start.rest()
        if loop_runs():
            spawn(self._ask(), self._not_started)

    async def _ask(self) -> None:
        self._starts = await self._intents.starts_with_session()
        self.form.start.show_state(on=self._starts)

    async def _start(self, *, on: bool) -> None:
        await self._intents.start_with_session(on=on)
        self._starts = on
        self.form.start.show_state(on=on)
        self.judge(tr("Saved"), "good")

    def _not_started(self, error: RolecallError) -> None:
        self.form.start.show_state(on=self._starts)
        parts = (f"{error.title}.", error.detail, error.remedy)
        self.form.start.tell(" ".join(part for part in parts if part))

    def follow(self, snapshot: Snapshot) -> None:
        """Show what the file says now; what is being typed stays."""
        if snapshot.configuration.settings != self._loaded and not self._touched:
            self._quiet = True
            self._loaded = snapshot.configuration.settings
            self.form.load(self._loaded)
            self._quiet = False
        problem = snapshot.health.settings_problem
        self.form.setEnabled(problem is None)
        if problem is not None:
            self.judge(" ".join(part for part in (f"{problem.title}.", problem.detail, problem.remedy) if part))
        elif self._broken:
            self.judge("")
        self._broken = problem is not None
        self._tell()

    def commit(self) -> None:
        """Put what was changed into force, if all of it is right."""
        settings, faults = self._read()
        if faults:
            return
        changed = bool(self._touched) and settings != self._loaded
        self._touched.clear()
        if changed and loop_runs():
            self._loaded = settings
            spawn(self._save(settings), self._refused)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page is leaving the field, too."""
        super().hideEvent(event)
        self.commit()

    async def _save(self, settings: Settings) -> None:
        await self._intents.put_settings(settings)
        self.judge(tr("Saved"), "good")

    def _refused(self, error: RolecallError) -> None:
        self._loaded = None
        self.follow(self._intents.snapshot())
        self.judge(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part))

    def _changed(self, key: str) -> None:
        if self._quiet:
            return
        self._touched.add(key)
        self.judge("")
        self._tell()
        if key in self.form.checks or isinstance(self.form.fields[key].control, Segmented):
            self.commit()

    def _left(self, _key: str) -> None:
        self.commit()

    def _read(self) -> tuple[Settings, dict[str, BadInput]]:
        table = Table(self.form.values())
        settings = read_settings(table)
        return settings, {fault.field: fault for fault in reversed(table.faults)}

    def _tell(self) -> None:
        settings, faults = self._read()
        for key, field in self.form.fields.items():
            if key in faults:
                field.tell(words_of(faults[key], field), "bad")
            elif key == "language" and self._loaded is not None and settings.language != self._at_start.language:
                field.tell(tr("The window speaks it from its next start on."), "good")
            elif key == "size" and self._loaded is not None and settings.size != self._at_start.size:
                field.tell(tr("The window has this size from its next start on."), "good")
            elif key == "sts_endpoints" and settings.sts_endpoints == "legacy":
                field.tell(
                    tr("Tokens of the global endpoint are refused in regions that have to be opted in to."), "warn"
                )
            else:
                field.tell("")
        if faults:
            names = ", ".join(self.form.fields[key].words for key in faults if key in self.form.fields)
            words = plural(len(faults), "1 field to correct: {names}", "{n} fields to correct: {names}")
            self.judge(words.replace("{names}", names) + " " + tr("Nothing is saved until then."))


def _number(text: str) -> object:
    try:
        return float(text) if "." in text else whole(text)
    except ValueError:
        return text


def _where(path: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 8)
    column.setSpacing(4)
    column.addWidget(label(tr("Settings file"), tokens.NAME))
    words = tr("Holds no secret; edit it by hand or keep it under version control as you like.")
    column.addWidget(label(words, tokens.SMALL, "text2", wrap=True))
    place = label(path, wrap=True)
    place.setFont(fonts.mono())
    place.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    place.setAccessibleName(tr("Settings file") + f": {path}")
    column.addWidget(place)
    return holder
