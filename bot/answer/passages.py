"""How well a passage fits a question, and which of its sentences say most of what was asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from math import exp

from bot.answer.evidence import (
    AS_SYNONYM,
    HARD,
    IN_TOPICS,
    NO_TERMS,
    SYNONYM_IN_TOPICS,
    Evidence,
    met,
    named_things,
    says_much,
    weight,
)
from bot.answer.implied import IMPLIED, implied
from bot.answer.numbered import is_in_a_band, stands_in
from bot.answer.searching import hits, query_terms, said_near
from bot.answer.shapes import FENCE, dimensions, entries, gives_a_reason, is_list, is_table, only_lists, topic
from bot.knowledge.base import Base, Sentence, below_term, entity_term, metric_term
from bot.knowledge.names import SOFT_KINDS
from bot.language import dates, periods
from bot.language.sentences import asks
from bot.schema import Hit, Query

NEIGHBOUR = 0.35  # of the best sentence's score, to be quoted with it
NEW = 0.1  # of the best sentence's score: what a sentence beside it must say of the question, to be quoted with it
NAMED_TOO = 3.0  # what a thing that the question names weighs there
MOST_QUOTED = 3  # sentences
AROUND = 0.4  # how much, as a power, the headings above a passage add to its score, and its article: with all the words
COVERAGE = 0.8  # of a passage's score, in several articles: for how many of the question's words it has
SENTENCE = 1.0  # what the best sentence's own score adds to the passage's
COMMAND = 1.6  # code, and what stands before it, where a command is asked for
CODE = 0.5  # code shows how, and seldom says what was asked
HEADING = 0.2  # a heading names its subject and says nothing of it
ASKED = 0.5  # of the words of a question: a heading that has so many is of what is asked, and so is what is under it
NUMBERED = 2.0  # a sentence with the number that tells what is meant: exit code 3
QUESTION = 1.5  # a question that has nearly all of the words of the one that is asked: its answer follows it
FIGURED = 1.3  # a sentence with a number, where one is asked for, or with the metric that is named
PRICED = 1.1  # a passage with an amount of money, where it is not said what kind of number is asked for
ENUMERATING = 1.3  # a sentence that names several things, where a list is asked for
MANY = 3  # things that a sentence names, to be a list
GIVES_A_REASON = 1.2  # a passage that does, where one is asked for
LABELS = 0.3  # a table, or a list of what is so and so, tells no reason
ENTRY, TOPIC = 2.5, 1.5  # a sentence that is an entry of what is asked, or tells of it
NEARLY_ALL = 0.8  # of the words of a question
SAYS_WHAT = frozenset({"define", "who"})
FEW_WORDS = 2  # of a question that asks what or who something is
LISTING = frozenset({"list", "members"})
DATED = 1.3  # a sentence with a date, where one is asked for
TITLED = 1.3  # a passage under a title of the period that is asked of
OTHERWISE_DATED = 0.5  # a sentence of another quarter or month than the one that is asked of


@dataclass(frozen=True)
class PassageEvidence:
    """A passage with its best sentence."""

    hit: Hit
    sentence: Sentence
    evidence: Evidence
    around: Callable[[], tuple[Sentence, ...]]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The best, and its neighbours that answer nearly as well: found where the passage is one that may be quoted."""
        return self.around()


@dataclass(frozen=True)
class Asked:
    """What every passage is judged by that may answer a question."""

    terms: list[str]  # in their order, so that what they weigh is always added up alike
    worth: dict[str, float]  # what each of them weighs, times its idf
    worth_beside: dict[str, float]  # the same for a sentence beside the best
    shares: list[float]  # what each of the question's words weighs
    hard: dict[str, frozenset[str]]  # the index term of an entity that it is about → those of what belongs to that
    above: dict[str, str]  # the terms of titles and headings → what a text itself has
    metrics: dict[str, set[str]]  # the index term of a metric that it names → the words that name it
    numbered: bool  # whether a number is asked for
    priced: bool  # whether nothing is said of what kind it is to be: how much


