"""Every error of the STS API reference as its own class.

Stable codes, by tree:

- Denied: `access-denied` · `mfa-code-wrong` · `mfa-device-wrong` · `expired-session` (retry: session) ·
  `incomplete-signature` · `missing-authentication-token` · `signature-does-not-match` · `signature-expired` ·
  `request-expired` · `request-time-too-skewed` · `request-in-the-future` (the last four, retry: clock) ·
  `invalid-client-token-id` · `unrecognized-client` · `region-disabled` · `opt-in-required` · `refused`
- ProviderTrouble: `expired-identity-token` · `invalid-identity-token` · `idp-rejected-claim` (all three, retry:
  token) · `idp-communication-error` (retry: back off)
- BadInput: `malformed-policy-document` · `packed-policy-too-large` · `invalid-authorization-message` ·
  `validation-error` · `invalid-parameter-value` · `invalid-parameter-combination` · `missing-parameter` ·
  `missing-action` · `invalid-action` · `invalid-query-parameter` · `malformed-query-string`
- ServiceTrouble (retry: back off): `throttling` · `request-limit-exceeded` · `internal-failure` · `internal-error` ·
  `service-unavailable` · `service-error`
"""

from __future__ import annotations

from typing import ClassVar

from app.domain.errors import BadInput, Denied, ProviderTrouble, Retry, RolecallError, ServiceTrouble


class Told(RolecallError):
    """What AWS answered: the class knows title, remedy and code, the answer gives detail and request ID."""

    CODE: ClassVar[str]
    TITLE: ClassVar[str]
    REMEDY: ClassVar[str]
    from_aws = True
    """False when only the status says so: then anybody on the way may have answered."""

    def __init__(
        self, *, detail: str = "", request_id: str = "", field: str = "", remedy: str = "", title: str = ""
    ) -> None:
        super().__init__(
            code=self.CODE,
            title=title or self.TITLE,
            detail=detail,
            remedy=remedy or self.REMEDY,
            field=field,
            request_id=request_id,
        )


# --- Who asks ---------------------------------------------------------------------------------------------------------


class AccessDenied(Told, Denied):
    """The signer may not do this, or the role does not trust it."""

    CODE = "access-denied"
    TITLE = "AWS denied access"
    REMEDY = "Ask who is calling (whoami), and check that its policies allow this action."


class WrongMfaCode(AccessDenied):
    """The MFA code was wrong, too old, or already used."""

    CODE = "mfa-code-wrong"
    TITLE = "The MFA code was not accepted"
    REMEDY = "Enter it again as the device shows it, or the next one; if that fails too, check the device's clock."


class WrongMfaDevice(AccessDenied):
    """The MFA device is not this user's."""

    CODE = "mfa-device-wrong"
    TITLE = "The MFA device was not accepted"
    REMEDY = "Compare the device's ARN with “Security credentials” of this user in the IAM console."


class ExpiredSession(Told, Denied):
    """The session that signed has expired."""

    default_retry = Retry.SESSION
    CODE = "expired-session"
    TITLE = "The session that signed has expired"
    REMEDY = "Renew the session that this one starts from."


class InvalidClientTokenId(Told, Denied):
    """The access key is unknown or deactivated."""

    CODE = "invalid-client-token-id"
    TITLE = "AWS does not know this access key"
    REMEDY = "Check that the key exists and is active in the IAM console, and that the region belongs to its partition."


class UnrecognizedClient(InvalidClientTokenId):
    """The same, in the words of another AWS front end."""

    CODE = "unrecognized-client"


class SignatureDoesNotMatch(Told, Denied):
    """The secret access key is wrong, or something changed the request on its way."""

    CODE = "signature-does-not-match"
    TITLE = "The signature does not match"
    REMEDY = "Enter the secret access key again: it does not belong to this key ID, or was copied incompletely."


class IncompleteSignature(Told, Denied):
    """The signature arrived incomplete."""

    CODE = "incomplete-signature"
    TITLE = "The signature arrived incomplete"
    REMEDY = "Enter key ID and secret again without blanks; if that is right, check the proxy: it may remove headers."


class MissingAuthenticationToken(Told, Denied):
    """No signature arrived."""

    CODE = "missing-authentication-token"
    TITLE = "The request arrived without a signature"
    REMEDY = "Check the proxy: it may remove headers."


