"""MFA codes: where they come from, and that none is used twice.

A device's last used 30-second step is recorded, under the device's lock and for all processes, before its code
is sent. Whoever finds the present step used waits for the next. A mistyped code uses up no step: once AWS has called
it wrong, another may be typed at once, only not the same.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.core.desk import Question
from app.domain import otp
from app.domain.configuration import MfaMethod
from app.domain.errors import BadInput, Retry
from app.domain.secret import Secret
from app.domain.sts_limits import fault
from app.domain.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from app.core.desk import Desk
    from app.core.world import World
    from app.domain.configuration import Identity
    from app.domain.errors import RolecallError
    from app.domain.state import SharedState

    Sent = dict[str, tuple[tuple[int, str], ...]]
    """By device: steps, and the digests of what was typed and sent in them."""

WRONG_CODE = "mfa-code-wrong"
USED_CODE = "mfa-code-used"
SENT_STEPS = 10
"""For so many steps a code that a person typed is remembered, as a digest and in this process alone."""
STEPS_AHEAD_MOST = 2
"""A used step further in the future was recorded with a wrong clock, corrected since: nobody waits for it."""


class Codes:
    """Gives out codes for the devices of identities."""

    def __init__(self, world: World, desk: Desk) -> None:
        self._world = world
        self._desk = desk
        self._sent: Sent = {}

    @contextmanager
    def opened(self, identity: Identity, device: str, question: Question) -> Iterator[CodeGiver]:
        """A giver of codes for one call to AWS; a person's question stays open until the call is over."""
        if identity.mfa is MfaMethod.ASK:
            with self._desk.lay(question) as lying:
                yield AskedCodes(self._world, self._desk, device, lying, self._sent)
        elif identity.mfa is MfaMethod.STORED:
            yield StoredCodes(self._world, device, identity.name)
        else:
            yield CommandCodes(self._world, self._desk, device, identity, question)


class CodeGiver:
    """Codes for one call to AWS. This one gives none, for calls that need none.

    `prepare` may take as long as a person does; `take`, called under the session's lock, records and returns. `device`
    is whose codes they are; empty for none.
    """

    device = ""

    async def prepare(self, refusal: RolecallError | None) -> None:
        """Get ready for `take`. `refusal` is what the last code met with, or None. Raises Declined, or `refusal`."""
        if refusal is not None:
            raise refusal

    async def take(self) -> Secret | None:
        """A code that was never used, recorded as used. Raises BadInput `mfa-code-used` if it may have been."""
        return None

    async def refused(self, error: RolecallError) -> None:
        """AWS, or the way to it, answered a call with `error`."""

    def another(self, error: RolecallError) -> bool:  # noqa: ARG002  # the rule of those that give none
        """Whether a further code may help after `error`."""
        return False


class _DeviceCodes(CodeGiver):
    """What all givers for a device share."""

    def __init__(self, world: World, device: str) -> None:
        self._world = world
        self.device = device
        self._refusals = 0
        self._before: int | None = None
        """What was recorded for the device before the last claim."""

    async def prepare(self, refusal: RolecallError | None) -> None:
        """See CodeGiver: a refused code is followed by one more."""
        if refusal is not None and self._refusals:
            raise refusal
        self._refusals += refusal is not None

    def another(self, error: RolecallError) -> bool:
        """See CodeGiver."""
        return error.code in (WRONG_CODE, USED_CODE) or error.retry is Retry.CLOCK

    def _step(self) -> int:
        return otp.step_of(self._world.now())

    async def _claim_next(self) -> int:
        """Claim the present step, or wait for the first that is free."""
        step = self._step()
        while not await self._claim(step):
            step = self._step() + 1
            while (left := (otp.step_begins(step) - self._world.now()).total_seconds()) > 0:
                await self._world.clock.sleep(min(left, otp.STEP_SECONDS))
                step = min(step, self._step() + 1)
            step = self._step()
        return step

    async def _claim(self, step: int) -> bool:
        """Record `step` as used, unless it or a later one is already."""
        claimed = False

        def record(state: SharedState) -> SharedState:
            nonlocal claimed
            last = state.totp_steps.get(self.device, -1)
            claimed = last < step or last > step + STEPS_AHEAD_MOST
            if claimed:
                self._before = state.totp_steps.get(self.device)
            return replace(state, totp_steps={**state.totp_steps, self.device: step}) if claimed else state

        async with self._world.locks.hold(f"mfa {self.device}"):
            await self._world.state.update(record)
        return claimed

    async def _give_back(self, step: int) -> None:
        """Record `step` as not used after all, unless somebody went on from it."""
        before = self._before

        def unrecord(state: SharedState) -> SharedState:
            if state.totp_steps.get(self.device) != step:
                return state
            others = {device: each for device, each in state.totp_steps.items() if device != self.device}
            return replace(state, totp_steps=others if before is None else {**others, self.device: before})

        async with self._world.locks.hold(f"mfa {self.device}"):
            await self._world.state.update(unrecord)


