"""Words that a text says in figures, or in other parts: 할인율 in "20% 할인", the deadline in "within 7 days"."""

from functools import cache
from typing import NamedTuple

from bot.answer.shapes import dimensions
from bot.knowledge.base import Base, Sentence
from bot.language.tables import cell, table
from bot.language.terms import stems
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
    return any(head.dimension and _rest(word, head) for head in _heads())


def implied(word: Word, sentence: Sentence, base: Base) -> float:
    """How well a sentence that lacks a word says what that means; 0 where it does not."""
    for head in _heads():
        rest = _rest(word, head)
        if not (word.terms[0] in head.words or (rest and _says(rest, sentence, base))):
            continue
        if not head.dimension or head.dimension in dimensions(sentence.in_both):
            return IMPLIED
    return 0.0


def _rest(word: Word, head: _Head) -> str:
    """What is left of a word without the ending that it may have: 할인 of 할인율."""
    form = word.terms[0]
    rest = next((form.removesuffix(end) for end in head.endings if form.endswith(end)), "")
    return rest if len(rest) >= SHORTEST else ""


def _says(form: str, sentence: Sentence, base: Base) -> bool:
    return form in sentence.terms or not sentence.terms.isdisjoint(base.glossary.of(form))
