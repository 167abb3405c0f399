"""A question may say in which language it is to be answered."""

import pytest
from conftest import Ask
from hypothesis import given
from hypothesis import strategies as st

from bot.language.spoken import asked


@pytest.mark.parametrize(
    ("text", "rest", "language"),
    [
        ("솔빛제과 매출 영어로 알려줘", "솔빛제과 매출", "en"),
        ("솔빛제과 매출 영어로", "솔빛제과 매출", "en"),
        ("영어로 답해 주세요, 솔빛제과 매출은?", ", 솔빛제과 매출은?", "en"),
        ("Solbit's sales, in Korean please", "Solbit's sales,", "ko"),
        ("Solbit's sales in Korean, please.", "Solbit's sales .", "ko"),
        ("In Korean: Solbit's sales", "Solbit's sales", "ko"),
        ("tell me Solbit's sales in Korean", "tell me Solbit's sales", "ko"),
        ("Solbit's sales? answer in English", "Solbit's sales?", "en"),
        ("in English", "", "en"),
    ],
)
def test_the_request_is_no_part_of_what_is_asked(text: str, rest: str, language: str) -> None:
    assert asked(text) == (rest, language)


@pytest.mark.parametrize(
    "text",
    [
        "Is the manual available in Korean?",
        "영어로 번역하는 방법은?",
        "메뉴가 한국어로 나오나요?",
        "What is salt bread called in Korean?",
        "In Korean bakeries, what sells best?",
        "중국어로 알려줘",
    ],
)
def test_what_only_speaks_of_a_language_asks_for_none(text: str) -> None:
    assert asked(text) == (text, None)


def test_an_answer_is_in_the_language_that_is_asked_for(ask: Ask) -> None:
    english = ask("솔빛제과 2024년 손님 몇 명인지 영어로 알려줘")
    assert english.language == "en"
    assert "120,000" in english.text
    korean = ask("how many visitors did Solbit have in 2024? in Korean please")
    assert korean.language == "ko"
    assert "12만 명" in korean.text


def test_the_answer_before_is_given_again_in_the_language_that_alone_is_asked_for(ask: Ask) -> None:
    again = ask("영어로", "솔빛제과 2024년 손님 몇 명?")
    assert again.language == "en"
    assert "120,000" in again.text


@given(st.text(max_size=80))
def test_any_text_is_left_as_it_is_or_loses_its_request(text: str) -> None:
    rest, language = asked(text)
    assert rest == text or (language and len(rest) < len(text) + 1)