def _asked(query: Query, base: Base) -> Asked:
    weights = query_terms(query, base)
    metrics: dict[str, set[str]] = {}
    for mention in query.named:
        metrics.setdefault(metric_term(mention.id), set()).update(mention.surface.split())
    return Asked(
        sorted(weights),
        {term: weight * base.retriever.idf(term) for term, weight in weights.items()},
        {
            term: weight * (NAMED_TOO if term.startswith("@") else 1.0) * base.retriever.idf(term)
            for term, weight in weights.items()
        },
        [weight(word, base) for word in query.words],
        {entity_term(name): _kin(name, base) for name in named_things(query, base)},
        {term: below for term in weights if (below := below_term(term)) != term},
        metrics,
        bool(query.dimensions or "amount" in query.cues),
        "amount" in query.cues and not query.dimensions and base.has_several,
    )


def passages(query: Query, base: Base, found: Iterable[Hit]) -> list[PassageEvidence]:
    """The passages that may answer a question, the best first, each with the sentence that does so best."""
    asked = _asked(query, base)
    judged = [_told(of_passage(hit, query, base, asked), query, base, asked) for hit in found]
    best: dict[str, PassageEvidence] = {}
    for item in sorted(judged, key=lambda item: -item.evidence.score):
        best.setdefault(item.hit.passage, item)
    return list(best.values())


def _told(item: PassageEvidence, query: Query, base: Base, asked: Asked) -> PassageEvidence:
    """What stands right beneath a heading of many articles', in its place, where it has half of what is asked."""
    heading = base.passages[item.hit.passage]
    if not heading.heading or not base.has_several or item.evidence.words < ASKED:
        return item
    beneath = next((name for name in base.near(heading.id, 0, 1)[1:] if not base.passages[name].heading), None)
    if beneath is None or ("why" in query.cues and only_lists(base.passages[beneath].text)):
        return item
    below = of_passage(item.hit._replace(passage=beneath), query, base, asked)
    own, more = item.evidence, below.evidence
    missing = tuple(word for word in own.missing if word in more.missing)
    score = max(own.score / HEADING, more.score)
    found = Evidence(score, max(own.names, more.names), max(own.words, more.words), missing)
    return replace(below, evidence=found)


@lru_cache(maxsize=8)  # whoever answers with one of them is asked whether there are others
def nearest(query: Query, base: Base) -> tuple[PassageEvidence, ...]:
    """`passages` of those that are nearest to a question."""
    return tuple(passages(query, base, hits(query, base)))


