"""Laws of what people type and paste: ARNs, policies, tags, names, secrets of devices, AWS's texts of a refusal."""

from __future__ import annotations

import json

from app.domain import (
    acs,
    decoded_denial,
    denied_text,
    key_kinds,
    otp,
    policy_check,
    settings_fields,
    sts_limits,
    typed,
)
from app.domain import settings_entries as entries
from app.domain.arn import ARN_LONGEST, MfaDevice, RoleArn, provider_kind
from app.domain.json_places import DEEPEST, Misread, read
from app.domain.secret import Secret
from app.domain.sts_requests import AssumeRole
from tests.fuzz.judging import introduces_itself, judged, text_of

_SECRET_PARAMETERS = ("TokenCode", "SAMLAssertion", "WebIdentityToken", "ContextAssertion", "EncodedMessage")
_CHECKS = (
    settings_fields.name_fault,
    settings_fields.plain_fault,
    settings_fields.argument_fault,
    settings_fields.region_fault,
    settings_fields.service_fault,
    settings_fields.account_fault,
    settings_fields.url_fault,
    settings_fields.issuer_fault,
    settings_fields.scope_fault,
    settings_fields.proxy_fault,
    settings_fields.access_key_fault,
    settings_fields.role_arn_fault,
    settings_fields.mfa_device_fault,
    settings_fields.provider_arn_fault,
    settings_fields.policy_fault,
)


def arn(data: bytes) -> None:
    """An ARN that is taken is written back as it came, and is within the limits; so are devices and addresses."""
    text = text_of(data)
    role = judged(lambda: RoleArn.parse(text))
    if role is not None:
        assert str(role) == text
        assert text.isascii()
        assert len(text) <= ARN_LONGEST
        assert len(role.account) == 12
        assert role.account.isdigit()
        assert RoleArn.parse(str(role)) == role
        assert sts_limits.fault("RoleArn", text) is None
    device = judged(lambda: MfaDevice.parse(text))
    if device is not None:
        assert str(device) == text
        assert device.name
        assert sts_limits.fault("SerialNumber", text) is None
    assert provider_kind(text) in {None, "saml-provider", "oidc-provider"}
    address = acs.parse_acs(text)
    assert address is None or (address.url == text and address.region and address.partition)


def policy(data: bytes) -> None:
    """Every finding has its place in the text; what is said to be JSON is JSON, and stays so when it is tidied."""
    text = text_of(data)
    for each in policy_check.findings(text):
        assert 0 <= each.at <= len(text)
        assert 0 <= each.length <= len(text) - each.at
        assert text[: each.at].count("\n") + 1 == each.line
        assert each.at - (text.rfind("\n", 0, each.at) + 1) + 1 == each.column
        assert each.message
        assert each.remedy
    small, wide = policy_check.minified(text), policy_check.pretty(text)
    assert (small is None) == (wide is None)
    try:
        theirs: object = json.loads(text)
    except (ValueError, RecursionError):
        theirs = None
    if small is None or wide is None:
        assert theirs is None or _is_deeper_or_laxer(text), "Python reads what we do not"
        return
    read(text)
    assert json.loads(small) == json.loads(wide) == theirs
    assert policy_check.minified(wide) == small
    assert policy_check.pretty(small) == wide
    assert len(small) <= len(text)
    if (fault := settings_fields.policy_fault(text)) is not None:
        introduces_itself(fault)


def _is_deeper_or_laxer(text: str) -> bool:
    """Whether it is deeper than we read, or has what Python's reader takes against RFC 8259."""
    try:
        read(text)
    except Misread as error:
        return f"More than {DEEPEST}" in error.message or any(word in text for word in ("NaN", "Infinity"))
    return False


def tags(data: bytes) -> None:
    """Lines of `key=value`: all faults are told; without any, a request can be made of them, and is within limits."""
    pairs = tuple((key, value) for key, _, value in (line.partition("=") for line in text_of(data).split("\n")))
    transitive = tuple(key for key, value in pairs if value.endswith("*"))
    faults = sts_limits.tag_faults(pairs, transitive)
    for each in faults:
        introduces_itself(each)
        assert each.field in {"Tags", "TransitiveTagKeys"}
    arn_of_role = "arn:aws:iam::123456789012:role/Admin"
    made = judged(
        lambda: AssumeRole(role_arn=arn_of_role, role_session_name="me", tags=pairs, transitive_tag_keys=transitive)
    )
    assert (made is None) == bool(faults)
    if made is not None:
        assert len(pairs) <= sts_limits.TAGS_MOST
        assert all(1 <= len(key) <= 128 and len(value) <= 256 for key, value in pairs)
        assert len({key.casefold() for key, _ in pairs}) == len(pairs)
        sent = dict(made.parameters())
        assert [(sent[f"Tags.member.{n}.Key"], sent[f"Tags.member.{n}.Value"]) for n in range(1, len(pairs) + 1)] == [
            *pairs
        ]


def names(data: bytes) -> None:
    """A text as each parameter of STS and as each field of the settings: None, or a fault that introduces itself."""
    text = text_of(data)
    for parameter, limit in sts_limits.LIMITS.items():
        fault = sts_limits.fault(parameter, text)
        if fault is None:
            assert limit.shortest <= len(text) <= limit.longest
            text.encode()  # it can be sent
        else:
            assert fault.field == parameter
            introduces_itself(fault, hidden=[text] if parameter in _SECRET_PARAMETERS else ())
    for check in _CHECKS:
        wrong = check(text)
        if wrong is not None:
            introduces_itself(wrong)
    source = judged(lambda: entries.parse_source(text))
    assert source is None or str(source) == text
    key = judged(lambda: key_kinds.checked(text), hidden=[text.strip()])
    if key is not None:
        assert key == text.strip()
        assert key.isascii()
        key_kinds.kind_of(key)
    if (wrong := typed.secret_key_fault(text)) is not None:
        introduces_itself(wrong, hidden=[text])


def otpauth(data: bytes) -> None:
    """The secret of a device, plain or as a URL: what is kept of it reads back as itself; no refusal repeats it."""
    text = text_of(data)
    pieces = [text, *text.replace("&", "=").split("=")]
    key = judged(lambda: otp.parse(Secret(text)), hidden=[each for each in pieces if len(each) > 15])
    fault = typed.totp_fault(text)
    assert (fault is None) == (key is not None)
    if key is None:
        return
    again = otp.parse(key.kept())
    assert (again.secret, again.algorithm) == (key.secret, key.algorithm)
    secret = key.secret.reveal()
    assert set(secret) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert 16 <= len(secret) <= 205
    assert "secret=Secret(hidden)" in repr(key)
    typed.totp_owner(text)


def denied(data: bytes) -> None:
    """A pasted text is understood or not, at a bounded size; the encoded message is one that AWS takes."""
    text = text_of(data)
    said = denied_text.read(text)
    for each in (said.who, said.action, said.resource, said.policy_type, said.request_id):
        assert len(each) <= 2_200
        assert "\n" not in each
    assert len(said.encoded) <= denied_text.ENCODED_LONGEST
    if said.encoded:
        assert said.speaks
        assert sts_limits.fault("EncodedMessage", said.encoded) is None
        assert denied_text.encoded_part(said.encoded)[:40] == said.encoded[:40]
    message = decoded_denial.parse(text)
    assert len(message.raw) <= decoded_denial.RAW_MOST
    values = (message.who, message.who_id, message.action, message.resource, *message.failures)
    assert all(len(each) <= decoded_denial.TEXT_MOST for each in values)
    assert len(message.statements) <= decoded_denial.ITEMS_MOST
