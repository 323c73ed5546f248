"""What the three guards of a profile say: `lease`, `account_pin` and `confirm`. Pure; who holds sessions asks here.

- What is lent ends at its issue plus its lease, whatever was edited or started again since.
- Nothing of another account than the pinned one is kept or published.
- A guarded profile is obtained anew only after a person's word: for itself, or for what starts from it.

Light: the command line's `list` and `credentials` import it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import BadInput, Denied
from app.domain.values import replace

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from app.core.places import Place
    from app.domain.credentials import Obtained
    from app.domain.state import SessionRecord

ACCOUNT_PIN = "account-pin"
"""The code of the refusal of another account."""


def leased(obtained: Obtained, lease: timedelta | None) -> Obtained:
    """The same with the end of its lease; one obtained before there was a lease is lent from then on too."""
    if lease is None or obtained.lease_ends is not None:
        return obtained
    return replace(obtained, lease_ends=obtained.issued + lease)


def loan_ends(record: SessionRecord, lease: timedelta | None) -> datetime | None:
    """When what a record tells of is to be withdrawn (UTC), under the lease that it has now; None for never."""
    if record.lease_ends is not None or lease is None:
        return record.lease_ends
    return record.issued + lease


def of_other_account(place: Place, arn: str) -> bool:
    """Whether an ARN is known to be of another account than a place is pinned to."""
    if not place.account_pin:
        return False
    from app.domain.arn import account_of

    return account_of(arn) not in ("", place.account_pin)


def account_pin(name: str, pin: str, account: str, *, request_id: str = "") -> Denied:
    """The refusal of credentials of another account than the pinned one."""
    return Denied(
        code=ACCOUNT_PIN,
        title=f"These credentials are of account {account}",
        detail=f"“{name}” is pinned to account {pin}: nothing of another one is published.",
        remedy="Correct the profile's source, or its account_pin.",
        field="account_pin",
        request_id=request_id,
    )


def confirmation_needed(name: str, guard: str, typed: str = "") -> BadInput:
    """The refusal of a wish for the profile `name` without a person's word. `guard` asks for it: itself or a parent."""
    detail = "It is set to be assumed only after a person has typed its name, or held the button down."
    if typed:
        detail = f"What was typed is not its name: “{typed}”."
    elif guard != name:
        detail = f"It goes through “{guard}”, which is guarded and would be obtained anew."
    return BadInput(
        code="confirmation-needed",
        title=f"“{name}” has to be confirmed",
        detail=detail,
        remedy=f"Type {name}, or press and hold, in the window; or run `rolecall assume {name} --confirm {name}`.",
        field="confirm",
    )


def lease_over(name: str) -> Denied:
    """The refusal to obtain in the background what is lent."""
    return Denied(
        code="lease-over",
        title=f"The lease of “{name}” is over",
        detail="What is lent is not obtained again in the background.",
        remedy=f"Assume “{name}” again.",
    )
