"""Which posts are taken, which are stopped, and that none of them ever reaches AWS."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.adapters.desktop.saml_login_rig import ACS, Remote, Server, digest, identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = pytest.mark.x11

RESPONSE = "PHNhbWxwOlJlc3BvbnNlIENBTkFSWT0iY2FuYXJ5LWFzc2VydGlvbiIvPg=="
LOGIN, EVIL, OTHER = "login.example.com", "signin.aws.amazon.com.evil.example", "other.example.com"
AWS_HOSTS = (
    "signin.aws.amazon.com",
    "eu-west-1.signin.aws.amazon.com",
    "signin.amazonaws.cn",
    "signin.amazonaws-us-gov.com",
    "signin.amazonaws-eusc.eu",
)
SUBMIT = "<script>document.forms[0].submit()</script>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    remote: Remote
    provider: Server
    aws: Server
    """All of AWS's hosts lead here, and `other.example.com` too, to show that the way is open."""
    public: Server
    """login.example.com, and a host that looks like AWS's."""


@pytest.fixture(scope="module")
def whole_stage(tmp_path_factory: pytest.TempPathFactory, xvfb: Mapping[str, str]) -> Iterator[Stage]:
    directory = tmp_path_factory.mktemp("taking")
    theirs = identity(directory, "aws.example", *AWS_HOSTS, OTHER)
    ours = identity(directory, LOGIN, EVIL)
    provider, aws, public = Server(), Server(theirs.context), Server(ours.context)
    rules = [f"MAP {host} 127.0.0.1:{aws.port}" for host in (*AWS_HOSTS, OTHER)]
    rules += [f"MAP {host} 127.0.0.1:{public.port}" for host in (LOGIN, EVIL)]
    switches = [
        f'--host-resolver-rules="{",".join(rules)}"',
        f"--ignore-certificate-errors-spki-list={theirs.pin},{ours.pin}",
    ]
    (directory / "home").mkdir()
    remote = Remote(directory / "home", xvfb, switches=switches)
    yield Stage(remote=remote, provider=provider, aws=aws, public=public)
    written = remote.quit()
    for server in (provider, aws, public):
        server.close()
    assert RESPONSE not in written
    assert "canary" not in written


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    whole_stage.aws.forget()
    whole_stage.aws.connections = 0
    yield whole_stage
    # Whatever a test did, nobody called at AWS.
    assert (whole_stage.aws.connections, whole_stage.aws.seen) == (0, [])
    whole_stage.provider.forget()
    whole_stage.public.forget()


def form(action: str = ACS, *, attributes: str = "", more: str = "", response: str = RESPONSE) -> str:
    hidden = f'<input type="hidden" name="SAMLResponse" value="{html.escape(response)}">'
    return f'<form method="post" action="{action}" {attributes}>{hidden}{more}</form>'


