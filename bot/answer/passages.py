"""How well a passage fits a question, and which of its sentences say most of what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.answer.evidence import AS_SYNONYM, HARD, NO_TOPICS, SYNONYM_IN_TOPICS, Evidence, hard_entities, met, weight
from bot.answer.searching import hits, query_terms
from bot.knowledge.base import Base, Sentence, entity_term, metric_term
from bot.knowledge.names import SOFT_KINDS
from bot.language import periods
from bot.language.tables import cell, table
from bot.schema import Hit, Query

NEIGHBOUR = 0.35  # of the best sentence's score, to be quoted with it
NEW = 0.1  # of the best sentence's score: what a sentence beside it must say of the question, to be quoted with it
NAMED_TOO = 3.0  # what a thing that the question names weighs there
MOST_QUOTED = 3  # sentences
COVERAGE = 0.8  # of a passage's score, in several articles: for how many of the question's words it has
SENTENCE = 1.0  # what the best sentence's own score adds to the passage's
FENCE = "```"  # begins a passage of code
CODE = 0.5  # code shows how, and seldom says what was asked
HEADING = 0.2  # a heading names its subject and says nothing of it
FIGURED = 1.3  # a sentence with a number, where one is asked for, or with the metric that is named
ENUMERATING = 1.3  # a sentence that names several things, where a list is asked for
MANY = 3  # things that a sentence names, to be a list
GIVES_A_REASON = 1.2  # a passage that does, where one is asked for
DATED = 1.3  # a sentence with a date, where one is asked for


@dataclass(frozen=True)
class PassageEvidence:
    """A passage with its best sentence."""

    hit: Hit
    sentence: Sentence
    sentences: tuple[Sentence, ...]  # the best, and its neighbours that answer nearly as well
    evidence: Evidence


def passages(query: Query, base: Base, found: Iterable[Hit]) -> list[PassageEvidence]:
    """The passages that may answer a question, the best first, each with the sentence that does so best."""
    terms = query_terms(query, base)
    shares = [weight(word, base) for word in query.words]
    judged = [of_passage(hit, query, base, terms, shares) for hit in found]
    return sorted(judged, key=lambda item: -item.evidence.score)


@lru_cache(maxsize=8)  # whoever answers with one of them is asked whether there are others
def nearest(query: Query, base: Base) -> tuple[PassageEvidence, ...]:
    """`passages` of those that are nearest to a question."""
    return tuple(passages(query, base, hits(query, base)))


def of_passage(hit: Hit, query: Query, base: Base, terms: dict[str, float], shares: list[float]) -> PassageEvidence:
    """How well a passage answers a question, by its best sentence; `shares` are the weights of the question's words."""
    far, topics = base.passage_terms(hit.passage), base.topics_of(hit.passage)
    asked_by = NO_TOPICS if query.asks_for_a_number else topics
    every = base.sentences(hit.passage)
    scores = [_sentence_score(sentence, terms, base) for sentence in every]
    named = {metric_term(mention.id) for mention in query.named}
    scores = [
        score * (FIGURED if named & sentence.terms else 1.0) for score, sentence in zip(scores, every, strict=True)
    ]
    if query.dimensions or "amount" in query.cues:
        scores = [
            score * (FIGURED if any(map(str.isdigit, sentence.text)) else 1.0)
            for score, sentence in zip(scores, every, strict=True)
        ]
    if query.cues & {"list", "members"}:
        scores = [
            score * (ENUMERATING if _enumerates(sentence) else 1.0)
            for score, sentence in zip(scores, every, strict=True)
        ]
    score = max(scores)
    sentence = every[scores.index(score)]
    first, last = _around(sentence.number, every, scores, terms, base)
    total = gained = 0.0
    hard = hard_entities(query, base)
    for name in hard:
        total += HARD
        gained += HARD * _named(name, sentence.terms, far | topics, base)
    names = gained / total if total else 1.0
    word_total = word_gained = 0.0
    missing: list[str] = []
    said = {part for m in query.named if metric_term(m.id) in sentence.terms for part in m.surface.split()}
    for word, share in zip(query.words, shares, strict=True):
        credit = max(met(word, sentence.terms, far, asked_by), AS_SYNONYM if word.surface in said else 0.0)
        if "why" in query.cues and credit <= SYNONYM_IN_TOPICS:
            credit = 0.0  # what a passage may be looked up by is not yet what happened
        word_total += share
        word_gained += share * credit
        if not credit:
            missing.append(word.surface)
    words = word_gained / word_total if word_total else 1.0
    total_score = (hit.score + SENTENCE * score) * (0.5 + 0.5 * names)
    if len(base.documents) > 1:
        total_score *= 1 - COVERAGE + COVERAGE * words
    if base.passages[hit.passage].heading:
        total_score *= HEADING
    elif base.passages[hit.passage].text.startswith(FENCE):
        total_score *= CODE
    elif "why" in query.cues and gives_a_reason(base.passages[hit.passage].text):
        total_score *= GIVES_A_REASON
    elif "date" in query.cues and periods.find(f"{sentence.text} {sentence.translation or ''}", base.year):
        total_score *= DATED
    return PassageEvidence(hit, sentence, every[first : last + 1], Evidence(total_score, names, words, tuple(missing)))


