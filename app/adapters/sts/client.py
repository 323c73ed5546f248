"""The client of STS: one port method for each action.

A call that carried an MFA code is sent once, whatever happens. Others are repeated on trouble that passes, with growing
pauses and a limit. AWS's time is measured on every answer; signatures use it.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from app.adapters.http import utc_now
from app.domain.credentials import key_short
from app.domain.endpoints import EndpointOptions
from app.domain.errors import BadInput, Retry, RolecallError
from app.domain.exchange import Exchange, showable
from app.domain.late import load, rooms
from app.domain.partition import check_agreement
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.adapters import sigv4
    from app.adapters.http import Answer, Http
    from app.adapters.sts import decode, query, replies
    from app.domain import sts_answers as answers
    from app.domain import sts_requests as requests
    from app.domain.configuration import Settings
    from app.domain.credentials import SigningKey
    from app.domain.endpoints import Endpoint
else:
    (sigv4,) = rooms("app.adapters", "sigv4")
    (requests,) = rooms("app.domain", "sts_requests")
    decode, query, replies = rooms("app.adapters.sts", "decode", "query", "replies")

T = TypeVar("T")

CLOCK_TOLERANCE = timedelta(minutes=4)
"""AWS takes signatures up to five minutes off; from here on, our clock is what was refused."""
SKEW_NOISE = timedelta(seconds=2)
"""The Date header has whole seconds, and a connection may take a while: less than this says nothing."""
CUT_OFF_SECONDS = 0.5
"""What a Date header may be off by in either direction, once half a second is added for what was cut off."""
STEERED = 1e-4
"""So much faster or slower a wall clock is let run to keep the time: after a night that is seconds."""
PATIENCE_SECONDS = 20.0
PAUSE_LONGEST = 8.0
_KEY_ID = re.compile(r"[!-+\--.0-~]{1,128}")  # visible, but no comma or slash: they separate parts of a signature
_TOKEN = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StsOptions:
    """How patient the client is. Times are seconds.

    `max_retries` repetitions follow the first try, `retry_base` and its doubles are the longest pauses between them;
    after `patience` nothing is begun any more.
    """

    endpoints: EndpointOptions = field(default_factory=EndpointOptions)
    max_retries: int = 2
    retry_base: float = 0.5
    patience: float = PATIENCE_SECONDS
    log_length: int = 100

    @classmethod
    def from_environment(cls, env: Mapping[str, str], settings: Settings) -> StsOptions:
        """Read what the environment says about endpoints, and the rest from the settings."""
        return cls(
            endpoints=EndpointOptions.from_environment(env, settings),
            max_retries=settings.max_retries,
            retry_base=settings.retry_base,
            patience=max(PATIENCE_SECONDS, settings.connect_timeout + settings.read_timeout),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call(Generic[T]):
    """What stays the same over all tries."""

    request: requests.Request
    parameters: list[requests.Parameter]
    signer: SigningKey | None
    endpoint: Endpoint
    host: str
    body: bytes = field(repr=False)
    decode: Callable[[replies.Reply, datetime], T]

    @property
    def once_only(self) -> bool:
        """Whether it carries an MFA code, which is used up by sending it."""
        return getattr(self.request, "token_code", None) is not None


@dataclass(slots=True, kw_only=True)
class _Failure:
    """What went wrong in one try. `skew` is AWS's time minus ours if AWS answered, `used` what was signed with.

    `age` is what the clock says went by between the signature and the answer: hours, if the machine slept then.
    """

    error: RolecallError
    used: timedelta
    skew: timedelta | None = None
    age: timedelta = timedelta()
    retry_after: float = 0.0


class SkewMemory(Protocol):
    """What processes tell each other of the clock's error: AWS's time minus ours, for one endpoint."""

    def recall(self) -> timedelta:
        """What is known; zero when nothing is."""

    def keep(self, skew: timedelta) -> None:
        """Take note of what was measured now; it is told again and again while the clock is off."""


class StsClient:
    """Implements `app.ports.Sts` over one `Http`, which it does not close.

    The wall clock, the monotonic clock, the pause and the random source are arguments so that nothing has to wait in
    a test.
    """

    def __init__(
        self,
        http: Http,
        options: StsOptions | None = None,
        *,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._http = http
        self._options = options or StsOptions()
        self._now = now
        self._monotonic = monotonic
        self._sleep = sleep
        self._chance = chance
        self._skew = timedelta()
        self._measured = False
        self._memory: SkewMemory | None = None
        self._endpoints: dict[str, Endpoint] = {}
        self._log: deque[Exchange] = deque(maxlen=self._options.log_length)

    def go_by(self, memory: SkewMemory) -> None:
        """Begin with what others learnt of the clock's error, and let them know what is learnt from now on."""
        self._memory = memory
        self._skew = memory.recall()

    def reconfigure(self, options: StsOptions) -> None:
        """Work with other options from the next call on."""
        self._options = options
        self._endpoints = {}

    def prepare(self, region: str) -> None:
        """Begin what a request to a region needs. Raises BadInput and NetworkTrouble."""
        self._http.prepare(self._endpoint(region).url)
        load(sigv4, requests, query, decode)

    @property
    def clock_skew(self) -> timedelta:
        """AWS's time minus ours, as last measured; what was known until then, and zero when it is too small to tell."""
        return self._skew

    @property
    def clock_measured(self) -> bool:
        """Whether AWS has told this very process the time."""
        return self._measured

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The last exchanges, oldest first."""
        return tuple(self._log)

    async def assume_role(
        self, request: requests.AssumeRole, *, signer: SigningKey, region: str
    ) -> answers.AssumedRole:
        """See `app.ports.Sts`."""
        return await self._call(request, signer, region, decode.assumed_role)

    async def assume_role_with_saml(
        self, request: requests.AssumeRoleWithSAML, *, region: str
    ) -> answers.AssumedRoleWithSAML:
        """See `app.ports.Sts`."""
        return await self._call(request, None, region, decode.assumed_role_with_saml)

    async def assume_role_with_web_identity(
        self, request: requests.AssumeRoleWithWebIdentity, *, region: str
    ) -> answers.AssumedRoleWithWebIdentity:
        """See `app.ports.Sts`."""
        return await self._call(request, None, region, decode.assumed_role_with_web_identity)

    async def get_session_token(
        self, request: requests.GetSessionToken, *, signer: SigningKey, region: str
    ) -> answers.SessionToken:
        """See `app.ports.Sts`."""
        return await self._call(request, signer, region, decode.session_token)

    async def get_federation_token(
        self, request: requests.GetFederationToken, *, signer: SigningKey, region: str
    ) -> answers.FederationToken:
        """See `app.ports.Sts`."""
        return await self._call(request, signer, region, decode.federation_token)

    async def get_caller_identity(self, *, signer: SigningKey, region: str) -> answers.CallerIdentity:
        """See `app.ports.Sts`."""
        return await self._call(requests.GetCallerIdentity(), signer, region, decode.caller_identity)

    async def get_access_key_info(
        self, request: requests.GetAccessKeyInfo, *, signer: SigningKey, region: str
    ) -> answers.AccessKeyInfo:
        """See `app.ports.Sts`."""
        return await self._call(request, signer, region, decode.access_key_info)

    async def decode_authorization_message(
        self, request: requests.DecodeAuthorizationMessage, *, signer: SigningKey, region: str
    ) -> answers.DecodedMessage:
        """See `app.ports.Sts`."""
        return await self._call(request, signer, region, decode.decoded_message)

    async def _call(
        self,
        request: requests.Request,
        signer: SigningKey | None,
        region: str,
        decoder: Callable[[replies.Reply, datetime], T],
    ) -> T:
        endpoint = self._endpoint(region)
        parameters = request.parameters()
        for name, value in parameters:
            if name in ("RoleArn", "PrincipalArn") and isinstance(value, str):
                check_agreement(value, region, field=name)
        if signer is not None:
            _check_signer(signer)
        call = _Call(
            request=request,
            parameters=parameters,
            signer=signer,
            endpoint=endpoint,
            host=endpoint.host,
            body=query.encode(request.ACTION, parameters),
            decode=decoder,
        )
        return await self._persist(call)

    def _endpoint(self, region: str) -> Endpoint:
        """Where to ask, by the options that hold. Raises BadInput."""
        if region not in self._endpoints:
            self._endpoints[region] = self._options.endpoints.sts(region)
        return self._endpoints[region]

    async def _persist(self, call: _Call[T]) -> T:
        """Try until it works, or until trying makes no sense any more."""
        options = self._options
        begun = self._monotonic()
        repeats, clock_corrected = 0, False
        while True:
            left = options.patience - (self._monotonic() - begun)
            outcome = await self._try(call, max(left, 1.0))
            if not isinstance(outcome, _Failure):
                return outcome
            if call.once_only:
                raise outcome.error
            if outcome.error.retry is Retry.CLOCK:
                if clock_corrected or not (_clock_is_off(outcome) or outcome.age > CLOCK_TOLERANCE):
                    # The time was not the reason, or correcting it did not help: nobody need try that again.
                    outcome.error.retry = Retry.NEVER
                    raise outcome.error
                clock_corrected = True
                continue
            pause = self._pause(outcome, repeats)
            left = options.patience - (self._monotonic() - begun)
            if outcome.error.retry is not Retry.BACK_OFF or repeats >= options.max_retries or pause >= left:
                raise outcome.error
            repeats += 1
            await self._sleep(pause)

    def _pause(self, failure: _Failure, repeats: int) -> float:
        """Seconds until the next try: random up to a bound that doubles, and not less than AWS asked for."""
        longest = min(self._options.retry_base * float(2**repeats), PAUSE_LONGEST)
        return max(longest * self._chance(), min(failure.retry_after, PAUSE_LONGEST))

    async def _try(self, call: _Call[T], seconds: float) -> T | _Failure:
        """One exchange. An answer's time is believed only if the answer is AWS's."""
        started, begun, used = self._now(), self._monotonic(), self._skew
        answer: Answer | None = None
        code, request_id, message = "cancelled", "", ""
        told: timedelta | None = None
        try:
            answer = await self._http.send(
                "POST",
                call.endpoint.url,
                headers=self._headers(call, started + used),
                body=call.body,
                seconds=seconds,
            )
            reply = replies.read_reply(answer, call.request, call.host, signer=call.signer)
            request_id = reply.request_id
            told, skew = answer.skew, self._skew_by(answer)
            decoded = call.decode(reply, answer.received + (timedelta() if told is None else skew))
            self._believe(answer)
        except RolecallError as error:
            failure = _Failure(error=error, used=used)
            code, request_id = error.code, error.request_id or request_id
            if answer is not None:
                failure.retry_after = _retry_after(answer)
                failure.age = answer.received - started
                if replies.is_from_aws(error):
                    self._believe(answer)
                    failure.skew = told = answer.skew
                    message = error.detail
            return failure
        else:
            code = ""
            return decoded
        finally:
            exchange = Exchange(
                action=call.request.ACTION,
                endpoint=call.host,
                started=started,
                seconds=self._monotonic() - begun,
                status=0 if answer is None else answer.status,
                code=code,
                message=message,
                request_id=request_id,
                signed_by="" if call.signer is None else key_short(call.signer.access_key_id),
                parameters=showable(call.parameters),
                skew=told,
            )
            self._log.append(exchange)

    def _headers(self, call: _Call[T], now: datetime) -> dict[str, str]:
        headers = {"content-type": query.CONTENT_TYPE, "accept": "text/xml"}
        if call.signer is None:
            return headers | {"host": call.host}
        return sigv4.sign_headers(
            call.signer,
            method="POST",
            url=call.endpoint.url,
            headers=headers,
            body=call.body,
            region=call.endpoint.signing_region,
            service="sts",
            now=now,
        )

    def _believe(self, answer: Answer) -> None:
        """Take over AWS's time. Only what has proved to be AWS's answer to this very request gets here."""
        if answer.skew is None:
            return
        before, self._skew, self._measured = self._skew, self._skew_by(answer), True
        if self._memory is not None and (self._skew or before):
            self._memory.keep(self._skew)

    def _skew_by(self, answer: Answer) -> timedelta:
        """AWS's time minus ours, going by an answer; what is known already unless it differs by more than noise.

        Of an answer that took long nobody knows when in that time it was dated: it says less. The machine may have
        slept then, and the date be that of either end, to the second.
        """
        measured, took = answer.skew, answer.took or 0
        if measured is None:
            return self._skew
        doubt = max(SKEW_NOISE / 2, timedelta(seconds=took * (0.5 + STEERED) + CUT_OFF_SECONDS))
        if abs(measured) < SKEW_NOISE and doubt < SKEW_NOISE:
            return timedelta()
        return measured if abs(measured - self._skew) > doubt else self._skew


def _clock_is_off(failure: _Failure) -> bool:
    """Whether AWS's Date header explains the refusal: our signature's time was minutes away from it."""
    return failure.skew is not None and abs(failure.skew - failure.used) > CLOCK_TOLERANCE


def _retry_after(answer: Answer) -> float:
    """Seconds from the Retry-After header; its other form, a date, is not used by AWS."""
    text = answer.headers.get("retry-after", "").strip()
    return float(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0.0


def _check_signer(signer: SigningKey) -> None:
    """Refuse keys that cannot stand in a header, before they reach one."""
    token = signer.session_token
    good = _KEY_ID.fullmatch(signer.access_key_id) and signer.secret_access_key
    if good and (token is None or _TOKEN.fullmatch(token.reveal())):
        return
    raise BadInput(
        code="signer",
        title="The access key cannot sign",
        detail="Its key ID, secret or session token is empty or has characters that none can have.",
        remedy="Enter key ID and secret again, as the IAM console showed them.",
        field="access_key_id",
    )
