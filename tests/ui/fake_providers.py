"""Providers for the window's tests: what two of them look like, and what becomes of wishes about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain.configuration import Flow, Provider
from app.domain.errors import Problem
from app.domain.view import Fact, NeedView, OfferedRole, ProviderView, SessionView, SignIn, SignInView, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.configuration import Configuration

NOW = datetime(2026, 11, 22, 14, 9, 50, tzinfo=UTC)
SAML_ARN = "arn:aws:iam::123456789012:saml-provider/corp"
CORP = Provider(name="corp", type="saml", login_url="https://idp.example.com/app/aws", stay_signed_in=True)
LOGIN = Provider(
    name="login", type="oidc", issuer="https://login.example.com", client_id="rolecall", scopes=("openid", "email")
)
BAD_RESPONSE = Problem(
    code="saml-not-base64",
    title="That is no SAML response",
    detail="It is neither XML nor base64.",
    remedy="Copy the whole value of SAMLResponse.",
)
WRONG_AUDIENCE = Problem(
    code="saml-audience",
    title="AWS refused the assertion: it is meant for somebody else",
    detail="Its audience is https://aws.example.com, and AWS takes https://signin.aws.amazon.com/saml alone.",
    remedy="Ask whoever runs corp to set the audience of the AWS application.",
    request_id="c6104cbe-af31-11e0-8154-cbc7ccf896c7",
)


def facts(now: datetime = NOW) -> tuple[Fact, ...]:
    """What an assertion of corp says."""
    return (
        Fact(name="Issuer", value="https://idp.example.com/metadata"),
        Fact(name="Subject", value="alice@example.com"),
        Fact(name="Session name", value="alice", verdict="good", note="Names the session in AWS's logs."),
        Fact(name="Audience", value="https://signin.aws.amazon.com/saml", verdict="good"),
        Fact(name="Recipient", value="https://eu-west-1.signin.aws.amazon.com/saml", verdict="good",
             note="Redeemed in eu-west-1."),
        Fact(name="Issued", moment=now - timedelta(seconds=48)),
        Fact(name="Redeem until", moment=now + timedelta(minutes=4, seconds=12), verdict="good",
             note="AWS takes an assertion for five minutes."),
        Fact(name="Session until", moment=now + timedelta(hours=7, minutes=50),
             note="Sessions end then, whatever duration a profile asks for."),
        Fact(name="Signature", value="present", note="AWS verifies it."),
        Fact(name="Roles", value="6"),
    )  # fmt: skip


def refused_facts(now: datetime = NOW) -> tuple[Fact, ...]:
    """The same, of an assertion that is meant for somebody else."""
    wrong = Fact(
        name="Audience",
        value="https://aws.example.com",
        verdict="bad",
        note="AWS takes https://signin.aws.amazon.com/saml alone.",
    )
    return tuple(wrong if fact.name == "Audience" else fact for fact in facts(now))


def token_facts(now: datetime = NOW) -> tuple[Fact, ...]:
    """What an ID token of login says."""
    return (
        Fact(name="iss", value="https://login.example.com", verdict="good", note="The issuer of the settings."),
        Fact(name="aud", value="rolecall", verdict="good", note="The client ID of the settings."),
        Fact(name="sub", value="7d1c0a54-alice"),
        Fact(name="email", value="alice@example.com", note="Role sessions are named after it."),
        Fact(name="iat", moment=now - timedelta(minutes=3)),
        Fact(name="exp", moment=now + timedelta(minutes=57), verdict="good"),
        Fact(name="alg", value="RS256", verdict="good", note="Verified with the key “2026-11” of the provider."),
    )


def offered(rows: Iterable[SessionView], source: str = "corp") -> tuple[OfferedRole, ...]:
    """The roles that the profiles of a source stand for, and two without a profile."""
    known = [
        OfferedRole(
            role_arn=f"arn:aws:iam::{row.account}:role/{row.role_name}",
            role_name=row.role_name,
            account=row.account,
            provider_arn=SAML_ARN,
            profile=row.name,
        )
        for row in rows
        if row.source_name == source
    ]
    new = [role("Support", "123456789012"), role("Forensics", "210987654321")]
    return (*known[:4], *new)


def role(name: str, account: str, profile: str = "") -> OfferedRole:
    """A role that corp vouches for."""
    arn = f"arn:aws:iam::{account}:role/{name}"
    return OfferedRole(role_arn=arn, role_name=name, account=account, provider_arn=SAML_ARN, profile=profile)


def providers(rows: Iterable[SessionView]) -> tuple[ProviderView, ...]:
    """corp, signed in; login, remembered."""
    rows = tuple(rows)

    def start(name: str) -> tuple[str, ...]:
        return tuple(row.name for row in rows if row.source_name == name)

    corp = ProviderView(
        name="corp", type="saml", way=Flow.WINDOW.value, status=SignIn.IN, place="idp.example.com",
        usable_until=NOW + timedelta(minutes=4, seconds=12), remembered=True, keeps=True, subject="alice@example.com",
        ways=("paste",), seen=NOW - timedelta(seconds=48), roles=offered(rows), facts=facts(), profiles=start("corp"),
    )  # fmt: skip
    login = ProviderView(
        name="login", type="oidc", way=Flow.BROWSER.value, status=SignIn.REMEMBERED, place="login.example.com",
        remembered=True, keeps=True, subject="alice@example.com", profiles=start("login"),
    )  # fmt: skip
    return corp, login


def sign_in_need(provider: str = "corp", way: str = Flow.WINDOW.value, **more: object) -> NeedView:
    """A need to sign in. `more` are facts of its `SignInView`, but for those of the need itself."""
    of_need = {key: more.pop(key) for key in ("profiles", "wanted_now", "problem", "sending", "title") if key in more}
    ways = ("window", "paste", "command") if provider == "corp" else ("browser", "device")
    sign_in = SignInView(
        provider=provider, way=way, ways=tuple(each for each in ways if each != way), **more  # type: ignore[arg-type]  # keyword arguments
    )  # fmt: skip
    base = NeedView(
        key=f"sign-in {provider}",
        kind="sign-in",
        title=f"Sign in to {provider}",
        profiles=("prod-audit", "prod-deploy") if provider == "corp" else ("stage-dev",),
        wanted_now=True,
        sign_in=sign_in,
    )
    return replace(base, **of_need)  # type: ignore[arg-type]  # keyword arguments


def device_need(**more: object) -> NeedView:
    """A device grant that waits for the person."""
    given = {
        "opened": True,
        "has_link": True,
        "user_code": "WDJB-MJHT",
        "url": "https://login.example.com/device",
        "complete_url": "https://login.example.com/device?user_code=WDJB-MJHT",
        "code_expires": NOW + timedelta(minutes=9, seconds=41),
    }
    return sign_in_need("login", Flow.DEVICE.value, **(given | more))


class ProviderWishes:
    """The part of the fake core that is about providers."""

    configuration: Configuration
    rows: dict[str, SessionView]
    needs: tuple[NeedView, ...]
    provider_views: dict[str, ProviderView]

    def tell(self) -> None:
        """Let the subscribers know."""
        raise NotImplementedError

    def change(self, name: str, **facts: object) -> None:
        """Change one row and tell."""
        raise NotImplementedError

    def _call(self, method: str, *arguments: object) -> None:
        raise NotImplementedError

    def change_provider(self, name: str, **facts: object) -> None:
        """Change what is known about a provider, and tell."""
        view = self.provider_views[name]
        self.provider_views[name] = replace(view, **facts)  # type: ignore[arg-type]  # keyword arguments
        self.tell()

    def answer_sign_in(self, need: NeedView, text: str) -> None:
        """An empty text opens what there is to open, `bad` is refused, anything else signs in."""
        assert need.sign_in is not None
        if text == "bad":
            self._put_need(replace(need, problem=BAD_RESPONSE))
        elif text:
            self._drop_need(need.key)
            self.change_provider(need.sign_in.provider, status=SignIn.IN)
        else:
            self._put_need(replace(need, sign_in=replace(need.sign_in, opened=True, has_link=True)))

    async def sign_in(self, provider: str, way: str = "") -> None:
        self._call("sign_in", provider, *filter(None, [way]))
        way = way or self.provider_views[provider].way
        need = device_need() if way == Flow.DEVICE.value else sign_in_need(provider, way, opened=way != "paste")
        self.needs = (*self.needs, replace(need, profiles=()))
        self.change_provider(provider, status=SignIn.WAITING, problem=None)

    async def sign_out(self, provider: str) -> None:
        self._call("sign_out", provider)
        self.change_provider(provider, status=SignIn.OUT, remembered=False, usable_until=None, subject="")

    async def choose_way(self, key: str, way: str) -> None:
        self._call("choose_way", key, way)
        need = next(each for each in self.needs if each.key == key)
        assert need.sign_in is not None
        if way == Flow.DEVICE.value:
            fresh = device_need(profiles=need.profiles)
        else:
            fresh = sign_in_need(need.sign_in.provider, way, profiles=need.profiles)
        self._put_need(fresh)

    async def copy_sign_in_link(self, key: str) -> None:
        self._call("copy_sign_in_link", key)

    async def assume_offered(self, provider: str, role_arns: tuple[str, ...]) -> Mapping[str, str]:
        self._call("assume_offered", provider, role_arns)
        view = self.provider_views[provider]
        made = {}
        for each in view.roles:
            if each.role_arn in role_arns:
                name = each.profile or each.role_name.lower()
                made[each.role_arn] = name
                row = self.rows.get(name) or SessionView(
                    name=name,
                    status=Status.IDLE,
                    role_name=each.role_name,
                    account=each.account,
                    source_name=provider,
                )
                self.rows[name] = replace(row, status=Status.ACQUIRING, since=NOW, problem=None)
        roles = tuple(replace(each, profile=made.get(each.role_arn, each.profile)) for each in view.roles)
        self.change_provider(provider, roles=roles)
        return made

    async def put_provider(self, provider: Provider, *, client_secret: str = "", formerly: str = "") -> None:
        self._call("put_provider", provider, client_secret, formerly)
        kept = {key: value for key, value in self.configuration.providers.items() if key != formerly}
        kept[provider.name] = provider
        self.configuration = replace(self.configuration, providers=MappingProxyType(kept))
        old = self.provider_views.pop(formerly or provider.name, None)
        base = old or ProviderView(name=provider.name, type=provider.type, way=provider.way.value, status=SignIn.OUT)
        self.provider_views[provider.name] = replace(
            base, name=provider.name, type=provider.type, way=provider.way.value, keeps=provider.remembers
        )
        self.tell()

    async def remove_provider(self, name: str) -> None:
        self._call("remove_provider", name)
        kept = {key: value for key, value in self.configuration.providers.items() if key != name}
        self.configuration = replace(self.configuration, providers=MappingProxyType(kept))
        self.provider_views.pop(name, None)
        self.tell()

    def _put_need(self, need: NeedView) -> None:
        self.needs = tuple(need if each.key == need.key else each for each in self.needs)
        self.tell()

    def _drop_need(self, key: str) -> None:
        self.needs = tuple(each for each in self.needs if each.key != key)
