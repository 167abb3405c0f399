"""Figures proposed from a document's text: two small documents with all that should be read out of them, and any text."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import library
from bot.knowledge.corpus import document, parse, passages
from bot.knowledge.drafting import draft
from bot.knowledge.names import Names
from bot.knowledge.proposals import FIGURE, Proposal
from bot.language import numbers
from bot.language.glossary import Glossary, core
from bot.schema import Document, Entity, Fact, Metric, Passage

ARTICLE = "great-misvaluation"
# Of the article's 59 figures, read from its text alone: floors, to be raised; lowered only with a reason.
FOUND, UNITS, HEDGES, YEARS, ENTITIES, RELATED, METRICS = 57, 57, 57, 51, 42, 51, 50

KOREAN = """\
---
title: 한빛전자 2025년 3분기 실적 발표
date: 2025-11-03
language: ko
---

# 한빛전자 2025년 3분기 실적 발표

한빛전자(Hanbit Electronics)는 2025년 3분기 매출 1조 2,300억 원, 영업이익 약 850억 원을 기록했다고 3일 밝혔다.

매출은 전년 동기 대비 12.5% 증가했다. 영업이익률은 6.9%로 1.4%포인트 상승했다.

회사는 올해 직원을 1,250명 이상 채용했고, 연구개발에 3천억~4천억 원을 투자할 계획이다.

반도체 부문 가동률은 거의 95%에 이르렀다. 전력 소비는 최대 200MW이다.

한빛전자는 1998년 3월 15일 설립되었다. GPT-4와 제3공장은 이번 발표에 포함되지 않았다.

| 구분 | 2025년 3분기 | 2024년 3분기 |
|---|---|---|
| 매출 | 1조 2,300억 원 | 1조 933억 원 |
| 직원 수 | 21,400명 | 20,150명 |

문의: 홍보팀 02-1234-5678, press@hanbit.example
"""
HANBIT = "한빛전자|Hanbit Electronics"
KOREAN_FIGURES = [
    (HANBIT, "매출", "1230000000000", "KRW", "", "2025-Q3"),
    (HANBIT, "영업이익", "85000000000", "KRW", "about", "2025-Q3"),
    (HANBIT, "매출 증가율", "12.5", "percent", "", "2025-Q3"),
    (HANBIT, "영업이익률", "6.9", "percent", "", "2025-Q3"),
    (HANBIT, "영업이익률 증가폭", "1.4", "percent", "", "2025-Q3"),
    (HANBIT, "직원 수", "1250", "count", "at_least", "2025"),
    (HANBIT, "연구개발", "300000000000~400000000000", "KRW", "range", "2025"),
    (HANBIT, "반도체 부문 가동률", "95", "percent", "nearly", "2025-Q3"),
    (HANBIT, "전력 소비", "200", "MW", "up_to", "2025-Q3"),
    (HANBIT, "설립 시점", "1998-03-15", "date", "", ""),
    (HANBIT, "매출", "1230000000000", "KRW", "", "2025-Q3"),
    (HANBIT, "매출", "1093300000000", "KRW", "", "2024-Q3"),
    (HANBIT, "직원 수", "21400", "count", "", "2025-Q3"),
    (HANBIT, "직원 수", "20150", "count", "", "2024-Q3"),
]
KOREAN_NUMBERS = [
    ("2025년 3분기", "수치 없이 시점만 적힘"),
    ("GPT-4", "이름의 일부"),
    ("제3", "차례나 등급을 이르는 말"),
    ("2025년 3분기", "수치 없이 시점만 적힘"),
    ("2024년 3분기", "수치 없이 시점만 적힘"),
    ("02-1234-5678", "전화번호"),
]

ENGLISH = """\
---
title: Northwind Motors third quarter report
date: 2025-10-28
language: en
---

# Northwind Motors third quarter report

Northwind Motors reported revenue of $4.2 billion in the third quarter of 2025, up 12% from a year earlier.

Net income was nearly $310 million. Its operating margin rose to 9.4%, an increase of 1.2 percentage points.

The company delivered about 41,000 vehicles and employs 8,150 people in 12 countries.

It expects capital spending of $600–700 million in 2026.

Northwind Motors was founded on March 3, 2009. Its Model 3 rival runs version 2.1.4 of the software.

Free cash flow fell 8% to €95m. The battery contract is worth ¥12 billion.

Segment: Cars; Revenue: $3.6 billion; Deliveries: 38,500

