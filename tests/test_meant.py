"""Which of several like things is meant: a row of a table, an entry of an FAQ, an edition, a place, a figure."""

from collections.abc import Callable

import pytest
from conftest import FILES, BaseOf, changed, quotes

from bot.answer import answer
from bot.answer.editions import in_force
from bot.answer.passages import nearest
from bot.answer.reading import read as read_question
from bot.ingest.kinds import read
from bot.knowledge.base import Base
from bot.language.sounds import acronyms
from bot.language.terms import analyse
from bot.render.catalogue import facts_html
from bot.schema import Answer, Language

Ask = Callable[[str], Answer]


def document(title: str, date: str, *passages: str, language: Language = "ko") -> str:
    body = "\n\n".join(f"<!-- p{number:02d} -->\n{text}" for number, text in enumerate((f"# {title}", *passages), 1))
    return f"---\ntitle: {title}\ndate: {date}\nlanguage: {language}\n---\n\n{body}\n"


TIMES = """\
서비스 | 접수 마감 | 도착
새벽배송 | 전날 22:00 | 아침 7시 전
당일배송 | 오전 11:00 | 당일 21시 전
일반배송 | 오후 18:00 | 다음 날"""
PRICES = """\
항목 | 강아지 | 고양이
첫 진찰 | {} | {}
재진 | 9,900원 | 11,000원
광견병 백신 | 25,000원 | 25,000원"""
AGAIN = """\
항목 | 강아지 | 고양이
첫 진찰 뒤 재진 | 8,000원 | 9,000원"""

DOCUMENTS = {
    "corpus/delivery.md": document("배송 약속", "2025-03-01", "## 배송 시간", TIMES),
    "corpus/faq.md": document(
        "자주 묻는 질문",
        "2025-04-28",
        "실밥은 언제 뽑나요? 수술 뒤 10~14일입니다.",
        "넥카라는 얼마나 하나요? 실밥을 뽑을 때까지입니다.",
        "목욕은요? 실밥을 뽑고 3일 뒤부터 됩니다.",
    ),
    "corpus/prices-2024.md": document(
        "진료비 표 2024년", "2024-01-01", "## 진찰", PRICES.format("14,300원", "16,500원")
    ),
    "corpus/prices-2025.md": document(
        "진료비 표 2025년", "2025-01-01", "## 진찰", PRICES.format("16,500원", "18,700원"), AGAIN
    ),
    "corpus/safety.md": document(
        "창고 안전 수칙 (이천 센터)",
        "2025-04-15",
        "지게차는 면허가 있는 사람만 몹니다. 창고 안 제한 속도는 시속 8km입니다.",
    ),
    "corpus/roster.md": document("당직표 (이천 병원)", "2025-04-15", "밤에는 두 사람이 함께 선다.").replace(
        "# ", "", 1
    ),
    "corpus/fridge.md": document(
        "사고 보고: 냉장고",
        "2024-04-02",
        "냉장고가 밤새 멈췄다.",
        "버린 것 | 수량 | 금액\n광견병 백신 | 95병 | 76만 원\n구충제 | 30병 | 81만 원",
    ),
    "corpus/discounts.md": document(
        "할인",
        "2025-03-01",
        "## 많이 보내실 때",
        "월 출고량 | 할인율\n500~1,999개 | 4%\n2,000~9,999개 | 9%\n10,000개 이상 | 15%",
    ),
    "corpus/discounts-en.md": document(
        "Discounts",
        "2025-03-01",
        "Parcels a month | Discount\n500 to 1,999 | 4%\n2,000 to 9,999 | 9%\n10,000 or more | 15%",
        language="en",
    ),
    "corpus/closed.md": document(
        "휴진", "2025-06-01", "매주 수요일에는 외래가 없다. 오후에는 CT 점검 때문에 CT를 찍지 않는다."
    ),
    "corpus/scans.md": document("검사", "2025-01-01", "CT는 한 번에 620,000원이다. 마취를 포함한다."),
    "corpus/devices.md": document(
        "장비 목록",
        "2025-05-01",
        "장비 | 어디 | 산 해\nCT | 마포 | 2021년\n엑스레이 | 분당 | 2019년\n초음파 | 마포 | 2022년",
    ),
    "corpus/minutes.md": document(
        "운영 회의록 2025년 4월",
        "2025-04-22",
        "## 1. 대전 터미널 확장",
        "결정: 부지 계약을 5월 말에 한다. 완공 목표는 2027년 3월이다.",
    ),
    "corpus/sites.md": document(
        "사업장", "2025-04-15", "부산 센터는 2022년에 문을 열었다. 이천 센터는 24시간 연다. 주차는 본사 뒤에만 합니다."
    ),
}


