"""Hangul: letters and syllables, keys, and the particle that a word takes."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.language.hangul import (
    FINALS,
    compose,
    final_sound,
    from_keys,
    is_particles,
    is_syllable,
    jamo,
    nfc,
    particle,
    to_keys,
)

PAIRS = ("은/는", "이/가", "을/를", "과/와", "으로/로", "이라/라")
syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
hangul = st.text(syllables, min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        pytest.param("딥", "ㄷㅣㅂ", id="a final consonant"),
        pytest.param("시크", "ㅅㅣㅋㅡ", id="no final consonant"),
        pytest.param("값과", "ㄱㅏㅄㄱㅘ", id="joined letters stay joined"),
        pytest.param("GLM은", "GLMㅇㅡㄴ", id="Latin stays"),
        pytest.param("ㅋ1", "ㅋ1", id="a letter stays"),
    ],
)
def test_a_syllable_is_taken_apart_into_its_letters(text: str, letters: str) -> None:
    assert jamo(text) == letters


@given(hangul)
@example("각사갃갂가까값이")
def test_letters_are_put_together_into_the_syllables_they_came_from(text: str) -> None:
    assert compose(jamo(text)) == text


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        pytest.param("ㄷㅣㅂㅅㅣㅋㅡ", "딥시크", id="a consonant goes where it is needed"),
        pytest.param("ㄱㅏㄱㅅㅏ", "각사", id="a pair that has to be parted"),
        pytest.param("ㄱㅗㅏ", "과", id="vowels that join"),
        pytest.param("ㅏㅏ", "ㅏㅏ", id="vowels that do not"),
        pytest.param("ㅋㅋㅋ", "ㅋㅋㅋ", id="consonants alone"),
        pytest.param("ㅎㅏa", "하a", id="what is no letter of Hangul"),
        pytest.param("ㄱㅏㄸㄱㅏ", "가ㄸ가", id="a consonant that ends no syllable"),
    ],
)
def test_letters_make_syllables_in_the_order_they_are_typed(letters: str, text: str) -> None:
    assert compose(letters) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        pytest.param("elqtlzm", "딥시크", id="딥시크"),
        pytest.param("ElqTLzM", "띱씨크", id="shift doubles ㄸ and ㅆ, and leaves other letters"),
        pytest.param("rksk 1", "가나 1", id="spaces and digits stay"),
        pytest.param("rkqtdl", "값이", id="a pair of finals"),
    ],
)
def test_keys_type_the_syllables_of_the_korean_layout(keys: str, text: str) -> None:
    assert from_keys(keys) == text


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("ㅐㅔ두먀", "openai", id="openai"),
        pytest.param("ㅒㅔ두먀", "Openai", id="a letter with shift is a capital"),
        pytest.param("값과", "rkqtrhk", id="joined letters are two keys"),
    ],
)
def test_syllables_are_typed_by_the_keys_of_the_latin_layout(text: str, keys: str) -> None:
    assert to_keys(text) == keys


@given(hangul)
@example("빠른 쏘나타 얘기 예".replace(" ", ""))
def test_the_keys_of_a_word_type_that_word_again(text: str) -> None:
    assert from_keys(to_keys(text)) == text


@given(st.text(max_size=60))
def test_whatever_is_typed_keys_and_letters_can_be_asked_for(text: str) -> None:
    assert isinstance(from_keys(text) + to_keys(text) + compose(jamo(text)), str)


@given(hangul)
def test_a_word_in_whole_letters_and_in_parts_is_one(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == text


@given(st.characters())
def test_a_syllable_is_what_unicode_names_so(char: str) -> None:
    assert is_syllable(char) == unicodedata.name(char, "").startswith("HANGUL SYLLABLE ")


# ── particles ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("word", "final"),
    [
        pytest.param("딥시크", "", id="a vowel"),
        pytest.param("문샷", "ㅅ", id="a consonant"),
        pytest.param("값", "ㅄ", id="two consonants"),
        pytest.param(unicodedata.normalize("NFD", "문샷"), "ㅅ", id="a syllable in parts"),
        pytest.param("“딥시크”", "", id="in quotation marks"),
        pytest.param("2", "", id="이"),
        pytest.param("1", "ㄹ", id="일"),
        pytest.param("3", "ㅁ", id="삼"),
        pytest.param("10", "ㅂ", id="십"),
        pytest.param("100", "ㄱ", id="백"),
        pytest.param("1,000", "ㄴ", id="천"),
        pytest.param("100,000", "ㄴ", id="십만"),
        pytest.param("100,000,000", "ㄱ", id="억"),
        pytest.param("1,000,000,000,000", "", id="조"),
        pytest.param("0", "ㅇ", id="영"),
        pytest.param("2.10", "ㅇ", id="영 behind a point"),
        pytest.param("2020", "ㅂ", id="이천이십"),
        pytest.param("GLM-4.6", "ㄱ", id="육 behind a point"),
        pytest.param("R1-0528", "ㄹ", id="팔 in a name with more digits"),
        pytest.param("o3", "", id="쓰리 in a name"),
        pytest.param("큐웬3", "", id="쓰리 behind Hangul"),
        pytest.param("R1", "ㄴ", id="원 in a name"),
        pytest.param("84%", "", id="퍼센트"),
        pytest.param("GLM", "ㅁ", id="엠"),
        pytest.param("Qwen 3-VL", "ㄹ", id="엘"),
        pytest.param("LMSYS", "", id="에스"),
        pytest.param("ChatGPT", "", id="티 behind a word"),
        pytest.param("OpenAI", "", id="아이 behind a word"),
        pytest.param("1080p", "", id="a letter alone is named"),
        pytest.param("QwQ-32B", "", id="비"),
        pytest.param("Anthropic", "ㄱ", id="a word in c"),
        pytest.param("Kling", "ㅇ", id="a word in ng"),
        pytest.param("blog", "", id="a word in g"),
        pytest.param("Nvidia", "", id="a word in a vowel"),
        pytest.param("즈푸(Z.ai)", "", id="brackets are not read"),
        pytest.param("바이촨 (Baichuan)", "ㄴ", id="nor a space before them"),
        pytest.param("A(b) C(d)", "", id="only the last brackets"),
        pytest.param("(GLM)", "ㅁ", id="brackets around it all"),
        pytest.param("", "", id="nothing"),
        pytest.param("?!", "", id="marks alone"),
    ],
)
def test_a_word_ends_in_the_sound_that_it_is_read_with(word: str, final: str) -> None:
    assert final_sound(word) == final


@given(hangul)
def test_a_hangul_word_ends_in_the_last_letter_of_its_last_syllable(word: str) -> None:
    final = final_sound(word)
    assert final in FINALS
    assert jamo(word[-1])[2:] == final


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        pytest.param("딥시크", "은/는", "는", id="는 behind a vowel"),
        pytest.param("앤스로픽", "은/는", "은", id="은 behind a consonant"),
        pytest.param("즈푸(Z.ai)", "은/는", "는", id="는 behind brackets"),
        pytest.param("GLM", "이/가", "이", id="이 behind an acronym"),
        pytest.param("OpenAI", "이/가", "가", id="가 behind an acronym"),
        pytest.param("o3", "이/가", "가", id="가 behind a name's digit"),
        pytest.param("84%", "을/를", "를", id="를 behind percent"),
        pytest.param("GLM-4.5V", "과/와", "와", id="와 behind a letter"),
        pytest.param("서울", "으로/로", "로", id="로 behind ㄹ"),
        pytest.param("부산", "으로/로", "으로", id="으로 behind a consonant"),
        pytest.param("제주", "으로/로", "로", id="로 behind a vowel"),
    ],
)
def test_a_particle_agrees_with_the_word_before_it(word: str, pair: str, expected: str) -> None:
    assert particle(word, pair) == expected


@given(word=st.text(max_size=40), pair=st.sampled_from(PAIRS))
def test_a_particle_is_always_one_of_its_two_forms(word: str, pair: str) -> None:
    assert particle(word, pair) in pair.split("/")


@pytest.mark.parametrize("rest", ["는", "에서는", "이라던데", "들이", "한테는요"])
def test_particles_and_endings_are_known_in_a_row(rest: str) -> None:
    assert is_particles(rest)


@pytest.mark.parametrize("rest", ["", "크", "는크", "크는", "the", "는 "])
def test_what_is_more_than_particles_is_none(rest: str) -> None:
    assert not is_particles(rest)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["이", "나", "다", "라", "도", "는", "이라도", "에서"]), max_size=400).map("".join))
@example("이나이라도" * 60)
def test_a_long_run_of_particles_is_not_taken_apart_in_every_way(run: str) -> None:
    # Where it is, this does not come to an end: every such run has two readings for each of its parts.
    assert not is_particles(f"{run}힣")
