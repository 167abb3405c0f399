"""What is near is no answer: another place, another year, what is not told of a name, an identifier that there is none of."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import quotes

from bot import library
from bot.answer import answer
from bot.knowledge.base import Base
from bot.language.sentences import starts

COMPANY = """\
---
title: 가람물류 소개
date: 2025-03-10
language: ko
---

# 가람물류 소개

창업자 문태성 회장은 그전에 12년 동안 활어차를 몰았다. 현재 대표이사는 2022년에 취임한 유정아이다.

2024년 매출은 1,870억 원, 영업이익은 94억 원이었다.

이천 센터 안에 어린이집이 있다. 정원은 49명이다.

부산 센터의 야간조는 18명이 모자란다. 고객센터 전화는 1588-0428이다.

기본급을 2025년에 4.2% 올린다. 2024년에는 3.5% 올렸다.

새로 온 사람은 화요일에 안전 교육을 8시간 받는다.
"""
COMPANY_EN = """\
---
title: People and centres
date: 2025-03-10
language: en
---

# People and centres

Before that, its founder Moon Taesung had driven live-fish trucks for 12 years. Ryu Dain proposed a deposit.

The Busan centre runs a nursery with 49 places.

The Gwangju centre opened in 2023.
"""
MANUAL = """\
---
title: Narae server
language: en
---

# Narae server

The option jobs.night_only keeps heavy work for the night. The container narae-server takes the requests.

The model siglip-base needs 400 MB. A job that fails is tried again after 9 hours.

Chrome 118 or later is needed. In Firefox panoramas are upside down.

The app runs on iOS 16. Buses to the office leave at 7 a.m.
"""


Load = Callable[[dict[str, str]], Base]


@pytest.fixture(params=["memory", "disk"])
def load(request: pytest.FixtureRequest, tmp_path: Path) -> Load:
    """A knowledge base of nothing but some articles, in each engine."""

    def load(articles: dict[str, str]) -> Base:
        (tmp_path / "corpus").mkdir()
        for name, text in articles.items():
            (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
        return library.load(tmp_path, request.param)

    return load


@pytest.fixture
def base(load: Load) -> Base:
    return load({"company.md": COMPANY, "people.md": COMPANY_EN, "manual.md": MANUAL})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("이천 어린이집 정원", "49명", id="a place"),
        pytest.param("2024년 영업이익", "94억", id="a year"),
        pytest.param("2024년 기본급 인상률", "3.5%", id="a year in the sentence after the one with the word"),
        pytest.param("what does jobs.night_only do", "heavy work", id="an identifier"),
        pytest.param("which chrome do i need", "Chrome 118", id="a browser"),
        pytest.param("안전교육 몇 시간이야", "8시간", id="a word of two that are written apart"),
        pytest.param("which ios does the app run on", "iOS 16", id="a name without its capitals"),
        pytest.param("when does the bus leave", "7 a.m.", id="one of several"),
    ],
)
def test_what_is_told_is_found(base: Base, question: str, said: str) -> None:
    assert said in " ".join(quotes(answer(question, base)))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("제주 어린이집 정원", id="another place"),
        pytest.param("nursery places in jeju", id="another place, in English"),
        pytest.param("2022년 매출은?", id="another year, which is told of something else"),
        pytest.param("2026년 기본급 인상률", id="a year that nothing is told of"),
        pytest.param("유정아 전화번호", id="somebody else's number"),
        pytest.param("ryu dain salary", id="what is not told of a person"),
        pytest.param("is ryu dain married", id="nor is this"),
        pytest.param("default of jobs.gpu", id="an option that there is none of"),
        pytest.param("narae-web memory", id="a container that there is none of"),
        pytest.param("siglip-small size", id="a model that there is none of"),
        pytest.param("meaning of exit code 9", id="a number that is an amount there"),
    ],
)
def test_what_is_only_near_is_refused(base: Base, question: str) -> None:
    assert answer(question, base).kind == "not_found"


def test_a_name_is_heard_before_a_like_one_is_taken_for_a_slip(load: Load) -> None:
    text = COMPANY.replace("부산 센터의 야간조는", "인천 센터의 야간조는")
    found = answer("icheon nursery places", load({"a.md": text}))
    assert "49명" in " ".join(quotes(found))
    assert "incheon" not in found.text.lower()


def test_a_name_whose_surname_is_an_english_word_is_heard(load: Load) -> None:
    assert "활어차" in " ".join(quotes(answer("who is moon taesung", load({"company.md": COMPANY}))))


# ── questions and their answers in a text ────────────────────────────────────────────────────────

FAQ = """\
---
title: FAQ
language: en
---

