"""Python's own start of a program under libfaketime: it sleeps another way.

libfaketime 0.9.10 takes the faked wall clock for the base of every sleep until a moment, also of the monotonic clock;
Python sleeps that way since 3.11 and would be refused.
"""

from __future__ import annotations

import select
import time
from typing import SupportsIndex


def sleep(seconds: float | SupportsIndex) -> None:
    """Wait without naming a moment."""
    if (left := float(seconds)) > 0:
        select.select([], [], [], left)


time.sleep = sleep
