"""Where Rolecall keeps its files on this machine."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from app.adapters import files
from app.domain.errors import StorageTrouble
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HOME = "ROLECALL_HOME"
SETTINGS = "config.toml"
_APP = "rolecall"
_XDG = (("XDG_CONFIG_HOME", ".config"), ("XDG_STATE_HOME", ".local/state"))
"""Variable, and where below the home it is without that (XDG Base Directory Specification)."""
Names = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directories:
    """The two directories, which need not exist yet."""

    config: Path
    state: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / SETTINGS

    @property
    def locks(self) -> Path:
        """The lock files between processes."""
        return self.state / "locks"

    @property
    def settings_lock(self) -> Path:
        """The lock file of the settings: not beside them, because they may be under version control."""
        return self.locks / "config.toml.lock"

    def create(self) -> None:
        """Create what is missing, for the owner alone. Raises StorageTrouble `directories-unwritable`."""
        for path in (self.config, self.state, self.locks):
            try:
                files.private_directory(path)
            except OSError as error:
                title = "A directory could not be created"
                raise files.trouble(error, code="directories-unwritable", title=title, path=path) from error


def find(environ: Mapping[str, str]) -> Directories:
    """The directories of this person on this platform; below `ROLECALL_HOME` if that is set.

    Raises StorageTrouble `home-unknown`.
    """
    from pathlib import Path

    config, state = map(Path, names(environ))
    return Directories(config=config, state=state)


def names(environ: Mapping[str, str]) -> Names:
    """The same as text, for who has no need of `pathlib`: config, state. Raises what `find` does."""
    home = environ.get(HOME, "")
    if not home:
        return _by_xdg() or _by_customs()
    base = os.path.expanduser(home)  # noqa: PTH111  # pathlib's own raises RuntimeError, and takes long to load
    if home.startswith("~") and not os.path.isabs(base):  # noqa: PTH117  # likewise
        raise _home_unknown(f"{HOME} is {home}, and there is no such home.")
    try:
        base = os.path.join(os.getcwd(), base) if not os.path.isabs(base) else base  # noqa: PTH109, PTH117, PTH118  # likewise
    except OSError as error:  # the current directory is gone
        raise _home_unknown(f"{HOME} is {home}, and there is no current directory.") from error
    return _below(base)


def _below(base: str) -> Names:
    return os.path.join(base, "config"), os.path.join(base, "state")  # noqa: PTH118  # likewise


def _by_xdg() -> Names | None:
    """As they nearly always are on Linux: told plainly. All else is for platformdirs, which takes longer to load."""
    home = os.environ.get("HOME", "")
    config, state = (os.environ.get(variable) or f"{home}/{below}" for variable, below in _XDG)
    if sys.platform != "linux" or not all(each.startswith("/") for each in (home, config, state)):
        return None
    return f"{config}/{_APP}", f"{state}/{_APP}"


def _by_customs() -> Names:
    import platformdirs

    try:
        dirs = platformdirs.PlatformDirs(_APP, appauthor=False)
        config, state = dirs.user_config_path, dirs.user_state_path
    except RuntimeError as error:  # neither HOME nor the system's list of users knows
        raise _home_unknown("HOME is no absolute path, and the system knows no home of this user.") from error
    if state == config:
        # Windows and macOS have one place for both.
        state /= "state"
    return str(config), str(state)


def _home_unknown(detail: str) -> StorageTrouble:
    return StorageTrouble(
        code="home-unknown",
        title="It is not known where your files are",
        detail=detail,
        remedy=f"Set HOME, or set {HOME} to an absolute path.",
    )
