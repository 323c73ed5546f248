"""Signing in through real identity providers from the command line, read by AWS's own tools."""

from __future__ import annotations

import base64
import contextlib
import json
import socket
import sqlite3
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import boto3
import pytest

from app.adapters.desktop.saml_login import keeping
from app.standin import StandIn, demo_settings, demo_world
from tests.e2e.provider_rig import FILLS_IN, ProviderRig, oidc_settings, saml_settings, world_behind
from tests.e2e.rig import ROOT, Person
from tests.e2e.searching import Sampler, found, found_below
from tests.e2e.window_rig import Overheard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.conftest import SeaweedFS
    from tests.e2e.panva import Panva
    from tests.e2e.simplesamlphp import SimpleSamlPhp


@pytest.fixture
def corp(home: Path, simplesamlphp: SimpleSamlPhp) -> Iterator[ProviderRig]:
    world = world_behind(saml=simplesamlphp)
    with StandIn(world) as aws:
        made = ProviderRig(home=home, aws=aws, world=world)
        made.settle(saml_settings(simplesamlphp))
        yield made


@pytest.fixture
def login(home: Path, panva: Panva, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProviderRig]:
    world = world_behind(panva=panva)
    with StandIn(world) as aws:
        made = ProviderRig(home=home, aws=aws, world=world)
        made.settle(oidc_settings(panva))
        monkeypatch.setenv("BROWSER", made.browser(panva))
        yield made


# --- SAML -------------------------------------------------------------------------------------------------------------


def test_a_response_from_a_pipe_is_redeemed_without_a_terminal(corp: ProviderRig, simplesamlphp: SimpleSamlPhp) -> None:
    response = simplesamlphp.log_in().saml_response
    told = corp.run("assume", "admin", "--assertion", "-", typed=response)
    assert "published as [admin]" in told.stdout
    assert corp.caller("admin").endswith(":assumed-role/Admin/alice@example.com")
    [asked] = [each.parameters for each in corp.aws.requests if each.action == "AssumeRoleWithSAML"]
    assert asked["PrincipalArn"] == simplesamlphp.provider_arn, "learnt from the assertion"


def test_a_form_body_from_a_file_serves_a_chain(corp: ProviderRig, simplesamlphp: SimpleSamlPhp) -> None:
    posted = simplesamlphp.log_in()
    body = corp.home / "body"
    body.write_text(urlencode({"SAMLResponse": posted.saml_response, "RelayState": "x"}))
    corp.run("assume", "deploy", "--assertion", str(body))
    assert ":assumed-role/Deploy/" in corp.caller("deploy")
    assert corp.calls("AssumeRoleWithSAML") == 1
    assert corp.calls("AssumeRole") == 2


def test_without_a_window_the_ways_that_are_left_are_named(corp: ProviderRig) -> None:
    for told in (corp.run("assume", "admin", code=3).stderr, _at_terminal(corp, "assume", "admin", code=3)):
        assert "--assertion" in told
        assert "window" in told
    assert corp.aws.requests == []


def test_what_is_no_response_or_none_for_this_role_is_refused(corp: ProviderRig, simplesamlphp: SimpleSamlPhp) -> None:
    done = corp.run("assume", "admin", "--assertion", "-", typed="this is no response", code=1)
    assert "[" in done.stderr
    assert corp.aws.requests == []
    done = corp.run("assume", "admin", "--assertion", "-", typed=simplesamlphp.log_in("bob").saml_response, code=1)
    assert "Admin" in done.stderr
    forged = base64.b64decode(simplesamlphp.log_in().saml_response).replace(b"alice@example.com", b"eve@example.com")
    done = corp.run("assume", "admin", "--assertion", "-", typed=base64.b64encode(forged).decode(), code=1)
    assert "invalid-identity-token" in done.stderr
    assert not corp.credentials.exists()
    done = corp.run("assume", "admin", "--assertion", str(corp.home / "nowhere"), code=1)
    assert "[assertion-file]" in done.stderr


def test_a_program_that_prints_the_response_runs_once_it_was_seen(
    corp: ProviderRig, simplesamlphp: SimpleSamlPhp
) -> None:
    response = corp.home / "a response"
    words = [sys.executable, "-c", "import sys; print(open(sys.argv[1]).read())", str(response)]
    response.write_text(simplesamlphp.log_in().saml_response)
    corp.run("provider", "add", "corp", "--command", *words)
    done = corp.run("assume", "admin", code=3)
    assert "[needs-command]" in done.stderr
    shown = corp.type_at_terminal("assume", "admin", prompt="Type yes", answer="no", code=1)
    assert "'import sys; print(open(sys.argv[1]).read())'" in shown
    assert corp.aws.requests == []
    corp.type_at_terminal("assume", "admin", prompt="Type yes", answer="yes")
    assert ":assumed-role/Admin/" in corp.caller("admin")
    response.write_text(simplesamlphp.log_in().saml_response)
    corp.run("assume", "read-only")


