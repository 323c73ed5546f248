"""A sign-in that a person does: the need that says so, and what is open for it meanwhile.

It begins closed, as one entry among the needs. A click that waits, or an empty answer, opens window, browser or device
code; a pasted response ends it at any time. No lock between processes is held while it lasts.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from app.core.desk import Nudge
from app.domain.configuration import Flow
from app.domain.errors import BadInput, Declined, RolecallError
from app.domain.secret import Secret
from app.domain.values import replace
from app.domain.view import SignInView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.core.desk import Message, Question
    from app.core.ways_in import WaysIn
    from app.domain.proof import Proof
    from app.domain.web_identity import DeviceCode
    from app.ports import Desktop


class Conversation:
    """One question of kind `sign-in` while it lies on the desk.

    `changed` is called after every change of what people see.
    """

    def __init__(  # what a conversation is between
        self,
        question: Question,
        ways: WaysIn,
        way: Flow,
        *,
        desktop: Desktop | None,
        changed: Callable[[], None],
    ) -> None:
        self._question = question
        self._ways = ways
        self._way = way
        self._desktop = desktop
        self._changed = changed
        self._attempt: asyncio.Task[Proof] | None = None
        self._show()

    async def proof(self) -> Proof:
        """Wait for it. Raises Declined, and whatever ends the way that was opened."""
        try:
            while True:
                heard = await self._hear()
                proof = await self._heed(heard)
                if proof is not None:
                    return proof
        finally:
            await self._close()

    async def _hear(self) -> Message | None:
        """What is said next, or None when the attempt that is open has ended."""
        inbox = self._question.inbox
        if inbox is None:
            message = "a sign-in's question stays open"
            raise AssertionError(message)
        getting = asyncio.ensure_future(inbox.get())
        try:
            await asyncio.wait(filter(None, (getting, self._attempt)), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not getting.done():
                getting.cancel()
        if self._attempt is not None and self._attempt.done():
            return None
        return getting.result()

    async def _heed(self, heard: Message | None) -> Proof | None:
        match heard:
            case None:
                return self._attempt.result() if self._attempt is not None else None
            case Declined():
                raise heard
            case Flow():
                await self._close()
                self._way, self._question.problem = heard, None
                self._show()
                self._open()
            case Nudge.LOOK_AGAIN:
                return await self._look_again()
            case Nudge.CLICKED:
                self._open()
            case Secret() as text if text.reveal().strip() and self._ways.provider.type == "saml":
                return self._read(text)
            case _:
                self._open(again=True)
        return None

    async def _look_again(self) -> Proof | None:
        """Without a person, if nothing is open yet: another process may have signed in.

        What goes wrong with that leaves the need as it is.
        """
        if self._attempt is not None:
            return None
        with suppress(RolecallError):
            return await self._ways.again()
        return None

    def _read(self, text: Secret) -> Proof | None:
        """A pasted response; a bad one leaves everything open, with a word about it."""
        try:
            return self._ways.pasted(text)
        except BadInput as error:
            self._question.problem = error.problem
            self._changed()
            return None

    def _open(self, *, again: bool = False) -> None:
        """Open the chosen way; what is open already comes to the front, and `again` opens the browser's page anew."""
        if self._attempt is None and self._way is not Flow.PASTE:
            self._question.problem = None
            opening = self._ways.shown(self._way, open_url=self._opened_url, show=self._show_code)
            self._attempt = asyncio.create_task(_of(opening), name=f"{self._question.key} ({self._way.value})")
            self._show(opened=True)
        elif self._way is Flow.WINDOW:
            self._ways.raise_window()
        elif again and self._way is Flow.BROWSER and isinstance(self._question.link, Secret) and self._desktop:
            self._desktop.open_secret_url(self._question.link)

    async def _close(self) -> None:
        attempt, self._attempt = self._attempt, None
        self._question.link = ""
        if attempt is None:
            return
        if not attempt.done():
            attempt.cancel()
            await asyncio.wait([attempt])
        if not attempt.cancelled():
            attempt.exception()  # it was raised already, or does not matter any more

    def _opened_url(self, url: Secret) -> None:
        self._question.link = url
        self._show(opened=True)
        if self._desktop is not None:
            self._desktop.open_secret_url(url)

    def _show_code(self, code: DeviceCode) -> None:
        self._question.link = code.complete_url or code.url
        self._show(opened=True, code=code)

    def _show(self, *, opened: bool = False, code: DeviceCode | None = None) -> None:
        view = SignInView(
            provider=self._ways.provider.name,
            way=self._way.value,
            ways=tuple(each.value for each in self._ways.for_person() if each is not self._way),
            opened=opened or self._way is Flow.PASTE,
            has_link=bool(self._question.link),
        )
        if code is not None:
            view = replace(
                view,
                user_code=code.user_code,
                url=code.url,
                complete_url=code.complete_url,
                code_expires=code.expires,
            )
        self._question.sign_in = view
        self._changed()


async def _of(awaitable: Awaitable[Proof]) -> Proof:
    return await awaitable
