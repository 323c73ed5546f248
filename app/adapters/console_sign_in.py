"""The federation endpoint of the AWS console: credentials in, sign-in token out.

A POST form is tried first, because a GET carries the credentials in its URL. Codes: `console-refused` (Denied) ·
`not-aws` · those of `app.adapters.http` (NetworkTrouble) · `console-unavailable` (ServiceTrouble).

Source: IAM User Guide, "Enable custom identity broker access to the AWS console".
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from app.domain.console import sign_in_endpoint
from app.domain.errors import Denied, NetworkTrouble, RolecallError, ServiceTrouble
from app.domain.secret import Secret

if TYPE_CHECKING:
    from app.adapters.http import Answer, Http
    from app.domain.credentials import Credentials

_FORM = "application/x-www-form-urlencoded"
_OK, _BAD_REQUEST, _NO_SUCH_METHOD, _TOO_MANY, _SERVER, _CAPTIVE = 200, 400, 405, 429, 500, 511
_REFUSALS = (401, 403)
_TOKEN = re.compile(r"[!-~]+")


class ConsoleSignInClient:
    """Implements `app.ports.ConsoleSignIn` over one `Http`, which it does not close.

    `override` is the value of ROLECALL_SIGNIN_ENDPOINT, or empty.
    """

    def __init__(self, http: Http, *, override: str = "") -> None:
        self._http = http
        self._override = override

    async def sign_in_token(self, credentials: Credentials, *, region: str, duration_seconds: int | None) -> Secret:
        """See `app.ports.ConsoleSignIn`.

        A refusal (400) may mean the duration, so it is left out once; 400 without it, or 405, may mean that the
        endpoint takes no POST, and only then the URL carries the credentials.
        """
        endpoint = sign_in_endpoint(region, override=self._override)
        tries = [("POST", duration_seconds), ("POST", None), ("GET", duration_seconds), ("GET", None)]
        if duration_seconds is None:
            tries = [("POST", None), ("GET", None)]
        host = urlsplit(endpoint).netloc
        no_post = False
        for method, duration in tries:
            if no_post and method == "POST":
                continue
            answer = await self._ask(method, endpoint, credentials, duration)
            if answer.status not in (_BAD_REQUEST, _NO_SUCH_METHOD):
                return _token(answer, host)
            no_post = no_post or answer.status == _NO_SUCH_METHOD
        raise _refused(host, _BAD_REQUEST)

    async def _ask(self, method: str, endpoint: str, credentials: Credentials, duration: int | None) -> Answer:
        session = {
            "sessionId": credentials.access_key_id,
            "sessionKey": credentials.secret_access_key.reveal(),
            "sessionToken": credentials.session_token.reveal(),
        }
        fields = {"Action": "getSigninToken", "Session": json.dumps(session, separators=(",", ":"))}
        if duration is not None:
            fields["SessionDuration"] = str(duration)
        form = urlencode(fields, quote_via=quote)
        if method == "GET":
            return await self._http.send("GET", Secret(f"{endpoint}?{form}"), headers={"accept": "application/json"})
        headers = {"accept": "application/json", "content-type": _FORM}
        return await self._http.send("POST", endpoint, headers=headers, body=form.encode("ascii"))


def _token(answer: Answer, host: str) -> Secret:
    """The token of an answer, or the error that it means. Its body may repeat credentials and is not told."""
    if answer.status == _OK:
        try:
            found = json.loads(answer.body)
        except (ValueError, RecursionError):
            found = None
        token = found.get("SigninToken") if isinstance(found, dict) else None
        if isinstance(token, str) and _TOKEN.fullmatch(token):
            return Secret(token)
        raise _stranger(answer, host)
    if answer.status == _TOO_MANY or (answer.status >= _SERVER and answer.status != _CAPTIVE):
        raise ServiceTrouble(
            code="console-unavailable",
            title="The console sign-in is not available",
            detail=f"{host} answered {answer.status}.",
            remedy="Try again in a moment.",
        )
    if answer.status in _REFUSALS:
        raise _refused(host, answer.status)
    raise _stranger(answer, host)


def _refused(host: str, status: int) -> Denied:
    return Denied(
        code="console-refused",
        title="The console refused to sign in",
        detail=f"{host} does not take these credentials (status {status}).",
        remedy="Renew the session and try again; check that the region belongs to the role's partition.",
    )


def _stranger(answer: Answer, host: str) -> RolecallError:
    return NetworkTrouble(
        code="not-aws",
        title="Somebody else answered",
        detail=f"For {host}, a captive portal or proxy answered (status {answer.status}).",
        remedy="Sign in to the network in a browser, or check the proxy and ROLECALL_SIGNIN_ENDPOINT.",
    )
