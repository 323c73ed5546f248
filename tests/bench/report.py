"""What was measured, told: as a table on a terminal, as JSON, and as Markdown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tests.bench.measure import judge, quartiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.machine import Shared
    from tests.bench.measure import Figure, Measured, Of, Verdict

_MS, _MIB = 1e3, 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure with its runs and what they come to."""

    figure: Figure
    measured: Measured
    shared: Shared

    @property
    def verdicts(self) -> list[Verdict]:
        """Each target beside what was measured."""
        return [judge(target, self.measured) for target in self.figure.targets]

    @property
    def holds(self) -> bool:
        """Whether all is as wanted."""
        return all(verdict.holds for verdict in self.verdicts)


def busy(shared: Shared) -> str:
    """How busy the machine was, for a terminal."""
    return f"processors {shared.busy:.0%} busy, {shared.stolen:.0%} kept by the host"


def meanwhile(shared: Shared) -> str:
    """The same for a document."""
    return (
        f"Meanwhile the processors were {shared.busy:.0%} busy, the host kept {shared.stolen:.0%}, the load was "
        f"{shared.load:.1f}."
    )


def lines(told: Told) -> list[str]:
    """A figure for a terminal."""
    out = [f"\n{told.figure.name}: {told.figure.title}  ({busy(told.shared)})"]
    for side, row in _sides(told):
        out.append(f"  {side:<44}{'  '.join(row)}")
    out += [f"  -> {_sentence(verdict):<84} {_word(verdict)}" for verdict in told.verdicts]
    return out


def as_json(all_told: Sequence[Told], machine: Mapping[str, str], costs: Mapping[int, Measured]) -> dict[str, Any]:
    """Everything, with every single run."""
    return {
        "machine": dict(machine),
        "size": {
            size: {row: [asdict(each) for each in runs] for row, runs in at.items()} for size, at in costs.items()
        },
        "figures": [
            {
                "name": told.figure.name,
                "title": told.figure.title,
                "shared": asdict(told.shared),
                "runs": {side: [asdict(each) for each in runs] for side, runs in told.measured.items()},
                "targets": [
                    asdict(each.target)
                    | {"ratio": each.ratio, "of_least": each.of_least, "of_cpu": each.of_cpu, "holds": each.holds}
                    for each in told.verdicts
                ],
            }
            for told in all_told
        ],
    }


def markdown(all_told: Sequence[Told], machine: Mapping[str, str]) -> str:
    """Everything for a document: first what is wanted and what holds, then each figure with its runs."""
    about = [machine["processor"], f"{machine['cores']} cores", machine["memory"], machine["system"]]
    parts = [
        f"{', '.join(about)}, Python {machine['python']}.\n",
        "| figure | measured | wanted | by the least runs | by processor time | |\n|---|---|---|---|---|---|",
    ]
    for told in all_told:
        parts += [_row(told, verdict) for verdict in told.verdicts]
    for told in all_told:
        parts.append(f"\n### {told.figure.title}\n\n{told.figure.how}\n")
        parts.append("| | median | quartiles | least | processor time | memory | runs |\n|---|---|---|---|---|---|---|")
        parts += [f"| {side} | {' | '.join(row)} |" for side, row in _sides(told, bare=True)]
        parts.append(f"\n{meanwhile(told.shared)}")
    return "\n".join(parts) + "\n"


def _row(told: Told, verdict: Verdict) -> str:
    target = verdict.target
    what = f"{target.ours} / {target.beside}" if target.beside else target.ours
    what += {"seconds": "", "cpu": ", processor time", "memory": ", memory", "share": ", of one core"}[target.of]
    wanted = "-" if target.most is None else f"≤ {_number(target.most, target.of)}"
    cpu = "-" if verdict.of_cpu is None else _number(verdict.of_cpu, target.of)
    ratio, least = _number(verdict.ratio, target.of), _number(verdict.of_least, target.of)
    return f"| {told.figure.title}: {what} | {ratio} | {wanted} | {least} | {cpu} | {_word(verdict)} |"


def _sides(told: Told, *, bare: bool = False) -> list[tuple[str, list[str]]]:
    """Of each side median, quartiles, least, processor time, memory and number of runs."""
    rows = []
    for side, runs in told.measured.items():
        first, median, third = quartiles([each.seconds for each in runs])
        least, cpu = min(each.seconds for each in runs), quartiles([each.cpu for each in runs])[1]
        memory = quartiles([each.memory for each in runs])[1]
        cells = [
            f"{median * _MS:.1f} ms",
            f"{first * _MS:.1f}-{third * _MS:.1f}",
            f"{least * _MS:.1f}",
            f"{cpu * _MS:.1f} ms" if cpu else "-",
            f"{memory / _MIB:.1f} MiB" if memory else "-",
            str(len(runs)),
        ]
        if not bare:
            words = ("", "quartiles ", "least ", "cpu ", "", "runs ")
            cells = [f"{word}{cell:<{width}}" for word, cell, width in zip(words, cells, _WIDTHS, strict=True)]
        rows.append((side, cells))
    return rows


_WIDTHS = (11, 17, 9, 11, 11, 3)


def _sentence(verdict: Verdict) -> str:
    target = verdict.target
    ratio, least = _number(verdict.ratio, target.of), _number(verdict.of_least, target.of)
    what = {"seconds": "", "cpu": "processor time ", "memory": "memory ", "share": ""}[target.of]
    wanted = "" if target.most is None else f", wanted <= {_number(target.most, target.of)}"
    beside = f" {target.beside}" if target.beside else " of one core"
    cpu = "" if verdict.of_cpu is None else f", cpu {_number(verdict.of_cpu, target.of)}"
    aside = f" ({target.aside})" if target.aside else ""
    return f"{target.ours}: {what}{ratio}{beside} (least {least}{cpu}){wanted}{aside}"


def _number(value: float, of: Of) -> str:
    return f"{value:.2%}" if of == "share" else f"{value:.2f} x"


def _word(verdict: Verdict) -> str:
    return "told" if verdict.target.most is None else "ok" if verdict.holds else "NOT MET"
