"""What holds for every parser: a value, or an error of our own tree that introduces itself and gives nothing away."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.domain.errors import Declined, RolecallError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
_WORDS_MOST = 16_000
_TELLING = 6
"""A shorter piece of an input stands in many texts by chance."""


def text_of(data: bytes) -> str:
    """Bytes as a text that a command line might bring, too: what is no UTF-8 becomes single surrogates."""
    return data.decode("utf-8", "surrogateescape")


def judged(read: Callable[[], T], *, hidden: Iterable[str] = ()) -> T | None:
    """What was read; None when it was refused as it should be. Every other exception goes through, and is a finding."""
    try:
        return read()
    except RolecallError as error:
        introduces_itself(error, hidden=hidden)
        return None


def introduces_itself(error: RolecallError, *, hidden: Iterable[str] = ()) -> None:
    """Hold an error against its tree: it says what, why and what to do, at some length, and repeats nothing hidden."""
    assert error.code, repr(error)
    assert error.code == error.code.lower(), error.code
    assert " " not in error.code, error.code
    # What a person declined is no failure, and is not explained to them
    for name in ("title",) if isinstance(error, Declined) else ("title", "detail", "remedy"):
        words = getattr(error, name)
        assert isinstance(words, str), f"{name} of {error.code}"
        assert words.strip(), f"{error.code} has no {name}"
        assert len(words) <= _WORDS_MOST, f"{name} of {error.code} has {len(words)} characters"
    told = "\n".join(_told(error))
    for secret in hidden:
        if len(secret) >= _TELLING:
            assert secret not in told, f"{error.code} tells what is hidden"


def _told(error: BaseException) -> Iterator[str]:
    """All that an error, and what it hangs on to, could say to a log."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield f"{one!s}\n{one!r}\n{vars(one)!r}"
        waiting += [one.__cause__, one.__context__]
