"""The pages that the sidebar leads to: how each is made, and what its wishes lead to. Made when first opened."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.ui.main_window import MainWindow
    from app.ui.page import Page

PLACES: Mapping[str, Callable[[MainWindow], Page]] = MappingProxyType({})
"""By the name that `Pages.place` is given. A page gets every snapshot by `follow` while it is open, and `tick` each
second, if it has these methods; `opened`, if it has one, is called whenever it is opened, with what it is opened for.
"""
