"""One request to a provider, with remedies that fit providers instead of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import NetworkTrouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.adapters.http import Answer, Http

_REMEDIES = {
    "connect": "Check the network connection, the firewall, and the provider's issuer.",
    "dns": "Check the network connection and the provider's issuer; behind a proxy, set HTTPS_PROXY.",
    "reset": "Try again; if it happens often, something between here and the provider ends connections.",
    "request": "Check the provider's issuer, and the proxy.",
}


async def ask(
    http: Http, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Answer:
    """Send it and return its bounded answer, whatever its status. Raises NetworkTrouble."""
    try:
        return await http.send(method, url, headers={"accept": "application/json", **(headers or {})}, body=body)
    except NetworkTrouble as error:
        if error.code in _REMEDIES:
            error.remedy = _REMEDIES[error.code]
        elif error.code == "answer-too-large":
            error.detail = error.detail.partition(";")[0] + "; what a provider answers is small."
        raise
