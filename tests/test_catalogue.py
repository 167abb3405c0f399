"""What a knowledge base holds, page by page in Telegram."""

import pytest
from conftest import Make, added, changed
from telegram_html import Message, read

from bot import library
from bot.knowledge.base import Base
from bot.render.catalogue import FIGURES, facts_html, sources_html


def link(document: str, passage: str) -> str:
    return f"https://t.me/bakery_bot?start={document}_{passage}"


def shown(page: str) -> list[str]:
    return read(page).text.split("\n")


def test_figures_stand_below_what_they_are_of_with_their_passages(base: Base) -> None:
    page, _ = facts_html(base, "ko", link=link)
    message: Message = read(page)
    assert message.text.split("\n")[:7] == [
        "수치 14개 · 1/2쪽",
        "",
        "솔빛제과",
        "• 손님 수: 약 8만 명 (2023년 기준) p03",
        "• 손님 수: 12만 명 (2024년 기준) p03 p02",
        "• 매출: 10억~12억 원 (2024년 기준) p06",
        "• 오븐 값: 150만 유로 p07",
    ]
    links = [(span.text, span.attributes["href"]) for span in message.spans if span.tag == "a"]
    assert links[1:3] == [
        ("p03", "https://t.me/bakery_bot?start=bakeries_p03"),
        ("p02", "https://t.me/bakery_bot?start=guide_p02"),
    ]


def test_figures_are_said_in_english_too(base: Base) -> None:
    page, _ = facts_html(base, "en", "dalmuri")
    assert shown(page)[:4] == [
        "Figures: 4",
        "",
        "Dalmuri",
        "• Number of visitors: at least 90,000 visitors (as of 2024) p04",
    ]


def test_the_figures_of_one_thing_and_of_what_belongs_to_it(base: Base) -> None:
    assert shown(facts_html(base, "ko", "morae")[0])[0] == "수치 4개"
    assert shown(facts_html(base, "ko", "bakery")[0])[0] == "수치 14개 · 1/2쪽"


def test_the_figures_of_the_thing_itself_come_first(make: Make) -> None:
    entities = added("facts/entities.csv", "oven,thing,solbit,솔빛 오븐,Solbit's oven,,")
    facts = changed(
        "facts/bakeries.csv",
        "solbit-visitors-2023,",
        "oven,oven,oven_price,1500000,,,EUR,,,bakeries#p07,솔빛제과는 독일제 오븐을 150만 유로에 샀다.,,,\nsolbit-visitors-2023,",
    )
    base = library.load(make({**entities, **facts}))
    assert read(facts_html(base, "ko", "solbit")[0]).all("b")[1:] == ["솔빛제과", "솔빛 오븐"]


def test_every_figure_is_on_one_page(base: Base) -> None:
    pages = [facts_html(base, "ko", page=number) for number in range(2)]
    assert [count for _, count in pages] == [2, 2]
    rows = [row for page, _ in pages for row in shown(page) if row.startswith("•")]
    assert len(rows) == len(base.facts) - 1  # one figure is given twice


@pytest.mark.parametrize(("asked", "shown_page"), [(-3, 0), (1, 1), (99, 1)])
def test_a_page_that_there_is_not_is_the_nearest(asked: int, shown_page: int, base: Base) -> None:
    assert facts_html(base, "ko", page=asked) == facts_html(base, "ko", page=shown_page)


def test_that_there_are_no_figures_is_said(base: Base) -> None:
    assert facts_html(base, "ko", "nothing") == ("아직 수치가 없습니다.", 1)


def test_a_full_page_of_long_names_fits_a_message(make: Make) -> None:
    name = "아주 긴 이름을 가진 빵집 <" * 40
    quote = "솔빛제과는 독일제 오븐을 150만 유로에 샀다."
    entities = added("facts/entities.csv", *(f"shop{n},shop,,{n} {name},Shop {n} {name},," for n in range(FIGURES)))
    facts = added("facts/bakeries.csv", *(f"f{n},shop{n},oven_price,1500000,,,EUR,,,bakeries#p07,{quote},,," for n in range(FIGURES)))  # fmt: skip
    base = library.load(make({**entities, **facts}))
    page, count = facts_html(base, "ko", page=1, link=lambda *_: "https://t.me/bot?start=" + "x" * 64)
    assert count == 3
    assert len(shown(page)) > 2 * FIGURES


def test_documents_are_listed_newest_first_with_their_size(base: Base) -> None:
    page, count = sources_html(base, "ko", link=link)
    message = read(page)
    assert count == 1
    assert message.text.split("\n") == [
        "문서 2개",
        "",
        "• 골목 빵집",
        "   2024년 12월 5일 · 문단 11개",
        "• 빵 골목 안내서",
        "   2024년 10월 · 문단 4개",
    ]
    assert [span.attributes["href"] for span in message.spans if span.tag == "a"] == [
        "https://t.me/bakery_bot?start=bakeries_p01",
        "https://t.me/bakery_bot?start=guide_p01",
    ]


def test_documents_are_named_in_the_readers_language(base: Base) -> None:
    assert shown(sources_html(base, "en")[0])[2:4] == ["• Corner Bakeries", "   December 5, 2024 · passages: 11"]


def test_many_documents_are_listed_on_several_pages(make: Make) -> None:
    body = "---\ntitle: {0}번 문서\nlanguage: ko\n---\n\n# {0}번 문서\n\n빵 이야기 {0}.\n"
    base = library.load(make({f"corpus/doc{number:02}.md": body.format(number) for number in range(30)}))
    first, count = sources_html(base, "ko")
    last, _ = sources_html(base, "ko", page=2)
    assert count == 3
    assert shown(first)[0] == "문서 32개 · 1/3쪽"
    assert sum(row.startswith("•") for row in shown(last)) == 2
