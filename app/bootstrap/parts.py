"""Those whom a core asks only for some wishes: each is made, and what it needs imported, for the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.adapters.autostart import AutostartSwitch
    from app.adapters.aws_tools import AwsTools
    from app.adapters.console_sign_in import ConsoleSignInClient
    from app.adapters.credentials_file.file import CredentialsFile
    from app.adapters.http import Http
    from app.adapters.mfa_command import CommandRunner
    from app.adapters.oidc.client import OidcClient
    from app.adapters.saml.reader import SamlReader
    from app.adapters.settings_file.profiles_file import ProfilesFile
    from app.adapters.tokens import TokenSource
    from app.adapters.totp import Totp

NEEDED_SOON = (
    "app.adapters.aws_tools",
    "app.adapters.oidc.client",
    "app.adapters.saml.reader",
    "app.adapters.settings_file.profiles_file",
    "app.core.editing",
    "app.core.importing",
    "app.core.preview",
    "app.core.providers",
    "app.core.sharing",
    "app.core.tools",
)
"""What a window needs with the next clicks."""


class Parts:
    """How each of them is made. `now` tells the corrected time (UTC)."""

    def __init__(
        self,
        environ: Mapping[str, str],
        installation: str,
        *,
        http: Http,
        file: CredentialsFile,
        now: Callable[[], datetime],
    ) -> None:
        self._environ = environ
        self._installation = installation
        self._http = http
        self._file = file
        self._now = now

    def autostart(self) -> AutostartSwitch:
        """Starting with the session."""
        from app.adapters.autostart import AutostartSwitch, this_program

        return AutostartSwitch(self._environ, this_program(self._environ))

    def aws_tools(self) -> AwsTools:
        """What AWS tools find."""
        from app.adapters.aws_tools import AwsTools
        from app.adapters.credentials_file.inspector import Inspector
        from app.adapters.credentials_file.location import config_path, credentials_path

        config = config_path(self._environ)
        inspector = Inspector(self._file, config, installation=self._installation)
        return AwsTools(self._environ, config=config, credentials=credentials_path(self._environ), inspector=inspector)

    def console(self) -> ConsoleSignInClient:
        """The console's sign-in."""
        from app.adapters.console_sign_in import ConsoleSignInClient
        from app.domain.configuration import Settings
        from app.domain.endpoints import EndpointOptions

        endpoints = EndpointOptions.from_environment(self._environ, Settings())
        return ConsoleSignInClient(self._http, override=endpoints.sign_in_override)

    def mfa_command(self) -> CommandRunner:
        """Commands that print codes."""
        from app.adapters.mfa_command import CommandRunner

        return CommandRunner(self._environ)

    def oidc(self) -> OidcClient:
        """OIDC providers."""
        from app.adapters.oidc.client import OidcClient

        return OidcClient(self._http, now=self._now)

    def profiles_file(self) -> ProfilesFile:
        """Profiles that are shared as a file."""
        from app.adapters.settings_file.profiles_file import ProfilesFile

        return ProfilesFile()

    def saml(self) -> SamlReader:
        """SAML responses."""
        from app.adapters.saml.reader import SamlReader

        return SamlReader()

    def tokens(self) -> TokenSource:
        """Tokens that something else keeps fresh."""
        from app.adapters.tokens import TokenSource

        return TokenSource(self._environ)

    def totp(self) -> Totp:
        """Codes of stored TOTP secrets."""
        from app.adapters.totp import Totp

        return Totp()