1. Call +1 415 555 0100 at 10:30 a.m.
"""
NORTHWIND = "Northwind Motors"
ENGLISH_FIGURES = [
    (NORTHWIND, "revenue", "4200000000", "USD", "", "2025-Q3"),
    (NORTHWIND, "revenue growth", "12", "percent", "", "2025-Q3"),
    (NORTHWIND, "net income", "310000000", "USD", "nearly", "2025"),
    (NORTHWIND, "operating margin", "9.4", "percent", "", "2025"),
    (NORTHWIND, "operating margin growth", "1.2", "percent", "", "2025"),
    (NORTHWIND, "number of vehicles", "41000", "count", "about", "2025"),
    (NORTHWIND, "number of people", "8150", "count", "", "2025"),
    (NORTHWIND, "number of countries", "12", "count", "", "2025"),
    (NORTHWIND, "capital spending", "600000000~700000000", "USD", "range", "2026"),
    (NORTHWIND, "date founded", "2009-03-03", "date", "", ""),
    (NORTHWIND, "free cash flow decline", "8", "percent", "", "2025"),
    (NORTHWIND, "free cash flow", "95000000", "EUR", "", "2025"),
    (NORTHWIND, "battery contract", "12000000000", "", "", "2025"),
    ("Cars", "Revenue", "3600000000", "USD", "", "2025"),
    ("Cars", "Deliveries", "38500", "count", "", "2025"),
]
ENGLISH_NUMBERS = [
    ("Model 3", "part of a name"),
    ("version 2.1.4", "a version"),
    ("1.", "the number of an item in a list"),
    ("+1 415 555 0100", "a telephone number"),
    ("10:30", "a time of day"),
]


def proposed(
    text: str,
    entities: tuple[Entity, ...] = (),
    metrics: tuple[Metric, ...] = (),
    facts: tuple[Fact, ...] = (),
    glossary: Glossary | None = None,
) -> list[Proposal]:
    article = parse("corpus/a.md", "a", text)
    words = glossary or core()
    names = Names(list(entities), list(metrics), words)
    return draft(document(article), passages(article), names, words, facts)


def article(*lines: str, language: str = "ko", date: str = "2025-11-03") -> str:
    front = f"---\ntitle: 글\nlanguage: {language}\ndate: {date}\n---\n\n# 글\n\n"
    return front + "\n\n".join(lines) + "\n"


def figure(row: Proposal) -> tuple[str, ...]:
    value = f"{row.low}~{row.high}" if row.low else row.value
    return row.entity, row.metric, value, row.unit, row.hedge, row.as_of


@pytest.mark.parametrize(
    ("text", "figures", "others"),
    [
        pytest.param(KOREAN, KOREAN_FIGURES, KOREAN_NUMBERS, id="a Korean press release with a table"),
        pytest.param(ENGLISH, ENGLISH_FIGURES, ENGLISH_NUMBERS, id="an English quarterly report"),
    ],
)
def test_every_figure_of_a_document_is_proposed_and_every_other_number_told_apart(
    text: str, figures: list[tuple[str, ...]], others: list[tuple[str, str]]
) -> None:
    rows = proposed(text)
    assert [figure(row) for row in rows if row.kind == FIGURE] == figures
    assert [(row.written, row.reason) for row in rows if row.kind != FIGURE] == others


def test_what_is_uncertain_is_left_empty_or_said() -> None:
    rows = {row.written: row for row in proposed(ENGLISH)}
    assert (rows["¥12 billion"].unit, "¥ may be yen or yuan" in rows["¥12 billion"].why) == ("", True)
    assert "the period is the document's own date" in rows["9.4%"].why
    assert rows["$4.2 billion"].why == ""
    (row,) = proposed(article("약 40% 늘었다."))
    assert (row.entity, row.metric) == ("", "")
    assert row.why.startswith("어느 대상의 수치인지 문장에 없음; 무엇을 잰 것인지 문장에 없음")


def test_a_yen_sign_is_yuan_where_the_sentence_says_so() -> None:
    rows = proposed(article("The fund has ¥12 billion, or 12 billion yuan.", language="en"))
    assert {row.unit for row in rows} == {"CNY"}


FERRY = Entity(id="halla", kind="ship", name_ko="한라호", name_en="the Halla", aliases=("Halla",))
PASSENGERS = Metric(
    id="passengers", name_ko="승객 수", name_en="number of passengers", counter_ko="명", aliases=("승객",)
)


def test_known_names_are_used_and_the_rest_is_marked_as_new() -> None:
    known, new = proposed(
        article("한라호는 2024년에 승객 12만 명을 태웠다.", "백두호(Baekdu)는 표값이 8,000원이다."),
        (FERRY,),
        (PASSENGERS,),
    )
    assert (known.entity, known.metric, known.new) == ("halla", "passengers", "")
    assert (new.entity, new.metric, new.new) == ("백두호|Baekdu", "표값", "entity metric")


def test_a_name_is_not_cut_where_its_last_syllable_could_be_a_particle() -> None:
    rows = proposed(
        article("나래노트 매출은 29억 원, 나래페이 매출은 13억 원이다.", "나래페이의 거래액은 500억 원이다.")
    )
    assert "나래페" not in {row.entity for row in rows}
    assert rows[-1].entity == "나래페이"


def test_what_a_document_names_once_is_not_what_it_is_about() -> None:
    rows = proposed(
        article("Cash was 6.8 billion won.", "We plan a launch.", "Our local payment partner is GMO.", language="en")
    )
    assert [row.entity for row in rows] == [""]


def test_a_quarter_and_its_year_name_no_measure() -> None:
    (row,) = proposed(article("Revenue in the first quarter of 2025 was 4.6 billion won.", language="en"))
    assert (row.metric, row.as_of) == ("revenue", "2025-Q1")


def test_a_sentence_that_leans_on_the_one_before_is_about_the_same() -> None:
    rows = proposed(article("한라호는 새 배다. 이 배는 승객 300명을 태운다."), (FERRY,), (PASSENGERS,))
    assert [(row.entity, row.why.partition(";")[0]) for row in rows] == [("halla", "대상은 앞 문장에서 읽음")]


def test_who_says_it_and_what_it_is_compared_with_is_not_what_it_is_about() -> None:
    other = Entity(id="seoul", kind="ship", name_ko="서울호", name_en="Seoulho")
    rows = proposed(
        article("서울호에 따르면 한라호는 승객 300명을 태운다.", "한라호는 서울호보다 3배 크다."), (FERRY, other)
    )
    assert [row.entity for row in rows] == ["halla", "halla"]


def test_what_a_fact_or_an_exception_covers_is_not_proposed() -> None:
    text = article("한라호는 승객 300명과 차 40대를 태운다.")
    fact = Fact(
        id="x", entity="halla", metric="passengers", value=Decimal(300), low=None, high=None, unit="count", hedge=None,
        as_of="", passage="a#p02", quote="승객 300명",
    )  # fmt: skip
    assert [row.value for row in proposed(text, (FERRY,), (PASSENGERS,))] == ["300", "40"]
    assert [row.value for row in proposed(text, (FERRY,), (PASSENGERS,), (fact,))] == ["40"]


def test_code_is_no_figure() -> None:
    assert [(row.kind, row.reason) for row in proposed(article("먼저 `timeout = 30`을 쓴다."))] == [
        ("no figure", "코드나 일련번호")
    ]


def test_a_passage_of_several_lines_is_read_line_by_line_and_its_code_is_left_alone() -> None:
    text = "표\n구분 | 2024년 | 2025년\n승객 수 | 300명 | 400명\n\n```\nlimit = 7\n```"
    passage = Passage(id="a#p01", document="a", section="", text=text)
    rows = draft(Document(id="a", title="글", language="ko"), [passage], Names([FERRY], [PASSENGERS], core()), core())
    assert [(row.metric, row.value, row.as_of) for row in rows if row.kind == FIGURE] == [
        ("passengers", "300", "2024"),
        ("passengers", "400", "2025"),
    ]
    assert next(row.quote for row in rows if row.kind != FIGURE) == "```\nlimit = 7\n```"


def of_table(text: str) -> list[Proposal]:
    passage = Passage(id="a#p01", document="a", section="", text=text)
    return draft(Document(id="a", title="글", language="ko"), [passage], Names([], [], core()), core())


def test_what_names_a_row_or_a_column_of_a_table_is_no_figure() -> None:
    rows = of_table("제품 | 1~9개 | 50개 이상\n모아 1400 | 409,000원 | 345,000원\n높이 책상 | 720,000원 | 619,000원")
    assert [(row.entity, row.metric, row.value) for row in rows if row.kind == FIGURE] == [
        ("모아 1400", "1~9개", "409000"),
        ("모아 1400", "50개 이상", "345000"),
        ("높이 책상", "1~9개", "720000"),
        ("높이 책상", "50개 이상", "619000"),
    ]
    assert {row.reason for row in rows if row.kind != FIGURE} == {"이름의 일부"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("매출 | 48억 원\n비용 | 34억 원", ["4800000000", "3400000000"], id="a table without a head"),
        pytest.param("구분 | 2024년\n승객 | 300명", ["300"], id="years in its head"),
        pytest.param("매출 | 48억 원", ["4800000000"], id="one row alone"),
    ],
)
def test_the_first_row_of_a_table_is_its_head_where_its_numbers_are_of_no_kind_of_those_below(
    text: str, values: list[str]
) -> None:
    assert [row.value for row in of_table(text) if row.kind == FIGURE] == values


# ── the shipped article ──────────────────────────────────────────────────────────────────────────


def test_the_figures_of_the_shipped_article_are_read_as_a_person_read_them() -> None:
    content = library.read_content(library.default_root())
    base = library.build(content)
    found = [passage for passage in base.passages.values() if passage.document == ARTICLE]
    rows = [row for row in draft(base.documents[ARTICLE], found, base.names, base.glossary) if row.kind == FIGURE]
    pairs: list[tuple[Fact, Proposal]] = []
    for fact in content.facts:
        same = [row for row in rows if row.passage == fact.passage and _bounds(row) == _bounds_of(fact)]
        same.sort(key=lambda row: (row.entity != fact.entity, row.metric != fact.metric))
        if same:
            rows.remove(same[0])
            pairs.append((fact, same[0]))
    assert rows == []  # nothing is proposed that is no figure
    assert len(pairs) >= FOUND
    assert sum(fact.unit == row.unit for fact, row in pairs) >= UNITS
    assert sum((fact.hedge or "") == row.hedge for fact, row in pairs) >= HEDGES
    assert sum(fact.as_of[:4] == row.as_of[:4] for fact, row in pairs) >= YEARS
    assert sum(fact.entity == row.entity for fact, row in pairs) >= ENTITIES
    assert sum(row.entity in (fact.entity, *fact.related) for fact, row in pairs) >= RELATED
    assert sum(fact.metric == row.metric for fact, row in pairs) >= METRICS


def _bounds(row: Proposal) -> tuple[str, str]:
    value = row.value.replace("-", "") if row.unit == "date" else row.value
    return (row.low or value, row.high or value)


def _bounds_of(fact: Fact) -> tuple[str, str]:
    low, high = (fact.value, fact.value) if fact.value is not None else (fact.low, fact.high)
    return (f"{low:f}", f"{high:f}")


def test_nothing_is_proposed_where_the_tables_have_every_figure() -> None:
    content = library.read_content(library.default_root())
    base = library.build(content)
    found = [passage for passage in base.passages.values() if passage.document == ARTICLE]
    assert draft(base.documents[ARTICLE], found, base.names, base.glossary, content.facts, content.exceptions) == []


# ── any text ─────────────────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [
        "한라호",
        "는",
        "은",
        "이",
        "의",
        "약",
        "거의",
        "최대",
        "이상",
        "미만",
        "12",
        "3,400",
        "1.5",
        "5천만",
        "1조",
        "2,300억",
        "달러",
        "원",
        "명",
        "%",
        "~",
        "-",
        "$",
        "¥",
        "€",
        "2025년",
        "3분기",
        "지난",
        "1월",
        "revenue",
        "of",
        "was",
        "about",
        "up",
        "to",
        "billion",
        "people",
        "in",
        "2024",
        "Q3",
        "|",
        ":",
        ";",
        ".",
        "\n",
        "```",
        "GPT-4",
        "(",
        ")",
        "[1]",
        "02-1234-5678",
        "=",
        "+",
        "@",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=120))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
@example(text="1H")
def test_any_text_gives_quotes_that_are_verbatim_and_numbers_that_they_say(text: str) -> None:
    try:
        read = parse("a.md", "a", article(text))
    except Exception:  # a text that is no article is another test's
        return
    found = {passage.id: passage.text for passage in passages(read)}
    for row in draft(document(read), passages(read), Names([FERRY], [PASSENGERS], core()), core()):
        assert row.quote in found[row.passage]
        assert row.written in row.quote
        if row.kind == FIGURE and row.unit not in ("date", "quarter"):
            bounds = (row.low or row.value, row.high or row.value)
            assert any(
                (f"{quantity.low:f}", f"{quantity.high:f}") == bounds and (quantity.hedge or "") == row.hedge
                for quantity in numbers.read(row.quote)
            )
