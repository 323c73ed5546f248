"""Set up all that a make target needs, on a machine that has Python 3.11 or later and nothing else.

    python packaging/prepare.py run|demo|test|check|prove|bench

A virtual environment in `.venv`, the locked Python packages, and the system libraries of Qt (for tests also an X
server, the programs of a small desktop and two identity providers). System packages come through apt where that is
allowed without asking anybody (root, or sudo without a password). Elsewhere the one command to run is printed, and it
only counts as a failure if something needed is really missing. When all is there, this takes a fraction of a second.

Standard library only: nothing is installed yet when it runs.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from providers import prepare_providers
from system import SetupError, install_command, install_system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "rolecall-locks.json"
LOCKS = ROOT / "packaging" / "locks"
VENV_PACKAGE = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
# Each lock holds the ones after it, in the same versions.
NESTED = ("prove", "dev", "demo", "run")
# The programs that the benchmarks measure Rolecall beside.
PEERS = ROOT / "build" / "peers"

# Names before a stroke are tried first: Ubuntu 24.04 and Debian 13 renamed libraries when time_t grew to 64 bits.
QT = (
    "libbrotli1",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0t64|libglib2.0-0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
    "fonts-inter",
)
# What QtWebEngine, the window of SAML logins, links to beyond that.
WEB_ENGINE = (
    "libasound2t64|libasound2",
    "libgbm1",
    "libnspr4",
    "libnss3",
    "libxcb-dri3-0",
    "libxcomposite1",
    "libxdamage1",
    "libxkbfile1",
    "libxrandr2",
    "libxtst6",
)
XVFB = ("xauth", "xvfb")
# The identity providers that the tests sign in to run on PHP (one of them at another time) and, from the Python
# packages, on Node.js.
PHP = ("libfaketime", "php-cli", "php-mbstring", "php-xml")
DESKTOP = (
    "at-spi2-core",
    "dbus",
    "dbus-x11",
    "dunst",
    "gnome-keyring",
    "openbox",
    "python3-dbusmock",
    "strace",
    "trayer",
    "x11-utils",
    "xdotool",
)

# Run by .venv's Python: Qt itself, and on Linux the plugin that talks to an X server, with all they link to.
QT_PROBE = """
import ctypes, pathlib, sys, PySide6
from PySide6 import QtDBus, QtNetwork, QtSvg, QtWidgets
if sys.platform == "linux":
    ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))
"""
WEB_ENGINE_PROBE = "from PySide6 import QtWebEngineCore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one make target needs: a lock file, system packages, and the programs that prove they are there."""

    lock: str
    packages: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    qt: bool = False
    # Without QtWebEngine the program works but for SAML logins, and says so there; the tests need it.
    web_engine: bool = False
    providers: bool = False
    peers: bool = False


def group_named(name: str) -> Group:
    """Return the needs of the make target `name`; raise SetupError for a name that is none."""
    if name == "run":
        return Group(lock="run", packages=QT + WEB_ENGINE, qt=True)
    if name == "demo":
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            return Group(lock="demo", packages=QT + WEB_ENGINE, qt=True)
        return Group(lock="demo", packages=QT + WEB_ENGINE + XVFB, programs=("Xvfb", "xvfb-run", "xauth"), qt=True)
    if name in ("test", "prove", "bench"):
        desktop = ("dunst", "gnome-keyring-daemon", "openbox", "trayer", "xdotool", "xprop", "xwininfo")
        programs = ("Xvfb", "dbus-run-session", "php", "strace", *desktop)
        packages = (*QT, *WEB_ENGINE, *XVFB, *DESKTOP, *PHP)
        return Group(
            lock="prove" if name == "prove" else "dev",
            packages=packages,
            programs=programs,
            qt=True,
            web_engine=True,
            providers=True,
            peers=name == "bench",
        )
    if name == "check":
        return Group(lock="dev")
    raise SetupError(f"usage: {Path(__file__).name} run|demo|test|check|prove|bench (not {name!r})")


def main(arguments: list[str]) -> int:
    """Set up one group; return 0, or 1 after having said what is missing."""
    try:
        group = group_named(arguments[0] if len(arguments) == 1 else "")
        problem = venv_problem()
        venv_package = [VENV_PACKAGE] if problem and not has_ensurepip() else []
        missing = install_system_packages([*group.packages, *venv_package])
        if problem:
            make_venv(problem, missing)
        install_python_packages(group.lock)
        if missing:
            check_what_counts(group, missing)
        if group.providers:
            prepare_providers(VENV, VENV_PYTHON)
        if group.peers:
            prepare_peers()
    except SetupError as problem:
        print(f"rolecall: {problem}", file=sys.stderr)
        return 1
    return 0


# --- System packages -------------------------------------------------------------------------------------------------


