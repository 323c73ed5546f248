"""A browser for tests without a window: cookies, redirects and forms, and no script."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    import http.client
    from email.message import Message

REDIRECTS = 20


@dataclass(slots=True, kw_only=True)
class Form:
    """One form of a page; `action` is absolute, `fields` holds what it would send as it stands."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """Every named field and button, also those that a person has yet to fill in or press."""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer. `url` is where it stands; `gone` is set, and there is no text, if it leads to another origin."""

    url: str
    status: int = 0
    text: str = ""
    gone: bool = False

    @property
    def forms(self) -> list[Form]:
        reader = _FormReader(self.url)
        reader.feed(self.text)
        reader.close()
        return reader.forms


class Browser:
    """One person's browser, which stays on the origin (scheme, host and port) of the address first opened."""

    def __init__(self) -> None:
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies), _NoRedirects()
        )

    def open(self, url: str, data: dict[str, str] | None = None) -> Page:
        """Get `url`, or post `data` to it, and follow redirects as long as they stay on its origin."""
        origin = urlsplit(url)[:2]
        for _ in range(REDIRECTS):
            if urlsplit(url)[:2] != origin:
                return Page(url=url, gone=True)
            status, headers, text = self._ask(url, data)
            if not 300 <= status < 400:
                return Page(url=url, status=status, text=text)
            url, data = urljoin(url, headers["Location"]), None
        raise AssertionError(f"more than {REDIRECTS} redirects, the last one to {url}")

    def submit(self, form: Form, **filled: str) -> Page:
        """Send `form` with fields filled in; every one of `filled` has to be there."""
        assert filled.keys() <= form.names, f"no such field: {filled.keys() - form.names}"
        fields = form.fields | filled
        if form.method == "post":
            return self.open(form.action, fields)
        return self.open(form.action.partition("?")[0] + "?" + urlencode(fields))

    def _ask(self, url: str, data: dict[str, str] | None) -> tuple[int, Message, str]:
        body = None if data is None else urlencode(data).encode("ascii")
        request = urllib.request.Request(url, body, {"Accept": "text/html"})  # noqa: S310  # a local server
        try:
            answer: http.client.HTTPResponse = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()
        with answer:
            return answer.status, answer.headers, answer.read().decode()


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Leave redirects to the browser, as errors."""


class _FormReader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._open = False
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self._url, given.get("action", ""))
            method = given.get("method", "get").lower()
            self.forms.append(Form(action=action, method=method, id=given.get("id", "")))
            self._open = True
        elif tag == "input" and self._open and given.get("name"):
            form = self.forms[-1]
            form.names.add(given["name"])
            if given.get("type", "text").lower() in {"hidden", "text", "password", "email"}:
                form.fields[given["name"]] = given.get("value", "")
        elif tag == "button" and given.get("name"):
            for form in self.forms:  # a button may stand outside of the form that it sends
                if form.id == given["form"] if "form" in given else self._open and form is self.forms[-1]:
                    form.names.add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
