"""The pages of the stand-in's OpenID provider: where a person signs in, lets a device in, and signs out."""

from __future__ import annotations

import html
import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from app.standin import pages
from app.standin.grants import Consent, OAuthError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.standin.grants import Device
    from app.standin.openid import OpenIdProvider
    from app.standin.pages import SignIn
    from app.standin.wire import Answer
    from app.standin.world import OidcSite, Person

# RFC 8252, 7.3 and 8.3: an address on this machine by number, at any port.
_LOOPBACK = ("127.0.0.1", "::1")
_CHALLENGE = re.compile(r"[0-9A-Za-z_-]{43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A valid authorization request."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    nonce: str
    challenge: str
    prompt: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _DeviceVisit:
    """Somebody at the page for devices, with the code that was in the address or typed."""

    user_code: str


class OpenIdPages:
    """The pages of one provider. Not for several threads at once."""

    def __init__(self, site: OidcSite, people: Mapping[str, Person], provider: OpenIdProvider) -> None:
        self._site = site
        self._people = people
        self._provider = provider
        self._head = pages.Site(name=site.name, kind="OpenID provider of the stand-in AWS")
        self._tickets = pages.Tickets()

    def answer(self, method: str, path: str, given: Mapping[str, str], cookies: str, now: datetime) -> Answer:
        """Serve one page. Never raises: what is wrong is told to the person, or to the program by its address."""
        if (method, path) == ("GET", "authorize"):
            return self._authorize(given, cookies, now)
        if (method, path) == ("POST", "login"):
            return self._login(given, now)
        if path == "device":
            return self._device(method, given, cookies, now)
        if path == "end_session":
            return self._end_session(method, given, cookies, now)
        return self._told("Not found", "There is nothing here.", pages.MISSING)

    # --- Authorization ---

    def _authorize(self, given: Mapping[str, str], cookies: str, now: datetime) -> Answer:
        client_id, redirect_uri = given.get("client_id", ""), given.get("redirect_uri", "")
        if client_id not in self._site.clients:
            return self._told("Unknown program", "No program of that name may sign anybody in here.", pages.BAD)
        if not is_loopback(redirect_uri):
            return self._told("Unknown address", "The program asks for an answer to a strange address.", pages.BAD)
        try:
            request = _read(given)
        except OAuthError as error:
            told = {"error": error.code, "error_description": error.text, "state": given.get("state", "")}
            return self._back(redirect_uri, told)
        sign_in = self._provider.sign_ins.current(cookies, now)
        if sign_in is None and "none" in request.prompt:
            return self._back(redirect_uri, {"error": "login_required", "state": request.state})
        if sign_in is None or "login" in request.prompt:
            return self._ask(request, now)
        return self._grant(request, sign_in, now)

    def _grant(self, request: _Request, sign_in: SignIn, now: datetime) -> Answer:
        consent = Consent(
            person=sign_in.person,
            client_id=request.client_id,
            scopes=request.scopes,
            since=sign_in.since,
            nonce=request.nonce,
        )
        code = self._provider.grants.new_code(consent, request.redirect_uri, request.challenge, now)
        return self._back(request.redirect_uri, {"code": code, "state": request.state})

    def _back(self, redirect_uri: str, told: Mapping[str, str]) -> Answer:
        """Answer the program; `iss` says who does (RFC 9207)."""
        query = urlencode({name: value for name, value in told.items() if value} | {"iss": self._provider.issuer})
        return pages.redirect(f"{redirect_uri}{'&' if urlsplit(redirect_uri).query else '?'}{query}")

    # --- Signing in ---

    def _ask(self, wish: _Request | _DeviceVisit, now: datetime, *, wrong: bool = False) -> Answer:
        shown = next(iter(self._people.values()), None) if self._site.shows_password else None
        return pages.login_page(self._head, "/oidc/login", self._tickets.put(wish, now), shown, wrong=wrong)

    def _login(self, given: Mapping[str, str], now: datetime) -> Answer:
        wish = self._tickets.take(given.get("ticket", ""), now)
        if not isinstance(wish, _Request | _DeviceVisit):
            return self._told("Too late", "Start again from the program: this form is too old.", pages.BAD)
        person = self._people.get(given.get("user", ""))
        if person is None or not secrets.compare_digest(person.password.encode(), given.get("password", "").encode()):
            return self._ask(wish, now, wrong=True)
        known = self._provider.sign_ins.begin(person, now)
        if isinstance(wish, _DeviceVisit):
            query = urlencode({"user_code": wish.user_code})
            return pages.redirect(f"/oidc/device?{query}", (known,))
        answer = self._grant(wish, pages.SignIn(person=person, since=now), now)
        return replace(answer, headers=(*answer.headers, known))

    # --- Devices ---

    def _device(self, method: str, given: Mapping[str, str], cookies: str, now: datetime) -> Answer:
        user_code = given.get("user_code", "")
        sign_in = self._provider.sign_ins.current(cookies, now)
        if sign_in is None:
            return self._ask(_DeviceVisit(user_code=user_code), now)
        if method == "POST" and "ticket" in given:
            device = self._tickets.take(given["ticket"], now)
            return self._decide(device, given.get("answer", ""), sign_in, now)
        device = self._provider.grants.waiting(user_code, now)
        if device is None:
            return self._ask_code(user_code)
        return self._confirm(device, now)

    def _ask_code(self, tried: str) -> Answer:
        told = '<p class="wrong" role="alert">No device waits with this code.</p>' if tried else ""
        body = f"""<p>Type the code that the program shows.</p>
<form method="post" action="/oidc/device"><label for="user_code">Code</label>
<input type="text" id="user_code" name="user_code" autocomplete="off" autocapitalize="characters" autofocus>
{told}<div class="buttons"><button class="first" type="submit">Go on</button></div></form>"""
        return pages.page(self._head, "Let a device in", body)

    def _confirm(self, device: Device, now: datetime) -> Answer:
        ticket = pages.hidden({"ticket": self._tickets.put(device, now)})
        body = f"""<p>Does the program “{html.escape(device.client_id)}” show this code?</p>
<p class="code">{html.escape(device.user_code)}</p>
<form method="post" action="/oidc/device">{ticket}
<div class="buttons"><button type="submit" name="answer" value="no">No, stop it</button>
<button class="first" type="submit" name="answer" value="yes">Yes, let it in</button></div></form>"""
        return pages.page(self._head, "Let this device in?", body)

    def _decide(self, device: Device | None, word: str, sign_in: SignIn, now: datetime) -> Answer:
        if device is None or self._provider.grants.waiting(device.user_code, now) is None:
            return self._told("Too late", "This code has been used, or is too old.", pages.BAD)
        if word != "yes":
            self._provider.grants.decide(device, None)
            return self._told("Stopped", "The device was not let in. You may close this page.")
        consent = Consent(person=sign_in.person, client_id=device.client_id, scopes=device.scopes, since=sign_in.since)
        self._provider.grants.decide(device, consent)
        return self._told("The device is in", "Go back to it. You may close this page.")

    # --- Signing out ---

    def _end_session(self, method: str, given: Mapping[str, str], cookies: str, now: datetime) -> Answer:
        """Sign out (RP-Initiated Logout 1.0): at once for one's own ID token, else only if the person says so."""
        claims = self._provider.claims_of(given["id_token_hint"]) if given.get("id_token_hint") else None
        sign_in = self._provider.sign_ins.current(cookies, now)
        asked_by_own = claims is not None and (sign_in is None or claims.get("sub") == sign_in.person.name)
        confirmed = method == "POST" and self._tickets.take(given.get("ticket", ""), now) == "end_session"
        if not asked_by_own and not confirmed and sign_in is not None:
            ticket = pages.hidden({"ticket": self._tickets.put("end_session", now)})
            body = f"""<p>{html.escape(sign_in.person.full_name)} is signed in with this browser.</p>
<form method="post" action="/oidc/end_session">{ticket}
<div class="buttons"><button class="first" type="submit">Sign out</button></div></form>"""
            return pages.page(self._head, "Sign out?", body)
        gone = self._provider.sign_ins.end(cookies)
        where = given.get("post_logout_redirect_uri", "")
        if claims is not None and is_loopback(where):
            query = urlencode({"state": given["state"]}) if given.get("state") else ""
            return pages.redirect(f"{where}?{query}" if query else where, (gone,))
        answer = self._told("Signed out", f"{self._site.name} does not know this browser any more.")
        return replace(answer, headers=(*answer.headers, gone))

    def _told(self, title: str, text: str, status: int = pages.OK) -> Answer:
        return pages.page(self._head, title, f"<p>{html.escape(text)}</p>", status=status)


def is_loopback(url: str) -> bool:
    """Whether a program on this machine listens there: `http://127.0.0.1:PORT/…` or `http://[::1]:PORT/…`."""
    if not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and "@" not in parts.netloc and not parts.fragment and "#" not in url
    return plain and parts.hostname in _LOOPBACK and bool(port)


def scopes_of(text: str) -> tuple[str, ...]:
    """The scopes of a request. Raises OAuthError without `openid`: this provider does nothing else."""
    scopes = tuple(text.split())
    if "openid" not in scopes:
        raise OAuthError("invalid_scope", "The scope openid is needed.")
    return scopes


def _read(given: Mapping[str, str]) -> _Request:
    """Read an authorization request from a known client. Raises OAuthError."""
    if given.get("response_type") != "code":
        raise OAuthError("unsupported_response_type", "Only codes are handed out.")
    if given.get("response_mode", "query") != "query":
        raise OAuthError("invalid_request", "The answer goes into the query.")
    if "request" in given or "request_uri" in given:
        raise OAuthError("request_not_supported", "Request objects are not taken.")
    challenge = given.get("code_challenge", "")
    if given.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise OAuthError("invalid_request", "PKCE with S256 is needed.")
    prompt = tuple(given.get("prompt", "").split())
    if "none" in prompt and len(prompt) > 1:
        raise OAuthError("invalid_request", "The prompt none goes with no other.")
    return _Request(
        client_id=given.get("client_id", ""),
        redirect_uri=given.get("redirect_uri", ""),
        scopes=scopes_of(given.get("scope", "")),
        state=given.get("state", ""),
        nonce=given.get("nonce", ""),
        challenge=challenge,
        prompt=prompt,
    )
