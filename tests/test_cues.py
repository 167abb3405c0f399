"""Cues: what kind of answer a question asks for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.cues import anaphora, find, is_cause
from bot.language.tables import cell, table
from bot.language.units import units
from bot.schema import Language


@pytest.mark.parametrize(
    ("question", "cue"),
    [
        pytest.param("몸값 얼마야?", "amount", id="얼마"),
        pytest.param("how much is it worth", "amount", id="how much"),
        pytest.param("how often is it backed up", "amount", id="how often"),
        pytest.param("칩 몇 개 만들어?", "count", id="몇 개"),
        pytest.param("칩몇개", "count", id="몇개, without spaces"),
        pytest.param("how many chips", "count", id="how many"),
        pytest.param("몇 배야", "ratio", id="몇 배"),
        pytest.param("how many times larger", "ratio", id="how many times"),
        pytest.param("몇 년 뒤처졌어", "duration", id="몇 년"),
        pytest.param("how long did it take", "duration", id="how long"),
        pytest.param("how many vacation days do we get", "duration", id="how many of some days"),
        pytest.param("언제 나왔어", "date", id="언제"),
        pytest.param("when did it come out", "date", id="when"),
        pytest.param("왜 뒤처졌어?", "why", id="왜"),
        pytest.param("what's behind the gap", "why", id="what's behind"),
        pytest.param("누가 만들었어", "who", id="누가"),
        pytest.param("클링이 뭐야", "define", id="뭐야"),
        pytest.param("what is GLM?", "define", id="what is"),
        pytest.param("가장 비싼 회사", "rank_high", id="가장 비싼"),
        pytest.param("the most valuable lab", "rank_high", id="most valuable"),
        pytest.param("제일 싼 곳", "rank_low", id="제일 싼"),
        pytest.param("합치면 얼마", "sum", id="합치면"),
        pytest.param("difference between the two", "difference", id="difference"),
        pytest.param("기업 가치 전부", "list", id="전부"),
        pytest.param("뭘 물어볼 수 있어?", "help", id="뭘 물어"),
        pytest.param("what can you do", "help", id="what can you"),
        pytest.param("how much did the market grow", "growth", id="words between"),
    ],
)
def test_a_question_asks_for_its_kind_of_answer(question: str, cue: str) -> None:
    assert cue in find(question).names


@pytest.mark.parametrize(
    ("question", "cause"),
    [
        pytest.param("솔빛 때문에 손님이 얼마나 줄었어?", True, id="때문에"),
        pytest.param("솔빛탓에 줄어든 손님", True, id="without a space"),
        pytest.param("how much did sales fall because of 솔빛?", True, id="because of"),
        pytest.param("thanks to the 솔빛, sales rose", True, id="an article between"),
        pytest.param("솔빛 매출 때문에 뭐가 달라졌어?", False, id="something of it is the cause"),
        pytest.param("why did 솔빛 grow because of rain", False, id="another thing is the cause"),
        pytest.param("솔빛은 왜 컸어?", False, id="no cause"),
    ],
)
def test_what_something_came_of_is_told_from_what_it_happened_to(question: str, cause: bool) -> None:
    start = question.index("솔빛")
    assert is_cause(question, start, start + len("솔빛")) is cause


@pytest.mark.parametrize(
    ("question", "person"),
    [
        pytest.param("딥시크 CEO는 누구야?", True, id="an office, ko"),
        pytest.param("누가 대표야", True, id="an office after who"),
        pytest.param("who is the founder of DeepSeek", True, id="an office, en"),
        pytest.param("names of the officials", True, id="names"),
        pytest.param("who called it a failure, the author himself?", False, id="an office that is not asked for"),
        pytest.param("딥시크 창업자 지분은?", False, id="an office that nobody asks the name of"),
    ],
)
def test_a_person_is_asked_for_by_who_holds_an_office(question: str, person: bool) -> None:
    assert ("person" in find(question).names) == person


@pytest.mark.parametrize("question", ["딥시크", "Nvidia chips", "however", "somehow", "a frank word", "whenever", ""])
def test_a_word_that_only_holds_a_cue_is_none(question: str) -> None:
    assert find(question).names == frozenset()


@pytest.mark.parametrize(
    ("question", "dimensions"),
    [
        pytest.param("몇 배야", {"ratio"}, id="ratio"),
        pytest.param("몇 위안이야", {"money"}, id="money"),
        pytest.param("얼마야", set(), id="any"),
        pytest.param("몇 퍼센트", {"percent"}, id="percent"),
        pytest.param("몇 년도야", {"date"}, id="a year, and not how many"),
        pytest.param("몇 개월이야", {"duration", "count"}, id="months"),
        pytest.param("정리해 주시기 바랍니다", set(), id="a date that is only a part of a word"),
        pytest.param("open-source models", set(), id="a part of a word with a hyphen"),
        pytest.param("what resolution", {"resolution"}, id="resolution"),
    ],
)
def test_a_cue_says_of_what_dimension_the_figure_is(question: str, dimensions: set[str]) -> None:
    assert find(question).dimensions == dimensions


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("화웨이 칩 몇 개", "몇 개", id="Korean"),
        pytest.param("화웨이 칩 몇  개", "몇  개", id="two spaces"),
        pytest.param("How Much is it", "How Much", id="English in capitals"),
    ],
)
def test_a_cue_says_where_it_stands(question: str, words: str) -> None:
    assert words in [question[start:end] for start, end in find(question).spans]


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        pytest.param("그럼 중국은?", "ko", "next", id="그럼"),
        pytest.param("and in 2025?", "en", "next", id="and"),
        pytest.param("그 회사 몸값", "ko", "it", id="그 회사"),
        pytest.param("how is it made", "en", "it", id="it"),
        pytest.param("둘 중 어디가 커?", "ko", "both", id="둘 중"),
        pytest.param("which one is bigger", "en", "both", id="which one"),
    ],
)
def test_a_question_leans_on_the_one_before_it(question: str, language: Language, kind: str) -> None:
    assert kind in anaphora(question, language)


@pytest.mark.parametrize(("question", "language"), [("딥시크 몸값", "ko"), ("with Nvidia", "en"), ("", "en")])
def test_a_question_that_names_all_it_asks_leans_on_none(question: str, language: Language) -> None:
    assert anaphora(question, language) == frozenset()


@pytest.mark.parametrize("row", table("cues"), ids=lambda row: str(row["cue"]))
def test_every_dimension_of_the_table_is_one_that_units_have(row: dict[str, str]) -> None:
    assert set(cell(row["dimensions"])) <= {unit.dimension for unit in units().values()} | {"any"}


@pytest.mark.parametrize("row", table("cues"), ids=lambda row: str(row["cue"]))
def test_every_cue_of_the_table_is_found(row: dict[str, str]) -> None:
    for phrase in (*cell(row["ko"]), *cell(row["en"])):
        question = f"{phrase.removeprefix('^').replace('*', 'it')} 가 it"  # in both scripts, so that both columns are looked for
        assert row["cue"] in find(question).names, phrase


@given(st.text(st.one_of(st.characters(), st.sampled_from("얼마몇개 왜how much")), max_size=200))
def test_whatever_is_typed_cues_stand_within_the_text(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert all(0 <= start < end <= len(text) for start, end in find(text).spans)
    assert anaphora(text, "ko") | anaphora(text, "en") <= {"it", "company", "both", "next"}


@pytest.mark.parametrize(
    ("question", "cue"),
    [
        pytest.param("연차 이월 돼?", "difference", id="연차 이월"),
        pytest.param("고객 대표 로고", "list", id="표로 of 대표 로고"),
        pytest.param("서비스 톱니", "rank_low", id="nothing"),
    ],
)
def test_the_edges_of_two_words_are_no_cue(question: str, cue: str) -> None:
    assert cue not in find(question).names


@pytest.mark.parametrize(
    ("question", "cue"),
    [
        pytest.param("둘의 차 이는?", "difference", id="a word divided by a slip"),
        pytest.param("둘의 차이 이유", "difference", id="whole"),
        pytest.param("회사중 어디가 커", "compare", id="a phrase of two words, joined to a name"),
    ],
)
def test_a_cue_may_be_spaced_otherwise(question: str, cue: str) -> None:
    assert cue in find(question).names
