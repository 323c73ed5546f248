"""The page in the browser: says what happened, loads nothing, believes nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from app.adapters.oidc import page

HOSTILE = '"><script>alert(1)</script><img src=x onerror=y>&'
PAGES = {
    "signed in": page.signed_in(HOSTILE),
    "declined": page.declined(HOSTILE),
    "failed": page.failed(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    "misfit": page.misfit(),
}


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_nothing_is_loaded_and_nothing_runs(text: str) -> None:
    reader = Elements()
    reader.feed(text)
    names = {name for name, _ in reader.found}
    assert not names & {"script", "img", "link", "iframe", "object", "form", "a", "base"}
    attributes = {name for _, attrs in reader.found for name in attrs}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "href", "style")]
    assert "url(" not in text
    assert "@import" not in text


def test_it_says_what_to_do_next() -> None:
    assert "You are signed in to login" in page.signed_in("login")
    assert "Close this tab and return to Rolecall." in page.signed_in("login")
    assert "not signed in" in page.declined("login")
    shown = page.failed("login", "The provider refused", "It said no.", "Ask them.")
    assert "The provider refused. It said no." in shown
    assert "Ask them." in shown


def test_both_colour_schemes_set_the_same_colours() -> None:
    light, _, dark = page.signed_in("login").partition("prefers-color-scheme: dark")
    named = re.compile("--([a-z0-9-]+):")
    assert set(named.findall(light)) == set(named.findall(dark))
