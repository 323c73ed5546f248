"""Errors of the core in the words of the command line."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from app.cli import provider, signing_in
from app.cli.arguments import parser
from app.cli.wording import by_options, listed
from app.domain.configuration import Flow, Provider
from app.domain.errors import BadInput
from app.domain.settings_entries import faults
from app.domain.settings_schema import table_of
from app.domain.view import NeedView, ProviderView, SignIn, SignInView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Core:
    """A core that takes what the settings would take."""

    def __init__(self) -> None:
        roster = SimpleNamespace(configuration=SimpleNamespace(providers={}))
        self.front = cast("Any", self)
        self.engine = SimpleNamespace(roster=roster)

    async def put_provider(self, wanted: Provider, *, client_secret: str) -> None:
        assert not client_secret
        for fault in faults("provider", wanted.name, table_of(wanted)):
            raise fault

    async def remove_provider(self, name: str) -> None:
        raise BadInput(
            code="entry-unknown",
            title=f"There is no provider “{name}”",
            detail="It may have been removed elsewhere.",
            remedy="Look at the list again.",
        )


async def refused(call: Callable[[Any, Any], Awaitable[int]], *words: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        await call(cast("Any", Core()), parser().parse_args(["provider", *words]))
    return caught.value


@pytest.mark.parametrize(
    ("words", "title", "remedy"),
    [
        (["--saml-login-url", "notaurl"], "Not a URL", "Correct --saml-login-url."),
        (["--issuer", "https://a.example"], "--client-id is missing", "Give --client-id ID."),
        (["--saml-login-url", "https://a.example/x", "--flow", "device"], "--flow cannot be “device”",
         "Correct --flow."),
        (["--issuer", "https://a.example", "--client-id", "x", "--scope", "a b"], "Not a scope", "Correct --scope."),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_named_by_its_option(words: list[str], title: str, remedy: str) -> None:
    error = await refused(provider.add, "add", "login", *words)
    assert (error.title, error.remedy) == (title, remedy)


def test_what_stands_in_the_settings_is_to_be_corrected_there() -> None:
    error = BadInput(code="settings-value", title="Not a region", remedy="Correct it in the settings.", field="region")
    with pytest.raises(BadInput), by_options({"issuer": "--issuer URL"}):
        raise error
    assert error.remedy == "Correct it in the settings."


async def test_an_unknown_provider_is_told_alike_everywhere() -> None:
    error = await refused(provider.remove, "remove", "nope")
    told = (error.code, error.title, error.detail, error.remedy)
    assert told == (
        "provider-unknown", "There is no provider “nope”", "", "`rolecall provider list` shows the names."
    )  # fmt: skip


def test_other_refusals_stay_as_they_are() -> None:
    error = BadInput(code="still-needed", title="“corp” is still needed", detail="a starts from it.", remedy="Wait.")
    with pytest.raises(BadInput), listed("provider"):
        raise error
    assert (error.code, error.detail, error.remedy) == ("still-needed", "a starts from it.", "Wait.")


@pytest.mark.parametrize(
    ("way", "status", "word"),
    [
        (Flow.FILE, SignIn.OUT, "needs nobody"),
        (Flow.COMMAND, SignIn.FAILED, "failed"),
        (Flow.BROWSER, SignIn.OUT, "signed out"),
    ],
)
def test_where_nobody_signs_in_nobody_is_signed_out(
    way: Flow, status: SignIn, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    view = ProviderView(name="login", type="oidc", way=way.value, status=status, place="/token")
    snapshot = SimpleNamespace(providers=(view,), configuration=SimpleNamespace(refusals=()))
    front = SimpleNamespace(snapshot=lambda: snapshot)
    provider.show(cast("Any", SimpleNamespace(front=front)), as_json=False)
    assert f"  {word}  " in capsys.readouterr().out


async def test_where_to_sign_in_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    opened = SignInView(provider="login", way=Flow.BROWSER.value, opened=True)
    linked = SignInView(provider="login", way=Flow.BROWSER.value, opened=True, has_link=True)
    needs = [NeedView(key="sign-in login", kind="sign-in", title="Sign in to login", sign_in=each)
             for each in (opened, linked)]  # fmt: skip
    changed, asked = asyncio.Event(), [needs[1:], []]
    front = SimpleNamespace(snapshot=lambda: SimpleNamespace(needs=asked.pop(0)))
    telling = asyncio.create_task(signing_in.accompany(cast("Any", front), needs[0], changed))
    while not telling.done():
        changed.set()
        await asyncio.sleep(0)
    assert capsys.readouterr().err == "Sign in to “login” in your browser. Ctrl+C cancels.\n"
