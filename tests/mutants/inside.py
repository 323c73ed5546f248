"""What runs in the copy of an area: mutmut over all mutants or some, and what became of each, as JSON.

    python INSIDE COPY RESULT HOW_MANY

`HOW_MANY` 0 stands for all. The current directory is the copy, with mutmut's settings in its pyproject.toml.
"""

from __future__ import annotations

import fnmatch
import importlib
import json
import os
import random
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_PATIENCE_SECONDS = 600


def main(result: Path, how_many: int) -> None:
    """Run, and write for each mutant its name, how it ended, and for those not noticed what was changed."""
    # Loaded by name: mutmut is there for `make mutants` alone, not where types are checked.
    mutmut: Any = importlib.import_module("mutmut.__main__")
    chosen = _some(how_many) if how_many else []
    mutmut.get_mutant_runner = ready_runner
    mutmut._run(chosen, 1)
    wanted = set(chosen)
    ends: list[dict[str, str]] = []
    mutants, _ = mutmut.collect_source_file_mutation_data(mutant_names=[])
    for data, name, code in mutants:
        if wanted and name not in wanted:
            continue
        status = mutmut.status_by_exit_code[code]
        shown = "" if status == "killed" else mutmut.get_diff_for_mutant(name, path=data.path)
        ends.append({"module": str(data.path), "name": name, "status": status, "diff": shown})
    result.write_text(json.dumps(ends, indent=1, ensure_ascii=False), encoding="utf-8")


def ready_runner(most: int = 1) -> object:
    """Mutmut's own runner, but what it forks has collected the tests already: that took most of the time.

    The process that is forked has run no test: what code keeps for the next time must not come from unchanged code.
    """
    isolation: Any = importlib.import_module("mutmut.workers.isolation")
    harness: Any = importlib.import_module("mutmut.runners.harness")

    class Ready(isolation.ForkRunner):  # type: ignore[misc]  # known at run time only
        apart = isolation.ForkServerRunner(max_workers=1, test_runner_class=harness.PytestRunner, test_runner_args={})

        def collect_stats(self, tests: Iterable[str] | None) -> Any:  # noqa: ANN401  # mutmut's own
            return self.apart.collect_stats(tests)

        def run_forced_fail(self) -> Any:  # noqa: ANN401  # mutmut's own
            return self.apart.run_forced_fail()

        def list_all_tests(self) -> Any:  # noqa: ANN401  # mutmut's own
            return self.apart.list_all_tests()

        def run_clean_tests(self, tests: Iterable[str]) -> int:
            return 0  # `startup` sees to it

        def startup(self) -> None:
            self.test_runner = Collected(harness.config())
            super().startup()
            # Or nothing could be concluded from a test that fails beside a change.
            self.submit("no change", list(self.test_runner.names), _PATIENCE_SECONDS, _PATIENCE_SECONDS)
            if self.wait_for_result().exit_code:
                message = "tests fail although nothing was changed"
                raise SystemExit(message)

        def shutdown(self) -> None:
            super().shutdown()
            self.test_runner.close()

    return Ready(max_workers=most, test_runner=harness.PytestRunner())


class Collected:
    """The tests of the area, collected once; in a forked process, some of them are run until one fails."""

    def __init__(self, settings: Any) -> None:  # noqa: ANN401  # mutmut's own
        # What `pytest.main` does up to the first test.
        from _pytest.config import _prepareconfig
        from _pytest.main import Session

        os.chdir("mutants")
        self._config = _prepareconfig(
            [
                "--rootdir=.",
                "--tb=no",
                "-q",
                *settings.pytest_add_cli_args,
                *settings.pytest_add_cli_args_test_selection,
            ]
        )
        self._config._do_configure()
        self._session = Session.from_config(self._config)
        self._config.hook.pytest_sessionstart(session=self._session)
        self._config.hook.pytest_collection(session=self._session)
        self._items = {item.nodeid: item for item in self._session.items}
        self.names = tuple(self._items)
        os.chdir("..")

    def close(self) -> None:
        """Let pytest clean up behind it."""
        self._config._ensure_unconfigure()

    def run_tests(self, *, mutant_name: str, tests: Iterable[str]) -> int:  # as mutmut calls it
        """In the forked process: 0 if all pass, 1 after the first that fails."""
        os.chdir("mutants")
        # Mutmut's own way to /dev/null: pytest puts another in its place, and would complain that nobody closes it.
        self._kept = sys.stdout, sys.stderr
        place = tempfile.mkdtemp(prefix="rolecall-mutant-")
        # A directory of its own: in a common one, each test would look through what all others left there.
        self._config._tmp_path_factory._given_basetemp = Path(place) / "tests"  # type: ignore[attr-defined]
        self._config._tmp_path_factory._basetemp = None  # type: ignore[attr-defined]
        chosen = [self._items[name] for name in tests]
        for item, after in zip(chosen, [*chosen[1:], None], strict=True):
            self._config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self._session.testsfailed:
                break
        shutil.rmtree(place, ignore_errors=True)
        return int(bool(self._session.testsfailed))


def _some(how_many: int) -> list[str]:
    """Names of as many mutants, always the same ones, from all over the area."""
    mutation: Any = importlib.import_module("mutmut.mutation.file_mutation")
    naming: Any = importlib.import_module("mutmut.utils.format_utils")
    patterns = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]["only_mutate"]
    names: list[str] = []
    for path in sorted(Path("app").rglob("*.py")):
        if any(fnmatch.fnmatch(str(path), pattern) for pattern in patterns):
            made = mutation.mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
            names += [naming.get_mutant_name(path, name) for name in made.mutant_names]
    return random.Random(len(names)).sample(names, min(how_many, len(names)))  # noqa: S311  # nothing here is a secret


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