def test_signing_out_deletes_what_the_window_kept(corp: ProviderRig) -> None:
    folder = keeping.folder(corp.home / "rolecall" / "state" / "sign-ins", "corp")
    folder.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(folder / "Cookies")) as cookies, cookies:
        cookies.execute("CREATE TABLE cookies (value TEXT)")
        cookies.execute("INSERT INTO cookies VALUES ('made up')")
    assert "remembered" in corp.run("provider", "list").stdout
    corp.run("provider", "sign-out", "corp")
    assert not folder.exists()
    assert "signed out" in corp.run("provider", "list").stdout


# --- OpenID Connect ---------------------------------------------------------------------------------------------------


def test_the_browser_signs_in_once_and_the_refresh_token_from_then_on(login: ProviderRig, panva: Panva) -> None:
    shown = _at_terminal(login, "assume", "admin")
    assert "browser" in shown
    assert "published as [admin]" in shown
    assert login.caller("admin").endswith(":assumed-role/Admin/alice@example.com")
    [note] = login.notes.read_text().splitlines()
    assert "['http://127.0.0.1:" in note
    for secret in ("code_challenge", "nonce", "state="):
        assert secret not in note, "in the arguments or the environment of a process"

    login.run("stop", "admin")
    visits = panva.requests("/auth")
    login.run("assume", "admin")
    login.run("assume", "read-only")
    assert panva.requests("/auth") == visits
    assert ":assumed-role/ReadOnly/" in login.caller("read-only")


def test_what_was_revoked_is_asked_for_again(login: ProviderRig, panva: Panva) -> None:
    _at_terminal(login, "assume", "admin")
    login.run("stop", "--all")
    panva.revoke_everything()
    done = login.run("assume", "admin", code=3)
    assert "rolecall assume admin" in done.stderr
    _at_terminal(login, "assume", "admin")
    assert len(login.notes.read_text().splitlines()) == 2
    login.run("stop", "--all")
    login.run("assume", "admin")


def test_the_chain_starts_from_the_provider(login: ProviderRig) -> None:
    _at_terminal(login, "assume", "deploy")
    assert ":assumed-role/Deploy/" in login.caller("deploy")
    assert login.calls("AssumeRoleWithWebIdentity") == 1
    assert login.status("deploy") == "active"


@pytest.mark.parametrize("complete", [True, False], ids=["complete link", "typed code"])
def test_another_device_signs_in_with_a_code(login: ProviderRig, panva: Panva, complete: bool) -> None:
    with login.at_terminal("assume", "admin", "--device") as terminal:
        terminal.wait_for("has the code already: ")
        terminal.wait_for("\u2580")  # a half block of the QR picture
        words = terminal.shown.split()
        url = words[words.index("open") + 1]
        code = words[words.index("type") + 1].rstrip(".")
        link = next(word for word in words if "user_code=" in word)
        panva.approve_device(link) if complete else panva.approve_device(url, code)
        assert "published as [admin]" in terminal.end()
    assert ":assumed-role/Admin/" in login.caller("admin")
    assert not login.notes.exists(), "a browser was opened"


def test_without_a_browser_the_link_is_printed(
    login: ProviderRig, panva: Panva, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "/nowhere/browser %s")
    for arguments in (["assume", "admin"], ["assume", "read-only", "--no-browser"]):
        with login.at_terminal(*arguments) as terminal:
            terminal.wait_for(f"{panva.issuer}/auth?")
            terminal.wait_for("\n")
            link = next(word for word in terminal.shown.split() if word.startswith(f"{panva.issuer}/auth?"))
            panva.log_in(link, follow=True)
            terminal.end()
        login.run("provider", "sign-out", "login")
    assert ":assumed-role/ReadOnly/" in login.caller("read-only")


def test_without_a_terminal_nobody_is_asked(login: ProviderRig) -> None:
    done = login.run("assume", "admin", code=3)
    assert "rolecall assume admin" in done.stderr
    assert not login.notes.exists()


