"""The words and signs for providers: what they are, how one signs in there, and how that stands. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.configuration import Flow
from app.domain.values import dataclass, replace
from app.domain.view import SignIn
from app.ui import text, tokens
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.domain.view import NeedView, ProviderView, SessionView, Snapshot

SAML, OIDC = "saml", "oidc"
OPENS_BY_ITSELF = frozenset({Flow.WINDOW.value, Flow.BROWSER.value})
"""Ways that go on outside of the main window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a sign-in looks: a word, a drawing of the icon set (or none) and the token that colours it."""

    word: str
    icon: str = ""
    tint: str = "text2"


def kind_word(kind: str) -> str:
    """What a provider of a type is, in full."""
    return tr("SAML provider") if kind == SAML else tr("OpenID Connect provider")


def kind_icon(kind: str) -> str:
    """The drawing for a provider of a type."""
    return "globe" if kind == OIDC else "shield"


def way_word(way: str) -> str:
    """How one signs in, in a few words."""
    words = {
        Flow.WINDOW.value: tr("Window of its own"),
        Flow.PASTE.value: tr("Paste or drop a response"),
        Flow.BROWSER.value: tr("System browser"),
        Flow.DEVICE.value: tr("Code on another device"),
        Flow.FILE.value: tr("Token file"),
        Flow.COMMAND.value: tr("A command prints it"),
    }
    return words.get(way, way)


def way_icon(way: str) -> str:
    """The drawing for a way of signing in."""
    icons = {
        Flow.WINDOW.value: "window",
        Flow.PASTE.value: "clipboard",
        Flow.BROWSER.value: "globe",
        Flow.DEVICE.value: "phone",
        Flow.FILE.value: "file",
        Flow.COMMAND.value: "terminal",
    }
    return icons.get(way, "sign-in")


def shown(view: ProviderView, now: datetime) -> SignIn:
    """The status as it is at `now` (UTC): that a proof can no longer be redeemed is a fact of time."""
    if view.status is SignIn.IN and view.usable_until is not None and view.usable_until <= now:
        return SignIn.REMEMBERED if view.remembered else SignIn.OUT
    return view.status


def look(status: SignIn) -> Look:
    """Word, drawing and colour of a status."""
    return {
        SignIn.OUT: Look(word=tr("Signed out")),
        SignIn.SIGNING_IN: Look(word=tr("Signing in"), icon="refresh", tint="accent"),
        SignIn.WAITING: Look(word=tr("Waiting for you"), icon="person", tint="accent"),
        SignIn.IN: Look(word=tr("Signed in"), icon="check", tint="good_mark"),
        SignIn.REMEMBERED: Look(word=tr("Remembered"), icon="bookmark", tint="text2"),
        SignIn.FAILED: Look(word=tr("Failed"), icon="warning", tint="bad_mark"),
        SignIn.LEAVING: Look(word=tr("Signing out"), icon="refresh", tint="text2"),
    }[status]


def headline(view: ProviderView, now: datetime) -> str:
    """The status in a sentence's beginning, with who is signed in where that is known."""
    status = shown(view, now)
    if status is SignIn.IN and view.subject:
        return tr("Signed in as {subject}").format(subject=view.subject)
    if status is SignIn.REMEMBERED and view.subject:
        return tr("{subject} is remembered").format(subject=view.subject)
    return look(status).word if status is not SignIn.FAILED else tr("Sign-in failed")


def proof_word(kind: str, *, plain: bool = False) -> str:
    """What the provider gives: `plain` for an OAuth 2.0 access token, which says nothing."""
    if kind == SAML:
        return tr("assertion")
    return tr("access token") if plain else tr("ID token")


def time_words(view: ProviderView, now: datetime) -> str:
    """How long the proof can still be redeemed; empty where there is none."""
    if shown(view, now) is not SignIn.IN or view.usable_until is None:
        return ""
    left = text.countdown(view.usable_until - now)
    if view.type == SAML:
        return tr("{time} left to redeem the assertion").format(time=left)
    return tr("{time} left to redeem the token").format(time=left)


def share_left(view: ProviderView, now: datetime) -> float:
    """Time left to redeem, by all there was since it came; 0.0 to 1.0."""
    if view.usable_until is None or view.usable_until <= now:
        return 0.0
    if view.seen is None or view.seen >= view.usable_until:
        return 1.0
    return min(1.0, (view.usable_until - now) / (view.usable_until - view.seen))


def tone_left(view: ProviderView, now: datetime) -> text.Tone:
    """Amber in the last two minutes, red in the last one: an assertion lives five."""
    left = 0.0 if view.usable_until is None else (view.usable_until - now).total_seconds()
    if left < tokens.LAST_MINUTE_S:
        return text.Tone.BAD
    return text.Tone.WARN if left < tokens.ALMOST_GONE_S else text.Tone.GOOD


def keeps_words(kind: str) -> str:
    """What “stay signed in” keeps, and where."""
    if kind == SAML:
        return tr("Keeps the login page's cookies in a folder of their own, so that renewing needs nobody.")
    return tr("Keeps the refresh token in the keyring, so that renewing needs nobody.")


def can_stay(view_way: str) -> bool:
    """Whether a way of signing in leaves anything that could be kept."""
    return view_way in {Flow.WINDOW.value, Flow.BROWSER.value, Flow.DEVICE.value}


def spoken(view: ProviderView, now: datetime) -> str:
    """A provider in one sentence, for tool tips and screen readers."""
    kind = text.source_word(view.type)
    return ", ".join(part for part in (view.name, kind, look(shown(view, now)).word.lower()) if part)


def find(snapshot: Snapshot, name: str) -> ProviderView | None:
    """The provider of that name as it is now."""
    return next((each for each in snapshot.providers if each.name == name), None)


def need_of(snapshot: Snapshot, provider: str) -> NeedView | None:
    """What a person has to do for a provider, if anything."""
    return next(
        (each for each in snapshot.needs if each.sign_in is not None and each.sign_in.provider == provider), None
    )


def waits_elsewhere(need: NeedView) -> bool:
    """Whether it goes on in a window or browser that is open already."""
    return need.sign_in is not None and need.sign_in.opened and need.sign_in.way in OPENS_BY_ITSELF


def waiting_words(need: NeedView) -> str:
    """Where a sign-in waits for the person, in a sentence."""
    sign_in = need.sign_in
    if sign_in is None:
        return need.title
    name = sign_in.provider
    if not sign_in.opened:
        return tr("Sign in to {name}").format(name=name)
    words = {
        Flow.WINDOW.value: tr("{name}'s login page is open in a window of its own"),
        Flow.BROWSER.value: tr("Your browser is open at {name}'s page"),
        Flow.DEVICE.value: tr("{name} waits for you to type its code on another device"),
    }
    return words.get(sign_in.way, tr("Sign in to {name}")).format(name=name)


def told_where(views: Iterable[SessionView], needs: Iterable[NeedView]) -> tuple[SessionView, ...]:
    """The rows, with where a sign-in waits for the person in place of that one is needed."""
    where = {
        name: f"{need.sign_in.way} open"
        for need in needs
        if need.sign_in is not None and need.sign_in.opened and need.sign_in.way != Flow.PASTE.value
        for name in need.profiles
    }
    if not where:
        return tuple(views)
    return tuple(
        replace(view, waiting_for=where[view.name]) if view.name in where and view.waiting_for == "browser" else view
        for view in views
    )
