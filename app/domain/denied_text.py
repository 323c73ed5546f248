"""AWS's own texts of a refusal: what they say plainly, and the encoded message some of them carry.

Sources: IAM User Guide, "Troubleshoot access denied error messages"; STS API reference, DecodeAuthorizationMessage.
"""

from __future__ import annotations

import html
import re

from app.domain.values import dataclass

TEXT_LONGEST = 200_000
"""Characters of a pasted text that are looked at."""
ENCODED_LONGEST = 10_240
_ENCODED_SHORTEST = 40
_PROSE_SHORTEST = 100
"""Without AWS's words before it, only a run this long is taken for a message: IDs and hashes are shorter."""

_MARK = re.compile(r"encoded\s*authorization\s*(?:failure\s*)?message[\"']?\s*[:=]?\s*[\"']?", re.IGNORECASE)
_RUN = re.compile(r"[0-9A-Za-z_-]{40,}")
_CHARACTER = re.compile(r"[0-9A-Za-z_-]")
_ESCAPES = re.compile(r"\\{1,8}(?:u00([0-9A-Fa-f]{2})|([nrt\"'/]))")
_BLANKS = re.compile(r"\s+")
# Every repetition is bounded: what is pasted may be anything, and long.
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
_TAG = re.compile(r"</?([0-9A-Za-z]{0,40})[^<>]{0,200}>")
_FAR_REFERENCE = re.compile(r"&(?=#[0-9]{9})")
"""Of a number that no character has: Python would refuse to read a very long one."""
_PIECE = re.compile(r"[0-9A-Za-z_-]+")
_AROUND = " \t>|\"'"
_WORD_LONGEST = 20
_NO_WORD = re.compile(r"[0-9_]|[a-z][A-Z]|[A-Z]{2}[0-9A-Za-z-]*[a-z]")
_ARN_LONGEST = 2_100
_NOT_AUTHORIZED = "is not authorized to perform"
_ANY_ACTION = re.compile(r"not authorized to perform:?\s*(?:the\s+)?([0-9A-Za-z_-]+:[0-9A-Za-z_*-]+)", re.IGNORECASE)
_RESOURCE = re.compile(
    r"on (?:the )?resource:?\s*[\"']?((?:user|role|group|policy|instance profile|mfa) \S{1,2100}?|\S{1,2100}?)[\"']?"
    r"(?=\s+(?:because|with an explicit)\b|[.,;]?(?:\s|$))",
    re.IGNORECASE,
)
_EXPLICIT = re.compile(
    r"with an explicit deny(?:\s+in\s+(?:an?\s+|the\s+)?([^.:;,\"'\n<]+?))?(?=\s*(?:[.:;,<\"']|$|attached\b))",
    re.IGNORECASE,
)
_IMPLICIT = re.compile(r"because no\s+([^.:;,\n<]{1,120}?)\s+(?:allows|allow|grants)\b", re.IGNORECASE)
_REQUEST_ID = re.compile(r"request\s*id[\"'>]?\s*[:=]?\s*[\"'>]?\s*([0-9A-Fa-f]{8}-[0-9A-Fa-f-]{27})", re.IGNORECASE)
_KNOWN_TYPES = (
    "identity-based policy",
    "resource-based policy",
    "service control policy",
    "resource control policy",
    "permissions boundary",
    "session policy",
    "VPC endpoint policy",
    "role trust policy",
)
_SIGNS = ("not authorized", "accessdenied", "access denied", "unauthorizedoperation", "explicit deny")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeniedText:
    """What a text says. `explicit` is None when it does not tell; `policy_type` as AWS names it.

    `speaks` is false when nothing in it is about a refusal.
    """

    encoded: str = ""
    who: str = ""
    action: str = ""
    resource: str = ""
    explicit: bool | None = None
    policy_type: str = ""
    request_id: str = ""
    speaks: bool = False


