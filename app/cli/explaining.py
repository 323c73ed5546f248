"""`rolecall whoami`, `rolecall key` and `rolecall why`: what the tools of the core say, as text or JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from app.cli.text import json_text, printable, stamp, tell_problem
from app.core.keeper import Wish
from app.domain.denial import Verdict
from app.domain.errors import RolecallError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from app.bootstrap.wiring import Wired
    from app.domain.caller import Caller, LookedAt
    from app.domain.denial import Cause, Denial, MatchedStatement
    from app.domain.errors import Problem
    from app.domain.x_ray import Ailment, Holder, XRay

_MARKS = {Verdict.LIKELY: "!", Verdict.OPEN: "?", Verdict.RULED_OUT: "-"}


async def whoami(wired: Wired, options: argparse.Namespace) -> int:
    """Print who a session, an identity, or the keys of AWS tools are."""
    subject = f"aws.{options.aws}" if options.aws else "aws"
    if options.identity:
        subject = f"identity.{options.identity}"
    elif options.name:
        subject = f"profile.{options.name}"
    caller = await wired.front.tools.who_am_i(subject)
    if options.json:
        print(json_text(_caller(caller)))
    else:
        if caller.problem is not None:
            # Before the places, which it speaks of
            tell_problem(caller.problem)
        _say(_caller_lines(caller))
    return 0 if caller.problem is None else 1


def _caller(caller: Caller) -> dict[str, Any]:
    return {
        "Account": caller.account,
        "Arn": caller.arn,
        "UserId": caller.user_id,
        "kind": caller.kind,
        "name": caller.name,
        "session_name": caller.session_name,
        "access_key_id": caller.key_id,
        "chain": [
            {"place": each.place, "found": each.found, "used": each.used, "reached": each.reached, "note": each.note}
            for each in caller.chain
        ],
        "problem": _problem(caller.problem),
    }


def _caller_lines(caller: Caller) -> Iterable[str]:
    if caller.arn:
        yield caller.arn
        named = f", session {caller.session_name}" if caller.session_name else ""
        yield f"account {caller.account}, user ID {caller.user_id}{named}"
    if caller.chain:
        yield "" if caller.arn else "AWS tools look here, in this order:"
        yield from map(_place, caller.chain)


def _place(place: LookedAt) -> str:
    mark = ">" if place.used else "+" if place.found else " "
    return f" {mark} {place.place}" + (f": {place.note}" if place.note else "")


async def key(wired: Wired, options: argparse.Namespace) -> int:
    """Print what there is to know about an access key ID, and what is wrong in the files."""
    ray = await wired.front.tools.x_ray(options.access_key_id)
    if options.json:
        print(json_text(_ray(ray)))
    else:
        _say(_ray_lines(ray))
        if ray.problem is not None:
            tell_problem(ray.problem)
    return 0 if ray.problem is None else 1


def _ray(ray: XRay) -> dict[str, Any]:
    return {
        "access_key_id": ray.access_key_id,
        "kind": ray.kind,
        "temporary": ray.temporary,
        "account": ray.account or None,
        "holders": [
            {
                "where": each.where,
                "name": each.name,
                "path": each.path or None,
                "line": each.line or None,
                "state": each.state or None,
                "expires": stamp(each.expires) if each.expires else None,
                "note": each.note or None,
            }
            for each in ray.holders
        ],
        "ailments": [
            {"code": each.code, "title": each.title, "detail": each.detail, "advice": each.advice}
            for each in ray.ailments
        ],
        "problem": _problem(ray.problem),
    }


def _ray_lines(ray: XRay) -> Iterable[str]:
    if ray.access_key_id:
        yield f"{ray.access_key_id} is {ray.kind}."
        if ray.account:
            yield f"account {ray.account}"
        yield "" if ray.holders else "Nobody here holds it."
        yield from map(_holder, ray.holders)
    for each in ray.ailments:
        yield ""
        yield from _ailment(each)
    if not ray.access_key_id and not ray.ailments:
        yield "Nothing is wrong in the files of AWS tools."


def _holder(holder: Holder) -> str:
    where = f", {holder.path}:{holder.line}" if holder.path else ""
    until = f", until {stamp(holder.expires)}" if holder.expires else ""
    facts = ", ".join(filter(None, (holder.state, holder.note)))
    return f"{holder.where} {holder.name}{where}" + (f": {facts}{until}" if facts else "")


def _ailment(ailment: Ailment) -> Iterable[str]:
    yield f"{ailment.title} [{ailment.code}]"
    yield from (f"  {words}" for words in (ailment.detail, ailment.advice) if words)


async def why(wired: Wired, options: argparse.Namespace) -> int:
    """Print why something was denied, or why AWS refuses a profile."""
    if options.failed:
        return await _why_failed(wired, options)
    text = sys.stdin.read() if options.text == "-" else options.text
    return _told(await wired.front.tools.why_denied(text, options.profile), as_json=options.json)


async def _why_failed(wired: Wired, options: argparse.Namespace) -> int:
    """Ask once more for what another process was refused: reasons are not kept. Nothing is published."""
    engine = wired.front.engine
    wish = Wish(profile=options.failed, since=engine.world.now(), by_person=True)
    keeper = engine.keeper(options.failed)
    try:
        await keeper.sign(wish)
    except RolecallError:
        if keeper.session.problem is None:
            raise
    return _told(await wired.front.tools.why_failed(options.failed), as_json=options.json)


def _told(denial: Denial, *, as_json: bool) -> int:
    if as_json:
        print(json_text(_denial(denial)))
    else:
        _say(_denial_lines(denial))
        if denial.problem is not None:
            tell_problem(denial.problem)
    return 0 if denial.problem is None else 1


def _denial(denial: Denial) -> dict[str, Any]:
    return {
        "sentence": denial.sentence,
        "advice": denial.advice or None,
        "who": denial.who or None,
        "action": denial.action or None,
        "resource": denial.resource or None,
        "allowed": denial.allowed,
        "explicit": denial.explicit,
        "policy_type": denial.policy_type or None,
        "statements": [
            {"id": each.id, "effect": each.effect, "policy": each.policy, "actions": each.actions}
            for each in denial.statements
        ],
        "conditions": {each.key: each.values for each in denial.conditions},
        "decoded_with": denial.decoded_with or None,
        "raw": denial.raw or None,
        "request_id": denial.request_id or None,
        "profile": denial.profile or None,
        "sent": {each.name: None if each.hidden else each.value for each in denial.sent},
        "causes": [
            {"title": each.title, "verdict": each.verdict.value, "detail": each.detail, "remedy": each.remedy}
            for each in denial.causes
        ],
        "problem": _problem(denial.problem),
    }


def _denial_lines(denial: Denial) -> Iterable[str]:
    yield denial.sentence
    if denial.advice:
        yield denial.advice
    if denial.decoded_with:
        yield f"Decoded with the session of “{denial.decoded_with}”."
    yield from map(_statement, denial.statements)
    if denial.conditions:
        yield ""
        yield from (f"  {each.key} = {', '.join(each.values)}" for each in denial.conditions)
    for cause in denial.causes:
        yield from _cause(cause)


def _statement(statement: MatchedStatement) -> str:
    name = statement.id or "(without an ID)"
    return f"Statement {name}: {statement.effect} {', '.join(statement.actions)} on {', '.join(statement.resources)}"


def _cause(cause: Cause) -> Iterable[str]:
    yield ""
    yield f" {_MARKS[cause.verdict]} {cause.title} ({cause.verdict.value})"
    if cause.verdict is Verdict.RULED_OUT:
        yield f"   {cause.detail}"
        return
    for words in (cause.detail, cause.remedy):
        yield from (f"   {line}" for line in words.splitlines())


def _problem(problem: Problem | None) -> dict[str, str] | None:
    if problem is None:
        return None
    return {"code": problem.code, "title": problem.title, "detail": problem.detail, "remedy": problem.remedy}


def _say(lines: Iterable[str]) -> None:
    print("\n".join(map(printable, lines)))
