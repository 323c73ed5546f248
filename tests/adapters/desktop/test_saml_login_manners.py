"""What the window shows, what it refuses, and how a login ends otherwise than with a response."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from socket import socket
from typing import TYPE_CHECKING, Any

import pytest

from tests.adapters.desktop.saml_login_rig import ACS, Answer, digest
from tests.adapters.desktop.saml_login_stage import ASK, EXPIRED, IDN, LOGIN, RESPONSE, SECRET, STRANGER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.adapters.desktop.saml_login_stage import Stage

pytestmark = pytest.mark.x11

POST = f'<form method="post" action="{ACS}"><input type="hidden" name="SAMLResponse" value="{RESPONSE}"></form>'
SUBMIT = "<script>document.forms[0].submit()</script>"


# --- Who is it --------------------------------------------------------------------------------------------------------


def test_host_and_lock_are_those_of_the_page(stage: Stage) -> None:
    ident = stage.remote.sign_in(f"https://{LOGIN}/login?token={SECRET}#{SECRET}")
    window = stage.remote.loaded()
    assert (window["host"], window["manner"]) == (LOGIN, "Encrypted connection")
    assert window["said"] == f"Page from {LOGIN}. Encrypted connection."
    assert window["bar_seen"]
    assert ident not in stage.remote.ended


def test_this_machine_is_said_not_to_be_encrypted(stage: Stage) -> None:
    stage.remote.sign_in(stage.provider.put("/login", ASK))
    window = stage.remote.loaded()
    assert window["host"] == f"127.0.0.1:{stage.provider.port}"
    assert window["manner"] == "Not encrypted — this machine"


def test_names_beyond_ascii_are_shown_as_dns_has_them(stage: Stage) -> None:
    stage.remote.sign_in("https://exämple.com/login")
    assert stage.remote.loaded()["host"] == IDN


def test_the_host_is_never_that_of_a_page_still_to_come(stage: Stage) -> None:
    """A page that goes to a host that hangs must not look like that host meanwhile."""
    with closing(socket()) as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        port = hanging.getsockname()[1]
        page = f"<h1>Not you</h1>{ASK}<script>location = 'http://127.0.0.1:{port}/'</script>"
        ident = stage.remote.sign_in(stage.provider.put("/login", page))
        connection, _ = hanging.accept()
        window = stage.remote.until(lambda window: window["busy"], "it is loading")
        assert window["host"] == f"127.0.0.1:{stage.provider.port}"
        # Before what hangs ends, for that would end the sign-in, too
        stage.remote.order("cancel", ident=ident)
        assert stage.remote.end(ident)["kind"] == "cancelled"
        connection.close()


def test_the_title_is_ours(stage: Stage) -> None:
    page = f"<title>Rolecall {SECRET}</title>" + ASK
    stage.remote.sign_in(stage.provider.put("/login", page))
    assert stage.remote.loaded()["title"] == "Sign in to corp — Rolecall"
    assert stage.remote.order("nameless") == []


# --- What a person does -----------------------------------------------------------------------------------------------


def test_typing_goes_into_the_page_and_escape_closes(stage: Stage) -> None:
    stage.provider.put("/answer", "<h1>Thank you</h1>")
    ident = stage.remote.sign_in(stage.provider.put("/login", ASK))
    window = stage.remote.loaded()
    assert window["active"]
    assert window["in_page"]
    stage.remote.type("alice")
    stage.remote.keys("Return")
    window = stage.remote.until(lambda window: window["back"] and not window["busy"], "the next page is there")
    assert stage.provider.bodies[-1] == b"username=alice" or b"username=alice" in stage.provider.bodies
    stage.remote.keys("Escape")
    assert stage.remote.end(ident)["kind"] == "Declined"
    assert stage.remote.order("top_levels") == 0


def test_back_goes_back(stage: Stage) -> None:
    stage.provider.put("/answer", "<h1>Thank you</h1>")
    stage.remote.sign_in(stage.provider.put("/login", ASK))
    stage.remote.loaded()
    stage.remote.type("alice")
    stage.remote.keys("Return")
    stage.remote.until(lambda window: window["back"] and not window["busy"], "the next page is there")
    stage.remote.click("Back")
    stage.remote.until(lambda window: not window["back"] and not window["busy"], "the first page is back")
    before = stage.provider.seen.count("GET /login")
    stage.remote.click("Load the page again")
    stage.remote.until(lambda _: stage.provider.seen.count("GET /login") > before, "it is loaded again")


def test_pasting_a_response_ends_it(stage: Stage) -> None:
    ident = stage.remote.sign_in(stage.provider.put("/login", ASK))
    stage.remote.loaded()
    stage.remote.click("Use another way")
    stage.remote.menu(["Paste a response…", "Open a file…"])
    stage.remote.keys("Down", "Return")
    stage.remote.until(lambda window: not window["in_page"] and window["bar_seen"], "the field is there")
    stage.remote.type("nonsense!")
    stage.remote.click("Sign in with it")
    window = stage.remote.until(lambda window: window["problem"], "it is refused")
    assert "This is no SAML response" in window["problem"]
    stage.remote.keys("ctrl+a")
    stage.remote.click("SAML response")
    stage.remote.keys("ctrl+a")
    stage.remote.type(RESPONSE)
    stage.remote.click("Sign in with it")
    end = stage.remote.end(ident)
    assert (end["kind"], end["digest"], end["acs"]) == ("response", digest(RESPONSE), "")


def test_escape_leaves_the_other_way_first(stage: Stage) -> None:
    ident = stage.remote.sign_in(stage.provider.put("/login", ASK))
    stage.remote.loaded()
    stage.remote.click("Use another way")
    stage.remote.menu(["Paste a response…", "Open a file…"])
    stage.remote.keys("Down", "Return")
    stage.remote.until(lambda window: not window["in_page"], "the field is there")
    stage.remote.keys("Escape")
    stage.remote.until(lambda window: window["in_page"], "the page is back, with the keyboard")
    stage.remote.keys("Escape")
    assert stage.remote.end(ident)["kind"] == "Declined"


def test_a_file_does_too(stage: Stage, tmp_path: Path) -> None:
    big, pipe, good = tmp_path / "big", tmp_path / "pipe", tmp_path / "good"
    big.write_bytes(b"A" * ((1 << 20) + 1))
    os.mkfifo(pipe)
    good.write_text(RESPONSE)
    ident = stage.remote.sign_in(stage.provider.put("/login", ASK))
    stage.remote.loaded()
    for path, words in ((pipe, "no file"), (big, "too large"), (tmp_path / "absent", "no file")):

        def said(window: dict[str, Any], words: str = words) -> bool:
            return words in window["problem"]

        stage.remote.order("read_file", path=str(path))
        stage.remote.until(said, f"{path.name} is refused")
    stage.remote.order("read_file", path=str(good))
    assert stage.remote.end(ident)["digest"] == digest(RESPONSE)


def test_two_providers_two_windows(stage: Stage) -> None:
    url = stage.provider.put("/login", ASK)
    first = stage.remote.sign_in(url, name="corp")
    stage.remote.loaded()
    second = stage.remote.sign_in(url, name="other")
    stage.remote.windows(lambda windows: [w["active"] for w in windows] == [False, True], "the second is in front")
    stage.remote.order("raise", name="corp")
    stage.remote.windows(lambda windows: [w["active"] for w in windows] == [True, False], "the first is in front")
    stage.remote.order("raise", name="nobody")
    stage.remote.keys("Escape")
    assert stage.remote.end(first)["kind"] == "Declined"
    assert second not in stage.remote.ended
    assert stage.remote.window()["title"] == "Sign in to other — Rolecall"


def test_one_at_a_time_for_one_provider(stage: Stage) -> None:
    url = stage.provider.put("/login", ASK)
    first, second = stage.remote.sign_in(url), stage.remote.sign_in(url)
    stage.remote.loaded()
    stage.remote.order("cancel", ident=first)
    assert stage.remote.end(first)["kind"] == "cancelled"
    stage.remote.loaded()
    assert second not in stage.remote.ended


# --- What is refused --------------------------------------------------------------------------------------------------

TRICKS = {
    "download": ("<a download href='/file'>x</a><script>document.links[0].click()</script>", "download"),
    "mailto": ("<script>location = 'mailto:alice@example.com'</script>", "another program (mailto:)"),
    "custom": ("<script>location = 'zoommtg://join?x=1'</script>", "another program (zoommtg:)"),
    "clear": ("<script>location = 'http://login.example.com/login'</script>", "would not be encrypted"),
    "alert": ("<script>alert('Your session has\\nexpired')</script>", "127.0.0.1 says: Your session has expired"),
    "confirm": ("<script>if (!confirm('Trust me?')) fetch('/no')</script>", "says: Trust me?"),
    "prompt": ("<script>if (prompt('Password?') === null) fetch('/no')</script>", "says: Password?"),
    "print": ("<script>setTimeout(print, 100)</script>", "Printing"),
    "geolocation": ("<script>navigator.geolocation.getCurrentPosition(() => {})</script>", "(geolocation)"),
    "notifications": ("<script>Notification.requestPermission()</script>", "(notifications)"),
    "camera": ("<script>navigator.mediaDevices.getUserMedia({video: true})</script>", "(media video capture)"),
    "screen": ("<button onclick='navigator.mediaDevices.getDisplayMedia()'>x</button>", "see the screen"),
    "upload": ("<input type=file>", "uploaded"),
    "foreign window": ("<a target=_blank href='mailto:x@example.com'>x</a><script>document.links[0].click()</script>",
                       "another program (mailto:)"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_refused_with_a_word(stage: Stage, name: str) -> None:
    page, words = TRICKS[name]
    stage.provider.pages["/file"] = Answer(body=b"x" * 1000, headers={"Content-Type": "application/octet-stream"})
    style = "<style>button, input { position: fixed; inset: 0; width: 100%; height: 100% }</style>"
    ident = stage.remote.sign_in(stage.provider.put("/login", style + page))
    window = stage.remote.loaded()
    if name in ("screen", "upload"):
        stage.remote.click_at(*window["page_at"])
    stage.remote.refused(words)
    if name in ("confirm", "prompt"):
        stage.remote.until(lambda _: "GET /no" in stage.provider.seen, "the page was told no")
    assert stage.remote.order("top_levels") == 1
    stage.remote.until(lambda window: window["pages"] == 1, "nothing else is open")
    assert stage.remote.handed_over() == ""
    assert ident not in stage.remote.ended
    assert not list((stage.remote.home).rglob("file"))


@pytest.mark.parametrize(
    "script",
    [
        "document.title = typeof qt + typeof QWebChannel + typeof rolecallTake",
        # Pages look for it before they ask for a security key, and offer something else where it is missing
        "document.title = isSecureContext ? typeof PublicKeyCredential : 'insecure'",
        "fetch('file:///etc/passwd').catch(() => { document.title = 'no' })",
        "navigator.clipboard.readText().catch(() => { document.title = 'no' })",
        (
            "const f = document.createElement('iframe'); f.src = 'file:///etc/passwd'; document.body.append(f);"
            "setTimeout(() => { let t = ''; try { t = f.contentDocument.body.innerText } catch {} "
            "document.title = 'no' + t }, 300)"
        ),
        "document.documentElement.requestFullscreen().catch(() => { document.title = 'no' })",
        (
            "const w = window.open('file:///etc/passwd'); setTimeout(() => { let t = ''; "
            "try { t = w.document.body.innerText } catch {} document.title = 'no' + t }, 300)"
        ),
    ],
    ids=["bridge", "security keys", "file", "clipboard", "frame", "full screen", "window"],
)
def test_the_page_gets_nothing_of_this_machine(stage: Stage, script: str) -> None:
    report = "new MutationObserver(() => fetch('/is/' + encodeURIComponent(document.title)))"
    page = f"<title>x</title><body><script>{report}.observe(document.querySelector('title'), {{childList: true}});"
    stage.remote.sign_in(stage.provider.put("/login", f"{page}{script}</script>"))
    found: list[str] = []

    def said(_: object) -> bool:
        found[:] = [line for line in stage.provider.seen if line.startswith("GET /is/")]
        return bool(found)

    stage.remote.until(said, "the page found out")
    assert found[-1] in ("GET /is/no", "GET /is/undefined", "GET /is/undefinedundefinedundefined")
    assert stage.remote.order("top_levels") == 1


def test_new_windows_open_inside_ours_and_close_again(stage: Stage) -> None:
    stage.public.put("/second", f"<h1>Second factor</h1>{ASK}<script>setTimeout(close, 1500)</script>")
    page = f"<a target=_blank rel=opener href='https://{LOGIN}/second'>x</a><script>document.links[0].click()</script>"
    stage.remote.sign_in(stage.provider.put("/login", page))
    window = stage.remote.until(
        lambda window: window["host"] == LOGIN and window["manner"] != "Loading…", "the second page is on top"
    )
    assert (window["pages"], window["manner"]) == (2, "Encrypted connection")
    assert window["bar_seen"]
    assert stage.remote.order("top_levels") == 1
    window = stage.remote.until(lambda window: window["pages"] == 1, "it closed itself")
    assert window["host"] == f"127.0.0.1:{stage.provider.port}"


def test_not_every_window_is_opened(stage: Stage) -> None:
    script = "for (let i = 0; i < 50; i++) window.open('/again' + i)"
    ident = stage.remote.sign_in(stage.provider.put("/login", f"<script>{script}</script>"))
    stage.remote.refused("another window")
    assert stage.remote.window()["pages"] <= 5
    assert ident not in stage.remote.ended


# --- How it ends ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("host", "words"), [(STRANGER, "does not trust"), (EXPIRED, "expired")])
def test_certificate_errors_are_final(stage: Stage, host: str, words: str) -> None:
    end = stage.remote.outcome(f"https://{host}/login?token={SECRET}")
    assert (end["kind"], end["code"]) == ("ProviderTrouble", "login-page-certificate")
    assert host in end["text"]
    assert words in end["text"] or host == EXPIRED  # an expired certificate of its own making has two flaws
    assert SECRET not in end["text"]


def test_certificate_errors_are_final_on_the_way_too(stage: Stage) -> None:
    page = f"<script>location = 'https://{STRANGER}/login'</script>"
    end = stage.remote.outcome(stage.provider.put("/login", page))
    assert end["code"] == "login-page-certificate"


def test_nobody_there(stage: Stage) -> None:
    with closing(socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/?token={SECRET}"
        end = stage.remote.outcome(url)
        assert (end["kind"], end["code"], end["retry"]) == ("ProviderTrouble", "login-page-failed", "never")
        assert "127.0.0.1: the connection was refused" in end["text"]
        assert SECRET not in end["text"]
        assert stage.remote.outcome(url, hidden=True)["retry"] == "back off"


def test_no_such_host(stage: Stage) -> None:
    end = stage.remote.outcome(f"https://nowhere.invalid/?token={SECRET}")
    assert end["code"] == "login-page-failed"
    assert "nowhere.invalid" in end["text"]
    assert SECRET not in end["text"]


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_an_error_page_without_a_way_on_ends_it(stage: Stage, status: int) -> None:
    end = stage.remote.outcome(stage.provider.put("/login", f"<h1>No</h1><p>{SECRET}", status))
    assert (end["kind"], end["code"]) == ("ProviderTrouble", "login-page-failed")
    assert f"127.0.0.1 answered with HTTP {status}" in end["text"]
    assert SECRET not in end["text"]


def test_an_error_page_with_a_form_stays(stage: Stage) -> None:
    """Many providers answer a wrong password with 401 and their form."""
    stage.provider.put("/answer", f"<p>Wrong password</p>{ASK}", 401)
    ident = stage.remote.sign_in(stage.provider.put("/login", ASK, 403))
    stage.remote.loaded()
    stage.remote.type("alice")
    stage.remote.keys("Return")
    stage.remote.until(lambda window: window["back"] and not window["busy"], "the answer is there")
    stage.remote.type("alice")
    stage.remote.keys("Return")
    stage.remote.until(lambda _: stage.provider.seen.count("POST /answer") == 2, "it could be used")
    assert ident not in stage.remote.ended


def test_http_authentication_is_refused_with_a_word(stage: Stage) -> None:
    url = stage.provider.put("/login", "<h1>No</h1>", 401, WWW_Authenticate='Basic realm="corp"')
    end = stage.remote.outcome(url)
    assert end["code"] == "login-page-failed"
    assert "HTTP authentication" in end["text"]


def test_a_page_that_never_posts(stage: Stage) -> None:
    stage.remote.order("times", shown=1.5, hidden=10)
    end = stage.remote.outcome(stage.provider.put("/login", ASK))
    assert (end["kind"], end["code"]) == ("ProviderTrouble", "login-page-silent")
    assert stage.remote.order("top_levels") == 0


def test_a_crash(stage: Stage) -> None:
    ident = stage.remote.sign_in(stage.provider.put("/login", ASK))
    stage.remote.loaded()
    os.kill(stage.remote.order("renderer"), signal.SIGKILL)
    end = stage.remote.end(ident)
    assert (end["kind"], end["code"]) == ("ProviderTrouble", "login-page-failed")
    assert "crashed" in end["text"]


# --- Nobody looks -----------------------------------------------------------------------------------------------------

DIV = "<div></div><script>const div = document.querySelector('div'); "
HIDDEN = {
    "a field": ASK,
    "a field that comes later": f"{DIV}setTimeout(() => {{ div.innerHTML = `{ASK}` }}, 700)</script>",
    "a field in a shadow tree": f"{DIV}div.attachShadow({{mode: 'open'}}).innerHTML = `{ASK}`</script>",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_page_that_asks_needs_a_person(stage: Stage, name: str) -> None:
    end = stage.remote.outcome(stage.provider.put("/login", HIDDEN[name]), hidden=True)
    assert (end["kind"], end["code"]) == ("NeedsPerson", "sign-in-needed")
    assert "asks for something" in end["text"]
    assert stage.remote.order("top_levels") == 0


def test_a_hidden_page_that_hangs_needs_a_person(stage: Stage) -> None:
    stage.remote.order("times", shown=300, hidden=1)
    page = "<h1>Choose</h1><a href=/a>Alice</a><input type=hidden name=x>"
    end = stage.remote.outcome(stage.provider.put("/login", page), hidden=True)
    assert (end["kind"], end["code"]) == ("NeedsPerson", "sign-in-needed")


def test_a_hidden_page_may_fill_in_its_own_form(stage: Stage) -> None:
    page = f"{POST}<input name=username><script>setTimeout(() => document.forms[0].submit(), 100)</script>"
    end = stage.remote.outcome(stage.provider.put("/login", page), hidden=True)
    assert end["kind"] == "response"


def test_a_hidden_page_shows_nothing_and_takes_no_focus(stage: Stage) -> None:
    url = stage.provider.put("/login", ASK)
    stage.remote.sign_in(url, name="other")
    stage.remote.loaded()
    script = "<script>window.open('/login'); alert('look'); window.focus()</script>"
    ident = stage.remote.sign_in(stage.provider.put("/hidden", script), hidden=True)
    stage.remote.until(lambda _: "GET /hidden" in stage.provider.seen, "it is loaded")
    time.sleep(0.5)  # nothing else tells that nothing appears
    assert stage.remote.order("top_levels") == 1
    assert stage.remote.window()["active"]
    assert stage.remote.window()["notice"] == ""
    stage.remote.order("cancel", ident=ident)
    assert stage.remote.end(ident)["kind"] == "cancelled"
