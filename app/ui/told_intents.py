"""The core as a window of another language sees it: the same intents, their texts translated on the way.

One door for everything the core says: snapshots, answers and errors. What is told where in a value stands in `TEXTS`;
values without such texts pass as they are, and so does a session that has not changed.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, cast

from app.domain.errors import RolecallError
from app.domain.values import replace
from app.ui import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.intents import Intents

TEXTS: dict[str, tuple[str, ...]] = {
    "Ailment": ("title", "detail", "advice", "remedy"),
    "Caller": ("chain", "problem"),
    "Cause": ("title", "detail", "remedy"),
    "Configuration": ("refusals",),
    "Denial": ("sentence", "advice", "causes", "problem"),
    "EntryChange": ("note",),
    "Fact": ("name", "value", "note"),
    "Health": ("keyring", "keyring_problem", "settings_problem", "file_problem"),
    "Holder": ("note",),
    "ImportRow": ("words", "note", "refusal"),
    "ImportView": ("rows", "refused", "kept"),
    "LinkView": ("name",),
    "LookedAt": ("place", "note"),
    "NeedView": ("title", "problem"),
    "PreviewRow": ("fault",),
    "Problem": ("title", "detail", "remedy"),
    "ProfilesPlan": ("entries",),
    "ProviderView": ("facts", "problem"),
    "Refusal": ("problem",),
    "Remedy": ("words",),
    "RequestPreview": ("rows", "faults", "note"),
    "SessionView": ("problem", "note", "chain"),
    "Snapshot": ("configuration", "sessions", "needs", "providers", "health"),
    "ToppedUp": ("left",),
    "XRay": ("kind", "holders", "ailments", "problem"),
}
"""The fields of each kind of value that are texts for people, or hold values that have some.

Not those of the journal, which has thousands of entries: they are told row by row when they are drawn.
"""


def in_the_persons_language(intents: Intents) -> Intents:
    """The intents themselves while the window speaks English, else with their texts translated."""
    return intents if translation.language() == translation.ENGLISH else cast("Intents", _Told(intents))


class Retelling:
    """Translates values, and gives for the same object the same answer: the window compares many by identity.

    Answers are kept for two generations; a snapshot begins a new one.
    """

    def __init__(self) -> None:
        self._new: dict[int, tuple[object, object]] = {}
        self._old: dict[int, tuple[object, object]] = {}

    def told(self, value: Any) -> Any:  # noqa: ANN401  # whatever an intent answers
        """A value with its texts translated; the same object where there is nothing to translate."""
        if isinstance(value, str):
            return translation.told(value)
        if isinstance(value, tuple):
            parts = tuple(self.told(each) for each in value)
            return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
        fields = TEXTS.get(type(value).__name__)
        if fields is None:
            return value
        known = self._new.get(id(value)) or self._old.get(id(value))
        if known is None:
            known = (value, self._made(value, fields))
        self._new[id(value)] = known
        return known[1]

    def generation(self) -> None:
        """Forget what was not asked for since the last time."""
        self._old, self._new = self._new, {}

    def _made(self, value: Any, fields: tuple[str, ...]) -> object:  # noqa: ANN401  # one of `TEXTS`
        changed = {}
        for name in fields:
            old = getattr(value, name)
            new = self.told(old) if old else old
            if new is not old and new != old:
                changed[name] = new
        return replace(value, **changed) if changed else value


def retold_error(error: RolecallError) -> RolecallError:
    """A copy of an error with its texts translated: the core may keep the original, and writes it into its journal."""
    told = type(error).__new__(type(error), *error.args)
    told.__dict__.update(error.__dict__)
    for name in TEXTS["Problem"]:
        setattr(told, name, translation.told(getattr(error, name)))
    return told


class _Told:
    """Stands for intents (and for their tools and sharing); every attribute is wrapped once."""

    def __init__(self, intents: object) -> None:
        self._intents = intents
        self._retelling = Retelling()
        self._snapshot: object = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the intents have
        value = getattr(self._intents, name)
        if inspect.iscoroutinefunction(value):
            made: Any = self._later(value)
        elif callable(value):
            made = self._at_once(value)
        else:
            made = _Told(value)
        setattr(self, name, made)
        return made

    def _at_once(self, does: Callable[..., Any]) -> Callable[..., Any]:
        def told(*args: object, **wishes: object) -> object:
            try:
                return self._answer(does(*args, **wishes))
            except RolecallError as error:
                raise retold_error(error) from error

        return told

    def _later(self, does: Callable[..., Any]) -> Callable[..., Any]:
        async def told(*args: object, **wishes: object) -> object:
            try:
                return self._answer(await does(*args, **wishes))
            except RolecallError as error:
                raise retold_error(error) from error

        return told

    def _answer(self, value: object) -> object:
        if type(value).__name__ == "Snapshot" and value is not self._snapshot:
            self._snapshot = value
            self._retelling.generation()
        return self._retelling.told(value)
