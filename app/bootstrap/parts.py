"""Those whom a core asks only for some wishes: each is made, and what it needs imported, for the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.adapters.autostart import AutostartSwitch
    from app.adapters.aws_config import AwsConfigFile
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
    "app.adapters.aws_config",
    "app.adapters.aws_tools",
    "app.adapters.oidc.client",
    "app.adapters.saml.reader",
    "app.adapters.settings_file.profiles_file",
    "app.adapters.sigv4",
    "app.adapters.sts.decode",
    "app.adapters.sts.query",
    "app.core.editing",
    "app.core.importing",
    "app.core.preview",
    "app.core.providers",
    "app.core.sharing",
    "app.core.tools",
    "app.domain.managed_policies",
    "app.domain.policy_check",
    "app.domain.typed",
    "app.domain.twin",
)
"""What a window needs with the next clicks."""
SHOWN_SOON = (
    "app.ui.places",
    "app.ui.code_boxes",
    "app.ui.sheet",
    "app.ui.mfa_sheet",
    "app.ui.paste_field",
    "app.ui.qr",
    "app.ui.sign_in_parts",
    "app.ui.sign_in_sheet",
    "app.ui.confirm_sheet",
    "app.ui.choice_sheet",
    "app.ui.window_menus",
    "app.ui.twins",
    "app.ui.composite",
    "app.ui.choices",
    "app.ui.forms",
    "app.ui.matching",
    "app.ui.palette_acts",
    "app.ui.palette_entries",
    "app.ui.palette_still",
    "app.ui.palette_finder",
    "app.ui.palette_list",
    "app.ui.palette",
    "app.ui.profile_draft",
    "app.ui.page",
    "app.ui.editor_page",
    "app.ui.rows_control",
    "app.ui.policy_arns",
    "app.ui.policy_text",
    "app.ui.policy_editor",
    "app.ui.profile_tags",
    "app.ui.profile_form",
    "app.ui.side_pane",
    "app.ui.request_preview",
    "app.ui.profile_editor",
    "app.ui.settings_page",
    "app.ui.facts_pane",
    "app.ui.activity_words",
    "app.ui.activity_model",
    "app.ui.activity_pane",
    "app.ui.activity_rows",
    "app.ui.activity_view",
    "app.ui.activity_page",
    "app.ui.deadlines_paint",
    "app.ui.deadlines_axis",
    "app.ui.deadlines_banner",
    "app.ui.deadlines_model",
    "app.ui.deadlines_scale",
    "app.ui.deadlines_view",
    "app.ui.deadlines_page",
    "app.ui.need_words",
    "app.ui.import_rows",
    "app.ui.need_cards",
    "app.ui.needs_page",
    "app.ui.roles_model",
    "app.ui.roles_view",
    "app.ui.provider_roles",
    "app.ui.provider_status",
    "app.ui.provider_page",
    "app.ui.source_editor",
    "app.ui.identity_editor",
    "app.ui.provider_form",
    "app.ui.provider_editor",
    "app.ui.tools_parts",
    "app.ui.tools_key",
    "app.ui.tools_requests",
    "app.ui.tools_who",
    "app.ui.tools_why",
    "app.ui.tools_page",
    "app.ui.sharing_lines",
    "app.ui.sharing_list",
    "app.ui.sharing_export",
    "app.ui.sharing_plan",
    "app.ui.sharing_import",
    "app.ui.sharing_page",
    "app.ui.import_lines",
    "app.ui.import_page",
    "app.ui.shortcut_sheet",
)
"""What it shows with them, each after what it needs itself: so that each takes a moment only."""


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
        self._aws_config: AwsConfigFile | None = None

    def autostart(self) -> AutostartSwitch:
        """Starting with the session."""
        from app.adapters.autostart import AutostartSwitch, this_program

        return AutostartSwitch(self._environ, this_program(self._environ))

    def aws_config(self) -> AwsConfigFile:
        """The AWS config file."""
        from app.adapters.aws_config import AwsConfigFile

        self._aws_config = AwsConfigFile(self._environ)
        return self._aws_config

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

    def close(self) -> None:
        """Let go of those that hold on to something."""
        if self._aws_config is not None:
            self._aws_config.close()
