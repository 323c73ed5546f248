"""`rolecall doctor`: what would go wrong, and the remedy."""

from __future__ import annotations

import asyncio
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from app.cli import acting
from app.cli.text import json_text, tell_problem
from app.core.doctor import examine

if TYPE_CHECKING:
    from app.domain.errors import Problem


def doctor(*, as_json: bool) -> int:
    """Print what was found; 1 when there was something."""
    problems = asyncio.run(_examine())
    if as_json:
        print(json_text({"findings": [asdict(problem) for problem in problems]}))
    else:
        for problem in problems:
            tell_problem(problem)
        print(f"{len(problems)} found." if problems else "Nothing found: all is well.")
    return 1 if problems else 0


async def _examine() -> list[Problem]:
    async with acting.connected() as wired:
        return [*await examine(wired.front.engine, os.environ), *wired.file_problems()]
