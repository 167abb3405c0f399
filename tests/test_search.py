"""Ranking, in memory and on disk: which texts are found, in which order, and what a term says."""

import math
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.base import Retriever
from bot.search.bm25 import BM25
from bot.search.tantivy import Tantivy, Text, Writer

TEXTS = [
    ("p01", ["빵", "오븐", "새벽"]),
    ("p02", ["빵", "손님"]),
    ("p03", ["빵", "빵", "밀가루", "값", "값", "값"]),
    ("p04", ["손님", "가게"]),
]
Texts = list[tuple[str, list[str]]]
Make = Callable[[Texts], Retriever]
terms = st.sampled_from(["빵", "오븐", "손님", "값", "없는말", ""])
weights = st.floats(min_value=-1, max_value=10, allow_nan=False)


def on_disk(folder: Path, texts: Texts) -> Tantivy:
    """The engine on disk of some texts."""
    folder.mkdir()
    writer = Writer(folder)
    for number, (_, words) in enumerate(texts):
        writer.add(number, words)
    writer.commit()
    writer.close()
    return opened(folder, texts)


def opened(folder: Path, texts: Texts) -> Tantivy:
    """The engine on disk as it is, of texts that are numbered in their order."""
    kept = {number: Text(name, ("", number), words) for number, (name, words) in enumerate(texts)}
    average = sum(len(words) for _, words in texts) / len(texts) if texts else 1.0
    return Tantivy(folder, lambda numbers: {number: kept[number] for number in numbers if number in kept}, average)


