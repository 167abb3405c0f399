"""What kind of answer a question asks for: a number, a reason, a name, a ranking."""

import re
from functools import cache

from bot.language.tables import cell, table
from bot.schema import Language


def _korean(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern over text without spaces, since people leave them out."""
    return re.compile("|".join(re.escape(phrase.replace(" ", "")) for phrase in phrases), re.IGNORECASE)


def _english(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern over words; `*` stands for a few words between."""
    words = (re.escape(phrase).replace(r"\ \*\ ", r"\s(?:\S+\s){0,6}?").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


@cache
def _cues() -> tuple[tuple[str, frozenset[str], re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (row["cue"], frozenset(cell(row["dimensions"])), _korean(cell(row["ko"])), _english(cell(row["en"])))
        for row in table("cues")
    )


@cache
def _anaphora() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((row["kind"], _korean(cell(row["ko"])), _english(cell(row["en"]))) for row in table("anaphora"))


def find(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The cues of a question, and the dimensions that they allow a figure to have (empty: any)."""
    compact = re.sub(r"\s+", "", text)
    found: set[str] = set()
    dimensions: set[str] = set()
    for cue, allowed, korean, english in _cues():
        if korean.search(compact) or english.search(text):
            found.add(cue)
            dimensions |= allowed
    if "any" in dimensions and len(dimensions) > 1:
        dimensions.discard("any")
    return frozenset(found), frozenset(dimensions - {"any"})


def anaphora(text: str, language: Language) -> frozenset[str]:
    """The ways in which a question leans on the one before it: a pronoun, "both", "and …?"."""
    compact = re.sub(r"\s+", "", text)
    return frozenset(
        kind
        for kind, korean, english in _anaphora()
        if (korean.search(compact) if language == "ko" else english.search(text))
    )
