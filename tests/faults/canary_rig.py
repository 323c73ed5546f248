"""A stand-in that gives away what it was told, and a person with the desktop's own keyring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from app.standin.wire import Answer
from tests.e2e.provider_rig import ProviderRig
from tests.e2e.window_rig import Overheard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.standin.wire import Call

REPEATS = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>{}</Message></Error></ErrorResponse>"


class Repeating(Overheard):
    """A stand-in that, when told to, repeats in an error all that it was sent, or breaks off in the middle."""

    trouble: Callable[[Call, Answer], Answer] | None = None

    def serve(self, call: Call, now: Any) -> Answer:  # noqa: ANN401  # as the stand-in takes it
        answer = super().serve(call, now)
        if self.trouble is None or call.method != "POST":
            return answer
        return self.trouble(call, answer)


def repeat(call: Call, _answer: Answer) -> Answer:
    """Refuse, and repeat body and headers."""
    said = call.body.decode("ascii", "replace") + str(call.headers)
    text = REPEATS.format(said.replace("&", "&amp;").replace("<", "&lt;"))
    return Answer(status=403, body=text.encode(), content_type="text/xml")


def break_off(_call: Call, answer: Answer) -> Answer:
    """Give an answer with all its secrets, without its end."""
    return Answer(status=200, body=answer.body[: len(answer.body) * 3 // 4], content_type="text/xml")


class KeyringRig(ProviderRig):
    """A person with the desktop's own keyring."""

    @property
    def environ(self) -> dict[str, str]:
        return {name: value for name, value in super().environ.items() if not name.startswith("ROLECALL_KEYRING")}


def program(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o755)
    return path


def code_like(secrets: dict[str, str], words: list[tuple[Call, Answer]]) -> re.Pattern[bytes]:
    """The codes that were sent, with no digit before or after."""
    codes = {dict(call.form()).get("TokenCode", "") for call, _ in words} - {""}
    assert codes, f"no code was sent among {len(secrets)} secrets"
    return re.compile(rb"(?<![0-9A-Za-z])(?:%s)(?![0-9A-Za-z])" % b"|".join(each.encode() for each in sorted(codes)))