@pytest.fixture(params=["memory", "disk"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Make an engine of texts."""
    return BM25 if request.param == "memory" else lambda texts: on_disk(tmp_path / "index", texts)


@pytest.fixture
def engine(make: Make) -> Retriever:
    return make(TEXTS)


def test_only_texts_that_share_a_term_are_found(engine: Retriever) -> None:
    assert {hit.passage for hit in engine.search({"오븐": 1.0, "가게": 1.0}, 10)} == {"p01", "p04"}


def test_a_hit_tells_which_terms_of_the_query_it_has(engine: Retriever) -> None:
    (hit,) = engine.search({"오븐": 1.0, "새벽": 2.0, "없는말": 1.0}, 10)
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
def test_nothing_is_found_where_nothing_is_shared(query: dict[str, float], engine: Retriever) -> None:
    assert engine.search(query, 10) == []


def test_a_rare_term_says_more_than_a_common_one(engine: Retriever) -> None:
    assert [hit.passage for hit in engine.search({"빵": 1.0, "가게": 1.0}, 1)] == ["p04"]
    assert engine.idf("가게") > engine.idf("손님") > engine.idf("빵") > 0


def test_a_term_that_most_texts_have_still_counts(engine: Retriever) -> None:
    hits = engine.search({"빵": 1.0}, 10)
    assert len(hits) == 3
    assert all(hit.score > 0 for hit in hits)


def test_a_term_that_no_text_has_says_the_most_and_the_same_for_all(engine: Retriever) -> None:
    assert engine.idf("없는말") == engine.idf("") > engine.idf("오븐")
    assert engine.idf("오븐") == pytest.approx(math.log(5))


def test_a_term_counts_by_its_weight(engine: Retriever) -> None:
    assert [hit.passage for hit in engine.search({"오븐": 1.0, "가게": 3.0}, 2)] == ["p04", "p01"]
    assert [hit.passage for hit in engine.search({"오븐": 3.0, "가게": 1.0}, 2)] == ["p01", "p04"]


def test_a_short_text_comes_before_a_long_one_with_the_same_words(make: Make) -> None:
    engine = make([("long", ["빵", *"abcdefgh"]), ("short", ["빵", "a"])])
    assert [hit.passage for hit in engine.search({"빵": 1.0}, 2)] == ["short", "long"]


def test_ties_stand_in_the_order_of_the_texts(make: Make) -> None:
    texts = [(f"{number * 37 % 200:03d}", ["빵", *["물"] * (number % 3)]) for number in range(200)]
    shortest_first = sorted(texts, key=lambda text: len(text[1]))
    hits = make(texts).search({"빵": 1.0}, 200)
    assert [hit.passage for hit in hits] == [name for name, _ in shortest_first]


def test_an_index_of_nothing_finds_nothing(make: Make) -> None:
    engine = make([])
    assert engine.search({"빵": 1.0}, 3) == []
    assert math.isfinite(engine.idf("빵"))


def test_a_text_without_terms_is_never_found(make: Make) -> None:
    assert [hit.passage for hit in make([("empty", []), ("full", ["빵"])]).search({"빵": 1.0}, 3)] == ["full"]


@pytest.mark.parametrize("k", [0, -1])
def test_fewer_than_one_hit_cannot_be_asked_for(k: int, engine: Retriever) -> None:
    with pytest.raises(ValueError, match="ask for 1 hit or more"):
        engine.search({"빵": 1.0}, k)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # an engine is not changed by a search
@given(query=st.dictionaries(terms, weights), k=st.integers(min_value=1, max_value=6))
def test_hits_are_at_most_k_best_first_and_the_same_every_time(
    engine: Retriever, query: dict[str, float], k: int
) -> None:
    hits = engine.search(query, k)
    assert len(hits) <= k
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.matched and hit.matched <= set(query) for hit in hits)
    assert hits == engine.search(dict(reversed(query.items())), k)


def written(seed: int, count: int) -> Texts:
    """Texts whose words are as common as words are: some in nearly all, most in hardly any."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    return [
        (f"{number:05d}", [f"w{int(chance.paretovariate(0.6))}" for _ in range(chance.randint(4, 120))])
        for number in range(count)
    ]


def test_both_engines_rank_alike(tmp_path: Path) -> None:
    texts = written(1, 2000)
    memory, disk = BM25(texts), on_disk(tmp_path / "index", texts)
    for _, words in written(2, 200):
        query = dict.fromkeys(words[:12], 1.0)
        ours, theirs = memory.search(query, 10), disk.search(query, 10)
        assert [hit.passage for hit in ours[:1]] == [hit.passage for hit in theirs[:1]]
        assert len({hit.passage for hit in ours} & {hit.passage for hit in theirs}) >= len(ours) - 1
        assert ours[0].score == pytest.approx(theirs[0].score)
    assert memory.idf("w1") == pytest.approx(disk.idf("w1"))
    assert memory.idf("unheard") == pytest.approx(disk.idf("unheard"))


def test_what_is_added_and_removed_on_disk_is_seen_when_it_is_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    before = on_disk(folder, TEXTS)
    writer = Writer(folder)
    writer.add(4, ["무화과", "빵"])
    writer.remove([0, 77])
    writer.commit()
    writer.close()
    after = opened(folder, [*TEXTS, ("p05", ["무화과", "빵"])])
    assert [hit.passage for hit in after.search({"무화과": 1.0}, 3)] == ["p05"]
    assert after.search({"오븐": 1.0}, 3) == []
    assert after.idf("오븐") == after.idf("없는말")
    assert [hit.passage for hit in before.search({"오븐": 1.0}, 3)] == ["p01"]


def test_what_was_not_committed_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    on_disk(folder, TEXTS)
    writer = Writer(folder)
    writer.add(4, ["무화과"])
    writer.close()
    assert opened(folder, [*TEXTS, ("p05", ["무화과"])]).search({"무화과": 1.0}, 3) == []


def test_only_one_may_write_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    first = Writer(folder)
    with pytest.raises(ValueError, match=r"[Ll]ock"):
        Writer(folder)
    first.close()


def test_a_folder_without_an_index_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"."):
        Tantivy(tmp_path, lambda _: {}, 1.0)
