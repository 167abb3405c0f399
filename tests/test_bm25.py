"""Ranking in memory: which texts are found, in which order, and what a term says."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.bm25 import BM25

TEXTS = [
    ("p01", ["빵", "오븐", "새벽"]),
    ("p02", ["빵", "손님"]),
    ("p03", ["빵", "빵", "밀가루", "값", "값", "값"]),
    ("p04", ["손님", "가게"]),
]
ENGINE = BM25(TEXTS)
terms = st.sampled_from(["빵", "오븐", "손님", "값", "없는말", ""])
weights = st.floats(min_value=-1, max_value=10, allow_nan=False)


def test_only_texts_that_share_a_term_are_found() -> None:
    assert {hit.passage for hit in ENGINE.search({"오븐": 1.0, "가게": 1.0}, 10)} == {"p01", "p04"}


def test_a_hit_tells_which_terms_of_the_query_it_has() -> None:
    (hit,) = ENGINE.search({"오븐": 1.0, "새벽": 2.0, "없는말": 1.0}, 10)
    assert hit.matched == {"오븐", "새벽"}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="nothing asked"),
        pytest.param({"없는말": 1.0}, id="a term that no text has"),
        pytest.param({"빵": 0.0}, id="a term of no weight"),
        pytest.param({"빵": -1.0}, id="a term of negative weight"),
    ],
)
def test_nothing_is_found_where_nothing_is_shared(query: dict[str, float]) -> None:
    assert ENGINE.search(query, 10) == []


def test_a_rare_term_says_more_than_a_common_one() -> None:
    assert [hit.passage for hit in ENGINE.search({"빵": 1.0, "가게": 1.0}, 1)] == ["p04"]
    assert ENGINE.idf("가게") > ENGINE.idf("손님") > ENGINE.idf("빵") > 0


def test_a_term_that_most_texts_have_still_counts() -> None:
    hits = ENGINE.search({"빵": 1.0}, 10)
    assert len(hits) == 3
    assert all(hit.score > 0 for hit in hits)


def test_a_term_that_no_text_has_says_the_most_and_the_same_for_all() -> None:
    assert ENGINE.idf("없는말") == ENGINE.idf("") > ENGINE.idf("오븐")
    assert ENGINE.idf("오븐") == pytest.approx(math.log(5))


def test_a_term_counts_by_its_weight() -> None:
    assert [hit.passage for hit in ENGINE.search({"오븐": 1.0, "가게": 3.0}, 2)] == ["p04", "p01"]
    assert [hit.passage for hit in ENGINE.search({"오븐": 3.0, "가게": 1.0}, 2)] == ["p01", "p04"]


def test_a_short_text_comes_before_a_long_one_with_the_same_words() -> None:
    engine = BM25([("long", ["빵", *"abcdefgh"]), ("short", ["빵", "a"])])
    assert [hit.passage for hit in engine.search({"빵": 1.0}, 2)] == ["short", "long"]


def test_ties_stand_in_the_order_of_the_texts() -> None:
    texts = [(f"{number * 37 % 200:03d}", ["빵", *["물"] * (number % 3)]) for number in range(200)]
    shortest_first = sorted(texts, key=lambda text: len(text[1]))
    hits = BM25(texts).search({"빵": 1.0}, 200)
    assert [hit.passage for hit in hits] == [name for name, _ in shortest_first]


def test_an_index_of_nothing_finds_nothing() -> None:
    engine = BM25([])
    assert engine.search({"빵": 1.0}, 3) == []
    assert math.isfinite(engine.idf("빵"))


def test_a_text_without_terms_is_never_found() -> None:
    assert [hit.passage for hit in BM25([("empty", []), ("full", ["빵"])]).search({"빵": 1.0}, 3)] == ["full"]


@pytest.mark.parametrize("k", [0, -1])
def test_fewer_than_one_hit_cannot_be_asked_for(k: int) -> None:
    with pytest.raises(ValueError, match="ask for 1 hit or more"):
        ENGINE.search({"빵": 1.0}, k)


@given(st.dictionaries(terms, weights), st.integers(min_value=1, max_value=6))
def test_hits_are_at_most_k_best_first_and_the_same_every_time(query: dict[str, float], k: int) -> None:
    hits = ENGINE.search(query, k)
    assert len(hits) <= k
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.matched and hit.matched <= set(query) for hit in hits)
    assert hits == ENGINE.search(dict(reversed(query.items())), k)
