"""Which passages are nearest to a question, among several articles."""

from functools import partial

import conftest
import pytest
from conftest import BaseOf

from bot.answer import answer
from bot.answer.passages import nearest
from bot.answer.reading import read
from bot.answer.searching import hits, query_terms
from bot.knowledge.base import Base
from bot.language.terms import analyse

article = partial(conftest.article, language="ko")


KOREAN = {
    "corpus/oven.md": article(
        "화덕", "화덕은 새벽에 데운다.", "화덕의 온도를 바꾸려면 손잡이를 돌린다.", "재는 저녁에 치운다."
    ),
    "corpus/dough.md": article("반죽", "반죽은 밤새 둔다.", "물의 양을 바꾸면 반죽이 질어진다."),
    "corpus/cake.md": article("케이크", "케이크는 식힌 뒤에 자른다.", "The baker may change the icing every season."),
    "corpus/shop.md": article("가게", "가게는 여덟 시에 연다.", "값을 바꾸면 문에 붙인다."),
    "corpus/bread.md": article("빵", "빵은 아침에 굽는다.", "굽는 차례를 바꾸지 않는다."),
}
ENGLISH = {
    "corpus/tea.en.md": "---\ntitle: Tea\nlanguage: en\ntranslation_of: tea\n---\n\n# Tea\n\nTea is poured hot.\n",
    "corpus/tea.md": article("차", "차는 뜨겁게 따른다."),
}


def first(question: str, base: Base) -> str:
    return hits(read(question, base), base)[0].passage


def test_a_language_that_hardly_any_article_can_be_read_in_is_foreign(
    base_of: BaseOf,
) -> None:
    base = base_of(KOREAN)
    assert base.is_foreign("en")
    assert not base.is_foreign("ko")
    assert dict(base.records.readable) == {"ko": 5, "en": 0}


def test_a_translation_can_be_read_too(base_of: BaseOf) -> None:
    base = base_of(ENGLISH)
    assert dict(base.records.readable) == {"ko": 1, "en": 1}
    assert not base.is_foreign("en")


def test_over_articles_of_another_language_a_word_says_no_more_than_its_translations(
    base_of: BaseOf,
) -> None:
    base = base_of(KOREAN)
    query = read("how do I change the temperature of the oven?", base)
    weights, idf = query_terms(query, base), base.retriever.idf
    change = next(word for word in query.words if word.surface == "change")
    known = [concept for concept in change.concepts if idf(concept) < base.weight_unknown]
    assert idf("chang") > min(map(idf, known))
    assert weights["chang"] * idf("chang") < sum(weights[concept] * idf(concept) for concept in known)
    assert first("how do I change the temperature of the oven?", base) == "oven#p03"


def test_of_passages_that_are_alike_the_one_with_more_of_the_words_comes_first(
    base_of: BaseOf,
) -> None:
    crumbs = "부스러기 부스러기를 부스러기로 부스러기와 부스러기는 부스러기다."
    both = "부스러기는 저녁마다 솔로 쓸어 담아서 마당에 있는 닭에게 모이로 던져 준다."
    base = base_of({**KOREAN, "corpus/a.md": article("가", crumbs), "corpus/b.md": article("나", both)})
    (claim, *_) = answer("부스러기를 닭에게 줘?", base).citations
    assert claim.document == "b"


WAYS = ("cold", "upright", "inside", "dark", "frozen", "below", "sideways", "outside")
BROAD = {
    "corpus/wine.md": article(
        "Wine",
        "The bottle is stored in the attic of the house.",
        "A cork that is opened must be replaced.",
        "After one evening it turns sour.",
        language="en",
    ),
    "corpus/beer.md": article("Beer", *(f"A bottle is stored {way}." for way in WAYS), language="en"),
    "corpus/bread.md": article("Bread", "Bread is baked.", language="en"),
    "corpus/cheese.md": article("Cheese", "Cheese is ripe after a month.", "It is cut with a wire.", language="en"),
}


def test_a_document_with_more_of_the_words_is_nearer_than_one_that_says_a_few_again_and_again(
    base_of: BaseOf,
) -> None:
    base = base_of(BROAD)
    question = "where is a bottle stored that was opened in the evening, so that it is not sour?"
    found = [hit.passage for hit in hits(read(question, base), base)]
    assert found.index("wine#p02") < min(found.index(name) for name in found if name.startswith("beer"))


def test_over_articles_of_another_language_the_words_of_a_phrase_are_met_one_by_one(
    base_of: BaseOf,
) -> None:
    files = {"corpus/rain.md": article("비", "서비스는 비가 오면 멈춘다.", "등록은 창구에서 한다.")}
    base = base_of({**KOREAN, **files})
    assert base.glossary.concepts(analyse("service registration"))[0] != base.glossary.concepts(analyse("service"))[0]
    assert first("where is the service registration?", base).startswith("rain#")


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        pytest.param("툴바는 어디 있어?", False, id="a word that the lexicon knows"),
        pytest.param("뤼튼은 어디 있어?", True, id="a name that it knows and no article has"),
    ],
)
def test_a_word_that_the_lexicon_knows_is_no_name_that_nobody_knows(
    question: str, strange: bool, base_of: BaseOf
) -> None:
    query = read(question, base_of(KOREAN))
    assert any(word.name for word in query.words) == strange


@pytest.mark.parametrize("word", ["glaze", "crate", "flame", "spice", "knife", "grape", "plate", "stove"])
def test_of_words_that_are_equally_near_to_a_slip_it_is_always_the_same(base_of: BaseOf, word: str) -> None:
    base = base_of({"corpus/oven.md": article("Oven", f"The {word}s beside the {word} are hot.", language="en")})
    assert base.speller.nearest(f"{word[:-1]}se") == word


HEADED = {
    "corpus/shapes.md": article(
        "Shapes",
        "## Move several shapes together",
        "Hold the key while clicking each, then choose Group.",
        "## Colours",
        "Pick one from the palette.",
        language="en",
    ),
    "corpus/lines.md": article("Lines", "Shapes and lines have several ends.", "A line may be long.", language="en"),
    "corpus/text.md": article("Text", "Text may be bold.", language="en"),
    "corpus/print.md": article("Printing", "A printer is chosen first.", language="en"),
}


def test_what_stands_beneath_a_heading_that_is_of_what_is_asked_is_quoted(
    base_of: BaseOf,
) -> None:
    found = answer("how do I move several shapes together?", base_of(HEADED))
    assert [citation.quote for citation in found.citations[:1]] == [
        "Hold the key while clicking each, then choose Group."
    ]


def test_a_word_of_the_heading_above_is_met_by_what_stands_beneath_it(
    base_of: BaseOf,
) -> None:
    base = base_of(HEADED)
    found = next(
        item for item in nearest(read("which palette has colours?", base), base) if item.hit.passage == "shapes#p05"
    )
    assert found.evidence.missing == ()
