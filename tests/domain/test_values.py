from __future__ import annotations

import copy
import dataclasses
import importlib
import pickle
import pkgutil
import subprocess
import sys
from dataclasses import InitVar
from pathlib import Path
from typing import Any, ClassVar

import pytest

from app import domain
from app.domain.values import dataclass, field, names, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    name: str
    number: int = 7
    many: list[int] = field(default_factory=list)
    aside: str = field(default="aside", compare=False)
    hidden: str = field(default="hidden", repr=False)

    @property
    def twice(self) -> int:
        return 2 * self.number


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pythons:
    name: str
    number: int = 7
    many: list[int] = dataclasses.field(default_factory=list)
    aside: str = dataclasses.field(default="aside", compare=False)
    hidden: str = dataclasses.field(default="hidden", repr=False)


@dataclass(frozen=True, slots=True)
class Placed:
    first: int
    second: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Lone:
    only: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    pass


@dataclass(slots=True, kw_only=True, eq=False)
class Known:
    by: str
    times: int = 0


class Child(Lone):
    """Has a `__dict__`, as no dataclass with slots has."""


def test_a_value_is_made_shown_compared_and_hashed_as_pythons_own() -> None:
    given: dict[str, Any]
    for given in ({"name": "a"}, {"name": "b", "number": 3, "many": [1], "aside": "x", "hidden": "y"}):
        assert repr(Ours(**given)).replace("Ours", "Pythons") == repr(Pythons(**given))
        assert dataclasses.asdict(Ours(**given)) == dataclasses.asdict(Pythons(**given))
    assert Ours(name="a") == Ours(name="a", aside="other")
    assert Ours(name="a") != Ours(name="a", hidden="other")
    assert Ours(name="a") != Pythons(name="a")  # type: ignore[comparison-overlap]
    assert Ours(name="a").many is not Ours(name="a").many
    assert hash(Placed(1)) == hash(Placed(1, 2)) != hash(Placed(2, 1))
    assert len({Placed(1), Placed(1, 2)}) == 1
    assert Lone(only=1) == Lone(only=1.0)
    assert Empty() == Empty()
    assert repr(Empty()) == "Empty()"
    assert (Ours(name="a").twice, Placed.__match_args__, Ours.__match_args__) == (14, ("first", "second"), ())


def test_few_values_and_many_are_made_alike() -> None:
    counted: list[int] = []

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Made:
        number: int
        many: list[int] = field(default_factory=list)
        word: str = "word"

        def __post_init__(self) -> None:
            counted.append(self.number)

    for number in range(300):
        made, other = Made(number=number), Made(number=number, word="other", many=[number])
        assert (made.number, made.many, made.word) == (number, [], "word")
        assert (other.many, other.word) == ([number], "other")
        assert made.many is not Made(number=number).many
    assert counted == [number for number in range(300) for _ in range(3)]


def test_what_is_not_compared_is_itself_only() -> None:
    one = Known(by="itself")
    assert one == one  # noqa: PLR0124  # that is the point
    assert one != Known(by="itself")
    assert {one: 1}[one] == 1
    one.times = 3
    assert (repr(one), dataclasses.asdict(one)) == ("Known(by='itself', times=3)", {"by": "itself", "times": 3})
    assert not hasattr(one, "__dict__")


def test_the_names_of_the_fields_are_told_without_pythons_own() -> None:
    for made in (Ours, Placed, Known, Empty):
        assert names(made) == tuple(each.name for each in dataclasses.fields(made))
    assert names(Ours, of="str") == ("name", "aside", "hidden")


def test_not_a_number_equals_itself_as_in_a_tuple() -> None:
    nan = float("nan")
    assert Lone(only=nan) == Lone(only=nan)
    assert Lone(only=nan) != Lone(only=float("nan"))


def test_a_value_is_frozen_and_has_no_room_for_more() -> None:
    value = Ours(name="a")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'name'"):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'more'"):
        value.more = "b"  # type: ignore[attr-defined]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'name'"):
        del value.name
    assert not hasattr(value, "__dict__")
    assert value.name == "a"


def test_what_inherits_from_a_value_may_have_more() -> None:
    child = Child(only=1.0)
    child.more = 2  # type: ignore[attr-defined]
    assert (child.only, child.more) == (1.0, 2)  # type: ignore[attr-defined]
    with pytest.raises(dataclasses.FrozenInstanceError):
        child.only = 3.0  # type: ignore[misc]


def test_wrong_arguments_are_refused_the_first_time_and_ever_after() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Fresh:
        name: str

    for _ in range(2):
        with pytest.raises(TypeError, match="'name'"):
            Fresh()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword argument 'other'"):
            Fresh(name="a", other=1)  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="positional"):
            Fresh("a")  # type: ignore[call-arg]
    assert Fresh(name="a").name == "a"


