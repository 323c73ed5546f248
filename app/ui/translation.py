"""The language of the window: chosen once at the start, before its first words are made.

English is what the code says and costs nothing. Another language is a pair of files of `resources/translations`: the
.qm for what the window says itself, the .ts for what other rooms say in English, read when the first of it is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from app.ui import resources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QTranslator
    from PySide6.QtWidgets import QApplication

    from app.ui.phrases import Phrases

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de")
"""Those the window can speak."""
_SYSTEM = "system"
_PROBLEM = "Problem"


class _Spoken:
    """The language in use. The translators are kept here: Qt does not own them."""

    language = ENGLISH
    translators: tuple[QTranslator, ...] = ()
    phrases: Phrases | None = None


_spoken = _Spoken()


def chosen(wish: str, wanted: Iterable[str]) -> str:
    """The language to speak: the wish, or for `system` the first of `wanted` (like `de-AT`) that can be spoken."""
    if wish != _SYSTEM:
        return wish if wish in LANGUAGES else ENGLISH
    spoken = (each.replace("_", "-").split("-")[0].lower() for each in wanted)
    return next((each for each in spoken if each in LANGUAGES), ENGLISH)


def install(app: QApplication, wish: str = _SYSTEM) -> str:
    """Speak a language from now on: `system` or one of `LANGUAGES`. Returns the one chosen.

    Widgets that are there already keep their words. Dates and numbers stay those of the person's region; only where
    the language was chosen against the system's, they follow the language.
    """
    language = chosen(wish, QLocale.system().uiLanguages())
    _forget(app)
    if language != ENGLISH:
        _spoken.translators = tuple(_loaded(app, language))
    _spoken.language = language
    system = QLocale.system()
    own = QLocale(language)
    if wish != _SYSTEM and own.language() != system.language():
        QLocale.setDefault(QLocale(own.language(), system.territory()))
    app.setLayoutDirection(own.textDirection())
    return language


def language() -> str:
    """The language in use."""
    return _spoken.language


def told(text: str) -> str:
    """A text of another room in the person's language; where no template fits, as it is."""
    if _spoken.language == ENGLISH:
        return text
    if _spoken.phrases is None:
        from app.ui.phrases import Phrases

        _spoken.phrases = Phrases(problems(resources.root() / "translations" / f"rolecall_{_spoken.language}.ts"))
    return _spoken.phrases.told(text)


def problems(path: Path) -> dict[str, str]:
    """The templates of a .ts file that have a translation, with it."""
    from xml.etree import ElementTree as ET

    return {
        each.findtext("source", ""): each.findtext("translation", "")
        for context in ET.parse(path).getroot().iter("context")  # noqa: S314  # comes with the program
        if context.findtext("name") == _PROBLEM
        for each in context.iter("message")
        if each.findtext("translation")
    }


def _forget(app: QApplication) -> None:
    for translator in _spoken.translators:
        app.removeTranslator(translator)
    _spoken.translators = ()
    _spoken.phrases = None
    QLocale.setDefault(QLocale.system())


def _loaded(app: QApplication, language: str) -> Iterable[QTranslator]:
    from PySide6.QtCore import QLibraryInfo

    from app.ui.translator import HeldTranslator

    ours = resources.root() / "translations"
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for path in (qt / f"qtbase_{language}.qm", ours / f"rolecall_{language}.qm"):
        if path.is_file():
            translator = HeldTranslator(path.read_bytes())
            app.installTranslator(translator)
            yield translator
