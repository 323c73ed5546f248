"""Looks into the two files of AWS tools, and mends them: the credentials file through its own lock and care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.credentials_file import inspection, troubles
from app.adapters.credentials_file.file import look, restrict
from app.domain.errors import StorageTrouble

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from app.adapters.credentials_file.file import CredentialsFile
    from app.domain.x_ray import Ailment, Holder, Remedy


class Inspector:
    """Every call reads the files anew, blocks, and may raise StorageTrouble."""

    def __init__(self, file: CredentialsFile, config: Path, *, installation: str) -> None:
        self._file = file
        self._config = config
        self._installation = installation

    def holders(self, access_key_id: str, now: datetime) -> tuple[Holder, ...]:
        """Where a key ID stands."""
        return inspection.holders(self._look(), access_key_id, now)

    def ailments(self, now: datetime) -> tuple[Ailment, ...]:
        """What is wrong there."""
        return inspection.ailments(self._look(), now)

    def mend(self, remedy: Remedy) -> None:
        """Do what a remedy says. Raises StorageTrouble, `file-changed` when the file is another one now."""
        if remedy.path != str(self._config):
            self._file.mend(remedy)
        elif remedy.code != inspection.MODE_WIDE:
            raise troubles.file_changed(remedy.path)
        else:
            try:
                restrict(self._config, remedy)
            except OSError as error:
                raise troubles.from_os_error(error, remedy.path) from error

    def _look(self) -> inspection.Files:
        credentials = self._file.look()
        try:
            config = look(self._config)
        except StorageTrouble as error:
            config = inspection.ToolFile(path=str(self._config), unreadable=_reason(error, str(self._config)))
        return inspection.Files(credentials=credentials, config=config, installation=self._installation)


def _reason(error: StorageTrouble, path: str) -> str:
    """What the system said, in one sentence: the error itself speaks of the credentials file."""
    cause = error.__cause__
    said = cause.strerror if isinstance(cause, OSError) else None
    return f"{path}: {said or error.title}."
