"""The same wish for several profiles: whom it concerns, and one answer for all of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.errors import Declined, RolecallError
from app.ui import acts
from app.ui.acts import Act
from app.ui.tasks import spawn
from app.ui.text import plural, tr
from app.ui.toasts import Toast

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from app.core.intents import Intents
    from app.domain.configuration import Profile
    from app.domain.view import SessionView
    from app.ui.toasts import Toasts

ACTS = (Act.REFRESH, Act.STOP, Act.ASSUME, Act.DELETE)
_BUSY_ACTS = frozenset({Act.CANCEL, Act.ANSWER})


def concerns(act: Act, view: SessionView, now: datetime) -> bool:
    """Whether an act does anything for a profile now."""
    if act is Act.REFRESH:
        return acts.can_refresh(view, now)
    if act is Act.STOP:
        return acts.can_stop(view, now)
    if act is Act.ASSUME:
        return not view.live(now) and acts.button(view, now) not in _BUSY_ACTS
    return True


class Several(QObject):
    """Does an act for those of several profiles whom it concerns. Guarded ones are asked for one after the other."""

    def __init__(self, intents: Intents, toasts: Toasts, window: QWidget) -> None:
        super().__init__(window)
        self._intents, self._toasts, self._over = intents, toasts, window

    def concerned(self, names: Sequence[str]) -> dict[Act, tuple[str, ...]]:
        """For each act those of these profiles whom it concerns now, in their order."""
        now, views = self._intents.now(), self._views(names)
        return {act: tuple(view.name for view in views if concerns(act, view, now)) for act in ACTS}

    def live(self, names: Sequence[str]) -> int:
        """How many of these profiles have credentials that work."""
        now = self._intents.now()
        return sum(view.live(now) for view in self._views(names))

    def _views(self, names: Sequence[str]) -> list[SessionView]:
        views = {view.name: view for view in self._intents.snapshot().sessions}
        return [views[name] for name in names if name in views]

    def do(self, act: Act, names: Sequence[str]) -> None:
        """Do one of `ACTS`."""
        wanted = self.concerned(names)[act]
        if not wanted:
            self._toasts.say(tr("None of these can do that now."))
            return
        doing = {Act.REFRESH: self._refresh, Act.STOP: self._stop, Act.ASSUME: self._assume, Act.DELETE: self._delete}
        spawn(doing[act](wanted), self._refused)

    async def _refresh(self, names: tuple[str, ...]) -> None:
        views = {view.name: view for view in self._intents.snapshot().sessions}
        # What is guarded and lives is renewed without a word, but not lent again
        guarded = [name for name in names if views[name].confirm and (views[name].lease_ends or views[name].guarded_by)]
        agreed = await self._agreed([views[name] for name in guarded])
        wishes = {
            name: self._intents.refresh(name, confirmed=agreed.get(name, ""))
            for name in names
            if name not in agreed or agreed[name]
        }
        done, errors = await _all(wishes)
        self._tell(plural(done, "1 role refreshed.", "{n} roles refreshed."), done, errors)

    async def _stop(self, names: tuple[str, ...]) -> None:
        done, errors = await _all({name: self._intents.stop(name) for name in names})
        self._tell(plural(done, "1 role stopped.", "{n} roles stopped."), done, errors)

    async def _assume(self, names: tuple[str, ...]) -> None:
        views = {view.name: view for view in self._intents.snapshot().sessions}
        wishes: dict[str, Coroutine[object, object, None]] = {}
        agreed = await self._agreed([views[name] for name in names if views[name].confirm])
        for name in names:
            if name not in agreed or agreed[name]:
                wishes[name] = self._intents.assume(name, confirmed=agreed.get(name, ""))
        done, errors = await _all(wishes)
        self._tell(plural(done, "1 role assumed.", "{n} roles assumed."), done, errors)

    async def _agreed(self, guarded: list[SessionView]) -> dict[str, str]:
        """What a person typed for each, one after the other; an empty string for no."""
        from app.ui.confirm_sheet import ask_confirm

        return {view.name: await ask_confirm(self._over, view) for view in guarded}

    async def _delete(self, names: tuple[str, ...]) -> None:
        profiles = self._intents.snapshot().configuration.profiles
        order = tuple(profiles)
        gone = {name: profiles[name] for name in names if name in profiles}
        now = self._intents.now()
        living = {view.name for view in self._views(tuple(gone)) if view.live(now)}
        done, errors = await _all({name: self._intents.remove_profile(name) for name in gone})
        kept = {name for name, _error in errors}
        back = [(gone[name], _after(order, name)) for name in gone if name not in kept]
        lived = len(living - kept)
        if errors or not back:
            self._tell(plural(done, "1 role deleted.", "{n} roles deleted."), done, errors)
        if back:
            words = plural(done, "1 role deleted", "{n} roles deleted")
            self._toasts.offer_undo(words, lambda: self._undo(back, lived))

    def _undo(self, gone: list[tuple[Profile, str]], lived: int) -> None:
        spawn(self._bring_back(gone, lived), self._refused)

    async def _bring_back(self, gone: list[tuple[Profile, str]], lived: int) -> None:
        """Put them where they were; `lived`: so many of them had credentials."""
        # The last one first: whoever a profile stood before is there again when it comes.
        for profile, before in reversed(gone):
            await self._intents.put_profile(profile)
            if before:
                await self._intents.arrange(profile.name, group=profile.group, before=before)
        if lived:
            words = plural(
                lived,
                "1 role that was active is back without its credentials: assume it again.",
                "{n} roles that were active are back without their credentials: assume them again.",
            )
            self._toasts.say(words)

    def _tell(self, words: str, done: int, errors: list[tuple[str, RolecallError]]) -> None:
        if not errors:
            if done:
                self._toasts.say(words, "good")
            return
        parts = [words] if done else []
        name, error = errors[0]
        parts.append(tr("{name}: {problem}.").format(name=name, problem=error.title))
        if len(errors) > 1:
            parts.append(plural(len(errors) - 1, "1 more failed.", "{n} more failed."))
        self._toasts.add(Toast(words=" ".join(parts), kind="bad", stays_ms=12000))

    def _refused(self, error: RolecallError) -> None:
        self._toasts.say(str(error), "bad")


async def _all(
    wishes: dict[str, Coroutine[object, object, object]] | dict[str, Coroutine[object, object, None]],
) -> tuple[int, list[tuple[str, RolecallError]]]:
    """Wait for all; returns how many went well, and who failed with what. A person's no is neither."""
    names = tuple(wishes)
    ends = await asyncio.gather(*wishes.values(), return_exceptions=True)
    errors: list[tuple[str, RolecallError]] = []
    done = 0
    for name, end in zip(names, ends, strict=True):
        if isinstance(end, Declined):
            continue
        if isinstance(end, RolecallError):
            errors.append((name, end))
        elif isinstance(end, BaseException):
            raise end
        else:
            done += 1
    return done, errors


def _after(order: tuple[str, ...], name: str) -> str:
    at = order.index(name) + 1
    return order[at] if at < len(order) else ""
