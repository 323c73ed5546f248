"""Frozen dataclasses whose definition costs little.

Python writes and compiles six functions for each frozen dataclass when its module is imported: almost a millisecond
for each of some two hundred, and most of the time that a command took to start. Here what compares, hashes and shows
is not compiled at all, and `__init__` when the first value is made. Everything else is Python's own, so `fields`,
`replace`, `asdict`, `copy` and type checkers see a dataclass.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> type | Callable[[type], type]:
        """See `dataclasses.dataclass`. What is not frozen with slots, or inherits from one, is left to Python."""

        def define(made: type) -> type:
            if _is_plain(made, options):
                return _defined(made, kw_only=options.get("kw_only", False))
            return dataclasses.dataclass(**options)(made)

        return define if cls is None else define(cls)


__all__ = ["dataclass"]

_T = TypeVar("_T")
_OWN = ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__getstate__", "__setstate__")
_MISSING = dataclasses.MISSING
_set = object.__setattr__


def _is_plain(cls: type, options: dict[str, bool]) -> bool:
    """Whether all that is asked for is what is made here."""
    if not (options.get("frozen") and options.get("slots")) or options.keys() - {"frozen", "slots", "kw_only"}:
        return False
    if any(name in cls.__dict__ for name in _OWN):
        return False
    if any(hasattr(base, "__dataclass_fields__") for base in cls.__mro__[1:]):
        return False
    given = (value for value in cls.__dict__.values() if isinstance(value, dataclasses.Field))
    return all(each.init and each.hash is None for each in given)


def _defined(cls: type[_T], *, kw_only: bool) -> type[_T]:
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    params = made.__dataclass_params__  # type: ignore[attr-defined]  # a dataclass has them
    params.init = params.repr = params.eq = params.frozen = True
    fields = dataclasses.fields(made)  # type: ignore[arg-type]  # it is one
    for method in (*_comparing(fields), _showing(fields), *_freezing(made, fields), *_copying(fields), _making(made)):
        method.__qualname__ = f"{made.__qualname__}.{method.__name__}"
        setattr(made, method.__name__, method)
    return made


Fields = tuple[dataclasses.Field[Any], ...]


def _getter(fields: Fields) -> Callable[[Any], tuple[Any, ...]]:
    names = [each.name for each in fields]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _comparing(fields: Fields) -> tuple[Callable[..., Any], ...]:
    get = _getter(tuple(each for each in fields if each.compare))

    def __eq__(self: object, other: object) -> bool:  # noqa: N807  # it becomes the method of that name
        if other.__class__ is not self.__class__:
            return NotImplemented
        return get(self) == get(other)

    def __hash__(self: object) -> int:  # noqa: N807  # it becomes the method of that name
        return hash(get(self))

    return __eq__, __hash__


def _showing(fields: Fields) -> Callable[[Any], str]:
    names = [each.name for each in fields if each.repr]

    def __repr__(self: object) -> str:  # noqa: N807  # it becomes the method of that name
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _freezing(cls: type, fields: Fields) -> tuple[Callable[..., None], ...]:
    names = frozenset(each.name for each in fields)

    def __setattr__(self: object, name: str, value: object) -> None:  # noqa: N807  # it becomes the method of that name
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        _set(self, name, value)

    def __delattr__(self: object, name: str) -> None:  # noqa: N807  # it becomes the method of that name
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return __setattr__, __delattr__


def _copying(fields: Fields) -> tuple[Callable[..., Any], ...]:
    names = [each.name for each in fields]

    def __getstate__(self: object) -> list[Any]:  # noqa: N807  # it becomes the method of that name
        return [getattr(self, name) for name in names]

    def __setstate__(self: object, state: list[Any]) -> None:  # noqa: N807  # it becomes the method of that name
        for name, value in zip(names, state, strict=True):
            _set(self, name, value)

    return __getstate__, __setstate__


def _making(cls: type) -> Callable[..., None]:
    """An `__init__` that puts the real one in its place as soon as it is needed."""

    def __init__(self: object, *arguments: Any, **named: Any) -> None:  # noqa: N807, ANN401  # it becomes the method of that name
        real = _compiled(cls)
        cls.__init__ = real  # type: ignore[misc]  # that is what it is for
        real(self, *arguments, **named)

    return __init__


def _compiled(cls: type) -> Callable[..., None]:
    """The real `__init__`."""
    names: dict[str, Any] = {"_set": _set, "_missing": _MISSING}
    ordered, named, body = ["self"], list[str](), list[str]()
    for number, each in enumerate(dataclasses.fields(cls)):
        given = value = each.name
        if each.default is not _MISSING:
            names[f"_default{number}"] = each.default
            given += f"=_default{number}"
        elif each.default_factory is not _MISSING:
            names[f"_make{number}"] = each.default_factory
            given += "=_missing"
            value = f"_make{number}() if {value} is _missing else {value}"
        (named if each.kw_only else ordered).append(given)
        body.append(f" _set(self, {each.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    head = ", ".join([*ordered, *(["*", *named] if named else [])])
    text = f"def __init__({head}):\n" + ("\n".join(body) or " pass")
    exec(text, names)  # noqa: S102  # as Python's own dataclasses do it: the text is made of names of fields
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made
