"""The pages that the sidebar leads to: how each is made, and what its wishes lead to. Made when first opened."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.ui.main_window import MainWindow
    from app.ui.page import Page


def _deadlines(window: MainWindow) -> Page:
    from app.ui.deadlines_page import DeadlinesPage

    page = DeadlinesPage(window.intents, window.toasts.say)
    page.answer_wanted.connect(window.answer_need)
    page.sign_in_wanted.connect(window.doer.sign_in)
    page.refresh_wanted.connect(window.doer.refresh)
    page.reveal_wanted.connect(window.reveal)
    page.source_wanted.connect(window.pages.source)
    return page


def _activity(window: MainWindow) -> Page:
    from app.ui.activity_page import ActivityPage

    page = ActivityPage(window.intents, window.toasts.say)
    page.reveal_wanted.connect(window.reveal)
    page.source_wanted.connect(window.pages.source)
    page.why_wanted.connect(lambda name: window.pages.place("tools", "why", name))
    return page


def _needs(window: MainWindow) -> Page:
    from app.ui.needs_page import NeedsPage

    page = NeedsPage(window.intents)
    page.reveal_wanted.connect(window.reveal)
    page.store_wanted.connect(window.pages.store_totp)
    page.sheet_wanted.connect(window.answer_need)
    page.deadlines_wanted.connect(lambda: window.pages.place("deadlines"))
    page.said.connect(window.toasts.say)
    window.prompts.elsewhere = lambda: window.pages.page is page
    return page


def _sharing(window: MainWindow) -> Page:
    from app.ui.sharing_page import SharingPage

    page = SharingPage(window.intents)
    page.told.connect(lambda words: window.toasts.say(words, "good"))
    return page


def _tools(window: MainWindow) -> Page:
    from app.ui.tools_page import ToolsPage

    return ToolsPage(window.intents, window.toasts.say)


PLACES: Mapping[str, Callable[[MainWindow], Page]] = MappingProxyType(
    {"activity": _activity, "deadlines": _deadlines, "needs": _needs, "sharing": _sharing, "tools": _tools}
)
"""By the name that `Pages.place` is given. A page gets every snapshot by `follow` while it is open, and `tick` each
second, if it has these methods; `opened`, if it has one, is called whenever it is opened, with what it is opened for.
"""
