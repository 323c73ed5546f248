"""What QtWebEngine is told before it starts, and that it keeps to it."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

import pytest

from app.adapters.desktop.saml_login import engine
from tests.adapters.desktop.saml_login_rig import ACS, Remote, Server, identity

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    "wanted",
    [
        "--disable-gpu",
        "--use-angle=swiftshader",
        "--ozone-platform=wayland",
        "--force-device-scale-factor=1.5",
        "--auth-server-allowlist=*.example.com",
    ],
)
def test_what_a_machine_needs_is_passed_on(wanted: str) -> None:
    assert engine.switches(f"  {wanted} ") == " ".join([wanted, *engine.OURS])


@pytest.mark.parametrize(
    "wanted",
    [
        "--remote-debugging-port=9222",
        "--remote-debugging-pipe",
        "--remote-allow-origins=*",
        "--enable-logging=stderr",
        "--v=1",
        "--vmodule=*=9",
        "--log-net-log=/tmp/log",
        "--ssl-key-log-file=/tmp/keys",
        "--ignore-certificate-errors",
        "--ignore-certificate-errors-spki-list=x",
        "--allow-running-insecure-content",
        "--disable-web-security",
        "--no-sandbox",
        "--user-data-dir=/tmp/x",
        "--load-extension=/tmp/x",
        "--host-resolver-rules=MAP",
        "--disable-gpu;--no-sandbox",
        "--disable-GPU",
        "file:///etc/passwd",
    ],
)
def test_what_opens_a_door_is_not(wanted: str) -> None:
    assert engine.switches(wanted) == " ".join(engine.OURS)


@pytest.mark.parametrize("module", ["app.adapters.desktop.saml_login", "app.bootstrap.window"])
def test_it_is_not_loaded_before_a_login_opens(module: str) -> None:
    script = f"import sys, {module}; print([name for name in sys.modules if 'WebEngine' in name])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


@pytest.mark.x11
def test_it_listens_to_nobody_and_asks_nobody_else(home: Path, xvfb: Mapping[str, str]) -> None:
    provider, proxy = Server(), Server()
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {
        "QTWEBENGINE_REMOTE_DEBUGGING": str(port),
        "QTWEBENGINE_CHROMIUM_FLAGS": f"--remote-debugging-port={port} --disable-gpu",
        "http_proxy": proxy.url,
        "https_proxy": proxy.url,
        "no_proxy": "127.0.0.1",
    }
    remote = Remote(home, xvfb, switches=[], environ=environ)
    page = "<input autofocus><img src='https://pictures.example.com/x.png'>"
    ident = remote.sign_in(provider.put("/login", page), stay=True)
    remote.loaded()
    time.sleep(3)  # nothing else tells that it stays silent
    with closing(socket()) as debugger:
        assert debugger.connect_ex(("127.0.0.1", port)) != 0
    # The system's proxy is used, and only for what the page itself wanted
    assert set(proxy.seen) == {"CONNECT pictures.example.com:443"}
    assert {line for line in provider.seen if not line.endswith("/login")} == set()
    for child in _family(remote.process.pid):
        arguments = _known(child, "cmdline")
        assert b"remote-debugging-port" not in arguments
        assert provider.url.encode() not in arguments
    remote.order("cancel", ident=ident)
    assert remote.end(ident)["kind"] == "cancelled"
    remote.quit()
    assert not list(home.rglob("*.dmp"))
    for server in (provider, proxy):
        server.close()


@pytest.mark.x11
def test_keys_of_connections_are_never_written_down(home: Path, xvfb: Mapping[str, str], tmp_path: Path) -> None:
    ours, keys = identity(tmp_path, "localhost"), tmp_path / "keys"
    provider = Server(ours.context)
    provider.put("/login", "<input autofocus>")
    pins = f"--ignore-certificate-errors-spki-list={ours.pin}"
    remote = Remote(home, xvfb, switches=[pins], environ={"SSLKEYLOGFILE": str(keys)})
    ident = remote.sign_in(f"https://localhost:{provider.port}/login")
    assert remote.loaded()["manner"] == "Encrypted connection"
    remote.order("cancel", ident=ident)
    remote.end(ident)
    remote.quit()
    assert not keys.exists()
    provider.close()


@pytest.mark.x11
def test_a_redirect_does_not_even_connect_to_aws(home: Path, xvfb: Mapping[str, str], tmp_path: Path) -> None:
    """Chromium follows a redirect of a script's request before anyone can say no."""
    theirs = identity(tmp_path, "other.example.com", "signin.aws.amazon.com")
    provider, aws = Server(), Server(theirs.context)
    rules = f"{engine.HOLE},MAP *.amazon.com 127.0.0.1:{aws.port},MAP other.example.com 127.0.0.1:{aws.port}"
    pins = f"--ignore-certificate-errors-spki-list={theirs.pin}"
    remote = Remote(home, xvfb, switches=[f'--host-resolver-rules="{rules}"', pins])
    for path, target in (("/again", ACS), ("/other", "https://other.example.com/saml")):
        provider.put(path, "", 307, Location=target)
        post = f"fetch('{path}', {{method: 'POST', mode: 'no-cors', body: 'SAMLResponse=QUJD'}})"
        page = f"<input autofocus><script>{post}.finally(() => fetch('/done'))</script>"
        ident = remote.sign_in(provider.put("/login", page))
        remote.until(lambda _: "GET /done" in provider.seen, "the script is done")
        # The same way to another host is open
        assert bool(aws.seen) is (path == "/other")
        assert bool(aws.connections) is (path == "/other")
        provider.forget()
        remote.order("cancel", ident=ident)
        remote.end(ident)
    remote.quit()
    for server in (provider, aws):
        server.close()


@pytest.mark.x11
def test_the_page_is_told_to_no_other_process(home: Path, xvfb: Mapping[str, str]) -> None:
    """Arguments and environment of all of Chromium's processes, while a response with a canary is taken."""
    provider, canary = Server(), "Y2FuYXJ5LWFzc2VydGlvbg=="
    remote = Remote(home, xvfb, switches=[])
    form = f'<form method="post" action="{ACS}"><input name="SAMLResponse" value="{canary}"></form>'
    remote.sign_in(provider.put("/open", "<input autofocus>"), name="other")
    remote.loaded()
    url = provider.put("/login", f"{form}<script>document.forms[0].submit()</script>")
    assert remote.outcome(f"{url}?token={canary}")["kind"] == "response"
    family = _family(remote.process.pid)
    assert len(family) > 2
    for child in family:
        for what in ("cmdline", "environ"):
            assert canary.encode() not in _known(child, what)
    assert canary not in remote.quit()
    provider.close()


def _known(process: int, what: str) -> bytes:
    """`cmdline` or `environ` of a process; nothing if it is gone meanwhile."""
    try:
        return Path(f"/proc/{process}/{what}").read_bytes()
    except OSError:
        return b""


def _family(root: int) -> set[int]:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # gone meanwhile
    family = {root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family
