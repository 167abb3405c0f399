"""When a document is of: what its head says, before what the program that made the file wrote into it."""

import io

import docx
import pytest

from bot.ingest.kinds import read


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("# 회의록\n\n일시: 2025년 3월 24일 오후 2시\n\n빵을 굽기로 했다.", "2025-03-24", id="a field"),
        pytest.param("# Runbook\n\nLast updated: 2025-03-12\n\nBake bread.", "2025-03-12", id="updated"),
        pytest.param("# 지침\n\n2025년 2월 3일 고객경험팀\n\n빵을 굽는다.", "2025-02-03", id="a date and who wrote it"),
        pytest.param("# 복지\n\n최지우가 2024-12-05에 수정함\n\n빵을 준다.", "2024-12-05", id="who changed it when"),
        pytest.param("# Handbook\n\nVersion 3.2, published 2024-10-01\n\nBake.", "2024-10-01", id="a version"),
        pytest.param("# News\n\nSeoul, November 6, 2024 — The bakery grew.", "2024-11-06", id="a dateline"),
        pytest.param("# 규정\n\n이 규정은 2023년 3월 1일부터 시행한다.", "2023-03-01", id="in force from"),
        pytest.param("# 2025-02-14 화덕 고장\n\n화덕이 식었다.", "2025-02-14", id="the title"),
        pytest.param("# 회의\n\n작성일 2025.3.4\n\n빵을 굽는다.", "2025-03-04", id="dots"),
        pytest.param(
            "---\ndate: 2024-01-02\n---\n\n# 회의\n\n작성일: 2025-03-04", "2024-01-02", id="front matter first"
        ),
        pytest.param("# 빵\n\nThe oven was last tested on 3 February 2025 and baked well.", "", id="what happened"),
        pytest.param("# 빵\n\n2024년 11월 6일에 솔빛제과가 새 화덕을 들였다.", "", id="what happened, ko"),
        pytest.param("# 빵\n\n마감: 3월 4일", "", id="no year"),
        pytest.param("# 빵\n\n하나.\n\n둘.\n\n셋.\n\n넷.\n\n다섯.\n\n작성일: 2025-03-04", "", id="further down"),
    ],
)
def test_a_document_is_dated_by_its_head(text: str, date: str) -> None:
    assert read(text.encode(), "x", ".md").date == date


def test_what_the_head_says_goes_before_when_the_file_was_saved() -> None:
    made = docx.Document()
    made.core_properties.modified = made.core_properties.modified.replace(year=2026)
    made.add_heading("지침", 1)
    made.add_paragraph("2025년 2월 3일 고객경험팀")
    kept = io.BytesIO()
    made.save(kept)
    assert read(kept.getvalue(), "x", ".docx").date == "2025-02-03"


def test_a_name_that_begins_with_a_date_dates_what_says_none() -> None:
    assert read("빵을 굽는다.".encode(), "2025-03-24 회의", ".txt").date == "2025-03-24"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "주간 회의록\n일시: 2025년 3월 24일\n참석: 김반죽\n\n- 빵\n- 떡", "주간 회의록", id="above its fields"
        ),
        pytest.param("이름: 빵집\n주소: 서울\n\n빵을 굽는다.", "x", id="fields alone"),
        pytest.param("빵을 굽는다\n떡을 찐다\n\n죽을 쑨다.", "x", id="lines that are no fields"),
    ],
)
def test_a_text_is_called_by_the_line_above_its_fields(text: str, title: str) -> None:
    assert read(text.encode(), "x", ".txt").title == title
