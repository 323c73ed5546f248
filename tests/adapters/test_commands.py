from __future__ import annotations

import sys

import pytest

from app.adapters import commands

LIMITS = commands.Limits(seconds=60, output=1000)


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


async def complaint(words: str) -> str:
    with pytest.raises(commands.CommandError) as caught:
        await commands.run(python(f"import sys; sys.exit({words!r})"), commands.without_secrets(None), LIMITS)
    return str(caught.value).removeprefix("It ended with status 1. ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("not signed in", "not signed in"),
        ("no file /usr/local/share/vault/config.toml", "no file /usr/local/share/vault/config.toml"),
        ("no file ~/.config/vault/very/deep/folder/x", "no file ~/.config/vault/very/deep/folder/x"),
        ("key wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY is old", "key … is old"),
        ("key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is old", "key … is old"),
        ("jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln!", "jwt …!"),
        ("token=abcdefghijklmnopqrstuvwxyz0123", "…"),
        ("https://idp.example/?code=abcdefghijklmnopqrstuvwxyz", "https://idp.example/?…"),
    ],
)
async def test_long_words_of_a_complaint_are_hidden(words: str, told: str) -> None:
    assert await complaint(words) == told


async def test_output_is_cut_one_byte_beyond_the_limit() -> None:
    environ = commands.without_secrets(None)
    for printed, kept in ((999, 999), (1000, 1000), (1001, 1001), (500_000, 1001)):
        program = python(f"import sys; sys.stdout.write('x' * {printed})")
        assert len(await commands.run(program, environ, LIMITS)) == kept


def test_the_environment_for_others_holds_no_secret_of_ours() -> None:
    withheld = {
        "ROLECALL_KEYRING_PASSPHRASE": "x",
        "ROLECALL_KEYRING_PASSPHRASE_FILE": "x",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_SESSION_TOKEN": "x",
        "AWS_SECURITY_TOKEN": "x",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "x",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "x",
    }
    kept = {"PATH": "/bin", "AWS_PROFILE": "prod", "AWS_REGION": "eu-west-1"}
    assert commands.without_secrets(withheld | kept) == kept
