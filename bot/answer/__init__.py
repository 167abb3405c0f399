"""What do we answer?"""

from collections.abc import Callable
from dataclasses import replace

from bot.answer.both import both
from bot.answer.calculation import calculation
from bot.answer.comparison import comparison
from bot.answer.entity import entity
from bot.answer.evidence import explained, hard_entities, is_thing, unmet_things
from bot.answer.figure import figure
from bot.answer.following import is_whole
from bot.answer.help import help_
from bot.answer.listing import listing
from bot.answer.passage import passage
from bot.answer.reading import LONGEST, REMEMBERED, clean, read
from bot.answer.refusal import not_found
from bot.knowledge.base import Base
from bot.language.cues import is_set_beside
from bot.language.hangul import is_syllable
from bot.phrases import say
from bot.schema import SILENT, Answer, Language, Query

Kind = Callable[[Query, Base], Answer | None]
# the most exact first
KINDS: tuple[Kind, ...] = (help_, both, calculation, comparison, listing, figure, entity, passage)


def answer(question: str, base: Base, context: tuple[str, ...] = (), language: Language | None = None) -> Answer:
    """Answer in the most exact way that the articles allow.

    Args:
        question: as typed.
        base: the knowledge base.
        context: earlier questions of the same person, oldest first.
        language: to answer in, where it is not to be the question's.
    """
    cleaned = clean(question)
    says = any(map(str.isalnum, cleaned))
    if not says or len(cleaned) > LONGEST:
        key = "too_long" if says else "empty"
        spoken = language or _script(cleaned if says else (context or ("",))[-1])
        return Answer(question=cleaned[:LONGEST], language=spoken, kind="clarify", text=say(key, spoken, limit=LONGEST))
    query, alone = read(question, base, context), read(question, base)
    if language:
        query, alone = replace(query, language=language), replace(alone, language=language)
    found = _answered(query, base)
    if found.kind == "not_found" and query != alone and is_whole(alone, base):
        by_itself = _answered(alone, base)  # what it took from the question before may be none of its business
        return found if by_itself.kind in SILENT else by_itself
    return found


def _answered(query: Query, base: Base) -> Answer:
    known = base.answers  # many ask the same, after different questions
    if (found := known.get(query)) is None:
        if len(known) >= REMEMBERED:
            known.clear()
        known[query] = found = _answer(query, base)
    return found


def _script(text: str) -> Language:
    """The language of a text that is not read: English where it has Latin letters and no Hangul."""
    latin = any(char.isascii() and char.isalpha() for char in text[:LONGEST])
    return "en" if latin and not any(map(is_syllable, text[:LONGEST])) else "ko"


def _answer(query: Query, base: Base) -> Answer:
    for kind in kinds_for(query, base):
        if found := kind(query, base):
            return found
    return not_found(query, base)


ENOUGH = 2  # of known things beside an unknown one and a measure, for a question to be about more than a figure
NO_QUESTION = {"code", "greeting", "thanks", "name"}  # cues that make no question of code
SET_SIDE_BY_SIDE = {"compare", "difference", "sum", "ratio", "share", "average"}


def kinds_for(query: Query, base: Base) -> tuple[Kind, ...]:
    """The kinds of answers that a question may get.

    A figure of something else must never stand in for that of something which no article has. A name that none has
    gets no answer, nor does code that names nothing known; a thing that none has gets no figure where nothing known is
    named, or where known and unknown are set side by side, and no answer at all where a measure of it is asked for.
    """
    typed = "code" in query.cues and not query.cues - NO_QUESTION and not hard_entities(query, base)
    # a number that no article has may be within a band of a table
    if typed or any(word.name and not (word.number and base.has_several) for word in query.words):
        return (help_,)
    unmet = unmet_things(query, base)
    beside = query.cues & SET_SIDE_BY_SIDE and any(is_set_beside(thing, query.question) for thing in unmet)
    if not unmet or (hard_entities(query, base) and not beside):
        return KINDS
    named = explained(query.metrics) | set(unmet)
    others = sum(is_thing(word) and word.surface not in named for word in query.words)
    return (help_,) if query.named and others < ENOUGH else (help_, entity, passage)
