from __future__ import annotations

from app.domain.settings_schema import parse


def test_numbers_of_any_length_are_told_as_out_of_bounds() -> None:
    """A whole number of TOML may be larger than any float."""
    values = {"source": "identity.x", "duration": 10**400}
    [refusal] = [each for each in parse({"profile": {"a": values}}).refusals if each.problem.field == "duration"]
    assert refusal.problem.detail.endswith("are possible; this is far beyond.")
