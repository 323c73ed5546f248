"""The stand-in's own identity providers, of which a world may have one of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.standin import openid, saml_idp
from app.standin.grants import OAuthError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.standin.wire import Answer, Call
    from app.standin.world import World


class Providers:
    """Both of them, each absent if the world has none. `url` gives the stand-in's URL. Not for several threads."""

    def __init__(self, world: World, url: Callable[[], str]) -> None:
        saml_site, oidc_site = world.saml_site, world.oidc_site
        self.saml = None if saml_site is None else saml_idp.SamlIdp(saml_site, world.people, url)
        self.oidc = None if oidc_site is None else openid.OpenIdProvider(oidc_site, world.people, url)

    def answer(self, call: Call, given: Mapping[str, str], now: datetime) -> tuple[Answer, str] | None:
        """Serve a call below one of their paths, with its error code; None when there is nobody."""
        cookies = call.headers.get("Cookie", "")
        if self.saml is not None and call.path.startswith(saml_idp.PATH):
            return self.saml.answer(call.method, call.path.removeprefix(saml_idp.PATH), given, cookies, now), ""
        if self.oidc is not None and call.path.startswith(openid.PATH):
            try:
                return self.oidc.answer(call.method, call.path.removeprefix(openid.PATH), given, cookies, now), ""
            except OAuthError as error:
                return openid.error_answer(error), error.code
        return None

    def forget_sign_ins(self) -> None:
        """Nobody is signed in at either of them any more."""
        for each in (self.saml, self.oidc):
            if each is not None:
                each.sign_ins.forget()
