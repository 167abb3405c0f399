"""Further passages: what else answers a question, by the same rules as its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import answer
from bot.answer.more import MOST, more
from bot.knowledge.base import Base

ASKED = "솔빛제과는 뭐야?"


def passages(question: str, base: Base, *skip: str, context: tuple[str, ...] = ()) -> list[str]:
    found = more(question, base, context, skip=frozenset(skip))
    return [f"{citation.document}#{citation.passage}" for citation in found]


def test_further_passages_are_others_than_those_shown(base: Base) -> None:
    first = passages(ASKED, base, "guide#p02")
    assert first == ["bakeries#p03", "bakeries#p07"]
    assert passages(ASKED, base, "guide#p02", *first) == ["bakeries#p06", "bakeries#p10"]


def test_at_last_there_are_none(base: Base) -> None:
    assert passages(ASKED, base, *base.passages) == []


def test_a_further_passage_is_quoted_word_for_word_and_numbered(base: Base) -> None:
    found = more(ASKED, base, skip=frozenset({"guide#p02"}))
    assert [citation.marker for citation in found] == [1, 2]
    assert all(citation.text == base.passages[f"{citation.document}#{citation.passage}"].text for citation in found)


def test_titles_are_in_the_language_of_the_answer(base: Base) -> None:
    assert {citation.title for citation in more(ASKED, base, language="en", skip=frozenset({"guide#p02"}))} == {
        "Corner Bakeries"
    }


def test_a_follow_up_is_read_with_the_questions_before_it(base: Base) -> None:
    assert passages("그건 왜 그래?", base) == []
    assert passages("그건 왜 그래?", base, context=("달무리빵집 단팥빵",)) == ["bakeries#p11"]


def test_a_heading_is_no_further_passage(base: Base) -> None:
    # what stands beneath bakeries#p05, whose words these are, and not that itself
    assert passages("돈은 어디로 갔나", base) == ["bakeries#p06", "bakeries#p10"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("오늘 서울 날씨 어때?", id="not in the articles"),
        pytest.param("Zorbulon의 매출은?", id="a stranger"),
        pytest.param("help", id="about the bot"),
        pytest.param("", id="empty"),
        pytest.param("빵" * 600, id="too long"),
    ],
)
def test_what_has_no_answer_has_no_further_passage(question: str, base: Base) -> None:
    assert passages(question, base) == []


@given(question=st.text(max_size=60))
def test_any_question_has_few_further_passages_without_headings(question: str, base: Base) -> None:
    found = passages(question, base)
    assert len(found) <= MOST
    assert not any(base.passages[name].heading for name in found)
    assert answer(question, base).kind != "clarify" or not found
