"""What the demo that plays by itself shows of providers: both sign-ins, what follows from one, and a code."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.bootstrap import hands
from app.bootstrap.player import StepFailed, require
from app.domain.view import SignIn, Status
from app.ui.provider_page import ProviderPage
from app.ui.sign_in_sheet import SignInSheet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.bootstrap.player import Player
    from app.standin import StandIn

LATER = timedelta(minutes=8)
"""More than an assertion is good for, and more than half the life of prod-deploy, which is 15 minutes."""


class SignIns:
    """The steps. `advance` puts the clock forward; `opened` is what the window wanted a browser to open."""

    def __init__(self, player: Player, aws: StandIn, advance: Callable[[timedelta], None], opened: list[str]) -> None:
        self._player = player
        self._aws = aws
        self._advance = advance
        self._opened = opened

    def steps(self) -> tuple[Callable[[], Awaitable[str]], ...]:
        """All of them, in order."""
        return (
            self._saml,
            self._offered,
            self._shared,
            self._later,
            self._openid,
            self._refreshed,
            self._device,
        )

    async def _saml(self) -> str:
        """Click a role, and sign in on the provider's page as a person does."""
        player = self._player
        page = self._page("corp")
        await hands.click(page.status.stay)
        await player.until(lambda: player.provider("corp").keeps, "corp is to stay signed in")
        player.window.show_roles()
        await player.press_button("prod-deploy")
        field = await player.field_of_page()
        window = hands.login_window()
        await player.look("5-saml-login", window)
        await hands.press(field, Qt.Key.Key_Return)
        await player.until_live("prod-deploy")
        require(hands.login_window() is None, "the login window is gone")
        return await player.witnessed("Signed in at corp in the login window, for prod-deploy.", "prod-deploy")

    async def _offered(self) -> str:
        """Look at what the assertion says, and assume what it offers, all at once."""
        player = self._player
        page = self._page("corp")
        await player.look("6-saml-provider")
        offered = player.provider("corp").roles
        place = next(place for place, role in enumerate(offered) if role.role_name == "Viewer")
        require(not offered[place].profile, "Viewer is in no profile yet")
        page.roles.list.setCurrentIndex(page.roles.model.index(place))
        await hands.press(page.roles.list, Qt.Key.Key_Space)
        require(len(page.roles.model.chosen) == len(offered), "every role offered is chosen")
        await hands.click(page.assume)
        await player.until(lambda: self._settled() == len(offered), "every role is assumed or refused")
        await player.look("7-offered-roles")
        player.window.show_roles()
        name = next(role.profile for role in player.provider("corp").roles if role.role_name == "Viewer")
        live = sum(player.live(role.profile) for role in player.provider("corp").roles)
        words = f"Assumed the {len(offered)} roles offered at once, {name} as a new profile: {live} are live."
        return await player.witnessed(words, name)

    def _settled(self) -> int:
        views = {view.name: view for view in self._player.sessions()}
        found = [views.get(role.profile) for role in self._player.provider("corp").roles]
        return sum(each is not None and each.status in (Status.ACTIVE, Status.FAILED) for each in found)

    async def _shared(self) -> str:
        """One sign-in serves all: a chain that starts at the provider."""
        player, before = self._player, self._logins()
        await player.press_button("data-lake-load")
        await player.until_live("data-lake-load")
        require(self._logins() == before, "nobody had to sign in again")
        words = "Assumed data-lake-load, through data-lake, with the same sign-in."
        return await player.witnessed(words, "data-lake-load")

    async def _later(self) -> str:
        """The assertion is too old by now; the provider still knows the browser, and nobody is asked."""
        player, before, logins = self._player, self._player.view("prod-deploy").key_id, self._logins()
        self._advance(LATER)
        player.running.wired.front.supervisor.wake()
        await player.until(lambda: player.view("prod-deploy").key_id not in ("", before), "prod-deploy renewed itself")
        require(self._logins() == logins, "nobody had to sign in again")
        require(hands.login_window() is None, "no window came up")
        words = f"{LATER.seconds // 60} minutes later prod-deploy had renewed itself, no window, no question."
        return await player.witnessed(words, "prod-deploy")

    async def _openid(self) -> str:
        """Click a role, and sign in in the browser."""
        player = self._player
        await player.press_button("stage-dev")
        await player.until(lambda: bool(self._opened), "the browser is opened")
        player.choose("stage-dev")
        await player.look("8-browser")
        page = await player.browse(self._opened.pop())
        await player.until_live("stage-dev")
        words = f"Signed in at login with the browser, for stage-dev ({page[:60]}…)."
        return await player.witnessed(words, "stage-dev")

    async def _refreshed(self) -> str:
        """A new ID token by refresh token."""
        player, before = self._player, self._grants()
        page = self._page("login")
        await hands.click(page.status.main)
        await player.until(lambda: self._grants() > before, "a new token came by refresh token")
        await player.until(lambda: player.provider("login").status is SignIn.IN, "login is signed in")
        await player.look("9-openid-provider")
        player.window.show_roles()
        require(not self._opened, "no browser was opened")
        return "Asked login for a new ID token: its refresh token brought it, no browser, no question."

    async def _device(self) -> str:
        """Sign out, and in again with a code on another device."""
        player = self._player
        page = self._page("login")
        await hands.click(page.status.forget)
        await player.until(lambda: player.provider("login").status is SignIn.OUT, "login is signed out")
        player.window.show_roles()
        self._opened.clear()
        await player.press_button("registry")
        await player.until(lambda: bool(self._opened and self._sign_in_key()), "the browser is opened")
        await player.window.intents.choose_way(self._sign_in_key(), "device")
        await player.until(lambda: self._code() != "", "a code is shown")
        sheet = player.window.prompts.sheet
        require(isinstance(sheet, SignInSheet), "the sheet with the code is open")
        await player.look("10-device-code")
        shown = player.need()
        link = shown.sign_in.complete_url if shown is not None and shown.sign_in is not None else ""
        page_words = await player.browse(link)
        await player.until_live("registry")
        await player.look("11-signed-in")
        words = f"Signed in at login with a code on another device ({page_words[:60]}…)."
        return await player.witnessed(words, "registry")

    def _page(self, provider: str) -> ProviderPage:
        self._player.window.pages.provider(provider)
        page = self._player.window.pages.page
        if not isinstance(page, ProviderPage):
            raise StepFailed(f"the page of {provider} does not open")
        return page

    def _sign_in_key(self) -> str:
        need = self._player.need()
        return need.key if need is not None and need.sign_in is not None else ""

    def _code(self) -> str:
        need = self._player.need()
        return need.sign_in.user_code if need is not None and need.sign_in is not None else ""

    def _logins(self) -> int:
        return sum(each.action == "/idp/login" for each in self._aws.requests)

    def _grants(self) -> int:
        tokens = [each for each in self._aws.requests if each.action == "/oidc/token"]
        return sum(each.parameters.get("grant_type") == "refresh_token" for each in tokens)
