"""The command `rolecall`."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.text import tell_error
from app.domain.errors import Declined, NeedsPerson, RolecallError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_SIGNING = (["assume"], ["console"])
"""What most often needs a secret of the keyring, and writes the credentials file."""
DONE, FAILED, USAGE, NEEDS_PERSON = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    bootstrap.guard()
    wanted = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if arguments is None:
            _begin_alone(wanted)
        return _run(wanted)
    except NeedsPerson as error:
        tell_error(error)
        return NEEDS_PERSON
    except Declined:
        print("Cancelled.", file=sys.stderr)
        return FAILED
    except RolecallError as error:
        tell_error(error)
        return FAILED
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader went away; nothing more can be told, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _begin_alone(wanted: list[str]) -> None:
    """In a process of its own, where no thread and nothing else is yet."""
    _leave_garbage()
    if wanted[:1] in _SIGNING:
        bootstrap.begin_early()


def _leave_garbage() -> None:
    """Look for no circles in what a command leaves behind: it ends soon, and the system takes it all at once.

    Python would look some dozen times, and through everything once more at its end.
    """
    gc.disable()
    atexit.register(gc.freeze)


def _mind_garbage() -> None:
    """The window stays for days."""
    gc.enable()
    atexit.unregister(gc.freeze)


def _run(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    if first == "credentials" and len(arguments) == 2 and not arguments[1].startswith("-"):  # noqa: PLR2004  # the words of the one call that AWS tools make
        from app.cli.credentials import credentials

        return credentials(arguments[1])
    from app.cli.arguments import parser

    options = parser(first).parse_args(arguments)
    return _dispatch(options)


def _dispatch(options: argparse.Namespace) -> int:
    if options.command is None:
        _mind_garbage()
        return bootstrap.run_window(demo=options.demo, auto=options.auto, hidden=options.hidden)
    if options.command == "list":
        from app.cli.listing import list_profiles

        return list_profiles(as_json=options.json)
    if options.command == "credentials":
        from app.cli.credentials import credentials

        return credentials(options.name)
    if options.command == "doctor":
        from app.cli.doctor import doctor

        return doctor(as_json=options.json)
    from app.cli import acting

    return acting.run(options)
