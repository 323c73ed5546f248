"""The one way from a click to something that takes time."""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import TYPE_CHECKING

from app.domain.errors import Declined, RolecallError
from app.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

_log = logging.getLogger(__name__)
_running: set[asyncio.Task[object]] = set()
_untold: list[Callable[[RolecallError], None]] = []


def spawn(
    coro: Coroutine[object, object, object],
    on_error: Callable[[RolecallError], None] | None = None,
) -> asyncio.Task[object]:
    """Run `coro` on the running loop, keep it alive until it ends, and bring its failure to `on_error`.

    `Declined` is no failure and goes nowhere, as does cancellation. An error that is not ours is a fault of the
    program: it is logged without its text, which might hold anything, and told as such.
    """
    task = asyncio.get_running_loop().create_task(coro)
    _running.add(task)

    def ended(done: asyncio.Task[object]) -> None:
        _running.discard(done)
        if done.cancelled():
            return
        error = done.exception()
        if error is None or isinstance(error, Declined):
            return
        if not isinstance(error, RolecallError):
            frames = traceback.extract_tb(error.__traceback__)
            where = "\n".join(f"  {each.filename}:{each.lineno} in {each.name}" for each in frames)
            _log.error("A task of the window failed: %s\n%s", type(error).__name__, where)
            error = _fault(error)
        if on_error is None:
            _log.warning("Nobody showed this: %s", error.title)
            for show in _untold:
                show(error)
        else:
            on_error(error)

    task.add_done_callback(ended)
    return task


def show_untold(show: Callable[[RolecallError], None] | None) -> None:
    """Have `show` called with failures that nobody else shows; with None by nobody any more."""
    _untold[:] = [] if show is None else [show]


async def drained() -> None:
    """Wait until every task started so far has ended, or was cancelled (used on quitting and in tests)."""
    while _running:
        await asyncio.gather(*_running, return_exceptions=True)
        await asyncio.sleep(0)


def cancel_all() -> None:
    """Cancel what still runs; used on quitting."""
    for task in tuple(_running):
        task.cancel()


def _fault(error: BaseException) -> RolecallError:
    return RolecallError(
        code="internal",
        title=tr("Something went wrong inside Rolecall"),
        detail=tr("{error} while the window was at work.").format(error=type(error).__name__),
        remedy=tr("Try again. If it happens again, please report it with the log."),
    )
