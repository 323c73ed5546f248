"""TLS over kept connections on the loop of a real window, Qt's, as on asyncio's own: kept, and closed to strangers."""

from __future__ import annotations

import asyncio
import gc
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import qasync

from app.adapters.http import Http, HttpOptions
from app.domain.errors import NetworkTrouble, Retry
from tests.adapters.sts.raw_server import answer, hang, serving
from tests.faults import tls_trouble as tls

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Coroutine, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tests.faults.tls_trouble import Authority

    Play = Callable[[Coroutine[Any, Any, "T"]], "T"]

T = TypeVar("T")
CANARY = "canary-secret"


@pytest.fixture(params=["asyncio", "qasync"])
def play(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Play[Any]]:
    """Runs a coroutine to its end; what goes wrong beside it counts too."""
    amiss: list[dict[str, Any]] = []
    make = {"asyncio": asyncio.new_event_loop, "qasync": lambda: qasync.QEventLoop(qapp)}[request.param]
    with asyncio.Runner(loop_factory=make) as runner:
        runner.get_loop().set_exception_handler(lambda _, context: amiss.append(context))
        yield runner.run
    del runner
    gc.collect()  # a loop of Qt holds a timer, which only this thread may let go of
    assert not amiss


@pytest.fixture
def known() -> Authority:
    return tls.authority("Known root")


@pytest.fixture
def options(known: Authority, tmp_path: Path) -> HttpOptions:
    path = tmp_path / "bundle.pem"
    path.write_bytes(known.pem())
    return HttpOptions(connect_timeout=30, read_timeout=30, ca_bundle=str(path))


@pytest.fixture
def trusted(known: Authority, tmp_path: Path) -> ssl.SSLContext:
    return tls.server_tls(tmp_path, known)


def named(context: ssl.SSLContext) -> list[str | None]:
    """Whom those ask for who come: one name for each handshake."""
    names: list[str | None] = []
    context.sni_callback = lambda _, name, __: names.append(name)
    return names


async def ask(http: Http, url: str) -> bytes:
    return (await http.send("POST", url, headers={"x-token": CANARY}, body=CANARY.encode(), seconds=30)).body


def test_one_connection_serves_one_after_the_other(
    play: Play[None], options: HttpOptions, trusted: ssl.SSLContext
) -> None:
    names = named(trusted)

    async def go() -> None:
        http = Http(options)
        async with serving(*[answer(f"{n}" * 40_000) for n in range(5)], tls=trusted) as server:
            got = [await ask(http, server.url) for _ in range(5)]
            await http.aclose()
            assert got == [f"{n}".encode() * 40_000 for n in range(5)]
            assert [seen.body for seen in server.seen] == [CANARY.encode()] * 5
            assert server.connections == 1

    play(go())
    assert names == ["localhost"]


def test_four_serve_many_at_a_time(play: Play[None], options: HttpOptions, trusted: ssl.SSLContext) -> None:
    async def go() -> None:
        http = Http(options)
        async with serving(answer("x" * 100_000), tls=trusted) as server:
            for _ in range(2):
                got = await asyncio.gather(*(ask(http, server.url) for _ in range(12)))
                assert got == [b"x" * 100_000] * 12
            await http.aclose()
            assert server.connections <= 4
            assert len(server.seen) == 24

    play(go())


def test_who_leaves_or_says_too_much_is_not_asked_again(
    play: Play[None], options: HttpOptions, trusted: ssl.SSLContext
) -> None:
    async def parting(_server: object, writer: asyncio.StreamWriter) -> None:
        writer.write(answer("bye"))
        await writer.drain()
        writer.close()

    async def go() -> None:
        http = Http(options)
        raw = (parting, answer("mine") + answer("other"), answer("next"))
        async with serving(*raw, tls=trusted) as server:
            got = [await ask(http, server.url) for _ in range(4)]
            await http.aclose()
            assert got == [b"bye", b"mine", b"next", b"next"]
            assert server.connections == 3

    play(go())


def test_a_request_that_is_given_up_leaves_no_connection_behind(
    play: Play[None], options: HttpOptions, trusted: ssl.SSLContext
) -> None:
    async def go() -> None:
        http = Http(options)
        async with serving(hang, answer("next"), tls=trusted) as server:
            asking = asyncio.create_task(ask(http, server.url))
            await server.arrived.wait()
            asking.cancel()
            await asyncio.wait([asking])
            assert asking.cancelled()
            assert await ask(http, server.url) == b"next"
            await http.aclose()
            assert server.connections == 2

    play(go())


@pytest.mark.parametrize("kind", ["another host", "an address for a name", "expired", "unknown root", "self-signed"])
def test_strangers_are_told_nothing(
    play: Play[None], options: HttpOptions, known: Authority, tmp_path: Path, kind: str
) -> None:
    server_tls = {
        "another host": lambda: tls.server_tls(tmp_path, known, hosts=("sts.example.com",)),
        "an address for a name": lambda: tls.server_tls(tmp_path, known, hosts=("127.0.0.1",)),
        "expired": lambda: tls.server_tls(tmp_path, known, life=-timedelta(minutes=1)),
        "unknown root": lambda: tls.server_tls(tmp_path, tls.authority("Unknown root")),
        "self-signed": lambda: tls.server_tls(tmp_path, None),
    }[kind]()

    async def go() -> None:
        http = Http(options)
        async with serving(answer("stolen"), tls=server_tls) as server:
            for _ in range(2):
                with pytest.raises(NetworkTrouble) as caught:
                    await ask(http, server.url)
                assert caught.value.code == "tls"
                assert caught.value.retry is Retry.NEVER
            await http.aclose()
            assert not server.seen

    play(go())


def test_a_kept_connection_is_that_of_its_host_alone(
    play: Play[None], options: HttpOptions, trusted: ssl.SSLContext
) -> None:
    """The same server by another name has to prove that one."""

    async def go() -> None:
        http = Http(options)
        async with serving(answer("x"), tls=trusted) as server:
            assert await ask(http, server.url) == b"x"
            with pytest.raises(NetworkTrouble) as caught:
                await ask(http, server.url.replace("localhost", "127.0.0.1"))
            assert caught.value.code == "tls"
            assert await ask(http, server.url) == b"x"
            await http.aclose()
            assert len(server.seen) == 2

    play(go())
