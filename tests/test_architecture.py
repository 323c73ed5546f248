"""Rules of the code base that no linter knows, read from the source itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [ROOT / "main.py", *sorted((ROOT / "app").rglob("*.py"))]
EVERYTHING = [*PROGRAM, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "packaging").rglob("*.py"))]
LONGEST_MODULE = 500  # lines; above that a module does more than one thing

NESTING_STATICS = {
    "QMessageBox": {"about", "aboutQt", "critical", "information", "question", "warning"},
    "QFileDialog": {"getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"},
    "QInputDialog": {"getDouble", "getInt", "getItem", "getMultiLineText", "getText"},
    "QColorDialog": {"getColor"},
    "QFontDialog": {"getFont"},
}
APPLICATIONS = {"QApplication", "QCoreApplication", "QGuiApplication", "app", "application", "qApp", "qapp"}


def violations(source: str) -> list[str]:
    """Return `LINE: what is wrong` for every breach of the rules of the event loop and of patterns."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            problem = attribute_problem(node)
        elif isinstance(node, ast.Call):
            problem = pattern_problem(node)
        elif isinstance(node, ast.alias):
            problem = name_problem(node.name)
        else:
            continue
        if problem:
            found.append(f"{node.lineno}: {problem}")
    return found


def attribute_problem(node: ast.Attribute) -> str:
    """Return what is wrong with an attribute: nested event loops, and ways to end the loop under a running main."""
    owner = innermost_name(node.value)
    if node.attr in {"exec", "exec_"}:
        return f".{node.attr} runs a nested event loop: open() the dialog and await its end"
    if node.attr in NESTING_STATICS.get(owner, ()):
        return f"{owner}.{node.attr} runs a nested event loop: open() a dialog and await its end"
    if node.attr in {"quit", "exit"} and owner in APPLICATIONS:
        return f"{owner}.{node.attr} ends the loop in the middle of main: set the event that main awaits"
    if node.attr == "processEvents":
        return "processEvents runs other tasks in the middle of this one: await something instead"
    return name_problem(node.attr)


def name_problem(name: str) -> str:
    """Return what is wrong with a name, wherever it comes from."""
    return f"{name} loses its task and its errors: use spawn()" if name in {"asyncSlot", "asyncClose"} else ""


def innermost_name(node: ast.expr) -> str:
    """Return `c` for `a.b.c`, and for a call the name of what owns the method: `a` for `a.instance()`."""
    if isinstance(node, ast.Call):
        return innermost_name(node.func.value if isinstance(node.func, ast.Attribute) else node.func)
    if isinstance(node, ast.Attribute):
        return node.attr.lstrip("_")
    return node.id if isinstance(node, ast.Name) else ""


def pattern_problem(node: ast.Call) -> str:
    r"""Return what is wrong with a regular expression: \w and \d match far more than ASCII."""
    called = node.func
    if not (isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"):
        return ""
    texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    if any(re.search(r"(?<!\\)(?:\\\\)*\\[wdWD]", text) for text in texts):
        return r"\w and \d match é and Arabic digits: write [0-9A-Za-z_] or [0-9]"
    return ""


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: str(path.relative_to(ROOT)))
def test_source_keeps_the_rules(path: Path) -> None:
    assert violations(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "dialog.exec()",
        "menu.exec_(point)",
        "QApplication.processEvents()",
        "QMessageBox.question(self, 't', 'x')",
        "QtWidgets.QFileDialog.getOpenFileName(self)",
        "QInputDialog.getText(self, 't', 'x')",
        "from qasync import asyncSlot",
        "@qasync.asyncClose\ndef f(): ...",
        "app.quit()",
        "QtWidgets.QApplication.quit()",
        "QApplication.instance().quit()",
        "button.clicked.connect(self._app.quit)",
        r"re.compile(r'\d{6}')",
        r"re.fullmatch('[\\w+=]*', text)",
    ],
)
def test_a_breach_is_seen(source: str) -> None:
    assert violations(source)


@pytest.mark.parametrize(
    "source",
    ["dialog.open()", "thread.quit()", "QMessageBox(self)", "re.compile('[0-9]{6}')", r"re.compile(r'\\[0-9]d')"],
)
def test_what_is_allowed_is_not_seen(source: str) -> None:
    assert violations(source) == []


def test_modules_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in EVERYTHING}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_test_files_have_unique_names() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_commands_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {name for code in re.findall(r"^ {4}[^\n]+$|`[^`]+`", readme, re.MULTILINE) for name in MAKE.findall(code)}
    assert {"demo", "test"} <= named
    assert named <= targets


MAKE = re.compile(r"\bmake ([a-z-]+)")


LOCKS = ROOT / "packaging" / "locks"


def test_smaller_lock_files_are_part_of_the_larger() -> None:
    pins = {name: pinned((LOCKS / f"{name}.txt").read_text(encoding="ascii")) for name in ("run", "demo", "dev")}
    assert pins["run"]
    assert pins["run"] < pins["demo"] < pins["dev"]


def pinned(lock: str) -> set[str]:
    """Return each `name==version` of a lock file, without the condition on which it is installed."""
    return set(re.findall(r"^[0-9a-z-]+==[^ ]+", lock, re.MULTILINE))


def test_lock_files_name_no_place() -> None:
    for lock in LOCKS.glob("*.txt"):
        text = lock.read_text(encoding="ascii")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert not re.search(r"^-", text, re.MULTILINE), "no option of pip, so no index and no path"
