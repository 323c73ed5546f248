from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.logging_filter import QUIET_LOGGERS, RedactingFilter, install
from app.domain.redaction import HIDDEN, redacted
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "IQoJb3JpZ2luX2VjEJr" + "aB3/+x" * 30 + "=="
SHORT = "canary"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"


def session(secret: str) -> str:
    return json.dumps({"sessionId": "ASIA", "sessionKey": secret, "sessionToken": TOKEN})


@pytest.mark.parametrize("secret", [KEY, SHORT])
@pytest.mark.parametrize(
    "shape",
    [
        "aws_secret_access_key = {}",
        "AWS_SECRET_ACCESS_KEY={} rest",
        "secret_access_key: '{}'",
        "{{'SecretAccessKey': '{}'}}",
        '{{"SecretAccessKey": "{}", "x": 1}}',
        "<SecretAccessKey>{}</SecretAccessKey>",
        "session_token={}&x=1",
        "SessionToken%3D{}",
        "https://signin.aws.amazon.com/federation?Action=login&SigninToken={}&Destination=x",
        "otpauth://totp/AWS:alice?secret={}&issuer=AWS",
        "TokenCode={}",
        "WebIdentityToken={}&Version=1",
        "SAMLResponse={}",
        "passphrase: {}",
        "client_secret={}",
        "Authorization: Bearer {}",
        "headers {{'authorization': 'AWS4-HMAC-SHA256 Credential=x, Signature={}'}}",
        "X-Amz-Security-Token: {}",
        "GET /?X-Amz-Signature={}&x=1",
        "http://me:{}@proxy.example.com:3128",
        "Set-Cookie: a={}; path=/",
    ],
)
def test_what_stands_next_to_a_telling_word_is_hidden(shape: str, secret: str) -> None:
    if secret == KEY and "@" in shape:
        secret = quote_plus(secret)
    text = redacted(shape.format(secret))
    assert secret not in text
    assert HIDDEN in text


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        quote(KEY, safe=""),
        quote(TOKEN, safe=""),
        f"the key {KEY}.",
        f"('{KEY}',)",
        TOKEN,
        f"x={TOKEN}&y",
        JWT,
        f"Session={quote(session(SHORT))}",
        f"Session={session(SHORT).replace(' ', '')}",
        "/federation?" + urlencode({"Action": "getSigninToken", "Session": session(SHORT)}),
        quote(json.dumps({"sessionKey": SHORT}), safe=""),
        quote_plus(json.dumps({"sessionKey": SHORT})),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str) -> None:
    found = redacted(text)
    for secret in (KEY, quote(KEY, safe=""), TOKEN, quote(TOKEN, safe=""), SHORT, JWT.rpartition(".")[2]):
        assert secret not in found


@pytest.mark.parametrize(
    "text",
    [
        "Assumed arn:aws:sts::123456789012:assumed-role/Admin/alice until 2026-11-22T01:23:45Z",
        "POST https://sts.eu-west-1.amazonaws.com/ answered 403",
        "key AKIAIOSFODNN7EXAMPLE, request 01234567-89ab-cdef-0123-456789abcdef",
        "commit da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "/home/alice/.config/rolecall/config.toml, line 3: Expected '=' after a key in a key/value pair",
        "The state file is damaged (KeyError: 'sessions'); it was set aside",
        "No TOTP secret is stored for “alice”",
    ],
)
def test_what_people_need_to_read_stays(text: str) -> None:
    assert redacted(text) == text


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger below the one with the handler, and what that wrote."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    parent = logging.getLogger("redaction")
    parent.propagate = False
    parent.addHandler(handler)
    handler.addFilter(RedactingFilter())
    yield parent.getChild("child"), output
    parent.removeHandler(handler)


def test_arguments_are_redacted(log: tuple[logging.Logger, io.StringIO], expect_log: Callable[[str], None]) -> None:
    expect_log("got SecretAccessKey")
    logger, output = log
    logger.warning("got %s and %r", f"SecretAccessKey={SHORT}", {"SessionToken": SHORT})
    assert SHORT not in output.getvalue()
    assert output.getvalue().startswith("WARNING got SecretAccessKey=(hidden) and {")


def test_exceptions_are_redacted_with_all_their_causes(
    log: tuple[logging.Logger, io.StringIO], expect_log: Callable[[str], None]
) -> None:
    expect_log("it failed")
    logger, output = log

    failure = RuntimeError(f"key {KEY}")
    failure.__cause__ = ValueError(f"sent Authorization: {SHORT}")
    try:
        raise failure
    except RuntimeError:
        logger.exception("it failed")
    text = output.getvalue()
    assert SHORT not in text
    assert "ValueError: sent Authorization: (hidden)" in text
    assert KEY not in text
    assert "RuntimeError: key (hidden)" in text
    assert "Traceback" in text


