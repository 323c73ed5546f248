"""Who the window says is responsible for what a page opened, emptied or failed to load."""

from __future__ import annotations

import threading
from contextlib import closing
from socket import socket
from typing import TYPE_CHECKING

import pytest

from tests.adapters.desktop.saml_login_stage import ASK, LOGIN

if TYPE_CHECKING:
    from tests.adapters.desktop.saml_login_stage import Stage

pytestmark = pytest.mark.x11


@pytest.mark.parametrize("address", ["", "about:blank"])
def test_an_empty_window_is_shown_as_its_openers(stage: Stage, address: str) -> None:
    """A page may write anything into it: who did that has to stand over it."""
    fake = "opened.document.write('<h1>Your bank</h1><input type=password>')"
    stage.public.put("/opens", f"<h1>Welcome</h1>{ASK}<script>const opened = open('{address}'); {fake}</script>")
    stage.remote.sign_in(f"https://{LOGIN}/opens")
    named = (2, LOGIN, "Encrypted connection")
    stage.remote.until(
        lambda window: (window["pages"], window["host"], window["manner"]) == named, "it bears its opener's name"
    )


BLANKS = """<script>
opener.location = 'about:blank';
const writing = setInterval(() => {
  try {
    if (opener.location.href !== 'about:blank') return;
    opener.document.write('<h1>Your bank</h1><input type=password>');
  } catch { return; }
  clearInterval(writing);
  fetch('/written').finally(close);
}, 50);
</script>"""


def test_an_emptied_page_keeps_its_name(stage: Stage) -> None:
    stage.public.put("/opened", BLANKS)
    stage.public.put("/opens", "<h1>Welcome</h1><script>open('/opened')</script>")
    stage.remote.sign_in(f"https://{LOGIN}/opens")
    stage.remote.until(lambda window: "GET /written" in stage.public.seen and window["pages"] == 1, "it was emptied")
    window = stage.remote.until(lambda window: window["host"] == LOGIN, "it has its name again")
    assert window["manner"] == "Encrypted connection"
    assert not window["busy"]


def test_what_a_stranger_wrote_into_an_emptied_page_has_the_strangers_name(stage: Stage) -> None:
    """Who sends a window to about:blank may write into it: the page that was there before does not answer for it."""
    stranger = stage.provider.put("/opened", BLANKS)
    stage.public.put("/opens", f"<h1>Welcome</h1><script>open('{stranger}')</script>")
    stage.remote.sign_in(f"https://{LOGIN}/opens")
    stage.remote.until(lambda window: "GET /written" in stage.provider.seen and window["pages"] == 1, "it was emptied")
    window = stage.remote.until(lambda window: window["host"] not in ("", LOGIN), "somebody is named")
    assert window["host"] in (f"127.0.0.1:{stage.provider.port}", "A page without an address")
    window = stage.remote.until(lambda window: window["host"].startswith("127."), "the stranger is named")
    assert window["manner"] == "Not encrypted — this machine"


@pytest.mark.parametrize("sandboxed", [False, True])
def test_an_empty_window_of_a_frame_is_not_the_pages(stage: Stage, *, sandboxed: bool) -> None:
    write = "const opened = open(''); opened.document.write('<h1>Your bank</h1><input type=password>')"
    frame = stage.provider.put("/frame", f"<script>{write}</script>")
    rules = "sandbox='allow-scripts allow-popups'" if sandboxed else ""
    stage.public.put("/opens", f"<h1>Welcome</h1><iframe {rules} src='{frame}'></iframe>")
    stage.remote.sign_in(f"https://{LOGIN}/opens")
    named = "A page without an address" if sandboxed else f"127.0.0.1:{stage.provider.port}"
    stage.remote.until(lambda window: (window["pages"], window["host"]) == (2, named), "the frame's window is named")
    manner = "Type nothing secret here" if sandboxed else "Not encrypted — this machine"
    assert stage.remote.window()["manner"] == manner


@pytest.mark.parametrize("first", ["", f"https://{LOGIN}/login"])
def test_a_window_that_could_not_be_loaded_has_no_lock(stage: Stage, first: str) -> None:
    """There was no connection that could have been encrypted."""
    with closing(socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        target = f"https://127.0.0.1:{taken.getsockname()[1]}"
        script = f"const opened = open('{first or target}')"
        if first:
            script += f"; setTimeout(() => {{ opened.location = '{target}' }}, 500)"
        stage.remote.sign_in(stage.provider.put("/login", f"<h1>Welcome</h1><script>{script}</script>"))
        window = stage.remote.refused("could not be loaded")
        assert (window["host"], window["manner"]) == (target.removeprefix("https://"), "Not loaded")
        assert window["said"] == f"Page from {window['host']}. Not loaded."
        stage.remote.click("Load the page again")
        stage.remote.until(lambda window: window["manner"] == "Not loaded" and not window["busy"], "still not")


def test_a_window_that_is_still_to_come_has_no_lock(stage: Stage) -> None:
    with closing(socket()) as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        target = f"https://127.0.0.1:{hanging.getsockname()[1]}"
        write = "opened.document.write('<h1>Your bank</h1>')"
        script = f"const opened = open('{target}'); fetch('/now').then(() => {{ {write} }})"
        gate = threading.Event()
        stage.provider.waits["/now"] = gate
        stage.remote.sign_in(stage.provider.put("/login", f"<h1>Welcome</h1><script>{script}</script>"))
        connection, _ = hanging.accept()
        window = stage.remote.until(lambda window: window["pages"] == 2, "the window is open")
        assert window["manner"] == "Loading…"
        # What is written into it meanwhile is its opener's
        gate.set()
        opener = f"127.0.0.1:{stage.provider.port}"
        window = stage.remote.until(lambda window: window["host"] == opener, "the opener is named")
        assert (window["pages"], window["manner"]) == (2, "Not encrypted — this machine")
        connection.close()
