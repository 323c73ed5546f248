"""The limits of the STS API reference (version 2011-06-15), by parameter.

`fault` answers for one value, so that a form can tell while a person types; requests collect the answers.
In the reference's patterns a word character is ASCII.
"""

from __future__ import annotations

import re

from app.domain.errors import BadInput
from app.domain.values import dataclass

WORDS = {
    r"[0-9A-Za-z_+=,.@-]*": "letters, digits and _+=,.@-",
    r"[0-9A-Za-z_+=,.@:/-]*": "letters, digits and _+=,.@:/-",
    r"[0-9A-Za-z_+=/:,.@-]*": "letters, digits and _+=/:,.@-",
    r"[0-9A-Za-z_]*": "letters, digits and _",
    r"[0-9]*": "digits",
}
_PRINTABLE = r"[\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*"
_POLICY = r"[\t\n\r -\xff]*"
WORDS[_PRINTABLE] = "printable characters"
WORDS[_POLICY] = "characters of Latin-1 (U+0020 to U+00FF), tabs and line breaks"
_NAME, _EXTERNAL, _SERIAL = list(WORDS)[:3]

POLICY_CHARACTERS = 2048
POLICY_ARNS_MOST = 10
TAGS_MOST = 50
PROVIDED_CONTEXTS_MOST = 5
CHAINED_SECONDS = 3600
ROLE_SECONDS = (900, 43200)
SESSION_SECONDS = (900, 129600)
ROLE_SECONDS_DEFAULT = 3600
SESSION_SECONDS_DEFAULT = 43200
TAG_KEY_MOST = 128
TAG_VALUE_MOST = 256


@dataclass(frozen=True, slots=True)
class Limit:
    """Shortest and longest length in characters, and the characters allowed."""

    shortest: int
    longest: int
    pattern: str = _PRINTABLE
    beginning_refused: str = ""


LIMITS = {
    "RoleArn": Limit(20, 2048),
    "PrincipalArn": Limit(20, 2048),
    "PolicyArn": Limit(20, 2048),
    "RoleSessionName": Limit(2, 64, _NAME),
    "Policy": Limit(1, POLICY_CHARACTERS, _POLICY),
    "ExternalId": Limit(2, 1224, _EXTERNAL),
    "SerialNumber": Limit(9, 256, _SERIAL),
    "TokenCode": Limit(6, 6, r"[0-9]*"),
    "SourceIdentity": Limit(2, 64, _NAME, beginning_refused="aws:"),
    "SAMLAssertion": Limit(4, 100_000),
    "WebIdentityToken": Limit(4, 20_000),
    "ProviderId": Limit(4, 2048),
    "Name": Limit(2, 32, _NAME),
    "AccessKeyId": Limit(16, 128, r"[0-9A-Za-z_]*"),
    "EncodedMessage": Limit(1, 10_240),
    "ProviderArn": Limit(20, 2048),
    "ContextAssertion": Limit(4, 2048),
}
_SECRETS = frozenset({"TokenCode", "SAMLAssertion", "WebIdentityToken", "ContextAssertion", "EncodedMessage"})


def fault(parameter: str, text: str) -> BadInput | None:
    """Say what is wrong with `text` as the STS parameter of that name, or None. Secrets are not repeated."""
    limit = LIMITS[parameter]
    if not limit.shortest <= len(text) <= limit.longest:
        size = f"{limit.longest:,}" if limit.shortest == limit.longest else f"{limit.shortest} to {limit.longest:,}"
        return _refused(parameter, f"{parameter} has {size} characters; this has {len(text):,}.")
    if not re.fullmatch(limit.pattern, text):
        wrong = next((c for c in text if not re.fullmatch(limit.pattern, c)), "")
        seen = "" if parameter in _SECRETS else f"; “{wrong}” is not one of them"
        return _refused(parameter, f"{parameter} takes {WORDS[limit.pattern]}{seen}.")
    if limit.beginning_refused and text.lower().startswith(limit.beginning_refused):
        return _refused(
            parameter, f"{parameter} may not begin with “{limit.beginning_refused}”: AWS keeps that to itself."
        )
    return None


def duration_fault(seconds: int, bounds: tuple[int, int]) -> BadInput | None:
    """Say what is wrong with a DurationSeconds, or None."""
    low, high = bounds
    if low <= seconds <= high:
        return None
    return _refused("DurationSeconds", f"{low:,} to {high:,} seconds are possible; this is {seconds:,}.")


def policy_faults(policy: str | None, policy_arns: tuple[str, ...]) -> list[BadInput]:
    """Check an inline session policy together with managed policy ARNs.

    Their plain text counts together, 2,048 characters at most; the packed size, which only AWS can tell, has
    a limit of its own.
    """
    found = [] if policy is None else [fault("Policy", policy)]
    found += [fault("PolicyArn", arn) for arn in policy_arns]
    if len(policy_arns) > POLICY_ARNS_MOST:
        found.append(_refused("PolicyArns", f"At most {POLICY_ARNS_MOST} policy ARNs; these are {len(policy_arns)}."))
    total = len(policy or "") + sum(map(len, policy_arns))
    if policy_arns and total > POLICY_CHARACTERS:
        text = f"Policy and policy ARNs together have at most {POLICY_CHARACTERS:,} characters; these have {total:,}."
        found.append(_refused("Policy", text))
    return [each for each in found if each is not None]


def tag_faults(tags: tuple[tuple[str, str], ...], transitive_keys: tuple[str, ...]) -> list[BadInput]:
    """Check session tags: number, lengths, characters, keys repeated without regard to case."""
    found: list[BadInput] = []
    for parameter, number in (("Tags", len(tags)), ("TransitiveTagKeys", len(transitive_keys))):
        if number > TAGS_MOST:
            found.append(_refused(parameter, f"At most {TAGS_MOST}; these are {number}."))
    for key, value in tags:
        found += _tag_text("Tags", key, 1, TAG_KEY_MOST) + _tag_text("Tags", value, 0, TAG_VALUE_MOST)
    for key in transitive_keys:
        found += _tag_text("TransitiveTagKeys", key, 1, TAG_KEY_MOST)
    for parameter, keys in (("Tags", [key for key, _ in tags]), ("TransitiveTagKeys", list(transitive_keys))):
        seen: set[str] = set()
        for key in keys:
            if key.casefold() in seen:
                twice = f"The key “{key}” stands twice; keys are compared without regard to case."
                found.append(_refused(parameter, twice))
            seen.add(key.casefold())
    return found


def is_tag_character(character: str) -> bool:
    r"""Letter, separator or number of any script, or one of `_.:/=+-@` (the reference's `\p{L}\p{Z}\p{N}…`)."""
    import unicodedata  # tags are rare, its tables are not small

    return unicodedata.category(character)[0] in "LZN" or character in "_.:/=+-@"


def _tag_text(parameter: str, text: str, shortest: int, longest: int) -> list[BadInput]:
    part = "key" if shortest else "value"
    if not shortest <= len(text) <= longest:
        return [_refused(parameter, f"A tag {part} has {shortest} to {longest} characters; this has {len(text)}.")]
    wrong = next((c for c in text if not is_tag_character(c)), None)
    if wrong is not None:
        detail = f"A tag {part} takes letters, digits, blanks and _.:/=+-@; “{wrong}” in “{text}” is not one of them."
        return [_refused(parameter, detail)]
    return []


def _refused(parameter: str, detail: str) -> BadInput:
    return BadInput(
        code="limit",
        title=f"AWS would refuse {parameter}",
        detail=detail,
        remedy=f"Correct {parameter}; nothing was sent.",
        field=parameter,
    )
