"""Words that an article says in figures or in other parts, and words that ask and say what they ask about."""

import pytest
from conftest import FILES, Make, first_quote

from bot import library
from bot.answer import answer
from bot.knowledge.base import Base

SHOP = """\
---
title: 가게 안내
language: ko
---

# 가게 안내

이 가게는 2019년 김반죽이 창업했다.

반품은 받은 날부터 7일 이내에 된다.

연간 회원은 20% 할인을 받고, 한 달 회비는 5,000원이다.

직원은 여섯 명이고 그중 둘은 제빵사다.

주차장은 가게 뒤에 있다.

식빵은 한 사람이 두 개까지 산다.
"""


@pytest.fixture
def shop(make: Make) -> Base:
    return library.load(make({**dict.fromkeys(FILES), "corpus/shop.md": SHOP}))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("할인율", "20% 할인", id="a rate"),
        pytest.param("할인율이 얼마야?", "20% 할인", id="a rate that is asked for"),
        pytest.param("반품 기한", "7일 이내", id="a time limit"),
        pytest.param("return deadline", "7일 이내", id="a deadline, across languages"),
        pytest.param("창업자가 누구야?", "김반죽", id="who did it"),
        pytest.param("누가 창업했어?", "김반죽", id="a verb that asks and says of what"),
        pytest.param("식빵 한도", "두 개까지", id="a bound"),
        pytest.param("headcount", "여섯 명", id="a noun that asks and says of what"),
    ],
)
def test_a_word_that_is_said_in_figures_or_other_parts_is_met(shop: Base, question: str, said: str) -> None:
    assert said in first_quote(answer(question, shop))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("주차장 할인율", id="a rate of something else"),
        pytest.param("회비 한도", id="a bound of what has an amount and none"),
        pytest.param("주차장 이용 기한", id="a time limit of what has none"),
        pytest.param("이직률은?", id="a rate of what is not told of"),
        pytest.param("은행은 누가 창업했어?", id="a verb, of something else"),
    ],
)
def test_a_figure_of_something_else_meets_no_word(shop: Base, question: str) -> None:
    assert answer(question, shop).kind == "not_found"
