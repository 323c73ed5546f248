"""What a person can want. The window, the tray and the command line speak to the core in these words only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.domain.caller import Caller
    from app.domain.configuration import Identity, Profile, Provider, Settings
    from app.domain.deadlines import Deadlines, ToppedUp
    from app.domain.denial import Denial
    from app.domain.differences import ProfilesPlan
    from app.domain.exchange import Exchange
    from app.domain.happening import Happening
    from app.domain.view import ImportView, RequestPreview, Snapshot
    from app.domain.x_ray import Remedy, XRay


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

    @property
    def tools(self) -> Tools:
        """Questions to STS that explain something."""

    @property
    def sharing(self) -> Sharing:
        """Profiles as a file for a colleague."""

    async def assume(self, name: str, *, displace: bool = False, confirmed: str = "") -> None:
        """Obtain and publish. `displace` allows setting aside a foreign section of that name.

        `confirmed` is the profile's name as a person typed it, or held a button for it: without it a profile that
        asks for that (`confirm`) and has no live credentials raises BadInput `confirmation-needed`; so does one that
        starts from such a profile, where that has none.
        """

    async def cancel(self, name: str) -> None:
        """End what is being done for a profile; credentials it has stay."""

    async def refresh(self, name: str, *, confirmed: str = "") -> None:
        """Renew now, whatever time is left. `confirmed` as for `assume`: a guarded one that is lent asks again."""

    async def refresh_all(self) -> tuple[str, ...]:
        """Renew all live sessions, parents first, but what is lent or has to be confirmed: returns these."""

    async def top_up(self) -> ToppedUp:
        """Renew everything that lives, in the right order: MFA sessions and sign-ins, then parents, then children.

        Asks a person for at most one code for each device and one sign-in for each provider; what would need more is
        left as it is, and told.
        """

    def deadlines(self) -> Deadlines:
        """All sessions and what they depend on, as of now. Cheap."""

    async def activity(self) -> tuple[Happening, ...]:
        """What happened in the last 30 days, also through other processes, newest first."""

    async def stop(self, name: str) -> None:
        """Withdraw and forget the credentials."""

    async def stop_all(self) -> None:
        """Withdraw everything of this installation, and its MFA sessions."""

    async def answer(self, key: str, code: str) -> None:
        """Answer the need `key`: an MFA code, anything to agree to a command, nothing or a SAML response to sign in."""

    async def decline(self, key: str) -> None:
        """Refuse the need `key`; all that wait for it end as cancelled."""

    async def put_off(self, key: str) -> None:
        """Answer the need `key` later: it stays, but opens nothing by itself before another click."""

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

    async def put_profile(self, profile: Profile, *, formerly: str = "") -> None:
        """Add or change a profile; `formerly` is its old name when renamed."""

    async def arrange(self, name: str, *, group: str, before: str = "") -> None:
        """Put a profile into a group and, in the settings file, before the profile `before`, or last of all."""

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

    async def test(self, profile: Profile, *, confirmed: str = "") -> str:
        """Obtain credentials for a profile as it stands in a form, publish nothing; returns the ARN obtained.

        `confirmed` as for `assume`.
        """

    async def plan_import(self) -> ImportView:
        """Look at the AWS config file."""

    async def run_import(self, names: tuple[str, ...], *, keys: bool, digest: str) -> int:
        """Take over the named roles; with `keys` also access keys into the keyring. Returns how many.

        A name of `ImportView.kept` takes over what changed there, or with `GONE` removes the profile. Raises
        StorageTrouble `file-changed` when a plan would not be that of `digest` (`ImportView.digest`) any more.
        """

    async def starts_with_session(self) -> bool:
        """Whether the desktop starts Rolecall when the person logs in. Raises StorageTrouble `autostart`."""

    async def start_with_session(self, *, on: bool) -> None:
        """Let the desktop start it, or no longer. Raises StorageTrouble `autostart`."""


class Tools(Protocol):
    """Questions that explain something. Nothing is published by them."""

    async def who_am_i(self, subject: str) -> Caller:
        """GetCallerIdentity for `profile.NAME` (a live session), `identity.NAME`, or what AWS tools would use now.

        For these `subject` is `aws`, or `aws.NAME` with an AWS profile named. What AWS refuses stands in `problem`.
        """

    async def x_ray(self, access_key_id: str) -> XRay:
        """Everything there is to know about an access key ID, and what is wrong in the files of AWS tools.

        An empty one only looks at the files. Raises BadInput for what cannot be one.
        """

    async def mend(self, remedy: Remedy) -> None:
        """Do what a remedy says. Raises StorageTrouble, with `file-changed` when the file is another one now."""

    async def why_denied(self, text: str, profile: str = "") -> Denial:
        """Explain an error text. An encoded message in it is decoded with the session of `profile`, else a fitting one.

        Raises BadInput when the text says nothing about a denial.
        """

    async def why_failed(self, name: str) -> Denial:
        """Explain why AWS refused a profile the last time. Raises BadInput when it did not."""

    def requests(self) -> tuple[Exchange, ...]:
        """The last exchanges with STS of this process, newest first."""


class Sharing(Protocol):
    """Profiles, and the providers they start from, in a file without secrets."""

    async def export_profiles(self, names: tuple[str, ...], path: str) -> int:
        """Write these profiles and what they start from; returns how many entries. Raises StorageTrouble."""

    async def plan(self, path: str) -> ProfilesPlan:
        """Say what taking over a file would change; nothing is changed. Raises BadInput and StorageTrouble."""

    async def take(self, plan: ProfilesPlan, entries: tuple[tuple[str, str], ...], sources: Mapping[str, str]) -> int:
        """Take over the (kind, name) pairs of a plan; returns how many.

        `sources` says which source of ours stands for a missing one, like `identity.alice` for `identity.bob`. Raises
        StorageTrouble `file-changed` when the file is not what was looked at any more.
        """
