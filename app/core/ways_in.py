"""The ways to a provider's proof, one call each. Who is asked when is told elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.codes import confirm_command
from app.domain.configuration import Flow
from app.domain.errors import BadInput, NeedsPerson, ProviderTrouble, Retry
from app.domain.proof import still_good

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.desk import Desk, Question
    from app.core.kept_tokens import KeptTokens
    from app.core.world import World
    from app.domain.configuration import Provider
    from app.domain.proof import Proof
    from app.domain.saml import SamlResponse
    from app.domain.secret import Secret
    from app.domain.web_identity import DeviceCode, WebIdentityToken

WITHOUT_PERSON = (Flow.FILE, Flow.COMMAND)
"""Ways in which nobody signs in here: there is nothing to open for a person."""


class WaysIn:
    """How one provider's proof is obtained, by each of the ways that its settings allow."""

    def __init__(self, provider: Provider, world: World, kept: KeptTokens) -> None:
        self.provider = provider
        self._world = world
        self._kept = kept

    def for_person(self) -> tuple[Flow, ...]:
        """The ways that a person can choose here."""
        provider = self.provider
        if provider.type == "saml":
            window = provider.login_url and self._world.saml_login is not None
            return (Flow.WINDOW, Flow.PASTE) if window else (Flow.PASTE,)
        if provider.way in WITHOUT_PERSON:
            return ()
        return (Flow.BROWSER,) if provider.provider_id else (Flow.BROWSER, Flow.DEVICE)

    def refusal(self) -> BadInput:
        """Why a way is none of these, and what to do instead."""
        provider = self.provider
        if provider.type == "saml":
            detail = "It is a SAML provider: it gives no code for another device."
            remedy = "Leave --device out; --assertion FILE takes a response from a browser."
        elif provider.way in WITHOUT_PERSON:
            from_file = provider.way is Flow.FILE
            detail = "Its token stands in a file." if from_file else "A command prints its token."
            remedy = "Leave the way out: nobody has to sign in there."
        else:
            detail = "It gives no code for another device."
            remedy = "Leave --device out: the browser is opened instead."
        title = f"“{provider.name}” is not signed in to that way"
        return BadInput(code="sign-in-way", title=title, detail=detail, remedy=remedy, field="flow")

    async def remembered(self) -> bool:
        """Whether the next proof may need nobody, because the provider was told to remember. Raises StorageTrouble."""
        if self.provider.way in WITHOUT_PERSON:
            return False
        if self.provider.type == "oidc":
            return await self._kept.present()
        login = self._world.saml_login
        return login is not None and self.provider.remembers and await login.remembers(self.provider.name)

    async def silently(self, desk: Desk, confirmation: Question) -> Proof | None:
        """A proof that needs no sign-in of a person, or None.

        `confirmation` asks whether a command may run, which a person does once. Raises what the way in raises.
        """
        if self.provider.way is Flow.FILE:
            return await self.from_file()
        if self.provider.way is Flow.COMMAND:
            await confirm_command(self._world, desk, confirmation)
            return self._read(await self._world.tokens.from_command(self.provider.command), "command")
        if self.provider.type == "oidc":
            return await self._kept.refreshed()
        return await self._hidden()

    async def again(self) -> Proof | None:
        """The proof that another process's sign-in at an OpenID provider made possible, or None. Raises the same."""
        return await self._kept.refreshed(anew=True)

    async def from_file(self) -> WebIdentityToken:
        """The token that something else keeps fresh in a file. Raises StorageTrouble, BadInput, ProviderTrouble."""
        text = await self._world.tokens.from_file(self.provider.web_identity_token_file)
        token = self._world.oidc.read(self.provider, text, now=self._world.now())
        self._check_fresh(token, self.provider.web_identity_token_file)
        return token

    async def _hidden(self) -> SamlResponse | None:
        login = self._world.saml_login
        if login is None or self.provider.way is not Flow.WINDOW or not await self.remembered():
            return None
        try:
            return await login.sign_in(self.provider, hidden=True)
        except NeedsPerson:
            return None

    def _read(self, text: Secret, where: str) -> Proof:
        if self.provider.type == "saml":
            return self.pasted(text)
        token = self._world.oidc.read(self.provider, text, now=self._world.now())
        self._check_fresh(token, where)
        return token

    def _check_fresh(self, token: WebIdentityToken, where: str) -> None:
        if not token.usable(self._world.now()):
            raise ProviderTrouble(
                code="token-stale",
                title="The token has expired",
                detail=f"What “{where}” holds was good until {token.facts.expires:%Y-%m-%d %H:%M} UTC."
                if where != "command"
                else f"The command printed one that was good until {token.facts.expires:%Y-%m-%d %H:%M} UTC.",
                remedy="Let whatever provides it provide a new one.",
                retry=Retry.BACK_OFF,
            )

    def pasted(self, text: Secret) -> SamlResponse:
        """A SAML response that a person or a program gives. Raises BadInput, also for one that is too old."""
        now = self._world.now()
        response = self._world.saml.read(text, now=now)
        if not still_good(response, now):
            raise BadInput(
                code="saml-response-expired",
                title="This SAML response is too old",
                detail="AWS takes one for 5 minutes at most.",
                remedy="Sign in to the provider again, and hand over the new one at once.",
                field="SAMLResponse",
            )
        return response

    async def shown(
        self, way: Flow, *, open_url: Callable[[Secret], None], show: Callable[[DeviceCode], None]
    ) -> Proof:
        """Sign in with a person, by window, browser or on another device. Cancelling it closes what is open."""
        if way is Flow.WINDOW and self._world.saml_login is not None:
            return await self._world.saml_login.sign_in(self.provider, hidden=False)
        secret, oidc = await self._kept.client_secret(), self._world.oidc
        if way is Flow.DEVICE:
            tokens = await oidc.sign_in_on_device(self.provider, client_secret=secret, show=show)
        else:
            tokens = await oidc.sign_in(self.provider, client_secret=secret, open_url=open_url)
        return await self._kept.keep(tokens)

    def raise_window(self) -> None:
        """Bring the open login page to the front."""
        if self._world.saml_login is not None:
            self._world.saml_login.raise_window(self.provider.name)
