from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from app.domain.configuration import Action
from app.domain.console import (
    SERVICES,
    SessionKind,
    console_host,
    destination,
    has_console,
    login_url,
    service_named,
    session_duration,
    session_kind,
    sign_in_endpoint,
)
from app.domain.errors import BadInput
from app.domain.secret import Secret

TOKEN = Secret("canary-token+/=")
ISOLATED = ["us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"]


def fields(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, strict_parsing=True))


@pytest.mark.parametrize(
    ("region", "sign_in", "console"),
    [
        ("us-east-1", "signin.aws.amazon.com", "us-east-1.console.aws.amazon.com"),
        ("eu-west-1", "eu-west-1.signin.aws.amazon.com", "eu-west-1.console.aws.amazon.com"),
        ("cn-north-1", "signin.amazonaws.cn", "console.amazonaws.cn"),
        ("cn-northwest-1", "cn-northwest-1.signin.amazonaws.cn", "console.amazonaws.cn"),
        ("us-gov-west-1", "signin.amazonaws-us-gov.com", "console.amazonaws-us-gov.com"),
        ("us-gov-east-1", "us-gov-east-1.signin.amazonaws-us-gov.com", "console.amazonaws-us-gov.com"),
        ("eusc-de-east-1", "eusc-de-east-1.signin.amazonaws-eusc.eu", "console.amazonaws-eusc.eu"),
    ],
)
def test_hosts_of_every_partition(region: str, sign_in: str, console: str) -> None:
    assert sign_in_endpoint(region) == f"https://{sign_in}/federation"
    assert console_host(region) == console
    assert has_console(region)


@pytest.mark.parametrize("region", ISOLATED)
def test_partitions_without_public_sign_in_say_so(region: str) -> None:
    assert not has_console(region)
    for ask in (sign_in_endpoint, console_host, lambda place: destination("s3", place)):
        with pytest.raises(BadInput) as caught:
            ask(region)
        assert caught.value.code == "console-partition"
        assert "no sign-in" in caught.value.detail


@pytest.mark.parametrize(
    ("override", "endpoint"),
    [
        ("http://127.0.0.1:9", "http://127.0.0.1:9/federation"),
        ("http://127.0.0.1:9/", "http://127.0.0.1:9/federation"),
        ("https://x.example/federation", "https://x.example/federation"),
        ("https://x.example/a/b", "https://x.example/a/b"),
    ],
)
def test_override(override: str, endpoint: str) -> None:
    assert sign_in_endpoint("us-iso-east-1", override=override) == endpoint


def test_override_must_not_leak() -> None:
    with pytest.raises(BadInput) as caught:
        sign_in_endpoint("eu-west-1", override="http://x.example")
    assert caught.value.field == "ROLECALL_SIGNIN_ENDPOINT"