# --- When -------------------------------------------------------------------------------------------------------------


class SignatureExpired(Told, Denied):
    """The signature's time is too far from AWS's."""

    default_retry = Retry.CLOCK
    CODE = "signature-expired"
    TITLE = "The clocks disagree"
    REMEDY = "Set this machine's clock, and let it be set automatically (NTP)."


class RequestExpired(SignatureExpired):
    """The request's time is too far in the past."""

    CODE = "request-expired"


class RequestTimeTooSkewed(SignatureExpired):
    """The request's time is too far from AWS's."""

    CODE = "request-time-too-skewed"


class RequestInTheFuture(SignatureExpired):
    """The request's time is in the future."""

    CODE = "request-in-the-future"


# --- Where ------------------------------------------------------------------------------------------------------------


class RegionDisabled(Told, Denied):
    """STS is not activated in that region for that account."""

    CODE = "region-disabled"
    TITLE = "STS is not activated in this region"
    REMEDY = "Use another region, or ask an administrator of the account to activate STS there (IAM, account settings)."


class OptInRequired(Told, Denied):
    """The account has not opted in to the region or service."""

    CODE = "opt-in-required"
    TITLE = "The account has not opted in"
    REMEDY = "Use another region, or ask an administrator of the account to enable this one."


# --- Providers --------------------------------------------------------------------------------------------------------


class ExpiredIdentityToken(Told, ProviderTrouble):
    """The assertion or ID token has expired."""

    default_retry = Retry.TOKEN
    CODE = "expired-identity-token"
    TITLE = "The sign-in has expired"
    REMEDY = "Sign in to the provider again; an assertion must be redeemed within five minutes."


class InvalidIdentityToken(Told, ProviderTrouble):
    """AWS could not validate the assertion or ID token."""

    default_retry = Retry.TOKEN
    CODE = "invalid-identity-token"
    TITLE = "AWS could not validate the sign-in"
    REMEDY = "Sign in again; if it fails again, compare the provider's ARN and audience with the IAM console."


class IdpRejectedClaim(Told, ProviderTrouble):
    """The provider refused, or the claim was revoked."""

    default_retry = Retry.TOKEN
    CODE = "idp-rejected-claim"
    TITLE = "The provider rejected the sign-in"
    REMEDY = "Sign in again; if it fails again, ask whoever runs the provider whether your access was revoked."


class IdpCommunicationError(Told, ProviderTrouble):
    """AWS could not reach the provider."""

    default_retry = Retry.BACK_OFF
    CODE = "idp-communication-error"
    TITLE = "AWS could not reach the provider"
    REMEDY = "Try again in a moment; the provider may be down or hidden from AWS."


# --- What was asked ---------------------------------------------------------------------------------------------------


class MalformedPolicyDocument(Told, BadInput):
    """The session policy is not a policy."""

    CODE = "malformed-policy-document"
    TITLE = "The session policy is malformed"
    REMEDY = "Correct the policy where the message points."


class PackedPolicyTooLarge(Told, BadInput):
    """Policies and tags are too large when packed."""

    CODE = "packed-policy-too-large"
    TITLE = "Session policy and tags are too large"
    REMEDY = "Shorten the policy, or pass fewer policy ARNs and tags."


class InvalidAuthorizationMessage(Told, BadInput):
    """The text is not an encoded authorization message."""

    CODE = "invalid-authorization-message"
    TITLE = "Not an encoded authorization message"
    REMEDY = "Copy the message again, whole, without line breaks or blanks."


class InvalidRequest(Told, BadInput):
    """Base of what AWS says about parameters."""

    REMEDY = "Correct what the message names."


class ValidationError(InvalidRequest):
    """A parameter breaks a rule."""

    CODE = "validation-error"
    TITLE = "AWS refused a value"


class InvalidParameterValue(InvalidRequest):
    """A parameter's value is not possible."""

    CODE = "invalid-parameter-value"
    TITLE = "AWS refused a value"


class InvalidParameterCombination(InvalidRequest):
    """Two parameters exclude each other."""

    CODE = "invalid-parameter-combination"
    TITLE = "Two values exclude each other"


class MissingParameter(InvalidRequest):
    """A parameter is missing."""

    CODE = "missing-parameter"
    TITLE = "A value is missing"


