"""Identity providers in memory: a login page in a window, an OpenID provider that rotates, files and commands."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.acs import parse_acs
from app.domain.arn import RoleArn
from app.domain.errors import BadInput, Declined, NeedsPerson, ProviderTrouble, Retry, RolecallError, StorageTrouble
from app.domain.saml import AssertedRole, Assertion, SamlResponse
from app.domain.secret import Secret
from app.domain.web_identity import DeviceCode, TokenFacts, Tokens, WebIdentityToken

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.domain.configuration import Provider
    from tests.core.virtual_time import FakeClock

SAML_PROVIDER = "arn:aws:iam::123456789012:saml-provider/corp"
ACS = "https://signin.aws.amazon.com/saml"


def expired_token() -> RolecallError:
    return ProviderTrouble(
        code="expired-identity-token", title="The sign-in has expired", retry=Retry.TOKEN, request_id="r"
    )


def invalid_token() -> RolecallError:
    return ProviderTrouble(
        code="invalid-identity-token", title="AWS could not validate the sign-in", retry=Retry.TOKEN, request_id="r"
    )


def rejected_claim() -> RolecallError:
    return ProviderTrouble(
        code="idp-rejected-claim", title="The provider rejected the sign-in", retry=Retry.TOKEN, request_id="r"
    )


def unreachable_provider() -> RolecallError:
    return ProviderTrouble(
        code="idp-communication-error", title="AWS could not reach the provider", retry=Retry.BACK_OFF, request_id="r"
    )


class FakeSamlProvider:
    """A SAML provider: what its assertions say, and the responses it gave out, by their text."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.roles: list[str] = []
        self.provider_arn = SAML_PROVIDER
        self.life = timedelta(minutes=5)
        self.session_until: datetime | None = None
        self.acs = ACS
        self.encrypted = False
        self.given: dict[str, SamlResponse] = {}

    def offer(self, *role_arns: str) -> None:
        self.roles = list(role_arns)

    def response(self) -> SamlResponse:
        now = self.clock.true()
        text = f"assertion-{len(self.given)}-from-the-provider"
        pairs = [AssertedRole(role_arn=RoleArn.parse(each), provider_arn=self.provider_arn) for each in self.roles]
        assertion = Assertion(
            issuer="https://idp.example.com",
            subject="alice",
            session_name="alice@example.com",
            roles=() if self.encrypted else tuple(pairs),
            issued=now,
            not_on_or_after=now + self.life,
            session_not_on_or_after=self.session_until,
            encrypted=self.encrypted,
            signed=True,
        )
        made = SamlResponse(text=Secret(text), assertion=assertion, received=self.clock.now(), acs=parse_acs(self.acs))
        self.given[text] = made
        return made

    def read(self, text: Secret, *, now: datetime, acs: str = "", role_index: str = "") -> SamlResponse:
        found = self.given.get(text.reveal().strip())
        if found is None:
            raise BadInput(code="saml-response", title="That is no SAML response", field="SAMLResponse")
        return replace(found, received=now, role_index=role_index)


@dataclass(kw_only=True, eq=False)
class Window:
    provider: str
    done: asyncio.Future[SamlResponse]
    raised: int = 0


class FakeSamlLogin:
    """The window with the login page. `remembering` providers answer without a person, as long as they please."""

    def __init__(self, idp: FakeSamlProvider) -> None:
        self.idp = idp
        self.open: list[Window] = []
        self.shown = 0
        self.hidden = 0
        self.cookies: set[str] = set()
        self.remembering = True
        self.delay = 0.5
        self.forgotten = 0
        self.fail: Callable[[], RolecallError | None] = lambda: None

    async def sign_in(self, provider: Provider, *, hidden: bool) -> SamlResponse:
        if hidden:
            return await self._hidden(provider)
        self.shown += 1
        window = Window(provider=provider.name, done=asyncio.get_running_loop().create_future())
        self.open.append(window)
        try:
            response = await window.done
        finally:
            self.open.remove(window)
        if provider.remembers:
            self.cookies.add(provider.name)
        return response

    async def _hidden(self, provider: Provider) -> SamlResponse:
        self.hidden += 1
        await asyncio.sleep(self.delay)
        error = self.fail()
        if error is not None:
            raise error
        if provider.name not in self.cookies or not self.remembering:
            raise NeedsPerson(code="sign-in-needed", title="The page asks something")
        return self.idp.response()

    def log_in(self) -> None:
        """The person types name and password."""
        [window] = self.open
        window.done.set_result(self.idp.response())

    def close(self) -> None:
        """The person closes the window."""
        [window] = self.open
        window.done.set_exception(Declined())

    def break_down(self, error: RolecallError) -> None:
        [window] = self.open
        window.done.set_exception(error)

    def raise_window(self, provider: str) -> None:
        for window in self.open:
            window.raised += window.provider == provider

    async def remembers(self, provider: str) -> bool:
        return provider in self.cookies

    async def forget(self, provider: str) -> None:
        self.forgotten += 1
        await asyncio.sleep(self.delay)
        error = self.fail()
        if error is not None:
            raise error
        self.cookies.discard(provider)


