"""Pin every dependency, with hashes, for Python 3.11 and later on every system: `make lock`.

Four files, each a subset of the one before, with the same versions throughout:

    prove.txt  what `make fuzz` and `make mutants` need on top
    dev.txt    all that `make test` and `make check` need
    demo.txt   the program and its local stand-in AWS
    run.txt    the program

And one of its own, for an environment of its own:

    peers.txt  what `make bench` measures the program beside

The resolver (uv) is only needed here; the files are installed by plain pip.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

UV = "uv>=0.9,<1"
ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
TOOLS = ROOT / "build" / "lock-tools"


def main() -> int:
    """Write the lock files anew; versions move up as far as pyproject.toml lets them."""
    if not (TOOLS / "bin" / "python").exists():
        venv.create(TOOLS, with_pip=True)
    subprocess.run([TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--upgrade", UV], check=True)
    LOCKS.mkdir(parents=True, exist_ok=True)
    _compile("dev.txt", "pyproject.toml", "--extra", "demo", "--group", "dev")
    dev = ("--constraint", "packaging/locks/dev.txt")
    _compile("prove.txt", "pyproject.toml", "--extra", "demo", "--group", "prove", *dev)
    _compile("demo.txt", "pyproject.toml", "--extra", "demo", *dev)
    _compile("run.txt", "pyproject.toml", *dev)
    _compile("peers.txt", "--group", "peers")
    return 0


def _compile(name: str, *selection: str) -> None:
    """Resolve one selection of pyproject.toml into `packaging/locks/NAME`."""
    target = LOCKS / name
    target.unlink(missing_ok=True)  # uv would otherwise keep the versions it finds there
    subprocess.run(
        [
            TOOLS / "bin" / "uv",
            "pip",
            "compile",
            *selection,
            "--universal",
            "--python-version=3.11",
            "--generate-hashes",
            "--no-annotate",
            "--custom-compile-command=make lock",
            "--quiet",
            f"--output-file=packaging/locks/{name}",
        ],
        check=True,
        cwd=ROOT,
    )


if __name__ == "__main__":
    sys.exit(main())
