"""Every error that STS is documented to send, in every shape, as its own kind."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from app.adapters.sts import errors, replies
from app.domain.errors import (
    BadInput,
    Denied,
    ProviderTrouble,
    Retry,
    RolecallError,
    ServiceTrouble,
)
from app.domain.secret import Secret
from app.domain.sts_requests import Request
from tests.adapters.sts.sts_helpers import (
    ASSUME,
    RECORDED,
    REQUESTS,
    SESSION,
    WITH_CODE,
    WITH_SAML,
    WITH_TOKEN,
    received,
    recorded,
)

HOST = "sts.eu-west-1.amazonaws.com"
ID = "c6104cbe-af31-11e0-8154-cbc7ccf896c7"


def refused(body: bytes | str, status: int, request: Request = ASSUME, request_id: str = "") -> RolecallError:
    with pytest.raises(RolecallError) as caught:
        replies.read_reply(received(body, status, request_id), request, HOST)
    error = caught.value
    assert error.title
    assert error.remedy
    assert error.code
    return error


# --- Errors -----------------------------------------------------------------------------------------------------------

TABLE = [
    ("ExpiredToken-signed", 403, ASSUME, errors.ExpiredSession, Denied, Retry.SESSION, ""),
    ("ExpiredToken-federated", 400, WITH_TOKEN, errors.ExpiredIdentityToken, ProviderTrouble, Retry.TOKEN, ""),
    ("ExpiredToken-federated", 400, WITH_SAML, errors.ExpiredIdentityToken, ProviderTrouble, Retry.TOKEN, ""),
    ("InvalidIdentityToken", 400, WITH_TOKEN, errors.InvalidIdentityToken, ProviderTrouble, Retry.TOKEN, ""),
    ("IDPRejectedClaim", 403, WITH_TOKEN, errors.IdpRejectedClaim, ProviderTrouble, Retry.TOKEN, ""),
    ("IDPCommunicationError", 400, WITH_TOKEN, errors.IdpCommunicationError, ProviderTrouble, Retry.BACK_OFF, ""),
    ("MalformedPolicyDocument", 400, ASSUME, errors.MalformedPolicyDocument, BadInput, Retry.NEVER, "Policy"),
    ("PackedPolicyTooLarge", 400, ASSUME, errors.PackedPolicyTooLarge, BadInput, Retry.NEVER, "Policy"),
    ("RegionDisabled", 403, ASSUME, errors.RegionDisabled, Denied, Retry.NEVER, "region"),
    (
        "InvalidAuthorizationMessage",
        400,
        REQUESTS["DecodeAuthorizationMessage"],
        errors.InvalidAuthorizationMessage,
        BadInput,
        Retry.NEVER,
        "EncodedMessage",
    ),
    ("AccessDenied", 403, ASSUME, errors.AccessDenied, Denied, Retry.NEVER, ""),
    (
        "AccessDeniedException",
        400,
        REQUESTS["DecodeAuthorizationMessage"],
        errors.AccessDenied,
        Denied,
        Retry.NEVER,
        "",
    ),
    ("WrongMfaCode", 403, WITH_CODE, errors.WrongMfaCode, Denied, Retry.NEVER, "TokenCode"),
    ("WrongMfaDevice", 403, WITH_CODE, errors.WrongMfaDevice, Denied, Retry.NEVER, "SerialNumber"),
    ("IncompleteSignature", 400, ASSUME, errors.IncompleteSignature, Denied, Retry.NEVER, ""),
    ("MissingAuthenticationToken", 403, ASSUME, errors.MissingAuthenticationToken, Denied, Retry.NEVER, ""),
    ("SignatureDoesNotMatch", 403, ASSUME, errors.SignatureDoesNotMatch, Denied, Retry.NEVER, ""),
    ("SignatureExpired", 403, ASSUME, errors.SignatureExpired, Denied, Retry.CLOCK, ""),
    ("SignatureNotYetCurrent", 403, ASSUME, errors.SignatureExpired, Denied, Retry.CLOCK, ""),
    ("InvalidClientTokenId", 403, ASSUME, errors.InvalidClientTokenId, Denied, Retry.NEVER, ""),
    ("UnrecognizedClient", 403, ASSUME, errors.UnrecognizedClient, Denied, Retry.NEVER, ""),
    ("RequestExpired", 400, ASSUME, errors.RequestExpired, Denied, Retry.CLOCK, ""),
    ("RequestTimeTooSkewed", 403, ASSUME, errors.RequestTimeTooSkewed, Denied, Retry.CLOCK, ""),
    ("RequestInTheFuture", 403, ASSUME, errors.RequestInTheFuture, Denied, Retry.CLOCK, ""),
    ("OptInRequired", 403, ASSUME, errors.OptInRequired, Denied, Retry.NEVER, "region"),
    ("ValidationError", 400, ASSUME, errors.ValidationError, BadInput, Retry.NEVER, "RoleSessionName"),
    ("ValidationError-duration", 400, ASSUME, errors.ValidationError, BadInput, Retry.NEVER, "DurationSeconds"),
    ("InvalidParameterValue", 400, ASSUME, errors.InvalidParameterValue, BadInput, Retry.NEVER, ""),
    ("InvalidParameterCombination", 400, ASSUME, errors.InvalidParameterCombination, BadInput, Retry.NEVER, ""),
    ("MissingParameter", 400, ASSUME, errors.MissingParameter, BadInput, Retry.NEVER, "RoleSessionName"),
    ("MissingAction", 400, ASSUME, errors.MissingAction, BadInput, Retry.NEVER, ""),
    ("InvalidAction", 400, ASSUME, errors.InvalidAction, BadInput, Retry.NEVER, ""),
    ("InvalidQueryParameter", 400, ASSUME, errors.InvalidQueryParameter, BadInput, Retry.NEVER, ""),
    ("MalformedQueryString", 404, ASSUME, errors.MalformedQueryString, BadInput, Retry.NEVER, ""),
    ("Throttling", 400, ASSUME, errors.Throttling, ServiceTrouble, Retry.BACK_OFF, ""),
    ("ThrottlingException", 429, ASSUME, errors.Throttling, ServiceTrouble, Retry.BACK_OFF, ""),
    ("RequestLimitExceeded", 503, ASSUME, errors.RequestLimitExceeded, ServiceTrouble, Retry.BACK_OFF, ""),
    ("InternalFailure", 500, ASSUME, errors.InternalFailure, ServiceTrouble, Retry.BACK_OFF, ""),
    ("InternalError", 500, ASSUME, errors.InternalError, ServiceTrouble, Retry.BACK_OFF, ""),
    ("ServiceUnavailable", 503, ASSUME, errors.ServiceUnavailable, ServiceTrouble, Retry.BACK_OFF, ""),
]


@pytest.mark.parametrize(("name", "status", "request_", "kind", "base", "retry", "field"), TABLE)
def test_every_documented_error_is_its_own(
    *,
    name: str,
    status: int,
    request_: Request,
    kind: type[errors.Told],
    base: type[RolecallError],
    retry: Retry,
    field: str,
) -> None:
    error = refused(recorded(f"error-{name}"), status, request_)
    assert type(error) is kind
    assert isinstance(error, base)
    assert (error.retry, error.field) == (retry, field)
    assert error.request_id == "5c8e8b4d-4a0f-4a35-8b7e-000000000001"
    assert error.detail
    assert replies.is_from_aws(error)


def test_every_recorded_error_and_every_class_is_in_the_table() -> None:
    names = {path.stem.removeprefix("error-") for path in RECORDED.glob("error-*.xml")}
    assert names == {row[0] for row in TABLE}
    kinds = {row[3] for row in TABLE}
    assert set(errors.BY_AWS_CODE.values()) <= kinds
    assert errors.ExpiredIdentityToken in kinds


def test_codes_are_unique_and_listed() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.Told) and kind not in (errors.Told, errors.InvalidRequest)
    ]
    codes = [kind.CODE for kind in kinds]
    assert len(codes) == len(set(codes))
    for code in codes:
        assert f"`{code}`" in (errors.__doc__ or "")


@pytest.mark.parametrize("code", sorted(errors.BY_AWS_CODE))
def test_codes_are_known_with_and_without_suffix(code: str) -> None:
    for spelled in (code, f"{code}Exception", f"com.amazonaws.sts#{code}"):
        body = f"<ErrorResponse><Error><Code>{spelled}</Code><Message>m</Message></Error></ErrorResponse>"
        error = refused(body, 400)
        assert type(error) is errors.BY_AWS_CODE[code]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.Refused),
        (403, errors.Refused),
        (404, errors.Refused),
        (429, errors.Throttling),
        (500, errors.ServiceError),
        (503, errors.ServiceError),
    ],
)
def test_unknown_codes_are_judged_by_their_status(status: int, kind: type[errors.Told]) -> None:
    error = refused("<ErrorResponse><Error><Code>Novelty</Code><Message>m</Message></Error></ErrorResponse>", status)
    assert type(error) is kind
    assert "Novelty" in error.title or kind is errors.Throttling


@pytest.mark.parametrize(
    ("name", "kind", "request_id"),
    [
        ("variant-Errors", errors.Throttling, "5c8e8b4d-2"),
        ("variant-no-namespace", errors.AccessDenied, "5c8e8b4d-3"),
        ("variant-bare-Error", errors.InvalidClientTokenId, "5c8e8b4d-4"),
    ],
)
def test_errors_in_other_shapes(name: str, kind: type[errors.Told], request_id: str) -> None:
    error = refused(recorded(name), 400)
    assert type(error) is kind
    assert error.request_id == request_id


def test_the_header_tells_the_request_id_when_the_body_does_not() -> None:
    body = "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"
    error = refused(body, 403, request_id="from-header")
    assert error.request_id == "from-header"


def test_an_error_with_status_200_is_an_error() -> None:
    assert type(refused(recorded("error-AccessDenied"), 200)) is errors.AccessDenied


def test_a_denial_names_likely_causes_and_keeps_the_encoded_message() -> None:
    error = refused(recorded("error-AccessDenied"), 403, ASSUME)
    for words in ("trust policy", "MFA", "external ID"):
        assert words in error.remedy
    assert "MFA" not in refused(recorded("error-AccessDenied"), 403, WITH_CODE).remedy
    encoded = refused(recorded("error-AccessDeniedException"), 400, REQUESTS["DecodeAuthorizationMessage"])
    assert "1g8fBuIZ0pGpEXAMPLE" in encoded.detail
    assert "own access key" in refused(recorded("error-AccessDenied"), 403, REQUESTS["GetSessionToken"]).remedy


def test_the_percentage_of_a_packed_policy_is_shown() -> None:
    assert "174%" in refused(recorded("error-PackedPolicyTooLarge"), 400).detail


def test_secrets_that_aws_repeats_are_cut_out() -> None:
    message = "1 validation error detected: Value 'canary-id-token' at 'webIdentityToken' failed to satisfy constraint"
    body = f"<ErrorResponse><Error><Code>ValidationError</Code><Message>{message}</Message></Error></ErrorResponse>"
    error = refused(body, 400, WITH_TOKEN)
    assert "canary" not in str(error)
    assert "(hidden)" in error.detail
    assert error.field == "WebIdentityToken"


@pytest.mark.parametrize(
    "told",
    [
        "The Canonical String for this request should have been 'POST / x-amz-security-token:{token} abc'",
        "the canonical string for this request was: x-amz-security-token:{token}",
        "What was signed: x-amz-security-token:{token}, with {secret}.",
        "The form was Token={quoted}&amp;x=1",
        "{far}x-amz-security-token:{token}",
    ],
)
def test_no_secret_of_the_signer_is_in_an_error(told: str) -> None:
    token, secret = f"canary+token/{'x' * 300}==", "canary/secret+key"
    signer = replace(SESSION, session_token=Secret(token), secret_access_key=Secret(secret))
    # The last one straddles the bound at which a message is cut.
    far = "y" * (replies.MESSAGE_LONGEST - 60)
    told = told.format(token=token, secret=secret, quoted=quote(token, safe=""), far=far)
    fault = f"<Error><Code>SignatureDoesNotMatch</Code><Message>It does not match.\n\n{told}</Message></Error>"
    with pytest.raises(errors.SignatureDoesNotMatch) as caught:
        replies.read_reply(received(f"<ErrorResponse>{fault}</ErrorResponse>", 403), ASSUME, HOST, signer=signer)
    assert "canary" not in repr(caught.value) + str(caught.value) + caught.value.detail
    assert caught.value.detail.startswith("It does not match. ")
    assert len(caught.value.detail) <= replies.MESSAGE_LONGEST


@pytest.mark.parametrize(
    "body",
    [
        "<ErrorResponse><Error><Message>m</Message></Error></ErrorResponse>",
        "<ErrorResponse><Error><Code/><Message>m</Message></Error></ErrorResponse>",
        "<ErrorResponse><Error><Code>A</Code><Code>B</Code></Error></ErrorResponse>",
        "<ErrorResponse><Error><Code>a b</Code></Error></ErrorResponse>",
        "<ErrorResponse/>",
    ],
)
def test_an_error_without_a_code(body: str) -> None:
    assert refused(body, 400).code == "answer-incomplete"
