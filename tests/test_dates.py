"""Dates of an article's text: to the day, to the quarter, and relative to when it was written."""

import pytest

from bot.language import dates


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param("2025년 11월 13일에 공개했다", ["2025-11-13"], id="Korean day"),
        pytest.param("on November 13, 2025", ["2025-11-13"], id="American day"),
        pytest.param("on 13 Nov 2025", ["2025-11-13"], id="British day"),
        pytest.param("2025.10.15 / 2025-10-16", ["2025-10-15", "2025-10-16"], id="digits"),
        pytest.param("지난 1월", ["2025-01"], id="a month of this year"),
        pytest.param("지난 11월", ["2024-11"], id="the same month, but past"),
        pytest.param("지난해 매출", ["2024"], id="last year"),
        pytest.param("2분기에는", ["2025-Q2"], id="a quarter that is over"),
        pytest.param("4분기에는", ["2024-Q4"], id="a quarter that is not over when the article was written"),
        pytest.param("상반기에는", ["2025-H1"], id="a half that is over"),
        pytest.param("in 1H 2025", ["2025-H1"], id="a half and its year"),
        pytest.param("3Q25 and FY2024", ["2025-Q3", "2024"], id="in short"),
        pytest.param("Q3 2025", ["2025-Q3"], id="English quarter"),
        pytest.param("2025년 13월 40일", ["2025"], id="no such day"),
        pytest.param("10년간", [], id="a length of time"),
        pytest.param("12월에 문을 열었다", ["2024-12"], id="a month that is not over when the article was written"),
        pytest.param("다음 판은 12월 15일로 정했다", ["2025-12-15"], id="a day that is to come"),
        pytest.param("the next edition is due on 15 December", ["2025-12-15"], id="a day that is to come, en"),
    ],
)
def test_a_date_is_whole_and_dated_by_its_article(text: str, periods: list[str]) -> None:
    assert [dated.period for dated in dates.find(text, "2025-09-13" if "4분기" in text else "2025-11-13")] == periods


def test_a_month_without_a_year_is_nothing_where_the_article_has_no_date() -> None:
    assert dates.find("지난 1월에 공개했다", "") == []


@pytest.mark.parametrize("text", ["2024년 3분기 대비 12% 늘었다", "up 12% from Q3 2024", "2023년보다 많다"])
def test_what_a_figure_is_compared_with_does_not_date_it(text: str) -> None:
    assert [dated.compared for dated in dates.find(text, "2025-11-13")] == [True]