<!-- p01 -->
# FAQ

<!-- p02 -->
Are the pictures encrypted?
No. They are stored as they are; encrypt the disk.

<!-- p03 -->
Does editing change the original?

<!-- p04 -->
It does not. An edit is a new file over the original.
"""


def test_a_long_answer_is_quoted_as_far_as_its_first_sentence(load: Load) -> None:
    long = f"It does not{', and it never did' * 40}."
    base = load({"faq.md": FAQ.replace("It does not. An edit is a new file over the original.", long)})
    assert quotes(answer("does editing change the original", base))[-1] == long


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("are my pictures encrypted", "encrypt the disk", id="in one passage"),
        pytest.param("does editing change the original", "a new file", id="in the next"),
    ],
)
def test_a_question_is_quoted_with_its_answer(load: Load, question: str, said: str) -> None:
    assert said in " ".join(quotes(answer(question, load({"faq.md": FAQ}))))


# ── tables ───────────────────────────────────────────────────────────────────────────────────────

TABLE = """\
---
title: Terms of carriage
language: en
---

<!-- p01 -->
# Terms of carriage

<!-- p02 -->
## Delivery times

<!-- p03 -->
Region | Chilled | Frozen
Harbour | before 7 a.m. next day | before noon next day
Hills | before 2 p.m. next day | before 6 p.m. next day
Plains | two days later | two days later
Islands | not delivered | three days later
"""


def test_a_row_is_one_sentence_whatever_stops_it_has(load: Load) -> None:
    found = answer("frozen delivery to the hills", load({"terms.md": TABLE}))
    assert quotes(found) == ["Hills | before 2 p.m. next day | before 6 p.m. next day"]


def test_a_table_of_which_no_row_is_meant_is_quoted_with_its_columns(load: Load) -> None:
    (quote,) = quotes(answer("compare chilled delivery by region", load({"terms.md": TABLE})))
    assert quote.startswith("Region | Chilled | Frozen")
    assert quote.endswith("three days later")


OPTIONS = """\
---
title: Options
language: en
---

<!-- p01 -->
# Options

<!-- p02 -->
Option | Default | Meaning
`trash.days` | `30` | days that deleted pictures are kept in the trash
`jobs.workers` | `4` | jobs that run at once
`server.title` | `Narae` | the name of the server
"""


def test_a_row_gives_a_length_of_time_by_what_its_number_counts(load: Load) -> None:
    base = load({"options.md": OPTIONS, "people.md": COMPANY_EN, "manual.md": MANUAL})
    assert "`30`" in answer("how long are deleted pictures kept", base).text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Call at 7 a.m. next day. Then go.", 2, id="a.m."),
        pytest.param("It opens at 7 a.m. The door is red.", 2, id="a.m. that ends a sentence"),
        pytest.param("Ask Dr. Kim. He knows.", 2, id="Dr."),
        pytest.param("See No. 3 below. Then stop.", 2, id="No. before a number"),
        pytest.param("Is it? No. It is not.", 3, id="No. as an answer"),
        pytest.param("1. Install it.\n2. Run it.", 2, id="the numbers of items"),
        pytest.param("a | 7 a.m. b. c | d. e", 1, id="a row of a table"),
    ],
)
def test_a_sentence_ends_where_one_does(text: str, count: int) -> None:
    assert len(starts(text)) == count
