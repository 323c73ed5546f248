from __future__ import annotations

import os
import socket
import sys

import pytest

from app.adapters import peers

HOST = "127.0.0.1"


def test_an_ipv6_end_is_found_under_the_name_it_has_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "000000000000000000000000" + ("01000000" if sys.byteorder == "little" else "00000001")
    table = {(f"{words}:0050", f"{words}:0051"): os.geteuid(), (f"{words}:0051", f"{words}:0050"): os.geteuid() + 1}
    monkeypatch.setattr(peers, "_connections", lambda: table)
    assert peers.of_another_user(("::1", 81), ("::1", 80))
    assert not peers.of_another_user(("::1", 80), ("::1", 81))


def test_another_user_is_told_apart_on_an_ipv6_socket_that_speaks_to_an_ipv4_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server((HOST, 0)) as listening, _mapped_client(listening):
        accepted, peer = listening.accept()
        with accepted:
            assert not peers.of_another_user(peer, accepted.getsockname())
            monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
            assert peers.of_another_user(peer, accepted.getsockname())


@pytest.mark.parametrize(("known", "refused"), [([], False), (["ours"], True), (["theirs"], True)])
def test_an_end_that_the_system_hides_is_anothers(
    known: list[str], refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = peers._as_in_proc(HOST, 80), peers._as_in_proc(HOST, 81)
    rows = {"ours": (ours, theirs), "theirs": (theirs, ours)}
    monkeypatch.setattr(peers, "_connections", lambda: {rows[each]: os.geteuid() + 1 for each in known})
    assert peers.of_another_user((HOST, 81), (HOST, 80)) is refused


def _mapped_client(listening: socket.socket) -> socket.socket:
    port = listening.getsockname()[1]
    try:
        client = socket.socket(socket.AF_INET6)
    except OSError:  # a machine without IPv6 cannot be fooled by it
        return socket.create_connection((HOST, port))
    client.connect((f"::ffff:{HOST}", port))
    return client
