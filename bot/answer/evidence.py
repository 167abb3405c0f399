"""How well a fact or a sentence fits a question: which of its words are met, and where.

Whether we speak is decided here, by what was matched, never by a retriever's score.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from bot.answer.words import is_put_together
from bot.knowledge.base import Base, Sentence, entity_term
from bot.knowledge.names import SOFT_KINDS
from bot.language import periods
from bot.language.tables import cell, table
from bot.language.units import units
from bot.schema import Fact, Hit, Mention, Query, Word

# What meeting a word is worth, by where it is met.
IN_METRIC, IN_SENTENCE, AS_SYNONYM, IN_PASSAGE, SYNONYM_IN_PASSAGE = 1.0, 0.95, 0.8, 0.55, 0.45
IN_TOPICS, SYNONYM_IN_TOPICS = 0.5, 0.4
NO_TERMS = frozenset[str]()
MOSTLY = 0.6  # of the weighty words: enough to say that a question is about something
UNASKED = 0.2  # what a time is held back by, where "how much" is asked: it may be meant, but seldom is
QUIET = 0.2  # the weight of a word that only asks or measures
QUALITY = 0.4  # what a verb or an adjective weighs beside a noun, where a figure is asked for
WORD = 2  # syllables of a noun that another is joined to
LITTLE = 0.25  # so little weight is no word at all
OUTSIDE = 0.3  # a fact of something outside of the group that the question names
PART = 0.5  # how much a fact of a part is about the whole that is named: an index of its one share
HARD, SOFT = 1.0, 0.35  # what naming an entity, or a country or a group, weighs beside the words


class Evidence(NamedTuple):
    """How well something fits a question.

    `names` is how well the entities are met (1: all), `words` how well the other weighty words are, `missing`
    are those that are not met at all.
    """

    score: float
    names: float
    words: float
    missing: tuple[str, ...]

    def lacks(self, word: Word) -> bool:
        """Whether a word is not met at all."""
        return word.surface in self.missing


class FactEvidence(NamedTuple):
    """A fact, and how well it answers."""

    fact: Fact
    evidence: Evidence


def weight(word: Word, base: Base) -> float:
    """How much a word of a question matters: more where it is rare, most where no passage has it."""
    idf = base.retriever.idf
    known = [idf(term) for term in word.terms[:1]] + [idf(concept) for concept in word.concepts]
    return word.weight * min(known) / base.weight_unknown if known else word.weight


def met(word: Word, near: frozenset[str], far: frozenset[str], topics: frozenset[str] = NO_TERMS) -> float:
    """How well a word is met by a sentence (`near`) in its passage (`far`), or by what that may be looked up by."""
    whole = 0.4 if word.phrase and all(terms.isdisjoint(word.concepts) for terms in (near, far, topics)) else 1.0
    if word.terms[0] in near:
        return IN_SENTENCE * whole
    if not near.isdisjoint(word.concepts) or is_in_two(word, near):
        return AS_SYNONYM
    if word.terms[0] in far:
        return IN_PASSAGE * whole
    if not far.isdisjoint(word.concepts):
        return SYNONYM_IN_PASSAGE
    if word.terms[0] in topics:
        return IN_TOPICS * whole
    if not topics.isdisjoint(word.concepts):
        return SYNONYM_IN_TOPICS
    parts = word.terms[1:]
    return 0.6 * IN_SENTENCE * sum(part in near for part in parts) / len(parts) if parts else 0.0


def is_in_two(word: Word, terms: frozenset[str]) -> bool:
    """Whether a Korean word that is joined of two stands among `terms` as these two: 안전 교육 for 안전교육."""
    whole, *parts = word.terms
    halves = ((one, whole.removeprefix(one)) for one in parts if whole.startswith(one) and not whole.isascii())
    return any(min(map(len, pair)) >= WORD and terms.issuperset(pair) for pair in halves)


def is_unseen(word: Word, base: Base) -> bool:
    """Whether no passage has a word, under any of its names; a name must be said, and not only looked up by."""
    terms = (word.terms[0], *word.concepts)
    if word.proper:
        return not any(map(base.says, terms))
    return all(base.retriever.idf(term) >= base.weight_unknown for term in terms)


def is_elsewhere(word: Word, base: Base) -> bool:
    """Whether a word is of a thing that the lexicon knows and no passage speaks of: of women, of salaries."""
    return is_thing(word) and bool(word.concepts) and is_unseen(word, base)


def is_foreign(passage_id: str, query: Query, base: Base) -> bool:
    """Whether a passage is in another language than the question, and has no translation."""
    passage = base.passages[passage_id]
    return base.documents[passage.document].language != query.language and not passage.translation


def says_much(word: Word) -> bool:
    """Whether a word does more than ask or measure."""
    return word.weight > QUIET


def is_thing(word: Word) -> bool:
    """Whether a word may be what a question is about, and no verb, nor how it asks."""
    return word.noun and says_much(word)


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset(word for row in table("qualifiers") for word in (*cell(row["ko"]), *cell(row["en"])))


def is_qualifier(word: Word) -> bool:
    """Whether a word makes another measure of the one beside it, or another's: its average, its rivals' sales."""
    return bool(_qualifiers() & {word.terms[0], word.surface.lower()})


def explained(mentions: Iterable[Mention]) -> set[str]:
    """The words of a question by which it names measures: they name nothing else."""
    return {part for mention in mentions for part in mention.surface.split()}


def qualifiers(query: Query) -> list[Word]:
    """The words of a question that qualify a measure, and name none themselves."""
    named = explained(query.metrics)
    return [word for word in query.words if is_qualifier(word) and word.surface not in named]


def is_said_by(fact: Fact, word: Word, base: Base) -> bool:
    """Whether a word is one of a fact's sentence, or means its measure."""
    about = base.fact_terms(fact)
    if word.terms[0] in about or word.terms[0] in base.sentence_of(fact).terms:
        return True
    return not about.isdisjoint(word.concepts)


