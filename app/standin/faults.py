"""Faults on demand: what a network, a proxy or an overloaded service does to a client.

Kinds and their details:

- `throttle`: 400 Throttling (`status`, `code` to have another of its kind)
- `server-error`: 500 InternalFailure (`status=503`: ServiceUnavailable)
- `html`: 200 with a captive portal's page (`status`)
- `hang`: the call is read and never answered (`seconds`: then the connection ends)
- `reset`: the connection is reset
- `slow-body`: the answer's body drips over `seconds` (10)
- `cut-body`: the connection ends after `keep` bytes of the body (half of it)
- `clock`: the server's clock is off by `seconds` for that call

`hang` and `reset` come before the call is served; with `after=True` it has taken effect and only the answer is lost.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "throttle": frozenset({"status", "code"}),
        "server-error": frozenset({"status"}),
        "html": frozenset({"status"}),
        "hang": frozenset({"seconds", "after"}),
        "reset": frozenset({"after"}),
        "slow-body": frozenset({"seconds"}),
        "cut-body": frozenset({"keep"}),
        "clock": frozenset({"seconds"}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One planned fault. `action` None means any, also those of the console's sign-in."""

    kind: str
    action: str | None
    details: Mapping[str, object] = field(default_factory=dict)

    def number(self, name: str, default: float) -> float:
        """A detail that is a number."""
        value = self.details.get(name, default)
        return value if isinstance(value, int | float) else default

    @property
    def after(self) -> bool:
        """Whether the call takes effect first."""
        return bool(self.details.get("after"))


class Faults:
    """The faults to come, in order; safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[Fault] = []
        self.released = threading.Event()
        """Set when those that hang are to let go; each `clear` makes a new one."""

    def plan(self, fault: Fault, times: int) -> None:
        """Let the next `times` fitting calls meet `fault`. Raises ValueError for a kind or detail that is none."""
        if fault.kind not in KINDS:
            raise ValueError(f"no fault {fault.kind!r}; there are {', '.join(KINDS)}")
        unknown = set(fault.details) - KINDS[fault.kind]
        if unknown:
            raise ValueError(f"the fault {fault.kind!r} has no detail {', '.join(sorted(unknown))}")
        with self._lock:
            self._planned += [fault] * times

    def take(self, action: str) -> Fault | None:
        """The next fault for a call of that action, if any; it is used up."""
        with self._lock:
            for index, fault in enumerate(self._planned):
                if fault.action in (None, action):
                    return self._planned.pop(index)
        return None

    def clear(self) -> None:
        """Forget what is planned, and let go who hangs."""
        with self._lock:
            self._planned.clear()
            released, self.released = self.released, threading.Event()
        released.set()