PLAIN = form(more='<input type="hidden" name="RelayState" value="a&amp;b">')
BUILT = f"""<script>
  const form = document.createElement('form'), field = document.createElement('input');
  form.method = 'POST'; form.action = '{ACS}'; field.name = 'SAMLResponse'; field.value = '{RESPONSE}';
  form.append(field); document.documentElement.append(form); form.submit(); form.remove();
</script>"""
CLOBBERED = form(
    more="".join(f'<input name="{name}" value="x">' for name in ("submit", "action", "method", "getAttribute"))
)
ENTITIES = PLAIN.replace("https://signin", "&#104;ttps&#x3a;&sol;&sol;signin").replace(
    RESPONSE, "".join(f"&#{ord(letter)};" for letter in RESPONSE)
)
FORMS = {
    "a form that submits itself": PLAIN + SUBMIT,
    "a button pressed by script": PLAIN.replace("</form>", "<button></button></form>")
    + "<script>document.querySelector('button').click()</script>",
    "a button with an address of its own": form("/elsewhere", more=f'<button formaction="{ACS}"></button>')
    + "<script>document.querySelector('button').click()</script>",
    "requestSubmit": PLAIN + "<script>document.forms[0].requestSubmit()</script>",
    "entities": ENTITIES + SUBMIT,
    "multipart": form(attributes='enctype="multipart/form-data"') + SUBMIT,
    "text/plain": form(attributes='enctype="text/plain"') + SUBMIT,
    "fields named like methods": CLOBBERED
    + "<script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>",
    "built, sent and removed": BUILT,
    "filled in at the last moment": f'<form method="post" action="{ACS}"></form><script>'
    f"document.forms[0].onformdata = (event) => event.formData.set('SAMLResponse', '{RESPONSE}');"
    "document.forms[0].submit()</script>",
    "a new window": form(attributes='target="_blank"') + SUBMIT,
    "a named window": form(attributes='target="aws"') + SUBMIT,
    "a window opened by script": f"<script>const w = open('about:blank'); w.document.write({json.dumps(PLAIN)});"
    "w.document.forms[0].submit()</script>",
    "a frame that sends the whole window": "<iframe srcdoc='"
    + html.escape(form(attributes='target="_top"') + SUBMIT)
    + "'></iframe>",
    "inside a shadow tree": "<div></div>"
    "<script>const root = document.querySelector('div').attachShadow({mode: 'open'});"
    f"root.innerHTML = {json.dumps(PLAIN)}; root.querySelector('form').submit()</script>",
    "a base address": '<base href="https://signin.aws.amazon.com/">' + form("saml") + SUBMIT,
    "another form first": "<form id=first></form>"
    + PLAIN
    + "<script>new FormData(document.forms[0]); document.forms[1].submit();"
    "new FormData(document.forms[0])</script>",
}


@pytest.mark.parametrize("name", FORMS)
def test_taken_however_it_is_posted(stage: Stage, name: str) -> None:
    url = stage.provider.put("/login", FORMS[name])
    end = stage.remote.outcome(url)
    assert end["kind"] == "response", end
    assert end["digest"] == digest(RESPONSE)
    assert (end["acs"], end["region"]) == (ACS, "us-east-1")
    assert not any(line.startswith("POST") for line in stage.provider.seen)
    assert RESPONSE not in end["shown"]


@pytest.mark.parametrize(
    ("acs", "region"),
    [
        ("https://eu-west-1.signin.aws.amazon.com/saml", "eu-west-1"),
        ("https://signin.aws.amazon.com/saml/acs/SAMLSPXYZ", "us-east-1"),
        ("https://signin.amazonaws.cn/saml", "cn-north-1"),
        ("https://signin.amazonaws-us-gov.com/saml", "us-gov-west-1"),
        ("https://signin.amazonaws-eusc.eu/saml", "eusc-de-east-1"),
        ("https://SIGNIN.aws.amazon.com:443/saml", "us-east-1"),
    ],
)
def test_taken_for_every_partition_and_region(stage: Stage, acs: str, region: str) -> None:
    more = '<input name="roleIndex" value="arn:aws:iam::111122223333:role/Admin">'
    end = stage.remote.outcome(stage.provider.put("/login", form(acs, more=more) + SUBMIT))
    assert end["kind"] == "response", end
    assert end["acs"].lower() == acs.lower().replace(":443", "")
    assert end["region"] == region
    assert end["role_index"] == "arn:aws:iam::111122223333:role/Admin"


def test_taken_at_the_end_of_a_long_way(stage: Stage) -> None:
    provider, public = stage.provider, stage.public
    provider.put("/start", "", 302, Location="/broker")
    provider.put("/broker", form(f"https://{LOGIN}/acs", response="T1RIRVI=") + SUBMIT)
    public.put("/acs", PLAIN + SUBMIT)
    end = stage.remote.outcome(f"{provider.url}/start")
    assert end["digest"] == digest(RESPONSE)
    # What was for the broker went to the broker
    assert public.bodies == [b"SAMLResponse=T1RIRVI%3D"]


def test_taken_while_nobody_sees_it(stage: Stage) -> None:
    ident = stage.remote.sign_in(stage.provider.put("/login", PLAIN + SUBMIT), hidden=True)
    assert stage.remote.end(ident)["digest"] == digest(RESPONSE)