def read(text: str) -> DeniedText:
    """Read a pasted text: a line of a log, JSON, HTML, a terminal's output with broken lines."""
    plain = _plain(text[:TEXT_LONGEST])
    encoded = encoded_part(plain)
    # The encoded part may hold anything, and says nothing to people
    words = _BLANKS.sub(" ", _without(plain, encoded))
    action = _first(_ANY_ACTION, words)
    asked = _who(words)
    explicit, policy_type = _reason(words)
    spoken = bool(asked or action or explicit is not None or any(sign in words.lower() for sign in _SIGNS))
    return DeniedText(
        encoded=encoded,
        who=asked,
        action=action.rstrip("."),
        resource=_first(_RESOURCE, words).rstrip("."),
        explicit=explicit,
        policy_type=policy_type,
        request_id=_first(_REQUEST_ID, words),
        speaks=spoken or bool(encoded),
    )


def encoded_part(text: str) -> str:
    """The encoded message in a text, line breaks and blanks inside it taken out; empty when there is none.

    After AWS's own words it is what follows them. Without these it is the longest long run, or the text as a whole
    when that consists of nothing else.
    """
    plain = _plain(text[:TEXT_LONGEST])
    marked = _MARK.search(plain)
    if marked is not None:
        found = _joined(plain[marked.end() :])
        if len(found) >= _ENCODED_SHORTEST:
            return found[:ENCODED_LONGEST]
    lines = [stripped for line in plain.splitlines() if (stripped := line.strip(_AROUND))]
    if all(map(_PIECE.fullmatch, lines)) and len("".join(lines)) >= _ENCODED_SHORTEST:
        return "".join(lines)[:ENCODED_LONGEST]
    longest: str = max(_RUN.findall(plain), key=len, default="")
    return longest[:ENCODED_LONGEST] if len(longest) >= _PROSE_SHORTEST else ""


def _joined(text: str) -> str:
    """The run at the beginning of a text, over the line breaks, and signs before lines, that terminals and mails make.

    A line break may also end it: what follows is a part of it only if it looks like one.
    """
    found = ""
    for line in (each.strip(_AROUND) for each in text.lstrip().splitlines()):
        run = _PIECE.match(line)
        piece = "" if run is None else run.group(0)
        if not piece or (found and not _looks_encoded(piece)):
            break
        found += piece
        if piece != line:
            break
    return found


def _looks_encoded(piece: str) -> bool:
    return len(piece) > _WORD_LONGEST or _NO_WORD.search(piece) is not None


def _plain(text: str) -> str:
    """Without JSON's escapes, HTML's entities, and with tags as blanks; an opening one leaves its name."""

    def unescaped(found: re.Match[str]) -> str:
        code, letter = found.groups()
        return chr(int(code, 16)) if code else _LETTERS.get(letter, letter)

    def untagged(found: re.Match[str]) -> str:
        name = found.group(1)
        if name.lower() == "wbr":
            return ""
        return "\n" if name.lower() == "br" else f" {name} "

    return html.unescape(_FAR_REFERENCE.sub("&amp;", _TAG.sub(untagged, _ESCAPES.sub(unescaped, text))))


def _without(text: str, encoded: str) -> str:
    if not encoded:
        return text
    marked = _MARK.search(text)
    if marked is None:
        return text.replace(encoded, " ")
    taken, rest = 0, marked.end()
    while rest < len(text) and taken < len(encoded):
        taken += bool(_CHARACTER.match(text[rest]))
        rest += 1
    return f"{text[: marked.start()]} {text[rest:]}"


def _who(words: str) -> str:
    """The word before AWS's own, after `User:`; looked for backwards, from these words."""
    before, found, _ = words.partition(_NOT_AUTHORIZED)
    if not found:
        return ""
    user, _, word = before[-_ARN_LONGEST:].rstrip().rpartition(" ")
    if word.lower().startswith("user:"):
        return word[len("user:") :].strip("\"'")
    return word.strip("\"'") if user.lower().endswith("user:") or word.startswith("arn:") else ""


def _reason(words: str) -> tuple[bool | None, str]:
    explicit = _EXPLICIT.search(words)
    if explicit is not None:
        return True, _policy_type(explicit.group(1) or "")
    implicit = _IMPLICIT.search(words)
    return (None, "") if implicit is None else (False, _policy_type(implicit.group(1)))


def _policy_type(words: str) -> str:
    folded = words.lower().replace("boundaries", "boundary").replace("policies", "policy")
    for known in _KNOWN_TYPES:
        if known.lower() in folded:
            return known
    return words.strip()[:80]


def _first(pattern: re.Pattern[str], words: str) -> str:
    found = pattern.search(words)
    return found.group(1) if found else ""