def of_passage(hit: Hit, query: Query, base: Base, asked: Asked) -> PassageEvidence:
    """How well a passage answers a question, by its best sentence."""
    far, topics = base.passage_terms(hit.passage), base.topics_of(hit.passage)
    # what stands above a passage is not asked for again: the search has met it
    above = frozenset(asked.above[term] for term in hit.matched & asked.above.keys()) if base.has_several else NO_TERMS
    asked_by = above if query.asks_for_a_number else topics | above if above else topics
    every, text = base.sentences(hit.passage), base.passages[hit.passage].text
    columns = NO_TERMS
    if base.has_several and is_table(text):
        # a row is read with the names of its columns, and is of what the table stands under
        columns = every[0].terms | asked_by.intersection(base.terms_above(hit.passage))
    shared = [
        [term for term in asked.terms if term in sentence.terms or (term in columns and sentence.number)]
        for sentence in every
    ]
    scores = [_sentence_score(sentence, own, query, base, asked) for sentence, own in zip(every, shared, strict=True)]
    score = max(scores)
    sentence = every[scores.index(score)]
    total = gained = 0.0
    for name, kin in asked.hard.items():
        total += HARD
        gained += HARD * _named(name, kin, sentence.terms, far, topics)
    names = gained / total if total else 1.0
    word_total = word_gained = 0.0
    missing: list[str] = []
    in_lines = "\n" in text  # a list or a table, whose lines are of different things
    items = base.has_several and is_list(text)
    near = sentence.terms | columns if columns else sentence.terms
    said = {part for term, parts in asked.metrics.items() if term in sentence.terms for part in parts}
    for word, share in zip(query.words, asked.shares, strict=True):
        around = sentence.terms if items or (word.number and in_lines) else far
        credit = max(met(word, near, around, asked_by), AS_SYNONYM if word.surface in said else 0.0)
        if word.number and credit > IN_TOPICS and not stands_in(word, sentence.in_both if in_lines else text):
            credit = 0.0
        if not credit and word.number and is_table(text) and is_in_a_band(Decimal(word.surface), text):
            credit = AS_SYNONYM
        if credit < IMPLIED:
            credit = max(credit, implied(word, sentence, base))
        if "why" in query.cues and credit <= SYNONYM_IN_TOPICS:
            credit = 0.0  # what a passage may be looked up by is not yet what happened
        word_total += share
        word_gained += share * credit
        if not credit:
            missing.append(word.surface)
    words = word_gained / word_total if word_total else 1.0
    total_score = (hit.score + SENTENCE * score) * (0.5 + 0.5 * names)
    if base.has_several:
        article = said_near(base.passages[hit.passage].document, query, base)
        around_it = _share(above, query, asked) + _share(article, query, asked)
        total_score *= (1 - COVERAGE + COVERAGE * words) * exp(AROUND * around_it)
    if query.periods and base.has_several and _is_titled(hit.passage, query.periods, base):
        total_score *= TITLED
    if asked.priced and "money" in dimensions(sentence.in_both):
        total_score *= PRICED
    passage = base.passages[hit.passage]
    if passage.heading:
        total_score *= HEADING
    elif "command" in query.cues and base.has_several:
        total_score *= COMMAND if code_at(hit.passage, base) else 1.0
    elif passage.text.startswith(FENCE):
        total_score *= CODE
    elif "why" in query.cues and gives_a_reason(passage.text):
        total_score *= GIVES_A_REASON
    elif "why" in query.cues and base.has_several and only_lists(passage.text):
        total_score *= LABELS
    elif base.has_several and words >= NEARLY_ALL and asks(sentence.text):
        total_score *= QUESTION
    elif query.cues & SAYS_WHAT and base.has_several:
        total_score *= _definition(sentence.text, query)
    elif "date" in query.cues and periods.find(sentence.in_both, base.year):
        total_score *= DATED
    neighbours = partial(_around, sentence.number, every, shared, scores, asked)
    return PassageEvidence(hit, sentence, Evidence(total_score, names, words, tuple(missing)), neighbours)


@lru_cache(1024)  # sentences, which are looked at for many questions
def _of_periods(text: str, wanted: tuple[str, ...]) -> float:
    """What a sentence is worth by the parts of years that it tells of: less where they are others than those wanted."""
    said = [dated.period for dated in dates.find(text, "") if not dated.compared and "-" in dated.period]
    if any(periods.matches(period, one) for period in wanted for one in said):
        return DATED
    return OTHERWISE_DATED if said and all("-" in period for period in wanted) else 1.0


def _is_titled(passage_id: str, wanted: tuple[str, ...], base: Base) -> bool:
    """Whether the title or a heading that a passage stands under names a period of a question."""
    said = periods_above(passage_id, base)
    return any(periods.matches(period, one) for period in wanted for one in said)


def periods_above(passage_id: str, base: Base) -> frozenset[str]:
    """The periods of what a passage stands under: its title, its headings."""
    passage = base.passages[passage_id]
    return _periods_of(f"{base.documents[passage.document].title}\n{passage.section}")


@lru_cache(1024)
def _periods_of(titles: str) -> frozenset[str]:
    return frozenset((*(dated.period for dated in dates.find(titles, "")), *periods.find(titles, None)))


