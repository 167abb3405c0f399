"""What documents of a team are answered with: what stands under a heading, the edition in force, the period meant."""

from collections.abc import Callable

import pytest
from conftest import FILES, Make, quotes

from bot import library
from bot.answer import answer
from bot.knowledge.base import Base
from bot.schema import Answer

Ask = Callable[[str], Answer]


def document(title: str, date: str, *lines: str, language: str = "ko") -> str:
    return f"---\ntitle: {title}\ndate: {date}\nlanguage: {language}\n---\n\n# {title}\n\n" + "\n\n".join(lines) + "\n"


DOCUMENTS = {
    "corpus/faq.md": document(
        "자주 묻는 질문",
        "2025-03-20",
        "## 건강검진은 어디서 받나요?",
        "강남 하트스캔에서 받습니다.",
        "## 주차는 되나요?",
        "지하 3층에 자리가 12면 있습니다. 한 달 요금은 5만 원입니다.",
        "## 워크숍",
    ),
    "corpus/leave-2023.md": document(
        "휴가 규정 (2023)",
        "2023-03-01",
        "## 연차",
        "정규직 직원의 연차는 1년에 15일이다. 남은 연차는 다음 해로 넘길 수 없다.",
        "## 경조사",
        "본인이 결혼하면 5일을 쉰다.",
    ),
    "corpus/leave-2025.md": document(
        "휴가 규정 (2025 개정)",
        "2025-01-02",
        "## 연차",
        "정규직 직원의 연차는 1년에 18일이다. 남은 연차는 다음 해 3월까지 이월한다.",
        "## 병가",
        "병가는 해마다 12일까지 유급이다.",
    ),
    "corpus/q4.md": document(
        "2024년 4분기 실적 보고",
        "2025-01-20",
        "## 제품별",
        "나래노트 매출은 29억 원, 나래페이 매출은 13억 원이다.",
        "## 왜 해지율이 떨어졌나",
        "연간 결제 할인을 시작했기 때문이다.",
    ),
    "corpus/q1.md": document(
        "2024년 1분기 실적 보고", "2024-04-18", "해지율은 2023년 4분기에 3%, 2024년 1분기에 2%였다."
    ),
    "corpus/outage.md": document(
        "2025-02-14 결제 장애 보고서",
        "2025-02-17",
        "## 원인",
        "원인은 만료된 인증서였다.",
        "## 보상",
        "2월 수수료의 30%를 돌려준다.",
    ),
    "corpus/runbook.md": document(
        "On-call runbook",
        "2025-03-12",
        "## Restart the payment service",
        "Run `kubectl rollout restart deploy/pay-api`.",
        "## Backups",
        "Backups are kept for 35 days.",
        language="en",
    ),
    "corpus/prices-2024.md": document(
        "Price list 2024",
        "2024-02-01",
        "The list price of the Team plan is $49 a month.",
        "A Starter plan may have 5 users.",
        language="en",
    ),
    "corpus/prices-2025.md": document(
        "Price list 2025",
        "2025-03-01",
        "The list price of the Team plan is $59 a month.",
        "A Starter plan may have 5 users.",
        language="en",
    ),
}


@pytest.fixture(params=["memory", "disk"])
def ask(request: pytest.FixtureRequest, make: Make) -> Ask:
    """Ask the documents of a team a question."""
    base: Base = library.load(make({**dict.fromkeys(FILES), **DOCUMENTS}), request.param)
    return lambda question: answer(question, base)


# ── headings ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("건강검진 어디서 받아?", "강남 하트스캔에서 받습니다.", id="a question of a list of them"),
        pytest.param("주차비 얼마야", "한 달 요금은 5만 원입니다.", id="a subject"),
        pytest.param("결제 장애 원인이 뭐야?", "원인은 만료된 인증서였다.", id="a title"),
        pytest.param("how do I restart the payment service", "kubectl rollout restart", id="a deed"),
    ],
)
def test_a_heading_is_answered_with_what_stands_under_it(ask: Ask, question: str, said: str) -> None:
    assert said in " ".join(quotes(ask(question)))


def test_a_heading_with_nothing_under_it_is_no_answer(ask: Ask) -> None:
    assert ask("워크숍이 뭐야?").kind == "not_found"


# ── editions ─────────────────────────────────────────────────────────────────────────────────────


