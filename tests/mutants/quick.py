"""A plugin of pytest for the many runs beside changed code: whether a test fails is asked, not its smallest example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_EXAMPLES = 25
_OWN_SETTINGS = "_hypothesis_internal_use_settings"


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Find the same examples in every run, and let one that fails be enough."""
    settings.register_profile(
        "mutants",
        max_examples=MOST_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Take fewer examples also where a test asks for many."""
    for item in items:
        test = getattr(item, "obj", None)
        wanted = getattr(test, _OWN_SETTINGS, None)
        if wanted is not None and wanted.max_examples > MOST_EXAMPLES:
            setattr(test, _OWN_SETTINGS, settings(wanted, max_examples=MOST_EXAMPLES))
