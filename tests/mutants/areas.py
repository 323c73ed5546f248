"""What is changed, and which tests are asked whether they notice."""

from __future__ import annotations

from dataclasses import dataclass

_WRITER = "tests/adapters/credentials_file"
_SUPERVISOR = "tests/core/test_supervisor.py"
_LISTENER = "tests/adapters/oidc/test_oidc_listener.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Modules whose code is changed, and the files of their tests; `without` are tests too slow to be asked so often.

    Paths from the root of the checkout; `code` may have wildcards. A test is left out by the beginning of its name.
    """

    code: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()


AREAS = {
    "writer": Area(
        code=tuple(
            f"app/adapters/credentials_file/{name}.py"
            for name in (
                *("edit", "edit_many", "file", "lines", "marks", "merge"),
                *("own_form", "replace", "rewriting", "settled", "spliced", "vigil"),
            )
        ),
        tests=(_WRITER,),
        # They start processes, or are a matter of seconds: what they show is no matter of one function.
        without=(
            f"{_WRITER}/test_credfile_denied.py",
            f"{_WRITER}/test_credfile_file.py::test_the_light_reader_imports_nothing_heavy",
            f"{_WRITER}/test_credfile_file.py::test_writing_imports_none_of_the_window_network_or_keyring",
            f"{_WRITER}/test_credfile_races.py::test_eight_processes_lose_nothing_of_each_other",
            f"{_WRITER}/test_credfile_races.py::test_it_is_heard_even_if_another_of_us_wrote_since",
            f"{_WRITER}/test_credfile_races.py::test_reads_during_truncating_writes_see_old_or_new",
            f"{_WRITER}/test_credfile_races.py::test_the_aws_cli_itself_writes_beside_us",
            f"{_WRITER}/test_credfile_races.py::test_what_another_of_us_removed_in_the_pause_stays_removed",
            f"{_WRITER}/test_credfile_races.py::test_what_the_aws_cli_writes_meanwhile_is_not_lost",
        ),
    ),
    "policy": Area(
        code=("app/domain/policy_check.py", "app/domain/json_places.py"),
        tests=("tests/domain/test_policy_check.py", "tests/domain/test_policy_words.py"),
    ),
    "saml": Area(
        code=("app/domain/saml*.py", "app/adapters/saml/*.py"),
        tests=(
            "tests/domain/test_saml.py",
            "tests/domain/test_saml_explain.py",
            "tests/domain/test_saml_words.py",
            "tests/adapters/saml",
        ),
    ),
    "scheduler": Area(
        code=("app/domain/schedule.py", "app/core/supervisor.py", "app/core/turns.py"),
        tests=(
            "tests/domain/test_schedule.py",
            "tests/domain/test_schedule_edges.py",
            _SUPERVISOR,
            "tests/core/test_supervisor_edges.py",
            "tests/core/test_supervisor_clocks.py",
            "tests/core/test_clock_recalled.py",
            "tests/core/test_turns.py",
            "tests/core/test_in_line.py",
        ),
        without=(
            f"{_SUPERVISOR}::test_a_clock_set_back_and_forth_again",
            f"{_SUPERVISOR}::test_hours_of_sessions_of_every_kind_with_five_percent_failures",
            f"{_SUPERVISOR}::test_an_outage_that_ends_in_time_costs_no_second",
            f"{_SUPERVISOR}::test_wake_does_not_wait_for_the_pause_after_a_failure",
            *(
                f"{_SUPERVISOR}::test_a_wall_clock_that_jumps_costs_nothing[{jump}]"
                for jump in (-18000, -7200, -1800, 1800, 7200, 18000)
            ),
        ),
    ),
    "loopback": Area(
        code=("app/adapters/loopback.py",),
        tests=("tests/adapters/test_loopback.py", "tests/adapters/test_loopback_bounds.py", _LISTENER),
        without=(f"{_LISTENER}::test_it_is_gone_within_five_seconds_though_nobody_fetches_the_page",),
    ),
}
