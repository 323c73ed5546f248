from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.bench import machine, size
from tests.bench.figures import FIGURES
from tests.bench.measure import Amount, Figure, Measured, Sample, Target, in_turns, judge, quartiles
from tests.bench.report import Told, as_json, lines, markdown

ROOT = Path(__file__).parents[2]


@pytest.mark.x11
@pytest.mark.slow
def test_the_command_line_the_window_and_a_section_are_measured(tmp_path: Path) -> None:
    results, document = tmp_path / "results.json", tmp_path / "bench.md"
    names = "credentials,assume,window,section"
    command = [sys.executable, "-m", "tests.bench", "--quick", "--only", names, "--json", str(results)]
    command += ["--markdown", str(document)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=170)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(results.read_text())
    assert [each["name"] for each in told["figures"]] == names.split(",")
    for figure in told["figures"]:
        for runs in figure["runs"].values():
            assert all(run["seconds"] > 0 for run in runs)
    assert "| bare python -c pass |" in document.read_text()
    assert "rolecall assume" in done.stdout


@pytest.mark.x11
@pytest.mark.slow
def test_the_cost_against_size_is_measured(tmp_path: Path) -> None:
    document, picture = tmp_path / "bench.md", tmp_path / "size.svg"
    command = [
        sys.executable,
        "-m",
        "tests.bench",
        "--quick",
        "--only",
        "size",
        "--json",
        str(tmp_path / "results.json"),
    ]
    command += ["--markdown", str(document), "--picture", str(picture)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=170)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(f"| {row} |" in document.read_text() for row in (*size.ROWS, size.MEMORY))
    assert ET.parse(picture).getroot().get("viewBox")  # noqa: S314  # made by the program that was just run


def test_sides_take_turns_and_warm_rounds_do_not_count() -> None:
    order: list[str] = []

    def side(name: str) -> Sample:
        order.append(name)
        return Sample(seconds=len(order))

    measured = in_turns({"a": lambda: side("a"), "b": lambda: side("b")}, rounds=2, warm=1)
    assert "".join(order) == "ababab"
    assert measured == {"a": [Sample(seconds=3), Sample(seconds=5)], "b": [Sample(seconds=4), Sample(seconds=6)]}


def _told(*targets: Target) -> Told:
    measured = {
        "ours": [Sample(seconds=each, cpu=0.5) for each in (2.0, 1.0, 9.0)],
        "peer": [Sample(seconds=each, cpu=1.0) for each in (4.0, 5.0, 3.0)],
    }

    def measure(_amount: Amount) -> Measured:
        return measured

    figure = Figure(name="one", title="One", how="Somehow.", targets=targets, measure=measure)
    return Told(figure=figure, measured=measured, shared=machine.since(machine.moment()))


def test_medians_decide_and_what_does_not_hold_is_told() -> None:
    met, missed, told = (Target(ours="ours", beside="peer", most=most) for most in (0.5, 0.4, None))
    figure = _told(met, missed, told)
    assert [each.ratio for each in figure.verdicts] == [0.5, 0.5, 0.5]
    assert [each.of_least for each in figure.verdicts] == [pytest.approx(1 / 3)] * 3
    assert [each.of_cpu for each in figure.verdicts] == [0.5, 0.5, 0.5]
    assert [each.holds for each in figure.verdicts] == [True, False, True]
    assert not figure.holds
    text = "\n".join(lines(figure))
    assert "NOT MET" in text
    assert "told" in text
    assert "| 0.50 x | ≤ 0.40 x | 0.33 x | 0.50 x | NOT MET |" in markdown([figure], machine.machine())
    assert as_json([figure], machine.machine(), {})["figures"][0]["targets"][1]["holds"] is False


def test_a_share_of_a_core_has_an_absolute_limit() -> None:
    runs = {"idle": [Sample(seconds=10, cpu=0.02)]}
    assert judge(Target(ours="idle", most=0.002, of="share"), runs).holds
    assert not judge(Target(ours="idle", most=0.001, of="share"), runs).holds


def test_quartiles() -> None:
    assert quartiles([1.0]) == (1.0, 1.0, 1.0)
    assert quartiles([1.0, 2.0, 3.0, 4.0, 5.0]) == (2.0, 3.0, 4.0)


def test_names_are_unique_and_all_targets_name_what_is_measured() -> None:
    names = [figure.name for figure in FIGURES]
    assert len(set(names)) == len(names)
    assert all(figure.how and figure.targets for figure in FIGURES)


def test_the_cost_against_size_is_a_table_and_a_picture() -> None:
    runs = {row: [Sample(seconds=0.01, memory=1 << 20)] for row in size.ROWS}
    longer = {row: [Sample(seconds=0.01 * (2 + number), memory=1 << 21)] for number, row in enumerate(size.ROWS)}
    costs = {10: runs, 1000: longer}
    assert "| window on screen | 10 ms | 20 ms |" in size.as_markdown(costs, machine.since(machine.moment()))
    assert "1,000 profiles" in size.as_text(costs)
    drawn = ET.fromstring(size.as_svg(costs))  # noqa: S314  # made the line before
    texts = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert set(size.ROWS) <= set(texts)
    heights = [
        float(each.get("y", "")) for each in drawn.iter("{http://www.w3.org/2000/svg}text") if each.text in size.ROWS
    ]
    assert min(b - a for a, b in zip(sorted(heights), sorted(heights)[1:], strict=False)) >= 17
