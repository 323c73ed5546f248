"""Opening the console as a profile: which session may, for how long, and the URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import console
from app.domain.values import replace

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.engine import Engine
    from app.domain.credentials import Obtained
    from app.domain.secret import Secret

CONSOLE_SECONDS = 43200
"""The longest AWS grants. Where a role allows less AWS refuses, and the sign-in is asked again without a wish."""
SHORTEST_SECONDS, _ = console.SESSION_DURATION


async def sign_in_url(engine: Engine, name: str, service: str) -> Secret:
    """The URL that signs a browser in as the profile `name`; obtains its session first when there is none.

    A console of what is lent ends with the loan, or after the 15 minutes that AWS grants at least.
    """
    keeper = engine.keeper(name)
    kind = console.session_kind(keeper.chain.action, chained=keeper.chain.chained)
    console.session_duration(kind, CONSOLE_SECONDS)
    region = keeper.region
    service_id = service or keeper.profile.console_service
    console.destination(service_id, region)
    obtained = keeper.session.obtained if keeper.session.wanted else None
    if obtained is None or not obtained.live(engine.world.now()):
        obtained = await engine.assume(name)
    credentials = (await keeper.confirmed(obtained)).credentials_or_fail()
    duration = console.session_duration(kind, _seconds(obtained, engine.world.now()))
    token = await engine.world.console.sign_in_token(credentials, region=region, duration_seconds=duration)
    settings = engine.roster.configuration.settings
    override = engine.world.endpoints(settings).sign_in_override
    return console.login_url(
        token, region=region, service_id=service_id, override=override, logout_first=settings.console_logout_first
    )


def _seconds(obtained: Obtained, now: datetime) -> int:
    if obtained.lease_ends is None:
        return CONSOLE_SECONDS
    left = int((obtained.lease_ends - now).total_seconds())
    return min(CONSOLE_SECONDS, max(SHORTEST_SECONDS, left))


async def remember_service(engine: Engine, name: str, service: str) -> None:
    """Keep the console page chosen for a profile."""
    profile = engine.keeper(name).profile
    if service and service != profile.console_service:
        changed = replace(profile, console_service=service)
        await engine.configure(await engine.world.settings.put(changed))
