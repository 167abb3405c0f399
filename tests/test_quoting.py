"""Which passages are looked up by what words, how much of them is quoted, and what is left unsaid."""

import pytest
from conftest import FILES, Ask, Make, added, changed, quotes

from bot import library
from bot.answer import answer
from bot.knowledge.base import Base

ARTICLE = "corpus/shop.md"
SHOP = """\
---
title: 가게 소식
date: 2024-12-05
language: ko
---

# 가게 소식

올해의 얼굴은 다음과 같다.

솔빛제과의 김반죽 제빵사는 새벽을 연다.

달무리빵집의 이효모 제빵사는 밤을 지킨다.

그러나 손님은 이름을 모른다.

달무리빵집은 진열장 하나를 들였다. 이 진열장은 빵을 차게 지킨다. 모래과자점은 그것을 부러워한다.
"""


@pytest.fixture
def shop(make: Make) -> Base:
    return library.load(make({ARTICLE: SHOP}))


# ── an editor's subject index ────────────────────────────────────────────────────────────────────

TOPICS = {"facts/topics.csv": "passage,ko,en\nguide#p04,로고 교체|상호판,signboard|rebranding\n"}


@pytest.mark.parametrize("question", ["모래과자점은 상호판을 왜 바꿨어?", "why did Morae do a rebranding?"])
def test_a_passage_is_found_by_what_an_editor_looks_it_up_by(make: Make, question: str) -> None:
    without, with_topics = library.load(make()), library.load(make(dict(TOPICS)))
    assert not any("간판" in quote for quote in quotes(answer(question, without)))
    assert any("간판" in quote for quote in quotes(answer(question, with_topics)))


def test_a_number_is_never_of_what_a_passage_is_only_looked_up_by(make: Make) -> None:
    base = library.load(make({"facts/topics.csv": "passage,ko,en\nguide#p02,제빵사 인원|직원,staff|bakers employed\n"}))
    assert answer("솔빛제과 직원은 몇 명이야?", base).kind == "not_found"


# ── how much is quoted ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("question", ["올해의 얼굴은 누구야?", "올해의 얼굴 다 알려줘"])
def test_a_sentence_that_announces_others_is_quoted_with_them(shop: Base, question: str) -> None:
    said = " ".join(quotes(answer(question, shop)))
    assert "김반죽" in said
    assert "이효모" in said
    assert "이름을 모른다" not in said  # a turn ends what was announced


