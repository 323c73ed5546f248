"""The desk where questions to a person lie until they are answered, declined or no longer matter."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.errors import Declined, NeedsPerson
from app.domain.secret import Secret
from app.domain.view import NeedView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from app.domain.errors import Problem


@dataclass(kw_only=True)
class Question:
    """One question. `wanted_now` is true once a person's own click waits for it."""

    key: str
    kind: str
    title: str
    device: str = ""
    identity: str = ""
    command: tuple[str, ...] = ()
    profiles: set[str] = field(default_factory=set)
    wanted_now: bool = False
    sending: bool = False
    problem: Problem | None = None
    next_code_at: datetime | None = None
    answer: asyncio.Future[Secret] | None = None

    def view(self) -> NeedView:
        """The question as people see it."""
        return NeedView(
            key=self.key,
            kind=self.kind,
            title=self.title,
            device=self.device,
            identity=self.identity,
            command=self.command,
            profiles=tuple(sorted(self.profiles)),
            wanted_now=self.wanted_now,
            sending=self.sending,
            problem=self.problem,
            next_code_at=self.next_code_at,
        )


class Desk:
    """All open questions, in the order they came.

    `changed` is called after every change; `asked` when a question begins or ends waiting, with the names of
    the profiles that wait and what for (empty when the person has answered).
    """

    def __init__(
        self, *, person_present: bool, changed: Callable[[], None], asked: Callable[[frozenset[str], str], None]
    ) -> None:
        self._person_present = person_present
        self._changed = changed
        self._asked = asked
        self._questions: dict[str, Question] = {}

    def views(self) -> tuple[NeedView, ...]:
        """All open questions as people see them."""
        return tuple(question.view() for question in self._questions.values())

    @contextmanager
    def lay(self, question: Question) -> Iterator[Question]:
        """Keep a question on the desk, over several answers if the first is wrong."""
        if not self._person_present:
            raise NeedsPerson(
                code=f"needs-{question.kind}",
                title=question.title,
                detail="There is nobody to ask: no terminal and no window.",
                remedy=_remedy(question),
            )
        self._questions[question.key] = question
        try:
            yield question
        finally:
            self._questions.pop(question.key, None)
            self._asked(frozenset(question.profiles), "")
            self._changed()

    async def ask(
        self, question: Question, *, problem: Problem | None = None, next_code_at: datetime | None = None
    ) -> Secret:
        """Wait for an answer to a question that lies on the desk. Raises Declined."""
        question.problem, question.next_code_at, question.sending = problem, next_code_at, False
        question.answer = asyncio.get_running_loop().create_future()
        self._asked(frozenset(question.profiles), question.kind)
        self._changed()
        try:
            answer = await question.answer
        finally:
            question.answer = None
        question.sending = True
        self._asked(frozenset(question.profiles), "")
        self._changed()
        return answer

    def join(self, key: str, profile: str, *, wanted_now: bool) -> None:
        """Let one more profile wait for a question that may be lying here."""
        question = self._questions.get(key)
        if question is None:
            return
        question.profiles.add(profile)
        question.wanted_now = question.wanted_now or wanted_now
        if question.answer is not None:
            self._asked(frozenset({profile}), question.kind)
        self._changed()

    def leave(self, key: str, profile: str) -> None:
        """A profile no longer waits."""
        question = self._questions.get(key)
        if question is not None and profile in question.profiles:
            question.profiles.discard(profile)
            self._changed()

    def answer(self, key: str, text: str) -> None:
        """A person answered. An answer to a question that is gone, or being sent, changes nothing."""
        question = self._questions.get(key)
        if question is not None and question.answer is not None and not question.answer.done():
            question.answer.set_result(Secret(text))

    def decline(self, key: str) -> None:
        """A person said no."""
        question = self._questions.get(key)
        if question is not None and question.answer is not None and not question.answer.done():
            question.answer.set_exception(Declined())

    def postpone(self, key: str) -> None:
        """The person looked away: the question stays, but no longer asks for attention by itself."""
        question = self._questions.get(key)
        if question is not None:
            question.wanted_now = False
            self._changed()


def _remedy(question: Question) -> str:
    name = min(question.profiles, default="NAME")
    return f"Run `rolecall assume {name}` in a terminal, or open the window and answer there."