def test_a_value_is_replaced_and_copied() -> None:
    value = Ours(name="a", many=[1])
    for changed in (dataclasses.replace(value, number=8), replace(value, number=8)):
        assert changed == Ours(name="a", number=8, many=[1])
    with pytest.raises(TypeError, match="other"):
        replace(value, other=1)  # type: ignore[call-arg]
    assert replace(Child(only=1.0), only=2.0) == Child(only=2.0)
    assert replace(Pythons(name="a"), name="b") == Pythons(name="b")
    assert copy.copy(value) == value
    deep = copy.deepcopy(value)
    assert (deep, deep.many is value.many) == (value, False)
    assert pickle.loads(pickle.dumps(Placed(3))) == Placed(3)  # noqa: S301  # made the line before


def test_what_a_class_does_when_made_is_done() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Checked:
        number: int

        def __post_init__(self) -> None:
            if self.number < 0:
                raise ValueError("below nothing")

    assert Checked(number=1).number == 1
    with pytest.raises(ValueError, match="below nothing"):
        Checked(number=-1)


def test_what_is_not_so_plain_is_left_to_python() -> None:
    @dataclass(slots=True)
    class Mutable:
        number: int

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Heir(Lone):
        more: int

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Shown:
        number: int

        def __repr__(self) -> str:
            return "shown"

    mutable = Mutable(1)
    mutable.number = 2
    assert mutable == Mutable(2)
    assert vars(Mutable)["__hash__"] is None
    assert Heir(only=1.0, more=2) == Heir(only=1.0, more=2)
    assert repr(Shown(number=1)) == "shown"


def test_what_may_change_has_slots_too_and_no_hash() -> None:
    @dataclass(slots=True, kw_only=True)
    class Mutable:
        number: int
        many: list[int] = field(default_factory=list)

    mutable = Mutable(number=1)
    mutable.number = 2
    assert mutable == Mutable(number=2) == replace(mutable, many=[])
    assert not hasattr(mutable, "__dict__")
    with pytest.raises(TypeError, match="unhashable"):
        hash(mutable)
    assert [each.name for each in dataclasses.fields(Mutable)] == ["number", "many"]
    assert not vars(Mutable)["__dataclass_params__"].frozen


def test_fields_of_a_class_that_is_left_to_python_are_pythons() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Special:
        many: list[int] = field(default_factory=list)
        aside: str = field(default="a", compare=False)
        rest: InitVar[int] = 0

    assert Special() == Special(aside="b")
    assert Special(many=[1]).many == [1]


def test_an_heir_has_the_fields_of_both() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Heir(Ours):
        word: ClassVar[str] = "word"
        number: int = 8
        more: str = "more"

    heir = Heir(name="a", many=[1])
    names = ["name", "number", "many", "aside", "hidden", "more"]
    assert [each.name for each in dataclasses.fields(heir)] == names
    assert repr(heir).partition("Heir(")[2] == "name='a', number=8, many=[1], aside='aside', more='more')"
    assert (heir.twice, heir.word) == (16, "word")
    assert not hasattr(heir, "__dict__")
    assert heir == replace(heir, aside="b") != replace(heir, more="")
    assert heir != Ours(name="a", number=8, many=[1])
    assert Ours(name="a").number == 7
    assert copy.deepcopy(heir) == heir
    with pytest.raises(dataclasses.FrozenInstanceError):
        heir.name = "b"  # type: ignore[misc]


def test_what_all_values_would_share_is_refused() -> None:
    with pytest.raises(ValueError, match="mutable default"):

        @dataclass(frozen=True, slots=True)
        class _Sharing:
            many: list[int] = []  # noqa: RUF012  # that is what is refused


def test_dataclasses_is_not_loaded_before_somebody_looks() -> None:
    code = """
from __future__ import annotations
import sys
from app.domain.values import dataclass, field, names, replace
@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    name: str
    many: tuple = field(default_factory=tuple, compare=False)
value = replace(Value(name="a"), name="b")
assert (repr(value), value == value, hash(value) == hash(value)) == ("Value(name='b', many=())", True, True)
assert not {"dataclasses", "inspect"} & set(sys.modules)
import dataclasses
assert dataclasses.asdict(value) == {"name": "b", "many": ()}
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_all_values_of_the_domain_say_that_they_are_frozen() -> None:
    """Whatever looks at them sees what Python's own decorator would have made."""
    seen = 0
    for module in pkgutil.iter_modules(domain.__path__, "app.domain."):
        found: list[Any] = list(vars(importlib.import_module(module.name)).values())
        for each in found:
            if isinstance(each, type) and each.__module__ == module.name and dataclasses.is_dataclass(each):
                seen += 1
                params: Any = vars(each)["__dataclass_params__"]
                assert params.frozen, each
                assert {one.name for one in dataclasses.fields(each)} >= set(vars(each)["__slots__"])
    assert seen > 100
