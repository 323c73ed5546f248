"""AssumeRoleWithSAML and AssumeRoleWithWebIdentity: the two actions that carry no signature of AWS's own.

What vouches for the caller is the provider's signature on the assertion or token, verified in `app.standin.saml` and
`app.standin.web_identity`; what is decided about the role is the same for both and stands here.

Source: STS API reference.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.standin import saml, web_identity
from app.standin.limits import Parameters
from app.standin.policy import check_policies, packed_percent, read_tags
from app.standin.sts import ROLE_SECONDS, check_longest, role_answer, role_named, role_session
from app.standin.wire import denied

if TYPE_CHECKING:
    from datetime import datetime

    from app.standin.sts import Desk, Result
    from app.standin.vouched import Vouched
    from app.standin.world import Role


def perform(action: str, desk: Desk, given: Parameters, now: datetime) -> Result:
    """Answer one of the two actions. Raises Refusal."""
    if action == "AssumeRoleWithSAML":
        vouched = saml.verify(desk.world, given, now)
    else:
        vouched = web_identity.verify(desk, given, now)
    check_policies(given)
    role = role_named(desk, given.text("RoleArn"))
    if role is None or not _trusts(role, vouched):
        raise denied(f"Not authorized to perform sts:{action}")
    seconds = given.number("DurationSeconds") or ROLE_SECONDS
    check_longest(role, seconds)
    tags, transitive = read_tags(_with_tags(given, vouched), ())
    packed = packed_percent(given, tags)
    expires = now + timedelta(seconds=seconds)
    session = replace(
        role_session(role, vouched.session_name, given, min(expires, vouched.until or expires)),
        transitive=transitive,
        source_identity=vouched.source_identity,
    )
    return role_answer(desk, session, given, packed) | dict(vouched.about)


def _with_tags(given: Parameters, vouched: Vouched) -> Parameters:
    tags: list[Any] = [{"Key": key, "Value": value} for key, value in vouched.tags]
    return Parameters({**given.values, "Tags": tags, "TransitiveTagKeys": list(vouched.transitive)})


def _trusts(role: Role, vouched: Vouched) -> bool:
    # Neither a code nor an external ID can come with these calls.
    plainly = vouched.principal in role.trusts and not role.mfa_required and not role.external_id
    return (
        (plainly or vouched.principal in role.federates)
        and (role.allows_tags or not vouched.tags)
        and (role.allows_source_identity or not vouched.source_identity)
    )
