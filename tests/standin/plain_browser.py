"""A browser without a window: keeps cookies, follows redirects within one host, fills in and submits forms."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Page:
    """What came back. `where` is the address it came from, or, for a redirect to another host, leads to."""

    where: str
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def forms(self) -> list[Form]:
        reader = _Forms()
        reader.feed(self.text)
        return reader.forms

    @property
    def json(self) -> Any:  # noqa: ANN401  # JSON
        return json.loads(self.text)

    @property
    def query(self) -> dict[str, str]:
        """The query of the address, each name once."""
        found = parse_qs(urlsplit(self.where).query, strict_parsing=True)
        assert all(len(values) == 1 for values in found.values())
        return {name: values[0] for name, values in found.items()}


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").upper()))
        elif tag == "input" and "name" in given:
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif tag == "button" and "name" in given:
            self.forms[-1].buttons.append((given["name"], given.get("value", "")))


class Browser:
    """One browser with its cookies, which are kept for one host."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []

    def get(self, where: str, *, follow: bool = True) -> Page:
        return self._ask("GET", urljoin(self.home, where), b"", follow=follow)

    def post(self, where: str, fields: Mapping[str, str], *, follow: bool = True) -> Page:
        return self._ask("POST", urljoin(self.home, where), urlencode(fields).encode(), follow=follow)

    def submit(self, page: Page, *, follow: bool = True, **changed: str) -> Page:
        """Submit the only form of a page, with fields changed or added."""
        (form,) = page.forms
        return self.post(urljoin(page.where, form.action), {**form.fields, **changed}, follow=follow)

    def _ask(self, method: str, url: str, body: bytes, *, follow: bool) -> Page:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=20)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": kept} if kept else {}
        headers |= {"Content-Type": FORM} if method == "POST" else {}
        try:
            connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        self._keep(answer.headers.get_all("Set-Cookie", []))
        page = Page(url, answer.status, dict(answer.headers), text)
        if not follow or answer.status not in (302, 303):
            return page
        target = urljoin(url, answer.headers["Location"])
        if urlsplit(target).netloc != urlsplit(self.home).netloc:
            return Page(target, answer.status, dict(answer.headers), text)
        return self._ask("GET", target, b"", follow=True)

    def _keep(self, given: list[str]) -> None:
        self.set_cookies += given
        for each in given:
            name, _, value = each.partition(";")[0].partition("=")
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)


@dataclass
class OidcClient:
    """A program that signs in at an OpenID provider by hand: every field can be another.

    `browser` asks the provider for everything, and is the person's browser too.
    """

    browser: Browser
    issuer: str
    client_id: str = "rolecall"
    redirect_uri: str = "http://127.0.0.1:49152/callback"
    scope: str = "openid email offline_access"
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(8))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(8))

    def endpoint(self, name: str) -> str:
        found: str = self.browser.get(f"{self.issuer}/.well-known/openid-configuration").json[f"{name}_endpoint"]
        return found

    def authorize(self, **changed: str | None) -> Page:
        """Go to the authorization endpoint; None leaves a parameter out."""
        return self.browser.get(self.address(**changed))

    def address(self, **changed: str | None) -> str:
        """Where `authorize` goes."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).decode().rstrip("=")
        known = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": self.scope,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        given = {name: value for name, value in {**known, **changed}.items() if value is not None}
        return f"{self.endpoint('authorization')}?{urlencode(given)}"

    def token(self, **fields: str) -> Page:
        return self.browser.post(self.endpoint("token"), {"client_id": self.client_id, **fields})

    def redeem(self, code: str, **changed: str) -> Page:
        known = {"code": code, "redirect_uri": self.redirect_uri, "code_verifier": self.verifier}
        return self.token(**{"grant_type": "authorization_code", **known, **changed})

    def refresh(self, token: str, **changed: str) -> Page:
        return self.token(**{"grant_type": "refresh_token", "refresh_token": token, **changed})

    def sign_in(self) -> dict[str, Any]:
        """The whole way, with the form as it comes filled in; gives the token endpoint's answer."""
        page = self.authorize()
        if page.status == 200:
            page = self.browser.submit(page)
        assert page.query["state"] == self.state
        found = self.redeem(page.query["code"])
        assert found.status == 200
        told: dict[str, Any] = found.json
        return told
