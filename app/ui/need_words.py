"""The words of the page of everything that waits for a person. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui import text
from app.ui.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.domain.view import Health, NeedView, SessionView


def works_still(need: NeedView, views: Iterable[SessionView], now: datetime) -> str:
    """How long what waits for this works without an answer."""
    names = set(need.profiles)
    ends = sorted(
        (view.expires, view.name) for view in views if view.name in names and view.expires and view.expires > now
    )
    if not names:
        return ""
    if not ends:
        return plural(len(names), "It has no credentials until then.", "None of them has credentials until then.")
    moment, first = ends[0]
    left = text.countdown(moment - now)
    if len(ends) == 1:
        return tr("{name} works without you for {time}.").format(name=first, time=left)
    words = tr("{n} of them work without you still, {name} ends first, in {time}.")
    return words.format(n=text.number(len(ends)), name=first, time=left)


def for_whom(need: NeedView) -> str:
    """How many roles wait for it."""
    if not need.profiles:
        return tr("No role waits for it.")
    return plural(len(need.profiles), "For 1 role:", "For {n} roles:")


def count_words(count: int) -> str:
    """How many things wait, for the head of the page."""
    return plural(count, "1 thing waits for you", "{n} things wait for you") if count else ""


def next_words(health: Health, now: datetime) -> str:
    """When somebody will be needed next, while nobody is."""
    moment = health.next_person_needed
    if moment is None:
        return tr("What is live renews by itself.")
    if moment <= now:
        return tr("The next answer will be asked for in a moment.")
    left = moment - now
    words = tr("You are needed next at {time}, in {left}.")
    return words.format(time=text.day_and_clock(moment, now), left=text.minutes(left))
