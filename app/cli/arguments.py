"""What can be typed after `rolecall`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Parser = argparse.ArgumentParser


def parser(first: str = "") -> Parser:
    """The parser of a command line with this word first; of any, where that is no command."""
    only = first if first in _COMMANDS else ""
    top = argparse.ArgumentParser(
        prog="rolecall",
        description="Temporary AWS credentials for your roles. Without a command: the window.",
        epilog="Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 needs a person and there is no terminal.",
    )
    top.add_argument("--version", action="version", version=f"rolecall {_version()}")
    top.add_argument(
        "--demo", action="store_true", help="the window on a local stand-in AWS, with nothing of yours touched"
    )
    top.add_argument(
        "--auto", action="store_true", help="with --demo: play the main path by itself, pictures in build/demo"
    )
    top.add_argument(
        "--hidden", action="store_true", help="begin in the tray, where there is one: for starting with your session"
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, (about, fill) in _COMMANDS.items():
        if only in ("", name):
            fill(commands.add_parser(name, help=about))
    return top


def _assume(parser: Parser) -> None:
    parser.add_argument("name")
    parser.add_argument(
        "--replace", action="store_true", help="set aside a foreign section of that name; it comes back on stop"
    )
    parser.add_argument(
        "--confirm",
        default="",
        metavar="NAME",
        help="its name once more, where that has to be typed",
    )
    parser.add_argument(
        "--refresh", action="store_true", help="obtain new ones even if the present ones still live long"
    )
    _signing_in(parser)
    _json(parser)


def _stop(parser: Parser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("name", nargs="?")
    which.add_argument("--all", action="store_true", help="all of this installation, and its MFA sessions")
    _json(parser)


def _credentials(parser: Parser) -> None:
    parser.add_argument("name")


def _console(parser: Parser) -> None:
    parser.add_argument("name")
    parser.add_argument("--open", action="store_true", help="open it in the browser instead of printing it")
    parser.add_argument("--service", default="", metavar="S", help="the page to land on: ec2, s3, cloudwatch, …")


def _decode(parser: Parser) -> None:
    parser.add_argument("name", help="the profile whose session asks")
    parser.add_argument(
        "message",
        nargs="?",
        default="-",
        help="the encoded message, or the error text around it; - reads standard input",
    )


def _key_info(parser: Parser) -> None:
    parser.add_argument("name", help="the profile whose session asks")
    parser.add_argument("access_key_id")
    _json(parser)


def _whoami(parser: Parser) -> None:
    who = parser.add_mutually_exclusive_group()
    who.add_argument("name", nargs="?", default="", help="the profile; none: what AWS tools would use now")
    who.add_argument("--identity", default="", metavar="NAME", help="an identity, with its own key")
    who.add_argument(
        "--aws", nargs="?", const="", default="", metavar="PROFILE", help="AWS tools, with --profile PROFILE"
    )
    _json(parser)


def _key(parser: Parser) -> None:
    parser.add_argument("access_key_id", nargs="?", default="", help="none: only look at the files")
    _json(parser)


def _why(parser: Parser) -> None:
    parser.add_argument("text", nargs="?", default="-", help="the error text; - reads standard input")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--profile", default="", metavar="NAME", help="decode with the live session of this profile")
    how.add_argument("--failed", default="", metavar="NAME", help="why AWS refuses this profile; asks once more")
    _json(parser)


def _activity(parser: Parser) -> None:
    parser.add_argument("--profile", default="", metavar="NAME", help="of this profile or provider only")
    parser.add_argument("--days", type=_days, default=30, metavar="N", help="only so many days back, up to 30")
    _json(parser)


def _export(parser: Parser) -> None:
    parser.add_argument("file")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--all", action="store_true", help="all profiles")
    parser.add_argument("--force", action="store_true", help="replace FILE, whatever it holds now")


def _import(parser: Parser) -> None:
    parser.add_argument("file")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="THEIRS=OURS",
        help="the source here that stands for a missing one: identity.bob=identity.alice; may be given several times",
    )


def _days(text: str) -> int:
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0  # noqa: PLR2004  # more is no number of days
    if not 1 <= days <= 30:  # noqa: PLR2004  # the days that are kept
        message = "a number of days from 1 to 30"
        raise argparse.ArgumentTypeError(message)
    return days


def _identity(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="add or change one; its secret is read from standard input or a hidden prompt")
    add.add_argument("name")
    add.add_argument("--access-key-id", default="", metavar="ID", help="default: the one configured, else asked for")
    add.add_argument("--mfa-device", default="", metavar="ARN")
    add.add_argument(
        "--totp", action="store_true", help="read a TOTP secret or otpauth:// URL instead, and use it from now on"
    )
    remove = actions.add_parser("remove", help="remove one with its secrets")
    remove.add_argument("name")
    _json(actions.add_parser("list", help="show them, without secrets"))


def _provider(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="add or change one; what is not given stays as it is")
    add.add_argument("name")
    add.add_argument("--saml-login-url", default="", metavar="URL", help="SAML: where signing in to AWS begins")
    add.add_argument("--issuer", default="", metavar="URL", help="OIDC: the provider's address")
    add.add_argument("--client-id", default="", metavar="ID", help="OIDC: the name Rolecall is registered by")
    add.add_argument("--scope", action="append", default=[], metavar="S", help="OIDC: may be given several times")
    add.add_argument("--flow", default="", metavar="F", help="window or paste; browser or device; file; command")
    add.add_argument("--token-file", default="", metavar="PATH", help="OIDC: a token that something else keeps fresh")
    add.add_argument("--type", default="", choices=("saml", "oidc"), help="default: told by the other options")
    add.add_argument(
        "--client-secret", action="store_true", help="read one from standard input or a hidden prompt, for the keyring"
    )
    add.add_argument(
        "--stay-signed-in", action=argparse.BooleanOptionalAction, help="keep cookies, or the refresh token"
    )
    add.add_argument(
        "--command",
        dest="program",
        nargs=argparse.REMAINDER,
        default=[],
        metavar="WORD",
        help="the program that prints the response or token, and its arguments: comes last",
    )
    remove = actions.add_parser("remove", help="remove one, and sign out there")
    remove.add_argument("name")
    each = actions.add_parser("sign-in", help="sign in now, whatever the profiles need")
    each.add_argument("name")
    _signing_in(each)
    each = actions.add_parser("sign-out", help="forget what keeps you signed in; sessions stay")
    each.add_argument("name")
    _json(actions.add_parser("list", help="show them, without secrets"))


def _signing_in(parser: Parser) -> None:
    """How a person signs in at a provider, should that be needed."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--device", action="store_true", help="OIDC: sign in on another device, with a code")
    ways.add_argument("--no-browser", action="store_true", help="OIDC: print the link instead of opening the browser")
    ways.add_argument(
        "--assertion", default="", metavar="FILE", help="SAML: read the provider's response from FILE; - standard input"
    )


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


