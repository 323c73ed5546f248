"""Opening the AWS console with temporary credentials: hosts, destinations, the sign-in URL, and who may.

Source: IAM User Guide, "Enable custom identity broker access to the AWS console".
"""

from __future__ import annotations

import enum
from urllib.parse import quote, urlencode

from app.domain.configuration import Action
from app.domain.endpoints import checked_override
from app.domain.errors import BadInput
from app.domain.partition import partition_of_region
from app.domain.secret import Secret
from app.domain.values import dataclass

SESSION_DURATION = (900, 43200)
"""Seconds that a console session may last."""
OVERRIDE = "ROLECALL_SIGNIN_ENDPOINT"
ISSUER = "rolecall"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """A partition's console. `plain_region` is the region whose sign-in host has no prefix."""

    sign_in: str
    plain_region: str
    console: str
    regional_console: bool = False


_DOORS = {
    "aws": _Door(
        sign_in="signin.aws.amazon.com",
        plain_region="us-east-1",
        console="console.aws.amazon.com",
        regional_console=True,
    ),
    "aws-cn": _Door(sign_in="signin.amazonaws.cn", plain_region="cn-north-1", console="console.amazonaws.cn"),
    "aws-us-gov": _Door(
        sign_in="signin.amazonaws-us-gov.com", plain_region="us-gov-west-1", console="console.amazonaws-us-gov.com"
    ),
    "aws-eusc": _Door(sign_in="signin.amazonaws-eusc.eu", plain_region="", console="console.amazonaws-eusc.eu"),
}
_LOGOUT_HOST = "us-east-1.signin.aws.amazon.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One page of the console. `path` begins with a slash; `anchor` comes after `#`.

    A global service has no region: its page is the partition's.
    """

    id: str
    title: str
    path: str
    anchor: str = ""
    is_global: bool = False


SERVICES = (
    Service(id="home", title="Console home", path="/console/home"),
    Service(id="billing", title="Billing and cost", path="/costmanagement/home", is_global=True),
    Service(id="cloudformation", title="CloudFormation", path="/cloudformation/home"),
    Service(id="cloudfront", title="CloudFront", path="/cloudfront/v4/home", is_global=True),
    Service(id="cloudtrail", title="CloudTrail", path="/cloudtrailv2/home"),
    Service(id="cloudwatch", title="CloudWatch", path="/cloudwatch/home"),
    Service(id="dynamodb", title="DynamoDB", path="/dynamodbv2/home", anchor="tables"),
    Service(id="ec2", title="EC2", path="/ec2/home", anchor="Instances:"),
    Service(id="ecr", title="Container Registry", path="/ecr/home"),
    Service(id="ecs", title="ECS", path="/ecs/v2/clusters"),
    Service(id="eks", title="EKS", path="/eks/home", anchor="/clusters"),
    Service(id="iam", title="IAM", path="/iam/home", anchor="/home", is_global=True),
    Service(id="kms", title="Key Management", path="/kms/home", anchor="/kms/keys"),
    Service(id="lambda", title="Lambda", path="/lambda/home", anchor="/functions"),
    Service(id="logs", title="CloudWatch Logs", path="/cloudwatch/home", anchor="logsV2:log-groups"),
    Service(id="organizations", title="Organizations", path="/organizations/v2/home", is_global=True),
    Service(id="rds", title="RDS", path="/rds/home", anchor="databases:"),
    Service(id="route53", title="Route 53", path="/route53/v2/home", anchor="Dashboard", is_global=True),
    Service(id="s3", title="S3", path="/s3/home"),
    Service(id="secretsmanager", title="Secrets Manager", path="/secretsmanager/listsecrets"),
    Service(id="sns", title="SNS", path="/sns/v3/home", anchor="/topics"),
    Service(id="sqs", title="SQS", path="/sqs/v3/home", anchor="/queues"),
    Service(id="ssm", title="Systems Manager", path="/systems-manager/home"),
    Service(id="states", title="Step Functions", path="/states/home", anchor="/statemachines"),
    Service(id="vpc", title="VPC", path="/vpcconsole/home"),
)
_BY_ID = {service.id: service for service in SERVICES}


def sign_in_endpoint(region: str, *, override: str = "") -> str:
    """The federation endpoint of a region, without query.

    `override` (the variable ROLECALL_SIGNIN_ENDPOINT) is https or loopback http; without a path, `/federation` is
    added. Raises BadInput, also for a partition without a public sign-in.
    """
    if override:
        url = checked_override(override, field=OVERRIDE)
        return f"{url.rstrip('/')}/federation" if url.count("/") == len("///") and url.endswith("/") else url
    door = _door(region)
    prefix = "" if region == door.plain_region else f"{region}."
    return f"https://{prefix}{door.sign_in}/federation"


def console_host(region: str) -> str:
    """The console's host. Raises BadInput for a partition without a public one."""
    door = _door(region)
    return f"{region}.{door.console}" if door.regional_console else door.console


