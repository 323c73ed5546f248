"""What the desktop is asked to tell a person."""

from __future__ import annotations

from app.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell; never holds a secret.

    `tag`: what is told under the same tag takes the place of what was. `icon`: the path of a picture. `button`: words
    of what a click does, empty for a click without a button. `quiet`: of no urgency at all.
    """

    tag: str
    title: str
    body: str = ""
    icon: str = ""
    button: str = ""
    quiet: bool = False
