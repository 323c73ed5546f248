"""Inputs for parsers: whole samples that were damaged, pieces of the grammar put together, and plain noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

_PLACES = 1 << 16
_CHANGES = st.tuples(
    st.sampled_from(("put", "cut", "swap", "repeat", "end", "splice", "flip")),
    st.integers(0, _PLACES - 1),
    st.integers(0, _PLACES - 1),
)


def inputs(target: Target) -> st.SearchStrategy[bytes]:
    """Inputs for one parser: mostly such as pass its first checks."""
    pieces = st.sampled_from(target.pieces)
    samples = st.sampled_from(target.samples)
    damaged = st.builds(
        _damaged,
        samples,
        samples,
        st.lists(st.tuples(_CHANGES, pieces | st.binary(max_size=4)), min_size=1, max_size=6),
    )
    assembled = st.lists(pieces | st.binary(max_size=3), max_size=30).map(b"".join)
    return st.one_of(damaged, damaged, assembled, samples, st.binary(max_size=200), st.text(max_size=60).map(_bytes))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _damaged(sample: bytes, other: bytes, changes: list[tuple[tuple[str, int, int], bytes]]) -> bytes:
    data = sample
    for (how, one, two), piece in changes:
        first, second = sorted((one % (len(data) + 1), two % (len(data) + 1)))
        if how == "put":
            data = data[:first] + piece + data[first:]
        elif how == "cut":
            data = data[:first] + data[min(second, first + 40) :]
        elif how == "swap":
            data = data[:first] + piece + data[first + len(piece) :]
        elif how == "repeat":
            data = data[:second] + data[first:second][:400] + data[second:]
        elif how == "end":
            data = data[:first]
        elif how == "splice":
            data = data[:first] + other[two % (len(other) + 1) :]
        else:
            data = (
                data[:first] + bytes([data[first] ^ (1 << two % 8)]) + data[first + 1 :] if first < len(data) else data
            )
    return data
