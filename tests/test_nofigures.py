"""Digits that count nothing, each with the reason."""

import pytest

from bot.language import nofigures

COMMON = {"Revenue", "매출", "손님"}


def found(text: str) -> list[tuple[str, str]]:
    return [
        (text[item.start : item.end], item.why.removeprefix("no_figure_"))
        for item in nofigures.find(text, COMMON.__contains__)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("GPT-4급 모델과 H100", [("GPT-4", "name"), ("H100", "name")], id="names with digits"),
        pytest.param("라마 4(Llama 4)를", [("라마 4", "name"), ("Llama 4", "name")], id="a name and a number"),
        pytest.param("the S&P 500 rose", [("S&P 500", "name")], id="an index"),
        pytest.param("1. 개요", [("1.", "list")], id="a number of a list"),
        pytest.param("## 2.1 연차", [("2.1", "list")], id="the number of a heading"),
        pytest.param("급여일은 매월 25일이다", [("25일", "date")], id="a day of every month"),
        pytest.param("문의 02-1234-5678, 1588-1234", [("02-1234-5678", "phone"), ("1588-1234", "phone")], id="Korean phone"),
        pytest.param("Call +1 415 555 0100", [("+1 415 555 0100", "phone")], id="foreign phone"),
        pytest.param("제3공장, 2위", [("제3", "rank"), ("2위", "rank")], id="an order"),
        pytest.param("오전 10시, 10:30", [("오전 10시", "clock"), ("10:30", "clock")], id="a time of day"),
        pytest.param("run `x = 3` at https://a.example/v2?n=5", [("`x = 3`", "code"), ("https://a.example/v2?n=5", "address")], id="code"),
        pytest.param("표 2와 [12]", [("표 2", "reference"), ("[12]", "reference")], id="a reference"),
        pytest.param("version 2.1.4", [("version 2.1.4", "version")], id="a version"),
        pytest.param("회사는 3일 밝혔다", [("3일", "date")], id="the day of an announcement"),
        pytest.param("1인당 3만 달러", [("1인당", "rate")], id="a part of a unit"),
    ],
)  # fmt: skip
def test_digits_that_count_nothing_are_told_with_their_reason(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "매출 12가 늘었다",
        "Revenue 450 in all",
        "US$15 billion",
        "€5m",
        "Q3 2025",
        "손님 12만 명",
        "약 2만 5천 톤",
        "12 countries",
    ],
)
def test_what_counts_something_is_left_alone(text: str) -> None:
    assert found(text) == []