def is_deed(word: Word, base: Base) -> bool:
    """Whether a word says what is done, as the lexicon has it."""
    return any(map(base.glossary.is_predicate, word.concepts))


def says_what(word: Word) -> bool:
    """Whether a word says what happened when: a thing, or a deed that the lexicon knows."""
    return says_much(word) and (word.noun or bool(word.concepts))


def hard_entities(query: Query, base: Base) -> tuple[str, ...]:
    """The entities that an answer must be about; what something came of is none where another is named."""
    named = named_things(query, base)
    return tuple(name for name in named if name not in query.causes) or named


def named_things(query: Query, base: Base) -> tuple[str, ...]:
    """The entities that an answer must speak of: countries and groups may be left unsaid."""
    return tuple(name for name in query.entity_ids if base.names.entities[name].kind not in SOFT_KINDS)


def soft_entities(query: Query, base: Base) -> tuple[str, ...]:
    return tuple(
        name
        for name in query.entity_ids
        if base.names.entities[name].kind in SOFT_KINDS and name not in _documents(base)
    )


def unmet_things(query: Query, base: Base) -> list[str]:
    """The things of a question that no passage has under any name, and no metric's words explain."""
    named = explained(query.metrics)
    return [
        word.surface
        for word in query.words
        if is_thing(word)
        and word.surface not in named
        and is_unseen(word, base)
        and not is_put_together(word.terms, base)
    ]


def groups(query: Query, base: Base) -> tuple[str, ...]:
    """The groups of a question that stand for something of their own, such as the AI tigers."""
    return tuple(name for name in query.entity_ids if base.names.entities[name].introduced)


def _documents(base: Base) -> set[str]:
    return set(base.names.of_kind("document"))


def facts(query: Query, base: Base, found: Iterable[Hit] = ()) -> list[FactEvidence]:
    """The facts that may answer a question, the best first."""
    candidates = {fact.id: fact for fact in base.about(query.entity_ids, query.metric_ids)}
    for hit in found:
        candidates |= {fact.id: fact for fact in base.by_passage[hit.passage]}
    judged = [FactEvidence(fact, evidence) for fact in candidates.values() if (evidence := of_fact(fact, query, base))]
    # the newest first among equals, then the order of the article
    judged.sort(key=lambda item: base.order[item.fact.passage])
    judged.sort(key=lambda item: item.fact.as_of, reverse=True)
    return sorted(judged, key=lambda item: -round(item.evidence.score, 3))


@dataclass(frozen=True)
class _Asked:
    """What every fact is judged by that may answer a question."""

    qualifiers: list[Word]
    shares: list[float]  # what each of its words weighs
    explained: dict[str, set[str]]  # a metric → the words that name it
    strengths: dict[str, float]  # of the metrics
    strongest: float


@lru_cache(maxsize=8)  # facts are judged for one question after the other, but for what is asked of its halves
def _asked(query: Query, base: Base) -> _Asked:
    strengths = {m.id: m.strength for m in query.metrics}
    return _Asked(
        qualifiers(query),
        [weight(word, base) * (1.0 if word.noun else QUALITY) for word in query.words],
        {m.id: set(m.surface.split()) for m in query.metrics},
        strengths,
        max(strengths.values(), default=0.0),
    )


