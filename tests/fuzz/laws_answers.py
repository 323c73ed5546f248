"""Laws of what comes over the network: answers of STS, SAML responses, requests to the two loopback listeners."""

from __future__ import annotations

import base64
import urllib.parse
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from app.adapters.http import Answer
from app.adapters.loopback import _answer, _Offer
from app.adapters.oidc import callback
from app.adapters.saml.reader import SamlReader
from app.adapters.sts import decode, replies
from app.domain import sts_requests as r
from app.domain.credentials import Credentials
from app.domain.secret import Secret
from app.domain.sts_limits import LIMITS, SESSION_SECONDS
from tests.fuzz.judging import introduces_itself, judged, text_of

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SIGNER = Credentials(
    access_key_id="ASIAIOSFODNN7EXAMPLE",
    secret_access_key=Secret("signer-secret-key"),
    session_token=Secret("signer+session/token=="),
    expires=NOW + timedelta(hours=1),
)
_ROLE = "arn:aws:iam::123456789012:role/Admin"
_SAML_PROVIDER = "arn:aws:iam::123456789012:saml-provider/corp"
_ASKED: tuple[tuple[r.Request, object], ...] = (
    (
        r.AssumeRole(
            role_arn=_ROLE,
            role_session_name="alice",
            serial_number="arn:aws:iam::123456789012:mfa/alice",
            token_code=Secret("654321"),
        ),
        decode.assumed_role,
    ),
    (
        r.AssumeRoleWithSAML(
            role_arn=_ROLE, principal_arn=_SAML_PROVIDER, saml_assertion=Secret("the+whole/assertion==")
        ),
        decode.assumed_role_with_saml,
    ),
    (
        r.AssumeRoleWithWebIdentity(
            role_arn=_ROLE, role_session_name="alice", web_identity_token=Secret("eyJ0.the-whole.token")
        ),
        decode.assumed_role_with_web_identity,
    ),
    (r.GetSessionToken(), decode.session_token),
    (r.GetFederationToken(name="guest"), decode.federation_token),
    (r.GetCallerIdentity(), decode.caller_identity),
    (r.GetAccessKeyInfo(access_key_id="AKIAIOSFODNN7EXAMPLE"), decode.access_key_info),
    (r.DecodeAuthorizationMessage(encoded_message="1g8f"), decode.decoded_message),
)
_SENT_ALWAYS = ("signer-secret-key", "signer+session/token==", "signer%2Bsession%2Ftoken%3D%3D")
_SENT = {
    r.AssumeRole: ("654321",),
    r.AssumeRoleWithSAML: ("the+whole/assertion==", "the%2Bwhole%2Fassertion%3D%3D"),
    r.AssumeRoleWithWebIdentity: ("eyJ0.the-whole.token",),
}
"""What must not be told of an answer to this request; to another one it would be no secret."""
_STATUS = (200, 400, 403, 429, 500, 503, 302, 407, 511)


def sts(data: bytes) -> None:
    """An answer is whole and within limits, or an error; which repeats nothing of what was sent to be kept secret.

    The first byte chooses the status; the first bytes of the rest may name the action, so that all are tried.
    """
    status, body = _STATUS[data[0] % len(_STATUS)] if data else 200, data[1:]
    for request, read in _ASKED:
        if request.ACTION.encode() not in body and request is not _ASKED[0][0]:
            continue
        answer = Answer(
            status=status, headers={"x-amzn-requestid": text_of(data[:9])}, body=body, sent=NOW, received=NOW
        )
        _judge_sts(answer, request, read)


