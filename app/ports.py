"""What the core asks of the world. How anyone answers is not told here.

Every method may raise the errors of `app.domain.errors` and nothing else. Times are aware, in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime, timedelta

    from app.domain import sts_answers as answers
    from app.domain import sts_requests as requests
    from app.domain.aws_import import AwsFiles
    from app.domain.caller import LookedAt
    from app.domain.configuration import Configuration, Identity, Profile, Provider, Settings, Source
    from app.domain.credentials import Credentials, SigningKey
    from app.domain.exchange import Exchange
    from app.domain.happening import Happening
    from app.domain.notice import Notice
    from app.domain.published import FoundSection, Outcome, Publication
    from app.domain.saml import SamlResponse
    from app.domain.secret import Secret
    from app.domain.state import SharedState
    from app.domain.web_identity import DeviceCode, Tokens, WebIdentityToken
    from app.domain.x_ray import Ailment, Holder, Remedy


class Clock(Protocol):
    """Time. Only tests answer with something else than the machine's clocks."""

    def now(self) -> datetime:
        """The wall clock, uncorrected, UTC."""

    def monotonic(self) -> float:
        """Seconds from a clock that never jumps, but may stand still while the machine sleeps."""

    def steady(self) -> float:
        """Seconds from a clock that nobody sets and that goes on while the machine sleeps, where there is one."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class Sts(Protocol):
    """The AWS Security Token Service. `region` chooses endpoint and signing scope."""

    @property
    def clock_skew(self) -> timedelta:
        """AWS's time minus ours, as last measured from a Date header; until then what others told, or zero."""

    @property
    def clock_measured(self) -> bool:
        """Whether it was measured by this process: what others told of it is a guess."""

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The last exchanges, oldest first."""

    async def assume_role(
        self, request: requests.AssumeRole, *, signer: SigningKey, region: str
    ) -> answers.AssumedRole:
        """Obtain a role's credentials."""

    async def assume_role_with_saml(
        self, request: requests.AssumeRoleWithSAML, *, region: str
    ) -> answers.AssumedRoleWithSAML:
        """Redeem an assertion."""

    async def assume_role_with_web_identity(
        self, request: requests.AssumeRoleWithWebIdentity, *, region: str
    ) -> answers.AssumedRoleWithWebIdentity:
        """Redeem an ID token."""

    async def get_session_token(
        self, request: requests.GetSessionToken, *, signer: SigningKey, region: str
    ) -> answers.SessionToken:
        """Obtain a session of the identity itself."""

    async def get_federation_token(
        self, request: requests.GetFederationToken, *, signer: SigningKey, region: str
    ) -> answers.FederationToken:
        """Obtain a federated user's session."""

    async def get_caller_identity(self, *, signer: SigningKey, region: str) -> answers.CallerIdentity:
        """Ask who signs."""

    async def get_access_key_info(
        self, request: requests.GetAccessKeyInfo, *, signer: SigningKey, region: str
    ) -> answers.AccessKeyInfo:
        """Ask which account a key belongs to."""

    async def decode_authorization_message(
        self, request: requests.DecodeAuthorizationMessage, *, signer: SigningKey, region: str
    ) -> answers.DecodedMessage:
        """Ask why something was denied."""


class ConsoleSignIn(Protocol):
    """The federation endpoint of the AWS console."""

    async def sign_in_token(self, credentials: Credentials, *, region: str, duration_seconds: int | None) -> Secret:
        """Exchange credentials for a sign-in token, valid 15 minutes."""


class CredentialsFile(Protocol):
    """The shared credentials file, of which we own only what we wrote."""

    async def sections(self) -> tuple[FoundSection, ...]:
        """All sections that bear a mark of Rolecall, and the names of all others."""

    async def publish_all(self, wanted: Sequence[Publication]) -> list[Outcome]:
        """Write sections, and tell what became of each, in their order.

        What may not be replaced is refused with StorageTrouble `section-foreign` or `section-unknown-origin`, what the
        file cannot hold with BadInput. What is set aside comes back on withdraw. Raises StorageTrouble for what befell
        all of them.
        """

    async def withdraw(self, aws_profiles: frozenset[str]) -> frozenset[str]:
        """Remove our sections of these names and put back what they displaced; return the names removed."""

    async def fingerprint(self) -> tuple[int, ...]:
        """What changes whenever the file changes (inode, size, mtime); cheap enough for every 2 s."""


