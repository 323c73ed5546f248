"""The desk where questions to a person lie until they are answered, declined or no longer matter."""

from __future__ import annotations

import asyncio
import enum
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.domain.configuration import Flow
from app.domain.errors import BadInput, Declined, NeedsPerson
from app.domain.secret import Secret
from app.domain.values import dataclass, field, replace
from app.domain.view import NeedView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from app.domain.errors import Problem
    from app.domain.view import SignInView


class Nudge(enum.Enum):
    """What a question that stays open may hear, besides answers."""

    CLICKED = "clicked"
    """One more click waits for it."""
    LOOK_AGAIN = "look again"
    """Another process did something that may have answered it."""


Message = Secret | Flow | Declined | Nudge


@dataclass(slots=True, kw_only=True, eq=False)
class Question:
    """One question.

    `waiting` tells, at any moment, which profiles wait for the answer, and for each whether a person's own click does.
    An empty name is a wish that is no profile's. `owner` is the session that asks, or empty. `wanted_now` is true once
    a click waits. A question with an `inbox` stays open: it hears whatever is said to it, until it is taken away. It is
    `held` while it has yet to hear of a click.
    `remedy` is for where nobody can be asked.
    """

    key: str
    kind: str
    title: str
    waiting: Callable[[], Mapping[str, bool]]
    owner: str
    device: str = ""
    identity: str = ""
    command: tuple[str, ...] = ()
    profiles: frozenset[str] = frozenset()
    clicked: frozenset[str] = frozenset()
    wanted_now: bool = False
    held: bool = False
    sending: bool = False
    problem: Problem | None = None
    next_code_at: datetime | None = None
    answer: asyncio.Future[Secret] | None = None
    inbox: asyncio.Queue[Message] | None = None
    sign_in: SignInView | None = None
    link: Secret | str = ""
    remedy: str = ""

    @property
    def asked(self) -> bool:
        """Whether an answer would be heard."""
        return self.answer is not None or self.inbox is not None

    def view(self) -> NeedView:
        """The question as people see it."""
        return NeedView(
            key=self.key,
            kind=self.kind,
            title=self.title,
            device=self.device,
            identity=self.identity,
            command=self.command,
            profiles=tuple(sorted(filter(None, self.profiles))),
            wanted_now=self.wanted_now,
            sending=self.sending,
            problem=self.problem,
            next_code_at=self.next_code_at,
            sign_in=self.sign_in,
        )


@dataclass(slots=True, kw_only=True)
class _Pile:
    """One question as several lay it: the same command of one identity may be waited for by several sessions."""

    question: Question
    layers: list[Question] = field(default_factory=list)


