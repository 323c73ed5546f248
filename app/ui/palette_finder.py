"""From what was typed to what is offered: profiles, what can be done with them, and everything else there is."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from app.domain.values import replace
from app.domain.view import Status
from app.ui import acts, palette_acts, palette_still, text
from app.ui.matching import RECENT, Haystack, match
from app.ui.palette_entries import Entry, Found, Kind
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.view import SessionView, Snapshot
    from app.ui.acts import Act
    from app.ui.main_window import MainWindow
    from app.ui.palette_acts import Template

MOST_PROFILES, MOST_ACTIONS, MOST_PAGES = 30, 24, 12
_AT_REST = {Kind.PROFILE: 5, Kind.ACTION: 6, Kind.PAGE: 12}
_FEATURED, _TARGETS = 3, 6
_LOOKED_AT, _MORE = 12, 40
_TITLE, _IN_TITLE, _CLEAR, _FAR = 860, 780, 700, 300 + RECENT
_GAP = " "
_PROFILE, _ACT = "profile.", "act."


class Finder:
    """Finds in what the window knows; `follow` tells it the newest."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._views: tuple[SessionView, ...] = ()
        self._names = Haystack(())
        self._still: tuple[Entry, ...] = ()
        self._titles = Haystack(())
        self._place: dict[str, int] = {}
        self._known: Snapshot | None = None
        self._meant: dict[tuple[str, ...], list[tuple[SessionView, tuple[Act, ...]]]] = {}
        self._templates: tuple[Template, ...] = ()
        self.begin()

    def begin(self) -> None:
        """Look at what there is now: it is about to be searched."""
        snapshot = self._window.intents.snapshot()
        groups = dict.fromkeys(view.group for view in snapshot.sessions if view.group)
        moves = palette_acts.moves(groups, lambda name, group: self._window.list_work.arrange(name, group, ""))
        self._templates = (*palette_acts.templates(self._window.doer), *moves)
        self._still = palette_still.entries(self._window, snapshot)
        self._titles = Haystack((_whole(entry) for entry in self._still), (entry.also for entry in self._still))
        self.follow(snapshot)

    def follow(self, snapshot: Snapshot) -> None:
        """Look at a snapshot. Names are looked at anew only where the settings changed."""
        known = self._known
        self._known, self._views = snapshot, snapshot.sessions
        self._meant.clear()
        names = known is None or known.configuration is not snapshot.configuration
        if names or known is None or len(known.sessions) != len(self._views):
            self._names = Haystack((view.name for view in self._views), (_about(view) for view in self._views))
            self._place = {view.name: index for index, view in enumerate(self._views)}

    # --- Everything ------------------------------------------------------------------------------------------------

    def find(self, wish: str) -> Found:
        """What a wish finds; an empty one finds what was chosen lately, what is live, and what there is to do."""
        if not wish.strip():
            return self._at_rest()
        still, acted = self._still_ones(wish), self._acted(wish)
        # Letters strewn over a name are no match beside a word that asks for something.
        hits, count = self._names.find(wish, MOST_PROFILES, self._bonus(), strewn=not acted)
        clear = max((score for score, _entry in (*still, *acted)), default=0) > _CLEAR
        if clear and hits and hits[0].score <= _FAR:
            hits, count = [], 0
        if hits and not acted:
            # Right after the profiles that they are about.
            acted = [(hits[0].score - 1, each) for each in self._featured(wish, self._views[hits[0].index])]
        actions = sorted((*acted, *(each for each in still if each[1].kind is Kind.ACTION)), key=_best_first)
        pages = [each for each in still if each[1].kind is Kind.PAGE]
        profiles = [(hit.score, self._profile(self._views[hit.index], wish)) for hit in hits]
        parts = {Kind.PROFILE: profiles, Kind.ACTION: actions[:MOST_ACTIONS], Kind.PAGE: pages[:MOST_PAGES]}
        order = sorted(parts, key=lambda kind: -parts[kind][0][0] if parts[kind] else 1)
        found = [(kind, tuple(entry for _score, entry in parts[kind])) for kind in order]
        return _found(found, count - len(profiles))

    def acts_of(self, name: str, wish: str) -> Found:
        """Everything that can be done with one profile, narrowed by a wish."""
        place = self._place.get(name)
        if place is None:
            return Found()
        view = self._views[place]
        offered = acts.offered(view, self._window.intents.now())
        scored: list[tuple[int, Entry]] = []
        for template in self._templates:
            found = match(wish, template.title)
            if found is not None and template.fits(view, offered):
                scored.append((found.score, replace(self._act(template, view, ""), title_at=found.places)))
        scored.sort(key=lambda each: -each[0])
        return _found([(Kind.ACTION, tuple(entry for _score, entry in scored))])

    # --- Inside ----------------------------------------------------------------------------------------------------

    def _recent(self) -> tuple[str, ...]:
        return self._window.state.now.recent

    def _bonus(self) -> dict[int, int]:
        named = (key.removeprefix(_PROFILE) for key in self._recent() if key.startswith(_PROFILE))
        return {self._place[name]: RECENT - rank for rank, name in enumerate(named) if name in self._place}

    def _at_rest(self) -> Found:
        now, recent = self._window.intents.now(), self._recent()
        chosen = [self._view(key.removeprefix(_PROFILE)) for key in recent if key.startswith(_PROFILE)]
        live = (view for view in self._views if view.live(now))
        views: dict[str, SessionView] = {}
        for view in chain((each for each in chosen if each is not None), live, self._views):
            views[view.name] = view
            if len(views) == _AT_REST[Kind.PROFILE]:
                break
        still = {entry.key: entry for entry in self._still}
        again = [entry for key in recent if (entry := still.get(key) or self._act_again(key)) is not None]
        found = [(Kind.PROFILE, tuple(self._profile(view, "") for view in views.values()))]
        for kind in (Kind.ACTION, Kind.PAGE):
            meant = (e for e in self._still if e.kind is kind and e.key.startswith(palette_still.SEVERAL))
            both = (*meant, *(e for e in again if e.kind is kind), *(e for e in self._still if e.kind is kind))
            found.append((kind, tuple({entry.key: entry for entry in both}.values())[: _AT_REST[kind]]))
        return _found(found)

    def _act_again(self, key: str) -> Entry | None:
        id_, _, name = key.removeprefix(_ACT).partition("/")
        view = self._view(name) if key.startswith(_ACT) else None
        if view is None:
            return None
        offered = acts.offered(view, self._window.intents.now())
        template = next((each for each in self._templates if each.id == id_ and each.fits(view, offered)), None)
        return None if template is None else self._act(template, view, "")

    def _still_ones(self, wish: str) -> list[tuple[int, Entry]]:
        recent = self._recent()
        bonus = {index: RECENT for index, entry in enumerate(self._still) if entry.key in recent}
        hits, _count = self._titles.find(wish, MOST_ACTIONS + MOST_PAGES, bonus)
        found = []
        for hit in hits:
            entry = self._still[hit.index]
            at = match(wish, _whole(entry))
            places = () if at is None else at.places
            after = len(entry.title) + len(_GAP)
            title_at = tuple(place for place in places if place < len(entry.title))
            aside_at = tuple(place - after for place in places if place >= after)
            found.append((hit.score, replace(entry, title_at=title_at, aside_at=aside_at)))
        return found

    def _acted(self, wish: str) -> list[tuple[int, Entry]]:
        words = wish.lower().split()
        fitting: list[tuple[int, Template, tuple[str, ...]]] = []
        for template in self._templates:
            used = template.asked(words)
            if used:
                score = (_TITLE if template.title.lower().startswith(used[0]) else _IN_TITLE) - len(template.title)
                rest = tuple(word for word in words if word not in used)
                fitting.append((score + _MORE * len(used), template, rest))
        fitting.sort(key=lambda each: -each[0])
        each_gets = max(1, _TARGETS // max(1, len(fitting)))
        found: list[tuple[int, Entry]] = []
        for score, template, rest in fitting:
            if rest not in self._meant:
                self._meant[rest] = self._targets(" ".join(rest))
            fits = [view for view, offered in self._meant[rest] if template.fits(view, offered)]
            found += [(score, self._act(template, view, wish)) for view in fits[:each_gets]]
            if len(found) >= MOST_ACTIONS:
                break
        return found

    def _targets(self, wish: str) -> list[tuple[SessionView, tuple[Act, ...]]]:
        """The profiles an action may be meant for: those a wish finds, else the chosen, recent and live ones."""
        now = self._window.intents.now()
        if wish:
            hits, _count = self._names.find(wish, _LOOKED_AT, self._bonus())
            views = [self._views[hit.index] for hit in hits]
        else:
            chosen = self._view(self._window.roles.list_page.list.chosen)
            recent = [self._views[index] for index in self._bonus()]
            live = [view for view in self._views if view.live(now)]
            both = [view for view in (chosen, *recent, *live) if view is not None]
            views = list({view.name: view for view in both}.values())[:_LOOKED_AT]
        return [(view, acts.offered(view, now)) for view in views]

    def _featured(self, wish: str, view: SessionView) -> list[Entry]:
        now = self._window.intents.now()
        offered, entered = acts.offered(view, now), acts.on_enter(view, now)
        by_id = {template.id: template for template in self._templates}
        fits = [by_id[id_] for id_ in palette_acts.FEATURED if by_id[id_].fits(view, offered)]
        return [self._act(each, view, wish) for each in fits if each.act is not entered][:_FEATURED]

    def _view(self, name: str) -> SessionView | None:
        place = self._place.get(name)
        return None if place is None else self._views[place]

    def _profile(self, view: SessionView, wish: str) -> Entry:
        found = _shown_words(wish, view.name)
        now = self._window.intents.now()
        failed = view.problem is not None and view.status is Status.FAILED
        aside = text.second_line(view) if failed else " · ".join(p for p in (view.role_name, view.account) if p)
        entered = acts.on_enter(view, now)
        return Entry(
            key=_PROFILE + view.name,
            kind=Kind.PROFILE,
            title=view.name,
            aside=aside,
            enter=palette_acts.enter_word(view, now),
            view=view,
            profile=view.name,
            title_at=found,
            aside_at=_shown_words(wish, aside),
            run=lambda: self._window.reveal(view.name) if entered is None else self._window.enter(view.name),
        )

    def _act(self, template: Template, view: SessionView, wish: str) -> Entry:
        aside = ", ".join(part for part in (view.name, template.aside) if part)
        return Entry(
            key=f"{_ACT}{template.id}/{view.name}",
            kind=Kind.ACTION,
            title=template.title,
            aside=aside,
            icon=template.icon,
            caps=template.caps,
            enter=tr("Run"),
            profile=view.name,
            title_at=_shown_words(wish, template.title, begins=True),
            aside_at=_shown_words(wish, view.name),
            run=lambda: template.run(view.name),
        )


def _shown_words(wish: str, shown: str, *, begins: bool = False) -> tuple[int, ...]:
    """The letters of `shown` that stand for words of the wish; with `begins` only where words of it begin."""
    places: set[int] = set()
    whole = match(wish, shown)
    if whole is not None and not begins:
        return whole.places
    for word in wish.split():
        if begins or word.lower() in shown.lower():
            found = match(word, shown)
            if found is not None and found.score > _CLEAR:
                places.update(found.places)
    return tuple(sorted(places))


def _about(view: SessionView) -> str:
    mfa = "MFA" if view.mfa else ""
    parts = (view.role_name, view.account, view.region, view.group, view.source_name, view.published_as, mfa)
    return "\n".join(part for part in parts if part)


def _whole(entry: Entry) -> str:
    return f"{entry.title}{_GAP}{entry.aside}"


def _best_first(each: tuple[int, Entry]) -> int:
    return -each[0]


def _found(sections: Iterable[tuple[Kind, tuple[Entry, ...]]], more: int = 0) -> Found:
    kept = tuple((kind, entries) for kind, entries in sections if entries)
    return Found(sections=kept, count=sum(len(entries) for _kind, entries in kept) + more)