def _judge_sts(answer: Answer, request: r.Request, read: object) -> None:
    assert callable(read)
    hidden = (*_SENT_ALWAYS, *_SENT.get(type(request), ()))
    value = judged(
        lambda: read(replies.read_reply(answer, request, "sts.example.com", signer=SIGNER), NOW), hidden=hidden
    )
    if value is None:
        return
    assert answer.status == HTTPStatus.OK
    _one_line(value.request_id)
    keys = getattr(value, "credentials", None)
    if keys is not None:
        assert NOW < keys.expires <= NOW + timedelta(seconds=SESSION_SECONDS[1], minutes=15)
        assert keys.expires.tzinfo is UTC
        for text in (keys.access_key_id, keys.secret_access_key.reveal(), keys.session_token.reveal()):
            assert text
            assert text.isascii()
            assert text.isprintable()
            assert " " not in text
        assert repr(keys.secret_access_key) == repr(keys.session_token) == "Secret(hidden)"


def _one_line(request_id: str) -> None:
    """A request ID is shown, logged and kept: it is a short word, or there is none."""
    assert len(request_id) <= 200
    assert request_id.isprintable()


def saml(data: bytes) -> None:
    """A response that is taken is what STS takes, and reads again as itself; no refusal repeats any of it."""
    text = text_of(data)
    reader = SamlReader()
    pieces = [each for each in text.replace('"', " ").replace("=", " ").split() if len(each) > 60]
    response = judged(lambda: reader.read(Secret(text), now=NOW), hidden=pieces)
    if response is None:
        return
    proof = response.text.reveal()
    assert LIMITS["SAMLAssertion"].shortest <= len(proof) <= LIMITS["SAMLAssertion"].longest
    base64.b64decode(proof, validate=True)
    again = reader.read(response.text, now=NOW)
    assert again.assertion == response.assertion
    assert again.text == response.text
    said = response.assertion
    for moment in (said.issued, said.not_before, said.not_on_or_after, said.session_not_on_or_after):
        assert moment is None or moment.tzinfo is UTC
    response.usable(NOW)
    for role in said.roles:
        assert said.provider_arn_for(role.role_arn)
        r.AssumeRoleWithSAML(role_arn=str(role.role_arn), principal_arn=role.provider_arn, saml_assertion=response.text)


AWAITED = callback.Awaited(
    host="127.0.0.1:4711", state=Secret("the-state-of-this-sign-in"), issuer="https://idp.example.com", named=False
)
CODE = "the-authorization-code"
_OFFER = "/the-path-that-nobody-guesses"
_SECRET_URL = "https://signin.example.com/federation?SigninToken=the-token"


def _codes(head: bytes) -> list[str]:
    """What was sent as the authorization code. Elsewhere it is a text like any other."""
    query = head.partition(b" ")[2].partition(b" ")[0].partition(b"?")[2].decode("latin-1")
    return [value for name, value in urllib.parse.parse_qsl(query) if name == "code" and CODE in value]


def request(data: bytes) -> None:
    """Whatever comes to a listener, a verdict goes out; only who knows the state, or the path, is told anything."""
    head = data
    for awaited in (
        AWAITED,
        callback.Awaited(host=AWAITED.host, state=AWAITED.state, issuer=AWAITED.issuer, named=True),
    ):
        verdict = callback.read(head, awaited)
        if isinstance(verdict, callback.Failure):
            introduces_itself(verdict.error, hidden=["the-state-of-this-sign-in", *_codes(head)])
        if isinstance(verdict, callback.Code | callback.Failure | callback.Misfit):
            assert head.startswith(b"GET /callback?")
            assert AWAITED.state.reveal().encode() in urllib.parse.unquote_to_bytes(head)
        if isinstance(verdict, callback.Code):
            assert verdict.code.reveal()
            assert verdict.code.reveal().isprintable()
            assert repr(verdict) == "Code(code=Secret(hidden))"
    offer = _Offer(url=Secret(_SECRET_URL), path=_OFFER, host=AWAITED.host)
    status, location = _answer(offer, head)
    assert (location is None) == (status is not HTTPStatus.FOUND)
    if location is not None:
        assert head.startswith(b"GET " + _OFFER.encode())
        assert AWAITED.host.encode() in head