SCRIPTS = {
    "fetch": f"fetch('{ACS}', {{method: 'POST', mode: 'no-cors', body: new URLSearchParams({{SAMLResponse: 'QUJD'}})}})"
    ".catch(() => fetch('/blocked'))",
    "XMLHttpRequest": f"const x = new XMLHttpRequest(); x.open('POST', '{ACS}'); x.onerror = () => fetch('/blocked');"
    "x.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded'); x.send('SAMLResponse=QUJD')",
    "a frame, redirected": "document.write('<iframe name=f></iframe><form method=post action=/again target=f>"
    "<input name=SAMLResponse value=QUJD></form>'); document.forms[0].submit();"
    "setTimeout(() => fetch('/blocked'), 500)",
    "a socket": "const s = new WebSocket('wss://signin.aws.amazon.com/saml'); s.onerror = () => fetch('/blocked')",
    "a beacon": f"navigator.sendBeacon('{ACS}', 'SAMLResponse=QUJD'); fetch('/blocked')",
    "a picture": f"const i = new Image(); i.onerror = () => fetch('/blocked'); i.src = '{ACS}?SAMLResponse=QUJD'",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_do_not_reach_aws_and_are_not_taken(stage: Stage, name: str) -> None:
    stage.provider.put("/again", "", 307, Location=ACS)
    ident = stage.remote.sign_in(stage.provider.put("/login", f"<h1>Hello</h1><script>{SCRIPTS[name]}</script>"))
    stage.remote.until(lambda _: "GET /blocked" in stage.provider.seen, "the script was refused")
    _still_open(stage, ident)


REFUSED = {
    "the address itself": ('<form action="https://signin.aws.amazon.com/saml">', "into an address"),
    "a link": ("", "cannot be read here"),
    "a redirect that posts again": ('<form method="post" action="/again">', "cannot be read here"),
    "a frame": ("", "by itself"),
    "in the clear": ('<form method="post" action="http://signin.aws.amazon.com/saml">', "by itself"),
    "another port": ('<form method="post" action="https://signin.aws.amazon.com:8443/saml">', "by itself"),
    "another path": ('<form method="post" action="https://signin.aws.amazon.com/saml/">', "by itself"),
    "a name before the host": ('<form method="post" action="https://login.example@signin.aws.amazon.com/saml">', ""),
    "a dot after the host": ('<form method="post" action="https://signin.aws.amazon.com./saml">', "by itself"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_stopped_but_not_taken(stage: Stage, name: str) -> None:
    opening, words = REFUSED[name]
    stage.provider.put("/again", "", 307, Location=ACS)
    if name == "a link":
        page = f'<a href="{ACS}">x</a><script>document.links[0].click()</script>'
    elif name == "a frame":
        page = f"<iframe srcdoc='{html.escape(PLAIN + SUBMIT)}'></iframe>"
    else:
        page = f'{opening}<input name="SAMLResponse" value="QUJD"></form>{SUBMIT}'
    ident = stage.remote.sign_in(stage.provider.put("/login", page))
    if name == "a name before the host":
        # The name is not part of where it goes; what counts is that it stays here.
        stage.remote.until(lambda window: window["notice"], "the window says something")
    else:
        stage.remote.refused(words)
    _still_open(stage, ident)


def test_what_only_stands_in_a_strangers_frame_is_not_taken(stage: Stage) -> None:
    stage.public.put("/ad", form(response="RVZJTA=="))
    stage.provider.put("/again", "", 307, Location=ACS)
    page = f"<iframe src='https://{EVIL}/ad'></iframe>{form('/again')}"
    url = stage.provider.put("/login", f"{page}<script>onload = () => document.forms[0].submit()</script>")
    ident = stage.remote.sign_in(url)
    stage.remote.refused("cannot be read here")
    _still_open(stage, ident)


def test_the_page_that_goes_to_aws_is_believed_before_its_frames(stage: Stage) -> None:
    stage.public.put("/ad", form(response="RVZJTA==", attributes="target=f") + "<iframe name=f></iframe>" + SUBMIT)
    page = f"<iframe src='https://{EVIL}/ad'></iframe>{PLAIN}"
    url = stage.provider.put("/login", f"{page}<script>onload = () => document.forms[0].submit()</script>")
    assert stage.remote.outcome(url)["digest"] == digest(RESPONSE)


def test_frames_that_contradict_each_other_are_not_believed(stage: Stage) -> None:
    sent = "document.forms[0].submit()"
    for name, response in (("one", "T05F"), ("two", "VFdP")):
        inner = form(response=response, attributes="target=f")
        stage.public.put(f"/{name}", f"{inner}<iframe name=f></iframe><script>{sent}</script>")
    stage.provider.put("/again", "", 307, Location=ACS)
    frames = f"<iframe src='https://{EVIL}/one'></iframe><iframe src='https://{EVIL}/two'></iframe>"
    page = f"{frames}{form('/again')}<script>onload = () => setTimeout(() => {sent}, 200)</script>"
    end = stage.remote.outcome(stage.provider.put("/login", page))
    assert end["code"] == "login-page-failed", end
    assert "several SAML responses" in end["text"]


@pytest.mark.parametrize(
    "address",
    [
        f"https://{LOGIN}/?x=https://signin.aws.amazon.com/saml",
        f"https://{EVIL}/saml",
        f"https://signin.aws.amazon.com@{LOGIN}/saml",
        f"https://{LOGIN}/signin.aws.amazon.com/saml",
        f"https://{LOGIN}/#https://signin.aws.amazon.com/saml",
    ],
)
def test_look_alikes_are_pages_like_others(stage: Stage, address: str) -> None:
    for path in ("/", "/saml", "/signin.aws.amazon.com/saml"):
        stage.public.put(path, "<h1>Thank you</h1>")
    page = f'<form method="post" action="{address}"><input name="SAMLResponse" value="QUJD"></form>{SUBMIT}'
    ident = stage.remote.sign_in(stage.provider.put("/login", page))
    window = stage.remote.until(lambda window: window["host"].endswith((LOGIN, EVIL)), "the other page is there")
    assert window["host"] == (EVIL if EVIL in address else LOGIN)
    assert b"SAMLResponse=QUJD" in stage.public.bodies
    _still_open(stage, ident)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (form(response="A" * (1 << 20)) + SUBMIT, "login-page-failed"),
        (form(more='<input name="SAMLResponse" value="QUJD">') + SUBMIT, "login-page-failed"),
        (form(response="not base64!") + SUBMIT, "saml-response"),
    ],
    ids=["too large", "two at once", "unreadable"],
)
def test_what_cannot_be_used_ends_with_a_clear_word(stage: Stage, page: str, code: str) -> None:
    end = stage.remote.outcome(stage.provider.put("/login", page))
    assert end["code"] == code, end
    assert RESPONSE not in end["text"]


def test_the_way_to_those_servers_was_open(stage: Stage) -> None:
    """Shows that the silence at AWS's door means something: the same server answers under another name."""
    stage.aws.put("/there", "<h1>Here</h1>")
    ident = stage.remote.sign_in(f"https://{OTHER}/there")
    window = stage.remote.until(lambda window: window["host"] == OTHER and not window["busy"], "the page came")
    assert window["manner"] == "Encrypted connection"
    assert stage.aws.seen == ["GET /there"]
    stage.remote.order("cancel", ident=ident)
    assert stage.remote.end(ident)["kind"] == "cancelled"
    stage.aws.forget()
    stage.aws.connections = 0


def test_an_address_of_aws_is_no_login_page(stage: Stage) -> None:
    for url in (ACS, "https://signin.aws.amazon.com/", "http://login.example.com/", "file:///etc/passwd"):
        end: dict[str, Any] = stage.remote.outcome(url)
        assert (end["kind"], end["code"]) == ("BadInput", "login-url")


def _still_open(stage: Stage, ident: str) -> None:
    assert ident not in stage.remote.ended
    stage.remote.order("cancel", ident=ident)
    assert stage.remote.end(ident)["kind"] == "cancelled"
    assert stage.remote.order("windows") == []
