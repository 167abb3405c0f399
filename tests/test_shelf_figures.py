"""Figures and names by the hundred: found by what a question names, and never by going through them all."""

from pathlib import Path

import pytest

from bot import library
from bot.answer import answer
from bot.knowledge.base import Base
from bot.shelf import records

COUNT = 450
FIRST, SECOND = "가나다라마바사아자차카타파하거", "강남동산들풀꽃물불빛별달해눈비"


def korean(number: int) -> str:
    """A name of four syllables, unlike the others."""
    rest, last = divmod(number, len(SECOND))
    rest, first = divmod(rest, len(FIRST))
    return f"{FIRST[first]}{SECOND[last]}{FIRST[-1 - rest]}뜰"


def english(number: int) -> str:
    return "Qu" + "".join("bcdfghjklmnpqrstvwxz"[int(digit)] + "aeiou"[int(digit) % 5] for digit in f"{number:04d}")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """A knowledge base of many shops, each with a turnover and a staff."""
    root = tmp_path_factory.mktemp("many")
    said = [f"{korean(n)}의 2024년 매출은 {n + 10}만 원이고 직원은 {n + 20}명이다." for n in range(COUNT)]
    entities = [f"s{n},shop,market,{korean(n)},{english(n)}" for n in range(COUNT)]
    facts = [
        f"{metric}{n},s{n},{metric},{value},{unit},2024,shops#p{n + 1:02d},{said[n]}"
        for n in range(COUNT)
        for metric, value, unit in (("sales", f"{n + 10}0000", "KRW"), ("staff", str(n + 20), "count"))
    ]
    files = {
        "corpus/shops.md": "---\ntitle: 가게들\nlanguage: ko\ndate: 2025\n---\n\n" + "\n\n".join(said),
        "facts/entities.csv": "id,kind,in,name_ko,name_en\nmarket,group,,큰시장,Big Market\n" + "\n".join(entities),
        "facts/metrics.csv": "id,name_ko,name_en,counter_ko\nsales,매출,sales,\nstaff,직원 수,number of staff,명\n",
        "facts/shops.csv": "id,entity,metric,value,unit,as_of,passage,quote\n" + "\n".join(facts),
    }
    for name, text in files.items():
        path: Path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return library.load(root, "disk")


@pytest.mark.parametrize("number", [0, 7, 211, COUNT - 1])
def test_a_figure_is_found_by_what_it_is_of(many: Base, number: int) -> None:
    assert f"{number + 10}만 원" in answer(f"{korean(number)} 매출 얼마야?", many).text
    assert f"{number + 20}명" in answer(f"{korean(number)} 직원 수는?", many).text
    assert [fact.id for fact in answer(f"what are the sales of {english(number)}?", many).facts] == [f"sales{number}"]


def test_a_misspelt_name_is_found_among_many(many: Base) -> None:
    typed = english(123)[:-1] + english(123)[-1] * 2
    found = answer(f"{typed} sales", many)
    assert (found.kind, found.reading) == ("figure", f"read “{typed}” as “{english(123)}”")


def test_two_of_many_are_compared(many: Base) -> None:
    found = answer(f"{korean(3)}와 {korean(300)} 중 매출이 더 높은 곳은?", many)
    assert found.kind == "comparison"
    assert "310만 원" in found.claims[0]


def test_no_more_are_set_side_by_side_than_can_be_looked_at(many: Base) -> None:
    assert COUNT > records.MOST_SIDE_BY_SIDE
    assert answer("매출이 가장 높은 가게는?", many).kind not in ("comparison", "figure")


def test_what_is_named_twice_narrows_what_is_looked_at(many: Base) -> None:
    assert [fact.id for fact in many.about(("s5",), ("sales",))] == ["sales5"]
    assert len(many.about((), ("sales",))) <= records.MANY + 1
    assert many.about((), ()) == []


def test_facts_are_found_by_all_that_is_given(many: Base) -> None:
    assert [fact.id for fact in many.matching(entity="s5")] == ["sales5", "staff5"]
    assert [fact.id for fact in many.matching(metrics=("staff",), entity="s5")] == ["staff5"]
    (fact,) = many.matching(entity="s6", unit="KRW")
    assert fact.value is not None
    assert [found.id for found in many.matching(unit="KRW", amount=fact.value)] == ["sales6"]
    assert len(many.matching(within="market", metrics=("sales",))) == records.MOST_FACTS
    assert many.matching(metrics=()) == []
    assert set(many.units_of("sales")) == {"KRW"}
    assert len(many.subjects("sales")) > 1


def test_all_facts_are_counted_and_gone_through(many: Base) -> None:
    assert len(many.facts) == 2 * COUNT == sum(1 for _ in many.facts)
    assert len(many.by_metric["sales"]) == COUNT
    assert many.by_metric["sales"][1].id == "sales1"
    assert list(many.by_metric["none"]) == []


def test_no_name_is_looked_for_one_after_the_other(many: Base) -> None:
    queries: list[str] = []
    many.records.db.set_trace_callback(queries.append)  # type: ignore[attr-defined]
    answer(f"{korean(50)}에서 {korean(51)}까지 {english(52)}x 매출의 이유", many)
    many.records.db.set_trace_callback(None)  # type: ignore[attr-defined]
    assert queries
    assert not [query for query in queries if " WHERE " not in query]
