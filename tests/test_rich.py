"""A list of figures as a rich message: a table, and the quotes that its markers lead to."""

import re
from html.parser import HTMLParser

import pytest
from conftest import Ask, Make, changed

from bot import library
from bot.answer import answer
from bot.knowledge.base import Base
from bot.render import rich
from bot.render.rich import to_rich_message

ALLOWED = {"p", "b", "i", "a", "table", "caption", "tr", "th", "td", "blockquote", "br", "cite", "tg-reference"}


class Reader(HTMLParser):
    """Reads a rich message's HTML: balanced, of known tags, with the text of each table cell."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[list[str]] = []
        self.names: list[str] = []
        self.targets: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        given = dict(attrs)
        if tag == "tg-reference":
            self.names.append(str(given["name"]))
        if tag == "a":
            self.targets.append(str(given["href"]))
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if {"td", "th"} & set(self.open):
            self.cells[-1][-1] += data


def link(document: str, passage: str) -> str:
    return f"https://t.me/bakery_bot?start={document}_{passage}"


def shown(question: str, ask: Ask, base: Base) -> Reader:
    made = to_rich_message(ask(question), base, link)
    assert made is not None
    assert made["skip_entity_detection"] is True
    return Reader(str(made["html"]))


def test_a_list_is_a_table_without_the_columns_that_would_repeat_themselves(ask: Ask, base: Base) -> None:
    assert shown("매출 전부", ask, base).cells == [
        ["대상", "값"],
        ["달무리빵집", "약 30억 원 [1]"],
        ["솔빛제과", "10억~12억 원 [2]"],
        ["모래과자점", "11억 원 [3]"],
    ]
    assert shown("솔빛제과 전부", ask, base).cells[:3] == [
        ["지표", "기준", "값"],
        ["손님 수", "2023년", "약 8만 명 [1]"],
        ["손님 수", "2024년", "12만 명 [2]"],
    ]


def test_a_comparison_says_the_winner_above_its_table(ask: Ask, base: Base) -> None:
    reader = shown("손님 제일 많은 빵집은?", ask, base)
    assert reader.text.startswith(
        "2024년 기준으로 읽음적힌 값이 가장 많은 쪽은 솔빛제과입니다: 손님 수 12만 명. [1][2]손님 수 · 2024년"
    )
    assert reader.cells[0] == ["대상", "값"]


def test_every_marker_leads_to_its_quote_and_every_quote_to_its_passage(ask: Ask, base: Base) -> None:
    found = ask("손님 제일 많은 빵집은?")
    reader = shown("손님 제일 많은 빵집은?", ask, base)
    assert reader.names == [f"source-{citation.marker}" for citation in found.citations]
    inside = [target.removeprefix("#") for target in reader.targets if target.startswith("#")]
    assert set(inside) == set(reader.names)
    assert [target for target in reader.targets if not target.startswith("#")] == [
        link(citation.document, citation.passage) for citation in found.citations
    ]
    assert all(citation.quote in reader.text for citation in found.citations)


def test_a_reader_of_the_other_language_gets_translations(ask: Ask, base: Base) -> None:
    assert "Dalmuri had sales of about 3 billion won in 2024." in shown("list all sales", ask, base).text


@pytest.mark.parametrize("question", ["달무리빵집 매출?", "솔빛제과는 뭐야?", "솔빛제과 직원 수는?", "help", ""])
def test_what_is_no_table_is_no_rich_message(question: str, ask: Ask, base: Base) -> None:
    assert to_rich_message(ask(question), base, link) is None


def test_what_is_too_long_is_no_rich_message(ask: Ask, base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rich, "BLOCKS", 7)  # a table, its 4 rows and 3 quotes
    assert to_rich_message(ask("매출 전부"), base) is None
    monkeypatch.setattr(rich, "BLOCKS", 8)
    assert to_rich_message(ask("매출 전부"), base) is not None


def test_names_and_quotes_cannot_mark_up(make: Make) -> None:
    hostile = '</b><a href="tg://user?id=1">'
    row = f'solbit,shop,bakery,"솔빛{hostile.replace(chr(34), chr(34) * 2)}",'
    base = library.load(make(changed("facts/entities.csv", "solbit,shop,bakery,솔빛제과,", row)))
    found = answer("매출 전부", base)
    quoted = [one.model_copy(update={"quote": hostile, "title": hostile}) for one in found.citations]
    made = to_rich_message(found.model_copy(update={"citations": tuple(quoted)}), base, lambda *_: "tg://user?id=1")
    assert made is not None
    reader = Reader(str(made["html"]))
    assert f"솔빛{hostile}" in [cell for row in reader.cells for cell in row]
    assert reader.text.count(hostile) == 1 + 2 * len(quoted)
    assert all(re.fullmatch(r"#source-\d", target) for target in reader.targets)
