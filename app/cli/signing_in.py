"""A sign-in at a provider as it looks on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.pasting import read_pasted
from app.cli.terminal import tell
from app.cli.text import local, tell_problem
from app.domain.configuration import Flow
from app.domain.errors import BadInput

if TYPE_CHECKING:
    import asyncio

    from app.core.front import Front
    from app.domain.view import NeedView, SignInView

ASSERTION_MOST = 1 << 20
"""Bytes of a form body with a response, read at most; AWS takes 100,000 characters of base64."""
PICTURE_MOST = 600
"""Characters of a link that is shown as a picture, too."""


def read_assertion(place: str) -> str:
    """A SAML response from a file, or from standard input for `-`; a terminal does not show it. Raises BadInput."""
    try:
        if place == "-" and sys.stdin.isatty():
            text = read_pasted(ASSERTION_MOST)
        elif place == "-":
            text = sys.stdin.buffer.read(ASSERTION_MOST + 1)
        else:
            with Path(place).open("rb") as file:
                text = file.read(ASSERTION_MOST + 1)
    except OSError as error:
        raise BadInput(
            code="assertion-file",
            title="The file with the SAML response cannot be read",
            detail=f"{place}: {error.strerror}.",
            remedy="Name a file, or - for standard input.",
            field="assertion",
        ) from error
    if len(text) > ASSERTION_MOST:
        raise BadInput(
            code="assertion-file",
            title="That is no SAML response",
            detail=f"There are more than {ASSERTION_MOST:,} bytes.",
            field="assertion",
        )
    return text.decode("utf-8", "replace")


async def accompany(front: Front, need: NeedView, changed: asyncio.Event) -> None:
    """Show what a person has to do for a sign-in, until it is over."""
    told: object = None
    now: NeedView | None = need
    while now is not None:
        if told != (facts := (now.problem, _said(now.sign_in))):
            told = facts
            await _show(front, now)
        await changed.wait()
        changed.clear()
        now = next((each for each in front.snapshot().needs if each.key == need.key), None)


def _said(view: SignInView | None) -> object:
    """What of a sign-in is told: that a link can be had now, too, changes nothing of that."""
    return view and (view.way, view.opened, view.user_code, view.url, view.complete_url, view.code_expires)


async def _show(front: Front, need: NeedView) -> None:
    view = need.sign_in
    if need.problem is not None:
        tell_problem(need.problem)
    if view is None:
        return
    if not view.opened:
        await front.answer(need.key, "")
    elif view.way == Flow.DEVICE.value and view.user_code:
        _show_code(view)
    elif view.way == Flow.BROWSER.value:
        tell(f"Sign in to “{view.provider}” in your browser. Ctrl+C cancels.")


def _show_code(view: SignInView) -> None:
    until = f" The code is valid until {local(view.code_expires)}." if view.code_expires else ""
    tell(f"Sign in to “{view.provider}” on any device: open {view.url} and type {view.user_code}.{until}")
    if view.complete_url and view.complete_url != view.url:
        tell(f"This link has the code already: {view.complete_url}")
    if sys.stderr.isatty():
        _show_picture(view.complete_url or view.url)


def _show_picture(url: str) -> None:
    """The link as a QR picture for a phone's camera, drawn with half blocks; none of what no camera reads."""
    if len(url) > PICTURE_MOST:
        return
    try:
        import segno

        segno.make(url, micro=False).terminal(out=sys.stderr, compact=True)
    except Exception:  # noqa: BLE001  # link and code stand above: no picture is a reason to end a sign-in
        return
