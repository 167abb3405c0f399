"""Phrases: whole in both languages, with the particle that agrees."""

import re
from string import Formatter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phrases import PHRASES, fill, say
from bot.schema import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)


def slots(phrase: str) -> dict[str, str]:
    """The slots of a phrase, each with the particles that it asks for."""
    return {name: spec or "" for _, name, spec, _ in Formatter().parse(phrase) if name is not None}


@pytest.mark.parametrize(
    ("phrase", "slots", "expected"),
    [
        pytest.param("{it:은/는}", {"it": "딥시크"}, "딥시크는", id="a vowel"),
        pytest.param("{it:은/는}", {"it": "앤스로픽"}, "앤스로픽은", id="a consonant"),
        pytest.param("{it:이/가}", {"it": "GLM"}, "GLM이", id="an acronym"),
        pytest.param("{it:을/를}", {"it": "84%"}, "84%를", id="percent"),
        pytest.param("{it:을/를}", {"it": "2,000억 달러"}, "2,000억 달러를", id="an amount"),
        pytest.param("{it:은/는}", {"it": "즈푸(Z.ai)"}, "즈푸(Z.ai)는", id="brackets"),
        pytest.param("{it:이/가}", {"it": 10}, "10이", id="a number"),
        pytest.param("{a:과/와} {b:이/가}", {"a": "미국", "b": "중국"}, "미국과 중국이", id="two slots"),
        pytest.param("{it:'s}", {"it": "Nvidia"}, "Nvidia's", id="a possessive"),
        pytest.param("{it:'s}", {"it": "tech stocks"}, "tech stocks'", id="a possessive of a plural"),
        pytest.param("{it} {it:,}", {"it": 1000}, "1000 1,000", id="slots without a particle"),
    ],
)
def test_a_slot_takes_the_particle_that_agrees_with_it(phrase: str, slots: dict[str, object], expected: str) -> None:
    assert fill(phrase, **slots) == expected


def test_a_phrase_is_said_in_the_language_that_was_asked_in() -> None:
    assert say("as_of", "ko", period="2025년") == " (2025년 기준)"
    assert say("as_of", "en", period="2025") == " (as of 2025)"


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_has_the_same_slots_in_both_languages(key: str) -> None:
    assert set(PHRASES[key]) == set(LANGUAGES)
    assert set(slots(PHRASES[key]["ko"])) == set(slots(PHRASES[key]["en"]))


@pytest.mark.parametrize("key", PHRASES)
def test_only_korean_phrases_ask_for_particles_and_only_for_pairs(key: str) -> None:
    assert all("/" not in particles for particles in slots(PHRASES[key]["en"]).values())
    assert all(
        particles in ("", "은/는", "이/가", "을/를", "과/와", "으로/로")
        for particles in slots(PHRASES[key]["ko"]).values()
    )


@pytest.mark.parametrize("key", PHRASES)
def test_a_korean_slot_is_followed_by_no_particle_that_might_not_agree(key: str) -> None:
    assert not re.search(r"\}(?:은|는|이|가|을|를|과|와|으로)(?:\s|\W|$)", PHRASES[key]["ko"])


@given(value=st.text(max_size=40), key=st.sampled_from(sorted(PHRASES)), language=st.sampled_from(LANGUAGES))
def test_whatever_fills_its_slots_a_phrase_says_it_word_for_word(value: str, key: str, language: Language) -> None:
    names = slots(PHRASES[key][language])
    said = say(key, language, **dict.fromkeys(names, value))
    assert not names or value in said
