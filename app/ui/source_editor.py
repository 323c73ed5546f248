"""What the pages of IAM users and of providers share: a form whose secrets go to the keyring and never come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.ui.editor_page import EditorPage
from app.ui.forms import Field, Form
from app.ui.keyring_offer import keep, offer_button
from app.ui.page import Scroll
from app.ui.tasks import spawn
from app.ui.text import plural, tr
from app.ui.widgets import button

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from PySide6.QtGui import QHideEvent

    from app.core.intents import Intents
    from app.domain.errors import BadInput, RolecallError
    from app.domain.view import Snapshot


class SourceForm(Form):
    """Fields by their keys; `secrets` are those whose content is no setting."""

    changed = Signal(str)

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self.secrets = secrets
        self.fields: dict[str, Field] = {}

    def value(self, key: str) -> str:
        """What a field holds."""
        return self.fields[key].value()

    def values(self) -> dict[str, object]:
        """The form as a table of the settings file, without its secrets."""
        raise NotImplementedError

    def forget(self) -> None:
        """Empty the secrets, and what undoing could bring back."""
        for key in self.secrets:
            control = self.fields[key].control
            if isinstance(control, QLineEdit):
                control.setText("")

    def _keep(self, field: Field) -> Field:
        self.fields[field.key] = field
        field.changed.connect(self.changed)
        return field


class SourceEditor(EditorPage):
    """Edits one source at a time, then `saved` (with its name) or `closed`."""

    saved = Signal(str)

    def __init__(self, intents: Intents, form: SourceForm) -> None:
        super().__init__(tr("Sources"))
        self._intents = intents
        self._form = form
        self._formerly = ""
        self._saving = False
        self._notice = ("", "bad")
        self._touched: set[str] = set()
        self._start: dict[str, object] = {}
        self._faults: dict[str, BadInput] = {}
        self.body.addWidget(Scroll(form), 1)
        self.remove = button(tr("Delete"), "plain")
        self.head.addWidget(self.remove)
        self.memory = offer_button()
        self.foot.addWidget(self.memory)
        self.cancel = button(tr("Cancel"))
        self.save_button = button(tr("Save"), "primary")
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save_button)
        form.changed.connect(self._changed)
        self.memory.clicked.connect(lambda: spawn(self._keep_in_memory(), self._refused))
        self.cancel.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        self.remove.clicked.connect(lambda: spawn(self._remove(), self._refused))

    @property
    def dirty(self) -> bool:
        """Whether something would be lost."""
        return self._now() != self._start or any(self._form.value(key) for key in self._form.secrets)

    @property
    def editing(self) -> str:
        """The name of the saved entry that is edited; empty for a new one."""
        return self._formerly

    def follow(self, _snapshot: Snapshot) -> None:
        """See whether the keyring can still be used, and whether the name is still free."""
        # What is being saved must not find its own name taken.
        if not self._saving:
            self._judge()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is out of sight holds no secret, unless a window is only minimised."""
        super().hideEvent(event)
        if not self.window().isMinimized() and not event.spontaneous():
            self._form.forget()

    # --- What the two do each in its way ---------------------------------------------------------------------------

    async def _remove(self) -> None:
        raise NotImplementedError

    def _changed(self, key: str) -> None:
        raise NotImplementedError

    def _judge(self) -> None:
        """Find what is wrong, and tell it."""
        raise NotImplementedError

    # --- How it ends -----------------------------------------------------------------------------------------------

    def _subject(self) -> str:
        return self._formerly or self._form.value("name")

    def _savable(self) -> bool:
        return not self._faults

    def _discard(self) -> None:
        self._form.forget()
        self._start = self._now()

    async def _put(self, put: Awaitable[None], name: str) -> None:
        """Wait until it is stored under `name`; raises what the core raises."""
        self._saving = True
        self._notice = ("", "bad")
        self.save_button.setEnabled(False)
        try:
            await put
        finally:
            self._saving = False
            self.save_button.setEnabled(True)
        self._formerly = name
        self._discard()
        self.saved.emit(name)

    async def _keep_in_memory(self) -> None:
        self._notice = (await keep(self._intents), "good")
        self._judge()
        # The button that had the keyboard is gone; Cancel would be next.
        (self._form.fields["name"].control if self._faults else self.save_button).setFocus()

    def _refused(self, error: RolecallError) -> None:
        self._notice = (" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part), "bad")
        self._tell_foot()

    # --- While a person types --------------------------------------------------------------------------------------

    def _now(self) -> dict[str, object]:
        return self._form.values() | {"name": self._form.value("name")}

    def _offers_memory(self) -> bool:
        """Whether to offer to keep secrets in memory."""
        return self._intents.snapshot().health.keyring_problem is not None

    def _tell_foot(self) -> None:
        self.save_button.setEnabled(not self._faults)
        self.memory.setVisible(self._offers_memory())
        words = [field.words for key, field in self._form.fields.items() if key in self._faults]
        wrong = [key for key in self._faults if key in self._touched]
        if wrong:
            told = plural(len(words), "1 field to correct: {names}", "{n} fields to correct: {names}")
            self.judge(told.replace("{names}", ", ".join(words)))
        elif words:
            self.judge(tr("Still needed: {names}").format(names=", ".join(words)), "text2")
        else:
            self.judge(*self._notice)

    def _keyring_help(self) -> tuple[str, str]:
        """Where a secret goes, or why it cannot: words and their tone."""
        health = self._intents.snapshot().health
        problem = health.keyring_problem
        if problem is not None:
            return " ".join(part for part in (f"{problem.title}.", problem.remedy) if part), "warn"
        where = f" ({health.keyring})" if health.keyring else ""
        return tr("Goes to the keyring{where}, nowhere else, and is never shown again.").format(where=where), "text2"
