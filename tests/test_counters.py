"""Counters: what a number counts, and what a question asks how many there are of."""

import pytest

from bot.language import counters
from bot.language.numbers import read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("직원 12명", "people", id="명"),
        pytest.param("3,200여 명의 손님", "people", id="여, and a space"),
        pytest.param("3만 명", "people", id="a scale"),
        pytest.param("연 3회까지", "times", id="회"),
        pytest.param("5 people", "people", id="English"),
        pytest.param("12개 매장", None, id="개, which counts anything"),
        pytest.param("642 in all", None, id="none"),
    ],
)
def test_a_number_counts_what_stands_behind_it(text: str, kind: str | None) -> None:
    assert [counters.counted(quantity, text) for quantity in read(text)] == [kind]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param("직원이 몇 명이야?", "people", id="몇 명"),
        pytest.param("몇분이 오셨어?", "people", id="without a space"),
        pytest.param("how many people work here?", "people", id="how many people"),
        pytest.param("몇 번까지 돼?", "times", id="몇 번"),
        pytest.param("how many orders are there?", None, id="what no counter tells"),
        pytest.param("직원은 누구야?", None, id="no number"),
    ],
)
def test_a_question_asks_how_many_there_are_of_a_kind(question: str, kind: str | None) -> None:
    assert counters.asked(question) == kind