def test_every_handler_sees_the_redacted_record_only() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "token %s", (f"id_token={SHORT}",), None)
    record.extra = Secret(SHORT)
    record.stack_info = f"password={SHORT}"
    assert RedactingFilter().filter(record)
    assert SHORT not in repr(vars(record))
    assert record.getMessage() == f"token id_token={HIDDEN}"


def test_a_record_whose_arguments_do_not_fit_is_still_told() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "%d of %d", ("a",), None)
    assert RedactingFilter().filter(record)
    assert record.getMessage() == "%d of %d (its arguments do not fit and are left out)"


def test_without_an_exception_there_is_none() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "m", (), (None, None, None))
    assert RedactingFilter().filter(record)
    assert record.exc_text is None


def test_talkative_libraries_are_quiet() -> None:
    levels = {name: logging.getLogger(name).level for name in QUIET_LOGGERS}
    try:
        install(logging.NullHandler())
        assert {"httpx", "httpcore"} <= set(QUIET_LOGGERS)
        assert all(not logging.getLogger(name).isEnabledFor(logging.INFO) for name in QUIET_LOGGERS)
        assert not logging.getLogger("httpcore.http11").isEnabledFor(logging.DEBUG)
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


@given(st.text())
def test_any_text_can_be_redacted_and_twice_is_once(text: str) -> None:
    once = redacted(text)
    assert redacted(once) == once


@given(st.text("abcXYZ0189+/", min_size=40, max_size=40), st.sampled_from(["", " ", "'", '"', "(", ",", "="]))
def test_keys_are_found_between_anything(key: str, around: str) -> None:
    hexadecimal = all(character in "abc0189" for character in key.lower())
    assert (key in redacted(f"{around}{key} ")) is hexadecimal or around == "="


CRASHES = """
import asyncio, gc, logging, sys, threading
sys.path.insert(0, sys.argv[1])
from app import bootstrap

bootstrap.guard()
if sys.argv[3] == "whoever may log":
    bootstrap._guard_all()
secret = "SecretAccessKey=" + sys.argv[2]


class Bad:
    def __del__(self):
        raise ValueError(f"finaliser {secret}")


def thread():
    raise ValueError(f"thread {secret}")


async def fail():
    raise ValueError(f"task {secret}")


async def main():
    asyncio.create_task(fail(), name=secret)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()


if sys.argv[3] == "whoever may log":
    logging.getLogger("anybody").warning("log %s", secret)
    logging.getLogger("anybody").info("quiet")
    started = threading.Thread(target=thread)
    started.start()
    started.join()
    asyncio.run(main())
Bad()
try:
    raise KeyError(f"cause {secret}")
except KeyError as error:
    raise RuntimeError(f"end {secret}") from error
"""


@pytest.mark.parametrize(
    ("who", "parts"),
    [
        ("whoever may log", ("log", "finaliser", "thread", "task", "cause", "end")),
        ("whoever only reads files", ("finaliser", "cause", "end")),
    ],
)
def test_nothing_that_a_program_prints_by_itself_shows_a_secret(who: str, parts: tuple[str, ...]) -> None:
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", CRASHES, root, SHORT, who]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert SHORT not in done.stdout + done.stderr
    for part in parts:
        assert f"{part} SecretAccessKey={HIDDEN}" in done.stderr
    assert "quiet" not in done.stderr
    assert done.returncode == 1


def test_a_second_install_adds_no_second_filter() -> None:
    handler = logging.NullHandler()
    levels = {name: logging.getLogger(name).level for name in QUIET_LOGGERS}
    try:
        install(handler)
        install(handler)
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
    assert len(handler.filters) == 1


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\t"])
def test_what_a_repr_shows_with_its_line_breaks_escaped_is_hidden_too(gap: str) -> None:
    """asyncio tells of a failed task by its `repr`: there the `n` of a line break stands right before the secret."""
    secrets = [
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEy",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP",
        "Authorization: Bearer of-a-token",
    ]
    shown = redacted(repr(ValueError(gap.join(["cannot read", *secrets]))))
    for secret in ("wJalrXUtn", "eyJ", "JBSWY3DPEHPK3PXP", "of-a-token"):
        assert secret not in shown


@pytest.mark.parametrize("command", [["list", "--json"], ["credentials", "nobody"]])
def test_who_only_reads_files_has_no_log_that_could_go_by_the_filter(command: list[str]) -> None:
    """The filter is put on when a core is wired; until then nothing may even load what logs."""
    main = Path(__file__).parents[2] / "main.py"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(main), *command], capture_output=True, text=True, check=False
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "app.bootstrap.reading" in loaded
    assert "logging" not in loaded
