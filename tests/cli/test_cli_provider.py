from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.cli.arguments import parser
from app.cli.provider import changed
from app.domain.configuration import Flow, Provider
from app.domain.errors import BadInput

if TYPE_CHECKING:
    import argparse

KNOWN = Provider(name="login", type="oidc", issuer="https://login.example.com", client_id="rolecall")


def options(*words: str) -> argparse.Namespace:
    return parser().parse_args(["provider", "add", "login", *words])


@pytest.mark.parametrize(
    ("words", "provider"),
    [
        (
            ["--saml-login-url", "https://a.example/x"],
            Provider(name="login", type="saml", login_url="https://a.example/x"),
        ),
        (
            ["--issuer", "https://a.example", "--client-id", "x", "--scope", "openid", "--scope", "email"],
            Provider(name="login", type="oidc", issuer="https://a.example", client_id="x", scopes=("openid", "email")),
        ),
        (["--token-file", "/t"], Provider(name="login", type="oidc", web_identity_token_file="/t")),
        (
            ["--type", "saml", "--no-stay-signed-in", "--command", "a", "--b", "c d"],
            Provider(name="login", type="saml", command=("a", "--b", "c d"), stay_signed_in=False),
        ),
        (
            ["--issuer", "https://a.example", "--flow", "device"],
            Provider(name="login", type="oidc", issuer="https://a.example", flow=Flow.DEVICE),
        ),
    ],
)
def test_a_new_provider_is_what_the_options_say(words: list[str], provider: Provider) -> None:
    assert changed(None, options(*words)) == provider


def test_of_a_known_one_the_rest_stays() -> None:
    assert changed(KNOWN, options("--stay-signed-in")) == Provider(
        name="login", type="oidc", issuer=KNOWN.issuer, client_id="rolecall", stay_signed_in=True
    )
    assert changed(KNOWN, options()) == KNOWN


@pytest.mark.parametrize(
    ("words", "code"), [([], "provider-type-missing"), (["--issuer", "x", "--flow", "y"], "provider-flow")]
)
def test_what_makes_no_sense_is_told(words: list[str], code: str) -> None:
    with pytest.raises(BadInput) as caught:
        changed(None, options(*words))
    assert caught.value.code == code
