"""Junk, and documents with something changed by chance: nothing but a refusal may come of them; nothing is opened."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.saml.reader import SamlReader
from app.domain.errors import BadInput
from app.domain.secret import Secret
from tests.adapters.saml.saml_documents import NOW, Made, coded

if TYPE_CHECKING:
    from app.domain.saml import SamlResponse

ROOT = Path(__file__).resolve().parents[3]
WHOLE = Made().response()


def attempt(text: str) -> SamlResponse | None:
    """Read it; nothing but BadInput may come out of that."""
    try:
        return SamlReader().read(Secret(text), now=NOW)
    except BadInput:
        return None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    for each in (text, f"<{text}", f"SAMLResponse={text}", f"SAMLResponse: {text}\n{text}", f"<html>{text}"):
        attempt(each)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    attempt(base64.b64encode(content).decode())
    attempt(content.decode("latin-1"))


PIECES = (
    *("<saml:Assertion", "</saml:Attribute>", 'ID="_a"', "xmlns=''", "urn:oasis:names:tc:SAML:2.0:", "arn:aws:iam::"),
    *("<!--", "-->", "]]>", "<![CDATA[", "<?xml", "<!DOCTYPE r [", "&#60;", "&x;", '"', ">", ",", "%00"),
    *("\0", "\ufffe", "\u202e"),
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_change_of_a_document(data: st.DataObject) -> None:
    document = Made().response()
    for _change in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(document)))
        gone = data.draw(st.integers(0, 60))
        piece = data.draw(st.sampled_from(PIECES) | st.text(max_size=5))
        document = document[:at] + piece + document[at + gone :]
    got = attempt(coded(document.encode("utf-8", "replace").decode()))
    if got is not None:
        assert all(each.provider_arn.isascii() for each in got.assertion.roles)
        got.usable(NOW)


AUDIT = """
import base64, sys
from datetime import UTC, datetime
from app.adapters.saml.reader import SamlReader
from app.domain.errors import BadInput
from app.domain.secret import Secret

def outcome(text):
    try:
        return SamlReader().read(Secret(text), now=datetime(2026, 11, 22, tzinfo=UTC)).assertion.subject
    except BadInput as error:
        return error.code

texts = sys.stdin.read().split(chr(0))
outcome(texts[0])  # loads what is loaded late
seen = []
sys.addaudithook(lambda event, arguments: seen.append(event) if event in WATCHED or event[:7] == "socket." else None)
WATCHED = {"open", "os.listdir", "os.scandir", "subprocess.Popen", "os.system", "urllib.Request", "import", "exec"}
print([outcome(text) for text in texts], seen)
open("/dev/null").close()
print(seen)
"""


def test_reading_opens_no_socket_and_no_file() -> None:
    outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
    network = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>'
    strange = '<?xml version="1.0" encoding="cp1252"?><r/>'
    forbidden = "saml-forbidden-xml"
    outcomes = {
        coded(WHOLE): "alice",
        WHOLE: "alice",
        f"SAMLResponse={coded(WHOLE)}": "alice",
        coded(outside): forbidden,
        outside: forbidden,
        coded(network): forbidden,
        coded(strange): "saml-not-xml",
        strange: "saml-not-xml",
        "x": "saml-not-base64",
    }
    done = subprocess.run(
        [sys.executable, "-c", AUDIT], input="\0".join(outcomes), capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines() == [f"{list(outcomes.values())} []", "['open']"]
