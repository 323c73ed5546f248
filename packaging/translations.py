"""Collects what the window says, keeps the translations of it, and makes from them what Qt reads.

    python packaging/translations.py            bring every resources/translations/*.ts up to date, then make its .qm
    python packaging/translations.py --check    change nothing; fail where that would change something
    python packaging/translations.py --missing  print what has no translation yet

A .ts file has two contexts. "Rolecall" holds what the window's own code says through `tr` and `plural`; of those the
.qm is made. "Problem" holds what the other rooms say in English, as templates with numbered places for what an
f-string fills in; the window reads those from the .ts itself, see app/ui/translation.py. Format: Qt Linguist's TS 2.1.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "resources" / "translations"
WINDOW, PROBLEM = "Rolecall", "Problem"
_SAYING = ("app/ui", "app/adapters/desktop", "app/bootstrap")
_TELLING = ("app/domain", "app/core", "app/adapters")
_FACTS = ("app/domain/saml_explain.py", "app/domain/token_explain.py")
"""Where names and values of facts are single words."""
# What no window shows: the command line's own check, scripts for pages, what is said to programmers.
_SILENT = (
    "app/core/doctor.py",
    "app/adapters/desktop/saml_login/scripts.py",
    "app/adapters/autostart/xdg.py",
    "app/domain/values.py",
)
_TITLED = frozenset({"title", "detail", "remedy", "note", "refusal", "words", "advice", "name", "fault", "message"})
_UNSEEN_CALLS = re.compile(
    r"(?:re|_log|log|logger|logging)\..*|.*\.execute|print|cast|getattr|setattr|TypeVar|Secret|.*\.strptime|"
    r"tr|plural|text\.plural|text\.tr|ValueError|TypeError|LookupError|KeyError|AssertionError|RuntimeError|OSError|"
    r"NotImplementedError"
)
_UNSEEN = re.compile(
    r"[\\^\n]|^[{<\[#%:]|://[^ ]*$|^[A-Z]+=|\bSELECT\b|^[a-z_]+ = |\| None$|charset=|-src |[A-Z]\w+=\{|"
    r"^rolecall |^chmod "
)
_NAMED_PLACE = re.compile(r"\{[a-z_0-9]*\}")
_WORD = re.compile(r"[A-Za-z][a-z-]{2,}")
_LETTERS = re.compile(r"[A-Za-z]")
_SENTENCE = re.compile(r"[A-Z][A-Za-z]+ .*(?:\.|: \{[0-9]\})", re.DOTALL)
_LEAST_LETTERS, _LEAST_IN_SENTENCES = 8, 3
"""A template with fewer letters of its own would fit strangers' texts."""


@dataclass(frozen=True, slots=True)
class Message:
    """One text; `forms` are its translations (several for a plural), empty while there are none."""

    context: str
    source: str
    numerus: bool = False
    forms: tuple[str, ...] = field(default=())

    @property
    def finished(self) -> bool:
        """Whether there is a translation, in all forms."""
        return bool(self.forms) and all(self.forms)


def collected() -> list[Message]:
    """Everything that can be said, in order."""
    window: dict[str, Message] = {}
    for tree in _trees(_SAYING):
        for message in _said(tree):
            window[message.source] = message
    problems = {source for tree in _trees(_TELLING) for source in _told(tree)}
    problems |= {source for tree in _trees(_FACTS) for source in _facts(tree)}
    told = [Message(PROBLEM, source) for source in problems]
    return sorted((*window.values(), *told), key=lambda each: (each.context != WINDOW, each.source))


def _trees(folders: tuple[str, ...]) -> Iterator[ast.Module]:
    for folder in folders:
        place = ROOT / folder
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.relative_to(ROOT).as_posix() not in _SILENT:
                yield ast.parse(path.read_text(encoding="utf-8"))


