"""What goes wrong with an OpenID provider, in the words people see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.errors import Declined, ProviderTrouble, Retry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.errors import RolecallError
    from app.domain.secret import Secret

REGISTER = "Register http://127.0.0.1/callback as a redirect URI of a native program there, any port (RFC 8252)."
_SHOWN = 300
_PIECE = 6
"""A run of so many characters of a secret, or more, is not shown."""
_RUN = re.compile(rf"[0-9A-Za-z_+/=~.-]{{{_PIECE},}}")
_JWT = re.compile(r"eyJ[0-9A-Za-z_.-]*")
_LATER = ("server_error", "temporarily_unavailable", "slow_down")
_ALLOW = "Let the provider allow this client the authorization code with PKCE, or the device grant."
_REMEDIES = {
    "invalid_client": "Check client_id, and the client secret if the provider asks for one.",
    "unauthorized_client": _ALLOW,
    "unsupported_grant_type": _ALLOW,
    "invalid_scope": "Check scopes: the provider does not give all of them to this client.",
    "invalid_request": REGISTER,
    "redirect_uri_mismatch": REGISTER,
    "invalid_grant": f"Sign in again. {REGISTER}",
    "expired_token": "Sign in again.",
}


def discovery(issuer: str, why: str, *, later: bool = False, remedy: str = "") -> ProviderTrouble:
    """`oidc-discovery`. `why` is a sentence; `later` when trying again may help."""
    return ProviderTrouble(
        code="oidc-discovery",
        title="The provider cannot be found out about",
        detail=f"{issuer}: {why}",
        remedy=remedy or ("Try again in a moment." if later else "Check the provider's issuer."),
        retry=Retry.BACK_OFF if later else None,
        field="issuer",
    )


def issuer(expected: str, found: str) -> ProviderTrouble:
    """`oidc-issuer`: `found` says who answered, made fit to be shown."""
    near = found.rstrip("/") == expected.rstrip("/")
    return ProviderTrouble(
        code="oidc-issuer",
        title="Another provider answered",
        detail=f"Configured is {expected}, the answer is of {found or 'nobody in particular'}.",
        remedy=f"Set issuer to exactly {found}."
        if near
        else "Check issuer: it must be written exactly as the provider writes it. Otherwise do not sign in there.",
        field="issuer",
    )


def endpoint(why: str, *, remedy: str = "", field: str = "") -> ProviderTrouble:
    """`oidc-endpoint`."""
    return ProviderTrouble(
        code="oidc-endpoint",
        title="The provider cannot be used this way",
        detail=why,
        remedy=remedy or "Choose another way to sign in, or check the provider's settings.",
        field=field,
    )


def answer(host: str, why: str, *, remedy: str = "") -> ProviderTrouble:
    """`oidc-answer`."""
    return ProviderTrouble(
        code="oidc-answer",
        title="The provider's answer makes no sense",
        detail=f"{host} {why}",
        remedy=remedy or "Try again; behind a captive portal or a proxy, sign in to the network first.",
    )


def token(why: str, *, remedy: str = "") -> ProviderTrouble:
    """`oidc-token-invalid`. `why` names the rule that is broken."""
    return ProviderTrouble(
        code="oidc-token-invalid",
        title="The ID token is not one to be trusted",
        detail=why,
        remedy=remedy or "Sign in again. If it stays so, ask those who run the provider, and do not use it until then.",
    )


def no_id_token(*, refreshed: bool) -> ProviderTrouble:
    """`oidc-no-id-token`."""
    return ProviderTrouble(
        code="oidc-no-id-token",
        title="The provider sent no ID token",
        detail="It renewed the sign-in, but AWS takes nothing else." if refreshed else "AWS takes nothing else.",
        remedy="Sign in again." if refreshed else "Add openid to scopes, and let the provider give it to this client.",
        field="" if refreshed else "scopes",
    )


def timeout(seconds: float, *, misfit: str = "") -> ProviderTrouble:
    """`oidc-timeout`. `misfit` says what came instead of an answer."""
    return ProviderTrouble(
        code="oidc-timeout",
        title="Nobody signed in",
        detail=f"No answer came back within {seconds / 60:.0f} min.{f' {misfit}' if misfit else ''}",
        remedy=f"Sign in again. If the provider's page spoke of a redirect URI: {REGISTER}",
    )


def refused(host: str, error: str, description: str, *, secrets: Iterable[Secret | None]) -> RolecallError:
    """Translate an error that the provider named. `secrets` are what was sent to it, none of which is shown."""
    if error == "access_denied":
        return Declined("The sign-in was refused at the provider")
    withheld = tuple(secrets)
    later = error in _LATER
    said = ": ".join(part for part in (shown(error, withheld), shown(description, withheld)) if part).rstrip(".")
    return ProviderTrouble(
        code="oidc-unavailable" if later else "oidc-refused",
        title="The provider cannot serve now" if later else "The provider refused",
        detail=f"{host} said: {said or 'nothing'}.",
        remedy="Try again in a moment." if later else _REMEDIES.get(error, "Ask those who run the provider."),
        retry=Retry.BACK_OFF if later else None,
    )


def refresh_refused(host: str, description: str, *, secrets: Iterable[Secret | None]) -> ProviderTrouble:
    """`oidc-refresh-refused`."""
    said = shown(description, tuple(secrets)).rstrip(".")
    return ProviderTrouble(
        code="oidc-refresh-refused",
        title="The provider no longer remembers the sign-in",
        detail=f"{host} refused to renew it{f': {said}' if said else ''}.",
        remedy="Sign in again.",
    )


def unavailable(host: str, status: int) -> ProviderTrouble:
    """`oidc-unavailable`."""
    return ProviderTrouble(
        code="oidc-unavailable",
        title="The provider cannot serve now",
        detail=f"{host} answered {status}.",
        remedy="Try again in a moment.",
        retry=Retry.BACK_OFF,
    )


def shown(text: str, secrets: Iterable[Secret | None] = ()) -> str:
    """A foreign text as it may be shown: printable, short, without pieces of secrets or tokens."""
    known = [each.reveal() for each in secrets if each]

    def hidden(run: re.Match[str]) -> str:
        found = run.group()
        return "…" if any(_shares(found, secret) for secret in known) else found

    printable = " ".join("".join(c if c.isprintable() else " " for c in text[: 20 * _SHOWN]).split())
    cleaned = _JWT.sub("…", _RUN.sub(hidden, printable))
    return cleaned if len(cleaned) <= _SHOWN else f"{cleaned[: _SHOWN - 1]}…"


def _shares(run: str, secret: str) -> bool:
    """Whether a run of characters holds a piece of a secret."""
    pieces = (run[start : start + _PIECE] for start in range(len(run) - _PIECE + 1))
    return any(piece in secret for piece in pieces)
