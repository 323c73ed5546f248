"""`rolecall list`: from the files alone, nobody is asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.text import json_text, printable, stamp, table, tell_problem, time_left
from app.domain import schedule
from app.domain.view import Status

if TYPE_CHECKING:
    from datetime import datetime

    from app.bootstrap.reading import Light
    from app.domain.configuration import Profile, Refusal

Row = dict[str, object]


def list_profiles(*, as_json: bool) -> int:
    """Print every profile with its status and time left."""
    light = bootstrap.light()
    now = light.now
    rows = [_row(light, profile, now) for profile in light.configuration.profiles.values()]
    rows += [_refused(refusal) for refusal in light.configuration.refusals if refusal.entry.startswith("profile.")]
    if as_json:
        print(json_text({"profiles": rows}))
        return 0
    if not rows:
        print("No profiles yet. `rolecall` opens the window, which imports or adds them.")
    else:
        print(table([("PROFILE", "STATUS", "LEFT", "PUBLISHED AS", "ROLE"), *map(_line, rows)]))
    for refusal in light.configuration.refusals:
        print(f"\n{printable(refusal.entry)}" + (f", line {refusal.line}" if refusal.line else ""), file=sys.stderr)
        tell_problem(refusal.problem)
    return 0


def _row(light: Light, profile: Profile, now: datetime) -> Row:
    found = light.find(profile.name)
    record = light.state.sessions.get(profile.name)
    row: Row = {
        "name": profile.name,
        "status": Status.IDLE.value,
        "group": profile.group,
        "role_arn": str(profile.role_arn) if profile.role_arn else None,
        "source": str(profile.source),
        "aws_profile": light.place(profile.name).aws_profile or None,
    }
    if found is not None:
        lead = schedule.lead(found.obtained.life)
        status = Status.ACTIVE if found.obtained.live(now, lead) else Status.EXPIRING
        left = found.obtained.ends - now
        row |= {
            "status": status.value,
            "expires": stamp(found.obtained.ends),
            "seconds_left": max(int(left.total_seconds()), 0),
            "access_key_id": found.obtained.access_key_id,
            "arn": found.obtained.arn or None,
        }
    elif record is not None and record.ends <= light.surely:
        row |= {"status": Status.EXPIRED.value, "expires": stamp(record.ends)}
    return row


def _refused(refusal: Refusal) -> Row:
    return {
        "name": refusal.entry.partition(".")[2],
        "status": Status.FAILED.value,
        "problem": {"code": refusal.problem.code, "title": refusal.problem.title, "remedy": refusal.problem.remedy},
    }


def _line(row: Row) -> tuple[str, ...]:
    from datetime import timedelta

    seconds = row.get("seconds_left")
    left = time_left(timedelta(seconds=seconds)) if isinstance(seconds, int) else ""
    cells = (row["name"], row["status"], left, row.get("aws_profile") or "", row.get("role_arn") or "")
    return tuple(printable(str(cell)) for cell in cells)
