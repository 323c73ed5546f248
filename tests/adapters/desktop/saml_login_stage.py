"""One player and its providers for a whole module: each test finds them as new."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.adapters.desktop.saml_login_rig import Remote, Server, identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOGIN, IDN, STRANGER, EXPIRED = "login.example.com", "xn--exmple-cua.com", "stranger.example.com", "old.example.com"
SECRET = "canary-in-the-address"
RESPONSE = base64.b64encode(b"<samlp:Response/>").decode()
ASK = '<form method="post" action="/answer"><input name="username" autofocus><button>Go</button></form>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    remote: Remote
    provider: Server
    public: Server
    """login.example.com and its like, with a certificate that counts as good for both."""


@pytest.fixture(scope="module")
def whole_stage(tmp_path_factory: pytest.TempPathFactory, xvfb: Mapping[str, str]) -> Iterator[Stage]:
    directory = tmp_path_factory.mktemp("manners")
    ours, unknown = identity(directory, LOGIN, IDN), identity(directory, STRANGER)
    old = identity(directory, EXPIRED, days=-1)
    provider, public = Server(), Server(ours.context)
    stranger, expired = Server(unknown.context), Server(old.context)
    public.put("/login", "<h1>Welcome</h1>" + ASK)
    hosts = {LOGIN: public, IDN: public, STRANGER: stranger, EXPIRED: expired}
    rules = [f"MAP {host} 127.0.0.1:{server.port}" for host, server in hosts.items()]
    switches = [
        f'--host-resolver-rules="{",".join(rules)}"',
        f"--ignore-certificate-errors-spki-list={ours.pin}",
        "--use-fake-device-for-media-stream",
    ]
    (directory / "home").mkdir()
    remote = Remote(directory / "home", xvfb, switches=switches)
    yield Stage(remote=remote, provider=provider, public=public)
    written = remote.quit()
    for server in (provider, public, stranger, expired):
        server.close()
    assert SECRET not in written
    assert RESPONSE not in written


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    yield whole_stage
    remote = whole_stage.remote
    for ident in set(remote.begun) - set(remote.ended):
        remote.order("cancel", ident=ident)
        assert remote.end(ident)["kind"] == "cancelled"
    remote.order("times", shown=300, hidden=10)
    whole_stage.provider.forget()