@pytest.fixture
def ask(base_of: BaseOf) -> Ask:
    base = base_of(DOCUMENTS)
    return lambda question: answer(question, base)


def test_a_row_that_has_the_word_itself_is_told_and_not_one_that_has_a_like_one(ask: Ask) -> None:
    found = ask("새벽배송 접수 마감 몇 시야?")
    assert quotes(found) == ["새벽배송 | 전날 22:00 | 아침 7시 전"]


@pytest.mark.parametrize("question", ["실밥은 언제 뽑나요?", "실밥 언제 빼요"])
def test_an_answer_is_sought_under_the_question_that_is_asked(ask: Ask, question: str) -> None:
    assert "10~14일" in ask(question).text


def test_editions_are_two_documents_and_never_one(base_of: BaseOf) -> None:
    base = base_of(DOCUMENTS)
    found = {item.hit.passage: item for item in nearest(read_question("고양이 첫 진찰 얼마?", base), base)}
    same = [found["prices-2025#p03"], found["prices-2025#p04"]]
    told = in_force(found["prices-2024#p03"], same, base)
    assert [item.hit.passage for item in told] == ["prices-2025#p03", "prices-2024#p03"]


@pytest.mark.parametrize(
    "question", ["부산 센터 지게차 제한 속도는?", "What is the speed limit for forklifts in Busan?"]
)
def test_what_stands_under_the_title_of_one_place_is_not_told_of_another(ask: Ask, question: str) -> None:
    assert ask(question).kind == "not_found"


def test_what_stands_under_the_title_of_a_place_is_told_of_it(ask: Ask) -> None:
    assert "시속 8km" in ask("이천 센터 지게차 제한 속도는?").text


def test_a_meeting_of_one_month_is_no_meeting_of_another_that_it_tells_of(ask: Ask) -> None:
    assert "부지 계약" in ask("4월 운영회의에서 뭐 결정했어?").text
    assert ask("3월 운영회의에서 뭐 결정했어?").kind == "not_found"


@pytest.mark.parametrize(
    ("question", "row"),
    [
        pytest.param("한 달에 3천 개 보내면 할인 몇 퍼센트?", "2,000~9,999개 | 9%", id="within"),
        pytest.param("월 3000개면 할인율 얼마야?", "2,000~9,999개 | 9%", id="within, in digits"),
        pytest.param("12,000개 보내면 할인율은?", "10,000개 이상 | 15%", id="beyond the last"),
        pytest.param("discount for 3000 parcels a month", "2,000 to 9,999 | 9%", id="within, en"),
        pytest.param("discount for 12000 parcels a month", "10,000 or more | 15%", id="beyond the last, en"),
    ],
)
def test_a_number_is_met_by_the_row_whose_band_it_is_in(ask: Ask, question: str, row: str) -> None:
    assert quotes(ask(question)) == [row]


@pytest.mark.parametrize("question", ["CT 찍는데 얼마야?", "씨티 찍는데 얼마야?", "how much is a CT?"])
def test_how_much_a_thing_is_is_told_by_what_has_an_amount(ask: Ask, question: str) -> None:
    assert "620,000" in ask(question).text


def test_a_word_may_spell_what_the_articles_have_in_letters(ask: Ask) -> None:
    assert ask("씨티는 언제 샀어?").reading
    assert acronyms("엠알아이") == ["mri"]
    assert acronyms("바나나") == []


def test_a_number_below_all_bands_is_in_none(ask: Ask) -> None:
    assert ask("discount for 20 parcels a month").kind == "not_found"