class FakeOidc:
    """An OpenID provider: each refresh token is good once, and a second use of one ends the whole login."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.life = timedelta(hours=1)
        self.claims: tuple[tuple[str, str], ...] = (("email", "alice@example.com"),)
        self.good_refresh = ""
        self.old_refresh: set[str] = set()
        self.given: dict[str, WebIdentityToken] = {}
        self.opened = 0
        self.devices = 0
        self.refreshes = 0
        self.delay = 0.5
        self.pending: list[asyncio.Future[Tokens]] = []
        self.signed_out: list[tuple[str, str]] = []
        self.secrets: list[str] = []
        self.sent: list[tuple[Provider, str]] = []
        """Who was sent which refresh token, to renew with or to revoke."""
        self.rotate = True
        self.fail: Callable[[], RolecallError | None] = lambda: None
        """What a refresh ends with, before the token is used."""
        self.reject: Callable[[], RolecallError | None] = lambda: None
        """What the check of a refresh's answer ends with: the token is used up by then."""

    def tokens(self, *, refresh: bool = True) -> Tokens:
        now = self.clock.true()
        text = f"id-token-{len(self.given)}"
        facts = TokenFacts(issuer="https://login.example.com", subject="248289", issued=now, expires=now + self.life)
        token = WebIdentityToken(
            text=Secret(text), facts=replace(facts, claims=self.claims, verified=True), received=self.clock.now()
        )
        self.given[text] = token
        if not refresh:
            return Tokens(token=token)
        if self.good_refresh:
            self.old_refresh.add(self.good_refresh)
        self.good_refresh = f"refresh-{len(self.given)}"
        return Tokens(token=token, refresh_token=Secret(self.good_refresh))

    async def sign_in(
        self, provider: Provider, *, client_secret: Secret | None, open_url: Callable[[Secret], None]
    ) -> Tokens:
        self.opened += 1
        self._note(client_secret)
        open_url(Secret(f"https://login.example.com/authorize?state={self.opened}"))
        return await self._person()

    async def sign_in_on_device(
        self, provider: Provider, *, client_secret: Secret | None, show: Callable[[DeviceCode], None]
    ) -> Tokens:
        self.devices += 1
        self._note(client_secret)
        until = self.clock.now() + timedelta(minutes=10)
        show(DeviceCode(user_code="WDJB-MJHT", url="https://login.example.com/d", complete_url="", expires=until))
        return await self._person()

    async def _person(self) -> Tokens:
        future: asyncio.Future[Tokens] = asyncio.get_running_loop().create_future()
        self.pending.append(future)
        try:
            return await future
        finally:
            self.pending.remove(future)

    def log_in(self) -> None:
        """The person signs in where the browser was opened."""
        [future] = self.pending
        future.set_result(self.tokens())

    def refuse(self) -> None:
        """The person says no at the provider."""
        [future] = self.pending
        future.set_exception(Declined())

    async def refresh(
        self,
        provider: Provider,
        *,
        client_secret: Secret | None,
        refresh_token: Secret,
        rotated: Callable[[Secret], Awaitable[None]],
    ) -> WebIdentityToken:
        self.refreshes += 1
        self.sent.append((provider, refresh_token.reveal()))
        self._note(client_secret)
        await asyncio.sleep(self.delay / 2)
        error = self.fail()
        if error is not None:
            raise error
        used = refresh_token.reveal()
        if used in self.old_refresh:
            self.good_refresh = ""
        if used != self.good_refresh:
            raise ProviderTrouble(code="oidc-refresh-refused", title="The provider does not remember you")
        tokens = self.tokens(refresh=self.rotate)
        if tokens.refresh_token is not None:
            await rotated(tokens.refresh_token)
        await asyncio.sleep(self.delay / 2)
        error = self.reject()
        if error is not None:
            raise error
        return tokens.token

    async def sign_out(
        self, provider: Provider, *, client_secret: Secret | None, refresh_token: Secret | None, token: Secret | None
    ) -> Secret | None:
        self.signed_out.append((_shown(refresh_token), _shown(token)))
        self.sent += [(provider, refresh_token.reveal())] if refresh_token is not None else []
        error = self.fail()
        if error is not None:
            raise error
        self.good_refresh = ""
        return Secret("https://login.example.com/end")

    def read(self, provider: Provider, text: Secret, *, now: datetime) -> WebIdentityToken:
        found = self.given.get(text.reveal().strip())
        if found is None:
            raise BadInput(code="web-identity-token", title="That is no token")
        return replace(found, received=now)

    def _note(self, client_secret: Secret | None) -> None:
        self.secrets.append(_shown(client_secret))


def _shown(secret: Secret | None) -> str:
    return "" if secret is None else secret.reveal()


@dataclass(kw_only=True)
class FakeTokens:
    """Files with tokens, and programs that print some."""

    files: dict[str, Secret] = field(default_factory=dict)
    printed: dict[tuple[str, ...], Callable[[], Secret]] = field(default_factory=dict)
    ran: list[tuple[str, ...]] = field(default_factory=list)

    async def from_command(self, command: tuple[str, ...]) -> Secret:
        self.ran.append(command)
        await asyncio.sleep(0.1)
        if command not in self.printed:
            raise ProviderTrouble(code="token-command", title="The command failed")
        return self.printed[command]()

    async def from_file(self, path: str) -> Secret:
        await asyncio.sleep(0.01)
        if path not in self.files:
            raise StorageTrouble(code="token-file", title="The token file cannot be read")
        return self.files[path]
