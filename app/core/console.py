"""Opening the console as a profile: which session may, for how long, and the URL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain import console

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.domain.secret import Secret

CONSOLE_SECONDS = 43200
"""The longest AWS grants. Where a role allows less AWS refuses, and the sign-in is asked again without a wish."""


async def sign_in_url(engine: Engine, name: str, service: str) -> Secret:
    """The URL that signs a browser in as the profile `name`; obtains its session first when there is none."""
    keeper = engine.keeper(name)
    kind = console.session_kind(keeper.chain.action, chained=keeper.chain.chained)
    duration = console.session_duration(kind, CONSOLE_SECONDS)
    region = keeper.region
    service_id = service or keeper.profile.console_service
    console.destination(service_id, region)
    obtained = keeper.session.obtained if keeper.session.wanted else None
    if obtained is None or not obtained.live(engine.world.now()):
        obtained = await engine.assume(name)
    credentials = (await keeper.confirmed(obtained)).credentials_or_fail()
    token = await engine.world.console.sign_in_token(credentials, region=region, duration_seconds=duration)
    settings = engine.roster.configuration.settings
    override = engine.world.endpoints(settings).sign_in_override
    return console.login_url(
        token, region=region, service_id=service_id, override=override, logout_first=settings.console_logout_first
    )


async def remember_service(engine: Engine, name: str, service: str) -> None:
    """Keep the console page chosen for a profile."""
    profile = engine.keeper(name).profile
    if service and service != profile.console_service:
        changed = replace(profile, console_service=service)
        await engine.configure(await engine.world.settings.put(changed))
