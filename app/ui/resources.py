"""Where the drawings lie: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The directory `resources`."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


@cache
def read(name: str) -> str:
    """The text of a resource, such as `icons/list.svg`."""
    return (root() / name).read_text(encoding="utf-8")


def path(name: str) -> str:
    """The path of a resource as Qt style sheets write it, with forward slashes."""
    return (root() / name).as_posix()