def service_named(service_id: str) -> Service:
    """The service of that ID; empty means the console's home. Raises BadInput."""
    service = _BY_ID.get(service_id or "home")
    if service is None:
        raise BadInput(
            code="console-service",
            title="No such console page",
            detail=f"“{service_id[:40]}” is not one of the console pages known here.",
            remedy=f"Choose one of {', '.join(_BY_ID)}.",
            field="service",
        )
    return service


def destination(service_id: str, region: str) -> str:
    """The URL of a console page in a region. Raises BadInput."""
    service = service_named(service_id)
    if service.is_global:
        host = console_host(partition_of_region(region).home_region)
        query = ""
    else:
        host = console_host(region)
        query = f"?region={region}"
    return f"https://{host}{service.path}{query}{f'#{service.anchor}' if service.anchor else ''}"


def login_url(
    token: Secret, *, region: str, service_id: str = "home", override: str = "", logout_first: bool = False
) -> Secret:
    """The URL that signs a browser in; a secret, good for 15 minutes.

    `logout_first` ends the browser's present console session on the way; leave it off where multi-session is switched
    on. Raises BadInput.
    """
    fields = {
        "Action": "login",
        "Issuer": ISSUER,
        "Destination": destination(service_id, region),
        "SigninToken": token.reveal(),
    }
    url = f"{sign_in_endpoint(region, override=override)}?{urlencode(fields, quote_via=quote)}"
    if not logout_first:
        return Secret(url)
    if override:
        logout = sign_in_endpoint(region, override=override).removesuffix("/federation") + "/oauth"
    elif partition_of_region(region).name == "aws":
        logout = f"https://{_LOGOUT_HOST}/oauth"
    else:
        logout = sign_in_endpoint(region).removesuffix("/federation") + "/oauth"
    return Secret(f"{logout}?{urlencode({'Action': 'logout', 'redirect_uri': url}, quote_via=quote)}")


class SessionKind(enum.Enum):
    """How credentials were obtained, as far as the console cares."""

    ROLE = "role"
    """AssumeRole with an identity, SAML or web identity."""
    CHAINED_ROLE = "chained role"
    """AssumeRole signed with a role's session."""
    FEDERATED_USER = "federated user"
    """GetFederationToken."""
    SESSION_TOKEN = "session token"  # noqa: S105  # names a kind, holds no secret
    """GetSessionToken, which cannot sign in."""


def session_kind(action: Action, *, chained: bool) -> SessionKind:
    """Tell the kind from the action that obtained the credentials, and whether a role's session signed it."""
    if action is Action.GET_SESSION_TOKEN:
        return SessionKind.SESSION_TOKEN
    if action is Action.GET_FEDERATION_TOKEN:
        return SessionKind.FEDERATED_USER
    return SessionKind.CHAINED_ROLE if chained else SessionKind.ROLE


def session_duration(kind: SessionKind, wished: int | None) -> int | None:
    """The SessionDuration to ask for, in seconds; None where AWS refuses one and the credentials' life decides.

    Raises BadInput for a wish out of bounds, and for credentials of GetSessionToken, which cannot sign in.
    """
    if kind is SessionKind.SESSION_TOKEN:
        raise BadInput(
            code="console-session-token",
            title="These credentials cannot open the console",
            detail="AWS does not let a session of GetSessionToken sign in.",
            remedy="Use a role, or a profile with federated_user, which the identity itself obtains.",
        )
    low, high = SESSION_DURATION
    if wished is not None and not low <= wished <= high:
        raise BadInput(
            code="console-duration",
            title="The console session cannot last that long" if wished > high else "The console session is too short",
            detail=f"{low:,} to {high:,} seconds are possible; this is {wished:,}.",
            remedy="Choose 15 minutes to 12 hours.",
            field="SessionDuration",
        )
    return wished if kind is SessionKind.ROLE else None


def has_console(region: str) -> bool:
    """Whether the region's partition has a public console sign-in."""
    return partition_of_region(region).name in _DOORS


def _door(region: str) -> _Door:
    partition = partition_of_region(region)
    door = _DOORS.get(partition.name)
    if door is None:
        raise BadInput(
            code="console-partition",
            title="No public console sign-in",
            detail=f"{partition.title} ({partition.name}) has no sign-in that is reachable from here.",
            remedy="Use the command line with this session.",
            field="region",
        )
    return door
