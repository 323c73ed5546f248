"""`rolecall activity`: what happened in the last 30 days, newest first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.cli.acting import connected
from app.cli.text import json_text, printable, stamp, table

if TYPE_CHECKING:
    import argparse

    from app.domain.happening import Happening

_HEAD = ("WHEN", "WHAT", "PROFILE", "ROLE", "KEY", "UNTIL", "WHY")


async def run(options: argparse.Namespace) -> int:
    """Print the journal."""
    async with connected(ask=False) as wired:
        since = wired.front.now() - timedelta(days=options.days)
        found = [each for each in await wired.front.activity() if each.at >= since]
    shown = [each for each in found if options.profile in ("", each.profile)]
    if options.json:
        print(json_text({"activity": [_row(each) for each in shown]}))
    elif shown:
        print(table([_HEAD, *(_line(each) for each in shown)]))
    else:
        print("Nothing happened.")
    return 0


def _line(each: Happening) -> tuple[str, ...]:
    until = f"{each.expires.astimezone():%H:%M}" if each.expires is not None else ""
    role = f"{each.role} in {each.account}" if each.role else each.account
    cells = (
        f"{each.at.astimezone():%Y-%m-%d %H:%M:%S}",
        each.what.value + (", by you" if each.by_person else ""),
        each.profile,
        role,
        each.key_id,
        until,
        f"{each.why} [{each.code}]" if each.code else each.why,
    )
    return tuple(map(printable, cells))


def _row(each: Happening) -> dict[str, object]:
    texts = ("profile", "role", "account", "session_name", "key_id", "request_id", "code", "why")
    return {
        "at": stamp(each.at),
        "what": each.what.value,
        **{name: getattr(each, name) or None for name in texts},
        "by_person": each.by_person,
        "expires": stamp(each.expires) if each.expires is not None else None,
    }