SHORT = """\
---
title: 가게 안내
language: ko
---

# 가게 안내

가게 주인은 이효모다.

와이파이 암호는 모래알이다.

주차는 가게 뒤에 한다.
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("가게 주인이 누구야?", "가게 주인은 이효모다.", id="who"),
        pytest.param("와이파이 암호가 뭐야?", "와이파이 암호는 모래알이다.", id="what"),
        pytest.param("what is the wifi password?", "와이파이 암호는 모래알이다.", id="what, across languages"),
    ],
)
def test_a_short_line_that_answers_announces_nothing(make: Make, question: str, said: str) -> None:
    base = library.load(make({**dict.fromkeys(FILES), "corpus/shop.md": SHORT}))
    assert quotes(answer(question, base)) == [said]


def test_a_list_that_may_begin_with_a_short_line_has_it(make: Make) -> None:
    base = library.load(make({**dict.fromkeys(FILES), "corpus/shop.md": SHORT}))
    assert quotes(answer("가게 주인 다 알려줘", base))[0] == "가게 주인은 이효모다."


def test_an_introduction_goes_on_where_the_next_sentence_does(make: Make) -> None:
    entity = "showcase,thing,,진열장,showcase,,shop#p06\n"
    base = library.load(make({ARTICLE: SHOP, **added("facts/entities.csv", entity.strip())}))
    assert quotes(answer("진열장은 뭐야?", base)) == [
        "달무리빵집은 진열장 하나를 들였다. 이 진열장은 빵을 차게 지킨다."
    ]


def test_a_lone_figure_is_quoted_with_what_sets_it_beside_others(make: Make) -> None:
    old = "달무리빵집은 2022년에 보조금 2억 원을 받았다."
    files = changed("corpus/bakeries.md", old, f"{old} 이는 다른 가게의 몇 배나 된다.")
    english = "Dalmuri received a subsidy of 200 million won in 2022."
    files |= changed("corpus/bakeries.en.md", english, f"{english} This is several times that of other shops.")
    found = answer("달무리빵집 보조금은 다른 가게와 차이가 커?", library.load(make(files)))
    assert any("몇 배나 된다" in quote for quote in quotes(found))


# ── what is not said ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("일본 빵집 매출은?", id="a place that no figure is of"),
        pytest.param("솔빛제과가 달무리빵집을 얼마에 인수했어?", id="a price of what did not happen"),
        pytest.param("모래과자점 직원은 몇 명?", id="an unknown measure"),
        pytest.param("how many people work at Solbit?", id="an unknown measure, en"),
    ],
)
def test_a_figure_of_something_else_never_stands_in(ask: Ask, question: str) -> None:
    found = ask(question)
    assert (found.kind, found.facts) == ("not_found", ())


def test_a_word_that_is_a_measure_in_capitals_is_a_measure_only_so(make: Make) -> None:
    rows = "per,주가수익비율,PER,,,,,PER"
    base = library.load(make(added("facts/metrics.csv", rows)))
    assert "주가수익비율" in answer("솔빛제과 PER?", base).text
    assert [fact.metric for fact in answer("Solbit visitors per year?", base).facts][:1] == ["visitors"]


# ── what a question sets aside, and whom it means ────────────────────────────────────────────────


@pytest.mark.parametrize("question", ["달무리빵집 말고 솔빛제과 매출은?", "Besides Dalmuri, what are Solbit's sales?"])
def test_what_is_set_aside_is_not_asked_about(ask: Ask, question: str) -> None:
    assert [fact.id for fact in ask(question).facts] == ["solbit-sales"]


@pytest.mark.parametrize("question", ["딸기케이크 만든 회사 매출은?", "sales of the company behind Strawberry Cake"])
def test_the_maker_of_a_thing_is_meant_where_it_is_said(make: Make, question: str) -> None:
    cake = "cake,thing,morae,딸기케이크,Strawberry Cake,,"
    base = library.load(make(added("facts/entities.csv", cake)))
    assert [fact.id for fact in answer(question, base).facts] == ["morae-sales"]


@pytest.mark.parametrize("question", ["미달 매출 합계는?", "미달의 매출을 합치면?"])
def test_one_name_may_name_two(make: Make, question: str) -> None:
    rows = FILES["facts/entities.csv"].replace("솔빛|Solbit Bakery", "솔빛|&미달").replace("모래 과자점|", "&미달|")
    found = answer(question, library.load(make({"facts/entities.csv": rows})))
    assert found.calculation is not None
    assert set(found.calculation.inputs) == {"solbit-sales", "morae-sales"}


# ── a part in percent, in money ──────────────────────────────────────────────────────────────────


@pytest.fixture
def owned(make: Make) -> Base:
    metrics = FILES["facts/metrics.csv"].splitlines()
    header, rows = (
        metrics[0].replace("aliases", "part_of,aliases"),
        [",".join([*row.split(",")[:-1], "", row.split(",")[-1]]) for row in metrics[1:]],
    )
    metrics_csv = "\n".join([header, *rows, "stake,사장 지분,owner's stake,,,,,sales,지분|stake|share", ""])
    old = "달무리빵집은 2022년에 보조금 2억 원을 받았다."
    files = changed("corpus/bakeries.md", old, f"{old} 달무리빵집 사장의 지분은 40%다.")
    english = "Dalmuri received a subsidy of 200 million won in 2022."
    files |= changed("corpus/bakeries.en.md", english, f"{english} The owner's stake in Dalmuri is 40%.")
    stake = "dalmuri-stake,dalmuri,stake,40,,,percent,,2024,bakeries#p08,달무리빵집 사장의 지분은 40%다.,,,"
    return library.load(make({**files, **added("facts/bakeries.csv", stake), "facts/metrics.csv": metrics_csv}))


@pytest.mark.parametrize(
    "question",
    ["달무리빵집 사장 지분은 매출로 치면 얼마야?", "How much in won is the owner's 40% stake in Dalmuri's sales?"],
)
def test_a_part_in_percent_is_told_in_money_with_its_hedge(owned: Base, question: str) -> None:
    found = answer(question, owned)
    assert found.calculation is not None
    assert (found.calculation.operation, found.calculation.result) == ("product", "1200000000")
    assert set(found.calculation.inputs) == {"dalmuri-stake", "dalmuri-sales"}
    assert "약 12억 원" in found.text or "about ₩1.2 billion" in found.text


@pytest.mark.parametrize(
    ("before", "then"),
    [("2024년 달무리빵집 매출은?", "그해 솔빛제과는?"), ("Dalmuri's sales in 2024?", "and Solbit that year?")],
)
def test_that_year_is_the_year_asked_about_before(ask: Ask, before: str, then: str) -> None:
    assert [fact.id for fact in ask(then, before).facts] == ["solbit-sales"]
    assert not ask(then, before.replace("2024", "2021")).facts


@pytest.mark.parametrize("then", ["그럼 솔빛제과는?", "솔빛제과"])
def test_a_thing_that_no_article_has_is_not_asked_of_the_next_one(ask: Ask, then: str) -> None:
    found = ask(then, "애플 매출은?")
    assert [fact.id for fact in found.facts] == ["solbit-sales"]


@pytest.mark.parametrize(
    ("question", "before", "language"),
    [("😀", "솔빛제과 매출은?", "ko"), ("?!", "Solbit sales?", "en"), ("…", "", "ko")],
)
def test_what_has_no_letters_asks_nothing_whatever_was_asked_before(
    ask: Ask, question: str, before: str, language: str
) -> None:
    found = ask(question, before)
    assert (found.kind, found.language) == ("clarify", language)
