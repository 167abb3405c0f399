"""Whether a passage holds the kind of thing that a question is after: a number, a person, a most."""

import re
from functools import cache

from bot.answer import evidence
from bot.answer.figure import TIMES
from bot.answer.implied import asks_for_a_figure
from bot.answer.passages import PassageEvidence
from bot.answer.shapes import dimensions
from bot.knowledge.base import Base
from bot.language import counters, dates, nofigures, numbers, periods
from bot.language.cues import is_asked_which, is_office
from bot.language.hangul import is_particles
from bot.language.numbers import either
from bot.language.sentences import BETWEEN
from bot.language.tables import cell, table
from bot.language.units import numerals, units
from bot.schema import Query, Word

TOLD_OTHERWISE = {"why", "how", "who", "list"}  # of what is measured a question may want more than a figure
VAGUELY_TOLD = {"count", "money", "duration"}  # the dimensions of which texts say that it is some: 수십억, hundreds of
HOW_LONG = {"duration", "count"}  # the dimensions of an answer to it: years, or generations


def holds(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether what is found holds the kind of thing that is asked for, whatever words it shares with the question.

    Where many articles are searched, one that has nearly all of a question's words is the one that was meant.
    """
    if "person" in query.cues and not query.cues & {"list", "members"} and _lacks_a_person(item, base):
        return False
    if "person" in query.cues and any(is_office(word.surface) and item.evidence.lacks(word) for word in query.words):
        return False  # who holds an office is told by what names it
    if any(_is_asked_and_unsaid(word, item, query, base) for word in query.words):
        return False
    meant = is_meant(item, base)
    known = bool(evidence.hard_entities(query, base))
    if "given" in query.cues and not base.has_several and not _has_money(item, base):
        return False
    if "clock" in query.cues and (known or not meant) and not _tells_the_time(item, query, base):
        return False
    much = "amount" in query.cues and (query.named or known)
    by_how = base.has_several and "how" in query.cues and "amount" not in query.cues  # how to sort by date
    if ((query.dimensions and not by_how) or much) and not _gives_a_number(item, query, meant, base):
        return False
    if "amount" in query.cues and not query.dimensions and base.has_several and not _says_how_much(item, base):
        return False
    if not base.has_several and not query.cues & TOLD_OTHERWISE and _lacks_a_measure(item, query, base):
        return False
    alone = not base.has_several and not evidence.hard_entities(query, base)
    return not alone or "superlative" not in query.cues or _ranks(item, query)


def _tells_the_time(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether what is found says at what hour something is; "what time is it?" is asked of nothing that articles have."""
    of_something = evidence.hard_entities(query, base) or any(map(evidence.says_much, query.words))
    return bool(of_something) and any(nofigures.has_time_of_day(sentence.text) for sentence in item.sentences)


def _is_asked_and_unsaid(word: Word, item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a question asks which of its kind a thing is that no article speaks of: which university."""
    if not item.evidence.lacks(word) or not evidence.is_thing(word) or not word.concepts:
        return False
    if base.has_several or evidence.is_foreign(item.hit.passage, query, base):
        return False  # one of many articles may tell of it in other words
    return is_asked_which(word.surface, query.question) and not any(map(base.says, (word.terms[0], *word.concepts)))


def is_meant(item: PassageEvidence, base: Base) -> bool:
    """Whether, of many articles, a passage has nearly all of the words of a question."""
    return base.has_several and item.evidence.words >= evidence.MOSTLY


def _lacks_a_measure(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a measure that a question names, such as a price, is none that the passage speaks of."""
    passage, topics = base.passage_terms(item.hit.passage), base.topics_of(item.hit.passage)
    # where a thing is not named itself, what is told may be of its maker: the worth of that is no price of a model
    least = evidence.IN_PASSAGE if item.evidence.names < 1 else evidence.SYNONYM_IN_TOPICS
    return any(
        evidence.met(word, item.sentence.terms, passage, topics) <= least
        for word in query.words
        if evidence.says_much(word) and (word.surface.lower() in _measures() or evidence.is_qualifier(word))
    ) or any(item.evidence.lacks(word) and asks_for_a_figure(word) for word in query.words)


def is_measure(word: Word) -> bool:
    """Whether a word says what is measured, as the figures of a table do without it: a price."""
    return not _measures().isdisjoint({word.surface.lower(), word.terms[0]})


@cache
def _measures() -> frozenset[str]:
    """Words of what is measured; when and how long are asked for in other ways."""
    rows = [row for row in table("measures") if row["dimension"] not in TIMES]
    return frozenset(word for row in rows for word in (*cell(row["ko"]), *cell(row["en"])))


def _gives_a_number(item: PassageEvidence, query: Query, meant: bool, base: Base) -> bool:
    """Whether there is a number of the kind asked for, in digits or in words, exact or vague.

    Of what has figures it must be in the sentences found; of what has none, any number of the passage may be meant.
    """
    known_of = evidence.hard_entities(query, base) or query.named
    sentences = item.sentences if known_of else base.sentences(item.hit.passage)
    text = " ".join(sentence.in_both for sentence in sentences)
    known, given = units(), numbers.read(text)
    found = {known[quantity.unit].dimension for quantity in given if quantity.unit in known}
    if not known_of and query.dimensions == HOW_LONG and base.has_several:
        counted = (meant and "count" in found) or _times_a_row(item.sentence.text)  # 14 characters long
        return counted or "duration" in found or _is_vaguely_long(text) or _counts(item, query, base)
    if not known_of and query.dimensions == {"money"} and base.has_several:
        return "money" in found or any(word in text for word in _vague()) or _whens("often").search(text) is not None
    if not known_of and query.dimensions == {"count"} and base.has_several:
        return any(word in text for word in _vague()) or _counts_what_is_asked(text, query, base)
    if not known_of and meant and (periods.find(text, None) or given):
        return True
    if query.dimensions == HOW_LONG:
        return "duration" in found or _is_vaguely_long(text) or _counts(item, query, base)
    if not known_of and len(query.dimensions) != 1 and (periods.find(text, None) or given):
        return True
    dated = periods.spans(text, base.year)
    if not known_of and query.dimensions == {"date"} and base.has_several:
        return "duration" in found or _tells_when(text) or bool(dates.find(text, "1"))
    if not known_of and any(not one.unit and not one.is_within(dated) for one in given):
        return True
    vaguely = not query.dimensions or bool(query.dimensions & VAGUELY_TOLD)
    if (vaguely and any(word in text for word in _vague())) or ("date" in query.dimensions and periods.find(text, 1)):
        return True
    return bool(found & query.dimensions if query.dimensions else found)


def _times_a_row(text: str) -> bool:
    """Whether a row of a table has a bare number, and in another cell what it counts: trash.days | 30 | days kept."""
    cells = text.split(BETWEEN)
    numbered = [cell for cell in cells if any(one.unit is None for one in numbers.read(cell))]
    return bool(numbered) and any(_lengths_of_time().search(cell) for cell in cells if cell not in numbered)


@cache
def _lengths_of_time() -> re.Pattern[str]:
    names = [alias for row in table("units") if row["dimension"] == "duration" for alias in cell(row["aliases"])]
    latin, hangul = (either(n for n in names if n.isascii() is side and len(n) > 1) for side in (True, False))
    return re.compile(rf"(?<![A-Za-z])(?:{latin})|{hangul}", re.IGNORECASE)


def _has_money(item: PassageEvidence, base: Base) -> bool:
    """Whether a passage has an amount of money, by which one that a question gives can be told right or wrong."""
    text = " ".join(sentence.in_both for sentence in base.sentences(item.hit.passage))
    return "money" in dimensions(text)


def _counts_what_is_asked(text: str, query: Query, base: Base) -> bool:
    """Whether a text has a number that may count what a question does: people, where it asks how many people."""
    dated, asked = periods.spans(text, base.year), counters.asked(query.question)
    counts = (one for one in numbers.read(text) if one.unit in (None, "count") and not one.is_within(dated))
    if any(None in (asked, kind) or asked == kind for kind in (counters.counted(one, text) for one in counts)):
        return True
    words = re.findall(r"[a-z]+|[가-힣]+", text.lower())
    return any(numerals().get(word, 0) > 1 for word in words)  # three of them; "one" seldom counts


def _says_how_much(item: PassageEvidence, base: Base) -> bool:
    """Whether a passage has a number at all, in digits or in words, that is no part of a name."""
    sentences = base.sentences(item.hit.passage)
    text = " ".join(sentence.in_both for sentence in sentences)
    dated = periods.spans(text, base.year)
    if any(not quantity.is_within(dated) for quantity in numbers.read(text)):
        return True
    return any(word in text for word in _vague()) or _whens("often").search(text) is not None


def _tells_when(text: str) -> bool:
    """Whether a text says when or how often something is in words, or at what hour."""
    return nofigures.has_time_of_day(text) or any(_whens(kind).search(text) for kind in ("when", "often"))


@cache
def _whens(kind: str) -> re.Pattern[str]:
    """How texts say when without a date, or how often and how much without a number: on Mondays; 매주, for free."""
    rows = (row for row in table("whens") if row["kind"] == kind)
    forms = {row["language"]: "|".join(map(re.escape, cell(row["forms"]))) for row in rows}
    return re.compile(rf"{forms['ko']}|\b(?:{forms['en']})\b", re.IGNORECASE)


def _counts(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a figure counts what the question does: how many generations it is behind."""
    counted = (fact.metric for fact in base.by_passage[item.hit.passage] if units()[fact.unit].dimension == "count")
    counters = (base.names.metrics[name].counter(query.language) for name in counted)
    return any(counter and counter in query.question.lower() for counter in counters)


@cache
def _vague() -> tuple[str, ...]:
    """How texts give a number without one: 수억, hundreds of."""
    return tuple(row["words"] for row in table("vague"))


def _is_vaguely_long(text: str) -> bool:
    """Whether a text says for some years, which is not 수억 달러."""
    return any(not match["rest"] or is_particles(match["rest"]) for match in _vague_times().finditer(text))


@cache
def _vague_times() -> re.Pattern[str]:
    """How texts say how long without a number: 수년, several months."""
    spans = [alias for row in table("units") if row["dimension"] == "duration" for alias in cell(row["aliases"])]
    whole = [word for word in _vague() if word.endswith(tuple(spans))]
    few, of_time, itself = ("|".join(map(re.escape, words)) for words in (_vague(), spans, whole))
    return re.compile(rf"(?:(?:{few})\s*(?:{of_time})|{itself})(?P<rest>[가-힣]*)(?![a-z])")


def _lacks_a_person(item: PassageEvidence, base: Base) -> bool:
    """Whether none of the people that a knowledge base knows is named; where it knows none, anybody may be meant."""
    named = (term[1:] for term in item.sentence.terms if term.startswith("@"))
    known = base.names.of_kind("person")
    return bool(known) and not any(name in known for name in named)


def _ranks(item: PassageEvidence, query: Query) -> bool:
    """Whether the sentences found set something above or below the rest, by what the question measures it with."""
    if any(item.evidence.lacks(word) for word in query.words if evidence.is_thing(word)):
        return False
    return any(_degrees().search(sentence.in_both) for sentence in item.sentences)


@cache
def _degrees() -> re.Pattern[str]:
    forms = {row["language"]: "|".join(map(re.escape, cell(row["forms"]))) for row in table("degrees")}
    return re.compile(rf"{forms['ko']}|\b(?:{forms['en']})\b", re.IGNORECASE)
