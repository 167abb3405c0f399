"""Terms: what of a text goes into the index, alike for passages and questions."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mecab import MeCab

from bot.language.terms import Analyser, analyse, bigrams, is_stop, stem, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("뒤처져 있다", ["뒤처지"], id="a verb as its stem"),
        pytest.param("기업 가치는", ["기업", "가치"], id="nouns without their particle"),
        pytest.param(
            "딥시크(DeepSeek)가", ["딥시크", "deepseek", "딥시", "시크"], id="a joined noun, its bigrams, Latin"
        ),
        pytest.param("companies selling chips", ["compani", "sell", "chip"], id="English stems"),
        pytest.param("it was sold", ["sell"], id="an irregular verb as its base"),
        pytest.param("Meta's VCs", ["meta", "vc"], id="no possessive, no plural of an acronym"),
        pytest.param("GLM-4.5V", ["glm-4.5v", "glm", "4.5", "v"], id="an identifier, whole and in parts"),
        pytest.param("response_model", ["response_model", "respons", "model"], id="an identifier of words"),
    ],
)
def test_a_text_has_the_terms_of_its_words(text: str, expected: list[str]) -> None:
    assert set(expected) <= set(terms(text))


@pytest.mark.parametrize("text", ["", "?!", "🙂🙂", "the of and", "\x00\u200b"])
def test_a_text_without_weighty_words_has_no_terms(text: str) -> None:
    assert terms(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("companies", "company", id="number"),
        pytest.param("selling", "sold", id="tense"),
        pytest.param("cheapest", "cheap", id="degree"),
    ],
)
def test_forms_of_an_english_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("passage", "question"),
    [
        pytest.param("중국 모델들은 뒤처지지 않았다.", "모델이 뒤처졌나?", id="endings"),
        pytest.param("딥시크의 기업 가치는", "딥시크 기업가치", id="spaces"),
        pytest.param("The company sold its chips.", "which companies sell a chip?", id="English"),
        pytest.param("GLM-4.5V 모델", "glm 4.5v", id="an identifier without its hyphen"),
        pytest.param("딥시크는", unicodedata.normalize("NFD", "딥시크가"), id="syllables in parts"),
    ],
)
def test_a_question_meets_the_passage_in_two_terms_or_more(passage: str, question: str) -> None:
    assert len(set(terms(passage)) & set(terms(question))) >= 2


@pytest.mark.parametrize(("run", "pairs"), [("딥시크", ["딥시", "시크"]), ("딥", []), ("", [])])
def test_a_run_of_syllables_has_its_bigrams(run: str, pairs: list[str]) -> None:
    assert list(bigrams(run)) == pairs


@pytest.mark.parametrize(
    ("word", "known"),
    [
        pytest.param("모델", True, id="a noun"),
        pytest.param("쀍뷁", False, id="no word"),
    ],
)
def test_a_token_says_whether_the_dictionary_has_it(word: str, known: bool) -> None:
    assert all(token.known for token in analyse(word)) is known


@pytest.mark.parametrize(
    ("word", "common"), [("the", True), ("The", True), ("chip", False), ("얼마", True), ("칩", False)]
)
def test_a_common_word_says_nothing_of_what_a_text_is_about(word: str, common: bool) -> None:
    assert [is_stop(token) for token in analyse(word)] == [common]


@pytest.mark.parametrize("blank", ["", "  ", "\n", "\u3000 "])
def test_blanks_before_a_text_move_its_tokens_and_nothing_else(blank: str) -> None:
    text = f"{blank}손님 수는"
    assert [text[token.start : token.end] for token in analyse(text)] == ["손님", "수", "는"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        pytest.param("전망치는", (), id="what is left of a short noun says nothing"),
        pytest.param("주가가", (), id="a noun that ends as a particle does"),
    ],
)
def test_a_noun_that_the_analyser_takes_apart_is_kept_whole(word: str, parts: tuple[str, ...]) -> None:
    first = analyse(word)[0]
    assert (first.form, first.parts) == (word[:-1], parts)


@settings(deadline=None)
@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("가나다는을 A1.-'’")), max_size=120))
def test_whatever_is_typed_tokens_stand_in_order_and_are_what_they_cover(text: str) -> None:
    whole = unicodedata.normalize("NFC", text)
    tokens = analyse(text)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert all(whole[token.start : token.end] == token.surface for token in tokens)


@pytest.mark.parametrize("noun", ["억", "회사", "삼십"])
def test_a_word_without_end_has_no_more_terms_than_it_has_letters(noun: str) -> None:
    text = noun * 2000
    assert sum(map(len, terms(text))) < 10 * len(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("뒤처졌다가나딥시크는 1A.-'’\n\0🙂"), max_size=60))
def test_morphemes_are_those_of_the_library(text: str) -> None:
    begun = f"가{text}"  # the library counts from the first letter, not from the blanks before it
    theirs = [(*one.span, one.surface, str(one.feature)) for one in MeCab().parse(begun)]
    assert list(Analyser().features(begun)) == theirs


@settings(deadline=None)
@given(st.text(st.sampled_from("딥시크는기업가치 GLM-4.5V company's?"), max_size=60))
def test_a_text_has_the_same_terms_whoever_analysed_it(text: str) -> None:
    assert terms(text) == terms(text, analyse(text)) == terms(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("만드는 방법", "만들어요", id="만들다"),
        pytest.param("줄어드는 까닭", "줄어들어요", id="줄어들다"),
        pytest.param("문제를 푸는 법", "문제를 풀어요", id="풀다"),
        pytest.param("고쳐요", "고친 것", id="고치다"),
        pytest.param("돌아요", "돌았다", id="돌다"),
    ],
)
def test_a_verb_is_one_whatever_its_stem_loses_before_an_ending(typed: str, written: str) -> None:
    first, second = ({token.form for token in analyse(text) if token.tag == "VV"} for text in (typed, written))
    assert first & second
