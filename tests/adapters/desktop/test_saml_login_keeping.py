"""What a login leaves behind: nothing, or a private folder for the provider that stays signed in."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from app.adapters.desktop.saml_login import keeping
from tests.adapters.desktop.saml_login_rig import ACS, Remote, Server, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

COOKIE, STORED, FORM = "canary-cookie-7d1f3c", "canary-storage-55a1b2", "Y2FuYXJ5LXJlc3BvbnNl"
POST = (
    f'<form method="post" action="{ACS}"><input type="hidden" name="SAMLResponse" value="{FORM}"></form>'
    "<script>localStorage.setItem('x', '" + STORED + "'); document.forms[0].submit()</script>"
)
ASK = '<form method="post" action="/login"><input name="username"><button>Go</button></form>'


@pytest.fixture
def provider() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def remote(home: Path, xvfb: Mapping[str, str]) -> Iterator[Remote]:
    made = Remote(home, xvfb, switches=[])
    yield made
    made.quit()


def everything(*places: Path) -> list[Path]:
    return [path for place in places for path in place.rglob("*") if path.is_file() and not path.is_symlink()]


def holding(word: str, *places: Path) -> list[Path]:
    forms = (word.encode(), word.encode("utf-16-le"))
    return [path for path in everything(*places) if any(form in path.read_bytes() for form in forms)]


@pytest.mark.x11
def test_off_the_record_leaves_nothing(remote: Remote, provider: Server, home: Path) -> None:
    url = provider.put("/login", POST, Set_Cookie=f"session={COOKIE}; Max-Age=36000")
    before = set(everything(home))
    assert remote.outcome(url)["digest"] == digest(FORM)
    # The next login is a stranger
    assert remote.outcome(url)["digest"] == digest(FORM)
    assert not any(COOKIE in cookie for cookie in provider.cookies)
    assert remote.order("remembers", name="corp") is False
    assert not remote.directory.exists()
    written = remote.quit()
    for canary in (COOKIE, STORED, FORM, "SAMLResponse"):
        assert canary not in written
        assert not holding(canary, home)
    left = {path.relative_to(home).parts[0] for path in everything(home) if path not in before}
    assert left <= {".cache", ".pki", "tmp", ".local", ".config", "run"}, left


@pytest.mark.x11
def test_staying_signed_in_needs_nobody_the_next_time(remote: Remote, provider: Server, home: Path) -> None:
    # A session cookie, as sign-ins are: it is kept all the same
    url = provider.put("/login", POST, Set_Cookie=f"session={COOKIE}; HttpOnly")
    assert remote.outcome(url, stay=True)["digest"] == digest(FORM)
    assert remote.order("remembers", name="corp") is True
    assert remote.order("remembers", name="another") is False
    assert remote.outcome(url, stay=True, hidden=True)["digest"] == digest(FORM)
    assert f"session={COOKIE}" in provider.cookies[-1]
    assert holding(COOKIE, remote.directory), "the search would not even find what is kept"
    assert not holding(FORM, home)
    remote.quit()
    # Nor does it after a restart, and nobody else on the machine may look
    folder = keeping.folder(remote.directory, "corp")
    assert keeping.holds_cookies(folder)
    for path in (remote.directory, *remote.directory.rglob("*")):
        if not path.is_symlink():
            assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    again = Remote(home, remote._display, switches=[])
    assert again.outcome(url, stay=True, hidden=True)["digest"] == digest(FORM)
    assert f"session={COOKIE}" in provider.cookies[-1]
    again.quit()


@pytest.mark.x11
def test_each_provider_has_its_own(remote: Remote, provider: Server) -> None:
    url = provider.put("/login", POST, Set_Cookie=f"session={COOKIE}")
    remote.outcome(url, stay=True)
    remote.outcome(url, stay=True, name="../Corp")
    assert not any(COOKIE in cookie for cookie in provider.cookies)
    assert len(list(remote.directory.iterdir())) == 2
    assert remote.order("remembers", name="../Corp") is True


@pytest.mark.x11
def test_another_place_is_a_stranger(remote: Remote, provider: Server) -> None:
    """A login URL may come with somebody else's settings. (Cookies alone do not tell ports apart.)"""
    url = provider.put("/login", POST, Set_Cookie=f"session={COOKIE}")
    remote.outcome(url, stay=True)
    # The same host with another path or query is the same provider
    provider.put("/another", POST)
    assert remote.outcome(f"{provider.url}/another?app=2", stay=True, hidden=True)["kind"] == "response"
    assert COOKIE in provider.cookies[-1]
    other = Server()
    elsewhere = other.put("/login", POST)
    assert remote.outcome(elsewhere, stay=True, hidden=True)["code"] == "sign-in-needed"
    assert other.seen == []
    assert not holding(COOKIE, remote.directory)
    assert remote.outcome(elsewhere, stay=True)["kind"] == "response"
    assert not any(COOKIE in cookie for cookie in other.cookies)
    # And back again
    assert remote.outcome(url, stay=True, hidden=True)["code"] == "sign-in-needed"
    other.close()


