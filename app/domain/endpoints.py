"""Where STS is: its host for every region of every partition, and what the environment says about that.

Sources: AWS General Reference, AWS Security Token Service endpoints and quotas; AWS SDKs and Tools Reference Guide,
Service-specific endpoints, AWS STS Regional endpoints, Dual-stack and FIPS endpoints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from app.domain.errors import BadInput
from app.domain.partition import AWS, partition_of_region
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.configuration import Settings

LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
"""The hosts that may be spoken to without TLS: nobody is between."""

GLOBAL_STS_HOST = "sts.amazonaws.com"
LEGACY_GLOBAL_REGIONS = frozenset(
    {
        "ap-northeast-1",
        "ap-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "aws-global",
        "ca-central-1",
        "eu-central-1",
        "eu-north-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "sa-east-1",
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
    }
)
"""The regions that the `legacy` setting sends to the global endpoint; all others have always been regional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where requests go, and the region they are signed for.

    `url` ends with its path, at least `/`. `is_global` tells the global endpoint, whose tokens may be refused in
    regions that an account had to opt in to.
    """

    url: str
    signing_region: str
    is_global: bool = False

    @property
    def host(self) -> str:
        """The host header's value: the port is there unless it is the scheme's own."""
        return urlsplit(self.url).netloc


def endpoint_for(
    region: str, *, fips: bool = False, dual_stack: bool = False, legacy_global: bool = False, override: str = ""
) -> Endpoint:
    """The STS endpoint for a region.

    `override` is a URL that replaces the host, https or loopback http. Raises BadInput for a text that is no region,
    for a bad override, and for an override together with FIPS or dual stack: that wish could not be kept, and AWS's own
    tools refuse it too.
    """
    partition = partition_of_region(region)
    is_pseudo = region == f"{partition.name}-global"
    place = partition.home_region if is_pseudo else region
    if override:
        if fips or dual_stack:
            raise _cannot_be_both("FIPS" if fips else "dual stack")
        return Endpoint(url=checked_override(override), signing_region=place)
    if not (fips or dual_stack):
        is_old = legacy_global and partition is AWS and region in LEGACY_GLOBAL_REGIONS
        if is_old or region == "aws-global":
            return Endpoint(url=f"https://{GLOBAL_STS_HOST}/", signing_region=AWS.home_region, is_global=True)
    # GovCloud's ordinary endpoints are FIPS endpoints.
    name = "sts-fips" if fips and (dual_stack or partition.name != "aws-us-gov") else "sts"
    suffix = partition.dual_stack_suffix if dual_stack else partition.dns_suffix
    return Endpoint(url=f"https://{name}.{place}.{suffix}/", signing_region=place)


def checked_override(text: str, *, field: str = "AWS_ENDPOINT_URL_STS") -> str:
    """Return the URL of an endpoint override, its path at least `/`.

    Raises BadInput unless it is https, or http to this very machine: keys and tokens go there.
    """
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise _bad_override(field, "It is not a URL.") from error
    if not host or any(c.isspace() or not c.isprintable() for c in text.strip()):
        raise _bad_override(field, "It is not a URL with a host.")
    if parts.username is not None or parts.query or parts.fragment:
        raise _bad_override(field, "It may have no user, query or fragment.")
    if parts.scheme == "http" and host not in LOOPBACK_HOSTS:
        raise _bad_override(field, f"{host} would get credentials over an unprotected connection.")
    if parts.scheme not in ("http", "https"):
        raise _bad_override(field, "It is neither https nor http to this machine.")
    # Signed is the path as it is sent: with what cannot stand in a URL already encoded.
    return parts._replace(path=quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")).geturl()


def proxy_for(url: str, *, proxy: str, no_proxy: str) -> str:
    """The proxy's URL for a request to `url`, or empty. Nothing to this very machine leaves it.

    `proxy` is a URL or HOST:PORT, `no_proxy` a list as in NO_PROXY: names that stand for all below them, with or
    without a port, and `*`.
    """
    parts = urlsplit(url)
    if not proxy or parts.hostname in LOOPBACK_HOSTS:
        return ""
    if any(_spares(entry, parts.hostname or "", parts.port) for entry in no_proxy.split(",")):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def region_from_environment(env: Mapping[str, str]) -> str:
    """What `AWS_REGION`, else `AWS_DEFAULT_REGION`, says; empty when neither is set."""
    return env.get("AWS_REGION", "").strip() or env.get("AWS_DEFAULT_REGION", "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointOptions:
    """What decides about endpoints besides the region. `region` is the default one, `*_override` a URL or empty."""

    region: str = AWS.home_region
    fips: bool = False
    dual_stack: bool = False
    legacy_global: bool = False
    sts_override: str = ""
    sign_in_override: str = ""

    @classmethod
    def from_environment(cls, env: Mapping[str, str], settings: Settings) -> EndpointOptions:
        """Read the variables that all AWS tools honour; what they do not say, the settings say.

        As in those tools, a variable wins over a settings file. Nothing is refused here: a bad override is told when it
        would be used.
        """
        generation = env.get("AWS_STS_REGIONAL_ENDPOINTS", "").strip().lower() or settings.sts_endpoints
        return cls(
            region=region_from_environment(env) or settings.region or AWS.home_region,
            fips=_switch(env, "AWS_USE_FIPS_ENDPOINT", default=settings.fips),
            dual_stack=_switch(env, "AWS_USE_DUALSTACK_ENDPOINT", default=settings.dual_stack),
            legacy_global=generation == "legacy",
            sts_override=_sts_override(env),
            sign_in_override=env.get("ROLECALL_SIGNIN_ENDPOINT", "").strip(),
        )

    def sts(self, region: str) -> Endpoint:
        """The STS endpoint for a region. Raises BadInput, see `endpoint_for`."""
        return endpoint_for(
            region,
            fips=self.fips,
            dual_stack=self.dual_stack,
            legacy_global=self.legacy_global,
            override=self.sts_override,
        )


def _sts_override(env: Mapping[str, str]) -> str:
    if _switch(env, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", default=False):
        return ""
    return env.get("AWS_ENDPOINT_URL_STS", "").strip() or env.get("AWS_ENDPOINT_URL", "").strip()


def _switch(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = env.get(name, "").strip().lower()
    return text == "true" if text else default


def _cannot_be_both(wish: str) -> BadInput:
    return BadInput(
        code="endpoint-override",
        title="The endpoint cannot be chosen twice",
        detail=f"An endpoint URL is set, and so is {wish}.",
        remedy="Unset AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL, or switch FIPS and dual stack off.",
        field="AWS_ENDPOINT_URL_STS",
    )


def _bad_override(field: str, detail: str) -> BadInput:
    return BadInput(
        code="endpoint-override",
        title="The endpoint URL cannot be used",
        detail=detail,
        remedy=f"{field} takes https://HOST, or http://127.0.0.1:PORT for a server on this machine.",
        field=field,
    )


def _spares(entry: str, host: str, port: int | None) -> bool:
    """Whether an entry of NO_PROXY means this host: `*`, a name with all below it, or either with a port."""
    name, colon, number = entry.strip().lower().rpartition(":")
    if not (colon and number.isdecimal()):
        name, number = entry.strip().lower(), ""
    name = name.removeprefix("*.").lstrip(".").strip("[]") if name != "*" else name
    if not name or (number and number != str(port or 443)):
        return False
    return name in ("*", host) or host.endswith(f".{name}")