def of_fact(fact: Fact, query: Query, base: Base) -> Evidence | None:
    """How well a fact answers a question; None where it is of another entity, period, measure or kind of figure."""
    if not _dimension_fits(fact, query) or not period_fits(fact, query, base):
        return None
    if is_left_out(fact.entity, query, base) or fact.entity in query.causes:
        return None
    asked = _asked(query, base)
    if fact.unit != "date" and any(not is_said_by(fact, word, base) for word in asked.qualifiers):
        return None
    sentence = base.sentence_of(fact)
    passage = base.passage_terms(fact.passage)
    total = gained = 0.0
    for name in query.entity_ids:
        credit = entity_credit(name, fact, base, sentence, passage)
        if credit is None:
            continue
        hard = base.names.entities[name].kind not in SOFT_KINDS
        if credit == 0.0 and (hard or base.names.entities[name].kind == "country"):
            return None
        share = HARD if hard else SOFT
        total += share
        gained += share * credit
    names = gained / total if total else 1.0
    own = asked.explained.get(fact.metric, ())
    about = base.fact_terms(fact)
    word_total = word_gained = 0.0
    missing: list[str] = []
    for word, share in zip(query.words, asked.shares, strict=True):
        credit = IN_METRIC if word.surface in own or word.terms[0] in about else met(word, sentence.terms, passage)
        if credit < AS_SYNONYM and not about.isdisjoint(word.concepts):
            credit = AS_SYNONYM
        word_total += share
        word_gained += share * credit
        if not credit:
            missing.append(word.surface)
    words = word_gained / word_total if word_total > LITTLE else 1.0
    metric = asked.strengths.get(fact.metric, 0.0) / asked.strongest if asked.strongest else 0.0
    coverage = (gained + word_gained) / (total + word_total) if total + word_total else 0.0
    unasked = UNASKED if "amount" in query.cues and not query.dimensions and _is_time(fact) else 0.0
    return Evidence(coverage + 0.5 * metric - unasked, names, words, tuple(missing))


def is_left_out(entity: str, query: Query, base: Base) -> bool:
    """Whether a question sets an entity aside, or what it belongs to."""
    return bool(query.left_out) and not {entity, *base.names.family(entity)}.isdisjoint(query.left_out)


def _is_time(fact: Fact) -> bool:
    return units()[fact.unit].dimension in ("duration", "date")


def entity_credit(name: str, fact: Fact, base: Base, sentence: Sentence, passage: frozenset[str]) -> float | None:
    """How much a fact is about an entity that the question names: 1 its subject, 0 not at all, None: no matter."""
    entity = base.names.entities[name]
    if name == fact.entity:
        return 1.0
    if entity.kind == "document":
        return None
    if name in base.names.family(fact.entity):
        return 0.85
    if name in fact.related or (entity.kind != "country" and any(name in base.names.family(o) for o in fact.related)):
        return 0.9  # the country of what a figure has to do with has nothing to do with it
    if entity.kind == "group":
        return OUTSIDE
    if fact.entity in base.names.family(name) and base.names.entities[fact.entity].kind not in SOFT_KINDS:
        return PART
    rival = base.names.entities[fact.entity].kind == entity.kind
    if rival:
        return 0.0
    if entity_term(name) in sentence.terms:
        return 0.5
    return 0.25 if entity_term(name) in passage else 0.0


def _dimension_fits(fact: Fact, query: Query) -> bool:
    dimension = units()[fact.unit].dimension
    if dimension == "count" and "duration" in query.cues and "count" not in query.cues:
        return fact.metric in {*query.hints, *query.metric_ids}  # generations behind, and not users
    if query.dimensions:
        return dimension in query.dimensions
    return not ("amount" in query.cues and dimension == "date")


def period_fits(fact: Fact, query: Query, base: Base) -> bool:
    """Whether a fact is of a period that the question names."""
    if not query.periods or fact.unit == "date":
        return True  # the period of a date is its value: a question that names another is told the right one
    for period in query.periods:
        year = period[:4] if not period.startswith("-") else ""
        if periods.matches(period, fact.as_of) or (not fact.as_of and year == str(base.year)):
            return True
        if year and len(period) == 4 and not fact.as_of and re.search(rf"(?<!\d){year}(?!\d)", fact.quote):
            return True
    return False
