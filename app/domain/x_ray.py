"""An access key ID under X-ray: whose it is, who holds it, and what is wrong around it. Key IDs are no secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Something one click can mend.

    `code` is that of the finding; `path` the file; `section` and `line` (from 1) in it. `seen` is the file's
    fingerprint when it was looked at: if the file is another one now, nothing is done. `words` say what the click does.
    """

    code: str
    words: str
    path: str
    section: str = ""
    line: int = 0
    seen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Where a key is: a profile or identity of ours, or a section of a file of AWS tools.

    `where` is `profile`, `identity`, `mfa session`, `credentials file` or `config file`; `state` is `live`, `expired`,
    `shadowed` (other settings of that name win), `stale token` or empty. `expires` is UTC.
    """

    where: str
    name: str
    path: str = ""
    line: int = 0
    state: str = ""
    expires: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """Something wrong in the files, whatever key was asked for."""

    code: str
    title: str
    detail: str = ""
    advice: str = ""
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class XRay:
    """`kind` says in words what its prefix means; `temporary` whether it needs a session token.

    `account` is empty when nobody could be asked; then `problem` says why.
    """

    access_key_id: str
    kind: str = ""
    temporary: bool = False
    account: str = ""
    holders: tuple[Holder, ...] = ()
    ailments: tuple[Ailment, ...] = ()
    problem: Problem | None = None
