"""The login window at a provider that nobody here wrote: SimpleSAMLphp, with real keys and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.desktop.saml_login_rig import Remote
from tests.e2e.simplesamlphp import ACS, REGION, REGIONAL_ACS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.e2e.simplesamlphp import SimpleSamlPhp

pytestmark = pytest.mark.x11


@pytest.fixture
def remote(home: Path, xvfb: Mapping[str, str]) -> Iterator[Remote]:
    made = Remote(home, xvfb, reader="real", switches=[])
    yield made
    made.quit()


def log_in(remote: Remote, password: str) -> None:
    """Type as a person does: the name, Tab, the password, Enter."""
    remote.loaded()
    remote.until(lambda window: window["in_page"], "the page has the keyboard")
    remote.click_in_page("#username")
    remote.keys("ctrl+a")  # after a wrong password the name is still there
    remote.type("alice")
    remote.keys("Tab")
    remote.type(password)
    remote.keys("Return")


def cookies_of(simplesamlphp: SimpleSamlPhp) -> list[str]:
    """The numbers of all sessions the server knows: what cookies hold."""
    return [path.name.removeprefix("sess_") for path in (simplesamlphp.directory / "sessions").iterdir()]


def test_first_login_silent_renewal_and_the_day_it_ends(remote: Remote, simplesamlphp: SimpleSamlPhp) -> None:
    first = remote.sign_in(simplesamlphp.login_url, stay=True)
    # A wrong password first: the page says so, and the window stays
    log_in(remote, "wrong")
    remote.until(lambda window: window["back"] and not window["busy"], "the page refused it")
    assert first not in remote.ended
    log_in(remote, simplesamlphp.users["alice"])
    end = remote.end(first)
    assert end["kind"] == "response", end
    assert end["acs"] == ACS
    assert end["roles"] == list(simplesamlphp.role_arns)
    assert remote.order("top_levels") == 0
    assert remote.order("remembers", name="corp") is True

    # Renewed with nobody there, more than once, each time with a fresh response
    digests = {end["digest"]}
    for _ in range(2):
        end = remote.outcome(simplesamlphp.login_url_for(REGIONAL_ACS), stay=True, hidden=True)
        assert (end["kind"], end["region"]) == ("response", REGION)
        digests.add(end["digest"])
    assert len(digests) == 3
    assert remote.order("top_levels") == 0

    # The provider forgot
    simplesamlphp.forget_everyone()
    end = remote.outcome(simplesamlphp.login_url, stay=True, hidden=True)
    assert (end["kind"], end["code"]) == ("NeedsPerson", "sign-in-needed")
    assert remote.order("top_levels") == 0

    # Forgotten by us, the next login meets the form although the provider remembers
    again = remote.sign_in(simplesamlphp.login_url, stay=True)
    log_in(remote, simplesamlphp.users["alice"])
    assert remote.end(again)["kind"] == "response"
    remote.order("forget", name="corp")
    assert remote.outcome(simplesamlphp.login_url, stay=True, hidden=True)["code"] == "sign-in-needed"


def test_off_the_record_nothing_is_left(remote: Remote, simplesamlphp: SimpleSamlPhp, home: Path) -> None:
    ident = remote.sign_in(simplesamlphp.login_url)
    log_in(remote, simplesamlphp.users["alice"])
    assert remote.end(ident)["kind"] == "response"
    cookies = cookies_of(simplesamlphp)
    assert cookies
    # The provider remembers somebody, but not us
    assert remote.outcome(simplesamlphp.login_url, hidden=True)["code"] == "sign-in-needed"
    written = remote.quit()
    for secret in (*cookies, simplesamlphp.users["alice"], "SAMLResponse"):
        assert secret not in written
        for path in home.rglob("*"):
            if path.is_file() and not path.is_symlink():
                assert secret.encode() not in path.read_bytes(), path
