"""What can be done where there is no good keyring: keep secrets in memory until quit, if the person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.tasks import spawn
from app.ui.text import breakable, tr
from app.ui.widgets import button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from app.core.intents import Intents
    from app.domain.errors import Problem, RolecallError
    from app.ui.main_window import MainWindow


def offer_words() -> str:
    """What the button says."""
    return tr("Keep in memory until quit")


def meaning() -> str:
    """What it means, for those who have not decided."""
    return tr(
        "Kept in memory, secrets are gone when you quit and have to be typed again next time. What a keyring already"
        " holds stays there, unused until then."
    )


def offer_button() -> QPushButton:
    """The button, not shown yet: somebody has to have the problem first."""
    made = button(offer_words())
    made.setAccessibleDescription(meaning())
    made.setToolTip(meaning())
    made.hide()
    return made


async def keep(intents: Intents) -> str:
    """Do it; returns what to say then."""
    await intents.keep_secrets_in_memory()
    return tr("Secrets stay in memory now, until you quit.")


class KeyringOffer(QObject):
    """Brings the offer to the banner and the status line of a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.roles.list_page.memory_wanted.connect(lambda: spawn(self._keep(), self._failed))
        window.status.keyring_wanted.connect(lambda: spawn(self._ask(), self._failed))

    async def _ask(self) -> None:
        problem = self._window.intents.snapshot().health.keyring_problem
        if problem is not None and await self._answer(problem):
            await self._keep()

    async def _answer(self, problem: Problem) -> bool:
        from app.ui.choice_sheet import Choice, ask_choice

        told = " ".join(part for part in (problem.detail, problem.remedy) if part)
        words = breakable("\n\n".join(part for part in (told, meaning()) if part))
        choices = [Choice(key="memory", words=offer_words(), kind="primary")]
        return await ask_choice(self._window, problem.title, words, choices, icon="key") == "memory"

    async def _keep(self) -> None:
        self._window.toasts.say(await keep(self._window.intents), "good")

    def _failed(self, error: RolecallError) -> None:
        self._window.toasts.say(" ".join(part for part in (f"{error.title}.", error.remedy) if part), "bad")
