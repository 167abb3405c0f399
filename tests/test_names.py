"""Names in a question: every spelling that people use, and none where there is none."""

import pytest

from bot.knowledge.base import Base
from bot.knowledge.names import Names
from bot.knowledge.spelled import normal
from bot.language.glossary import Glossary
from bot.language.terms import analyse
from bot.schema import Entity, Metric

ENTITIES = [
    Entity(id="bakery", kind="group", name_ko="빵집", name_en="bakeries"),
    Entity(
        id="solbit", kind="shop", groups=("bakery",), name_ko="솔빛제과", name_en="Solbit", aliases=("솔빛", "SB-12")
    ),
    Entity(id="yeast", kind="product", groups=("solbit",), name_ko="큐브3", name_en="Cube 3.5"),
    Entity(id="time", kind="magazine", name_ko="타임", name_en="?Time"),
    Entity(id="ito", kind="person", name_ko="이토", name_en="Ito"),
]
METRICS = [
    Metric(id="sales", name_ko="매출", name_en="sales", aliases=("turnover", "빵 팔다", "?벌다")),
    Metric(id="visitors", name_ko="손님 수", name_en="number of visitors", aliases=("방문객",)),
]
NAMES = Names(ENTITIES, METRICS, Glossary([]))


def found(text: str) -> list[str]:
    return [mention.id for mention in NAMES.find_entities(text, analyse(text))]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("솔빛제과", id="as it is"),
        pytest.param("솔빛제과는?", id="particle"),
        pytest.param("솔빛제과에서는요", id="several particles"),
        pytest.param("솔빛은 어때", id="alias with a particle"),
        pytest.param("솔빛 제과 매출", id="a space inside"),
        pytest.param("솔빛제과매출", id="no space behind"),
        pytest.param("「솔빛제과」", id="in marks"),
        pytest.param("solbit", id="small letters"),
        pytest.param("SOLBIT's sales", id="capitals and an s"),
        pytest.param("Solbit은", id="Latin with a Korean particle"),
        pytest.param("요즘Solbit매출", id="Latin inside Hangul"),
        pytest.param("sb12 매출", id="no hyphen"),
        pytest.param("SB 12", id="a space for the hyphen"),
        pytest.param("\u1109\u1169\u11af\u1107\u1175\u11be\u110c\u1166\u1100\u116a", id="syllables taken apart"),
    ],
)
def test_a_name_is_found_in_every_way_it_is_written(text: str) -> None:
    assert found(text) == ["solbit"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Solbits2 and solbitter", id="longer Latin words"),
        pytest.param("absolbit", id="the end of a word"),
        pytest.param("SB-120", id="a longer number"),
        pytest.param("SB-12.5", id="another version"),
        pytest.param("이토록 맛있는", id="the head of a Korean word"),
        pytest.param("아이토끼", id="inside a Korean word"),
        pytest.param("나이토는", id="the end of a Korean word"),
        pytest.param("", id="nothing"),
        pytest.param("?! .,", id="marks alone"),
    ],
)
def test_a_name_inside_a_longer_word_is_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("예산보다 더 썼어?", []),
        ("보는 언제 허물었어?", ["weir"]),
        ("그 보의 높이", ["weir"]),
        ("가강거뜰 매출", ["shop"]),
    ],
)
def test_a_particle_is_no_name(text: str, named: list[str]) -> None:
    weir = Entity(id="weir", kind="weir", name_ko="보", name_en="weir")
    shop = Entity(id="shop", kind="shop", name_ko="가강거뜰", name_en="Gagang")
    names = Names([weir, shop], [], Glossary([]))
    assert [mention.id for mention in names.find_entities(text, analyse(text))] == named


def test_the_longest_name_is_found_where_two_begin_alike() -> None:
    assert found("솔빛제과 큐브3.5 말고 솔빛") == ["solbit", "solbit"]
    assert found("cube 3.5") == ["yeast"]


def test_a_mention_tells_where_it_stands_as_it_was_typed() -> None:
    (mention,) = NAMES.find_entities("요즘 솔빛 제과는?", analyse("요즘 솔빛 제과는?"))
    assert (mention.surface, mention.start, mention.end) == ("솔빛 제과", 3, 8)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("what does the Time say", ["time"], id="with a capital"),
        pytest.param("how much time is left", [], id="small"),
        pytest.param("Time is money", [], id="only at the beginning"),
    ],
)
def test_a_name_that_is_a_common_word_counts_only_with_its_capital(text: str, ids: list[str]) -> None:
    assert found(text) == ids


def test_names_are_compared_without_case_spaces_and_marks() -> None:
    assert normal("SB-12") == normal("sb 12") == normal("“S.B.12”")
    assert normal("솔빛 제과") == normal("\u1109\u1169\u11af빛제과")


def test_a_thing_belongs_to_all_that_it_is_a_part_of() -> None:
    assert NAMES.family("yeast") == {"yeast", "solbit", "bakery"}
    assert NAMES.parts("bakery") == {"solbit", "yeast"}
    assert NAMES.members({"bakery"}) == {"solbit", "yeast"}
    assert NAMES.family("unheard") == {"unheard"}


def test_things_that_belong_to_each_other_are_no_endless_search() -> None:
    ring = [Entity(id=a, kind="shop", groups=(b,), name_ko=a, name_en=a) for a, b in (("one", "two"), ("two", "one"))]
    assert Names(ring, [], Glossary([])).family("one") == {"one", "two"}


@pytest.mark.parametrize(
    ("text", "figure_asked", "ids"),
    [
        pytest.param("솔빛 매출은?", False, ["sales"], id="name"),
        pytest.param("Solbit's turnover", False, ["sales"], id="alias"),
        pytest.param("작년에 팔았던 빵", False, ["sales"], id="words of an alias in any order, in any form"),
        pytest.param("얼마 벌었어", True, ["sales"], id="weak word where a figure is asked for"),
        pytest.param("왜 벌었어", False, [], id="weak word where none is"),
        pytest.param("방문객 매출", False, ["sales", "visitors"], id="two, in the order of their table"),
        pytest.param("날씨", False, [], id="none"),
    ],
)
def test_a_metric_is_found_by_its_words(text: str, figure_asked: bool, ids: list[str]) -> None:
    tokens = analyse(text)
    metrics = NAMES.find_metrics(text, tokens, [set() for _ in tokens], figure_asked)
    assert [mention.id for mention, _, _ in metrics] == ids


def test_every_spelling_of_a_name_finds_it(base: Base) -> None:
    for entity in base.names.entities.values():
        for spelling in (entity.name_ko, entity.name_en, *entity.aliases):
            assert entity.id in {mention.id for mention in base.names.find_entities(spelling, analyse(spelling))}
