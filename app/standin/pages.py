"""What the stand-in's own providers show in a browser, and the cookies by which they know it again.

The colours and measures are those of the product the demo is for, so that both look like one thing.
"""

from __future__ import annotations

import html
import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.standin.wire import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.standin.world import Person

OK, FOUND, BAD, UNAUTHORIZED, MISSING = 200, 303, 400, 401, 404
_TICKET_LIFE = timedelta(minutes=15)
_STYLE = """
:root{color-scheme:light dark;--window:#F7F7F8;--raised:#FFFFFF;--field:#FFFFFF;--button:#FFFFFF;
--line:#E4E4E8;--border:#CDCDD4;--text:#1B1B1F;--text2:#62626D;--accent:#2459E0;
--fill:#2B65F5;--onfill:#FFFFFF;--select:#E9F0FF;--bad:#C7282D;--badtint:#FDEBEB}
@media (prefers-color-scheme:dark){:root{--window:#17181B;--raised:#26272C;--field:#17181B;--button:#2A2C31;
--line:#2E3036;--border:#43454D;--text:#ECECF0;--text2:#A2A2AE;--accent:#7FA7FF;
--fill:#3668EA;--select:#26324D;--bad:#FF7B7B;--badtint:#3D2427}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:24px 16px;
background:var(--window);color:var(--text);font:13px/18px Inter,system-ui,sans-serif}
main{width:100%;max-width:376px;background:var(--raised);border:1px solid var(--line);border-radius:12px;padding:24px}
.site{display:flex;align-items:center;gap:8px;margin-bottom:20px;color:var(--text2);font-size:12px}
.tile{width:40px;height:40px;border-radius:10px;background:var(--select);color:var(--accent);display:flex;
align-items:center;justify-content:center;font-size:20px;font-weight:600}
.site b{display:block;color:var(--text);font-size:13px}
h1{margin:0 0 4px;font-size:20px;line-height:26px;font-weight:600}
p{margin:0 0 12px;color:var(--text2);overflow-wrap:anywhere}
label{display:block;margin:12px 0 4px;font-size:12px;font-weight:500}
input[type=text],input[type=password]{width:100%;height:32px;padding:0 8px;border:1px solid var(--border);
border-radius:6px;background:var(--field);color:var(--text);font:inherit}
input:focus{outline:2px solid var(--fill);outline-offset:-1px}
.buttons{display:flex;gap:8px;margin-top:20px}
button{flex:1;height:32px;border:1px solid var(--border);border-radius:6px;background:var(--button);color:var(--text);
font:inherit;font-weight:500;cursor:pointer}
button.first{border-color:var(--fill);background:var(--fill);color:var(--onfill)}
button:focus-visible{outline:2px solid var(--fill);outline-offset:2px}
.wrong{margin:12px 0 0;padding:8px 12px;border-radius:8px;background:var(--badtint);color:var(--bad)}
.note{margin:16px 0 0;padding-top:12px;border-top:1px solid var(--line);font-size:12px;line-height:17px}
.code{font-size:24px;line-height:32px;font-weight:600;letter-spacing:2px;color:var(--text)}
"""
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><style nonce="{nonce}">{style}</style></head>
<body><main><div class="site"><span class="tile" aria-hidden="true">{letter}</span>
<span><b>{site}</b>{kind}</span></div>
<h1>{title}</h1>
{body}</main>{script}</body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The head of a provider's pages: its name, and what it is."""

    name: str
    kind: str


def page(site: Site, title: str, body: str, *, status: int = OK, script: str = "") -> Answer:
    """A page of that site. `title` is plain; `body` is HTML, `script` JavaScript that runs when it is shown."""
    nonce = secrets.token_urlsafe(12)
    text = _PAGE.format(
        title=html.escape(title),
        nonce=nonce,
        style=_STYLE,
        letter=html.escape(site.name[:1].upper()),
        site=html.escape(site.name),
        kind=html.escape(site.kind),
        body=body,
        script=f'<script nonce="{nonce}">{script}</script>' if script else "",
    )
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; base-uri 'none'; "
    headers = (
        ("Content-Security-Policy", policy + "frame-ancestors 'none'"),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
    )
    return Answer(status=status, body=text.encode(), content_type="text/html; charset=utf-8", headers=headers)


