"""One set of drawings on a 16 grid, recoloured from the tokens, with strokes of 1.5 px at every size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui import resources

_GRID = 16
_STROKE = 1.5
_RATIOS = (1.0, 1.5, 2.0, 3.0)


def onward(*, back: bool = False) -> str:
    """The chevron that points where reading goes on, or back."""
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return "chevron-left" if mirrored != back else "chevron-right"


def icon(name: str, colour: str, size: int = 16, disabled: str = "", *, gap: int = 0, chosen: str = "") -> QIcon:
    """The drawing `name` in a colour, for buttons and menus; `disabled` is the colour of a disabled one.

    `gap` px are left free at its right (below 0: at its left), beyond what Qt leaves between an icon and words.
    `chosen` is the colour on the chosen line of a menu.
    """
    made = QIcon()
    for ratio in _RATIOS if finer() else _RATIOS[:1]:
        made.addPixmap(_beside(pixmap(name, colour, size, ratio), gap))
        if disabled:
            made.addPixmap(_beside(pixmap(name, disabled, size, ratio), gap), QIcon.Mode.Disabled)
        if chosen:
            made.addPixmap(pixmap(name, chosen, size, ratio), QIcon.Mode.Active)
    return made


def finer() -> bool:
    """Whether a screen has more than one of its pixels for one of ours: few have, and each picture takes time."""
    app = QGuiApplication.instance()
    # The highest of all screens
    return isinstance(app, QGuiApplication) and app.devicePixelRatio() != 1.0


def _beside(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    made = QPixmap(drawn.width() + round(abs(gap) * ratio), drawn.height())
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(QPointF(max(0, -gap), 0), drawn)
    painter.end()
    return made


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The drawing as a picture of `size` pixels on a screen of `ratio` device pixels each."""
    text = resources.read(f"icons/{name}.svg").replace("currentColor", colour)
    text = text.replace(f'stroke-width="{_STROKE}"', f'stroke-width="{_STROKE * _GRID / size}"')
    return _drawn(text, size, ratio)


def paint(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    """Draw `name` to fill `rect`; quick, since each picture is made once."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(rect.topLeft(), pixmap(name, colour, round(rect.width()), ratio))


@lru_cache(maxsize=32)
def picture(name: str, size: int, ratio: float = 1.0) -> QPixmap:
    """A drawing with colours of its own, such as `rolecall` or `tray-active`."""
    return _drawn(resources.read(f"{name}.svg"), size, ratio)


@lru_cache(maxsize=8)
def app_icon(name: str = "rolecall") -> QIcon:
    """The application's icon or a tray icon, in the sizes desktops ask for."""
    made = QIcon()
    for size in (16, 22, 24, 32, 48, 64, 128, 256):
        made.addPixmap(picture(name, size))
    return made


def _drawn(text: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
