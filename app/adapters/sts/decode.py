"""From a result element to a value of `app.domain.sts_answers`; a value comes back whole or not at all.

Codes of its own (ServiceTrouble): `answer-incomplete` · `answer-expired` · `answer-implausible`, and that of `whose`.
Source: STS API reference, version 2011-06-15, response elements. Real answers have blanks around values. What steers a
terminal or breaks a line is in no text of an answer: where a provider has a say in it, it is replaced, else refused.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.adapters import xml
from app.adapters.sts import whose
from app.adapters.sts.replies import harmless, incomplete
from app.domain import sts_answers as answers
from app.domain.credentials import Credentials
from app.domain.errors import ServiceTrouble
from app.domain.secret import Secret
from app.domain.sts_limits import LIMITS, SESSION_SECONDS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from app.adapters.sts.replies import Reply

_EXPIRY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})")
_VISIBLE = re.compile(r"[!-~]+")
_TEXT_LONGEST = 2048
"""Of an ARN; the other texts are shorter. Session tokens and decoded messages have no bound."""
_PERCENT = re.compile(r"[0-9]{1,9}")
_SLACK = timedelta(minutes=15)  # what AWS itself allows clocks to differ by


def assumed_role(reply: Reply, now: datetime) -> answers.AssumedRole:
    """Read the answer to AssumeRole. `now` is AWS's time, UTC."""
    user = _part(reply, reply.result, "AssumedRoleUser")
    return answers.AssumedRole(
        credentials=_credentials(reply, now),
        arn=_arn(reply, user),
        assumed_role_id=_text(reply, user, "AssumedRoleId"),
        packed_policy_size=_percent(reply),
        source_identity=_optional(reply, "SourceIdentity"),
        request_id=reply.request_id,
    )


def assumed_role_with_saml(reply: Reply, now: datetime) -> answers.AssumedRoleWithSAML:
    """Read the answer to AssumeRoleWithSAML."""
    user = _part(reply, reply.result, "AssumedRoleUser")
    return answers.AssumedRoleWithSAML(
        credentials=_credentials(reply, now),
        arn=_arn(reply, user),
        assumed_role_id=_text(reply, user, "AssumedRoleId"),
        packed_policy_size=_percent(reply),
        source_identity=_optional(reply, "SourceIdentity"),
        request_id=reply.request_id,
        subject=_optional(reply, "Subject"),
        subject_type=_optional(reply, "SubjectType"),
        issuer=_optional(reply, "Issuer"),
        audience=_optional(reply, "Audience"),
        name_qualifier=_optional(reply, "NameQualifier"),
    )


def assumed_role_with_web_identity(reply: Reply, now: datetime) -> answers.AssumedRoleWithWebIdentity:
    """Read the answer to AssumeRoleWithWebIdentity.

    S3-compatible servers leave AssumedRoleUser out of this one (AWS never does): then `arn` and `assumed_role_id` are
    empty, and GetCallerIdentity tells them.
    """
    named = bool(xml.children(reply.result, "AssumedRoleUser"))
    user = _part(reply, reply.result, "AssumedRoleUser") if named else None
    return answers.AssumedRoleWithWebIdentity(
        credentials=_credentials(reply, now),
        arn="" if user is None else _arn(reply, user),
        assumed_role_id="" if user is None else _text(reply, user, "AssumedRoleId"),
        packed_policy_size=_percent(reply),
        source_identity=_optional(reply, "SourceIdentity"),
        request_id=reply.request_id,
        subject_from_web_identity_token=_optional(reply, "SubjectFromWebIdentityToken"),
        provider=_optional(reply, "Provider"),
        audience=_optional(reply, "Audience"),
    )


def session_token(reply: Reply, now: datetime) -> answers.SessionToken:
    """Read the answer to GetSessionToken."""
    return answers.SessionToken(credentials=_credentials(reply, now), request_id=reply.request_id)


def federation_token(reply: Reply, now: datetime) -> answers.FederationToken:
    """Read the answer to GetFederationToken."""
    user = _part(reply, reply.result, "FederatedUser")
    return answers.FederationToken(
        credentials=_credentials(reply, now),
        arn=_arn(reply, user),
        federated_user_id=_text(reply, user, "FederatedUserId"),
        packed_policy_size=_percent(reply),
        request_id=reply.request_id,
    )


def caller_identity(reply: Reply, _now: datetime) -> answers.CallerIdentity:
    """Read the answer to GetCallerIdentity."""
    return answers.CallerIdentity(
        account=_text(reply, reply.result, "Account"),
        arn=_text(reply, reply.result, "Arn"),
        user_id=_text(reply, reply.result, "UserId"),
        request_id=reply.request_id,
    )


