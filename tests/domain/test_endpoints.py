from __future__ import annotations

import itertools

import botocore.session
import pytest
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.configuration import Settings
from app.domain.endpoints import (
    LEGACY_GLOBAL_REGIONS,
    LOOPBACK_HOSTS,
    EndpointOptions,
    checked_override,
    endpoint_for,
    region_from_environment,
)
from app.domain.errors import BadInput
from app.domain.partition import PARTITIONS


def sts_rules() -> EndpointProvider:
    loader = botocore.session.Session().get_component("data_loader")
    rules = loader.load_service_model("sts", "endpoint-rule-set-1")
    return EndpointProvider(rules, loader.load_data("partitions"))


ORACLE = sts_rules()
REGIONS = sorted(
    LEGACY_GLOBAL_REGIONS
    | {partition.home_region for partition in PARTITIONS}
    | {"ap-east-1", "il-central-1", "me-south-1", "cn-north-1", "us-gov-east-1", "us-iso-west-1", "xx-future-7"}
)


SWITCHES = list(itertools.product([False, True], repeat=3))
# botocore's rules put the pseudo region itself into FIPS and dual-stack hosts, which do not exist.
CASES = [
    (region, *switches)
    for region in REGIONS
    for switches in SWITCHES
    if region != "aws-global" or not any(switches[:2])
]


@pytest.mark.parametrize(("region", "fips", "dual_stack", "legacy"), CASES)
def test_endpoint_is_what_botocores_rules_say(region: str, fips: bool, dual_stack: bool, legacy: bool) -> None:
    theirs = ORACLE.resolve_endpoint(Region=region, UseDualStack=dual_stack, UseFIPS=fips, UseGlobalEndpoint=legacy)
    ours = endpoint_for(region, fips=fips, dual_stack=dual_stack, legacy_global=legacy)
    assert ours.url == f"{theirs.url}/"
    signing = [scheme["signingRegion"] for scheme in theirs.properties.get("authSchemes", [])]
    assert ours.signing_region == (signing[0] if signing else region)
    assert ours.is_global == (theirs.url == "https://sts.amazonaws.com")


@pytest.mark.parametrize(
    ("region", "switches", "host"),
    [
        ("eu-west-1", set(), "sts.eu-west-1.amazonaws.com"),
        ("eu-west-1", {"legacy"}, "sts.amazonaws.com"),
        ("ap-east-1", {"legacy"}, "sts.ap-east-1.amazonaws.com"),
        ("cn-north-1", {"legacy"}, "sts.cn-north-1.amazonaws.com.cn"),
        ("us-gov-west-1", {"fips"}, "sts.us-gov-west-1.amazonaws.com"),
        ("us-east-2", {"fips"}, "sts-fips.us-east-2.amazonaws.com"),
        ("eusc-de-east-1", {"dual_stack"}, "sts.eusc-de-east-1.api.amazonwebservices.eu"),
        ("us-iso-east-1", set(), "sts.us-iso-east-1.c2s.ic.gov"),
        ("us-isob-east-1", set(), "sts.us-isob-east-1.sc2s.sgov.gov"),
        ("eu-isoe-west-1", set(), "sts.eu-isoe-west-1.cloud.adc-e.uk"),
        ("us-isof-south-1", set(), "sts.us-isof-south-1.csp.hci.ic.gov"),
        ("aws-global", {"fips"}, "sts-fips.us-east-1.amazonaws.com"),
        ("aws-cn-global", set(), "sts.cn-northwest-1.amazonaws.com.cn"),
    ],
)
def test_hosts_written_out(region: str, switches: set[str], host: str) -> None:
    found = endpoint_for(
        region, fips="fips" in switches, dual_stack="dual_stack" in switches, legacy_global="legacy" in switches
    )
    assert found.host == host


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://sts.example.com", "https://sts.example.com/"),
        ("https://sts.example.com:8443/aws", "https://sts.example.com:8443/aws"),
        ("http://127.0.0.1:4566", "http://127.0.0.1:4566/"),
        ("http://localhost:4566/", "http://localhost:4566/"),
        ("http://[::1]:4566", "http://[::1]:4566/"),
        (" https://sts.example.com/a b/é ", None),
        ("https://sts.example.com/é", "https://sts.example.com/%C3%A9"),
    ],
)
def test_override_that_may_be(text: str, url: str | None) -> None:
    if url is None:
        with pytest.raises(BadInput):
            checked_override(text)
        return
    endpoint = endpoint_for("eu-west-1", override=text)
    assert endpoint.url == url
    assert endpoint.signing_region == "eu-west-1"
    assert not endpoint.is_global


