"""Sessions, configuration and clock as what people see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.core.keepers import MfaSessionKeeper
from app.core.sign_ins import ProviderSignIn
from app.domain import session as sessions
from app.domain.configuration import Action, MfaUse, Publish
from app.domain.credentials import key_short
from app.domain.view import LinkView, SessionView, Status

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.keepers import ProfileKeeper
    from app.core.roster import Roster
    from app.domain.chain import Chain
    from app.domain.configuration import Configuration, Profile, Refusal

UNCONFIRMED = "These keys are not confirmed: their section or their profile was changed. Refresh it to be sure."
CAPPED = "AWS limits a role assumed from another role to 1 h; the profile asks for more."
POWERLESS = "Without a session policy a federated user can do almost nothing."
NO_IAM = "Without MFA, GetSessionToken credentials cannot call IAM."
SHORTENED = "Shorter than asked for: the provider ends its sessions then (SessionNotOnOrAfter)."
LEASED = "Asked for as long as its lease only, so that copies of the keys end with it."
LEASED_SHORTLY = "Asked for 15 min, the least that AWS gives; its lease ends before, and it is withdrawn then."
SHORTENED_FROM = timedelta(minutes=1)
"""Less than this between what was asked for and what AWS granted is the way of the answer, no limit."""


def session_view(keeper: ProfileKeeper, roster: Roster, now: datetime) -> SessionView:
    """One profile's row and detail."""
    chain, session = keeper.chain, keeper.session
    profile, role = chain.profile, chain.profile.role_arn
    obtained = session.obtained if session.wanted else None
    ended = session.expired_at is not None and not session.busy
    guard = keeper.guarded_source()
    seen = session if session.wanted or session.problem is not None or ended else sessions.Session()
    return SessionView(
        name=profile.name,
        status=sessions.status(seen, keeper.lead(), now),
        group=profile.group,
        colour=profile.colour,
        pinned=profile.pinned,
        role_name=role_words(profile),
        account=role.account if role is not None else "",
        region=keeper.region,
        source_name=profile.source.name,
        published_as=profile.published_as if profile.publish is Publish.FILE else "",
        published=session.published and bool(keeper.place.aws_profile),
        refresh=profile.refresh,
        issued=obtained.issued if obtained else None,
        expires=obtained.ends if obtained else session.expired_at,
        renews=obtained.ends - keeper.lead() if obtained and _renews(keeper) else None,
        since=session.since,
        retry_at=session.retry_at,
        waiting_for=sessions.WAITS_FOR.get(seen.activity, ""),
        problem=session.problem,
        note=note_of(keeper),
        key_id=key_short(obtained.access_key_id) if obtained else "",
        access_key_id=obtained.access_key_id if obtained else "",
        arn=obtained.arn if obtained else "",
        packed_policy_size=obtained.packed_policy_size if obtained else None,
        chained=chain.chained,
        request_id=obtained.request_id if obtained else "",
        confirmed=obtained.confirmed if obtained else True,
        chain=_links(keeper, roster, now),
        usable_for_console=profile.action is not Action.GET_SESSION_TOKEN,
        confirm=profile.confirm or bool(guard),
        guarded_by=guard,
        mfa=any(each.mfa_device is not None for each in (chain, *_parents(keeper, roster))),
        lease_ends=obtained.lease_ends if obtained else None,
    )


def refused_view(refusal: Refusal) -> SessionView:
    """A profile of the settings file that cannot work, with the reason."""
    return SessionView(name=refusal.entry.partition(".")[2], status=Status.FAILED, problem=refusal.problem)


def refused_profiles(configuration: Configuration) -> list[Refusal]:
    """The refusals that concern profiles, one for each."""
    found = {each.entry: each for each in reversed(configuration.refusals) if each.entry.startswith("profile.")}
    return list(found.values())


def note_of(keeper: ProfileKeeper) -> str:
    """A word about what is not sure, or about a limit that applies by itself, or an empty string."""
    held = keeper.session.obtained
    doubted = held is not None and not held.confirmed and keeper.session.wanted
    return UNCONFIRMED if doubted else _limit_of(keeper)


def _limit_of(keeper: ProfileKeeper) -> str:
    chain = keeper.chain
    if chain.capped:
        return CAPPED
    if chain.shortened:
        return lease_note(chain)
    obtained = keeper.session.obtained
    if chain.action is Action.ASSUME_ROLE_WITH_SAML and obtained is not None and obtained.confirmed:
        missing = timedelta(seconds=chain.duration) - obtained.life
        return SHORTENED if missing > SHORTENED_FROM else ""
    if chain.profile.action is Action.GET_FEDERATION_TOKEN and not (chain.profile.policy or chain.profile.policy_arns):
        return POWERLESS
    if chain.profile.action is Action.GET_SESSION_TOKEN and chain.profile.mfa is MfaUse.NONE:
        return NO_IAM
    return ""


def lease_note(chain: Chain) -> str:
    """What the lease does to the request."""
    if chain.shortened:
        return LEASED if chain.duration == chain.profile.lease else LEASED_SHORTLY
    return ""


def role_words(profile: Profile) -> str:
    """The role's name, or what a profile without a role obtains."""
    if profile.role_arn is not None:
        return profile.role_arn.name
    federated = profile.action is Action.GET_FEDERATION_TOKEN
    return f"federated user {profile.federated_user}" if federated else "session token"


def _renews(keeper: ProfileKeeper) -> bool:
    obtained = keeper.session.obtained
    return keeper.profile.refresh and keeper.renews_itself and obtained is not None and obtained.confirmed


def _parents(keeper: ProfileKeeper, roster: Roster) -> list[Chain]:
    return [roster.profiles[parent.name].chain for parent in keeper.chain.parents]


def _links(keeper: ProfileKeeper, roster: Roster, now: datetime) -> tuple[LinkView, ...]:
    chain = keeper.chain
    links = []
    root = roster.profiles[chain.parents[0].name] if chain.parents else keeper
    if chain.identity is not None:
        links.append(LinkView(name=chain.identity.name, kind="identity"))
    if isinstance(root.signer, ProviderSignIn):
        provider = root.signer.provider
        links.append(LinkView(name=provider.name, kind=provider.type, until=root.signer.usable_until))
    if isinstance(root.signer, MfaSessionKeeper):
        links.append(LinkView(name="MFA session", kind="mfa", until=_until(root.signer.session, now)))
    links += [
        LinkView(name=parent.name, kind="role", until=_until(roster.profiles[parent.name].session, now))
        for parent in chain.parents
    ]
    return (*links, LinkView(name=chain.profile.name, kind="role"))


def _until(session: sessions.Session, now: datetime) -> datetime | None:
    obtained = session.obtained
    return obtained.ends if obtained is not None and obtained.live(now) else None