@pytest.mark.parametrize(
    ("service", "region", "url"),
    [
        ("", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1"),
        ("s3", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1"),
        ("iam", "eu-west-1", "https://us-east-1.console.aws.amazon.com/iam/home#/home"),
        ("iam", "cn-north-1", "https://console.amazonaws.cn/iam/home#/home"),
        ("ec2", "cn-north-1", "https://console.amazonaws.cn/ec2/home?region=cn-north-1#Instances:"),
        ("ec2", "us-gov-east-1", "https://console.amazonaws-us-gov.com/ec2/home?region=us-gov-east-1#Instances:"),
    ],
)
def test_destinations(service: str, region: str, url: str) -> None:
    assert destination(service, region) == url


def test_every_service_has_a_page_in_every_public_partition() -> None:
    ids = [service.id for service in SERVICES]
    assert len(ids) == len(set(ids))
    wanted = {"home", "ec2", "s3", "cloudwatch", "lambda", "iam", "cloudformation", "rds", "dynamodb", "ecs", "eks"}
    wanted |= {"vpc", "billing", "secretsmanager", "ssm", "sqs", "sns", "route53", "kms", "logs"}
    assert wanted <= set(ids)
    for region in ("eu-west-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"):
        for each in ids:
            parts = urlsplit(destination(each, region))
            assert parts.scheme == "https"
            assert parts.netloc.endswith(
                (
                    "console.aws.amazon.com",
                    "console.amazonaws.cn",
                    "console.amazonaws-us-gov.com",
                    "console.amazonaws-eusc.eu",
                )
            )


def test_unknown_service_names_the_known_ones() -> None:
    with pytest.raises(BadInput) as caught:
        service_named("teapot")
    assert "teapot" in caught.value.detail
    assert "cloudformation" in caught.value.remedy


def test_login_url() -> None:
    url = login_url(TOKEN, region="eu-west-1", service_id="iam")
    assert "canary" not in f"{url!r}{url}"
    parts = urlsplit(url.reveal())
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://eu-west-1.signin.aws.amazon.com/federation"
    assert fields(url.reveal()) == {
        "Action": "login",
        "Issuer": "rolecall",
        "Destination": "https://us-east-1.console.aws.amazon.com/iam/home#/home",
        "SigninToken": "canary-token+/=",
    }


@pytest.mark.parametrize(
    ("region", "logout"),
    [
        ("eu-west-1", "https://us-east-1.signin.aws.amazon.com/oauth"),
        ("us-east-1", "https://us-east-1.signin.aws.amazon.com/oauth"),
        ("cn-north-1", "https://signin.amazonaws.cn/oauth"),
        ("us-gov-east-1", "https://us-gov-east-1.signin.amazonaws-us-gov.com/oauth"),
    ],
)
def test_logout_first_carries_the_login_url_whole(region: str, logout: str) -> None:
    url = login_url(TOKEN, region=region, logout_first=True).reveal()
    assert url.partition("?")[0] == logout
    assert fields(url) == {"Action": "logout", "redirect_uri": login_url(TOKEN, region=region).reveal()}


def test_logout_first_with_override() -> None:
    url = login_url(TOKEN, region="eu-west-1", override="http://127.0.0.1:9", logout_first=True).reveal()
    assert url.startswith("http://127.0.0.1:9/oauth?Action=logout&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Ffederation")


@pytest.mark.parametrize(
    ("action", "chained", "kind"),
    [
        (Action.ASSUME_ROLE, False, SessionKind.ROLE),
        (Action.ASSUME_ROLE, True, SessionKind.CHAINED_ROLE),
        (Action.ASSUME_ROLE_WITH_SAML, False, SessionKind.ROLE),
        (Action.ASSUME_ROLE_WITH_WEB_IDENTITY, False, SessionKind.ROLE),
        (Action.GET_FEDERATION_TOKEN, False, SessionKind.FEDERATED_USER),
        (Action.GET_SESSION_TOKEN, False, SessionKind.SESSION_TOKEN),
    ],
)
def test_kinds(action: Action, chained: bool, kind: SessionKind) -> None:
    assert session_kind(action, chained=chained) is kind


@pytest.mark.parametrize("wished", [None, 900, 3600, 43200])
def test_only_a_directly_assumed_role_may_ask_for_a_duration(wished: int | None) -> None:
    assert session_duration(SessionKind.ROLE, wished) == wished
    assert session_duration(SessionKind.CHAINED_ROLE, wished) is None
    assert session_duration(SessionKind.FEDERATED_USER, wished) is None


@pytest.mark.parametrize("wished", [0, 899, 43201])
def test_durations_out_of_bounds(wished: int) -> None:
    with pytest.raises(BadInput) as caught:
        session_duration(SessionKind.ROLE, wished)
    assert caught.value.field == "SessionDuration"


def test_a_session_token_cannot_sign_in() -> None:
    with pytest.raises(BadInput) as caught:
        session_duration(SessionKind.SESSION_TOKEN, None)
    assert caught.value.code == "console-session-token"
    assert "federated_user" in caught.value.remedy
