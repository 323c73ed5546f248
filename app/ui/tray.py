"""The tray: what needs the person, what is live, and one icon that says the most urgent of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.domain.notice import Notice
from app.domain.values import replace
from app.domain.view import Status
from app.ui import commands, icons, menus, resources, rings, text, theme, tray_notes
from app.ui.acts import Act
from app.ui.pace import MANY, Pace
from app.ui.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.core.intents import Intents
    from app.domain.view import NeedView, SessionView, Snapshot
    from app.ports import Notifier
    from app.ui.main_window import MainWindow
    from app.ui.tray_notes import Key, Note

_SIGN_IN = "sign-in"
_MOST = 8
_LOOK_MS, _LOOKS = 10_000, 12
_PAUSE_MS = 250
"""With many roles the icon follows this much later, and in a turn of its own: nobody waits for it."""
_NO_MARKUP = str.maketrans("<>", "\u2039\u203a")
"""Angle quotation marks instead: they look alike and mean nothing."""
_NOTE_MS = 10_000
_FORGOTTEN = timedelta(minutes=10)
"""What failed or ran out, and was told, is told again no sooner."""
_GROUPED_OVER = 24


def state_of(snapshot: Snapshot, now: datetime) -> str:
    """The icon: the first that holds of `needs-you`, `error`, `expiring`, `active`, `none`."""
    failed = expiring = live = waiting = False
    for view in snapshot.sessions:
        if view.status is Status.IDLE and view.expires is None:
            continue
        status = text.shown(view, now)
        waiting = waiting or status is Status.WAITING
        failed = failed or status is Status.FAILED
        expiring = expiring or status is Status.EXPIRING
        live = live or view.live(now)
    if snapshot.needs or waiting:
        return "needs-you"
    if failed:
        return "error"
    if expiring:
        return "expiring"
    return "active" if live else "none"


def _are_many(intents: Intents) -> bool:
    return len(intents.snapshot().sessions) >= MANY


class Tray(QObject):
    """Lives as long as the window. Where the desktop has no tray (yet), it waits for one for two minutes."""

    def __init__(self, intents: Intents, window: MainWindow, notifier: Notifier | None = None) -> None:
        """`notifier`: where a desktop's notifications can lead somewhere; else Qt's are used."""
        super().__init__(window)
        self._notifier = notifier
        self._told: dict[str, frozenset[Key]] = {}
        self._intents, self._window, self._doer = intents, window, window.doer
        self._state = ""
        self._target: Callable[[], None] = window.come
        self._known: dict[Key, datetime] | None = None
        self.menu = QMenu()
        self.menu.aboutToShow.connect(self.fill)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self._lead)
        many = partial(_are_many, intents)
        self._pace = Pace(self.follow, many, self, pause_ms=_PAUSE_MS)
        window.changed.connect(self._pace.tell)
        window.hidden.connect(self._tell_hidden)
        window.destroyed.connect(self.menu.deleteLater)
        self._looks = 0
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self.follow()
        self.fill()
        self._look()

    def _look(self) -> None:
        self._looks += 1
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()
            self._window.tray = True
            self._looking.stop()
        elif self._looks > _LOOKS:
            self._looking.stop()
        elif not self._looking.isActive():
            self._looking.start()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            if self._window.isActiveWindow():
                self._window.hide()
            else:
                self._window.come()

    # --- Icon and notifications ------------------------------------------------------------------------------------

    @property
    def state(self) -> str:
        """Which icon is shown."""
        return self._state

    def follow(self) -> None:
        """Show what the core knows now, and tell what a person has to know."""
        snapshot, now = self._intents.snapshot(), self._intents.now()
        state = state_of(snapshot, now)
        if state != self._state:
            self._state = state
            self.icon.setIcon(icons.app_icon(f"tray-{state}"))
        live = sum(view.live(now) for view in snapshot.sessions)
        words = [text.tr("{n} active").format(n=live)]
        if snapshot.needs:
            words.append(plural(len(snapshot.needs), "{n} needs you", "{n} need you"))
        tip = "Rolecall: " + ", ".join(words)
        if tip != self.icon.toolTip():
            self.icon.setToolTip(tip)
        self._notify(snapshot, now)

    def _notify(self, snapshot: Snapshot, now: datetime) -> None:
        things = tray_notes.things(snapshot, now)
        first = self._known is None
        known = self._known or {}
        fresh = [thing for thing in things if thing.key not in known]
        kept = {key: at for key, at in known.items() if key.kind != tray_notes.NEED and now - at < _FORGOTTEN}
        self._known = kept | {thing.key: now for thing in things}
        self._close_over({thing.key for thing in things})
        if first or not snapshot.configuration.settings.notifications or self._window.isActiveWindow():
            return
        for note in tray_notes.notes(fresh, snapshot, now):
            self._told[note.tag] = note.of
            told = Notice(tag=note.tag, title=note.title, body=note.body, icon=note.icon, button=note.button)
            self._say(told, self._way(note))

    def _close_over(self, there: set[Key]) -> None:
        """Take away what told of things that are over."""
        for tag in [tag for tag, of in self._told.items() if not of & there]:
            del self._told[tag]
            if self._notifier is not None:
                self._notifier.close(tag)

    def _way(self, note: Note) -> Callable[[], None]:
        window = self._window
        if note.need:
            return lambda: window.answer_need(note.need)
        return (lambda: window.reveal(note.profile)) if note.profile else window.come

    def _tell_hidden(self) -> None:
        if not self._window.state.now.told_about_tray:
            self._window.state.keep(told_about_tray=True)
            body = tr("Sessions go on renewing. Quit from the menu of this icon.")
            title, icon = tr("Rolecall stays in the tray"), "rolecall"
            self._say(Notice(tag="hidden", title=title, body=body, icon=icon, quiet=True), self._window.come)

    def _say(self, notice: Notice, target: Callable[[], None]) -> None:
        if self._notifier is None:
            self._say_by_qt(notice, target)
            return
        drawn = replace(notice, icon=resources.path(f"{notice.icon}.svg"))
        self._notifier.show(drawn, target, lambda: self._say_by_qt(notice, target))

    def _say_by_qt(self, notice: Notice, target: Callable[[], None]) -> None:
        self._target = target
        # Notification servers take a body for markup, others show it as it is: so nothing in it may look like any.
        plain = notice.body.translate(_NO_MARKUP)
        self.icon.showMessage(notice.title, plain, icons.app_icon(notice.icon), _NOTE_MS)

    def _lead(self) -> None:
        self._target()

    # --- Menu ------------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Make the menu as things are now."""
        menu, window = self.menu, self._window
        menu.clear()
        # Clearing takes submenus out without deleting them.
        for old in menu.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.deleteLater()
        snapshot, now = self._intents.snapshot(), self._intents.now()
        live = [view for view in snapshot.sessions if view.live(now)]
        self._fill_needs(snapshot, now)
        if live:
            self._heading(tr("Active"))
            for view in live[:_MOST]:
                self._add_live(menu, view, now)
            if len(live) > _MOST:
                self._add_more(live[_MOST:], now)
        at_rest = {Status.IDLE, Status.EXPIRED}
        pinned = [view for view in snapshot.sessions if view.pinned and text.shown(view, now) in at_rest]
        if pinned:
            self._heading(tr("Pinned"))
        for view in pinned:
            words = tr("Assume {name}").format(name=view.name)
            menus.add(menu, words, lambda name=view.name: self._doer.do(Act.ASSUME, name), icon="pin")  # type: ignore[misc]  # bound now
        if not menu.isEmpty():
            menu.addSeparator()
        menus.add_command(menu, "refresh all", self._doer.refresh_all, on=bool(live), key=False)
        menus.add_command(menu, "stop all", self._doer.stop_all, on=bool(live), key=False)
        menu.addSeparator()
        menus.add(menu, tr("Show window"), window.come)
        menus.add(menu, commands.words("quit"), window.quit_wanted.emit)

    def _heading(self, words: str) -> None:
        if not self.menu.isEmpty():
            self.menu.addSeparator()
        self.menu.addAction(words).setEnabled(False)

    def _fill_needs(self, snapshot: Snapshot, now: datetime) -> None:
        for need in sorted(snapshot.needs, key=lambda each: each.kind != _SIGN_IN):
            menus.add(
                self.menu,
                _need_words(need),
                lambda key=need.key: self._window.answer_need(key),  # type: ignore[misc]  # bound now
                icon="sign-in" if need.kind == _SIGN_IN else "person",
                tint="accent",
            )
        failed = [view for view in snapshot.sessions if text.shown(view, now) is Status.FAILED]
        for view in failed[:_MOST]:
            menus.add(
                self.menu,
                tr("{name}: failed, retry").format(name=view.name),
                lambda name=view.name: self._doer.do(Act.RETRY, name),  # type: ignore[misc]  # bound now
                icon="warning",
                tint="bad",
            )

    def _add_more(self, views: list[SessionView], now: datetime) -> None:
        """The rest in a submenu; very many by their groups. Each is filled when it opens."""
        more = self.menu.addMenu(tr("{n} more").format(n=len(views)))
        if len(views) <= _GROUPED_OVER:
            for view in views:
                self._add_live(more, view, now)
            return
        groups: dict[str, list[SessionView]] = {}
        for view in views:
            groups.setdefault(view.group, []).append(view)
        for group, members in groups.items():
            name = group or tr("Other roles")
            made = menus.submenu(more, tr("{name} ({n})").format(name=name, n=len(members)), "folder")
            made.aboutToShow.connect(lambda made=made, members=members: self._fill_group(made, members))

    def _fill_group(self, menu: QMenu, members: list[SessionView]) -> None:
        if menu.isEmpty():
            now = self._intents.now()
            for view in members:
                self._add_live(menu, view, now)

    def _add_live(self, menu: QMenu, view: SessionView, now: datetime) -> None:
        left = view.time_left(now)
        words = view.name if left is None else f"{view.name} ({text.minutes(left)})"
        made = menus.submenu(menu, words, "ring")
        mark = rings.mark_of(text.tone(view, now), theme.tokens())
        made.menuAction().setIcon(icons.icon("ring", mark))
        if menu is self.menu:
            menus.fill_use(made, view, self._doer, now, keys=False)
        else:
            made.aboutToShow.connect(lambda: self._fill_late(made, view))

    def _fill_late(self, menu: QMenu, view: SessionView) -> None:
        if menu.isEmpty():
            menus.fill_use(menu, view, self._doer, self._intents.now(), keys=False)


def _need_words(need: NeedView) -> str:
    if need.kind == _SIGN_IN and need.sign_in is not None:
        return tr("Sign in to {name}…").format(name=need.sign_in.provider)
    first = need.profiles[0] if need.profiles else need.identity
    if not first:
        return need.title
    kind = tr("MFA code…") if need.kind == "mfa" else tr("confirm a command…")
    more = tr(" and {n} more").format(n=len(need.profiles) - 1) if len(need.profiles) > 1 else ""
    return f"{first}{more}: {kind}"
