"""Where Rolecall keeps its files on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters import files
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """The directories of this person on this platform; below `ROLECALL_HOME` if that is set."""
    home = environ.get(HOME, "")
    if home:
        base = Path(home).expanduser().absolute()
        return Directories(config=base / "config", state=base / "state", cache=base / "cache")
    import platformdirs

    dirs = platformdirs.PlatformDirs(_APP, appauthor=False)
    state = dirs.user_state_path
    if state == dirs.user_config_path:
        # Windows and macOS have one place for both.
        state /= "state"
    return Directories(config=dirs.user_config_path, state=state, cache=dirs.user_cache_path)