_COMMANDS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "list": ("profiles, their status and the time left", _json),
    "assume": ("obtain credentials and publish them", _assume),
    "stop": ("withdraw credentials", _stop),
    "credentials": ("print live credentials for credential_process; never asks", _credentials),
    "console": ("print a console sign-in URL, valid 15 minutes: it is a secret", _console),
    "whoami": (
        "GetCallerIdentity: with a profile's live session, an identity, or what AWS tools would use now",
        _whoami,
    ),
    "key": ("whose an access key ID is, who holds it, what is wrong in the files", _key),
    "why": ("why something was denied: paste the error, encoded message and all", _why),
    "activity": ("what happened in the last 30 days, newest first", _activity),
    "export": ("write profiles, and what they start from, into a file without secrets", _export),
    "import": ("show what such a file would change, and take it over", _import),
    "identity": ("IAM users' access keys", _identity),
    "provider": ("SAML and OIDC providers", _provider),
    "decode": ("DecodeAuthorizationMessage: why something was denied", _decode),
    "key-info": ("GetAccessKeyInfo: the account of an access key ID", _key_info),
    "doctor": ("what would go wrong, and the remedy", _json),
}
"""What each is for, and what can be typed after it. To make all of these parsers takes as long as to start Python."""


def _version() -> str:
    from app import __version__

    return __version__
