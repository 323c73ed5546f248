from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.acs import Acs, parse_acs


@pytest.mark.parametrize(
    ("url", "partition", "region"),
    [
        ("https://signin.aws.amazon.com/saml", "aws", "us-east-1"),
        ("https://us-east-1.signin.aws.amazon.com/saml", "aws", "us-east-1"),
        ("https://eu-central-1.signin.aws.amazon.com/saml", "aws", "eu-central-1"),
        ("https://ap-southeast-12.signin.aws.amazon.com/saml", "aws", "ap-southeast-12"),
        ("https://eu-west-1.signin.aws.amazon.com/saml/acs/SAMLSP4H6B7EXAMPLE", "aws", "eu-west-1"),
        ("https://signin.aws.amazon.com/saml/acs/a_b-c", "aws", "us-east-1"),
        ("https://signin.aws.amazon.com:443/saml", "aws", "us-east-1"),
        ("HTTPS://SignIn.AWS.Amazon.COM/saml", "aws", "us-east-1"),
        ("https://EU-West-1.signin.aws.amazon.com/saml", "aws", "eu-west-1"),
        ("https://signin.amazonaws.cn/saml", "aws-cn", "cn-north-1"),
        ("https://cn-northwest-1.signin.amazonaws.cn/saml", "aws-cn", "cn-northwest-1"),
        ("https://signin.amazonaws-us-gov.com/saml", "aws-us-gov", "us-gov-west-1"),
        ("https://us-gov-east-1.signin.amazonaws-us-gov.com/saml", "aws-us-gov", "us-gov-east-1"),
        ("https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml", "aws-eusc", "eusc-de-east-1"),
    ],
)
def test_addresses_of_aws(url: str, partition: str, region: str) -> None:
    assert parse_acs(url) == Acs(url=url, partition=partition, region=region)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https:///saml",
        "signin.aws.amazon.com/saml",
        "//signin.aws.amazon.com/saml",
        # Contained in another address.
        "https://evil/?x=https://signin.aws.amazon.com/saml",
        "https://evil/#https://signin.aws.amazon.com/saml",
        "https://evil/https://signin.aws.amazon.com/saml",
        "https://evil/signin.aws.amazon.com/saml",
        "javascript:'https://signin.aws.amazon.com/saml'",
        "https://signin.aws.amazon.com/saml https://evil/",
        "https://evil/\nhttps://signin.aws.amazon.com/saml",
        # Another host.
        "https://signin.aws.amazon.com.evil/saml",
        "https://signin.aws.amazon.com.evil.example/saml",
        "https://signin.aws.amazon.com./saml",
        "https://evilsignin.aws.amazon.com/saml",
        "https://evil-signin.aws.amazon.com/saml",
        "https://evil.signin.aws.amazon.com/saml",
        "https://evil.eu-west-1.signin.aws.amazon.com/saml",
        "https://.signin.aws.amazon.com/saml",
        "https://-.signin.aws.amazon.com/saml",
        "https://eu-west-1..signin.aws.amazon.com/saml",
        "https://signin-aws-amazon.com/saml",
        "https://signinxaws.amazon.com/saml",
        "https://aws.amazon.com/saml",
        "https://amazonaws.cn/saml",
        "https://console.aws.amazon.com/saml",
        "https://127.0.0.1/saml",
        "https://[::1]/saml",
        # A user in front of the host.
        "https://signin.aws.amazon.com@evil/saml",
        "https://evil@signin.aws.amazon.com/saml",
        "https://@signin.aws.amazon.com/saml",
        "https://:@signin.aws.amazon.com/saml",
        "https://signin.aws.amazon.com:443@evil/saml",
        "https://signin.aws.amazon.com%40evil/saml",
        # Another port.
        "https://signin.aws.amazon.com:8443/saml",
        "https://signin.aws.amazon.com:80/saml",
        "https://signin.aws.amazon.com:/saml",
        "https://signin.aws.amazon.com:0443/saml",
        "https://signin.aws.amazon.com:4430/saml",
        "https://signin.aws.amazon.com:\uff14\uff14\uff13/saml",
        # Another scheme.
        "http://signin.aws.amazon.com/saml",
        "ws://signin.aws.amazon.com/saml",
        "http\u017f://signin.aws.amazon.com/saml",
        "https:signin.aws.amazon.com/saml",
        "https:/signin.aws.amazon.com/saml",
        "https:\\\\signin.aws.amazon.com\\saml",
        " https://signin.aws.amazon.com/saml",
        # Letters that look alike, and other ways to write a letter.
        "https://s\u0456gnin.aws.amazon.com/saml",
        "https://signin.aws.amazon.com\u200b/saml",
        "https://signin\u3002aws\u3002amazon\u3002com/saml",
        "https://\u017fignin.aws.amazon.com/saml",
        "https://xn--sgnin-n0a.aws.amazon.com/saml",
        "https://signin.aws.amazon%2ecom/saml",
        "https://%73ignin.aws.amazon.com/saml",
        "https://signin.aws.amazon.com/%73aml",
        "https://signin.aws.amazon.com%2fsaml",
        "https://evil\\.signin.aws.amazon.com/saml",
        "https://evil\\@signin.aws.amazon.com/saml",
        "https://signin.aws.amazon.com\\@evil/saml",
        "https://signin.aws.amazon.com\\.evil/saml",
        # Another path.
        "https://signin.aws.amazon.com",
        "https://signin.aws.amazon.com/",
        "https://signin.aws.amazon.com/SAML",
        "https://signin.aws.amazon.com/samlx",
        "https://signin.aws.amazon.com/saml/",
        "https://signin.aws.amazon.com//saml",
        "https://signin.aws.amazon.com/./saml",
        "https://signin.aws.amazon.com/saml/../x",
        "https://signin.aws.amazon.com/x/../saml",
        "https://signin.aws.amazon.com/saml/acs",
        "https://signin.aws.amazon.com/saml/acs/",
        "https://signin.aws.amazon.com/saml/acs/a/b",
        "https://signin.aws.amazon.com/saml/acs/..",
        "https://signin.aws.amazon.com/saml/acs/a%2fb",
        "https://signin.aws.amazon.com/saml;x",
        "https://us-east-1.signin.aws.amazon.com/platform/saml/acs/0000",
        # A query or fragment, of which AWS documents none.
        "https://signin.aws.amazon.com/saml?",
        "https://signin.aws.amazon.com/saml?x=y",
        "https://signin.aws.amazon.com/saml#",
        "https://signin.aws.amazon.com/saml#x",
        # What a browser would leave out.
        "https://signin.aws.ama\tzon.com/saml",
        "https://signin.aws.amazon.com/sa\nml",
        "https://signin.aws.amazon.com/saml\n",
        "https://signin.aws.amazon.com/saml\r",
        "https://signin.aws.amazon.com/saml\0",
        "https://signin.aws.amazon.com/saml ",
        # A region that is not one of this host's.
        "https://cn-north-1.signin.aws.amazon.com/saml",
        "https://us-gov-west-1.signin.aws.amazon.com/saml",
        "https://eu-west-1.signin.amazonaws.cn/saml",
        "https://eu-west-1.signin.amazonaws-us-gov.com/saml",
        "https://eu-west-1.signin.amazonaws-eusc.eu/saml",
        "https://1-2-3.signin.aws.amazon.com/saml",
        "https://eu-west.signin.aws.amazon.com/saml",
    ],
)
def test_look_alikes(url: str) -> None:
    assert parse_acs(url) is None


HOST = ".signin.aws.amazon.com"
GENUINE = f"https://eu-west-1{HOST}/saml"


@settings(max_examples=200)
@given(st.integers(0, len(GENUINE)), st.characters(blacklist_categories=["Cs"]))
def test_one_more_character_makes_it_another_address(place: int, character: str) -> None:
    changed = GENUINE[:place] + character + GENUINE[place:]
    found = parse_acs(changed)
    if found is not None:  # another region: these are not a closed list
        assert changed.lower() == f"https://{found.region}{HOST}/saml"


@settings(max_examples=200)
@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_around_it_is_taken(before: str, after: str) -> None:
    assert not before or parse_acs(f"{before}{GENUINE}{after}") is None
    assert not after or after.startswith("/acs/") or parse_acs(f"{GENUINE}{after}") is None
