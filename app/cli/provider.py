"""`rolecall provider`: SAML and OIDC providers. A client secret comes from standard input or a hidden prompt."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.cli import signing_in, terminal
from app.cli.text import json_text, local, printable, stamp, table, tell_problem
from app.cli.wording import by_options, listed
from app.domain.configuration import Flow, Provider
from app.domain.errors import BadInput
from app.domain.secret import Secret
from app.domain.values import replace
from app.domain.view import SignIn

if TYPE_CHECKING:
    import argparse

    from app.bootstrap.wiring import Wired
    from app.domain.view import ProviderView

_OPTIONS = {
    "type": "--type saml or oidc",
    "flow": "--flow F",
    "login_url": "--saml-login-url URL",
    "issuer": "--issuer URL",
    "client_id": "--client-id ID",
    "scopes": "--scope S",
    "command": "--command WORD …",
    "web_identity_token_file": "--token-file PATH",
    "stay_signed_in": "--stay-signed-in",
}
"""The options by the settings' keys that they set."""


async def add(wired: Wired, options: argparse.Namespace) -> int:
    """Add or change a provider; what is not given stays as it is."""
    known = wired.front.engine.roster.configuration.providers.get(options.name)
    provider = changed(known, options)
    secret = terminal.read_secret(f"Client secret of {options.name}: ").strip() if options.client_secret else ""
    if options.client_secret and not secret:
        raise BadInput(
            code="secret-empty",
            title="No client secret was given",
            remedy="Type it, or pipe it in. Nothing was changed.",
        )
    with by_options(_OPTIONS):
        await wired.front.put_provider(provider, client_secret=secret)
    print(f"{options.name}: configured" + ("; the client secret is in the keyring." if secret else "."))
    return 0


def changed(known: Provider | None, options: argparse.Namespace) -> Provider:
    """A provider as the options want it. Raises BadInput when nothing tells of which type it is, or what way."""
    kind = options.type or ("saml" if options.saml_login_url else "oidc" if _oidc(options) else "")
    if not kind and known is None:
        raise BadInput(
            code="provider-type-missing",
            title=f"What kind of provider is “{options.name}”?",
            remedy="Give --saml-login-url URL, or --issuer URL and --client-id ID, or --type with --command.",
            field="type",
        )
    provider = known or Provider(name=options.name, type=kind)
    given = {
        "type": kind,
        "flow": _flow(options.flow),
        "login_url": options.saml_login_url,
        "issuer": options.issuer,
        "client_id": options.client_id,
        "scopes": tuple(options.scope),
        "command": tuple(options.program),
        "web_identity_token_file": options.token_file,
    }
    provider = replace(provider, **{name: value for name, value in given.items() if value})
    return provider if options.stay_signed_in is None else replace(provider, stay_signed_in=options.stay_signed_in)


def _oidc(options: argparse.Namespace) -> bool:
    return bool(options.issuer or options.client_id or options.token_file or options.scope)


def _flow(text: str) -> Flow | None:
    try:
        return Flow(text) if text else None
    except ValueError:
        raise BadInput(
            code="provider-flow",
            title=f"There is no way of signing in called “{printable(text)}”",
            detail=f"Possible are {', '.join(flow.value for flow in Flow)}.",
            field="flow",
        ) from None


def show(wired: Wired, *, as_json: bool) -> int:
    """List the providers."""
    views = [_with_cookies(wired, view) for view in wired.front.snapshot().providers]
    if as_json:
        print(json_text({"providers": [_row(view) for view in views]}))
    elif views:
        lines = [(v.name, v.type, v.way, _status(v), v.place, ", ".join(v.profiles)) for v in views]
        head = ("PROVIDER", "TYPE", "BY", "STATUS", "AT", "PROFILES")
        print(table([head, *(tuple(map(printable, line)) for line in lines)]))
    else:
        print("No providers yet: `rolecall provider add NAME`.")
    for refusal in wired.front.snapshot().configuration.refusals:
        if refusal.entry.startswith("provider."):
            print(f"\n{printable(refusal.entry)}" + (f", line {refusal.line}" if refusal.line else ""), file=sys.stderr)
            tell_problem(refusal.problem)
    return 0


def _with_cookies(wired: Wired, view: ProviderView) -> ProviderView:
    """Cookies are the window's: without one, the core does not know of them."""
    if view.type != "saml" or view.status is not SignIn.OUT or not wired.keeps_cookies(view.name):
        return view
    return replace(view, status=SignIn.REMEMBERED, remembered=True)


def _status(view: ProviderView) -> str:
    """How the sign-in stands; where a file or command gives the token, nobody is signed out."""
    by_itself = view.way in {Flow.FILE.value, Flow.COMMAND.value}
    return "needs nobody" if by_itself and view.status is SignIn.OUT else view.status.value


def _row(view: ProviderView) -> dict[str, object]:
    return {
        "name": view.name,
        "type": view.type,
        "flow": view.way,
        "status": view.status.value,
        "place": view.place or None,
        "remembered": view.remembered,
        "usable_until": stamp(view.usable_until) if view.usable_until else None,
        "profiles": list(view.profiles),
    }


async def remove(wired: Wired, options: argparse.Namespace) -> int:
    """Remove a provider."""
    with listed("provider"):
        await wired.front.remove_provider(options.name)
    wired.forget_cookies(options.name)
    print(f"{options.name}: removed, with what kept you signed in there.")
    return 0


async def sign_in(wired: Wired, options: argparse.Namespace) -> int:
    """Sign in, and say what it brought."""
    at = wired.front.engine.sign_in(options.name)
    if options.assertion:
        at.hand_in(Secret(signing_in.read_assertion(options.assertion)))
    else:
        if options.device:
            at.prefer(Flow.DEVICE)
        await wired.front.sign_in(options.name)
    view = next(each for each in wired.front.snapshot().providers if each.name == options.name)
    if view.problem is not None:
        tell_problem(view.problem)
        return 1
    _tell_signed_in(view)
    return 0


async def sign_out(wired: Wired, options: argparse.Namespace) -> int:
    """Forget what keeps the person signed in."""
    await wired.front.sign_out(options.name)
    wired.forget_cookies(options.name)
    await wired.settled()
    print(f"{options.name}: signed out. Sessions obtained with it stay: `rolecall stop` withdraws them.")
    return 0


ACTIONS = {"add": add, "remove": remove, "sign-in": sign_in, "sign-out": sign_out}


def _tell_signed_in(view: ProviderView) -> None:
    """Who, until when, and the roles of an assertion."""
    who = f" as {printable(view.subject)}" if view.subject else ""
    until = f"; AWS takes it until {local(view.usable_until)}" if view.usable_until else ""
    print(f"{view.name}: signed in{who}{until}.")
    for role in view.roles:
        print(f"  {printable(role.role_arn)}" + (f"  ({printable(role.profile)})" if role.profile else ""))
