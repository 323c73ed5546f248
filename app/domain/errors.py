"""The one tree of errors, each able to introduce itself to a person.

RolecallError
├── Declined          a person said no; never shown as a failure
├── BadInput          something typed or configured breaks a rule; names the field
├── Denied            AWS understood and refused
├── NeedsPerson       only a person can go on, and none is there to ask
├── ServiceTrouble    AWS answered, but could not serve
├── NetworkTrouble    AWS was not reached, or somebody else answered
├── ProviderTrouble   a SAML or OIDC provider refused or failed
└── StorageTrouble    keyring, credentials file, settings or state could not be read or written

Every error carries `title` (what, a few words), `detail` (why), `remedy` (what to do), a stable `code` for
programs, and `retry`: whether and when trying again makes sense.
"""

from __future__ import annotations

import enum

from app.domain.values import dataclass


class Retry(enum.Enum):
    """Whether, and after what, the same wish may be tried again without a person."""

    NEVER = "never"
    """A repetition would end the same way."""
    BACK_OFF = "back off"
    """Later, with growing pauses."""
    CLOCK = "clock"
    """Once, at once, with the corrected time."""
    SESSION = "session"
    """Once, after the session that signed was dropped and renewed."""
    TOKEN = "token"  # noqa: S105  # names a way to retry, holds no secret
    """Once, with a new assertion or ID token."""


class RolecallError(Exception):
    """Base of all errors that people may see.

    `code` is stable, lower-case, with hyphens. `request_id` is the one AWS gave, or empty. `field` names the
    parameter or setting at fault, or is empty.
    """

    default_retry = Retry.NEVER

    def __init__(  # noqa: PLR0913  # an error tells everything it knows, by name
        self,
        *,
        code: str,
        title: str,
        detail: str = "",
        remedy: str = "",
        retry: Retry | None = None,
        field: str = "",
        request_id: str = "",
    ) -> None:
        super().__init__(title)
        self.code = code
        self.title = title
        self.detail = detail
        self.remedy = remedy
        self.retry = self.default_retry if retry is None else retry
        self.field = field
        self.request_id = request_id

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.title}.", self.detail, self.remedy) if part)

    @property
    def problem(self) -> Problem:
        """The same, as a plain value that any room may show."""
        return Problem(
            code=self.code,
            title=self.title,
            detail=self.detail,
            remedy=self.remedy,
            field=self.field,
            request_id=self.request_id,
        )


class Declined(RolecallError):
    """A person closed, cancelled or refused something."""

    def __init__(self, title: str = "Cancelled") -> None:
        super().__init__(code="declined", title=title)


class BadInput(RolecallError):
    """A value breaks a rule; `field` names it."""


class Denied(RolecallError):
    """AWS refused; asking again changes nothing."""


class NeedsPerson(RolecallError):
    """Only a person can go on (an MFA code, a sign-in, a confirmation), and asking is not possible here."""


class ServiceTrouble(RolecallError):
    """AWS answered that it cannot serve now."""

    default_retry = Retry.BACK_OFF


class NetworkTrouble(RolecallError):
    """No answer, or an answer that is not from AWS."""

    default_retry = Retry.BACK_OFF


class ProviderTrouble(RolecallError):
    """A SAML or OIDC provider refused or failed."""


class StorageTrouble(RolecallError):
    """The keyring, the credentials file, the settings or the state could not be read or written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What an error says, without being an exception."""

    code: str
    title: str
    detail: str = ""
    remedy: str = ""
    field: str = ""
    request_id: str = ""
