"""A real browser engine with a person who logs in by filling in whatever form there is.

Usage: oidc_browser_player.py ORIGIN. The address to open is read from standard input. Once a page has left ORIGIN, a
line of JSON on standard output tells what is seen there.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication

PATIENCE_MS = 60_000
LOG_IN = """(() => {
    const form = document.forms[0];
    for (const field of form.querySelectorAll("input[type=text], input[type=password], input:not([type])"))
        field.value = "alice";
    form.querySelector("button").click();
})()"""
LOOK = """JSON.stringify({
    url: location.href,
    title: document.title,
    text: document.body.innerText,
    background: getComputedStyle(document.body).backgroundColor,
    loaded: performance.getEntriesByType("resource").map(each => each.name),
})"""


class Page(QWebEnginePage):
    """Tells what the engine complains of."""

    complaints: list[str]

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        if level != QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel:
            self.complaints.append(message)


def main() -> None:
    """Play it through."""
    origin = sys.argv[1]
    application = QApplication([])
    page = Page()
    page.complaints = []

    def loaded(_: bool) -> None:
        if page.url().toString().startswith(f"{origin}/"):
            page.runJavaScript(LOG_IN)
        else:
            page.runJavaScript(LOOK, seen)

    def seen(text: str) -> None:
        history = [each.url().toString() for each in page.history().items()]
        told = {**json.loads(text), "history": history, "complaints": page.complaints}
        sys.stdout.write(f"{json.dumps(told)}\n")
        sys.stdout.flush()
        application.exit(0)

    page.loadFinished.connect(loaded)
    page.load(sys.stdin.readline().strip())
    QTimer.singleShot(PATIENCE_MS, lambda: application.exit(1))
    sys.exit(application.exec())


main()
