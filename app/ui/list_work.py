"""What list and detail ask for beyond one profile's acts: several at once, another place, links of a sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from app.ui import arranging, menus, row_links, tokens
from app.ui.acts import Act
from app.ui.row_links import Link
from app.ui.several import ACTS, Several
from app.ui.tasks import spawn
from app.ui.text import tr
from app.ui.widgets import button

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QMenu

    from app.domain.configuration import Profile
    from app.domain.errors import RolecallError
    from app.domain.view import NeedView, SessionView
    from app.ui.main_window import MainWindow

_AT_ONCE = frozenset(ACTS)


class ListWork(QObject):
    """Connects the list of a window that has all its parts, and does what it asks for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._intents = window, window.intents
        page = self._page = window.roles.list_page
        self._rows, self._model = page.list, window.model
        self.several = Several(window.intents, window.toasts, window)
        self._rows.selection_told.connect(self.tell_selection)
        self._rows.link_wanted.connect(self.copy_link)
        self._rows.cancel_wanted.connect(lambda name: window.doer.do(Act.CANCEL, name))
        self._rows.drag.dropped.connect(self.arrange)
        self._rows.step_wanted.connect(self.step)
        page.selection.wanted.connect(self.on_several)
        page.selection.cleared.connect(self._one_only)
        window.changed.connect(self.tell_selection)
        window.roles.detail.profile_of = self._profile
        window.roles.detail.person_of = self._person

    def _profile(self, name: str) -> Profile | None:
        return self._intents.snapshot().configuration.profiles.get(name)

    def _person(self, name: str) -> datetime | None:
        return self._intents.snapshot().people.get(name)

    # --- Several ---------------------------------------------------------------------------------------------------

    def on_several(self, act: Act) -> bool:
        """Do an act for all selected profiles; False when only one is, or the act is for one alone."""
        names = self._rows.selected
        if len(names) <= 1 or act not in _AT_ONCE:
            return False
        self.several.do(act, names)
        return True

    def tell_selection(self) -> None:
        """Show in the bar how many are selected, and what can be done with them."""
        names = self._rows.selected if self._rows.several else ()
        live = self.several.live(names) if names else 0
        self._page.selection.show_selected(names, live, self.several.concerned(names) if names else {})

    def _one_only(self) -> None:
        self._rows.one_only()

    # --- Another place ---------------------------------------------------------------------------------------------

    def arrange(self, name: str, group: str, before: str) -> None:
        """Put a profile into a group and before another one, or last; with a way back."""
        profiles = self._intents.snapshot().configuration.profiles
        if name not in profiles:
            return
        order = self._model.names()
        at = order.index(name) + 1
        old = (profiles[name].group, order[at] if at < len(order) else "")
        if group in self._model.folded:
            self._model.fold(group)

        async def put() -> None:
            await self._intents.arrange(name, group=group, before=before)
            if self._rows.chosen == name:
                self._rows.show_chosen()
            words = tr("{name} moved").format(name=name)
            if group != old[0]:
                to = tr("{name} moved to {group}") if group else tr("{name} moved out of its group")
                words = to.format(name=name, group=group)
            self._window.toasts.offer_undo(words, undo)

        def undo() -> None:
            spawn(self._intents.arrange(name, group=old[0], before=old[1]), self._refused)

        spawn(put(), self._refused)

    def step(self, name: str, by: int) -> None:
        """Take a profile one row up (-1) or down (1)."""
        if not self._model.arrangeable:
            self._window.toasts.say(tr("Roles can be moved while the list is sorted by group and shows all."))
            return
        place = arranging.step(self._model.rows(), name, by)
        self._rows.show_chosen()
        if place is not None:
            self.arrange(name, place.group, place.before)

    def fill_row(self, menu: QMenu, view: SessionView) -> None:
        """Add to a row's menu what concerns its place and its sign-in."""
        if Link.COPY in {link for link, _words in row_links.links(self._told(view))[1]}:
            menus.add(menu, tr("Copy link"), lambda: self.copy_link(view.name), icon="link")
        menus.add_command(menu, "activity", lambda: self._window.pages.place("activity", view.name))
        inside = menus.submenu(menu, tr("Move to group"), "folder")
        for group in (*(each for each in self._model.groups() if each), ""):
            words = group or tr("No group")
            menus.add(inside, words, lambda group=group: self.arrange(view.name, group, ""), on=group != view.group)  # type: ignore[misc]  # bound now
        inside.addSeparator()
        menus.add(inside, tr("New group…"), lambda: self._ask_group(view.name))

    def _told(self, view: SessionView) -> SessionView:
        # The row knows where the sign-in waits; the core's view only that one is needed.
        return self._model.view_at(self._model.row_of(view.name)) or view

    def _ask_group(self, name: str) -> None:
        from app.ui.sheet import Sheet, heading

        sheet = Sheet(self._window, tr("New group"))
        sheet.body.addLayout(heading(tr("New group for {name}").format(name=name)))
        field = QLineEdit()
        field.setAccessibleName(tr("Name of the group"))
        field.setMinimumHeight(tokens.CONTROL)
        sheet.body.addWidget(field)
        cancel, move = button(tr("Cancel")), button(tr("Move"), "primary")
        move.setEnabled(False)
        sheet.foot.addStretch()
        for each in (cancel, move):
            sheet.foot.addWidget(each)

        def go() -> None:
            group = field.text().strip()
            if group:
                sheet.close_sheet()
                self.arrange(name, group, "")

        field.textChanged.connect(lambda words: move.setEnabled(bool(words.strip())))
        field.returnPressed.connect(go)
        move.clicked.connect(go)
        cancel.clicked.connect(sheet.close_sheet)
        sheet.refused.connect(sheet.close_sheet)
        sheet.open_sheet(field)

    # --- Links of a sign-in ----------------------------------------------------------------------------------------

    def copy_link(self, name: str) -> None:
        """Put the link of the sign-in that a profile waits for on the clipboard."""
        need = self._need(name)
        if need is not None:
            self.copy_link_of(need.key)

    def copy_link_of(self, need: str) -> None:
        """Put the link of a need, given by its key, on the clipboard."""

        async def copy() -> None:
            await self._intents.copy_sign_in_link(need)
            words = tr("Link copied. Open it in any browser, on this machine or another.")
            self._window.toasts.say(words, "good")

        spawn(copy(), self._refused)

    def _need(self, name: str) -> NeedView | None:
        needs = self._intents.snapshot().needs
        return next((need for need in needs if name in need.profiles and need.sign_in is not None), None)

    def _refused(self, error: RolecallError) -> None:
        words = " ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part)
        self._window.toasts.say(words, "bad")