class SecretStore(Protocol):
    """The OS keyring, or what stands in for it. Keys are like `identity/alice`, `totp/alice`, `session/NAME`.

    Raises StorageTrouble with codes `keyring-absent`, `keyring-locked`, `keyring-plaintext`, `keyring-timeout`,
    `keyring-failed`, and `keyring-item-broken` when one item alone cannot be read.
    """

    async def get(self, key: str) -> Secret | None:
        """Read an item."""

    async def set(self, key: str, value: Secret) -> None:
        """Write an item, replacing the one of that key."""

    async def delete(self, key: str) -> None:
        """Remove an item; none there is fine."""

    async def describe(self) -> str:
        """Name the backend for people, like `Secret Service`, `Keychain` or `in memory until quit`."""

    @property
    def lasting(self) -> bool:
        """Whether items outlive the process. Opens nothing."""

    def keep_in_memory(self) -> None:
        """From now on keep items in memory until quit, beginning with none: what a person may choose."""


class StateStore(Protocol):
    """What window and command line share (`state/sessions.json`)."""

    async def read(self) -> SharedState:
        """Read it; a damaged file is set aside and told in the log, and counts as empty."""

    async def update(self, change: Callable[[SharedState], SharedState]) -> SharedState:
        """Apply a pure change under a lock, to the newest content."""

    async def fingerprint(self) -> tuple[int, ...]:
        """What changes whenever the file changes."""


class SettingsStore(Protocol):
    """The settings file. Comments, order and unknown keys survive every change."""

    async def load(self) -> Configuration:
        """Read it. Raises StorageTrouble (`settings-broken`, with line and reason) and leaves the file alone."""

    async def put(self, entry: Identity | Provider | Profile | Settings, *, formerly: str = "") -> Configuration:
        """Add or change an entry; `formerly` is its old name when it was renamed (references follow)."""

    async def remove(self, source: Source) -> Configuration:
        """Remove `identity.NAME`, `provider.NAME` or `profile.NAME`."""

    async def move(self, profile: str, *, before: str, group: str | None = None) -> Configuration:
        """Put a profile's table, with the comments that belong to it, before another's; empty: after all others.

        With `group` the profile is put into that group in the same write.
        """

    async def put_all(self, entries: tuple[Identity | Provider | Profile, ...]) -> Configuration:
        """Add or change several entries, all of them in one write or none. Raises BadInput and StorageTrouble."""

    async def fingerprint(self) -> tuple[int, ...]:
        """What changes whenever the file changes."""


class Locks(Protocol):
    """Locks between processes, by name. They end with the process that holds them."""

    @property
    def at_once(self) -> int:
        """How many one process may well hold at a time; at least one."""

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait for the lock without blocking the event loop; keep it inside the `async with`."""


class MfaCommand(Protocol):
    """An external program that prints an MFA code."""

    async def code(self, command: tuple[str, ...]) -> Secret:
        """Run it without a shell, with a time limit; return the six digits it printed."""


class SamlReader(Protocol):
    """Reads SAML responses. Pure: opens nothing."""

    def read(self, text: Secret, *, now: datetime, acs: str = "", role_index: str = "") -> SamlResponse:
        """A response as a page posted it or a person pasted it: base64, XML, or a form body with it.

        `acs` is the address it was posted to, if known. Raises BadInput `saml-response` and its like.
        """


class SamlLogin(Protocol):
    """A provider's login page, in a window of ours; it ends when the page posts to AWS, which is never sent."""

    async def sign_in(self, provider: Provider, *, hidden: bool) -> SamlResponse:
        """Load the login page and wait for its post.

        `hidden` shows nothing: raises NeedsPerson `sign-in-needed` as soon as the page asks something, or posts nothing
        within 10 s. Shown, it raises Declined when the window is closed. ProviderTrouble for what page or network did:
        `login-page-failed`, `login-page-certificate`, `login-page-silent` (5 minutes without a post). Cancelling the
        call closes the window.
        """

    def raise_window(self, provider: str) -> None:
        """Bring the open window of that provider to the front; none is fine."""

    async def remembers(self, provider: str) -> bool:
        """Whether cookies of that provider are kept."""

    async def forget(self, provider: str) -> None:
        """Delete the cookies and everything else kept for that provider."""


class OidcLogin(Protocol):
    """OpenID Connect as a native program speaks it (RFC 8252, 7636, 8628), tokens checked before they come back.

    All raise ProviderTrouble (`oidc-…`) and NetworkTrouble. `client_secret` is for providers that give one even to
    native programs.
    """

    async def sign_in(
        self, provider: Provider, *, client_secret: Secret | None, open_url: Callable[[Secret], None]
    ) -> Tokens:
        """Authorization code with PKCE. `open_url` is called once, with the address for the browser.

        Waits 5 minutes; raises Declined when the person refused at the provider. Cancelling it closes the listener.
        """

    async def sign_in_on_device(
        self, provider: Provider, *, client_secret: Secret | None, show: Callable[[DeviceCode], None]
    ) -> Tokens:
        """Device grant. `show` is called with the code, and again if it expired and a new one was fetched."""

    async def refresh(
        self,
        provider: Provider,
        *,
        client_secret: Secret | None,
        refresh_token: Secret,
        rotated: Callable[[Secret], Awaitable[None]],
    ) -> WebIdentityToken:
        """A new token. Raises ProviderTrouble `oidc-refresh-refused` when the refresh token is no longer good.

        `rotated` gets the next refresh token, if the provider gave one, before anything of its answer is checked and
        anything else is asked: from then on the old one may be used up, however this ends. (What a sign-in brings is
        handed over only when all was checked: before, it might be a stranger's.)
        """

    async def sign_out(
        self, provider: Provider, *, client_secret: Secret | None, refresh_token: Secret | None, token: Secret | None
    ) -> Secret | None:
        """Revoke the refresh token where possible; the address that ends the browser's session there, or None."""

    def read(self, provider: Provider, text: Secret, *, now: datetime) -> WebIdentityToken:
        """A token from a file or a command, read but not verified. Raises BadInput `web-identity-token`."""


