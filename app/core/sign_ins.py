"""Signing in at a provider: one proof for all profiles that start from it, obtained by one flight at a time.

A proof that is here and still good is used at once. Else the flight tries without a person (kept cookies, refresh
token, file, command), and only then, or when that went wrong in a way that a person may get around, lays a need. A
person's own click opens it at once; a renewal in the background waits.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.core.conversation import Conversation
from app.core.desk import Nudge, Question
from app.core.flights import Flight
from app.core.journal import sign_in_refused, signed_in
from app.core.keeper import Keeper, Wiring, Wish
from app.core.keepers import ProfileKeeper
from app.core.kept_tokens import KeptTokens
from app.core.signing import Signer
from app.core.ways_in import WITHOUT_PERSON, WaysIn
from app.domain.configuration import Flow
from app.domain.errors import BadInput, Declined, Denied, NeedsPerson, ProviderTrouble, Retry, RolecallError
from app.domain.late import rooms
from app.domain.proof import proof_of, still_good, usable_until
from app.domain.saml import SamlResponse
from app.domain.values import replace

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.flights import Waiting
    from app.domain import saml_explain, token_explain
    from app.domain.arn import RoleArn
    from app.domain.chain import Chain
    from app.domain.configuration import Provider
    from app.domain.errors import Problem
    from app.domain.proof import Means, Proof
    from app.domain.secret import Secret

    Forgotten = tuple[Secret | None, Proof | None]
else:
    # What is shown of a proof, and of one that AWS refused
    saml_explain, token_explain = rooms("app.domain", "saml_explain", "token_explain")

REJECTED = "idp-rejected-claim"
OUTLIVED = frozenset(
    ("oidc-answer", "oidc-issuer", "oidc-no-id-token", "oidc-refused", "oidc-token-invalid", "login-page-failed")
)
"""How a try without a person may end for good although a person may still get in: what is remembered has no use."""
ROLES_TOLD = 6
"""How many of the offered roles an error names."""


class ProviderSignIn(Signer):
    """One provider's sign-in.

    `last` is the last proof seen, also one that AWS refused, `seen` (UTC) when it came; `problem` why the last sign-in
    failed, or what AWS said to the proof.
    """

    def __init__(self, provider: Provider, wiring: Wiring) -> None:
        self.provider = provider
        self.last: Proof | None = None
        self.seen: datetime | None = None
        self.problem: Problem | None = None
        self._wiring = wiring
        self._world = wiring.world
        self._desk = wiring.desk
        self._kept = KeptTokens(provider, wiring.world, wiring.provider_secrets, self._keyring_troubled)
        self._ways = WaysIn(provider, wiring.world, self._kept)
        self._flight: Flight[Wish, Proof] = Flight(wiring.desk.recount)
        self._held: Proof | None = None
        self._preferred: Flow | None = None
        self._once: Flow | None = None
        self._distrusted = False
        self._cookies = False
        self._asking = False
        self._with_help = False
        self._forgetting: asyncio.Task[Forgotten] | None = None

    def inherit(self, old: ProviderSignIn) -> None:
        """Take over what another one knows, if it is of the same person at the same provider."""
        if _who(self.provider) != _who(old.provider):
            return
        self._cookies, self._preferred = old._cookies, old._preferred
        self._kept.inherit(old._kept)
        if old._forgetting is not None:
            self._follow(old._forgetting)
            return
        self.last, self.seen, self.problem = old.last, old.seen, old.problem
        self._held, self._distrusted = old._held, old._distrusted

    @property
    def key(self) -> str:
        """The key of the need, while there is one."""
        return f"sign-in {self.provider.name}"

    @property
    def way(self) -> Flow:
        """The way in that is taken."""
        return self._once or self._preferred or self.provider.way

    @property
    def held(self) -> Proof | None:
        """The proof that is here and still good."""
        held = self._held
        return held if held is not None and still_good(held, self._world.now()) else None

    @property
    def usable_until(self) -> datetime | None:
        """Until when the proof that is here can be used; None without one, or when it does not say."""
        held = self.held
        return None if held is None else usable_until(held)

    @property
    def busy(self) -> bool:
        """Whether a sign-in is under way."""
        return self._flight.task is not None

    @property
    def asking(self) -> bool:
        """Whether it waits for a person."""
        return self._asking

    @property
    def leaving(self) -> bool:
        """Whether what is remembered is being forgotten."""
        return self._forgetting is not None

    @property
    def remembered(self) -> bool:
        """Whether the next proof may need nobody, as far as was found out last."""
        if self.provider.way in WITHOUT_PERSON:
            return False
        return self._kept.known if self.provider.type == "oidc" else self._cookies

    @property
    def needs_person(self) -> bool:
        """Whether the next proof will need a person, as far as is known."""
        gone = self._distrusted or self.leaving or not self.remembered
        return gone and self.provider.way not in WITHOUT_PERSON

    async def find_out(self) -> None:
        """Look whether the provider is remembered; asks no keyring. Raises StorageTrouble."""
        before = self.remembered
        found = await self._ways.remembered()
        self._cookies = found
        if self.remembered is not before:
            self._wiring.changed()

    async def read_file(self) -> Proof:
        """The token in the provider's file, only looked at. Raises what reading it raises."""
        return await self._ways.from_file()

    async def sign(self, wish: Wish, child: Keeper | None = None) -> Proof:
        """A proof; for SAML one that lists the child's role. Raises Declined, Denied and what the ways in raise."""
        role = child.chain.profile.role_arn if isinstance(child, ProfileKeeper) else None
        proof = self.held
        if proof is None:
            proof = await self._join(wish, child)
        elif not _offers(proof, role) and self.seen is not None and self.seen < wish.since:
            proof = await self._newer(proof, wish, child)
        if role is not None and not _offers(proof, role):
            raise _not_offered(self.provider, proof, role)
        return proof

    @property
    def ways(self) -> tuple[Flow, ...]:
        """The other ways that a person can choose."""
        return tuple(each for each in self._ways.for_person() if each is not self.way)

    async def sign_in(self, way: Flow | None = None) -> Proof:
        """Sign in because a person wants just that: a new proof, whatever is here; `way` is for this once."""
        if way is not None and not self.busy:
            if way not in self._ways.for_person():
                raise self._ways.refusal()
            self._once = way
        return await self._join(Wish(profile="", since=self._world.now(), by_person=True), None)

    async def _newer(self, proof: Proof, wish: Wish, child: Keeper | None) -> Proof:
        """A proof from after the wish, since a role may have been added; the old one where nobody can be asked."""
        try:
            return await self._join(wish, child)
        except NeedsPerson:
            return proof

    async def refused(self, means: Means, error: RolecallError) -> None:
        """See Signer. What the provider itself rejects is not trusted again before a person has signed in."""
        if self._held is not None and self._held is not means:
            return
        self._held = None
        self._distrusted = self._distrusted or error.code == REJECTED
        self._wiring.changed()

    def explain(self, error: RolecallError, means: Means, chain: Chain) -> None:
        """See Signer: AWS's refusal held against what the proof says."""
        role = chain.profile.role_arn
        if role is None or not isinstance(error, BadInput | Denied | ProviderTrouble):
            return
        proof, now = proof_of(means), self._world.now()
        if isinstance(proof, SamlResponse):
            arn = chain.profile.provider_arn or proof.assertion.provider_arn_for(role)
            problem = saml_explain.explain(error.problem, proof, role, arn, now)
        else:
            problem = token_explain.explain(error.problem, proof, self.provider, role, now)
        error.title, error.detail, error.remedy = problem.title, problem.detail, problem.remedy
        if isinstance(error, ProviderTrouble):
            self.problem = error.problem
            self._wiring.changed()

    def waiting(self) -> dict[str, bool]:
        """The profiles that wait for the flight; for each whether a click does. Empty: the sign-in itself is wanted."""
        return self._flight.waiting()

    def prefer(self, way: Flow) -> None:
        """Sign in this way from now on, in this process. Raises BadInput for one that the provider does not have."""
        if way not in self._ways.for_person():
            raise self._ways.refusal()
        self._preferred = way

    def hand_in(self, text: Secret) -> None:
        """Take a SAML response that a person got elsewhere. Raises BadInput."""
        if self.provider.type != "saml":
            raise BadInput(
                code="saml-response-unwanted",
                title=f"“{self.provider.name}” takes no SAML response",
                detail="It is an OpenID Connect provider.",
                remedy="Leave the response out: the browser is opened instead.",
                field="assertion",
            )
        self._hold(self._ways.pasted(text), by_person=not self.busy)  # else the flight tells it
        self._desk.say(self.key, text)

    def look_again(self) -> None:
        """Another process did something: if a sign-in only lies among the needs, it may need nobody any more."""
        if self._asking and self.provider.type == "oidc":
            self._desk.say(self.key, Nudge.LOOK_AGAIN)

    def abandon(self) -> asyncio.Task[Proof] | None:
        """End what is under way, for all who wait. Returns what is yet to end."""
        return self._flight.cancel()

    async def forget(self) -> Forgotten:
        """Forget the person: what is held, and what is remembered. What was forgotten; raises StorageTrouble.

        It is gone when this returns, and shown as remembered until then, and after a failure. Who calls meanwhile
        waits for the same, and it is not theirs what was forgotten. Once begun it is done, whoever is cancelled.
        """
        if self._forgetting is not None:
            await asyncio.shield(self._forgetting)
            return None, None
        return await asyncio.shield(self.begin_to_forget())

    def begin_to_forget(self) -> asyncio.Task[Forgotten]:
        """Do so from now on; only while it is not being done."""
        task = asyncio.create_task(self._forget(self.abandon()), name=f"forget {self.provider.name}")
        self._follow(task)
        self._wiring.changed()
        return task

    async def _forget(self, under_way: asyncio.Task[Proof] | None) -> Forgotten:
        if under_way is not None:
            await asyncio.wait([under_way])
        proof, self._held, self.last, self.seen, self.problem = self.last, None, None, None, None
        self._distrusted = False
        self._wiring.changed()
        if self.provider.type == "oidc":
            return await self._kept.forget(), proof
        if self._world.saml_login is not None:
            await self._world.saml_login.forget(self.provider.name)
        return None, proof

    def _follow(self, task: asyncio.Task[Forgotten]) -> None:
        """Tell what comes of it, before anybody who waits for it goes on."""
        self._forgetting = task
        task.add_done_callback(self._forgotten)

    def _forgotten(self, task: asyncio.Task[Forgotten]) -> None:
        self._forgetting = None
        if not task.cancelled() and task.exception() is None:
            self._cookies = False
        self._wiring.changed()

    async def end_at_provider(self, refresh_token: Secret | None, proof: Proof | None) -> Secret | None:
        """Tell an OpenID provider that the person left; the address that ends the browser's session there."""
        known = refresh_token is not None or proof is not None
        if not known or self.provider.type != "oidc" or self.provider.way in WITHOUT_PERSON:
            return None
        return await self._world.oidc.sign_out(
            self.provider,
            client_secret=await self._kept.client_secret(),
            refresh_token=refresh_token,
            token=proof.text if proof is not None else None,
        )

    async def settled(self) -> None:
        """Wait for what must not be broken off."""
        await self._kept.settled()

    async def _join(self, wish: Wish, child: Waiting | None) -> Proof:
        return await self._flight.join(wish, child, self._begin)

    def _begin(self) -> asyncio.Task[Proof]:
        self._wiring.changed()
        return asyncio.create_task(self._fly(), name=self.key)

    async def _fly(self) -> Proof:
        try:
            proof = await self._obtain()
        except Declined:
            raise
        except RolecallError as error:
            self.problem = error.problem
            if "" in self.waiting():
                self._wiring.journal.add(sign_in_refused(self.provider.name, error.problem, self._world.now()))
            raise
        else:
            self._hold(proof, by_person=self._with_help)
            return proof
        finally:
            self._once = None
            self._flight.over()
            self._wiring.changed()

    async def _obtain(self) -> Proof:
        self._with_help = False
        reason = self.problem
        # Who chose a way wants to go that way, whatever is remembered of another.
        if self._once is None and (not self._distrusted or self.provider.way in WITHOUT_PERSON):
            try:
                proof = await self._silently()
            except ProviderTrouble as error:
                if not self._may_person_help(error):
                    raise
                self.problem = reason = error.problem
            else:
                if proof is not None:
                    return proof
        proof = await self._with_person(reason)
        self._with_help = True
        self._distrusted = False
        if self.provider.type == "saml":
            self._cookies = await self._ways.remembered()
        return proof

    def _may_person_help(self, error: ProviderTrouble) -> bool:
        """Whether to go on with a person after a try without one. Who wants just to sign in has tried nothing yet."""
        if self.provider.way in WITHOUT_PERSON:
            return False
        return "" in self.waiting() or (error.code in OUTLIVED and error.retry is Retry.NEVER)

    async def _silently(self) -> Proof | None:
        confirmation = Question(
            key="",
            kind="command",
            title=f"Run a command to sign in to “{self.provider.name}”?",
            waiting=self.waiting,
            owner="",
            remedy=f"Run `{self._in_terminal()}` in a terminal, or open the window and answer there.",
            command=self.provider.command,
        )
        return await self._ways.silently(self._desk, confirmation)

    async def _with_person(self, reason: Problem | None) -> Proof:
        """Ask a person to sign in; `reason` tells why they have to although they are remembered."""
        self._check_possible()
        question = Question(
            key=self.key,
            kind="sign-in",
            title=f"Sign in to {self.provider.name}",
            waiting=self.waiting,
            owner="",
            remedy=f"Run `{self._in_terminal()}` in a terminal, or open the window and answer there.",
            problem=reason,
            inbox=asyncio.Queue(),
        )
        conversation = Conversation(
            question,
            self._ways,
            self.way,
            desktop=self._world.desktop,
            changed=self._wiring.changed,
        )
        with self._desk.lay(question):
            self._asking = True
            try:
                return await conversation.proof()
            finally:
                self._asking = False

    def _check_possible(self) -> None:
        """Raise NeedsPerson where this process has nothing to open."""
        if self.provider.type == "saml" and self._world.saml_login is None:
            raise NeedsPerson(
                code="sign-in-window",
                title=f"Sign in to {self.provider.name}",
                detail="Its login page opens in Rolecall's window only.",
                remedy=f"Sign in there, or `{self._in_terminal()} --assertion FILE` with a SAML response.",
            )
        if self.way is Flow.BROWSER and self._world.desktop is None and self._world.person_present:
            raise NeedsPerson(
                code="sign-in-browser",
                title=f"Sign in to {self.provider.name}",
                detail="There is no browser to open here.",
                remedy=f"Run `{self._in_terminal()} --device`, and sign in on another device.",
            )

    def _in_terminal(self) -> str:
        name = min(filter(None, self.waiting()), default="")
        return f"rolecall assume {name}" if name else f"rolecall provider sign-in {self.provider.name}"

    def _hold(self, proof: Proof, *, by_person: bool) -> None:
        self._held = self.last = proof
        self.seen = self._world.now()
        self.problem = None
        self._wiring.changed()
        if by_person or "" in self.waiting():
            until = usable_until(proof)
            self._wiring.journal.add(signed_in(self.provider.name, self.seen, by_person=by_person, until=until))

    def _keyring_troubled(self, problem: Problem | None) -> None:
        self._wiring.shelf.keyring_problem = problem
        self._wiring.changed()


def _who(provider: Provider) -> Provider:
    """What decides whose proof it is; how it is obtained and what is made of it does not."""
    return replace(provider, flow=None, session_name_claim="", stay_signed_in=None)


def _offers(proof: Proof, role: RoleArn | None) -> bool:
    """Whether a proof is one for a role. Tokens name no roles, and what is encrypted only AWS can read."""
    if role is None or not isinstance(proof, SamlResponse) or proof.assertion.encrypted:
        return True
    return any(each.role_arn == role for each in proof.assertion.roles)


def _not_offered(provider: Provider, proof: Proof, role: RoleArn) -> Denied:
    roles = proof.assertion.roles if isinstance(proof, SamlResponse) else ()
    shown = [f"{each.role_arn.name} in {each.role_arn.account}" for each in roles[:ROLES_TOLD]]
    more = f" and {len(roles) - ROLES_TOLD} more" if len(roles) > ROLES_TOLD else ""
    return Denied(
        code="role-not-offered",
        title=f"“{provider.name}” does not offer you {role.name} in {role.account}",
        detail=f"It offers {', '.join(shown)}{more}." if shown else "It offers no role at all.",
        remedy="Choose one of these, or ask those who run the provider to add it for you.",
        field="role_arn",
    )
