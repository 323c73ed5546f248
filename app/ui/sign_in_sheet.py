"""The sheet on which a person signs in at a provider: opens what there is to open, shows a code, takes a response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.configuration import Flow
from app.domain.view import SignInView
from app.ui import menus, provider_words, tokens
from app.ui.mfa_sheet import Answer, NeedSheet
from app.ui.sign_in_parts import DevicePart, PastePart
from app.ui.tasks import spawn
from app.ui.text import breakable, tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QMenu

    from app.core.intents import Intents
    from app.domain.errors import Problem, RolecallError
    from app.domain.view import NeedView

_TICK = 1000
_PASTE, _DEVICE = Flow.PASTE.value, Flow.DEVICE.value


class SignInSheet(NeedSheet):
    """Follows one need of the kind `sign-in`.

    `put_off` carries the need's key when the sheet goes and the sign-in stays: its window, browser or code waits.
    """

    put_off = Signal(str)

    def __init__(self, window: QWidget, intents: Intents, need: NeedView) -> None:
        view = provider_words.find(intents.snapshot(), _sign_in(need).provider)
        place = "" if view is None else breakable(view.place)
        icon = "sign-in" if view is None else provider_words.kind_icon(view.type)
        super().__init__(window, intents, need, icon, place)
        self._went = self._sent = False
        self._said = self._failed = ""
        self._outdated: Problem | None = None
        self._says = label("", tone="text2", wrap=True)
        self.device, self.paste = DevicePart(), PastePart()
        self.answer_box = Answer()
        self.again = button(tr("Open it again"), icon="open", small=True)
        self.link = button(tr("Copy link"), icon="link", small=True)
        self._elsewhere = QWidget()
        row = QHBoxLayout(self._elsewhere)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(self.again)
        row.addWidget(self.link)
        row.addStretch(1)
        self.body.addWidget(self._says)
        self.body.addWidget(self._elsewhere)
        for part in (self.device, self.paste, self.answer_box):
            self.body.addWidget(part)
        self.other = button(tr("Use another way"), "link")
        self.cancel = button(tr("Cancel"))
        self.hold = button(tr("Keep waiting"))
        self.go = button("", "primary")
        # The link's own padding, so that its words stand under the rest.
        self.foot.setContentsMargins(tokens.SHEET_EDGE - 6, 12, tokens.SHEET_EDGE - 1, 12)
        self.foot.addWidget(self.other)
        self.foot.addStretch()
        for each in (self.cancel, self.hold, self.go):
            self.foot.addWidget(each)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        self.setAcceptDrops(True)
        self._connect()
        self.show_need(need)

    def _connect(self) -> None:
        self.go.clicked.connect(self._submit)
        self.cancel.clicked.connect(self.decline)
        self.hold.clicked.connect(self._put_off)
        self.other.clicked.connect(self._ways)
        self.link.clicked.connect(self._copy_link)
        self.again.clicked.connect(lambda: spawn(self._open_again(), self._not_done))
        self.device.link_wanted.connect(self._copy_link)
        self.device.said.connect(self._say)
        self.paste.changed.connect(self._typed)
        self.paste.submitted.connect(self._submit)
        self.paste.refused.connect(self._refuse_file)

    @property
    def first(self) -> QWidget:
        """What gets the keyboard when the sheet opens."""
        sign_in = _sign_in(self.need)
        if sign_in.way == _PASTE:
            return self.paste.field
        if sign_in.way == _DEVICE and sign_in.user_code:
            return self.device.copy_link if sign_in.has_link else self.device.copy_code
        return self.hold if sign_in.opened else self.go

    # --- Showing ---------------------------------------------------------------------------------------------------

    def show_need(self, need: NeedView) -> None:
        """Follow what became of it; once window or browser have opened on the person's word, the sheet goes away."""
        before = _sign_in(self.need)
        super().show_need(need)
        sign_in = _sign_in(need)
        if need.sending:
            self._sent = True
        elif self._sent and (need.problem is not None or sign_in != before):
            self._sent = False
        if self._went and sign_in.opened and sign_in.way in provider_words.OPENS_BY_ITSELF:
            self._put_off()
            return
        self._show(sign_in)
        if (sign_in.way, sign_in.opened, bool(sign_in.user_code)) != (
            before.way,
            before.opened,
            bool(before.user_code),
        ):
            self._failed = self._said = ""
            if self.isVisible():
                self.first.setFocus()
        self._tell()

    def _show(self, sign_in: SignInView) -> None:
        code = sign_in.way == _DEVICE and bool(sign_in.user_code)
        self.device.setVisible(code)
        if code:
            self.device.show_code(sign_in)
        self.paste.setVisible(sign_in.way == _PASTE)
        self._says.setText(breakable(says(sign_in)))
        # What waits elsewhere goes on waiting; only what begins here has a button that begins it.
        begun = sign_in.opened and sign_in.way != _PASTE
        self.hold.setVisible(begun)
        self.go.setVisible(not begun)
        self.go.setText(go_words(sign_in.way))
        elsewhere = begun and sign_in.way in provider_words.OPENS_BY_ITSELF
        self._elsewhere.setVisible(elsewhere)
        self.again.setText(tr("Show the window") if sign_in.way == Flow.WINDOW.value else tr("Open it again"))
        self.link.setVisible(sign_in.has_link)
        self.other.setVisible(bool(sign_in.ways))
        if code:
            self._timer.start()
            self._tick()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        self.device.tick(_sign_in(self.need).code_expires, self.intents.now())

    def _tell(self) -> None:
        problem = self.need.problem
        ready = _sign_in(self.need).way != _PASTE or self.paste.field.characters > 0
        self.go.setEnabled(ready and not self._sent)
        if self._sent:
            self.answer_box.tell(tr("Just a moment…"), bad=False)
        elif self._failed:
            self.answer_box.tell(breakable(self._failed), bad=True)
        elif self._said:
            self.answer_box.tell(self._said, bad=False)
        elif problem is not None and problem is not self._outdated:
            parts = (f"{problem.title}.", problem.detail, problem.remedy)
            self.answer_box.tell(breakable(" ".join(part for part in parts if part)), bad=True)
        else:
            self.answer_box.tell("", bad=False)

    # --- Doing -----------------------------------------------------------------------------------------------------

    def refuse(self) -> None:
        """Esc takes the sheet away; a sign-in that waits elsewhere goes on waiting."""
        if self.hold.isVisibleTo(self):
            self._put_off()
        else:
            self.decline()

    def _put_off(self) -> None:
        self.put_off.emit(self.need.key)
        self.close_sheet()

    def _submit(self) -> None:
        if self._sent or not self.go.isEnabled():
            return
        pasted = self.paste.field.take() if _sign_in(self.need).way == _PASTE else ""
        self._failed = self._said = ""
        self._went = self._sent = True
        spawn(self.intents.answer(self.need.key, pasted), self._not_done)
        self._tell()

    def _ways(self) -> None:
        menu = menus.popup(self)
        fill_ways(menu, self.need, self._choose)
        menu.popup(self.other.mapToGlobal(QPoint(0, self.other.height() + 2)), menu.actions()[0])

    def _choose(self, way: str) -> None:
        self._failed = self._said = ""
        # The person chose to go another way: what can be opened for that opens without a further click.
        self._went = True
        spawn(self.intents.choose_way(self.need.key, way), self._not_done)

    async def _open_again(self) -> None:
        await self.intents.answer(self.need.key, "")
        self._put_off()

    def _copy_link(self) -> None:
        spawn(self._copy(), self._not_done)

    async def _copy(self) -> None:
        await self.intents.copy_sign_in_link(self.need.key)
        self._say(tr("Link copied. Open it in any browser, on this machine or another."))

    def _say(self, words: str) -> None:
        self._said = words
        self._tell()

    def _typed(self) -> None:
        if self.paste.field.characters:
            self._failed = self._said = ""
            # What was wrong with the last response says nothing about this one.
            self._outdated = self.need.problem
        self._tell()

    def _refuse_file(self, why: str) -> None:
        self._failed = why
        self._tell()

    def _not_done(self, error: RolecallError) -> None:
        self._sent = self._went = False
        self._failed = " ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part)
        self._tell()

    # --- Files dropped beside the field ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what the field takes, anywhere on the sheet."""
        if self.paste.isVisible() and self.paste.field.canInsertFromMimeData(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Give it to the field."""
        self.paste.field.insertFromMimeData(event.mimeData())
        event.acceptProposedAction()


def fill_ways(menu: QMenu, need: NeedView, chosen: Callable[[str], None]) -> None:
    """Offer the other ways of a sign-in."""
    for way in _sign_in(need).ways:
        menus.add(menu, provider_words.way_word(way), lambda way=way: chosen(way), icon=provider_words.way_icon(way))  # type: ignore[misc]  # bound now


def says(sign_in: SignInView) -> str:
    """What happens, or where it waits, in a sentence or two."""
    name = sign_in.provider
    before = {
        Flow.WINDOW.value: tr(
            "A window with {name}'s login page opens. Its address is shown there, and stays visible."
        ),
        Flow.PASTE.value: tr(
            "Sign in to {name} in your browser with its developer tools open. Under Network, find the request to AWS's"
            " /saml and copy its SAMLResponse, or the whole form."
        ),
        Flow.BROWSER.value: tr("{name}'s login page opens in your browser."),
        Flow.DEVICE.value: tr("{name} gives you a code, to be typed on its page on any device."),
        Flow.FILE.value: tr("The token file of {name} is read again."),
        Flow.COMMAND.value: tr("The command that signs in to {name} is run again."),
    }
    after = {
        Flow.WINDOW.value: tr(
            "{name}'s login page is open in a window of its own. Finish there; this goes on by itself."
        ),
        Flow.BROWSER.value: tr("Your browser is open at {name}'s page. Finish there; this goes on by itself."),
        Flow.DEVICE.value: tr("Scan the picture with your phone, or type the code on any device.")
        if sign_in.user_code
        else tr("Asking {name} for a code…"),
    }
    found = after.get(sign_in.way) if sign_in.opened else None
    return (found or before.get(sign_in.way, tr("{name} wants you to sign in."))).format(name=name)


def go_words(way: str) -> str:
    """What the button says that begins it."""
    words = {
        Flow.WINDOW.value: tr("Open the login page"),
        Flow.PASTE.value: tr("Sign in"),
        Flow.BROWSER.value: tr("Open the browser"),
        Flow.DEVICE.value: tr("Get a code"),
        Flow.FILE.value: tr("Read it"),
        Flow.COMMAND.value: tr("Run it"),
    }
    return words.get(way, tr("Sign in"))


def _sign_in(need: NeedView) -> SignInView:
    return need.sign_in if need.sign_in is not None else SignInView(provider=need.title, way=_PASTE)
