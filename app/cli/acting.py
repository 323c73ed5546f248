"""Commands that do something: each runs one core on an event loop of its own."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli import terminal
from app.cli.text import json_text, local, printable, stamp, tell_problem, time_left
from app.cli.wording import listed
from app.domain.configuration import Flow
from app.domain.errors import BadInput, Declined, NeedsPerson, RolecallError
from app.domain.settings_fields import MFA_SESSION_PREFIX

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Iterator
    from datetime import datetime

    from app.bootstrap.wiring import Wired
    from app.core.engine import Engine
    from app.domain.credentials import Credentials, Obtained

SKEW_TOLD_SECONDS = 60
WAITING_TOLD_SECONDS = 2.0


def run(options: argparse.Namespace) -> int:
    """Run the command in `options`."""
    commands = {
        "assume": _assume,
        "stop": _stop,
        "console": _console,
        "whoami": _whoami,
        "identity": _identity,
        "provider": _provider,
        "decode": _decode,
        "key": _key,
        "key-info": _key_info,
        "why": _why,
        "activity": _activity,
        "export": _sharing,
        "import": _sharing,
    }
    return asyncio.run(commands[options.command](options))


async def _activity(options: argparse.Namespace) -> int:
    from app.cli import activity

    return await activity.run(options)


async def _sharing(options: argparse.Namespace) -> int:
    from app.cli import sharing

    return await sharing.run(options)


@asynccontextmanager
async def connected(*, ask: bool = True, print_links: bool = False) -> AsyncIterator[Wired]:
    """A core that has adopted what lives; questions go to the terminal if there is one and `ask` allows it."""
    present = ask and terminal.is_there()
    wired = bootstrap.wire(
        person_present=present,
        ask_passphrase=terminal.passphrase if present else None,
        tell=terminal.tell,
        print_links=print_links,
    )
    answering: asyncio.Task[None] | None = None
    try:
        await wired.front.start()
        if present:
            answering = asyncio.create_task(terminal.answer_questions(wired.front))
        yield wired
    finally:
        if answering is not None:
            answering.cancel()
            await asyncio.wait([answering])
        await wired.close()


def live_credentials(name: str) -> Credentials:
    """Live credentials of a profile, renewed first if they are about to expire and that needs no person."""
    from app.core.supervisor import wants_renewal

    async def obtain() -> Credentials:
        async with connected(ask=False) as wired:
            engine = wired.front.engine
            keeper = engine.keeper(name)
            if wants_renewal(keeper, engine.world.now(), hurry=True):
                await engine.renew(keeper)
            obtained = keeper.session.obtained
            if obtained is None:
                raise NeedsPerson(
                    code="no-session", title=f"“{name}” has no live session", remedy=f"Run `rolecall assume {name}`."
                )
            return (await keeper.confirmed(obtained)).credentials_or_fail()

    return asyncio.run(obtain())


async def _assume(options: argparse.Namespace) -> int:
    async with connected(print_links=options.no_browser) as wired:
        engine = wired.front.engine
        if options.assertion:
            from app.cli import signing_in

            await wired.front.give_response(options.name, signing_in.read_assertion(options.assertion))
        if options.device:
            wired.front.prefer_way(options.name, Flow.DEVICE)
        _load_for_request(wired, options)
        obtained = await _confirmed(engine, options)
        view = wired.front.row(options.name)
        if not engine.keeper(options.name).session.published:
            print(f"{options.name}: obtained, but not kept anywhere: gone with this command.", file=sys.stderr)
            problem = wired.front.snapshot().health.keyring_problem
            if problem is not None:
                tell_problem(problem)
            return 1
        left = obtained.ends - engine.world.now()
        if options.json:
            _print_json(_told(options.name, obtained, view.published_as, left.total_seconds()))
            return 0
        where = f"published as [{view.published_as}]" if view.published_as else "kept in the keyring"
        print(f"{options.name}: {where} for {time_left(left)}, until {local(obtained.ends)}.")
        if view.note:
            print(printable(view.note), file=sys.stderr)
        for name, keeper in engine.roster.profiles.items():
            if keeper.session.problem is not None and keeper.session.problem.code == "replaced":
                other = wired.front.row(name)
                print(f"{name}: replaced, it was published as [{other.published_as}] too.", file=sys.stderr)
        _tell_skew(engine.world.sts.clock_skew.total_seconds())
    return 0


def _load_for_request(wired: Wired, options: argparse.Namespace) -> None:
    """Load what a request needs while the keyring is asked, if there will be one. What is wrong is told by that."""
    with suppress(RolecallError):
        keeper = wired.front.engine.keeper(options.name)
        if keeper.region and (options.refresh or keeper.session.obtained is None):
            wired.sts.prepare(keeper.region)


async def _confirmed(engine: Engine, options: argparse.Namespace) -> Obtained:
    """Assume; a profile that has to be confirmed is asked about on the terminal. Raises NeedsPerson without one."""
    typed: str = options.confirm
    while True:
        try:
            return await engine.assume(options.name, displace=options.replace, force=options.refresh, confirmed=typed)
        except BadInput as error:
            if error.code != "confirmation-needed" or typed:
                raise
            if not terminal.is_there():
                raise NeedsPerson(
                    code=error.code, title=error.title, detail=error.detail, remedy=error.remedy, field=error.field
                ) from None
            print(printable(error.detail), file=sys.stderr)
        typed = await terminal.ask(f"Type {printable(options.name)} to assume it: ")
        if not typed:
            raise Declined


def _tell_skew(seconds: float) -> None:
    """Say that this machine's clock is wrong, once it matters."""
    if abs(seconds) > SKEW_TOLD_SECONDS:
        off = f"{time_left(timedelta(seconds=abs(seconds)))} {'behind' if seconds > 0 else 'ahead of'} AWS's"
        print(f"This machine's clock is {off}. Requests are corrected for it; set the clock.", file=sys.stderr)