def access_key_info(reply: Reply, _now: datetime) -> answers.AccessKeyInfo:
    """Read the answer to GetAccessKeyInfo."""
    return answers.AccessKeyInfo(account=_text(reply, reply.result, "Account"), request_id=reply.request_id)


def decoded_message(reply: Reply, _now: datetime) -> answers.DecodedMessage:
    """Read the answer to DecodeAuthorizationMessage."""
    return answers.DecodedMessage(text=_plain(reply, reply.result, "DecodedMessage"), request_id=reply.request_id)


def _arn(reply: Reply, user: Element) -> str:
    """Whose credentials they are. Raises also for those of somebody else."""
    arn = _text(reply, user, "Arn")
    whose.check(reply.request, arn, host=reply.host, request_id=reply.request_id)
    return arn


def _credentials(reply: Reply, now: datetime) -> Credentials:
    part = _part(reply, reply.result, "Credentials")
    return Credentials(
        access_key_id=_key_id(reply, part),
        secret_access_key=Secret(_visible(reply, part, "SecretAccessKey")),
        session_token=Secret(_visible(reply, part, "SessionToken")),
        expires=_expiry(reply, _text(reply, part, "Expiration"), now),
    )


def _expiry(reply: Reply, text: str, now: datetime) -> datetime:
    """With or without fractions of a second, which are cut off: earlier is the safe side."""
    match = _EXPIRY.fullmatch(text)
    try:
        expires = None if match is None else datetime.fromisoformat(match.group(1) + match.group(2)).astimezone(UTC)
    except (ValueError, OverflowError):
        expires = None
    if expires is None:
        raise incomplete(reply.host, "Expiration is not a time")
    if expires <= now:
        raise _bad_time("answer-expired", "AWS gave credentials that have already expired", expires, now, reply)
    if expires - now > timedelta(seconds=SESSION_SECONDS[1]) + _SLACK:
        raise _bad_time("answer-implausible", "AWS gave an expiry that is not possible", expires, now, reply)
    return expires


def _bad_time(code: str, title: str, expires: datetime, now: datetime, reply: Reply) -> ServiceTrouble:
    return ServiceTrouble(
        code=code,
        title=title,
        detail=f"{reply.host} says {expires:%Y-%m-%d %H:%M:%S} UTC; it is {now:%Y-%m-%d %H:%M:%S} UTC.",
        remedy="Check this machine's clock; if that is right, something may have answered in AWS's place.",
        request_id=reply.request_id,
    )


def _part(reply: Reply, parent: Element, name: str) -> Element:
    try:
        part = xml.only_child(parent, name)
    except xml.BrokenXmlError as error:
        raise incomplete(reply.host, str(error)) from error
    if part is None:
        raise incomplete(reply.host, f"{name} is missing")
    return part


def _plain(reply: Reply, parent: Element, name: str) -> str:
    element = _part(reply, parent, name)
    text = xml.text_of(element)
    if not text or len(element):
        raise incomplete(reply.host, f"{name} is empty" if not text else f"{name} is not plain text")
    return text


def _text(reply: Reply, parent: Element, name: str) -> str:
    """A text for one line."""
    text = _plain(reply, parent, name)
    if len(text) > _TEXT_LONGEST or not text.isprintable():
        raise incomplete(reply.host, f"{name} is too long, or has characters that it cannot have")
    return text


def _visible(reply: Reply, parent: Element, name: str) -> str:
    text = _plain(reply, parent, name)
    if not _VISIBLE.fullmatch(text):
        raise incomplete(reply.host, f"{name} has characters that it cannot have")
    return text


def _key_id(reply: Reply, parent: Element) -> str:
    """An access key ID: it stands in signatures and files, whose signs it must not have."""
    text, limit = _plain(reply, parent, "AccessKeyId"), LIMITS["AccessKeyId"]
    if not (limit.shortest <= len(text) <= limit.longest and re.fullmatch(limit.pattern, text)):
        raise incomplete(reply.host, "AccessKeyId is none")
    return text


def _optional(reply: Reply, name: str) -> str:
    """A text for one line, or an empty one. A provider may have had a say in it: it is made harmless, not refused."""
    try:
        element = xml.only_child(reply.result, name)
    except xml.BrokenXmlError as error:
        raise incomplete(reply.host, str(error)) from error
    if element is None:
        return ""
    if len(element):
        raise incomplete(reply.host, f"{name} is not plain text")
    return harmless(xml.text_of(element), _TEXT_LONGEST)


def _percent(reply: Reply) -> int | None:
    text = _optional(reply, "PackedPolicySize")
    if text and not _PERCENT.fullmatch(text):
        raise incomplete(reply.host, "PackedPolicySize is not a number")
    return int(text) if text else None
