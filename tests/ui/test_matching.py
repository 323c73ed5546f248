from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.matching import RECENT, Haystack, match

NAMES = ["prod-admin", "prod-audit", "prod-billing", "prod-deploy", "stage-ops", "sandbox-alice", "data-lake"]
WORDS = st.text(alphabet="abcdprst-", max_size=8)


def found(haystack: Haystack, wish: str, names: list[str], limit: int = 50) -> list[str]:
    return [names[hit.index] for hit in haystack.find(wish, limit)[0]]


@pytest.mark.parametrize(
    ("wish", "text", "places"),
    [
        ("prod", "prod-admin", (0, 1, 2, 3)),
        ("PROD", "Show group Production", (11, 12, 13, 14)),
        ("pad", "prod-admin", (0, 5, 6)),
        ("admin prod", "prod-admin", (0, 1, 2, 3, 5, 6, 7, 8, 9)),
        ("in", "billing-in", (8, 9)),
        ("", "anything", ()),
    ],
)
def test_the_letters_that_match(wish: str, text: str, places: tuple[int, ...]) -> None:
    made = match(wish, text)
    assert made is not None
    assert made.places == places


@pytest.mark.parametrize(("wish", "text"), [("prodx", "prod-admin"), ("nimda", "admin"), ("prod stage", "prod-admin")])
def test_what_lacks_a_letter_does_not_match(wish: str, text: str) -> None:
    assert match(wish, text) is None


def test_better_places_count_more() -> None:
    texts = ["admin", "admin-prod", "prod-admin", "administer", "badminton", "a-data-mining"]
    scores = {text: made.score for text in texts if (made := match("admin", text)) is not None}
    assert scores["admin"] > scores["admin-prod"] > scores["prod-admin"] > scores["badminton"]
    assert scores["badminton"] > scores["a-data-mining"]


def test_a_letter_that_grows_in_small_letters_does_not_shift_the_places() -> None:
    made = match("x", "İx")
    assert made is not None
    assert made.places == (1,)


def test_shorter_names_come_first_and_equal_ones_in_their_order() -> None:
    haystack = Haystack(NAMES)
    assert found(haystack, "prod", NAMES) == ["prod-admin", "prod-audit", "prod-deploy", "prod-billing"]
    assert haystack.find("prod", 2)[1] == 4


def test_what_was_chosen_lately_comes_first_among_its_equals_only() -> None:
    haystack = Haystack(NAMES)
    hits, _count = haystack.find("prod", 9, {2: RECENT})
    assert NAMES[hits[0].index] == "prod-billing"
    hits, _count = haystack.find("a", 9, {2: RECENT})
    assert NAMES[hits[0].index] != "prod-billing"


def test_words_about_a_name_find_it_too_after_names_that_match() -> None:
    haystack = Haystack(["one", "admin"], ["Admin 123456789012", "Reader"])
    assert found(haystack, "admin", ["one", "admin"]) == ["admin", "one"]
    assert found(haystack, "3456", ["one", "admin"]) == ["one"]


def test_strewn_letters_are_looked_for_only_where_nothing_else_matches() -> None:
    haystack = Haystack(NAMES)
    assert found(haystack, "pad", NAMES)[0] == "prod-admin"
    assert found(haystack, "so", NAMES) == ["stage-ops", "sandbox-alice"]
    assert "stage-ops" not in found(haystack, "sa", NAMES)


def test_an_empty_wish_finds_all_in_order() -> None:
    assert found(Haystack(NAMES), "  ", NAMES) == NAMES


@given(st.lists(WORDS, max_size=12), WORDS)
def test_whatever_the_haystack_finds_matches_and_nothing_that_matches_side_by_side_is_left_out(
    names: list[str], wish: str
) -> None:
    hits, count = Haystack(names).find(wish, 100)
    numbers = [hit.index for hit in hits]
    assert len(set(numbers)) == count == len(numbers)
    assert all(match(wish, names[number]) is not None for number in numbers)
    side_by_side = {i for i, name in enumerate(names) if all(word in name for word in wish.split())}
    assert side_by_side <= set(numbers)
    if not side_by_side:
        assert set(numbers) == {i for i, name in enumerate(names) if match(wish, name) is not None}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@given(WORDS, WORDS)
def test_places_are_letters_of_the_wish_in_the_text(wish: str, text: str) -> None:
    made = match(wish, text)
    if made is not None:
        assert {text[place] for place in made.places} == set(wish.replace(" ", ""))


def test_ten_thousand_names_cost_a_few_dozen_times_what_looking_at_each_once_costs() -> None:
    chance = random.Random(1)  # noqa: S311  # names to search in, no secret
    kinds, roles = ("prod", "stage", "sandbox", "shared"), ("admin", "audit", "deploy", "billing", "readonly")
    names = [f"{chance.choice(kinds)}-{chance.choice(roles)}-{number}" for number in range(10_000)]
    haystack = Haystack(names, [f"Role{number} eu-west-1 Production corp" for number in range(10_000)])

    def best(work: object) -> float:
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            work()  # type: ignore[operator]  # one of the lambdas below
            taken.append(time.perf_counter() - start)
        return min(taken)

    once = best(lambda: [name for name in names if "prod" in name])
    for wish in ("p", "prod", "prod a", "pdad", "xyzzy", "radmn"):
        assert best(lambda wish=wish: haystack.find(wish, 50)) < 150 * once, wish
