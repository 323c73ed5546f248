"""A language that nobody speaks: every text of the window two fifths longer, its places kept."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_MORE = 0.4
_FILLING = " ëñdlïch nöch mêhr wörtér ûnd sïlbên"


class Pseudo(QTranslator):
    """Lengthens what the window says."""

    def isEmpty(self) -> bool:
        """Never, so that Qt asks it."""
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: N803  # as Qt calls it
        """The text and two fifths more; none for other contexts."""
        if context != "Rolecall" or not sourceText:
            return None  # type: ignore[return-value]  # Qt takes an empty text for a translation, but not none
        more = round(len(sourceText) * _MORE)
        filling = _FILLING * (more // len(_FILLING) + 1)
        return sourceText + filling[:more].rstrip() if more > 1 else sourceText