@pytest.mark.parametrize(
    "text",
    [
        "http://sts.example.com",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://2130706433/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "sts.example.com",
        "//127.0.0.1/",
        "https://",
        "https://user:word@sts.example.com/",
        "https://sts.example.com/?x=1",
        "https://sts.example.com/#x",
        "https://sts.example.com:port/",
        "https://[::1",
        "javascript:alert(1)",
        "https://sts.exa mple.com/",
        "https://sts.example.com/\x00",
    ],
)
def test_override_that_would_leak(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        endpoint_for("eu-west-1", override=text)
    assert caught.value.code == "endpoint-override"
    assert caught.value.remedy
    assert "word" not in str(caught.value)


@settings(max_examples=200)
@given(st.text(max_size=40) | st.builds("http://{}".format, st.text(max_size=30)))
def test_override_never_lets_plain_http_out(text: str) -> None:
    try:
        url = checked_override(text)
    except BadInput:
        return
    assert url.startswith("https://") or any(
        url.removeprefix("http://").lower().startswith(host) for host in (*LOOPBACK_HOSTS, "[::1]")
    )


@pytest.mark.parametrize("switch", ["fips", "dual_stack"])
def test_override_excludes_fips_and_dual_stack_as_in_botocores_rules(switch: str) -> None:
    with pytest.raises(EndpointProviderError):
        ORACLE.resolve_endpoint(
            Region="eu-west-1",
            UseDualStack=switch == "dual_stack",
            UseFIPS=switch == "fips",
            UseGlobalEndpoint=False,
            Endpoint="https://sts.example.com",
        )
    with pytest.raises(BadInput) as caught:
        endpoint_for(
            "eu-west-1", override="https://sts.example.com", fips=switch == "fips", dual_stack=switch == "dual_stack"
        )
    assert caught.value.code == "endpoint-override"


def test_a_text_that_is_no_region_is_refused_with_and_without_override() -> None:
    for override in ("", "https://sts.example.com"):
        with pytest.raises(BadInput) as caught:
            endpoint_for("eu-west-1.evil.com/", override=override)
        assert caught.value.code == "region"


# --- The environment --------------------------------------------------------------------------------------------------


def options(env: dict[str, str], settings: Settings | None = None) -> EndpointOptions:
    return EndpointOptions.from_environment(env, settings or Settings())


def test_nothing_set() -> None:
    assert options({}) == EndpointOptions(region="us-east-1")


def test_settings_speak_when_the_environment_is_silent() -> None:
    found = options({}, Settings(region="eu-west-1", fips=True, dual_stack=True, sts_endpoints="legacy"))
    assert (found.region, found.fips, found.dual_stack, found.legacy_global) == ("eu-west-1", True, True, True)
    assert found.sts("eu-west-1").host == "sts-fips.eu-west-1.api.aws"


def test_environment_wins_over_settings() -> None:
    env = {
        "AWS_REGION": "eu-north-1",
        "AWS_DEFAULT_REGION": "sa-east-1",
        "AWS_USE_FIPS_ENDPOINT": "false",
        "AWS_USE_DUALSTACK_ENDPOINT": "False",
        "AWS_STS_REGIONAL_ENDPOINTS": "regional",
    }
    found = options(env, Settings(region="eu-west-1", fips=True, dual_stack=True, sts_endpoints="legacy"))
    assert found == EndpointOptions(region="eu-north-1")


@pytest.mark.parametrize(
    ("env", "region"),
    [
        ({}, ""),
        ({"AWS_DEFAULT_REGION": "sa-east-1"}, "sa-east-1"),
        ({"AWS_REGION": " eu-west-1 ", "AWS_DEFAULT_REGION": "sa-east-1"}, "eu-west-1"),
        ({"AWS_REGION": "", "AWS_DEFAULT_REGION": "sa-east-1"}, "sa-east-1"),
    ],
)
def test_region_from_environment(env: dict[str, str], region: str) -> None:
    assert region_from_environment(env) == region


@pytest.mark.parametrize(
    ("env", "override"),
    [
        ({"AWS_ENDPOINT_URL_STS": "https://a.example", "AWS_ENDPOINT_URL": "https://b.example"}, "https://a.example"),
        ({"AWS_ENDPOINT_URL": "https://b.example"}, "https://b.example"),
        ({"AWS_ENDPOINT_URL_STS": "", "AWS_ENDPOINT_URL": "https://b.example"}, "https://b.example"),
        ({"AWS_ENDPOINT_URL": "https://b.example", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, ""),
        ({"AWS_ENDPOINT_URL_STS": "https://b.example", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"}, ""),
        (
            {"AWS_ENDPOINT_URL": "https://b.example", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"},
            "https://b.example",
        ),
        ({"AWS_ENDPOINT_URL_S3": "https://c.example"}, ""),
    ],
)
def test_override_from_environment(env: dict[str, str], override: str) -> None:
    assert options(env).sts_override == override


def test_switches_in_the_environment() -> None:
    env = {
        "AWS_USE_FIPS_ENDPOINT": "True",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "AWS_STS_REGIONAL_ENDPOINTS": "LEGACY",
        "ROLECALL_SIGNIN_ENDPOINT": "http://127.0.0.1:1",
    }
    found = options(env)
    assert found.fips
    assert found.dual_stack
    assert found.legacy_global
    assert found.sign_in_override == "http://127.0.0.1:1"


def test_a_bad_override_is_told_when_it_would_be_used() -> None:
    found = options({"AWS_ENDPOINT_URL": "http://sts.example.com"})
    with pytest.raises(BadInput):
        found.sts("eu-west-1")
