"""Where Rolecall keeps its files on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters import files
from app.domain.errors import StorageTrouble
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HOME = "ROLECALL_HOME"
_APP = "rolecall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Directories:
    """The three directories, which need not exist yet."""

    config: Path
    state: Path
    cache: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "config.toml"

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
        for path in (self.config, self.state, self.cache, self.locks):
            try:
                files.private_directory(path)
            except OSError as error:
                title = "A directory could not be created"
                raise files.trouble(error, code="directories-unwritable", title=title, path=path) from error


def find(environ: Mapping[str, str]) -> Directories:
    """The directories of this person on this platform; below `ROLECALL_HOME` if that is set.

    Raises StorageTrouble `home-unknown`.
    """
    home = environ.get(HOME, "")
    if home:
        base = files.expanded(home)
        if home.startswith("~") and not base.is_absolute():
            raise _home_unknown(f"{HOME} is {home}, and there is no such home.")
        try:
            base = base.absolute()
        except OSError as error:  # the current directory is gone
            raise _home_unknown(f"{HOME} is {home}, and there is no current directory.") from error
        return Directories(config=base / "config", state=base / "state", cache=base / "cache")
    import platformdirs

    try:
        dirs = platformdirs.PlatformDirs(_APP, appauthor=False)
        config, state, cache = dirs.user_config_path, dirs.user_state_path, dirs.user_cache_path
    except RuntimeError as error:  # neither HOME nor the system's list of users knows
        raise _home_unknown("HOME is no absolute path, and the system knows no home of this user.") from error
    if state == config:
        # Windows and macOS have one place for both.
        state /= "state"
    return Directories(config=config, state=state, cache=cache)


def _home_unknown(detail: str) -> StorageTrouble:
    return StorageTrouble(
        code="home-unknown",
        title="It is not known where your files are",
        detail=detail,
        remedy=f"Set HOME, or set {HOME} to an absolute path.",
    )
