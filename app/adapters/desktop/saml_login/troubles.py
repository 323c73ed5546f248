"""How the failures of a login page are told. A host is named, an address never: it may hold secrets."""

from __future__ import annotations

from http import HTTPStatus

from app.domain.errors import BadInput, NeedsPerson, ProviderTrouble, Retry

# Chromium's network errors, net/base/net_error_list.h.
_REASONS = {
    -7: "the time limit was exceeded",
    -20: "the address was refused",
    -21: "the network changed meanwhile",
    -100: "the connection was closed",
    -101: "the connection was reset",
    -102: "the connection was refused",
    -104: "the connection failed",
    -105: "this host name is not known",
    -106: "there is no network",
    -107: "the encrypted connection could not be agreed upon",
    -109: "the host cannot be reached",
    -113: "the host offers no TLS version that is still safe",
    -118: "the host does not answer",
    -130: "the proxy cannot be reached",
    -137: "this host name could not be looked up",
    -312: "web pages may not use this port",
    -310: "it redirects in circles",
    -324: "the host answered nothing",
}
_PASSING = frozenset({-7, -21, -100, -101, -102, -104, -105, -106, -109, -118, -130, -137, -324})
_SERVER_FAULT = 500
OTHER_WAYS = "In your own browser it may work; what it posts to AWS can be pasted here."


def not_loaded(host: str, code: int, *, hidden: bool) -> ProviderTrouble:
    """The page did not come. Only what nobody looks at is tried again: windows do not open by themselves."""
    return ProviderTrouble(
        code="login-page-failed",
        title="The login page could not be loaded",
        detail=f"{host}: {_REASONS.get(code, f'network error {code}')}.",
        remedy="Check the network, the proxy and the provider's login URL; then sign in again.",
        retry=Retry.BACK_OFF if hidden and code in _PASSING else None,
    )


def wants_password(host: str, *, proxy: bool) -> ProviderTrouble:
    """Basic, Digest or NTLM authentication."""
    who = f"The proxy {host}" if proxy else host
    return ProviderTrouble(
        code="login-page-failed",
        title="This kind of password prompt is not offered",
        detail=f"{who} asks for a password by HTTP authentication, not in a page.",
        remedy=f"Ask who runs it for a login page. {OTHER_WAYS}",
    )


def refused(host: str, status: int, *, hidden: bool) -> ProviderTrouble:
    """The provider answered with an HTTP error, and offered nothing to go on with."""
    try:
        words = f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        words = str(status)
    return ProviderTrouble(
        code="login-page-failed",
        title="The provider refused the login page",
        detail=f"{host} answered with HTTP {words}.",
        remedy="Check the provider's login URL, or ask who runs the provider; then sign in again.",
        retry=Retry.BACK_OFF if hidden and status >= _SERVER_FAULT else None,
    )


def bad_certificate(host: str, kind: str) -> ProviderTrouble:
    """Final: nobody is asked whether to go on."""
    return ProviderTrouble(
        code="login-page-certificate",
        title="The login page could not prove who it is",
        detail=f"{host}: {kind}.",
        remedy="Do not type a password there. If the network inspects connections, its certificate authority has to be "
        "in this machine's trust store.",
    )


def crashed(host: str) -> ProviderTrouble:
    """The process that drew the page ended."""
    return ProviderTrouble(
        code="login-page-failed",
        title="The login page crashed",
        detail=f"The page of {host} ended unexpectedly.",
        remedy=f"Sign in again. {OTHER_WAYS}",
    )


def silent(host: str, seconds: float) -> ProviderTrouble:
    """Nothing was posted to AWS."""
    return ProviderTrouble(
        code="login-page-silent",
        title="The sign-in was not finished",
        detail=f"{host} sent nothing for AWS within {round(seconds / 60) or 1} min.",
        remedy="Sign in again. If the page never gets there, check that the login URL leads to AWS and not only to the "
        "provider's own start page.",
    )


def too_large(host: str) -> ProviderTrouble:
    """The form exceeds what we read."""
    return ProviderTrouble(
        code="login-page-failed",
        title="The provider's answer is too large",
        detail=f"{host} posted more than 1 MiB; AWS takes 100,000 characters.",
        remedy="Ask who runs the provider to put fewer roles and attributes into the assertion.",
    )


def unclear(host: str) -> ProviderTrouble:
    """More than one response in one form."""
    return ProviderTrouble(
        code="login-page-failed",
        title="The provider's answer is ambiguous",
        detail=f"{host} posted several SAML responses at once.",
        remedy="Ask who runs the provider.",
    )


def no_engine(reason: str) -> ProviderTrouble:
    """QtWebEngine cannot be loaded on this machine."""
    return ProviderTrouble(
        code="login-page-failed",
        title="The login window cannot be opened",
        detail=f"QtWebEngine could not be loaded: {reason}.",
        remedy="Install what is missing, or sign in another way: paste a response, or let a command fetch it.",
    )


def no_sandbox(reason: str) -> ProviderTrouble:
    """Chromium would end the program."""
    return ProviderTrouble(
        code="login-page-failed",
        title="The login window cannot be opened safely",
        detail=f"There is no sandbox for its pages: {reason}.",
        remedy="Sign in another way: paste a response, or let a command fetch it. Or start Rolecall as an ordinary "
        "user, whom an administrator allows user namespaces.",
    )


def bad_address() -> BadInput:
    """The configured login URL is not one that may be loaded."""
    return BadInput(
        code="login-url",
        title="This login URL cannot be opened",
        detail="A login page has to begin with https:// (or http:// on this machine), and must not be AWS's own.",
        remedy="Correct the provider's login URL.",
        field="login_url",
    )


def needs_person(host: str, why: str) -> NeedsPerson:
    """A silent renewal ended where only a person can go on."""
    return NeedsPerson(
        code="sign-in-needed",
        title="Somebody has to sign in",
        detail=f"{host} {why}.",
        remedy="Sign in to the provider.",
    )