def check_what_counts(group: Group, missing: list[str]) -> None:
    """Raise SetupError if what is missing as a package is missing indeed: it may be there in another form."""
    reasons = [f"{program} not found" for program in group.programs if not shutil.which(program)]
    minor: list[str] = []
    if group.qt and (why := why_not(QT_PROBE)):
        reasons.append(f"Qt does not load: {why}")
    elif group.qt and (why := why_not(WEB_ENGINE_PROBE)):
        (reasons if group.web_engine else minor).append(f"windows for SAML logins cannot open: {why}")
    advice = f"Please run once:\n    {install_command(missing)}"
    if reasons:
        raise SetupError("; ".join(reasons) + "\n" + advice)
    if minor:
        print(f"rolecall: {minor[0]}\n{advice}", file=sys.stderr)


def why_not(probe: str) -> str:
    """Return why a piece of Python fails in `.venv`, in one line, or an empty string if it does not."""
    done = subprocess.run([VENV_PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    return done.stderr.strip().rpartition("\n")[2] or "no reason told" if done.returncode else ""


# --- Python ----------------------------------------------------------------------------------------------------------


def has_ensurepip() -> bool:
    """Tell whether this Python can put pip into an environment; Debian ships that part as a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None


def venv_problem() -> str:
    """Return why `.venv` has to be made anew, or an empty string."""
    if not (VENV / "pyvenv.cfg").exists():
        return "there is none"
    if installed_digests().get("place", str(VENV)) != str(VENV):
        return "the checkout was moved"  # the scripts in it name the Python of the old place
    if Path(sys.prefix) == VENV:  # it is what runs this
        return "" if importlib.util.find_spec("pip") else "it was left half made"
    facts = "import json, pip, sys; print(json.dumps(sys.version_info[:2]))"
    try:
        told = subprocess.run([VENV_PYTHON, "-c", facts], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "its Python or pip does not work"
    version = json.loads(told.stdout)
    if os.environ.get("PYTHON") and tuple(version) != sys.version_info[:2]:
        return f"it is for Python {version[0]}.{version[1]}"
    return ""


def make_venv(problem: str, missing: list[str]) -> None:
    """Make `.venv` anew, with pip in it; `missing` are the system packages to name if that is impossible."""
    print(f"rolecall: making .venv ({problem})", flush=True)
    if (VENV / "pyvenv.cfg").exists():
        shutil.rmtree(VENV)
    # Started by the Python of an environment, we still build on the one below it.
    python: str = getattr(sys, "_base_executable", sys.executable)
    if has_ensurepip():
        subprocess.run([python, "-m", "venv", str(VENV)], check=True)
        return
    subprocess.run([python, "-m", "venv", "--without-pip", str(VENV)], check=True)
    pip = [python, "-m", "pip", "--python", str(VENV_PYTHON), "install", "--quiet", "pip"]
    if subprocess.run(pip, check=False).returncode:
        shutil.rmtree(VENV)
        raise SetupError(f"Python has no ensurepip here.\nPlease run once:\n    {install_command(missing)}")


def install_python_packages(lock: str) -> None:
    """Bring `.venv` to one lock file, unless the last one installed holds it already."""
    digests = {name: lock_digest(name) for name in NESTED[NESTED.index(lock) :]}
    if installed_digests().get(lock) == digests[lock]:
        return
    print(f"rolecall: installing Python packages ({lock}.txt)", flush=True)
    STAMP.unlink(missing_ok=True)
    install_lock(VENV_PYTHON, lock)
    STAMP.write_text(json.dumps(digests | {"place": str(VENV)}), encoding="utf-8")


def install_lock(python: Path, lock: str) -> None:
    """Have the pip beside an interpreter install one lock file; raise SetupError."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, "--require-hashes", "--requirement", str(LOCKS / f"{lock}.txt")],
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise SetupError(f"pip could not install packaging/locks/{lock}.txt; what it said stands above.")


def prepare_peers() -> None:
    """Make the environment of the peers anew, unless it holds what its lock file names."""
    stamp, digest = PEERS / "rolecall-lock", lock_digest("peers")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    print("rolecall: installing the peers to measure beside (peers.txt)", flush=True)
    shutil.rmtree(PEERS, ignore_errors=True)
    subprocess.run([VENV_PYTHON, "-m", "venv", str(PEERS)], check=True)
    install_lock(PEERS / "bin" / "python", "peers")
    stamp.write_text(digest, encoding="utf-8")


def installed_digests() -> dict[str, str]:
    """Return the lock files that `.venv` holds, by name, as they were when it was filled, and the place it is in."""
    try:
        digests: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return digests


def lock_digest(name: str) -> str:
    """Return what tells one state of a lock file from another."""
    return hashlib.sha256((LOCKS / f"{name}.txt").read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
