"""Browsers that are not there, hang, die or come late: nobody waits for ever, no port stays open, it is told."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from app.adapters.desktop.browser import QtDesktop
from app.adapters.desktop.clipboard import SecretClipboard
from app.adapters.loopback import HOST, OneTimeRedirects
from app.domain.errors import NeedsPerson, ProviderTrouble, RolecallError
from app.domain.secret import Secret
from tests.adapters.oidc.fake_provider import Fake, client_of, faking
from tests.faults.tally import amount
from tests.faults.test_loopback_faults import TARGET, talk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from pytestqt.qtbot import QtBot

    from tests.faults.tally import Tally

PATIENCE = 60.0
ROW = "browser: the console"


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    async with faking() as made:
        yield made


class Missing:
    """Counts how often nobody came."""

    def __init__(self) -> None:
        self.times = 0
        self.told = asyncio.Event()

    def __call__(self) -> None:
        self.times += 1
        self.told.set()


async def led_on(url: str) -> bool:
    parts = urlsplit(url)
    got = await talk(parts.port or 0, f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    return TARGET.encode() in got


async def came(port: int) -> asyncio.StreamWriter:
    return (await asyncio.open_connection(HOST, port))[1]


async def dies(port: int) -> asyncio.StreamWriter:
    writer = await came(port)
    writer.transport.abort()
    return writer


async def dies_in_its_request(port: int) -> asyncio.StreamWriter:
    writer = await came(port)
    writer.write(b"GET /x")
    await writer.drain()
    writer.transport.abort()
    return writer


async def test_the_console(tally: Tally) -> None:
    """It is said once that nobody came; who comes late, or after others that died, is still led on."""
    for name, before in {
        "comes late": None,
        "another one died": dies,
        "another one died in its request": dies_in_its_request,
        "another one hangs": came,
    }.items():
        for number in range(amount(10, 1)):
            with tally.case(ROW, f"{name} {number}"):
                missing = Missing()
                redirects = OneTimeRedirects(missing)
                redirects.patience = 0.02
                url = redirects.offer(Secret(TARGET))
                other = await before(urlsplit(url).port or 0) if before is not None else None
                async with asyncio.timeout(PATIENCE):
                    await missing.told.wait()
                    assert await led_on(url)
                    assert missing.times == 1
                    await redirects.close()
                if other is not None:
                    other.close()
                    with contextlib.suppress(OSError):
                        await other.wait_closed()
    with tally.case(ROW, "never comes"):
        missing = Missing()
        redirects = OneTimeRedirects(missing)
        url = redirects.offer(Secret(TARGET), seconds=0.05)
        async with asyncio.timeout(PATIENCE):
            await redirects.settled()
        assert missing.times == 1
        with pytest.raises(OSError, match=r"refused|Connect call failed"):
            await led_on(url)


def test_no_browser_on_the_desktop(tally: Tally, qtbot: QtBot) -> None:
    def none(_url: str) -> None:
        raise NeedsPerson(code="browser-missing", title="No browser could be opened", remedy="Copy the URL.")

    with tally.case(ROW, "cannot be opened"):
        desktop = QtDesktop(SecretClipboard(), lambda _: "http://127.0.0.1:1/x", none)
        with pytest.raises(NeedsPerson) as caught:
            desktop.open_secret_url(Secret(TARGET))
        assert "canary" not in str(caught.value)
        assert caught.value.remedy


# --- A sign-in in the browser -----------------------------------------------------------------------------------------


async def test_a_sign_in(tally: Tally, fake: Fake) -> None:
    """Whatever becomes of the browser: one error in time, and the port is closed."""
    ports: list[int] = []

    opened = asyncio.Event()

    def tell(url: Secret) -> None:
        note(url)
        opened.set()

    def not_there(url: Secret) -> None:
        note(url)
        raise NeedsPerson(code="browser-missing", title="No browser could be opened", remedy="Copy the URL.")

    def note(url: Secret) -> None:
        redirect = parse_qs(urlsplit(url.reveal()).query)["redirect_uri"][0]
        ports.append(urlsplit(redirect).port or 0)

    def breaks(url: Secret) -> None:
        note(url)
        raise OSError("the desktop is gone")

    ways: dict[str, tuple[Callable[[Secret], None], type[BaseException]]] = {
        "cannot be opened": (not_there, NeedsPerson),
        "opening it breaks": (breaks, OSError),
        "never comes back": (note, ProviderTrouble),
    }
    for name, (open_url, kind) in ways.items():
        with tally.case("browser: a sign-in", name):
            async with client_of(fake, patience=0.05) as oidc:
                with pytest.raises(kind) as caught:
                    await oidc.sign_in(fake.provider(), client_secret=None, open_url=open_url)
            if isinstance(caught.value, RolecallError):
                assert caught.value.title
                assert caught.value.remedy
            await _closed(ports[-1])
    with tally.case("browser: a sign-in", "the person gives up"):
        async with client_of(fake) as oidc:
            waiting = asyncio.create_task(oidc.sign_in(fake.provider(), client_secret=None, open_url=tell))
            async with asyncio.timeout(PATIENCE):
                await opened.wait()
            waiting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await waiting
        await _closed(ports[-1])


async def _closed(port: int) -> None:
    with pytest.raises(OSError, match=r"refused|Connect call failed"):
        await talk(port, b"")