def login_page(site: Site, action: str, ticket: str, person: Person | None, *, wrong: bool = False) -> Answer:
    """Ask for name and password; those of `person` are filled in."""
    name, password = ("", "") if person is None else (person.name, person.password)
    told = '<p class="wrong" role="alert">This name and password do not belong together.</p>' if wrong else ""
    note = '<p class="note">A demo on this machine: name and password are filled in, and nothing here is real.</p>'
    body = f"""<p>to go on to AWS</p>
<form method="post" action="{action}">{hidden({"ticket": ticket})}
<label for="user">Name</label>
<input type="text" id="user" name="user" value="{html.escape(name)}" autocomplete="username">
<label for="password">Password</label>
<input type="password" id="password" name="password" value="{html.escape(password)}" autocomplete="current-password"
 autofocus>
{told}<div class="buttons"><button class="first" type="submit">Sign in</button></div>
</form>
{note if person else ""}"""
    return page(site, f"Sign in to {site.name}", body)


def hidden(values: Mapping[str, str]) -> str:
    """Hidden fields of a form."""
    return "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in values.items()
    )


def redirect(where: str, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """Go on to another address with GET."""
    known = (("Location", where), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), *headers)
    return Answer(status=FOUND, body=b"", content_type="text/plain", headers=known)


def document(value: Mapping[str, Any], status: int = OK) -> Answer:
    """A JSON object that nobody keeps."""
    headers = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))
    return Answer(status=status, body=json.dumps(value).encode(), content_type="application/json", headers=headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A browser in which somebody signed in, and when."""

    person: Person
    since: datetime


class SignIns:
    """Who is signed in where, by cookie. `seconds` is how long a sign-in is remembered. Not for several threads."""

    def __init__(self, cookie: str, path: str, seconds: int) -> None:
        self._cookie = cookie
        self._path = path
        self._seconds = seconds
        self._known: dict[str, SignIn] = {}

    def current(self, cookies: str, now: datetime) -> SignIn | None:
        """The sign-in of the browser that sent these cookies, if it still holds."""
        found = self._known.get(self._of(cookies))
        return found if found is not None and now < self.ends(found) else None

    def ends(self, sign_in: SignIn) -> datetime:
        """Until when it is remembered."""
        return sign_in.since + timedelta(seconds=self._seconds)

    def begin(self, person: Person, now: datetime) -> tuple[str, str]:
        """Remember a person; gives the header that sets the cookie."""
        value = secrets.token_urlsafe(24)
        self._known[value] = SignIn(person=person, since=now)
        kept = f"Path={self._path}; Max-Age={self._seconds}; HttpOnly; SameSite=Lax"
        return ("Set-Cookie", f"{self._cookie}={value}; {kept}")

    def end(self, cookies: str) -> tuple[str, str]:
        """Forget that browser; gives the header that removes the cookie."""
        self._known.pop(self._of(cookies), None)
        return ("Set-Cookie", f"{self._cookie}=; Path={self._path}; Max-Age=0; HttpOnly; SameSite=Lax")

    def forget(self) -> None:
        """Forget everybody."""
        self._known.clear()

    def _of(self, cookies: str) -> str:
        found = re.search(rf"(?:^|; ?){self._cookie}=([0-9A-Za-z_-]+)", cookies)
        return found[1] if found else ""


class Tickets:
    """What a form belongs to, from the page that shows it to the answer. Each is good once. Not for several threads."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[Any, datetime]] = {}

    def put(self, value: object, now: datetime) -> str:
        """Keep `value`; gives the ticket."""
        ticket = secrets.token_urlsafe(16)
        self._open[ticket] = (value, now + _TICKET_LIFE)
        return ticket

    def take(self, ticket: str, now: datetime) -> Any:  # noqa: ANN401  # what was put
        """What was kept under a ticket, or None when there is nothing (any more)."""
        value, ends = self._open.pop(ticket, (None, now))
        return value if now < ends else None
