"""From the bytes of an answer to its result element, or to the one error that it means.

What is not AWS's (a captive portal's page, an empty body, half a document) is told apart from what AWS refused.
Codes of its own: `not-aws` · `answer-broken` (NetworkTrouble) · `answer-incomplete` (ServiceTrouble).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from app.adapters import xml
from app.adapters.sts import errors
from app.domain.errors import NetworkTrouble, RolecallError, ServiceTrouble
from app.domain.redaction import HIDDEN
from app.domain.secret import Secret
from app.domain.sts_requests import AssumeRole, GetSessionToken
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from app.adapters.http import Answer
    from app.domain.credentials import SigningKey
    from app.domain.sts_requests import Request

WITHOUT_REASON = "AWS gave no reason."
MESSAGE_LONGEST = 12_000  # an encoded authorization message has at most 10,240 characters
_ERROR_ROOTS = frozenset({"ErrorResponse", "Response", "Errors", "Error"})
_REQUEST_ID = re.compile(r"[!-~]{1,200}")
_CODE = re.compile(r"[0-9A-Za-z_.:#-]{1,100}")
_FIELD = re.compile(r"at '([0-9A-Za-z]+)")
_REPEATED = re.compile(r"the canonical string|the string-to-sign", re.IGNORECASE)
"""What AWS's services begin to repeat a signed request with: its headers, and the session token among them."""
_CLOCK_WORDS = ("signature expired", "not yet current", "must be within 15 minutes")
_OK, _TOO_MANY, _PROXY_PASSWORD = 200, 429, 407
_SERVER = 500
_CAPTIVE = 511  # Network Authentication Required, RFC 6585
_HEAD = 1000  # bytes within which a page says that it is HTML
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|meta|title|script)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A result that AWS gave to `request`: `result` is the `…Result` element, `host` who answered."""

    request: Request = field(repr=False)
    result: Element
    request_id: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error as AWS words it: `message` is as long as the answer made it, and may repeat what is secret."""

    code: str
    message: str = field(repr=False)
    request_id: str


def read_reply(answer: Answer, request: Request, host: str, *, signer: SigningKey | None = None) -> Reply:
    """The result of an answer. Raises the error that the answer means, see the module and `errors`.

    What `request` and `signer` keep secret is in no error, whatever the answer repeats.
    """
    root = _root(answer, host)
    header_id = _clean(_header_id(answer), request, signer)
    if root is not None and root.tag in _ERROR_ROOTS:
        fault = _fault(root, host)
        if not (code := _clean(fault.code, request, signer)):
            raise incomplete(host, "an error without a code")
        request_id = _clean(fault.request_id, request, signer) or header_id
        raise refusal(Fault(code=code, message=fault.message, request_id=request_id), answer.status, request, signer)
    if answer.status != _OK or root is None or root.tag != f"{request.ACTION}Response":
        raise _stranger(answer, host, header_id)
    try:
        result = xml.only_child(root, f"{request.ACTION}Result")
        metadata = xml.only_child(root, "ResponseMetadata")
        given_id = None if metadata is None else xml.only_child(metadata, "RequestId")
    except xml.BrokenXmlError as error:
        raise incomplete(host, str(error)) from error
    if result is None:
        raise incomplete(host, f"{request.ACTION}Result is missing")
    request_id = "" if given_id is None else _clean(_request_id(xml.text_of(given_id)), request, signer)
    return Reply(request=request, result=result, request_id=request_id or header_id, host=host)


def refusal(fault: Fault, status: int, request: Request, signer: SigningKey | None = None) -> RolecallError:
    """The typed error of a code; codes that nobody documented are judged by their status.

    What the request and its signer keep secret is cut out of the message: AWS repeats refused values, and what it
    calculated a signature from.
    """
    message = _shown(fault.message, request, signer)
    kind = _kind(fault, status, request)
    field = _field(message, request) if issubclass(kind, errors.InvalidRequest) else _FIELDS.get(kind, "")
    return kind(
        detail=message or WITHOUT_REASON,
        request_id=fault.request_id,
        field=field,
        remedy=_denial_remedy(request) if kind is errors.AccessDenied else "",
        title=f"{kind.TITLE}: {fault.code}" if kind in (errors.Refused, errors.ServiceError) else "",
    )


def is_from_aws(error: RolecallError) -> bool:
    """Whether an error of this module was told by AWS itself, so that the answer's Date header is AWS's too."""
    return isinstance(error, errors.Told) and error.from_aws


def incomplete(host: str, what: str) -> ServiceTrouble:
    """The answer is AWS's but lacks what it must have; nothing of it is used."""
    return ServiceTrouble(
        code="answer-incomplete",
        title="The answer is incomplete",
        detail=f"{host}: {what}.",
        remedy="Try again; if an endpoint URL is set, check what answers there.",
    )


def _kind(fault: Fault, status: int, request: Request) -> type[errors.Told]:
    name = fault.code.rpartition("#")[2].removesuffix("Exception")
    message = fault.message.lower()
    if name == "ExpiredToken" and not request.SIGNED:
        return errors.ExpiredIdentityToken
    if name == "SignatureDoesNotMatch" and any(words in message for words in _CLOCK_WORDS):
        return errors.SignatureExpired
    if name == "AccessDenied" and "multifactorauthentication failed" in message:
        return errors.WrongMfaDevice if "serial number is valid" in message else errors.WrongMfaCode
    known = errors.BY_AWS_CODE.get(name)
    if known is not None:
        return known
    if status == _TOO_MANY:
        return errors.Throttling
    return errors.ServiceError if status >= _SERVER else errors.Refused


