"""The ports a core is built with, in one value."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app import ports
    from app.domain.configuration import Settings
    from app.domain.endpoints import EndpointOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everyone the core can ask.

    `desktop` is None where there is none, and so is `saml_login`, the window with a provider's login page.
    `person_present` says whether somebody can be asked at all; without, a need ends as NeedsPerson. `endpoints` joins
    environment and settings; `configured` is told new settings, for those who talk to the network.
    `default_session_name` is used by profiles that set none.
    """

    clock: ports.Clock
    sts: ports.Sts
    console: ports.ConsoleSignIn
    file: ports.CredentialsFile
    secrets: ports.SecretStore
    state: ports.StateStore
    settings: ports.SettingsStore
    locks: ports.Locks
    mfa_command: ports.MfaCommand
    totp: ports.Totp
    aws_config: ports.AwsConfig
    aws_tools: ports.AwsTools
    endpoints: Callable[[Settings], EndpointOptions]
    configured: Callable[[Settings], None]
    saml: ports.SamlReader
    oidc: ports.OidcLogin
    tokens: ports.TokenSource
    journal: ports.Journal
    autostart: ports.Autostart
    profiles_file: ports.ProfilesFile
    saml_login: ports.SamlLogin | None = None
    desktop: ports.Desktop | None = None
    person_present: bool = True
    default_session_name: str = "rolecall"
    chance: Random = field(default_factory=Random)

    def now(self) -> datetime:
        """The time as AWS has it: UTC, the measured skew corrected."""
        return self.clock.now() + self.sts.clock_skew

    def surely(self) -> datetime:
        """The time that has certainly come, UTC: of what others told of the clock's error AWS was not asked yet.

        Whatever is thrown away for its age goes by this.
        """
        now = self.clock.now()
        known = now + self.sts.clock_skew
        return known if self.sts.clock_measured else min(now, known)