def test_of_two_editions_that_disagree_both_are_shown_the_newer_first(ask: Ask) -> None:
    found = ask("연차 며칠이야?")
    assert ["18일" in quotes(found)[0], "15일" in quotes(found)[1]] == [True, True]
    assert [citation.document for citation in found.citations] == ["leave-2025", "leave-2023"]
    newer, older = found.text.split("\n")[:2]
    assert "2025년 1월 2일" in newer
    assert "2023년 3월 1일" in older


def test_what_an_edition_says_in_other_words_under_the_same_heading_is_shown(ask: Ask) -> None:
    assert [citation.document for citation in ask("연차 이월 돼?").citations] == ["leave-2025", "leave-2023"]


def test_what_editions_say_alike_is_quoted_from_the_newest(ask: Ask) -> None:
    assert [citation.document for citation in ask("how many users may a Starter plan have?").citations] == [
        "prices-2025"
    ]


def test_editions_are_told_by_their_dates_in_english_too(ask: Ask) -> None:
    found = ask("how much is the Team plan?")
    assert [citation.document for citation in found.citations] == ["prices-2025", "prices-2024"]
    assert "March 1, 2025" in found.text
    assert "February 1, 2024" in found.text


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        pytest.param("2023년 휴가 규정에서 연차 며칠이야?", ["leave-2023"], id="the older one"),
        pytest.param("what was the list price of the Team plan in 2024?", ["prices-2024"], id="the older one, en"),
        pytest.param("본인 결혼하면 며칠 쉬어?", ["leave-2023"], id="what only one of them has"),
        pytest.param("병가 며칠까지 돼?", ["leave-2025"], id="what only the newer has"),
    ],
)
def test_one_edition_is_enough_where_it_is_meant(ask: Ask, question: str, documents: list[str]) -> None:
    assert [citation.document for citation in ask(question).citations] == documents


# ── periods ──────────────────────────────────────────────────────────────────────────────────────


def test_the_period_of_a_title_is_that_of_what_stands_under_it(ask: Ask) -> None:
    assert "13억 원" in " ".join(quotes(ask("2024년 4분기 나래페이 매출 얼마야?")))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("2022년 4분기 나래페이 매출 얼마야?", id="another year"),
        pytest.param("2025년 나래페이 매출은?", id="the year of the newest article"),
        pytest.param("2024년 2분기 나래페이 매출 얼마야?", id="another quarter"),
        pytest.param("3월 14일 결제 장애 원인은?", id="another month"),
        pytest.param("2023년 1분기 해지율은?", id="a quarter and a year that are told, of others"),
    ],
)
def test_a_document_whose_title_names_another_period_does_not_answer(ask: Ask, question: str) -> None:
    assert ask(question).kind == "not_found"


# ── what is asked for ────────────────────────────────────────────────────────────────────────────

OFFICE = {
    "corpus/parking.md": document(
        "주차", "2025-01-01", "지하 3층에 회사 자리가 12면 있습니다. 한 달 요금은 5만 원입니다."
    ),
    "corpus/terminal.md": document(
        "단말기 NP-200 사양",
        "2025-01-01",
        "NP-200은 매장용 단말기다. 이전 모델은 NP-100이다.",
        "소비자가는 249,000원이다.",
        "새 전지는 용량이 4,100mAh이다.",
        "전지는 한 번 채우면 14시간 간다.",
    ),
    "corpus/fees.md": document(
        "수수료", "2025-01-01", "가맹점에는 2월 수수료의 30%를 돌려준다.", "빵은 매주 화요일에 온다."
    ),
    "corpus/shop.md": document("매장", "2025-01-01", "카드로 결제하는 손님이 많다.", "카드 결제는 단말기로 한다."),
    "corpus/law.md": document("법인", "2025-01-01", "법인을 설립하려면 정관이 있어야 한다."),
    "corpus/limits.md": document("한도", "2025-01-01", "비즈니스 플랜은 1분에 요청 600건을 받는다."),
    "corpus/work.md": document("근무", "2025-01-01", "수요일에는 모두 사무실에 나온다."),
    "corpus/tokyo.md": document("일본", "2025-01-01", "도쿄에는 네 사람이 시부야에서 일한다."),
}


@pytest.fixture(params=["memory", "disk"])
def office(request: pytest.FixtureRequest, make: Make) -> Ask:
    base: Base = library.load(make({**dict.fromkeys(FILES), **OFFICE}), request.param)
    return lambda question: answer(question, base)