def _told(name: str, obtained: Obtained, aws_profile: str, seconds_left: float) -> dict[str, object]:
    return {
        "name": name,
        "status": "active",
        "aws_profile": aws_profile or None,
        "access_key_id": obtained.access_key_id,
        "arn": obtained.arn or None,
        "expires": stamp(obtained.ends),
        "lease_ends": stamp(obtained.lease_ends) if obtained.lease_ends is not None else None,
        "seconds_left": int(seconds_left),
        "chained": obtained.chained,
        "packed_policy_size": obtained.packed_policy_size,
        "request_id": obtained.request_id or None,
    }


async def _stop(options: argparse.Namespace) -> int:
    async with connected(ask=False) as wired:
        engine = wired.front.engine
        live = {n: expires for n, expires in (await _live(engine)).items() if options.all or n == options.name}
        removed: frozenset[str] = frozenset()
        with _told_if_it_takes_long("Still waiting: another Rolecall is busy with it, or the keyring does not answer."):
            if options.all:
                removed = await engine.stop_all()
            else:
                await engine.stop(options.name)
        if options.json:
            until = {name: stamp(expires) for name, expires in live.items()}
            _print_json({"stopped": sorted(live), "removed_sections": sorted(removed), "keys_valid_until": until})
            return 0
        for name, expires in sorted(live.items()):
            print(f"{name}: withdrawn. AWS cannot take back keys already handed out: valid until {local(expires)}.")
        if not live:
            print("Nothing was live." if not removed else f"Removed {printable(', '.join(sorted(removed)))}.")
    return 0


@contextmanager
def _told_if_it_takes_long(words: str) -> Iterator[None]:
    telling = asyncio.get_running_loop().call_later(
        WAITING_TOLD_SECONDS, partial(print, words, "Ctrl+C ends this.", file=sys.stderr)
    )
    try:
        yield
    finally:
        telling.cancel()


async def _live(engine: Engine) -> dict[str, datetime]:
    """Until when what lives is valid, by profile; also of profiles that are configured no more."""
    now = engine.world.now()
    shared = await engine.shelf.read()
    there = {section.profile for section in shared.sections.values()}
    live = {
        each.name: each.expires
        for each in shared.state.sessions.values()
        if each.expires > now
        and not each.name.startswith(MFA_SESSION_PREFIX)
        and (each.kept_in_keyring or each.name in there)
    }
    for name, keeper in engine.roster.profiles.items():
        if keeper.session.obtained is not None:
            live[name] = keeper.session.obtained.expires
    return live


async def _console(options: argparse.Namespace) -> int:
    from app.core.console import sign_in_url

    async with connected() as wired:
        url = await sign_in_url(wired.front.engine, options.name, options.service)
        if not options.open:
            print(url.reveal())
            return 0
        from app.bootstrap.browser import open_once

        print("Opening the console in your browser.", file=sys.stderr)
        await open_once(url)
    return 0


async def _whoami(options: argparse.Namespace) -> int:
    from app.cli import explaining

    async with connected(ask=False) as wired:
        return await explaining.whoami(wired, options)


async def _key(options: argparse.Namespace) -> int:
    from app.cli import explaining

    async with connected(ask=False) as wired:
        return await explaining.key(wired, options)


async def _why(options: argparse.Namespace) -> int:
    from app.cli import explaining

    async with connected(ask=bool(options.failed)) as wired:
        return await explaining.why(wired, options)


async def _identity(options: argparse.Namespace) -> int:
    from app.cli import identity

    if options.action == "list":
        async with connected(ask=False) as wired:
            return identity.show(wired, as_json=options.json)
    async with connected() as wired:
        if options.action == "remove":
            with listed("identity"):
                await wired.front.remove_identity(options.name)
            print(f"{options.name}: removed, with its secrets.")
            return 0
        return await identity.add(wired, options)


async def _provider(options: argparse.Namespace) -> int:
    from app.cli import provider

    if options.action == "list":
        async with connected(ask=False) as wired:
            return provider.show(wired, as_json=options.json)
    async with connected(print_links=getattr(options, "no_browser", False)) as wired:
        return await provider.ACTIONS[options.action](wired, options)


async def _decode(options: argparse.Namespace) -> int:
    from app.cli import tools

    async with connected() as wired:
        return await tools.decode(wired, options.name, options.message)


async def _key_info(options: argparse.Namespace) -> int:
    from app.cli import tools

    async with connected() as wired:
        return await tools.key_info(wired, options.name, options.access_key_id, as_json=options.json)


def _print_json(value: object) -> None:
    print(json_text(value))
