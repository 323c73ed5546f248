"""What a person can want. The window, the tray and the command line speak to the core in these words only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.domain.configuration import Identity, Profile, Provider, Settings
    from app.domain.sts_answers import CallerIdentity
    from app.domain.view import ImportView, RequestPreview, Snapshot


class Intents(Protocol):
    """The core's front door.

    Reading is immediate. Doing is asynchronous and raises `app.domain.errors.RolecallError`; `Declined` is no
    failure. What a session's wish ended with also stands in its `SessionView`.
    """

    def snapshot(self) -> Snapshot:
        """Everything there is to show. Cheap: made again only when something changed."""

    def now(self) -> datetime:
        """The time as AWS has it (UTC): the wall clock, its measured skew corrected."""

    def subscribe(self, told: Callable[[], None]) -> Callable[[], None]:
        """Call `told` on the event loop after changes, several of them as one; returns what ends it."""

    async def assume(self, name: str, *, displace: bool = False) -> None:
        """Obtain and publish. `displace` allows setting aside a foreign section of that name."""

    async def cancel(self, name: str) -> None:
        """End what is being done for a profile; credentials it has stay."""

    async def refresh(self, name: str) -> None:
        """Renew now, whatever time is left."""

    async def refresh_all(self) -> None:
        """Renew all live sessions, parents first."""

    async def stop(self, name: str) -> None:
        """Withdraw and forget the credentials."""

    async def stop_all(self) -> None:
        """Withdraw everything of this installation, and its MFA sessions."""

    async def answer(self, key: str, code: str) -> None:
        """Answer the need `key`: an MFA code, anything to agree to a command, nothing or a SAML response to sign in."""

    async def decline(self, key: str) -> None:
        """Refuse the need `key`; all that wait for it end as cancelled."""

    async def sign_in(self, provider: str, way: str = "") -> None:
        """Sign in at a provider, whatever the profiles need; what came stands in its `ProviderView`.

        `way`: this once by another one, the value of a `Flow` that its view lists in `ways`.
        """

    async def sign_out(self, provider: str) -> None:
        """Forget what keeps a person signed in there (cookies, refresh token), and end the session at the provider.

        Sessions obtained with it stay.
        """

    async def choose_way(self, key: str, way: str) -> None:
        """Do the sign-in of the need `key` another way: the value of a `Flow` that its view lists in `ways`."""

    async def copy_sign_in_link(self, key: str) -> None:
        """Put the link of the need `key` on the clipboard, for another browser or device."""

    async def assume_offered(self, provider: str, role_arns: tuple[str, ...]) -> Mapping[str, str]:
        """Assume roles of the last assertion, all at once; profiles are made for those that have none.

        Returns the profile of each role ARN as soon as all are under way; how each ends stands in its `SessionView`.
        """

    async def put_provider(self, provider: Provider, *, client_secret: str = "", formerly: str = "") -> None:
        """Add or change a provider. `client_secret` goes to the keyring; empty keeps what is there."""

    async def remove_provider(self, name: str) -> None:
        """Remove it with what keeps a person signed in; refused while profiles start from it."""

    async def copy_console_url(self, name: str, service: str = "") -> None:
        """Put a console sign-in URL on the clipboard for 60 s."""

    async def open_console(self, name: str, service: str = "") -> None:
        """Sign in to the console in the browser; the service is remembered for the profile."""

    async def copy_environment(self, name: str, shell: str) -> None:
        """Put the credentials on the clipboard as `bash`, `fish`, `powershell`, `cmd` or `json`, for 60 s."""

    async def who_am_i(self, name: str) -> CallerIdentity:
        """GetCallerIdentity with the session of a profile."""

    async def put_profile(self, profile: Profile, *, formerly: str = "") -> None:
        """Add or change a profile; `formerly` is its old name when renamed."""

    async def remove_profile(self, name: str) -> None:
        """Stop it and remove it. `put_profile` with the old value undoes it."""

    async def put_identity(self, identity: Identity, *, secret: str = "", totp: str = "", formerly: str = "") -> None:
        """Add or change an identity. `secret` and `totp` go to the keyring; empty keeps what is there."""

    async def remove_identity(self, name: str) -> None:
        """Remove it with its keyring items; refused while profiles start from it."""

    async def keep_secrets_in_memory(self) -> None:
        """Leave the keyring alone until quit: for a person who has none that is good, and says so."""

    async def put_settings(self, settings: Settings) -> None:
        """Change the settings table."""

    def preview(self, profile: Profile) -> RequestPreview:
        """What would be sent for a profile as it stands in a form, with every limit it breaks."""

    async def test(self, profile: Profile) -> str:
        """Obtain credentials for a profile as it stands in a form, publish nothing; returns the ARN obtained."""

    async def plan_import(self) -> ImportView:
        """Look at the AWS config file."""

    async def run_import(self, names: tuple[str, ...], *, keys: bool) -> int:
        """Take over the named roles; with `keys` also access keys into the keyring. Returns how many."""
