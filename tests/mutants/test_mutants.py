from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.areas import AREAS, Area
from tests.mutants.survivors import by_reason, change, explained

ROOT = Path(__file__).parents[2]
DIFF = """--- app/domain/schedule.py
+++ app/domain/schedule.py
@@ -1,3 +1,3 @@
 def lead(life):
-    return life * 2
+    return life / 2
"""


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_what_an_area_names_is_there(area: Area) -> None:
    for pattern in area.code:
        assert list(ROOT.glob(pattern)), pattern
    for test in area.tests:
        assert (ROOT / test).exists(), test
    for test in area.without:
        path, _, name = test.partition("[")[0].partition("::")
        assert (f"def {name}(" if name else "def test_") in (ROOT / path).read_text(encoding="utf-8"), test


def test_a_change_is_told_by_where_and_what() -> None:
    mutant = {"module": "app/domain/schedule.py", "name": "app.domain.schedule.x_lead__mutmut_12", "diff": DIFF}
    wanted = "app/domain/schedule.py lead: return life * 2 => return life / 2"
    assert change(mutant) == wanted
    assert change(mutant | {"name": "app.domain.schedule.x_lead__mutmut_99"}) == wanted
    of_a_class = mutant | {"name": "app.core.supervisor.xǁSupervisorǁ_pause__mutmut_1"}
    assert change(of_a_class).startswith("app/domain/schedule.py Supervisor._pause: ")


def test_the_document_says_why(tmp_path: Path) -> None:
    document = tmp_path / "SURVIVORS.md"
    document.write_text("# Title\n\n## The same\n\nWords.\n\n- `a.py f: x => y`\n\n## Words\n\n- `a.py g: x => z`\n")
    known = explained(document)
    assert known == {"a.py f: x => y": "The same", "a.py g: x => z": "Words"}
    mutant = {"module": "app/domain/schedule.py", "name": "app.domain.schedule.x_lead__mutmut_12", "diff": DIFF}
    assert by_reason([mutant], known) == {"": [change(mutant)]}
    assert by_reason([mutant], {change(mutant): "Words"}) == {"Words": [change(mutant)]}
