from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.desktop.saml_login import addresses
from app.domain import acs


@pytest.mark.parametrize(
    "url",
    [
        "https://login.example.com/",
        "HTTPS://login.example.com/",
        "http://127.0.0.1:8080/login",
        "http://127.8.9.1/",
        "http://[::1]:80/",
        "http://localhost/",
        "http://app.localhost./",
        "about:blank",
    ],
)
def test_pages_that_may_be_opened(url: str) -> None:
    assert addresses.may_be_page(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https:///login",
        "http://login.example.com/",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/",
        "http://0.0.0.0/",
        "http://[::2]/",
        "http://[::1",
        "about:config",
        "about:srcdoc",
        "file:///etc/passwd",
        "data:text/html,x",
        "blob:https://login.example.com/x",
        "javascript:alert(1)",
        "mailto:alice@example.com",
        "chrome://gpu",
        "qrc:/x",
        "view-source:https://login.example.com/",
        "ftp://127.0.0.1/",
        "wss://login.example.com/",
    ],
)
def test_pages_that_may_not(url: str) -> None:
    assert not addresses.may_be_page(url)


@pytest.mark.parametrize(
    ("url", "is_it"),
    [
        ("https://signin.aws.amazon.com/saml", True),
        ("https://signin.aws.amazon.com:8443/other?x#y", True),
        ("http://eu-west-1.signin.aws.amazon.com/", True),
        ("https://SIGNIN.AWS.AMAZON.COM./saml", True),
        ("https://user@signin.amazonaws.cn/", True),
        ("https://no-such-region-9.signin.aws.amazon.com/saml", True),
        ("wss://signin.amazonaws-us-gov.com/", True),
        ("https://signin.aws.amazon.com.evil.example/saml", False),
        ("https://signin.aws.amazon.com@evil.example/saml", False),
        ("https://evil.example/?x=https://signin.aws.amazon.com/saml", False),
        ("https://xsignin.aws.amazon.com/saml", False),
        ("https://d-1234567890.awsapps.com/start", False),
        ("https://eu-west-1.signin.aws/platform", False),
        ("mailto:signin.aws.amazon.com", False),
    ],
)
def test_addresses_of_aws(url: str, is_it: bool) -> None:
    assert addresses.is_aws(url) is is_it


def test_all_of_awss_doors_are_known() -> None:
    assert set(addresses.AWS) == set(acs._HOSTS)


@pytest.mark.parametrize(
    ("url", "host", "encrypted"),
    [
        ("https://login.example.com/x?y#z", "login.example.com", True),
        ("https://login.example.com:443/", "login.example.com", True),
        ("https://login.example.com:8443/", "login.example.com:8443", True),
        ("https://bank.example@login.example.com/", "login.example.com", True),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080", False),
        ("http://[::1]:8080/", "[::1]:8080", False),
        ("https://xn--exmple-cua.com/", "xn--exmple-cua.com", True),
    ],
)
def test_how_a_place_is_shown(url: str, host: str, encrypted: bool) -> None:
    place = addresses.place(url)
    assert place is not None
    assert (place.host, place.encrypted) == (host, encrypted)


@pytest.mark.parametrize("url", ["", "about:blank", "https://exämple.com/", "https://[::1", "https://a:port/"])
def test_no_place(url: str) -> None:
    assert addresses.place(url) is None


@given(st.text(max_size=60))
def test_nothing_raises(text: str) -> None:
    for url in (text, f"https://{text}", f"http://{text}/", f"https://a/?{text}"):
        addresses.may_load(url)
        addresses.may_be_page(url)
        addresses.may_be_frame(url)
        addresses.is_aws(url)
        addresses.carries_response(url)
        addresses.place(url)


@pytest.mark.parametrize(
    ("url", "does"),
    [
        ("https://a/?SAMLResponse=x", True),
        ("https://a/?x=1&samlresponse=", True),
        ("https://a/SAMLResponse=x", False),
        ("https://a/?RelayState=SAMLResponse", False),
    ],
)
def test_responses_in_addresses(url: str, does: bool) -> None:
    assert addresses.carries_response(url) is does


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://login.example.com/a?b#c", "https://login.example.com:443"),
        ("HTTPS://Login.Example.com.:443", "https://login.example.com:443"),
        ("https://login.example.com:8443/", "https://login.example.com:8443"),
        ("http://[::1]:80/", "http://::1:80"),
        ("https://alice@login.example.com/", "https://login.example.com:443"),
        ("https://login.example.com:99999/", ""),
        ("https://", ""),
        ("about:blank", ""),
        ("", ""),
    ],
)
def test_origin(url: str, origin: str) -> None:
    assert addresses.origin(url) == origin
