"""What a SAML response says, read from its tree.

Only elements at their own places count (SAML 2.0 core, 2 and 3); whatever would let two readers find different things
is refused. Sources also: IAM User Guide, "Configure SAML assertions for the authentication response".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters import xml
from app.adapters.saml import refusals
from app.adapters.saml.attributes import attributes_of
from app.adapters.saml.moments import moment
from app.domain.saml import Assertion

if TYPE_CHECKING:
    from datetime import datetime
    from xml.etree.ElementTree import Element

_PROTOCOL = "{urn:oasis:names:tc:SAML:2.0:protocol}"
_SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_OLD = "{urn:oasis:names:tc:SAML:1."
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_IDS = ("ID", "Id", "id", "{http://www.w3.org/XML/1998/namespace}id")
_REQUESTS = frozenset({"AuthnRequest", "LogoutRequest", "ArtifactResolve", "NameIDMappingRequest"})
_SAID_LONGEST = 200


def assertion_of(root: Element) -> Assertion:
    """Read a response. Raises BadInput (see `refusals`)."""
    _check_kind(root)
    _check_ids(root)
    _check_status(root)
    assertion = _only_assertion(root)
    signed = any(child.tag == _SIGNATURE for parent in (root, assertion) for child in parent)
    if assertion.tag == f"{_SAML}EncryptedAssertion":
        return Assertion(
            issuer=_text(_only(root, f"{_SAML}Issuer")),
            recipient=root.get("Destination", "").strip(),
            issued=_time(root, "IssueInstant"),
            signed=signed,
            encrypted=True,
        )
    subject = _only(assertion, f"{_SAML}Subject")
    confirmed = _confirmations(subject)
    conditions = _only(assertion, f"{_SAML}Conditions")
    statements = assertion.findall(f"{_SAML}AuthnStatement")
    read = attributes_of(assertion, _SAML)
    return Assertion(
        issuer=_text(_only(assertion, f"{_SAML}Issuer")),
        subject=_text(_only(subject, f"{_SAML}NameID")),
        audiences=_audiences(conditions),
        recipient=_recipient(confirmed) or root.get("Destination", "").strip(),
        roles=read.roles,
        session_name=read.session_name,
        session_duration=read.session_duration,
        session_duration_said=read.session_duration_said,
        issued=_time(assertion, "IssueInstant"),
        not_before=max(_times("NotBefore", conditions, *confirmed), default=None),
        not_on_or_after=min(_times("NotOnOrAfter", conditions, *confirmed), default=None),
        session_not_on_or_after=min(_times("SessionNotOnOrAfter", *statements), default=None),
        source_identity=read.source_identity,
        tags=read.tags,
        transitive_tag_keys=read.transitive_tag_keys,
        signed=signed,
    )


def _check_kind(root: Element) -> None:
    name = xml.local_name(root)
    if root.tag.startswith(_PROTOCOL) and name in _REQUESTS:
        raise refusals.request()
    if root.tag == f"{_SAML}Assertion":
        raise refusals.not_response("an assertion alone: STS wants the whole response around it")
    if root.tag.startswith(_OLD):
        raise refusals.not_response("a message of SAML 1")
    if root.tag != f"{_PROTOCOL}Response":
        raise refusals.not_response("some other document")
    if root.get("Version") != "2.0":
        raise refusals.not_response("a response of another version")


def _check_ids(root: Element) -> None:
    """A signature names what it signs by ID: one that is there twice could mean either."""
    seen: set[str] = set()
    for element in root.iter():
        own = {value for value in map(element.get, _IDS) if value is not None}
        if own & seen:
            raise refusals.ambiguous("An ID")
        seen |= own


def _check_status(root: Element) -> None:
    status = _only(root, f"{_PROTOCOL}Status")
    code = _only(status, f"{_PROTOCOL}StatusCode")
    value = "" if code is None else code.get("Value", "").strip()
    if value == _SUCCESS:
        return
    inner = _only(code, f"{_PROTOCOL}StatusCode")
    codes = [value] if inner is None else [value, inner.get("Value", "").strip()]
    words = [each.rpartition(":")[2] for each in codes if each]
    said = "".join(words[-1:])  # the innermost says most
    message = _text(_only(status, f"{_PROTOCOL}StatusMessage"))
    raise refusals.status(_short(f"{said}: {message}" if said and message else said or message))


def _only_assertion(root: Element) -> Element:
    """The one assertion, which has to be a child of the response."""
    anywhere = [each for each in root.iter() if xml.local_name(each) in {"Assertion", "EncryptedAssertion"}]
    if not anywhere:
        raise refusals.no_assertion()
    if len(anywhere) > 1:
        raise refusals.several_assertions(len(anywhere))
    assertion = anywhere[0]
    if not any(child is assertion for child in root):
        raise refusals.hidden_assertion()
    if any(each is not root and xml.local_name(each) == "Response" for each in root.iter()):
        raise refusals.ambiguous("The response")
    if assertion.tag not in {f"{_SAML}Assertion", f"{_SAML}EncryptedAssertion"}:
        raise refusals.no_assertion()
    if assertion.tag == f"{_SAML}Assertion" and assertion.get("Version") != "2.0":
        raise refusals.not_response("a response with an assertion of another version")
    return assertion


def _confirmations(subject: Element | None) -> list[Element]:
    """What confirms the subject; for AWS that is whoever bears the assertion."""
    if subject is None:
        return []
    data = []
    for confirmation in subject.findall(f"{_SAML}SubjectConfirmation"):
        found = _only(confirmation, f"{_SAML}SubjectConfirmationData")
        if confirmation.get("Method", "").strip() == _BEARER and found is not None:
            data.append(found)
    return data


def _recipient(confirmed: list[Element]) -> str:
    recipients = {each.get("Recipient", "").strip() for each in confirmed} - {""}
    if len(recipients) > 1:
        raise refusals.ambiguous("The recipient")
    return "".join(recipients)


def _audiences(conditions: Element | None) -> tuple[str, ...]:
    if conditions is None:
        return ()
    found = conditions.findall(f"{_SAML}AudienceRestriction/{_SAML}Audience")
    return tuple(dict.fromkeys(text for text in map(_text, found) if text))


def _times(name: str, *elements: Element | None) -> list[datetime]:
    found = [_time(element, name) for element in elements if element is not None]
    return [each for each in found if each is not None]


def _time(element: Element, name: str) -> datetime | None:
    text = element.get(name)
    if text is None:
        return None
    try:
        return moment(text)
    except ValueError:
        pass
    raise refusals.time(name)  # outside of the handler, so that the text does not hang on to the error


def _only(element: Element | None, tag: str) -> Element | None:
    found = [] if element is None else [child for child in element if child.tag == tag]
    if len(found) > 1:
        raise refusals.ambiguous(f"The element {tag.rpartition('}')[2]}")
    return found[0] if found else None


def _text(element: Element | None) -> str:
    return "" if element is None else xml.text_of(element)


def _short(text: str) -> str:
    words = "".join(each if each.isprintable() else " " for each in text)
    shown = " ".join(words.split())
    return shown if len(shown) <= _SAID_LONGEST else f"{shown[:_SAID_LONGEST]}…"
