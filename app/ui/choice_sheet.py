"""A question with a few answers, on a sheet: asked and awaited, without a nested event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.domain.settings_fields import DISPLACED_SUFFIX
from app.domain.values import dataclass
from app.ui.mfa_sheet import Tile
from app.ui.sheet import Sheet, heading
from app.ui.text import tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer. `kind` is a button's kind (`primary`, or empty)."""

    key: str
    words: str
    kind: str = ""


def ask_choice(
    window: QWidget, title: str, text: str, choices: Sequence[Choice], *, icon: str = "info", cancel_words: str = ""
) -> asyncio.Future[str | None]:
    """Ask on a sheet over `window`; the future brings the key of the answer, or None for Cancel and Esc.

    The keyboard begins on Cancel: Enter alone changes nothing.
    """
    answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
    sheet = Sheet(window, title)
    words = label(text, tone="text2", wrap=True)
    words.setObjectName("text")
    sheet.body.addLayout(heading(title, tile=Tile(icon)))
    sheet.body.addWidget(words)

    def end(key: str | None) -> None:
        if not answer.done():
            answer.set_result(key)
        sheet.close_sheet()

    cancel = button(cancel_words or tr("Cancel"))
    sheet.foot.addStretch()
    sheet.foot.addWidget(cancel)
    for choice in choices:
        made = button(choice.words, choice.kind)
        made.setObjectName(f"choice-{choice.key}")
        made.clicked.connect(lambda _checked=False, key=choice.key: end(key))
        sheet.foot.addWidget(made)
    cancel.clicked.connect(lambda: end(None))
    sheet.refused.connect(lambda: end(None))
    # Whoever asked may stop waiting (the window closes): then the question goes too.
    answer.add_done_callback(lambda _done: sheet.close_sheet())
    sheet.open_sheet(cancel)
    return answer


def ask_displace(window: QWidget, aws_profile: str) -> asyncio.Future[str | None]:
    """Ask whether a foreign section of the credentials file may be set aside; the answer is `displace` or None."""
    text = tr(
        "The credentials file already has a section [{name}] that Rolecall did not write. It can be set aside in the"
        " same file, under the name [{aside}], and comes back when you stop this profile."
    ).format(name=aws_profile, aside=aws_profile + DISPLACED_SUFFIX)
    if aws_profile == "default":
        text += "\n\n" + tr(
            "[default] is special: every AWS tool that is not told a profile uses it. Until you stop, commands in other"
            " terminals and running scripts will act with this role."
        )
    choices = [Choice(key="displace", words=tr("Set it aside"), kind="primary")]
    return ask_choice(window, tr("Replace [{name}]?").format(name=aws_profile), text, choices, icon="warning")


def ask_unsaved(window: QWidget, name: str, *, can_save: bool) -> asyncio.Future[str | None]:
    """Ask what becomes of changes in a form; the answer is `save`, `discard` or None to go on editing."""
    choices = [Choice(key="discard", words=tr("Discard"))]
    if can_save:
        choices.append(Choice(key="save", words=tr("Save"), kind="primary"))
    text = tr("What you changed has not been saved.")
    if not can_save:
        text += " " + tr("It cannot be saved as it is: a field has to be corrected first.")
    title = (tr("Save the changes to {name}?") if can_save else tr("Discard the changes to {name}?")).format(name=name)
    if not name:
        title = tr("Save what you typed?") if can_save else tr("Discard what you typed?")
    return ask_choice(window, title, text, choices, icon="edit", cancel_words=tr("Keep editing"))
