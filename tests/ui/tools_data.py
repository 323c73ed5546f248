"""What the tools say in the window's tests and pictures."""

from __future__ import annotations

import json
from datetime import timedelta

from app.domain.caller import Caller, LookedAt
from app.domain.denial import Cause, Condition, Denial, MatchedStatement, Sent, Verdict
from app.domain.errors import Problem
from app.domain.exchange import Exchange
from app.domain.x_ray import Ailment, Holder, Remedy, XRay
from tests.ui.fake_providers import NOW

SESSION = "arn:aws:sts::123456789012:assumed-role/Admin/alice"
BILLING = "arn:aws:iam::123456789012:role/Billing"
STATEMENT = json.dumps({"Effect": "Allow", "Principal": {"AWS": SESSION}, "Action": "sts:AssumeRole"}, indent=2)
REMEDY = Remedy(
    code="stale-security-token",
    words="Removes line 9, aws_security_token, and nothing else.",
    path="/home/a/.aws/credentials",
)
CALLER = Caller(
    subject="aws",
    account="123456789012",
    arn=SESSION,
    user_id="AROA3XFRBF535PLBIFPI4:alice",
    kind="role",
    name="Admin",
    session_name="alice",
    key_id="ASIA…7Q2F",
    request_id="c6104cbe-af31-11e0-8154-cbc7ccf896c7",
    chain=(
        LookedAt(place="AWS_ACCESS_KEY_ID in the environment"),
        LookedAt(place="role_arn of profile “prod-admin”"),
        LookedAt(
            place="[prod-admin] in /home/a/.aws/credentials",
            found=True,
            used=True,
            note="ASIAIOSFODNN7EXAMPLE, with aws_session_token.",
        ),
        LookedAt(
            place="credential_process of profile “prod-admin”",
            found=True,
            reached=False,
            note="AWS tools would run Rolecall: the credentials of its profile “prod-admin”.",
        ),
        LookedAt(place="metadata of an EC2 instance", found=True, reached=False, note="Asked last."),
    ),
)
NOBODY = Caller(
    subject="aws",
    chain=(LookedAt(place="role_arn of profile “x”", found=True, used=True, note="AWS tools would assume it."),),
    problem=Problem(code="no-static-keys", title="AWS was not asked", detail="No keys.", remedy="Ask the tool."),
)
RAY = XRay(
    access_key_id="ASIAIOSFODNN7EXAMPLE",
    kind="a temporary access key of a session",
    temporary=True,
    account="123456789012",
    holders=(
        Holder(where="profile", name="prod-admin", state="live", expires=NOW + timedelta(minutes=42)),
        Holder(
            where="credentials file",
            name="prod-admin",
            path="/home/a/.aws/credentials",
            line=12,
            state="stale token",
            note="aws_security_token is taken in place of aws_session_token",
        ),
        Holder(where="config file", name="old", path="/home/a/.aws/config", line=3, state="shadowed"),
    ),
    ailments=(
        Ailment(
            code="stale-security-token",
            title="aws_security_token in [prod-admin] hides the session token",
            detail="The AWS CLI and boto3 take it in place of aws_session_token, and AWS then refuses the keys.",
            advice="Remove the line aws_security_token.",
            remedy=REMEDY,
        ),
        Ailment(
            code="process-shadowed", title="credential_process of “ci” never runs", detail="Keys win.", advice="Rename."
        ),
    ),
)
DENIAL = Denial(
    sentence="The session “alice” of the role Admin in account 123456789012 may not do s3:PutObject on "
    "arn:aws:s3:::reports: a service control policy (statement “NoEast”) denies it explicitly, "
    "and that wins over every Allow.",
    advice="It comes from the organization: an administrator of its management account can change it.",
    who=SESSION,
    action="s3:PutObject",
    resource="arn:aws:s3:::reports/2026/11.csv",
    explicit=True,
    policy_type="service control policy",
    statements=(
        MatchedStatement(id="NoEast", effect="Deny", actions=("s3:*",), resources=("*",),
                         conditions=(Condition(key="StringNotEquals aws:RequestedRegion", values=("eu-*",)),)),
    ),
    conditions=(
        Condition(key="aws:RequestedRegion", values=("us-east-1",)),
        Condition(key="aws:MultiFactorAuthPresent", values=("false",)),
        Condition(key="aws:PrincipalArn", values=("arn:aws:iam::123456789012:role/Admin",)),
    ),
    raw=json.dumps({"allowed": False, "explicitDeny": True, "context": {"action": "s3:PutObject"}}, indent=2),
    decoded_with="prod-admin",
    request_id="0b2c4d1e-90f1-4f5a-8a1e-5f7c1d2e3f4a",
)  # fmt: skip
FAILURE = Denial(
    sentence=f"The session “alice” of the role Admin in account 123456789012 may not do sts:AssumeRole on {BILLING}: "
    "AWS does not say by which policy.",
    who=SESSION,
    action="sts:AssumeRole",
    resource=BILLING,
    profile="prod-billing",
    sent=(
        Sent(name="Host", value="sts.eu-west-1.amazonaws.com"),
        Sent(name="Action", value="AssumeRole"),
        Sent(name="RoleArn", value=BILLING),
        Sent(name="Signature", hidden=True),
    ),
    causes=(
        Cause(
            title="Somebody else asked than you think",
            verdict=Verdict.LIKELY,
            detail="Admin signs.",
            remedy="Correct the source.",
        ),
        Cause(
            title="The role's trust policy does not let you in",
            verdict=Verdict.OPEN,
            detail="It cannot be read from here.",
            remedy=STATEMENT,
        ),
        Cause(title="sts:TagSession is not allowed", verdict=Verdict.RULED_OUT, detail="No tags were sent."),
    ),
)


def exchanges(count: int = 12) -> tuple[Exchange, ...]:
    """Newest first; every fourth was refused, every seventh not answered."""
    return tuple(_exchange(number) for number in range(count, 0, -1))


def _exchange(number: int) -> Exchange:
    refused, lost = number % 4 == 0, number % 7 == 0
    return Exchange(
        action="AssumeRole" if number % 2 else "GetCallerIdentity",
        endpoint="sts.eu-west-1.amazonaws.com",
        started=NOW - timedelta(minutes=100 - number),
        seconds=0.1 + number / 50,
        status=0 if lost else 403 if refused else 200,
        code="unreachable" if lost else "access-denied" if refused else "",
        message="User: x is not authorized" if refused and not lost else "",
        request_id="" if lost else f"c6104cbe-af31-11e0-8154-{number:012d}",
        signed_by="AKIA…MPLE",
        parameters=(("RoleArn", BILLING), ("RoleSessionName", "alice"), ("TokenCode", None)) if number % 2 else (),
        skew=None if lost else timedelta(seconds=0.4),
    )
