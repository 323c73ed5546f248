"""What is loaded or made only once somebody needs it: a command starts without what it does not do."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class _Room:
    """A module of ours that is imported when something in it is asked for."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever is in it
        return getattr(import_module(self._name), name)


def rooms(package: str, *names: str) -> list[Any]:
    """Stand-ins for modules of a package. Type checkers are to see imports instead."""
    return [_Room(f"{package}.{name}") for name in names]


def load(*stand_ins: object) -> None:
    """Import the modules that these stand for now, while there is nothing better to do."""
    for each in stand_ins:
        if isinstance(each, _Room):
            import_module(each._name)  # noqa: SLF001  # a name without underscore would hide one of the module's


class _Late:
    """An object that is made when something of it is asked for."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._made: list[object] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever it has
        if not self._made:
            # Two threads at once may make it twice: the first that is there stays, for both
            self._made.append(self._make())
        return getattr(self._made[0], name)


def late(make: Callable[[], _T]) -> _T:
    """What `make` makes, once it is used. It is for objects with methods, not for values that are compared."""
    return cast("_T", _Late(make))