class StoredCodes(_DeviceCodes):
    """Codes computed from the TOTP secret in the keyring."""

    def __init__(self, world: World, device: str, identity: str) -> None:
        super().__init__(world, device)
        self._identity = identity
        self._claimed: int | None = None

    async def take(self) -> Secret:
        """See CodeGiver."""
        secret = await self._world.secrets.get(f"totp/{self._identity}")
        if secret is None:
            raise BadInput(
                code="totp-missing",
                title=f"No TOTP secret is stored for “{self._identity}”",
                detail="Its codes are set to come from the keyring, but the keyring has none.",
                remedy="Store the secret again, or set mfa to “ask”.",
                field="mfa",
            )
        self._claimed = await self._claim_next()
        return self._world.totp.code(secret, self._claimed)

    async def refused(self, error: RolecallError) -> None:
        """See CodeGiver: a code of a wrong time was none, and what is known of the device's last one still holds."""
        wrong = error.code == WRONG_CODE or error.retry is Retry.CLOCK
        if wrong and self._claimed is not None and abs(self._claimed - self._step()) > 1:
            await self._give_back(self._claimed)
        self._claimed = None


class AskedCodes(_DeviceCodes):
    """Codes that a person types, asked again as often as one is wrong."""

    def __init__(self, world: World, desk: Desk, device: str, question: Question, sent: Sent) -> None:
        super().__init__(world, device)
        self._desk = desk
        self._question = question
        self._sent = sent
        self._code = Secret("")
        self._claimed: int | None = None

    async def prepare(self, refusal: RolecallError | None) -> None:
        """See CodeGiver. Raises Declined."""
        problem = None if refusal is None else refusal.problem
        while True:
            self._code = await self._desk.ask(self._question, problem=problem, next_code_at=await self._next_code_at())
            broken = fault("TokenCode", self._code.reveal())
            if broken is None:
                return
            problem = broken.problem

    async def take(self) -> Secret:
        """See CodeGiver."""
        self._claimed, step = None, self._step()
        recent = tuple(each for each in self._sent.get(self.device, ()) if each[0] > step - SENT_STEPS)
        digest = hashlib.sha256(self._code.reveal().encode()).hexdigest()
        if any(digest == each for _, each in recent):
            raise _used("This code was sent a moment ago")
        if not await self._claim(step):
            raise _used("A code of this device was used a moment ago")
        self._claimed = step
        self._sent[self.device] = (*recent, (step, digest))
        self._desk.used(self._question, otp.step_begins(step + 1))
        return self._code

    async def refused(self, error: RolecallError) -> None:
        """See CodeGiver: a code that AWS calls wrong was none. What else may have happened to one is not known."""
        if error.code == WRONG_CODE and self._claimed is not None:
            await self._give_back(self._claimed)
            self._desk.used(self._question, None)
        self._claimed = None

    async def _next_code_at(self) -> datetime | None:
        used = (await self._world.state.read()).totp_steps.get(self.device, -1)
        now = self._step()
        return otp.step_begins(used + 1) if now <= used <= now + STEPS_AHEAD_MOST else None


def _used(title: str) -> BadInput:
    return BadInput(
        code=USED_CODE,
        title=title,
        detail="AWS takes each code once.",
        remedy="Wait for the next one.",
        field="TokenCode",
    )


class CommandCodes(_DeviceCodes):
    """Codes that an external program prints, once a person has agreed to it."""

    def __init__(self, world: World, desk: Desk, device: str, identity: Identity, question: Question) -> None:
        super().__init__(world, device)
        self._desk = desk
        self._identity = identity
        self._question = question

    async def prepare(self, refusal: RolecallError | None) -> None:
        """See CodeGiver. Raises Declined."""
        await super().prepare(refusal)
        question = Question(
            key="",
            kind="command",
            title=f"Run a command for MFA codes of “{self._identity.name}”?",
            waiting=self._question.waiting,
            owner=self._question.owner,
            device=self.device,
            identity=self._identity.name,
            command=self._identity.mfa_command,
        )
        await confirm_command(self._world, self._desk, question)

    async def take(self) -> Secret:
        """See CodeGiver. A code printed while one step went over into the next may be of either: both are used up."""
        while True:
            step = await self._claim_next()
            code = await self._world.mfa_command.code(self._identity.mfa_command)
            if self._step() == step or await self._claim(self._step()):
                return code


async def confirm_command(world: World, desk: Desk, question: Question) -> None:
    """Ask, once for ever, whether the question's command may run. Raises Declined, or NeedsPerson."""
    digest = command_digest(question.command)
    if digest in (await world.state.read()).confirmed_commands:
        return
    question.key = f"command {digest}"
    with desk.lay(question) as lying:
        await desk.ask(lying)
    await world.state.update(lambda state: replace(state, confirmed_commands=state.confirmed_commands | {digest}))


def command_digest(command: tuple[str, ...]) -> str:
    """What is remembered of a command that a person agreed to."""
    return hashlib.sha256("\0".join(command).encode()).hexdigest()