_FIELDS: dict[type[errors.Told], str] = {
    errors.MalformedPolicyDocument: "Policy",
    errors.PackedPolicyTooLarge: "Policy",
    errors.InvalidAuthorizationMessage: "EncodedMessage",
    errors.RegionDisabled: "region",
    errors.OptInRequired: "region",
    errors.WrongMfaCode: "TokenCode",
    errors.WrongMfaDevice: "SerialNumber",
}


def _field(message: str, request: Request) -> str:
    """The parameter that a message is about: named as `at 'roleSessionName'`, or just mentioned."""
    match = _FIELD.search(message)
    if match:
        return match.group(1)[0].upper() + match.group(1)[1:]
    names = ["DurationSeconds", *(name.partition(".")[0] for name, _ in request.parameters())]
    return next((name for name in names if name.lower() in message.lower()), "")


def _denial_remedy(request: Request) -> str:
    if isinstance(request, GetSessionToken):
        return "Only an IAM user's own access key may ask for this; check which key signs."
    if not isinstance(request, AssumeRole):
        return ""
    causes = ["the role's trust policy does not name who asked", "who asked may not call sts:AssumeRole on it"]
    causes += ["it demands MFA"] if request.token_code is None else []
    causes += ["it demands an external ID"] if request.external_id is None else ["the external ID is another one"]
    causes += ["it refuses session tags or the source identity"] if request.tags or request.source_identity else []
    return f"Likely causes: {'; '.join(causes)}; or the profile's source is the wrong one."


def _shown(message: str, request: Request, signer: SigningKey | None) -> str:
    """AWS's message without what is secret, in one line and of a bounded length."""
    repeated = _REPEATED.search(message)
    text = message if repeated is None else f"{message[: repeated.start()].rstrip()} {HIDDEN}".strip()
    # The longest first: one may be a part of another.
    for secret in sorted(_secrets(request, signer), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return harmless(text, MESSAGE_LONGEST)


def harmless(text: str, longest: int) -> str:
    """The text in one line and of a bounded length, without what steers a terminal or turns its direction."""
    return "".join(c if c.isprintable() else " " for c in text[:longest])


def _request_id(text: str) -> str:
    """The ID, or an empty text for what is none: people copy it into mails and reports."""
    return text if _REQUEST_ID.fullmatch(text) else ""


def _header_id(answer: Answer) -> str:
    return _request_id(answer.headers.get("x-amzn-requestid", "").strip())


def _clean(text: str, request: Request, signer: SigningKey | None) -> str:
    """The ID or code; an empty text where it repeats what is secret: no ID of AWS does."""
    return "" if text and any(secret in text for secret in _secrets(request, signer, len(text))) else text


def _secrets(request: Request, signer: SigningKey | None, longest: int | None = None) -> Iterator[str]:
    """Each as it is, and as a form body or a URL has it; only those of at most so many characters."""
    values = [value for _, value in request.parameters() if isinstance(value, Secret)]
    if signer is not None:
        values += [signer.secret_access_key, *([] if signer.session_token is None else [signer.session_token])]
    for value in values:
        if value and (longest is None or len(value.reveal()) <= longest):
            yield value.reveal()
            yield quote(value.reveal(), safe="")


def _root(answer: Answer, host: str) -> Element | None:
    """The document's root, or None when the body is no XML at all."""
    body = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body.startswith(b"<") or _PAGE.search(body[:_HEAD]):
        return None
    try:
        return xml.parse(body)
    except xml.BrokenXmlError as error:
        raise NetworkTrouble(
            code="answer-broken",
            title="The answer arrived damaged",
            detail=f"The document from {host} is {error}.",
            remedy="Try again; if it happens often, check the proxy.",
        ) from error


def _fault(root: Element, host: str) -> Fault:
    """Read `ErrorResponse/Error`, `Response/Errors/Error` and the bare `Error` of some stand-ins."""
    element = next(root.iter("Error"), None)
    try:
        code = None if element is None else xml.only_child(element, "Code")
        message = None if element is None else xml.only_child(element, "Message")
    except xml.BrokenXmlError as error:
        raise incomplete(host, str(error)) from error
    text = "" if code is None else xml.text_of(code)
    if not _CODE.fullmatch(text):
        raise incomplete(host, "an error without a code")
    ids = (_request_id(xml.text_of(each)) for each in root.iter() if each.tag in ("RequestId", "RequestID"))
    words = "" if message is None else xml.text_of(message)
    return Fault(code=text, message=words, request_id=next(ids, ""))


def _stranger(answer: Answer, host: str, request_id: str) -> RolecallError:
    """What an answer means that is not in AWS's form."""
    if answer.status == _TOO_MANY or (answer.status >= _SERVER and answer.status != _CAPTIVE):
        kind = errors.Throttling if answer.status == _TOO_MANY else errors.ServiceUnavailable
        error = kind(detail=f"{host} answered {answer.status}.", request_id=request_id)
        error.from_aws = False
        return error
    if answer.status == _PROXY_PASSWORD:
        return NetworkTrouble(
            code="proxy",
            title="The proxy did not let us through",
            detail=f"On the way to {host} it asked for a password.",
            remedy="Set HTTPS_PROXY, or proxy in the settings, to http://USER:PASSWORD@HOST:PORT.",
        )
    what = "an empty page" if not answer.body.strip() else "a page that is not AWS's"
    return NetworkTrouble(
        code="not-aws",
        title="Somebody else answered",
        detail=f"For {host}, a captive portal or proxy answered with {what} (status {answer.status}).",
        remedy="Sign in to the network in a browser, or check the proxy; if an endpoint URL is set, check that too.",
    )