def test_a_folder_is_for_one_origin(tmp_path: Path) -> None:
    folder = keeping.folder(tmp_path, "corp")
    assert not keeping.claim(folder, "https://login.example.com:443")
    (folder / keeping.COOKIES).touch()
    assert keeping.claim(folder, "https://login.example.com:443")
    assert (folder / keeping.COOKIES).exists()
    for other in ("https://login.example.com:8443", "http://login.example.com:443", "https://example.com:443", ""):
        assert not keeping.claim(folder, other)
        assert not (folder / keeping.COOKIES).exists()
        (folder / keeping.COOKIES).touch()
        assert keeping.claim(folder, other)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.name == keeping.ORIGIN} == {0o600}


def test_what_does_not_say_whose_it_is_goes(tmp_path: Path) -> None:
    folder, elsewhere = keeping.folder(tmp_path, "corp"), tmp_path / "elsewhere"
    keeping.prepare(folder)
    (folder / keeping.COOKIES).touch()
    assert not keeping.claim(folder, "https://login.example.com:443")
    assert not (folder / keeping.COOKIES).exists()
    # Nor does a link to what does
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert not keeping.claim(folder, "https://login.example.com:443")
    assert not folder.is_symlink()
    assert (elsewhere / keeping.ORIGIN).exists()


@pytest.mark.x11
def test_forgetting_deletes_all(remote: Remote, provider: Server) -> None:
    url = provider.put("/login", POST, Set_Cookie=f"session={COOKIE}")
    asking = provider.put("/ask", ASK)
    remote.outcome(url, stay=True)
    # Also while a window of that provider is open
    ident = remote.sign_in(asking, stay=True)
    remote.loaded()
    remote.order("forget", name="corp")
    assert remote.end(ident)["kind"] == "Declined"
    assert remote.order("remembers", name="corp") is False
    assert list(remote.directory.iterdir()) == []
    remote.outcome(url, stay=True)
    assert COOKIE not in provider.cookies[-1]


@pytest.mark.x11
def test_forgetting_waits_for_no_person(remote: Remote, provider: Server) -> None:
    asking = provider.put("/ask", ASK)
    shown = remote.sign_in(asking, stay=True)
    remote.loaded()
    in_line = remote.sign_in(asking, stay=True)
    remote.order("forget", name="corp")
    assert [remote.end(each)["kind"] for each in (shown, in_line)] == ["Declined", "Declined"]
    assert list(remote.directory.iterdir()) == []
    remote.outcome(provider.put("/login", POST, Set_Cookie=f"session={COOKIE}"), stay=True)


@pytest.mark.x11
def test_a_link_in_place_of_the_folder_is_not_followed(remote: Remote, provider: Server, home: Path) -> None:
    precious = home / "precious"
    precious.mkdir()
    (precious / keeping.COOKIES).write_text("mine")
    folder = keeping.folder(remote.directory, "corp")
    folder.parent.mkdir(parents=True)
    folder.symlink_to(precious)
    assert remote.order("remembers", name="corp") is False
    remote.order("forget", name="corp")
    assert not folder.is_symlink()
    folder.symlink_to(precious)
    remote.outcome(provider.put("/login", POST), stay=True)
    assert folder.is_dir()
    assert not folder.is_symlink()
    assert [path.name for path in precious.iterdir()] == [keeping.COOKIES]


def test_links_inside_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").touch()
    folder = keeping.folder(tmp_path / "kept", "corp")
    keeping.prepare(folder)
    (folder / "link").symlink_to(outside)
    keeping.delete(folder)
    assert not folder.exists()
    assert (outside / "file").exists()
    keeping.delete(folder)


def test_names_make_safe_folders(tmp_path: Path) -> None:
    names = ["corp", "Corp", "CORP ", "../corp", "a/b", "", "\x00", "x" * 300, "übel", "\ud800"]
    folders = [keeping.folder(tmp_path, name) for name in names]
    assert len({str(folder).lower() for folder in folders}) == len(names)
    assert all(folder.parent == tmp_path and len(folder.name) == 32 for folder in folders)


def test_a_folder_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "corp"
    before = os.umask(0)
    try:
        keeping.prepare(folder)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_what_is_no_cookie_store_counts_as_kept(tmp_path: Path) -> None:
    """Better to try and be asked than never to try."""
    folder = keeping.folder(tmp_path, "corp")
    assert not keeping.holds_cookies(folder)
    keeping.prepare(folder)
    assert not keeping.holds_cookies(folder)
    (folder / keeping.COOKIES).write_bytes(b"of a kind to come")
    assert keeping.holds_cookies(folder)