def _enumerates(sentence: Sentence) -> bool:
    return sum(term.startswith("@") for term in sentence.terms) >= MANY or sentence.text.count(",") >= MANY - 1


@cache
def _reasons() -> tuple[str, ...]:
    return tuple(form for row in table("reasons") for form in cell(row["forms"]))


def gives_a_reason(text: str) -> bool:
    """Whether a text says why: because, 때문."""
    return any(form in text for form in _reasons())


def _around(
    best: int, every: tuple[Sentence, ...], scores: list[float], terms: dict[str, float], base: Base
) -> tuple[int, int]:
    """The first and the last sentence to quote: the best, and those beside it that answer nearly as well.

    Or that say of the question what the best does not: another thing that it names, another of its words.
    """
    weighed = {term: weight * (NAMED_TOO if term.startswith("@") else 1.0) for term, weight in terms.items()}
    price = NEW * scores[best]
    last_start = min(best, len(every) - 1)
    windows = [
        (first, last)
        for first in range(max(0, best - MOST_QUOTED + 1), last_start + 1)
        for last in range(best, min(len(every), first + MOST_QUOTED))
    ]

    def worth(window: tuple[int, int]) -> tuple[float, int, int]:
        first, last = window
        said = frozenset[str]().union(*(sentence.terms for sentence in every[first : last + 1]))
        nearly = sum(score >= NEIGHBOUR * scores[best] for score in scores[first : last + 1])
        length = last - first + 1
        return _weigh(said, weighed, base) - price * (length - 2 * nearly), -length, first

    return max(windows, key=worth)


def _weigh(found: Iterable[str], terms: dict[str, float], base: Base) -> float:
    """How much of a question some terms are."""
    return sum(terms[term] * base.retriever.idf(term) for term in sorted(terms.keys() & set(found)))


def _named(name: str, near: frozenset[str], far: frozenset[str], base: Base) -> float:
    """How well an entity is named: itself, or what it belongs to or is made of."""
    for terms, credit in ((near, 1.0), (far, 0.85)):
        if entity_term(name) in terms:
            return credit
    kin = {other for other in base.names.parts(name) if base.names.entities[other].kind not in SOFT_KINDS}
    return 0.6 if any(entity_term(other) in far for other in kin) else 0.0


def _sentence_score(sentence: Sentence, terms: dict[str, float], base: Base) -> float:
    """BM25 of a sentence, each of its terms counted once."""
    shared = sentence.terms.intersection(terms)
    length = 0.4 + 0.6 * len(sentence.terms_with_repeats) / base.sentence_length
    return sum(terms[term] * base.retriever.idf(term) * 1.9 / (1 + 0.9 * length) for term in sorted(shared))
