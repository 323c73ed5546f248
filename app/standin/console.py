"""The console's federation endpoint, and a very small console that only tells who is signed in.

Source: IAM User Guide, "Enable custom identity broker access to the AWS console".
"""

from __future__ import annotations

import hmac
import html
import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.standin.keys import Kind
from app.standin.wire import BAD_REQUEST, FORBIDDEN, Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.standin.keys import Caller, Keys
    from app.standin.world import World

TOKEN_LIFE = timedelta(minutes=15)
SESSION_DURATION = (900, 43200)
COOKIE = "standin-console"
_OK, _FOUND = 200, 302
_CONSOLE_HOST = re.compile(
    r"([0-9a-z-]+\.)*console\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu)"
)
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:4rem auto;padding:0 1rem;color:#1b1f24}}
dt{{color:#59636e}}dd{{margin:0 0 .8rem;overflow-wrap:anywhere}}</style></head>
<body><h1>{title}</h1>
{body}</body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _SignIn:
    """A sign-in token: whose it is, until when it can be used, and until when the console then stays open."""

    session: Caller
    usable_until: datetime
    open_until: datetime
    destination: str = field(default="")


class Wrong(Exception):
    """The federation endpoint refuses with 400; the text says why."""


class Console:
    """Sign-in tokens and open consoles. Not for several threads at once."""

    def __init__(self, world: World, keys: Keys) -> None:
        self._world = world
        self._keys = keys
        self._sign_ins: dict[str, _SignIn] = {}
        self._open: dict[str, _SignIn] = {}

    def federation(self, method: str, given: Mapping[str, str], host: str, now: datetime) -> Answer:
        """`/federation`: getSigninToken (GET or POST form) and login (GET). Raises Wrong."""
        action = given.get("Action")
        if action == "getSigninToken":
            return self._token(given, now)
        if action == "login" and method == "GET":
            return self._login(given, host, now)
        raise Wrong("Action must be getSigninToken, or login with GET.")

    def show(self, cookies: str, now: datetime) -> Answer:
        """`/console`: who is signed in with that browser."""
        entry = self._open.get(_cookie(cookies))
        if entry is None or now >= entry.open_until:
            return page(FORBIDDEN, "Nobody is signed in", "<p>This console session is unknown or over.</p>")
        session = entry.session
        account = self._world.accounts.get(session.account_id)
        lines = {
            "Signed in as": session.arn,
            "Account": f"{account.alias if account else ''} ({session.account_id})".lstrip(),
            "Until": f"{entry.open_until:%Y-%m-%d %H:%M:%S} UTC",
            "You were going to": entry.destination,
        }
        told = "".join(f"<dt>{name}</dt><dd>{html.escape(text)}</dd>\n" for name, text in lines.items())
        return page(_OK, "Stand-in console", f"<dl>{told}</dl><p>This is not AWS: nothing here is real.</p>")

    def sign_out(self, cookies: str, given: Mapping[str, str], host: str) -> Answer:
        """`/oauth?Action=logout`: end that browser's console, and go on to a page of this server. Raises Wrong."""
        redirect = given.get("redirect_uri", "")
        if given.get("Action") != "logout" or not (redirect == "" or _ours(redirect, host)):
            raise Wrong("Action must be logout, and redirect_uri a sign-in page.")
        self._open.pop(_cookie(cookies), None)
        gone = ("Set-Cookie", f"{COOKIE}=; Path=/; Max-Age=0")
        if not redirect:
            return page(_OK, "Signed out", "<p>You are signed out of the stand-in console.</p>", (gone,))
        return _redirect(redirect, gone)

    def _token(self, given: Mapping[str, str], now: datetime) -> Answer:
        session = self._session(given.get("Session", ""), now)
        if session.kind is Kind.SESSION_TOKEN:
            raise Wrong("A session of GetSessionToken cannot sign in to the console.")
        seconds = _duration(given.get("SessionDuration"))
        if seconds is not None and session.kind is Kind.FEDERATED:
            raise Wrong("SessionDuration cannot be used with a session of GetFederationToken.")
        if seconds is not None and session.chained:
            raise Wrong("SessionDuration cannot be used with a role that was assumed by role chaining.")
        token = secrets.token_urlsafe(400)
        own_end = session.expires or now
        open_until = own_end if seconds is None else now + timedelta(seconds=seconds)
        self._sign_ins[token] = _SignIn(session=session, usable_until=now + TOKEN_LIFE, open_until=open_until)
        body = json.dumps({"SigninToken": token}).encode()
        return Answer(status=_OK, body=body, content_type="application/json", headers=(("Cache-Control", "no-store"),))

    def _session(self, text: str, now: datetime) -> Caller:
        try:
            given = json.loads(text)
        except (ValueError, RecursionError):
            raise Wrong("Session is missing or no JSON.") from None
        names = ("sessionId", "sessionKey", "sessionToken")
        if not isinstance(given, dict) or not all(isinstance(given.get(name), str) for name in names):
            raise Wrong("Session needs sessionId, sessionKey and sessionToken.")
        session = self._keys.find(given["sessionId"])
        if session is None or session.long_term:
            raise Wrong("The session is not known.")
        known = (session.secret_access_key + "\n" + session.session_token).encode()
        if not hmac.compare_digest(known, (given["sessionKey"] + "\n" + given["sessionToken"]).encode()):
            raise Wrong("The session is not known.")
        if session.expires is None or now >= session.expires:
            raise Wrong("The session has expired.")
        return session

    def _login(self, given: Mapping[str, str], host: str, now: datetime) -> Answer:
        entry = self._sign_ins.get(given.get("SigninToken", ""))
        if entry is None or now >= entry.usable_until:
            raise Wrong("The sign-in token is unknown or older than 15 minutes.")
        destination = given.get("Destination", "")
        target = urlsplit(destination)
        if not _ours(destination, host) and not (target.scheme == "https" and _CONSOLE_HOST.fullmatch(target.netloc)):
            raise Wrong("Destination is no page of the AWS console.")
        cookie = secrets.token_urlsafe(24)
        self._open[cookie] = _SignIn(
            session=entry.session,
            usable_until=entry.usable_until,
            open_until=entry.open_until,
            destination=destination,
        )
        return _redirect(f"http://{host}/console", ("Set-Cookie", f"{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax"))


def page(status: int, title: str, body: str, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """A small HTML page; `title` is plain, `body` HTML."""
    text = _PAGE.format(title=html.escape(title), body=body)
    return Answer(status=status, body=text.encode(), content_type="text/html; charset=utf-8", headers=headers)


def refused(wrong: Wrong) -> Answer:
    """The federation endpoint's 400."""
    return page(BAD_REQUEST, "The request cannot be processed", f"<p>{html.escape(str(wrong))}</p>")


def _redirect(where: str, *headers: tuple[str, str]) -> Answer:
    known = (("Location", where), ("Cache-Control", "no-store"), *headers)
    return Answer(status=_FOUND, body=b"", content_type="text/plain", headers=known)


def _cookie(cookies: str) -> str:
    found = re.search(rf"{COOKIE}=([0-9A-Za-z_-]+)", cookies)
    return found[1] if found else ""


def _ours(url: str, host: str) -> bool:
    return url.isprintable() and urlsplit(url)[:2] == ("http", host)


def _duration(text: str | None) -> int | None:
    if text is None:
        return None
    least, most = SESSION_DURATION
    if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise Wrong(f"SessionDuration must be from {least} to {most} seconds.")
    return int(text)
