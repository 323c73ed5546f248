"""A language's words, once there is one to speak besides English."""

from __future__ import annotations

from PySide6.QtCore import QTranslator


class HeldTranslator(QTranslator):
    """Reads from memory: Qt would map the file, and speak no more when an update replaces it meanwhile."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content
        self.load(content)
