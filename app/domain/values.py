"""Dataclasses with slots whose definition costs little.

Python writes and compiles six functions for each frozen dataclass when its module is imported: almost a millisecond
for each of some two hundred, and most of the time that a command took to start; to load `dataclasses` alone takes as
long as to start Python. Here nothing is compiled but `__init__`, for those of which many values are made, and what
`fields`, `asdict`, `is_dataclass` and Python's own `replace` look at is made by Python itself for the first who asks.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass, field, replace
    from typing import Any
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> type | Callable[[type], type]:
        """See `dataclasses.dataclass`. What has no slots, or is in any way special, is left to Python."""

        def define(made: type) -> type:
            if not _is_plain(made, options):
                return _pythons(made, options)
            return _defined(made, options)

        return define if cls is None else define(cls)

    def field(**options: object) -> object:
        """See `dataclasses.field`."""
        return _Field(options)

    def replace(value: object, /, **changes: object) -> object:
        """See `dataclasses.replace`."""
        shape = getattr(type(value), _SHAPE, None)
        if shape is None or shape.cls is not type(value):
            import dataclasses

            return dataclasses.replace(value, **changes)
        for name in shape.names:
            if name not in changes:
                changes[name] = getattr(value, name)
        return type(value)(**changes)


__all__ = ["dataclass", "field", "names", "replace"]


def names(cls: type, *, of: str = "") -> tuple[str, ...]:
    """The names of a class's fields in their order, or of those of a type, by its name: `dataclasses.fields`, cheaply.

    Only for what was made here, and is no heir.
    """
    shape: _Shape = cls.__dict__[_SHAPE]
    return tuple(name for name in shape.names if not of or shape.notes[name] == of)


_OWN = ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__getstate__", "__setstate__")
_SHAPE = "__values_shape__"
_FIELDS, _PARAMS = "__dataclass_fields__", "__dataclass_params__"
_OF_CLASS = "ClassVar["
_SPECIAL = ("ClassVar", "InitVar", "KW_ONLY")
_PLAIN_OPTIONS = {"eq", "frozen", "slots", "kw_only"}
_FIELD_OPTIONS = {"default", "default_factory", "repr", "compare"}
_MISSING = object()
_FEW = 100
"""Compiling an `__init__` takes as long as it saves while more values than these are made."""
_set = object.__setattr__


class _Field:
    """What `field` was asked for."""

    __slots__ = ("options",)

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options


class _Shape:
    """The fields of a class, in their order: what each was asked for, and its type, by its name."""

    __slots__ = ("cls", "compared", "fields", "frozen", "kw_only", "names", "notes")

    def __init__(self, cls: type, *, frozen: bool, kw_only: bool, compared: bool) -> None:
        self.cls = cls
        self.compared = compared
        self.frozen = frozen
        self.kw_only = kw_only
        self.fields: dict[str, dict[str, Any]] = {}
        self.notes: dict[str, str] = {}
        for base in reversed(cls.__mro__[1:]):
            inherited = base.__dict__.get(_SHAPE)
            if inherited is not None:
                self.fields |= inherited.fields
                self.notes |= inherited.notes
        for name, note in _own_notes(cls):
            self.fields[name] = _asked(cls, name)
            self.notes[name] = note
        self.names = tuple(self.fields)

    def having(self, option: str) -> tuple[str, ...]:
        """The fields that were not left out of comparing, or showing."""
        return tuple(name for name, options in self.fields.items() if options.get(option, True))


def _is_plain(cls: type, options: Mapping[str, bool]) -> bool:
    """Whether all that is asked for is what is made here."""
    if not options.get("slots") or options.keys() - _PLAIN_OPTIONS:
        return False
    if options.get("frozen") and not options.get("eq", True):
        return False
    if "__slots__" in cls.__dict__ or any(name in cls.__dict__ for name in _OWN):
        return False
    for base in cls.__mro__[1:]:
        shape = base.__dict__.get(_SHAPE)
        if _FIELDS in base.__dict__ and (
            shape is None
            or not options.get("kw_only")
            or (shape.kw_only, shape.frozen, shape.compared)
            != (True, options.get("frozen", False), options.get("eq", True))
        ):
            return False
    return all(_is_plain_field(note, cls.__dict__.get(name)) for name, note in _own_notes(cls))


def _own_notes(cls: type) -> list[tuple[str, str]]:
    """Names and types of what a class itself says of its values."""
    return [(name, note) for name, note in cls.__annotations__.items() if not str(note).startswith(_OF_CLASS)]


def _is_plain_field(note: object, value: object) -> bool:
    if not isinstance(note, str) or any(word in note for word in _SPECIAL):
        return False
    if isinstance(value, _Field):
        return not value.options.keys() - _FIELD_OPTIONS
    # Python's own fields are Python's; and it refuses what each value would share and could change
    return type(value).__module__ != "dataclasses" and type(value).__hash__ is not None


def _pythons(cls: type, options: Mapping[str, Any]) -> type:
    import dataclasses

    for name, value in list(cls.__dict__.items()):
        if isinstance(value, _Field):
            setattr(cls, name, dataclasses.field(**value.options))
    made: type = dataclasses.dataclass(**options)(cls)
    return made


def _defined(cls: type, options: Mapping[str, bool]) -> type:
    frozen, kw_only, compared = options.get("frozen", False), options.get("kw_only", False), options.get("eq", True)
    shape = _Shape(cls, frozen=frozen, kw_only=kw_only, compared=compared)
    made = shape.cls = _with_slots(cls, tuple(name for name, _ in _own_notes(cls)))
    setattr(made, _SHAPE, shape)
    for name in (_FIELDS, _PARAMS):
        setattr(made, name, _Pythons(name, shape))
    if "__match_args__" not in cls.__dict__:
        setattr(made, "__match_args__", () if kw_only else shape.names)  # noqa: B010  # a class need not have it
    methods: tuple[Callable[..., Any], ...] = (_showing(shape), _making(shape))
    if compared:
        methods += _comparing(shape)
    if frozen:
        methods += (_hashing(shape), *_freezing(shape), *_copying(shape))
    elif compared:
        made.__hash__ = None  # type: ignore[assignment]  # what changes has none
    for method in methods:
        method.__qualname__ = f"{made.__qualname__}.{method.__name__}"
        setattr(made, method.__name__, method)
    return made


def _asked(cls: type, name: str) -> dict[str, Any]:
    value = cls.__dict__.get(name, _MISSING)
    if isinstance(value, _Field):
        return value.options
    return {} if value is _MISSING else {"default": value}


def _with_slots(cls: type, names: tuple[str, ...]) -> type:
    """The class once more: slots are given to a class when it is made. A base has those of its own fields."""
    inherited = {name for base in cls.__mro__[1:] for name in base.__dict__.get("__slots__", ())}
    body = {name: value for name, value in cls.__dict__.items() if name not in (*names, "__dict__", "__weakref__")}
    made: type = type(cls)(
        cls.__name__, cls.__bases__, {**body, "__slots__": tuple(name for name in names if name not in inherited)}
    )
    made.__qualname__ = cls.__qualname__
    return made


class _Pythons:
    """What Python keeps in a dataclass under a name, made by Python itself for the first who looks."""

    def __init__(self, name: str, shape: _Shape) -> None:
        self._name = name
        self._shape = shape

    def __get__(self, value: object, owner: type) -> object:
        import dataclasses

        shape = self._shape
        body: dict[str, Any] = {"__annotations__": dict(shape.notes), "__module__": shape.cls.__module__}
        body |= {name: dataclasses.field(**options) for name, options in shape.fields.items()}
        twin: type = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=shape.kw_only)(
            type("Twin", (), body)
        )
        params = getattr(twin, _PARAMS)
        params.init = params.repr = True
        params.eq, params.frozen = shape.compared, shape.frozen
        setattr(shape.cls, _FIELDS, getattr(twin, _FIELDS))
        setattr(shape.cls, _PARAMS, params)
        return getattr(twin, self._name)


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _comparing(shape: _Shape) -> tuple[Callable[..., Any], ...]:
    get = _getter(shape.having("compare"))

    def __eq__(self: object, other: object) -> bool:  # noqa: N807  # it becomes the method of that name
        if other.__class__ is not self.__class__:
            return NotImplemented
        return get(self) == get(other)

    return (__eq__,)


def _hashing(shape: _Shape) -> Callable[[Any], int]:
    get = _getter(shape.having("compare"))

    def __hash__(self: object) -> int:  # noqa: N807  # it becomes the method of that name
        return hash(get(self))

    return __hash__


def _showing(shape: _Shape) -> Callable[[Any], str]:
    names = shape.having("repr")

    def __repr__(self: object) -> str:  # noqa: N807  # it becomes the method of that name
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _freezing(shape: _Shape) -> tuple[Callable[..., None], ...]:
    names = frozenset(shape.names)

    def __setattr__(self: object, name: str, value: object) -> None:  # noqa: N807  # it becomes the method of that name
        if type(self) is shape.cls or name in names:
            raise _is_frozen("assign to", name)
        _set(self, name, value)

    def __delattr__(self: object, name: str) -> None:  # noqa: N807  # it becomes the method of that name
        if type(self) is shape.cls or name in names:
            raise _is_frozen("delete", name)
        object.__delattr__(self, name)

    return __setattr__, __delattr__


def _is_frozen(deed: str, name: str) -> AttributeError:
    import dataclasses

    return dataclasses.FrozenInstanceError(f"cannot {deed} field {name!r}")


def _copying(shape: _Shape) -> tuple[Callable[..., Any], ...]:
    names = shape.names

    def __getstate__(self: object) -> list[Any]:  # noqa: N807  # it becomes the method of that name
        return [getattr(self, name) for name in names]

    def __setstate__(self: object, state: list[Any]) -> None:  # noqa: N807  # it becomes the method of that name
        for name, value in zip(names, state, strict=True):
            _set(self, name, value)

    return __getstate__, __setstate__


def _making(shape: _Shape) -> Callable[..., None]:
    """An `__init__` for a few values, which puts a compiled one in its place for more, and for what is wrong."""
    made = 0
    finishes = hasattr(shape.cls, "__post_init__")

    def __init__(self: Any, *arguments: Any, **named: Any) -> None:  # noqa: N807, ANN401  # it becomes the method of that name
        nonlocal made
        made += 1
        if made > _FEW or arguments or not _is_filled(self, shape.fields, named):
            real = _compiled(shape)
            shape.cls.__init__ = real  # type: ignore[misc]  # that is what it is for
            real(self, *arguments, **named)
        elif finishes:
            self.__post_init__()

    return __init__


def _is_filled(value: object, fields: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any]) -> bool:
    """Give a value what was given for its fields, and else their defaults; False where something is wrong."""
    taken = 0
    for name, options in fields.items():
        if name in given:
            _set(value, name, given[name])
            taken += 1
        elif "default" in options:
            _set(value, name, options["default"])
        elif "default_factory" in options:
            _set(value, name, options["default_factory"]())
        else:
            return False
    return taken == len(given)


def _compiled(shape: _Shape) -> Callable[..., None]:
    """The real `__init__`."""
    cls = shape.cls
    names: dict[str, Any] = {"_set": _set, "_missing": _MISSING}
    given, body = list[str](), list[str]()
    for number, (name, options) in enumerate(shape.fields.items()):
        value = name
        if "default" in options:
            names[f"_default{number}"] = options["default"]
            given.append(f"{name}=_default{number}")
        elif "default_factory" in options:
            names[f"_make{number}"] = options["default_factory"]
            given.append(f"{name}=_missing")
            value = f"_make{number}() if {name} is _missing else {name}"
        else:
            given.append(name)
        body.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    head = ", ".join(["self", *(["*"] if shape.kw_only and given else []), *given])
    text = f"def __init__({head}):\n" + ("\n".join(body) or " pass")
    exec(text, names)  # noqa: S102  # as Python's own dataclasses do it: the text is made of names of fields
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made
