"""The glossary: words of one meaning share a concept, and a text's own brackets say which names are one."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.glossary import Glossary, core, harvest, korean_keys, lexicon
from bot.language.terms import analyse

ROWS = [
    (["기업 가치", "몸값"], ["valuation", "market value"]),
    (["따라잡다", "추격하다"], ["catch up", "overtake"]),
    (["주"], ["share"]),
    (["중국"], ["China"]),
    (["가격"], ["price"]),
    (["주가"], ["share price"]),
    (["캐시를 비우다", "빈 캐시"], ["clear the cache"]),
    (["API 키"], ["API key"]),
    (["키"], ["key"]),
    (["노드"], ["Node.js", "i18n", "won't start"]),
    (["명령을 내리다"], ["give a command"]),
    (["명령"], ["command"]),
    (["정의되지 않음"], ["undefined"]),
    (["글자가 깨지다"], ["garbled"]),
]
GLOSSARY = Glossary(ROWS)
VALUE, CATCH_UP, SHARE, CHINA, PRICE, SHARE_PRICE, CLEAR, API_KEY, KEY, NODE, GIVE, COMMAND, UNDEFINED, GARBLED = (
    f"={number}" for number in range(len(ROWS))
)


def concepts(text: str) -> set[str]:
    return set().union(*GLOSSARY.concepts(analyse(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("기업 가치는?", {VALUE}, id="two Korean words"),
        pytest.param("기업가치는?", {VALUE}, id="without the space"),
        pytest.param("몸값이 얼마", {VALUE}, id="another Korean word"),
        pytest.param("its valuation", {VALUE}, id="an English word"),
        pytest.param("market-value", {VALUE}, id="with a hyphen"),
        pytest.param("따라잡았다", {CATCH_UP}, id="a verb in another form"),
        pytest.param("추격했다", {CATCH_UP}, id="a verb made of a noun"),
        pytest.param("China is catching up", {CHINA, CATCH_UP}, id="an English phrase in another form"),
        pytest.param("the share price", {SHARE_PRICE}, id="a phrase is not its words"),
        pytest.param("a share, and its price", {SHARE, PRICE}, id="its words are not the phrase"),
        pytest.param("캐시를 비우려면", {CLEAR}, id="a phrase with a particle inside"),
        pytest.param("캐시 비우는 법", {CLEAR}, id="the same without its particle"),
        pytest.param("캐시가 비었다", set(), id="its nouns and verbs are not the phrase where another verb is meant"),
        pytest.param("빈 캐시라면", {CLEAR}, id="a phrase that begins with an ending"),
        pytest.param("API 키를 받는다", {API_KEY, KEY}, id="a phrase in two scripts, and its Korean word"),
        pytest.param("API키", {API_KEY, KEY}, id="the same without the space"),
        pytest.param("an API key", {API_KEY}, id="the same in English"),
        pytest.param("with Node.js", {NODE}, id="a name with a full stop"),
        pytest.param("an I18n file", {NODE}, id="a name with a digit"),
        pytest.param("it won't start", {NODE}, id="a contraction"),
        pytest.param("명령을 내린다", {GIVE, COMMAND}, id="a deed, and the thing that it is done to"),
        pytest.param("글자가 깨져요", {GARBLED}, id="a verb that is analysed otherwise in its dictionary form"),
        pytest.param("give a command", {GIVE, COMMAND}, id="the same in English"),
        pytest.param("정의되지 않은 변수", {UNDEFINED}, id="what is denied"),
        pytest.param("정의하는 법", set(), id="what is not denied"),
        pytest.param("삼 주 동안", set(), id="a counter is not the noun"),
        pytest.param("날씨 weather", set(), id="neither"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_a_text_has_the_concepts_of_its_words(text: str, expected: set[str]) -> None:
    assert concepts(text) == expected


def test_every_token_of_a_phrase_has_its_concept() -> None:
    assert GLOSSARY.concepts(analyse("the market value")) == [set(), {VALUE}, {VALUE}]


def test_a_word_of_a_phrase_is_known_by_what_it_means_alone_too() -> None:
    whole, alone = GLOSSARY.concepts_apart(analyse("share price"))
    assert whole == [{SHARE_PRICE}, {SHARE_PRICE}]
    assert alone == [{SHARE}, {PRICE}]


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        pytest.param("기업 가치", ("기업가치",), id="a noun without its space"),
        pytest.param("성장하다", ("성장",), id="하다"),
        pytest.param("평가받다", ("평가",), id="받다"),
        pytest.param("증가시키다", ("증가",), id="시키다"),
        pytest.param("자랑스럽다", ("자랑",), id="스럽다"),
        pytest.param("뒤처지다", ("뒤처지",), id="a verb of its own"),
        pytest.param("바다", ("바다", "바"), id="a short word may be either"),
    ],
)
def test_a_dictionary_form_is_found_as_texts_spell_it(word: str, keys: tuple[str, ...]) -> None:
    assert korean_keys(word) == keys


def test_a_predicate_is_told_from_a_thing_and_a_name_from_a_word() -> None:
    assert [GLOSSARY.is_predicate(concept) for concept in (CATCH_UP, VALUE)] == [True, False]
    assert [GLOSSARY.is_name(concept) for concept in (CHINA, VALUE)] == [True, False]


def test_a_glossary_with_a_parent_has_the_words_of_both() -> None:
    child = Glossary([(["딥시크"], ["DeepSeek"]), (["시가총액"], ["valuation"])], parent=GLOSSARY)
    own, other = f"={len(ROWS)}", f"={len(ROWS) + 1}"
    assert child.of("딥시크") == child.of("deepseek") == (own,)
    assert set(child.of("valuat")) == {VALUE, other}
    assert GLOSSARY.of("딥시크") == ()


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("딥시크(DeepSeek)가", [("딥시크", "DeepSeek")], id="a name"),
        pytest.param("중국의 딥시크 (DeepSeek)", [("딥시크", "DeepSeek")], id="with a space, and another word before"),
        pytest.param("최신 어센드(Ascend) 칩", [("어센드", "Ascend")], id="no further than the Latin has words"),
        pytest.param("무어 스레드(Moore Threads)의", [("무어 스레드", "Moore Threads")], id="two words"),
        pytest.param("회사인 무어(Moore Threads)", [("무어", "Moore Threads")], id="back over nouns only"),
        pytest.param("큐웬3(Qwen3)와 이(Yi)", [("큐웬3", "Qwen3"), ("이", "Yi")], id="two names"),
        pytest.param("LLM(거대 언어 모델)", [], id="the other way round"),
        pytest.param("딥시크(2023)", [], id="a year in brackets"),
        pytest.param(
            unicodedata.normalize("NFD", "딥시크(DeepSeek)"), [("딥시크", "DeepSeek")], id="syllables in parts"
        ),
    ],
)
def test_names_are_harvested_from_brackets(text: str, pairs: list[tuple[str, str]]) -> None:
    assert harvest(text) == pairs


@settings(deadline=None)
@given(st.text(st.sampled_from("딥시크의 은Moore3(). "), max_size=80))
def test_whatever_is_written_a_harvested_pair_stands_in_the_text(text: str) -> None:
    words = text.split()
    for korean, latin in harvest(text):
        assert latin in text
        assert all(any(word in typed for typed in words) for word in korean.split())


def test_every_row_of_the_lexicon_has_words_in_both_languages() -> None:
    assert [row for row in lexicon() if not all(row[0]) or not all(row[1])] == []


def test_no_row_of_the_lexicon_has_a_word_twice_or_with_its_syllables_in_parts() -> None:
    cells = [words for row in lexicon() for words in row]
    assert [words for words in cells if len(set(words)) < len(words)] == []
    assert [words for words in cells for word in words if unicodedata.normalize("NFC", word.strip()) != word] == []


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        pytest.param("캐시를 비우려면?", "clear the cache", id="what one does"),
        pytest.param("앱이 자꾸 튕겨요", "the app crashes", id="what goes wrong, as it is said"),
        pytest.param("로그인이 풀려요", "I get logged out", id="the same of a login"),
        pytest.param("지원하지 않습니다", "is not supported", id="what is denied"),
        pytest.param("다시 렌더링됩니다", "it re-renders", id="a loan word"),
        pytest.param("API 키를 발급받는다", "create an API key", id="two scripts"),
        pytest.param("쿼리 매개변수", "query parameters", id="a term of two words"),
        pytest.param("포스트그레스", "PostgreSQL", id="a name"),
        pytest.param("툴바에 아이콘 추가", "drag a button onto the toolbar", id="a part of the screen"),
        pytest.param("메모리가 모자라요", "it ran out of memory", id="what there is too little of"),
        pytest.param("시간이 초과되었습니다", "the request timed out", id="an error"),
        pytest.param("급여", "payday", id="pay"),
        pytest.param("법카 한도", "the corporate card", id="what is said for short"),
        pytest.param("온보딩", "onboarding", id="the first days"),
        pytest.param("기능을 없애도 되나요", "should we rip out the old calls", id="as one says it"),
        pytest.param("빼먹어도 되는", "it is optional", id="what need not be there"),
        pytest.param("서버 띄우기", "start the server", id="what a server does"),
        pytest.param("조금씩 보내기", "streaming", id="how it is sent"),
    ],
)
def test_a_manual_and_who_asks_about_it_in_the_other_language_meet(korean: str, english: str) -> None:
    asked, written = (set().union(*core().concepts(analyse(text))) for text in (korean, english))
    assert asked & written


@pytest.mark.parametrize("name", ["Angular", "Svelte", "Terraform", "Uvicorn", "앵귤러", "테라폼"])
def test_a_product_is_a_name(name: str) -> None:
    assert any(core().is_name(concept) for concepts in core().concepts(analyse(name)) for concept in concepts)


def test_the_lexicon_knows_a_word_in_both_languages() -> None:
    korean, english = core().concepts(analyse("투자")), core().concepts(analyse("investment"))
    assert korean[0] & english[0]
