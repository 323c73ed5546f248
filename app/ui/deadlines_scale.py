"""The scale of the line of time: moments to pixels and back, zoom, and where its marks lie. Pure; pixels as floats.

Marks follow the clock on the wall: hours that daylight saving leaves out have none, an hour it repeats has two.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from app.domain.values import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, tzinfo

SPANS = tuple(
    timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 240, 480, 720, 1440, 2 * 1440, 4 * 1440, 7 * 1440)
)
"""What zooming goes through, closest first."""
LEAD = 1 / 6
"""The share of the line that lies before now."""
_STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440))
_DAY = timedelta(days=1)
_FARTHEST = timedelta(days=30)
"""Nothing that is known lies farther away than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line of the axis (UTC); `day` is set for the beginning of a day where the person is."""

    at: datetime
    day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`span` of time from `start` (UTC) on, over `width` pixels from `left` on. Always from left to right."""

    start: datetime
    span: timedelta
    left: float = 0.0
    width: float = 1.0

    @property
    def end(self) -> datetime:
        """The moment at the right edge."""
        return self.start + self.span

    @property
    def right(self) -> float:
        """The right edge, pixels."""
        return self.left + self.width

    def x(self, moment: datetime) -> float:
        """Where a moment lies, also outside of the edges."""
        return self.left + (moment - self.start) / self.span * self.width

    def held(self, moment: datetime) -> float:
        """Where a moment lies, or the edge next to it."""
        return min(self.right, max(self.left, self.x(moment)))

    def shows(self, moment: datetime) -> bool:
        """Whether a moment lies between the edges."""
        return self.start <= moment <= self.end

    def moment(self, x: float) -> datetime:
        """The moment at a pixel."""
        return self.start + (x - self.left) / self.width * self.span

    def per_pixel(self) -> timedelta:
        """How much time a pixel stands for."""
        return self.span / max(self.width, 1.0)

    def laid(self, left: float, width: float) -> Scale:
        """The same time over other pixels."""
        return replace(self, left=left, width=max(width, 1.0))

    def at_now(self, now: datetime) -> Scale:
        """As much time, with `now` where it belongs."""
        return replace(self, start=now - self.span * LEAD)

    def spanning(self, span: timedelta, around: datetime) -> Scale:
        """Another span; `around` stays where it is."""
        share = (around - self.start) / self.span
        return replace(self, start=around - span * share, span=span)

    def zoomed(self, steps: int, around: datetime) -> Scale:
        """Closer by so many steps of `SPANS`, farther below 0; `around` stays where it is."""
        nearest = min(range(len(SPANS)), key=lambda each: abs(SPANS[each] - self.span))
        return self.spanning(SPANS[min(len(SPANS) - 1, max(0, nearest - steps))], around)

    def panned(self, share: float, now: datetime) -> Scale:
        """Later by a share of the span, earlier below 0; never farther from now than anything is known."""
        start = self.start + self.span * share
        return replace(self, start=min(now + _FARTHEST, max(now - _FARTHEST, start)))


def step_of(scale: Scale, least: float) -> timedelta:
    """The shortest step between marks that leaves `least` pixels from one to the next."""
    return next((step for step in _STEPS if step / scale.span * scale.width >= least), _DAY)


def marks(scale: Scale, least: float, zone: tzinfo | None = None) -> tuple[Mark, ...]:
    """The marks between the edges, at least `least` pixels apart; `zone` is where the person is (None: this computer).

    A day's beginning is kept before any other mark.
    """
    step = step_of(scale, least)
    found = [mark for mark in _walked(scale, step, zone) if scale.shows(mark.at)]
    kept: list[Mark] = []
    for mark in found:
        while kept and scale.x(mark.at) - scale.x(kept[-1].at) < least - 1:
            if kept[-1].day or not mark.day:
                break
            kept.pop()
        else:
            kept.append(mark)
    return tuple(kept)


def _walked(scale: Scale, step: timedelta, zone: tzinfo | None) -> Iterator[Mark]:
    day = scale.start.astimezone(zone).date()
    last = scale.end.astimezone(zone).date()
    while day <= last:
        yield from _of_day(day, step, zone)
        day += _DAY


def _of_day(day: date, step: timedelta, zone: tzinfo | None) -> Iterator[Mark]:
    midnight = datetime.combine(day, time())
    # Where the clock leaves out midnight, the day begins when it goes on.
    yield Mark(at=_utc(midnight, zone), day=True)
    seen = set()
    wall = midnight + step
    while wall.date() == day:
        for fold in (0, 1):
            at = _utc(wall.replace(fold=fold), zone)
            if at not in seen and at.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
                seen.add(at)
        wall += step
    yield from (Mark(at=at) for at in sorted(seen))


def _utc(wall: datetime, zone: tzinfo | None) -> datetime:
    # A time without a zone is taken for one of this computer.
    return wall.replace(tzinfo=zone).astimezone(UTC)
