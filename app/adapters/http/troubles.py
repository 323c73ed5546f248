"""What goes wrong between here and a server, said to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.http.values import ANSWER_LONGEST
from app.domain.errors import BadInput, NetworkTrouble, Retry

if TYPE_CHECKING:
    import ssl

_TROUBLES = {
    "proxy": (
        "The proxy did not let us through",
        "On the way to {host}.",
        "Check HTTPS_PROXY and NO_PROXY, or proxy in the settings, and whether the proxy asks for a password.",
    ),
    "dns": (
        "The host was not found",
        "No address is known for {host}.",
        "Check the network connection and the region's name; behind a proxy, set HTTPS_PROXY.",
    ),
    "connect": (
        "The host cannot be reached",
        "{host} took no connection.",
        "Check the network connection, the firewall, and AWS_ENDPOINT_URL_STS if it is set.",
    ),
    "reset": (
        "The connection broke off",
        "{host} closed the connection before its answer was whole.",
        "Try again; if it happens often, something between here and AWS ends connections.",
    ),
    "request": (
        "The request could not be sent",
        "{host} cannot be spoken to that way.",
        "Check the endpoint's URL and the proxy.",
    ),
}
"""By code: title, detail, remedy."""


def by_code(code: str, host: str, said: str = "") -> NetworkTrouble:
    """One of `proxy`, `dns`, `connect`, `reset`, `request`; and what was said, if it was."""
    title, detail, remedy = _TROUBLES[code]
    return _trouble(code, title, f"{detail.format(host=host)}{said}", remedy, never=code == "request")


def tls_refused(host: str, error: ssl.SSLError) -> NetworkTrouble:
    """Somebody is there, and may be anybody."""
    why = getattr(error, "verify_message", "") or (error.reason or "").replace("_", " ").lower()
    return _trouble(
        "tls",
        "The connection is not trustworthy",
        f"{host} could not prove who it is{f': {why}' if why else ''}.",
        "If your company inspects connections, give its certificate: AWS_CA_BUNDLE, or ca_bundle in the settings. "
        "Otherwise somebody may be listening.",
        never=True,
    )


def timeout(host: str, seconds: float | None = None) -> NetworkTrouble:
    """Too long for one step, or for all of them together: then within how many seconds it should have been."""
    return _trouble(
        "timeout",
        "No answer in time",
        f"{host} did not answer {'in time' if seconds is None else f'within {seconds:.0f} s'}.",
        "Check the network connection; on a slow one, raise connect_timeout and read_timeout in the settings.",
    )


def too_large(host: str) -> NetworkTrouble:
    """More than ANSWER_LONGEST."""
    return _trouble(
        "answer-too-large",
        "The answer is far too large",
        f"{host} sent more than {ANSWER_LONGEST // 1024} KiB; AWS answers are small.",
        "Something between here and AWS may have answered in its place: sign in to the network, or check the proxy.",
    )


def broken(host: str, why: str) -> NetworkTrouble:
    """It is whole and makes no sense."""
    remedy = "Try again; if it happens often, check the proxy."
    return _trouble("answer-broken", "The answer arrived damaged", f"From {host}: {why}", remedy)


def no_such_proxy() -> BadInput:
    """A setting that cannot work."""
    return BadInput(
        code="proxy-setting",
        title="The proxy cannot be used",
        detail="It is not the URL of an HTTP proxy; SOCKS is not supported.",
        remedy="Set HTTPS_PROXY, or proxy in the settings, to http://HOST:PORT.",
        field="proxy",
    )


def _trouble(code: str, title: str, detail: str, remedy: str, *, never: bool = False) -> NetworkTrouble:
    return NetworkTrouble(code=code, title=title, detail=detail, remedy=remedy, retry=Retry.NEVER if never else None)
