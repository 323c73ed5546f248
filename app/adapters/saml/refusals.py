"""Why a SAML response is not taken.

All are BadInput, none repeats the document but for a few harmless words. Codes: `saml-empty` · `saml-too-long` ·
`saml-not-found` · `saml-not-base64` · `saml-not-xml` · `saml-forbidden-xml` · `saml-request` · `saml-not-response` ·
`saml-status` · `saml-no-assertion` · `saml-several-assertions` · `saml-hidden-assertion` · `saml-ambiguous` ·
`saml-role` · `saml-attribute` · `saml-time`
"""

from __future__ import annotations

from app.domain.errors import BadInput

FIELD = "SAMLResponse"
_AGAIN = "Sign in once more and copy the whole value of SAMLResponse, which is posted to AWS at the end."
_ASK = "Ask whoever runs the provider: AWS would not take this either."


def empty() -> BadInput:
    """There is nothing."""
    return _refused("saml-empty", "There is no SAML response", "The text is empty.", _AGAIN)


def too_long(most: int) -> BadInput:
    """More than STS takes."""
    return _refused(
        "saml-too-long",
        "The SAML response is too long",
        f"STS takes at most {most:,} characters of base64.",
        "If this is the whole of it, ask whoever runs the provider to send fewer roles or attributes.",
    )


def not_found() -> BadInput:
    """SAMLResponse is not named, or nothing follows."""
    return _refused(
        "saml-not-found",
        "There is no SAML response in this",
        "It has no field SAMLResponse, or no value in it.",
        _AGAIN,
    )


def not_base64() -> BadInput:
    """Neither base64 nor XML."""
    return _refused(
        "saml-not-base64", "This is not a SAML response", "It is neither base64 nor XML, or a part is missing.", _AGAIN
    )


def not_xml(reason: str) -> BadInput:
    """Not well-formed. `reason` holds nothing of the text."""
    return _refused("saml-not-xml", "This is not a SAML response", f"As XML it is {reason}.", _AGAIN)


def forbidden_xml(reason: str) -> BadInput:
    """XML that no provider sends. `reason` holds nothing of the text."""
    return _refused(
        "saml-forbidden-xml",
        "The SAML response is not safe to read",
        f"It has {reason}, which no SAML message may have.",
        "Do not use it, and tell whoever runs the provider: it may have been tampered with.",
    )


def request() -> BadInput:
    """The question instead of the answer."""
    return _refused(
        "saml-request",
        "This is a SAML request, not the response",
        "It is what was asked of the provider, before the sign-in.",
        "Copy SAMLResponse instead: it is posted to AWS after the sign-in.",
    )


def not_response(what: str) -> BadInput:
    """Some other document; `what` says which in our own words."""
    return _refused("saml-not-response", "This is not a SAML 2.0 response", f"It is {what}.", _AGAIN)


def status(said: str) -> BadInput:
    """The provider said no; `said` is shortened and printable."""
    return _refused(
        "saml-status",
        "The provider did not sign you in",
        f"It answered: {said}." if said else "It did not say why.",
        "Sign in again; if it fails again, ask whoever runs the provider.",
    )


def no_assertion() -> BadInput:
    """A response that vouches for nobody."""
    return _refused("saml-no-assertion", "The SAML response holds no assertion", "It vouches for nobody.", _ASK)


def several_assertions(number: int) -> BadInput:
    """It is not certain which one STS would believe."""
    return _refused(
        "saml-several-assertions",
        "The SAML response holds several assertions",
        f"There are {number}; which of them counts is not certain.",
        _ASK,
    )


def hidden_assertion() -> BadInput:
    """An assertion at a place where none belongs."""
    return _refused(
        "saml-hidden-assertion",
        "The SAML response hides its assertion",
        "The assertion is wrapped in another element, as a forger would do it.",
        "Do not use it, and tell whoever runs the provider: it may have been tampered with.",
    )


def ambiguous(what: str) -> BadInput:
    """Two things that can be read in two ways; `what` names them in our own words."""
    return _refused(
        "saml-ambiguous",
        "The SAML response can be read in two ways",
        f"{what} is there more than once, and not the same each time.",
        _ASK,
    )


def role(number: int) -> BadInput:
    """A value of the attribute Role that names no role and provider."""
    return _refused(
        "saml-role",
        "A role in the SAML response is malformed",
        f"Value {number} of the attribute Role is not the ARN of a role and the ARN of a SAML provider, with a comma.",
        _ASK,
    )


def attribute(name: str) -> BadInput:
    """Elements where text belongs."""
    return _refused(
        "saml-attribute",
        "An attribute of the SAML response is malformed",
        f"The attribute {name} holds elements instead of text.",
        _ASK,
    )


def time(name: str) -> BadInput:
    """A time that is none."""
    return _refused("saml-time", "A time in the SAML response is malformed", f"{name} is not a date and time.", _ASK)


def _refused(code: str, title: str, detail: str, remedy: str) -> BadInput:
    return BadInput(code=code, title=title, detail=detail, remedy=remedy, field=FIELD)