class TokenSource(Protocol):
    """Where SAML responses and tokens come from without a sign-in of ours."""

    async def from_command(self, command: tuple[str, ...]) -> Secret:
        """What a program prints; no shell, a time limit. Raises ProviderTrouble `token-command`."""

    async def from_file(self, path: str) -> Secret:
        """What a file holds, at most 1 MiB. Raises StorageTrouble `token-file`."""


class AwsConfig(Protocol):
    """The AWS config file (`~/.aws/config`), which is only read."""

    async def overriding(self, aws_profile: str) -> str:
        """The setting that would make AWS tools ignore static keys of that profile (`role_arn`…), or ''."""

    async def names(self) -> frozenset[str]:
        """The profile names it defines."""

    async def read(self) -> AwsFiles:
        """It and the keys of the credentials file, for an import."""


class AwsTools(Protocol):
    """What AWS tools find on this machine: their environment, their files."""

    async def chain(self, aws_profile: str = "") -> tuple[tuple[LookedAt, ...], SigningKey | None]:
        """The places they look at, in their order, and the static keys they would end with; None when it is no keys.

        Nothing is run and nobody is asked: a `credential_process`, a role or a container endpoint is only told.
        """

    async def holders(self, access_key_id: str, *, now: datetime) -> tuple[Holder, ...]:
        """Where a key ID stands in the credentials and config file."""

    async def ailments(self, *, now: datetime) -> tuple[Ailment, ...]:
        """What is wrong in these files: expired or shadowed entries, stale tokens, modes that are too wide."""

    async def mend(self, remedy: Remedy) -> None:
        """Do what a remedy says, with the credentials file's own lock and care. Raises StorageTrouble."""


class Journal(Protocol):
    """What happened, kept for 30 days, shared by all processes."""

    async def add(self, happenings: tuple[Happening, ...]) -> None:
        """Keep these too. Raises StorageTrouble `journal`."""

    async def read(self) -> tuple[Happening, ...]:
        """All that is kept, newest first; a line that cannot be read is left out. Raises StorageTrouble `journal`."""

    async def fingerprint(self) -> tuple[int, ...]:
        """What changes whenever it changes."""


class Autostart(Protocol):
    """The desktop's list of programs to start when a person logs in."""

    async def is_on(self) -> bool:
        """Whether Rolecall is in it. Raises StorageTrouble `autostart`."""

    async def switch(self, *, on: bool) -> None:
        """Put it there, or take it out. Raises StorageTrouble `autostart`."""


class ProfilesFile(Protocol):
    """A file with entries of the settings' form, for a colleague."""

    async def write(self, path: str, entries: tuple[Provider | Profile, ...]) -> None:
        """Write it anew. Raises StorageTrouble `profiles-file`."""

    async def read(self, path: str) -> tuple[Configuration, str]:
        """What it holds, and the SHA-256 of its bytes (hex). Raises StorageTrouble `profiles-file`, BadInput."""


class Desktop(Protocol):
    """The person's desktop: clipboard and browser."""

    def copy_secret(self, text: Secret, *, seconds: float) -> None:
        """Put it on the clipboard, marked as secret; remove it after `seconds` and at exit if still there."""

    def open_secret_url(self, url: Secret) -> None:
        """Open a URL that must not appear in any process's arguments."""

    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard that is no secret."""


class Notifier(Protocol):
    """The desktop's notifications, where a click tells what was clicked. Neither method waits for anything."""

    def show(self, notice: Notice, chosen: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Tell something. `chosen` is called when it is clicked, `otherwise` if nobody can show it; later, both."""

    def close(self, tag: str) -> None:
        """What was told under `tag` is over."""


class Totp(Protocol):
    """Time-based one-time passwords (RFC 6238)."""

    def code(self, secret: Secret, step: int) -> Secret:
        """The six digits of a stored TOTP secret (base32 or `otpauth://` URL) for a 30-second step."""
