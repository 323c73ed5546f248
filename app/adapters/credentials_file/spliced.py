"""A long content that differs from another one in one place, without a second copy of all the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Spliced:
    """What `base` is with `new` in the place of `base[start:stop]`. It holds secrets, and shows none."""

    base: bytes
    start: int
    stop: int
    new: bytes

    def __repr__(self) -> str:
        return f"Spliced({self.start}:{self.stop})"


Content = bytes | Spliced


def whole(content: Content | None) -> bytes | None:
    """All of it in one."""
    return b"".join(parts(content)) if isinstance(content, Spliced) else content


def parts(content: Content) -> Iterator[bytes | memoryview]:
    """What it consists of, in its order; the long parts are not copied."""
    if not isinstance(content, Spliced):
        yield content
        return
    base = memoryview(content.base)
    yield from (base[: content.start], content.new, base[content.stop :])


def is_same(content: Content | None, other: bytes | None) -> bool:
    """Whether they are equal; only the spliced place is compared where that is enough."""
    if isinstance(content, Spliced) and content.base is other:
        return content.base[content.start : content.stop] == content.new
    return whole(content) == other