class MissingAction(InvalidRequest):
    """The request named no action."""

    CODE = "missing-action"
    TITLE = "The request arrived without its action"
    REMEDY = "Check the proxy and the endpoint: something drops the body of requests."


class InvalidAction(InvalidRequest):
    """The endpoint does not know the action."""

    CODE = "invalid-action"
    TITLE = "The endpoint does not know this action"
    REMEDY = "Check AWS_ENDPOINT_URL_STS: this may not be STS."


class InvalidQueryParameter(InvalidRequest):
    """A parameter's name or form is wrong."""

    CODE = "invalid-query-parameter"
    TITLE = "AWS refused a parameter"


class MalformedQueryString(InvalidRequest):
    """The request could not be read."""

    CODE = "malformed-query-string"
    TITLE = "AWS could not read the request"
    REMEDY = "Check the proxy and the endpoint: something changes requests."


# --- AWS itself -------------------------------------------------------------------------------------------------------


class Throttling(Told, ServiceTrouble):
    """Too many requests."""

    CODE = "throttling"
    TITLE = "AWS asks for patience"
    REMEDY = "Too many requests at once: try again in a moment. What is live is renewed by itself, with growing pauses."


class RequestLimitExceeded(Throttling):
    """The same, in other words."""

    CODE = "request-limit-exceeded"


class InternalFailure(Told, ServiceTrouble):
    """Something failed inside AWS."""

    CODE = "internal-failure"
    TITLE = "Something failed inside AWS"
    REMEDY = "Try again in a moment; health.aws.amazon.com tells about disturbances. What is live is renewed by itself."


class InternalError(InternalFailure):
    """The same, in other words."""

    CODE = "internal-error"


class ServiceUnavailable(InternalFailure):
    """STS is not available now."""

    CODE = "service-unavailable"
    TITLE = "STS is not available"


# --- Unknown codes ----------------------------------------------------------------------------------------------------


class Refused(Told, Denied):
    """A code that nobody documented, of a status that means no."""

    CODE = "refused"
    TITLE = "AWS refused"
    REMEDY = "The message tells what AWS objects to."


class ServiceError(Told, ServiceTrouble):
    """A code that nobody documented, of a status that means trouble."""

    CODE = "service-error"
    TITLE = "AWS could not serve"
    REMEDY = "Try again in a moment. What is live is renewed by itself, with growing pauses."


BY_AWS_CODE: dict[str, type[Told]] = {
    "ExpiredToken": ExpiredSession,  # of calls without a signature: ExpiredIdentityToken
    "InvalidIdentityToken": InvalidIdentityToken,
    "IDPRejectedClaim": IdpRejectedClaim,
    "IDPCommunicationError": IdpCommunicationError,
    "MalformedPolicyDocument": MalformedPolicyDocument,
    "PackedPolicyTooLarge": PackedPolicyTooLarge,
    "RegionDisabled": RegionDisabled,
    "InvalidAuthorizationMessage": InvalidAuthorizationMessage,
    "AccessDenied": AccessDenied,
    "IncompleteSignature": IncompleteSignature,
    "MissingAuthenticationToken": MissingAuthenticationToken,
    "SignatureDoesNotMatch": SignatureDoesNotMatch,
    "InvalidClientTokenId": InvalidClientTokenId,
    "InvalidAccessKeyId": InvalidClientTokenId,  # the same in the words of S3, which some stand-ins speak
    "UnrecognizedClient": UnrecognizedClient,
    "RequestExpired": RequestExpired,
    "RequestTimeTooSkewed": RequestTimeTooSkewed,
    "RequestInTheFuture": RequestInTheFuture,
    "OptInRequired": OptInRequired,
    "ValidationError": ValidationError,
    "Validation": ValidationError,
    "InvalidParameterValue": InvalidParameterValue,
    "InvalidParameterCombination": InvalidParameterCombination,
    "MissingParameter": MissingParameter,
    "MissingAction": MissingAction,
    "InvalidAction": InvalidAction,
    "InvalidQueryParameter": InvalidQueryParameter,
    "MalformedQueryString": MalformedQueryString,
    "Throttling": Throttling,
    "RequestLimitExceeded": RequestLimitExceeded,
    "InternalFailure": InternalFailure,
    "InternalError": InternalError,
    "ServiceUnavailable": ServiceUnavailable,
}
"""By the code of the answer, the suffix `Exception` left out: AWS sends codes with and without it."""
