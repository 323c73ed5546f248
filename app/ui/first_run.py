"""The page of an empty list: three ways to begin, each one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui import icons, theme, tokens
from app.ui.import_rows import KeysChoice, preview_grid, refused_list
from app.ui.mfa_sheet import Tile
from app.ui.page import Scroll, loop_runs
from app.ui.tasks import spawn
from app.ui.text import number, plural, short_path, tr
from app.ui.widgets import button, ground, label, rule, set_property

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import ImportView, Snapshot

_LOGO = 56
_TEXT_AT = 72
_BESIDE_OVER = 520


class Card(QFrame):
    """A way to begin. `first` draws the border of the one to take first."""

    def __init__(self, *, first: bool = False) -> None:
        super().__init__()
        self._first = first
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def set_first(self, first: bool) -> None:
        """Make it the one to take first, or not."""
        self._first = first
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        width = 1.5 if self._first else 1
        painter.setPen(QPen(QColor(look.fill if self._first else look.line), width))
        painter.setBrush(QColor(look.surface))
        frame = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(frame, tokens.RADIUS_LARGE, tokens.RADIUS_LARGE)


class ImportCard(Card):
    """Roles of the AWS config file: how many, which, and what cannot be taken over."""

    imported = Signal(int)
    import_wanted = Signal()

    def __init__(self, intents: Intents) -> None:
        super().__init__(first=True)
        self._intents = intents
        self._view: ImportView | None = None
        self._keys: KeysChoice | None = None
        self.title = label("", tokens.TITLE, wrap=True)
        self.below = label(tr("The file stays as it is."), tone="text2", wrap=True)
        self.go = button("", "primary")
        self.choose = button(tr("Choose…"), "plain")
        self.go.clicked.connect(self._import)
        self.choose.clicked.connect(self.import_wanted)
        top = QHBoxLayout()
        top.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        top.setSpacing(tokens.EDGE)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.below)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.GAP)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.go)
        self.go.setMinimumWidth(104)
        top.addWidget(Tile("download"))
        top.addLayout(words, 1)
        top.addLayout(buttons)
        self.column.addLayout(top)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(0)
        self.column.addLayout(self._parts)
        self.hide()

    @property
    def possible(self) -> bool:
        """Whether there is anything to import."""
        return self._view is not None and bool(self._view.rows)

    def show_plan(self, view: ImportView) -> None:
        """Show what the file holds; a file without roles takes no room."""
        self._view = view
        count = len(view.rows)
        self.setVisible(bool(view.rows or view.refused))
        self.set_first(bool(view.rows))
        title = plural(count, "Import 1 role from {path}", "Import {n} roles from {path}")
        if not view.rows:
            title = tr("No role of {path} can be imported")
        self.title.setText(title.replace("{path}", short_path(view.path)))
        self.go.setText(tr("Import {n}").format(n=number(count)))
        self.go.setVisible(bool(view.rows))
        self.choose.setVisible(count > 1)
        self._empty()
        if view.rows:
            self._add(preview_grid(view.rows))
        self._keys = KeysChoice(view) if view.keys and view.rows else None
        if self._keys is not None:
            self._add(self._keys)
            # What was made last of all would come last with Tab
            QWidget.setTabOrder(self.go, self._keys.box)
        if view.refused:
            self._add(refused_list(view.refused))

    def _import(self) -> None:
        if self._view is None:
            return
        self.go.setEnabled(False)
        view = self._view
        spawn(self._run(view, keys=self._keys is not None and self._keys.wanted), self._failed)

    async def _run(self, view: ImportView, *, keys: bool) -> None:
        names = tuple(row.name for row in view.rows)
        try:
            count = await self._intents.run_import(names, keys=keys, digest=view.digest)
        finally:
            self.go.setEnabled(True)
        self.imported.emit(count)

    async def _look_again(self) -> None:
        self.show_plan(await self._intents.plan_import())

    def _failed(self, error: RolecallError) -> None:
        if error.code == "file-changed":
            spawn(self._look_again(), self._failed)
        self.below.setText(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part))
        self.below.setProperty("tone", "bad")
        self.below.style().polish(self.below)

    def _add(self, part: QWidget) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        inside = QVBoxLayout()
        inside.setContentsMargins(_TEXT_AT, 12, tokens.EDGE, 12)
        inside.addWidget(part)
        column.addLayout(inside)
        self._parts.addWidget(holder)

    def _empty(self) -> None:
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()


class SmallCard(Card):
    """A way to begin with a few words and a button, or two where `other` names a second."""

    def __init__(self, icon: str, title: str, words: str, act: str, other: str = "") -> None:
        super().__init__()
        self.column.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        self.column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.title = label(title, tokens.TITLE, wrap=True)
        self._tile = Tile(icon)
        head.addWidget(self._tile)
        head.addWidget(self.title, 1)
        self.aside = button("", "link")
        self.aside.hide()
        head.addWidget(self.aside)
        self.column.addLayout(head)
        self.words = label(words, tone="text2", wrap=True)
        self.column.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        self.go = button(act)
        self.go.setAccessibleName(f"{title}: {act}")
        self.other = button(other)
        self.other.setAccessibleName(f"{title}: {other}")
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.GAP)
        buttons.addWidget(self.go, 1)
        buttons.addWidget(self.other, 1)
        self.column.addLayout(buttons)
        self.other.setVisible(bool(other))

    def set_first(self, first: bool) -> None:
        """Make it the one to take first, or not."""
        super().set_first(first)
        set_property(self.go, "kind", "primary" if first else "")

    def tell(self, icon: str, title: str, words: str, act: str, other: str = "") -> None:
        """Offer something else."""
        self._tile.show_icon(icon)
        self.title.setText(title)
        self.words.setText(words)
        for made, word in ((self.go, act), (self.other, other)):
            made.setText(word)
            made.setAccessibleName(f"{title}: {word}")
            made.setVisible(bool(word))


class FirstRun(QWidget):
    """The empty list. It looks at the AWS config file whenever it is shown; tell it every snapshot with `follow`.

    `imported` carries how many roles came; `import_wanted` asks for the import page, `add_provider_wanted` (with `saml`
    or `oidc`), `add_identity_wanted` and `role_wanted` for an empty editor, `demo_wanted` for the demo in a process of
    its own.
    """

    imported = Signal(int)
    import_wanted = Signal()
    add_provider_wanted = Signal(str)
    add_identity_wanted = Signal()
    role_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, intents: Intents, *, demo: bool = True) -> None:
        super().__init__()
        ground(self, "surface")
        self._intents = intents
        self._has_source = False
        self._looking = False
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(tokens.EDGE, 44, tokens.EDGE, tokens.EDGE)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        middle = QWidget()
        middle.setMaximumWidth(tokens.WELCOME_WIDTH)
        middle.setLayout(column)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        for part in self._welcome():
            column.addWidget(part)
        column.addSpacing(24)
        self.import_card = ImportCard(intents)
        column.addWidget(self.import_card)
        column.addSpacing(12)
        self.begin = SmallCard("shield", "", "", tr("SAML…"), tr("OpenID Connect…"))
        self.demo = SmallCard(
            "flask",
            tr("Try with a local stand-in AWS"),
            tr("Sample roles on this machine. No account is needed, none is touched."),
            tr("Try"),
        )
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(12)
        self._pair.addWidget(self.begin, 1)
        self._pair.addWidget(self.demo, 1)
        if not demo:
            self.demo.hide()
        column.addLayout(self._pair)
        # With a share of its own, or the cards would take the room too.
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inside))
        self.import_card.imported.connect(self.imported)
        self.import_card.import_wanted.connect(self.import_wanted)
        self.begin.go.clicked.connect(self._begin)
        self.begin.other.clicked.connect(lambda: self.add_provider_wanted.emit("oidc"))
        self.begin.aside.clicked.connect(self.add_identity_wanted)
        self.begin.aside.show()
        self.demo.go.clicked.connect(self.demo_wanted)
        self._offer()

    def look(self) -> None:
        """Look at the AWS config file, and show what can be imported from it."""
        if not self._looking:
            self._looking = True
            spawn(self._look(), self._cannot_look)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again: the file may have changed since."""
        super().showEvent(event)
        if loop_runs():
            self.look()

    def follow(self, snapshot: Snapshot) -> None:
        """Once there is a source, the next step is a role."""
        self._has_source = bool(snapshot.configuration.identities or snapshot.configuration.providers)
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two small cards above each other where they do not fit beside each other."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE_OVER
        self._pair.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _begin(self) -> None:
        if self._has_source:
            self.role_wanted.emit()
        else:
            self.add_provider_wanted.emit("saml")

    async def _look(self) -> None:
        try:
            view = await self._intents.plan_import()
        finally:
            self._looking = False
        self.import_card.show_plan(view)
        self._offer()
        if self.begin.go.hasFocus():
            self.setFocus()
        self.begin.set_first(not self.import_card.possible)

    def _cannot_look(self, error: RolecallError) -> None:
        self.import_card.hide()
        self.begin.set_first(True)
        self._words.setText(" ".join(part for part in (f"{error.title}.", error.detail) if part))

    def _offer(self) -> None:
        self.setFocusProxy(self.import_card.go if self.import_card.possible else self.begin.go)
        ways = 1 + int(self.import_card.possible) + int(not self.demo.isHidden())
        begin = {1: tr("One way to begin."), 2: tr("Two ways to begin.")}.get(ways, tr("Three ways to begin."))
        self._words.setText(f"{begin} {tr('Nothing is sent to AWS until you assume a role.')}")
        if self._has_source:
            words = tr("Its ARN, and the provider, identity or role it is assumed from.")
            self.begin.tell("plus", tr("Add a role"), words, tr("Add…"))
            self.begin.aside.setText(tr("IAM user…"))
        else:
            words = tr("Sign in with your company account through SAML or OpenID Connect.")
            self.begin.tell("shield", tr("Add a provider"), words, tr("SAML…"), tr("OpenID Connect…"))
            self.begin.aside.setText(tr("or an IAM user…"))
        self.begin.aside.setAccessibleName(tr("Add an IAM user"))

    def _welcome(self) -> tuple[QWidget, ...]:
        logo = QLabel()
        logo.setPixmap(icons.picture("rolecall", _LOGO, self.devicePixelRatioF()))
        logo.setFixedHeight(_LOGO + 16)
        logo.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        title = label(tr("No roles yet"), tokens.WELCOME)
        title.setFixedHeight(32)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = label("", tone="text2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return logo, title, self._words
