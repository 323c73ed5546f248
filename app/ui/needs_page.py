"""The page of everything that waits for a person: one card for each thing, however many roles wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import need_words, tokens
from app.ui.mfa_sheet import Tile
from app.ui.need_cards import MfaCard, NeedCard, SignInCard, card_for
from app.ui.page import Page, Scroll
from app.ui.text import tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from app.core.intents import Intents
    from app.domain.view import NeedView, Snapshot


class NeedsPage(Page):
    """Follows all needs. A card keeps the keyboard and what was typed whatever else comes and goes.

    `reveal_wanted` carries a profile, `store_wanted` an identity, `sheet_wanted` a need's key, `said` words for a
    toast; `deadlines_wanted` leads to the page that shows what comes next.
    """

    reveal_wanted = Signal(str)
    store_wanted = Signal(str)
    sheet_wanted = Signal(str)
    deadlines_wanted = Signal()
    said = Signal(str)

    def __init__(self, intents: Intents) -> None:
        super().__init__("", tr("Needs you"))
        self.set_title(tr("Needs you"))
        self._intents = intents
        self.cards: dict[str, NeedCard] = {}
        self.count = label("", tokens.SMALL, "text2")
        self.head.addWidget(self.count)
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(tokens.FORM_EDGE, tokens.EDGE, tokens.FORM_EDGE, tokens.FORM_EDGE)
        middle = QWidget()
        middle.setMaximumWidth(tokens.WELCOME_WIDTH)
        across.addStretch(1)
        across.addWidget(middle, 1000)
        across.addStretch(1)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.EDGE)
        self._empty = self._nothing()
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self.body.addWidget(Scroll(inside))

    def _nothing(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 3 * tokens.SHEET_EDGE, 0, 0)
        column.setSpacing(tokens.GAP)
        self.title_of_none = label(tr("Nobody needs you"), tokens.WELCOME, wrap=True)
        self.next = label("", tone="text2", wrap=True)
        self.deadlines = button(tr("Show deadlines"))
        self.deadlines.clicked.connect(self.deadlines_wanted)
        column.addWidget(Tile("check"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        for each in (self.title_of_none, self.next):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(each)
        column.addSpacing(tokens.GAP)
        column.addWidget(self.deadlines, 0, Qt.AlignmentFlag.AlignHCenter)
        return made

    def opened(self, wish: str = "") -> None:
        """Bring the keyboard to the need of that key, or of that profile, or to the first one."""
        self.follow(self._intents.snapshot())
        wanted = [card for key, card in self.cards.items() if wish and (key == wish or wish in card.need.profiles)]
        card = next(iter(wanted or self.cards.values()), None)
        (self.deadlines if card is None else card.first).setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, snapshot: Snapshot) -> None:
        """Show what is needed now: new cards come last, so that none moves away from under the hands."""
        needs = {need.key: need for need in snapshot.needs}
        lost = self._remove([key for key in self.cards if not _fits(self.cards[key], needs.get(key))])
        for key, need in needs.items():
            card = self.cards.get(key)
            if card is None:
                self._add(need)
            elif need != card.need:
                card.show_need(need)
        self._empty.setVisible(not self.cards)
        self.count.setText(need_words.count_words(len(self.cards)))
        self.tick()
        if lost:
            following = next(iter(self.cards.values()), None)
            (self.deadlines if following is None else following.first).setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        """Show the time as it is now."""
        now, snapshot = self._intents.now(), self._intents.snapshot()
        for card in self.cards.values():
            card.tick(snapshot.sessions, now)
        if not self.cards:
            self.next.setText(need_words.next_words(snapshot.health, now))

    def _add(self, need: NeedView) -> None:
        card = self.cards[need.key] = card_for(self._intents, need)
        card.reveal_wanted.connect(self.reveal_wanted)
        card.said.connect(self.said)
        if isinstance(card, MfaCard):
            card.store_wanted.connect(self.store_wanted)
        if isinstance(card, SignInCard):
            card.sheet_wanted.connect(self.sheet_wanted)
        self._column.insertWidget(self._column.count() - 1, card)
        # At once: the keyboard can only go to what is shown.
        card.show()

    def _remove(self, keys: list[str]) -> bool:
        """Take cards away; whether the keyboard was in one of them."""
        inside = QApplication.focusWidget()
        lost = False
        for key in keys:
            card = self.cards.pop(key)
            if inside is not None and card.isAncestorOf(inside):
                lost = True
                inside.clearFocus()
            card.hide()
            self._column.removeWidget(card)
            card.deleteLater()
        return lost


def _fits(card: NeedCard, need: NeedView | None) -> bool:
    """Whether a card can go on showing what a need has become: it shows the device and command it was made with."""
    if need is None:
        return False
    was = card.need
    return (need.kind, need.title, need.device, need.command) == (was.kind, was.title, was.device, was.command)