def test_a_name_that_begins_a_question_is_a_name_where_it_has_a_capital_inside(make: Make) -> None:
    texts = {
        "corpus/report.md": document("Board report", "2025-04-18", "Revenue was 4.6 billion won.", language="en"),
        "corpus/note.md": document("Guide", "2025-04-18", "NaraeNote keeps notes.", "Cakes are good.", language="en"),
    }
    base = library.load(make({**dict.fromkeys(FILES), **texts}))
    assert not any("4.6" in quote for quote in quotes(answer("NaraeNote revenue in 2025", base)))


def test_a_number_is_no_date(office: Ask) -> None:
    assert office("회사는 언제 설립됐어?").kind == "not_found"


def test_what_something_costs_is_told_in_money(office: Ask) -> None:
    assert office("비즈니스 플랜은 돈이 얼마 들어?").kind == "not_found"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("단말기 얼마야?", "249,000원", id="the number of a model is no price"),
        pytest.param("빵 언제 와?", "화요일", id="a day of the week"),
        pytest.param("새 전지는 몇 시간 가?", "14시간", id="a capacity is no duration"),
        pytest.param("주차 요금 얼마야?", "5만 원", id="a price"),
    ],
)
def test_of_passages_that_have_the_words_the_one_that_says_how_much_or_when_is_meant(
    office: Ask, question: str, said: str
) -> None:
    assert said in " ".join(quotes(office(question)))


def test_a_name_alone_does_not_answer_what_is_asked_of_it(office: Ask) -> None:
    """Who works there is told; where the office is, is not: but the article is named."""
    found = office("도쿄 사무실 어디야?")
    assert found.kind == "not_found"
    assert "일본" in found.text


def test_a_refusal_names_where_something_near_stands(ask: Ask) -> None:
    found = ask("휴가 규정에서 연차 수당은?")
    assert found.kind == "not_found"
    assert "가까운 내용이 있는 곳: 휴가 규정 (2023) › 연차 · 휴가 규정 (2025 개정) › 연차" in found.text
    assert not found.citations
    assert "가까운" not in ask("오늘 서울 날씨 어때?").text


def test_a_word_is_no_slip_for_one_that_no_article_has(office: Ask) -> None:
    found = office("is there a dental plan?")
    assert found.reading is None
    assert "denial" not in found.text


# ── tables ───────────────────────────────────────────────────────────────────────────────────────

VENDORS = """\
---
title: 협력사 목록
date: 2025-02-01
language: ko
original: originals/vendors.md
---

<!-- p01 -->
# 협력사 목록

<!-- p02 -->
협력사 | 하는 일 | 담당자 | 월 비용
한결청소 | 사무실 청소 | 최유진 | 180만 원
두레보안 | 출입 관리 | 정하늘 | 95만 원
새벽커피 | 원두 공급 | 최유진 | 62만 원
미르번역 | 일본어 번역 | 윤재호 | 140만 원
가온번역 | 영어 번역 | 윤재호 | 110만 원
"""


@pytest.fixture
def table(make: Make) -> Ask:
    base: Base = library.load(make({**dict.fromkeys(FILES), **OFFICE, "corpus/vendors.md": VENDORS}))
    return lambda question: answer(question, base)


def test_a_row_is_told_with_the_names_of_its_columns_and_quoted_as_it_stands(table: Ask) -> None:
    found = table("미르번역 월 비용 얼마야?")
    assert "협력사: 미르번역 · 하는 일: 일본어 번역 · 담당자: 윤재호 · 월 비용: 140만 원 [1]" in found.text
    assert quotes(found) == ["미르번역 | 일본어 번역 | 윤재호 | 140만 원"]


def test_rows_that_answer_alike_are_all_told(table: Ask) -> None:
    assert [quote.split(" | ")[0] for quote in quotes(table("최유진이 담당하는 협력사는?"))] == ["한결청소", "새벽커피"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("미르번역 청소 담당자 누구야?", id="no row has all that rows have"),
        pytest.param("협력사 월 비용 목록 보여줘", id="a list"),
    ],
)
def test_no_row_is_picked_where_none_is_meant(table: Ask, question: str) -> None:
    assert all("\n" in quote for quote in quotes(table(question)))
