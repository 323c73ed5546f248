"""Fuzz one target in this process, which libFuzzer ends: python -m tests.fuzz.one TARGET [arguments of libFuzzer].

The parsers' own modules are instrumented, so that inputs which reach new branches are kept.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any


def main() -> None:
    """Import everything instrumented, then hand over to libFuzzer."""
    # Only who fuzzes has it installed
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["app", "tomllib", "json", "shlex", "html"]):
        from tests.fuzz.targets import TARGETS

    law = TARGETS[sys.argv[1]].law
    atheris.Setup([sys.argv[0], *sys.argv[2:]], law)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
