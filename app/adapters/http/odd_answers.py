"""Answers that are not written plainly, read by h11: in pieces, in chunks, with words before them, ended by closing.

Loaded with the first of them: AWS's are plain, and to load h11 takes as long as ten calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h11

from app.adapters.http.messages import HEAD_LONGEST, BrokenAnswerError, Head

if TYPE_CHECKING:
    from app.adapters.http.messages import Asked


class OddAnswer:
    """Methods as of PlainAnswer; all but `is_over` raise BrokenAnswerError."""

    def __init__(self, asked: Asked, data: bytes) -> None:
        self._talk = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=HEAD_LONGEST)
        self._talk.send(h11.Request(method=asked.method, target=asked.target, headers=asked.headers))
        self._talk.send(h11.Data(data=asked.body))
        self._talk.send(h11.EndOfMessage())
        self.feed(data)

    def head(self) -> Head | None:
        """See PlainAnswer. Heads that only say that one will come are passed over."""
        while isinstance(event := self._event(), h11.InformationalResponse):
            pass
        if event is h11.NEED_DATA:
            return None
        if not isinstance(event, h11.Response):
            raise BrokenAnswerError("no answer")
        return Head(event.status_code, list(event.headers))

    def piece(self) -> bytes | None:
        """See PlainAnswer."""
        while isinstance(event := self._event(), h11.Data):
            if event.data:
                return bytes(event.data)
        if event is h11.NEED_DATA:
            return None
        if not isinstance(event, h11.EndOfMessage):
            raise BrokenAnswerError("the answer broke off")
        return b""

    def feed(self, data: bytes) -> None:
        """See PlainAnswer."""
        self._talk.receive_data(data)

    def _event(self) -> Any:  # noqa: ANN401  # events of several kinds, and marks
        try:
            return self._talk.next_event()
        except h11.RemoteProtocolError as error:
            raise BrokenAnswerError from error

    @property
    def is_over(self) -> bool:
        """See PlainAnswer."""
        talk, done = self._talk, h11.DONE
        return talk.our_state is done and talk.their_state is done and not talk.trailing_data[0]