def test_ctrl_c_ends_it_and_frees_the_port(login: ProviderRig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", login.browser(None))
    with login.at_terminal("assume", "admin", "--no-browser") as terminal:
        terminal.wait_for("redirect_uri=http%3A%2F%2F127.0.0.1%3A")
        port = int(terminal.shown.partition("redirect_uri=http%3A%2F%2F127.0.0.1%3A")[2].partition("%")[0])
        socket.create_connection(("127.0.0.1", port)).close()
        terminal.interrupt()
        terminal.end(130)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    assert not login.credentials.exists()


def test_nothing_of_a_sign_in_is_left_by_the_command_line(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = demo_world()
    with Overheard(world) as aws:
        rig = ProviderRig(home=home, aws=aws, world=world)
        rig.settle(demo_settings(world, aws.url))
        browser = home / "browser"
        browser.write_text(FILLS_IN.format(python=sys.executable, root=str(ROOT)))
        browser.chmod(0o755)
        monkeypatch.setenv("BROWSER", f"{browser} %s")
        with rig.at_terminal("assume", "stage-dev") as terminal:
            sampler = Sampler(terminal.process.pid)
            sampler.start()
            shown = terminal.end()
            sampler.done.set()
            sampler.join()
        shown += rig.run("assume", "registry").stdout
        with rig.at_terminal("assume", "pipeline", "--refresh", "--device") as terminal:
            shown += terminal.end()
        secrets = aws.secrets() | {"alice's password": world.people["alice"].password}
        for kind in (
            "WebIdentityToken",
            "code ",
            "code_verifier",
            "refresh_token",
            "id_token",
            "access_token",
            "cookie",
        ):
            assert any(name.startswith(kind) for name in secrets), kind
        assert found(secrets, rig.credentials.read_bytes()), "the search does not even find what is published"
        assert b"browser" in sampler.seen
        assert not found(secrets, sampler.seen), "arguments or environment"
        assert not found(secrets, shown.encode()), "shown"
        assert not found_below(secrets, home, but=[rig.credentials])


# --- Providers themselves ---------------------------------------------------------------------------------------------


def test_providers_are_added_shown_signed_in_at_and_removed(login: ProviderRig, panva: Panva) -> None:
    login.run("provider", "add", "second", "--issuer", panva.issuer, "--client-id", panva.client_id)
    rows = {row["name"]: row for row in json.loads(login.run("provider", "list", "--json").stdout)["providers"]}
    assert (rows["second"]["type"], rows["second"]["flow"]) == ("oidc", "browser")
    assert rows["login"]["profiles"][:2] == ["admin", "read-only"]
    assert "[still-needed]" in login.run("provider", "remove", "login", code=1).stderr

    shown = _at_terminal(login, "provider", "sign-in", "second")
    assert "second: signed in" in shown
    assert "remembered" in login.run("provider", "list").stdout
    login.run("provider", "sign-out", "second")
    assert "remembered" not in login.run("provider", "list").stdout
    login.run("provider", "remove", "second")
    assert "second" not in login.settings.read_text()


def test_a_saml_provider_is_added_and_tells_its_roles(corp: ProviderRig, simplesamlphp: SimpleSamlPhp) -> None:
    corp.run("provider", "add", "other", "--saml-login-url", simplesamlphp.login_url, "--no-stay-signed-in")
    response = simplesamlphp.log_in("bob").saml_response
    told = corp.run("provider", "sign-in", "other", "--assertion", "-", typed=response).stdout
    assert "bob@example.com" in told
    assert simplesamlphp.role_arns[1] in told
    assert simplesamlphp.role_arns[0] not in told


def test_a_client_secret_goes_to_the_keyring_and_nowhere_else(login: ProviderRig) -> None:
    login.run("provider", "add", "login", "--client-secret", typed="a client's own secret\n")
    for path in login.home.rglob("*"):
        assert not path.is_file() or b"a client's own secret" not in path.read_bytes(), path
    assert login.run("provider", "add", "login", "--client-secret", typed="\n", code=1).stderr


@pytest.mark.parametrize(
    "arguments",
    [["--client-id", "x"], [], ["--flow", "dance"], ["--saml-login-url", "http://example.com/login"]],
)
def test_a_provider_that_cannot_work_is_not_added(login: ProviderRig, arguments: list[str]) -> None:
    before = login.settings.read_bytes()
    assert "[" in login.run("provider", "add", "broken", *arguments, code=1).stderr
    assert login.settings.read_bytes() == before


# --- A token from a file, and an STS that nobody here wrote -----------------------------------------------------------


def test_a_token_file_is_redeemed_at_seaweedfs(home: Path, seaweedfs: SeaweedFS) -> None:
    class Robot(Person):
        @property
        def url(self) -> str:
            return seaweedfs.url

    robot, token = Robot(home=home), home / "token"
    robot.settle(
        f'schema = 1\n[settings]\nregion = "{seaweedfs.region}"\n[provider.cluster]\ntype = "oidc"\n'
        f'web_identity_token_file = "{token}"\n[profile.web]\nrole_arn = "{seaweedfs.web_role_arn}"\n'
        'source = "provider.cluster"\nsession_name = "robot"\n'
    )
    assert "[token-file]" in robot.run("assume", "web", code=1).stderr
    token.write_text(seaweedfs.issuer.token(stranger=True))
    assert "validate web identity token" in robot.run("assume", "web", code=1).stderr
    token.write_text(seaweedfs.issuer.token(seconds=-60))
    assert "expired" in robot.run("assume", "web", code=1).stderr.lower()
    assert not robot.credentials.exists()
    token.write_text(seaweedfs.issuer.token() + "\n")
    robot.run("assume", "web")
    identity = json.loads(robot.aws_cli("sts", "get-caller-identity", "--profile", "web"))
    assert identity["Arn"].endswith("assumed-role/Web/robot")
    s3 = boto3.Session(profile_name="web", region_name=seaweedfs.region).client("s3", endpoint_url=seaweedfs.url)
    s3.create_bucket(Bucket=f"web-{time.time_ns()}")


def _at_terminal(rig: Person, *arguments: str, code: int = 0) -> str:
    with rig.at_terminal(*arguments) as terminal:
        return terminal.end(code)