def _enumerates(sentence: Sentence) -> bool:
    return sentence.things >= MANY or sentence.text.count(",") >= MANY - 1


def _definition(text: str, query: Query) -> float:
    """What a sentence is worth by what it says the meaning or the name of, where a question asks for no more than that."""
    if not query.cues & SAYS_WHAT or sum(map(says_much, query.words)) > FEW_WORDS:
        return 1.0
    surfaces = [word.surface.lower() for word in query.words]
    terms = {*surfaces, "".join(surfaces)}
    return ENTRY if entries(text) & terms else TOPIC if topic(text) & terms and "define" in query.cues else 1.0


def code_at(passage_id: str, base: Base) -> str | None:
    """The code that a passage is, or that stands right after it in its section."""
    here = base.passages[passage_id]
    near = (base.passages[name] for name in base.near(passage_id, 0, 1))
    return next((other.id for other in near if other.text.startswith(FENCE) and other.section == here.section), None)


def _around(
    best: int, every: tuple[Sentence, ...], shared: list[list[str]], scores: list[float], asked: Asked
) -> tuple[Sentence, ...]:
    """The sentences to quote: the best, and those beside it that answer nearly as well.

    Or that say of the question what the best does not: another thing that it names, another of its words.
    """
    price = NEW * scores[best]
    last_start = min(best, len(every) - 1)
    windows = [
        (first, last)
        for first in range(max(0, best - MOST_QUOTED + 1), last_start + 1)
        for last in range(best, min(len(every), first + MOST_QUOTED))
    ]

    def worth(window: tuple[int, int]) -> tuple[float, int, int]:
        first, last = window
        said = {term for own in shared[first : last + 1] for term in own}
        nearly = sum(score >= NEIGHBOUR * scores[best] for score in scores[first : last + 1])
        length = last - first + 1
        worths = [asked.worth_beside[term] for term in asked.terms if term in said]
        return sum(worths) - price * (length - 2 * nearly), -length, first

    first, last = max(windows, key=worth)
    return every[first : last + 1]


def _share(terms: frozenset[str], query: Query, asked: Asked) -> float:
    """How much of a question some terms have, under any of its words' names."""
    pairs = zip(query.words, asked.shares, strict=True)
    met = sum(share for word, share in pairs if word.terms[0] in terms or not terms.isdisjoint(word.concepts))
    return met / (sum(asked.shares) or 1.0)


def _kin(name: str, base: Base) -> frozenset[str]:
    known = base.names.entities
    return frozenset(entity_term(other) for other in base.names.parts(name) if known[other].kind not in SOFT_KINDS)


def _named(
    entity: str, kin: frozenset[str], near: frozenset[str], far: frozenset[str], topics: frozenset[str]
) -> float:
    """How well an entity is named, by its index term: itself, or what it belongs to or is made of."""
    if entity in near:
        return 1.0
    if entity in far or entity in topics:
        return 0.85
    return 0.0 if kin.isdisjoint(far) and kin.isdisjoint(topics) else 0.6


def _sentence_score(sentence: Sentence, shared: list[str], query: Query, base: Base, asked: Asked) -> float:
    """BM25 of a sentence by the terms that it shares with a question, each counted once; more for what it must hold."""
    length = 0.4 + 0.6 * len(sentence.terms_with_repeats) / base.sentence_length
    score = sum([asked.worth[term] * 1.9 / (1 + 0.9 * length) for term in shared])
    if not sentence.terms.isdisjoint(asked.metrics):
        score *= FIGURED
    if asked.numbered and sentence.has_digits:
        score *= FIGURED
    if query.periods and base.has_several and sentence.has_digits:
        score *= _of_periods(sentence.in_both, query.periods)
    if query.cues & LISTING and _enumerates(sentence):
        score *= ENUMERATING
    if any(word.number and stands_in(word, sentence.in_both) for word in query.words):
        score *= NUMBERED
    return score
