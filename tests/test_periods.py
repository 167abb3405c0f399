"""Periods: what of a text is a year, a quarter or a month."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.periods import find, matches, spans, write
from bot.schema import Language

NOW = 2025  # the year of the newest article


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param("2024년 투자액", ["2024"], id="년"),
        pytest.param("2024에는", ["2024"], id="without 년"),
        pytest.param("in 2024, how much", ["2024"], id="a comma behind"),
        pytest.param("how much in 2024?", ["2024"], id="a question mark behind"),
        pytest.param("24년에", ["2024"], id="two digits"),
        pytest.param("'24 투자", ["2024"], id="an apostrophe"),
        pytest.param("'98년", ["1998"], id="an apostrophe, of the last century"),
        pytest.param("２０２４년", ["2024"], id="wide digits"),
        pytest.param("2024년과 2025년", ["2024", "2025"], id="two years"),
        pytest.param("2020~2024년", ["2020", "2024"], id="from a year to another"),
        pytest.param("2025년 말고 2024년, 2025년", ["2025", "2024"], id="a year twice"),
        pytest.param("작년", ["2024"], id="작년"),
        pytest.param("재작년", ["2023"], id="재작년, not 작년"),
        pytest.param("last year", ["2024"], id="last year"),
        pytest.param("이번 해", ["2025"], id="two words"),
        pytest.param("2분기", ["-Q2"], id="a quarter of no year"),
        pytest.param("2025년 2분기", ["2025-Q2"], id="a quarter and its year"),
        pytest.param("올해 2분기", ["2025-Q2"], id="a quarter of this year"),
        pytest.param("올해(2025년) 2분기", ["2025-Q2"], id="one year named twice"),
        pytest.param("Q2에 2025년", ["2025-Q2"], id="Q2 and a particle"),
        pytest.param("Q2 2025", ["2025-Q2"], id="Q2"),
        pytest.param("the second quarter of 2025", ["2025-Q2"], id="second quarter"),
        pytest.param("2025년 상반기", ["2025-H1"], id="상반기"),
        pytest.param("하반기", ["-H2"], id="a half of no year"),
        pytest.param("the first half of 2025", ["2025-H1"], id="first half"),
        pytest.param("H2 2025", ["2025-H2"], id="H2"),
        pytest.param("the first half of the match", [], id="a half of no time"),
        pytest.param("3rd quarter", ["-Q3"], id="3rd quarter"),
        pytest.param("2Q 실적", ["-Q2"], id="2Q"),
        pytest.param("1/4분기", ["-Q1"], id="the first of four, not the fourth"),
        pytest.param("3사분기", ["-Q3"], id="사분기"),
        pytest.param("2024년 1분기와 2분기", ["2024-Q1", "2024-Q2"], id="two quarters of one year"),
        pytest.param("2024년 2분기와 2025년 1분기", ["2024-Q2", "2025-Q1"], id="quarters of two years"),
        pytest.param("Q1 2024, Q2 2025", ["2024-Q1", "2025-Q2"], id="quarters of two years, in English"),
        pytest.param("2024, Q2 2025", ["2024", "2025-Q2"], id="a year, and a quarter of the year behind it"),
        pytest.param("2024년과 2025년 2분기", ["2024", "2025-Q2"], id="a year, and a quarter of another"),
        pytest.param("6월", ["-06"], id="a month of no year"),
        pytest.param("2025년 6월", ["2025-06"], id="a month and its year"),
        pytest.param("2025년 11월 13일", ["2025-11"], id="a day is as its month"),
        pytest.param("June 2025", ["2025-06"], id="June"),
        pytest.param("Nov. 2024", ["2024-11"], id="cut short"),
        pytest.param("May 2025", ["2025-05"], id="May beside a year"),
        pytest.param("in May", ["-05"], id="in May"),
        pytest.param("November 13, 2025", ["2025-11"], id="a day in English"),
    ],
)
def test_a_text_names_its_periods_in_order(text: str, periods: list[str]) -> None:
    assert find(text, NOW) == periods


@pytest.mark.parametrize(
    "text",
    [
        "2000명이 넘는 회사",
        "over 2000 companies",
        "2024만 명",
        "$2024",
        "2,024년",
        "2024.5",
        "1.25년",
        "지난 20년",
        "20년간",
        "25년 전",
        "'30 million users'",
        "'90s",
        "12분기",
        "R1 월간 사용자",
        "소라 2 월드컵",
        "13월",
        "may I ask",
        "laſt year",
        "Auguſt",
        "fırst quarter",
        "",
    ],
)
def test_what_only_looks_like_a_period_is_none(text: str) -> None:
    assert find(text, NOW) == []


def test_last_year_is_of_no_year_where_no_article_has_a_date() -> None:
    assert find("작년 투자", None) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("딥시크 2025년 2분기 실적", ["2025년", "2분기"], id="Korean"),
        pytest.param("in June 2025?", ["2025", "June"], id="English"),
        pytest.param("over 2000 companies", [], id="none"),
    ],
)
def test_a_period_says_where_it_stands(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, NOW)] == words


@pytest.mark.parametrize(
    ("period", "as_of", "expected"),
    [
        pytest.param("2025", "2025-Q2", True, id="a year holds its quarter"),
        pytest.param("2025", "2025-11-13", True, id="a year holds its day"),
        pytest.param("2025-11", "2025-11-13", True, id="a month holds its day"),
        pytest.param("2025-Q2", "2025-Q2", True, id="a quarter is itself"),
        pytest.param("-Q2", "2025-Q2", True, id="a quarter of any year"),
        pytest.param("-11", "2025-11-13", True, id="a month of any year"),
        pytest.param("-13", "2025-11-13", False, id="a day is no month"),
        pytest.param("-01", "2025-11-01", False, id="the first is not January"),
        pytest.param("2025-Q2", "2025", False, id="a quarter does not hold its year"),
        pytest.param("2024", "2025", False, id="another year"),
        pytest.param("-Q2", "", False, id="no period"),
    ],
)
def test_a_period_holds_what_is_a_part_of_it(period: str, as_of: str, expected: bool) -> None:
    assert matches(period, as_of) is expected


@pytest.mark.parametrize(
    ("period", "language", "expected"),
    [
        pytest.param("2025", "ko", "2025년", id="a year"),
        pytest.param("2025", "en", "2025", id="a year in English"),
        pytest.param("2025-Q2", "ko", "2025년 2분기", id="a quarter"),
        pytest.param("2025-Q2", "en", "Q2 2025", id="a quarter in English"),
        pytest.param("2025-H1", "ko", "2025년 상반기", id="a half"),
        pytest.param("2025-H2", "en", "H2 2025", id="a half in English"),
        pytest.param("-Q2", "ko", "2분기", id="a quarter of no year"),
        pytest.param("-Q2", "en", "Q2", id="a quarter of no year in English"),
        pytest.param("-06", "ko", "6월", id="a month of no year"),
        pytest.param("-06", "en", "June", id="a month of no year in English"),
        pytest.param("2025-11-13", "ko", "2025년 11월 13일", id="a day"),
        pytest.param("2025-11-13", "en", "November 13, 2025", id="a day in English"),
    ],
)
def test_a_period_is_written_as_its_language_does(period: str, language: Language, expected: str) -> None:
    assert write(period, language) == expected


@given(
    day=st.dates(date(1950, 1, 1), date(2049, 12, 31)),
    form=st.sampled_from(["%Y", "%Y-%m"]),
    quarter=st.one_of(st.none(), st.integers(1, 4)),
    year_named=st.booleans(),
    language=st.sampled_from(["ko", "en"]),
)
def test_a_period_that_was_written_is_found_again(
    day: date, form: str, quarter: int | None, year_named: bool, language: Language
) -> None:
    period = f"{day:%Y}-Q{quarter}" if quarter else day.strftime(form)
    if not year_named:
        period = period[4:]
    if period and period != "-05":  # May alone may be another word
        assert find(write(period, language), None) == [period]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=400), st.text("0123456789년월분기Q'’,. 작올해MayJunei", max_size=400)))
def test_whatever_is_typed_its_periods_are_of_one_form(text: str) -> None:
    for period in find(text, NOW):
        assert matches(period, period if period[0] != "-" else f"2025{period}")
        assert write(period, "ko")
        assert write(period, "en")
    assert all(0 <= start < end <= len(text) for start, end in spans(text, NOW))