def _said(tree: ast.Module) -> Iterator[Message]:
    """What stands in `tr("…")` and `plural(count, "one", "many")`; of a pair, `many` is the source."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if name == "tr" and texts:
            yield Message(WINDOW, texts[0])
        elif name == "plural" and len(texts) > 1:
            yield Message(WINDOW, texts[-1], numerus=True)


def _told(tree: ast.Module) -> Iterator[str]:
    """Sentences and parts of sentences in code that shows nothing itself."""
    unseen, titled = _unseen(tree), _titled(tree)
    inside = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if node in unseen or node in inside:
            continue
        source = template(node).strip()
        if _is_told(source, titled=node in titled):
            yield source


def _facts(tree: ast.Module) -> Iterator[str]:
    """Single words that are an argument: `_judged("Recipient", …)`, `Fact(name=…, value="present")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not _UNSEEN_CALLS.fullmatch(ast.unparse(node.func)):
            names = [each for each in map(template, node.args) if each[:1].isupper()]
            values = [template(keyword.value) for keyword in node.keywords if keyword.arg == "value"]
            yield from (word for word in (*names, *values) if _WORD.fullmatch(word))


def _unseen(tree: ast.Module) -> set[ast.AST]:
    """Docstrings, log lines, patterns, what is only compared, and words for programmers."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        if (
            (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            or isinstance(node, ast.Compare)
            or (isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases))
            or (isinstance(node, ast.Call) and _UNSEEN_CALLS.fullmatch(ast.unparse(node.func)))
            or _for_programmers(node)
        ):
            found.update(ast.walk(node))
    return found


def _for_programmers(node: ast.AST) -> bool:
    """`message = "…"`, as stands before an error that only a mistake in the code can raise."""
    return isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == ["message"]


def _titled(tree: ast.Module) -> set[ast.AST]:
    """Values of keywords that name something for people: there, single words count, too."""
    return {
        value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in _TITLED
        for value in ast.walk(keyword.value)
    }


def template(node: ast.AST) -> str:
    """A constant as it is, an f-string with `{0}`, `{1}` … for what it fills in; empty for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts, places = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{places}}}")
            places += 1
    return "".join(parts)


def _is_told(source: str, *, titled: bool) -> bool:
    own = _NAMED_PLACE.sub("", source)
    if _UNSEEN.search(source) and not source.startswith("{0}"):
        return False
    least = _LEAST_IN_SENTENCES if _SENTENCE.fullmatch(source) else _LEAST_LETTERS
    if own != source and len(_LETTERS.findall(own)) < least:
        return False
    if " " not in source.strip("“”"):
        return titled and source[:1].isupper() and source[1:].islower()
    return bool(re.search(r"[a-z]{2}", own)) and not source.startswith(("arn:", "aws "))


def read(path: Path) -> list[Message]:
    """The messages of a .ts file."""
    messages = []
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314  # our own file
        name = context.findtext("name") or ""
        for each in context.iter("message"):
            told = each.find("translation")
            numerus = each.get("numerus") == "yes"
            forms: tuple[str, ...] = ()
            if told is not None and told.get("type") != "vanished":
                forms = tuple(form.text or "" for form in told) if numerus else (told.text or "",)
            messages.append(Message(name, each.findtext("source") or "", numerus, forms if any(forms) else ()))
    return messages


def written(messages: list[Message], language: str) -> str:
    """A .ts file's text."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    for context in (WINDOW, PROBLEM):
        lines += ["<context>", f"    <name>{context}</name>"]
        for each in messages:
            if each.context == context:
                lines += _element(each)
        lines.append("</context>")
    return "\n".join([*lines, "</TS>", ""])


def _element(message: Message) -> list[str]:
    kind = "" if message.finished else ' type="unfinished"'
    if message.numerus:
        forms = message.forms or ("", "")
        body = "".join(f"\n            <numerusform>{_text(form)}</numerusform>" for form in forms) + "\n        "
    else:
        body = _text("".join(message.forms))
    return [
        '    <message numerus="yes">' if message.numerus else "    <message>",
        f"        <source>{_text(message.source)}</source>",
        f"        <translation{kind}>{body}</translation>",
        "    </message>",
    ]


def _text(words: str) -> str:
    return escape(words, {'"': "&quot;"})


def updated(path: Path) -> str:
    """What the .ts file should be: what is said now, with the translations it has."""
    had = {(each.context, each.source, each.numerus): each.forms for each in read(path)} if path.exists() else {}
    messages = [
        Message(each.context, each.source, each.numerus, had.get((each.context, each.source, each.numerus), ()))
        for each in collected()
    ]
    return written(messages, path.stem.rpartition("_")[2])


def compiled(path: Path) -> bytes:
    """What Qt reads, made of the context of the window."""
    lrelease = Path(sys.executable).parent / "pyside6-lrelease"
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / path.name, Path(folder) / "made.qm"
        messages = [each for each in read(path) if each.context == WINDOW]
        source.write_text(written(messages, path.stem.rpartition("_")[2]), encoding="utf-8")
        command = [str(lrelease), "-silent", str(source), "-qm", str(made)]
        subprocess.run(command, check=True)
        return made.read_bytes()


def main() -> int:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(description="Collect, keep and compile translations.")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where something would change")
    parser.add_argument("--missing", action="store_true", help="print what has no translation yet")
    wish = parser.parse_args()
    stale = 0
    for path in sorted(PLACE.glob("*.ts")):
        made = path.with_suffix(".qm")
        if wish.missing:
            print(*(each.source for each in read(path) if not each.finished), sep="\n")
        elif wish.check:
            current = updated(path) == path.read_text(encoding="utf-8") and compiled(path) == made.read_bytes()
            stale += not current
            print(f"{path.name}: {'up to date' if current else 'not up to date'}")
        else:
            _put(path, updated(path).encode())
            _put(made, compiled(path))
            _report(path)
    return 1 if stale else 0


def _put(path: Path, content: bytes) -> None:
    """In one step: a window that is open may be reading the file."""
    if not path.exists() or path.read_bytes() != content:
        new = path.with_suffix(".new")
        new.write_bytes(content)
        new.replace(path)


def _report(path: Path) -> None:
    messages = read(path)
    for context in (WINDOW, PROBLEM):
        of_it = [each for each in messages if each.context == context]
        print(f"{path.name}, {context}: {sum(each.finished for each in of_it)} of {len(of_it)} translated")


if __name__ == "__main__":
    raise SystemExit(main())
