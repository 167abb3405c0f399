"""Words that a text says in figures, or in other parts: 할인율 in "20% 할인", the deadline in "within 7 days"."""

from functools import cache, lru_cache
from typing import NamedTuple

from bot.answer.shapes import dimensions
from bot.knowledge.base import Base, Sentence
from bot.language.tables import cell, table
from bot.language.terms import KEPT, stems
from bot.schema import Word

IMPLIED = 0.7  # what such a word is worth beside one that is there
SHORTEST = 2  # syllables of what is left of a word without its ending


class _Head(NamedTuple):
    """A row of heads.csv: what some words, or the endings of Korean words, ask for a figure of."""

    dimension: str  # "" where it is none
    words: frozenset[str]
    endings: tuple[str, ...]


@cache
def _heads() -> tuple[_Head, ...]:
    return tuple(
        _Head(row["dimension"], frozenset((*cell(row["ko"]), *stems(list(cell(row["en"]))))), cell(row["endings"]))
        for row in table("heads")
    )


def asks_for_a_figure(word: Word) -> bool:
    """Whether a word names a figure and what of: a 할인율."""
    return any(meant.dimension and meant.rest for meant in _meanings(word.terms[0]))


def implied(word: Word, sentence: Sentence, base: Base) -> float:
    """How well a sentence that lacks a word says what that means; 0 where it does not."""
    for meant in _meanings(word.terms[0]):
        if not (meant.whole or _says(meant.rest, sentence, base)):
            continue
        if not meant.dimension or meant.dimension in dimensions(sentence.in_both):
            return IMPLIED
    return 0.0


class _Meaning(NamedTuple):
    """What a word asks for by a row of heads.csv: as a whole, or by its ending, without which its rest is left."""

    dimension: str
    whole: bool
    rest: str


@lru_cache(KEPT)  # every word of a question is looked at for every passage
def _meanings(form: str) -> tuple[_Meaning, ...]:
    found = (_Meaning(head.dimension, form in head.words, _rest(form, head)) for head in _heads())
    return tuple(meant for meant in found if meant.whole or meant.rest)


def _rest(form: str, head: _Head) -> str:
    """What is left of a word without the ending that it may have: 할인 of 할인율."""
    rest = next((form.removesuffix(end) for end in head.endings if form.endswith(end)), "")
    return rest if len(rest) >= SHORTEST else ""


def _says(form: str, sentence: Sentence, base: Base) -> bool:
    return form in sentence.terms or not sentence.terms.isdisjoint(base.glossary.of(form))
