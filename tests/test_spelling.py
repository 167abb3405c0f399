"""Spelling: a slip leads to the known name nearest to it, and to nothing where that is not plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.english import is_word
from bot.language.hangul import compose, jamo, to_keys
from bot.language.spelling import Speller

NAMES = {
    "딥시크": "deepseek",
    "DeepSeek": "deepseek",
    "앤스로픽": "anthropic",
    "Anthropic": "anthropic",
    "엔비디아": "nvidia",
    "Nvidia": "nvidia",
    "구글": "google",
    "뒤처지다": "lag",
}
SPELLER = Speller(NAMES, ["investment", "open-weight"])
syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
hangul_names = st.text(syllables, min_size=3, max_size=6).filter(lambda name: not name.endswith("다"))
latin_names = st.text("abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=10)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("딥시크", "딥시크", id="no slip"),
        pytest.param("딥씨크", "딥시크", id="a doubled consonant"),
        pytest.param("딮시크", "딥시크", id="another final"),
        pytest.param("엔비디어", "엔비디아", id="another vowel"),
        pytest.param("앤트로픽", "앤스로픽", id="another consonant"),
        pytest.param("안스로픽", "앤스로픽", id="the first vowel"),
        pytest.param("deepsek", "DeepSeek", id="a letter lost"),
        pytest.param("DEEPSEAK", "DeepSeek", id="a letter mistaken, in capitals"),
        pytest.param("antropicc", "Anthropic", id="two slips in a long name"),
        pytest.param("nvidai", "Nvidia", id="two letters swapped"),
        pytest.param("investmnt", "investment", id="a word of the articles"),
        pytest.param("opneweight", "open-weight", id="a word with a hyphen"),
    ],
)
def test_a_slip_leads_to_the_known_name(typed: str, name: str) -> None:
    assert SPELLER.nearest(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("eepseek", id="the first letter lost"),
        pytest.param("딥시", id="a syllable lost"),
        pytest.param("삼성전자", id="another name"),
        pytest.param("apple", id="another word"),
        pytest.param("뒤쳐지다", id="a verb, which has many forms"),
        pytest.param("딥seek", id="two scripts"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_near_no_name_stays_as_it_is(typed: str) -> None:
    assert SPELLER.nearest(typed) is None


def test_a_slip_between_two_names_is_not_guessed() -> None:
    between = Speller({"시드림": "seedream", "시드링": "ring"})
    assert between.nearest("시드린") is None
    assert Speller({"시드림": "one", "시드링": "one"}).nearest("시드린") in ("시드림", "시드링")


def test_a_run_of_words_is_compared_with_names_alone() -> None:
    assert SPELLER.nearest_name("investmnt") is None
    assert SPELLER.nearest_name("deepsek") == "DeepSeek"


@pytest.mark.parametrize(
    ("word", "known"), [("딥시크", True), ("DEEPSEEK", True), ("딥씨크", False), ("investment", False)]
)
def test_a_name_is_known_as_it_is_written(word: str, known: bool) -> None:
    assert SPELLER.knows(word) is known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("elqtlzm", "딥시크", id="Korean in the Latin layout"),
        pytest.param("elqtlzmsms", "딥시크는", id="with its particle"),
        pytest.param("emqtlzm", "딥시크", id="and one slip more"),
        pytest.param("ㅜ퍄얌", "nvidia", id="Latin in the Korean layout"),
        pytest.param("hello", None, id="a word"),
        pytest.param("ㅋㅋ", None, id="letters alone"),
        pytest.param("구글", None, id="a name in its own layout"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_wrong_keyboard_layout_is_seen_through(typed: str, meant: str | None) -> None:
    assert SPELLER.slip(typed, SPELLER.knows) == meant


@pytest.mark.parametrize(
    ("run", "words"),
    [
        pytest.param("howmanyunicorns", "how many unicorns", id="words"),
        pytest.param("HowMany", "how many", id="capitals"),
        pytest.param("how", None, id="one word"),
        pytest.param("howxyz", None, id="no words"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_run_without_spaces_is_parted_into_known_words(run: str, words: str | None) -> None:
    assert SPELLER.split(run, {"how", "many", "unicorns", "man"}.__contains__) == words


@given(name=hangul_names, place=st.integers(0, 2), final=st.sampled_from("ㄱㄴㄹㅁㅂㅅㅇ"))
def test_a_name_with_one_final_mistaken_is_found(name: str, place: int, final: str) -> None:
    letters = [jamo(syllable)[:2] + jamo(syllable)[2:] for syllable in name]
    letters[place] = letters[place][:2] + final
    typed = "".join(map(compose, letters))
    assert Speller({name: "it"}).nearest(typed) == name


@given(name=latin_names, place=st.integers(1, 4))
def test_a_name_with_two_letters_swapped_is_found(name: str, place: int) -> None:
    typed = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert Speller({name: "it"}).nearest(typed) == name


@given(name=hangul_names)
def test_a_name_typed_in_the_latin_layout_is_found(name: str) -> None:
    speller = Speller({name: "it"})
    assert speller.slip(to_keys(name), speller.knows) == name


@given(st.text(max_size=40))
def test_whatever_is_typed_only_known_names_and_words_are_offered(typed: str) -> None:
    assert SPELLER.nearest(typed) in (None, *NAMES, "investment", "open-weight")
    assert SPELLER.knows(SPELLER.slip(typed, SPELLER.knows) or "딥시크")


@pytest.mark.parametrize(("typed", "known"), [("oyster", True), ("Mourning", True), ("wroth", False), ("oystr", False)])
def test_a_word_that_people_use_is_known(typed: str, known: bool) -> None:
    assert is_word(typed) is known