class Desk:
    """All open questions, in the order they came.

    A click that needs a code or a word here and a sign-in elsewhere gets one after the other: what a sign-in opens
    would lie over the sheet that a person types into, and take the keyboard from it.

    `changed` is called after every change; `asked` when sessions begin or end waiting for a person: their names, and
    what for (empty when the person has answered).
    """

    def __init__(
        self, *, person_present: bool, changed: Callable[[], None], asked: Callable[[frozenset[str], str], None]
    ) -> None:
        self._person_present = person_present
        self._changed = changed
        self._asked = asked
        self._piles: dict[str, _Pile] = {}

    def views(self) -> tuple[NeedView, ...]:
        """All open questions as people see them, those for codes of one device as one.

        One that is laid but not asked yet could not take an answer.
        """
        groups: dict[str, list[Question]] = {}
        for question in (pile.question for pile in self._piles.values()):
            if question.asked or question.sending:
                groups.setdefault(_group(question), []).append(question)
        return tuple(_together(group) for group in groups.values())

    def used(self, question: Question, next_code_at: datetime | None) -> None:
        """A code was sent: whoever else waits for one of that device has to wait for the next. None: not any more."""
        for other in self._group_of(question.key):
            if other is not question:
                other.next_code_at = next_code_at
        self._changed()

    def _group_of(self, key: str) -> list[Question]:
        """The questions that people see as the one of that key."""
        pile = self._piles.get(key)
        if pile is None:
            return []
        group = _group(pile.question)
        return [each.question for each in self._piles.values() if _group(each.question) == group]

    @contextmanager
    def lay(self, question: Question) -> Iterator[Question]:
        """Keep a question on the desk, over several answers if the first is wrong; yields the one that lies there.

        Raises NeedsPerson where nobody can be asked.
        """
        if not self._person_present:
            raise NeedsPerson(
                code=f"needs-{question.kind}",
                title=question.title,
                detail="There is nobody to ask: no terminal and no window.",
                remedy=_remedy(question),
            )
        pile = self._piles.setdefault(question.key, _Pile(question=question))
        pile.layers.append(question)
        self._count(pile)
        self._pass_on()
        try:
            yield pile.question
        finally:
            pile.layers.remove(question)
            if not pile.layers:
                del self._piles[question.key]
            self._asked(frozenset({question.owner, *question.waiting()}), "")
            self._pass_on()
            self._changed()

    async def ask(
        self, question: Question, *, problem: Problem | None = None, next_code_at: datetime | None = None
    ) -> Secret:
        """Wait for an answer to a question that lies on the desk. Raises Declined."""
        if question.answer is None:
            question.problem, question.next_code_at, question.sending = problem, next_code_at, False
            question.answer = asyncio.get_running_loop().create_future()
        future = question.answer
        self._tell_waiting(question)
        try:
            # Shielded: one of several who wait may be cancelled, and the question stays for the others.
            answer = await asyncio.shield(future)
        finally:
            if future.done() and question.answer is future:
                question.answer = None
        question.sending = True
        self._asked(self._concerned(question), "")
        self._changed()
        return answer

    def recount(self) -> None:
        """Somebody boarded or left a flight: tell anew who waits for which question."""
        for pile in self._piles.values():
            self._count(pile)
        self._pass_on()

    def put_off(self, key: str) -> None:
        """A person answers later: what the need stands for opens nothing by itself before another click."""
        for question in self._group_of(key):
            question.wanted_now = False
        self._pass_on()
        self._changed()

    def _pass_on(self) -> None:
        """Let sign-ins hear of clicks, unless a person has something to do here first."""
        questions = [pile.question for pile in self._piles.values()]
        if any(each.wanted_now and each.inbox is None for each in questions):
            return
        for each in questions:
            if each.held and each.inbox is not None:
                each.held = False
                each.inbox.put_nowait(Nudge.CLICKED)

    def _count(self, pile: _Pile) -> None:
        question = pile.question
        waiting: dict[str, bool] = {}
        for layer in pile.layers:
            for name, clicked in layer.waiting().items():
                waiting[name] = waiting.get(name, False) or clicked
        clicks = frozenset(name for name, by_person in waiting.items() if by_person)
        if question.profiles == waiting.keys() and question.clicked == clicks:
            return
        new = bool(clicks - question.clicked)
        question.wanted_now = new or (question.wanted_now and bool(clicks))
        question.profiles, question.clicked = frozenset(waiting), clicks
        question.held = question.inbox is not None and bool(clicks) and (new or question.held)
        if question.asked:
            self._tell_waiting(question)
        self._changed()

    def _tell_waiting(self, question: Question) -> None:
        self._asked(self._concerned(question), question.kind)
        self._changed()

    def _concerned(self, question: Question) -> frozenset[str]:
        pile = self._piles.get(question.key)
        owners = {layer.owner for layer in pile.layers} if pile is not None else set()
        return frozenset({question.owner, *owners, *question.profiles})

    def answer(self, key: str, text: str) -> None:
        """A person answered. An answer to a question that is gone, or being sent, changes nothing."""
        future = self._open(key)
        if future is not None:
            future.set_result(Secret(text))
        self.say(key, Secret(text))

    def decline(self, key: str) -> None:
        """A person said no, to all that the need stands for."""
        for each in [question.key for question in self._group_of(key)]:
            future = self._open(each)
            if future is not None:
                future.set_exception(Declined())
            self.say(each, Declined())

    def choose_way(self, key: str, way: str) -> None:
        """A person wants to sign in another way. Raises BadInput for one that is not offered."""
        pile = self._piles.get(key)
        sign_in = pile.question.sign_in if pile is not None else None
        if sign_in is None:
            return
        if way not in sign_in.ways:
            raise BadInput(
                code="sign-in-way",
                title="This provider is not signed in to that way",
                detail=f"Possible are {', '.join((sign_in.way, *sign_in.ways))}.",
                remedy="Choose one of these.",
                field="flow",
            )
        self.say(key, Flow(way))

    def say(self, key: str, message: Message) -> None:
        """Tell a question that stays open; one that is gone hears nothing."""
        pile = self._piles.get(key)
        if pile is not None and pile.question.inbox is not None:
            pile.question.inbox.put_nowait(message)

    def link(self, key: str) -> Secret | str:
        """The link of a sign-in, for another browser or device; empty when there is none."""
        pile = self._piles.get(key)
        return pile.question.link if pile is not None else ""

    def _open(self, key: str) -> asyncio.Future[Secret] | None:
        pile = self._piles.get(key)
        future = pile.question.answer if pile is not None else None
        return future if future is not None and not future.done() else None


def _group(question: Question) -> str:
    return f"device {question.device}" if question.kind == "mfa" else f"key {question.key}"


def _together(questions: list[Question]) -> NeedView:
    """Questions for one device as one need: that is answered first which a person clicked for, or that came first."""
    first = min(questions, key=lambda each: (not each.sending, not each.clicked))
    profiles = {name for each in questions for name in each.profiles if name}
    wanted_now = any(each.wanted_now for each in questions)
    return replace(first.view(), profiles=tuple(sorted(profiles)), wanted_now=wanted_now, codes=len(questions))


def _remedy(question: Question) -> str:
    if question.remedy:
        return question.remedy
    name = min(filter(None, question.waiting()), default="NAME")
    return f"Run `rolecall assume {name}` in a terminal, or open the window and answer there."
