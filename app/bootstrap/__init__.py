"""Who is connected with whom. It knows everybody's name and does nobody's work.

Each function here imports what it connects, when it is called: `guard` for the start of all, `light` for commands
that only read files, `wire` for those that do something, `run_window` for the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sys
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from app.bootstrap.reading import Light
    from app.bootstrap.wiring import Wired
    from app.domain.secret import Secret


def guard() -> None:
    """Let no log and no crash of this process print a secret, or leave its memory on the disk. Comes first.

    What only reads files starts without `logging`: what redacts crashes is loaded by the first one, and logs are
    guarded by `wire`, before there is anybody who writes one.
    """
    import sys

    def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None, /) -> None:
        _guard_all()
        sys.excepthook(kind, error, trace)

    def could_not_raise(what: sys.UnraisableHookArgs, /) -> None:
        _guard_all()
        sys.unraisablehook(what)

    sys.excepthook, sys.unraisablehook = crashed, could_not_raise
    _leave_no_core_file()


def _leave_no_core_file() -> None:
    """Core files hold secrets. systemd-coredump, which takes them through a pipe, keeps to the limit as well."""
    from contextlib import suppress

    with suppress(ImportError, OSError, ValueError):  # no such thing on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _guard_all() -> None:
    from app.adapters import logging_filter

    logging_filter.install()
    logging_filter.guard_crashes()


def begin_early() -> None:
    """Begin what a command that obtains credentials will need, while the rest of it is loaded.

    The keyring is opened by a process of its own, and watch is kept over the credentials file. It comes before there
    are threads and event loops, or never.
    """
    import os

    from app.adapters.credentials_file import location, vigil
    from app.adapters.keyring_store import choice

    choice.begin(os.environ)
    vigil.begin(str(location.credentials_path(os.environ)))


def light(environ: Mapping[str, str] | None = None) -> Light:
    """What the files say, read now, without keyring, network, lock or event loop."""
    import os

    from app.bootstrap.reading import read

    return read(os.environ if environ is None else environ)


def wire(
    *,
    person_present: bool,
    ask_passphrase: Callable[[bool], Secret] | None = None,
    tell: Callable[[str], None],
    print_links: bool = False,
) -> Wired:
    """A core for the command line: its desktop is a terminal, where there is one, with the person's browser beside it.

    `tell` prints something for the person; with `print_links` no browser is opened.
    """
    import os

    _guard_all()
    from app.bootstrap.wiring import Surroundings
    from app.bootstrap.wiring import wire as connect

    if not person_present:
        return connect(os.environ, person_present=False)
    from app.bootstrap.browser import TerminalDesktop

    desktop = TerminalDesktop(tell, print_links=print_links)
    around = Surroundings(
        desktop=desktop, ask_passphrase=ask_passphrase, settled=desktop.settled, ends=(desktop.close,)
    )
    return connect(os.environ, person_present=True, around=around)


def run_window(*, demo: bool = False, auto: bool = False, hidden: bool = False) -> int:
    """The window, until it is quit; returns the exit code. `hidden`: it begins in the tray, where there is one."""
    _guard_all()
    if demo or auto:
        from app.bootstrap.demo import run_demo

        return run_demo(auto=auto)
    from app.bootstrap.window import Stage, run

    return run(stage=Stage(hidden=hidden))