def test_what_stands_under_a_title_of_the_year_that_is_asked_of_comes_first(ask: Ask) -> None:
    assert ask("2024년에 광견병 백신 얼마였어?").citations[0].document == "prices-2024"


def test_what_stands_in_different_rows_is_not_told_of_one_thing(ask: Ask) -> None:
    assert "2021년" in ask("마포 CT는 언제 샀어?").text
    assert ask("분당 CT는 언제 샀어?").kind == "not_found"


def test_a_row_that_does_not_have_what_is_asked_is_no_answer(ask: Ask) -> None:
    assert ask("분당 엑스레이 주차 돼?").kind == "not_found"


def test_a_title_is_no_answer(ask: Ask) -> None:
    assert "당직표 (이천 병원)" not in quotes(ask("이천 병원 당직표 어디야?"))


@pytest.mark.parametrize("text", ["이천에서 부산까지", "안산 센터 전화", "사천 지점은 어디야"])
def test_a_city_is_no_number_and_no_verb(text: str) -> None:
    assert analyse(text)[0].form == text[:2]


# ── figures ──────────────────────────────────────────────────────────────────────────────────────

MUSEUM = document(
    "Museum",
    "2025-01-01",
    "The museum is closed on Mondays. Every visitor gets a map.",
    "Tickets are sold at the door of the museum.",
    language="en",
)


@pytest.fixture
def priced(base_of: BaseOf) -> Base:
    return base_of({**FILES, "corpus/museum.md": MUSEUM})


@pytest.mark.parametrize("question", ["how many visitors does the museum have?", "박물관 손님 수는?"])
def test_a_figure_of_one_article_is_no_answer_to_what_is_asked_of_a_thing_of_another(
    priced: Base, question: str
) -> None:
    assert not answer(question, priced).facts


def test_a_figure_that_is_asked_of_nothing_in_particular_is_told(priced: Base) -> None:
    assert answer("보조금 얼마야?", priced).facts


def test_a_figure_is_listed_once_that_has_to_do_with_what_its_thing_belongs_to(base_of: BaseOf) -> None:
    sentence = "모래과자점(Morae)의 2024년 손님은 5만 명 미만이다."
    related = changed("facts/bakeries.csv", f"{sentence},,,", f"{sentence},bakery,,")
    page, _ = facts_html(base_of({**FILES, **related}), "en", "bakery")
    assert page.startswith("<b>Figures: 14</b>")


# ── tables in plain text ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "From,To,Rate\nIcheon,Busan,88000 won\nIcheon,Jeju,172000 won",
            "From | To | Rate\nIcheon | Busan | 88000 won\nIcheon | Jeju | 172000 won",
            id="commas",
        ),
        pytest.param("a\tb\tc\n1\t2\t3\n4\t5\t6", "a | b | c\n1 | 2 | 3\n4 | 5 | 6", id="tabs"),
        pytest.param(
            "| 이름 | 값 | 날 |\n| 빵 | 3,500원 | 월 |\n| 떡 | 4,200원 | 화 |",
            "이름 | 값 | 날\n빵 | 3,500원 | 월\n떡 | 4,200원 | 화",
            id="strokes around it",
        ),
        pytest.param(
            '이름,값,날\n"빵, 떡",3,월\n과자,4,화', "이름 | 값 | 날\n빵, 떡 | 3 | 월\n과자 | 4 | 화", id="in quotes"
        ),
        pytest.param(
            "3 June (presidential election): Doyoung Pyun, Soyul Eun\n6 June (Memorial Day): Dahyun Ok, Yura Bang",
            "3 June (presidential election): Doyoung Pyun, Soyul Eun\n6 June (Memorial Day): Dahyun Ok, Yura Bang",
            id="entries of a list are not wrapped lines",
        ),
    ],
)
def test_lines_with_as_many_cells_each_are_the_rows_of_a_table(text: str, expected: str) -> None:
    assert read(text.encode(), "x", ".txt").passages[-1] == expected


def test_sentences_with_as_many_commas_each_are_no_table() -> None:
    text = "First, we bake, and rest.\nThen, we sell, and sing.\nLast, we sleep, and dream."
    assert "|" not in read(text.encode(), "x", ".txt").passages[-1]
