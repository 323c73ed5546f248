"""The way back from a real browser engine: a login form, two redirects, and the page that says what to do next."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from app.adapters.http import Http, HttpOptions, utc_now
from app.adapters.oidc.client import OidcClient
from app.domain.configuration import Provider

if TYPE_CHECKING:
    from app.domain.secret import Secret
    from tests.e2e.panva import Panva

PLAYER = Path(__file__).with_name("oidc_browser_player.py")
DARK, LIGHT = 0, 1  # as Chromium numbers them


async def browse(url: Secret, panva: Panva, scheme: int) -> dict[str, Any]:
    """What the browser shows in the end."""
    flags = f"--disable-gpu --blink-settings=preferredColorScheme={scheme}"
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PLAYER),
        panva.issuer,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "QTWEBENGINE_CHROMIUM_FLAGS": flags},
    )
    output, errors = await child.communicate(f"{url.reveal()}\n".encode())
    assert child.returncode == 0, errors.decode(errors="replace")[-4000:]
    return dict(json.loads(output))


@pytest.mark.parametrize(
    ("scheme", "background"), [(LIGHT, "rgb(247, 247, 248)"), (DARK, "rgb(23, 24, 27)")], ids=["light", "dark"]
)
async def test_a_browser_ends_at_a_clean_page(panva: Panva, scheme: int, background: str) -> None:
    browsing: list[asyncio.Task[dict[str, Any]]] = []
    http = Http(HttpOptions())
    oidc = OidcClient(http, now=utc_now)
    provider = Provider(name="login", type="oidc", issuer=panva.issuer, client_id=panva.client_id)
    try:
        async with asyncio.TaskGroup() as group:  # a browser that fails ends the wait for it
            tokens = await oidc.sign_in(
                provider,
                client_secret=None,
                open_url=lambda url: browsing.append(group.create_task(browse(url, panva, scheme))),
            )
    finally:
        await http.aclose()
    page = browsing[0].result()
    assert tokens.token.facts.subject == "alice"
    assert urlsplit(page["url"])[2:] == ("/done", "", "")
    assert page["title"] == "You are signed in to login - Rolecall"
    assert "Close this tab and return to Rolecall." in page["text"]
    assert page["background"] == background
    assert not [each for each in page["history"] if "code=" in each or "/callback" in each]
    assert (page["loaded"], page["complaints"]) == ([], [])
