"""Which is more, which is most → the winner with all figures compared, or why none can be named."""

from dataclasses import replace
from functools import cmp_to_key
from itertools import pairwise

from bot.answer import choosing, evidence
from bot.answer.figure import RANKS
from bot.answer.intervals import above, interval
from bot.answer.operands import is_sound, is_stated, operands
from bot.answer.refusal import not_found
from bot.answer.wording import Citations, as_of, capital, compose, notes, row, together, value
from bot.knowledge.base import Base, entity_term
from bot.language.units import comparatives, units
from bot.phrases import say
from bot.schema import Answer, Fact, Query

PAIR = 2


def comparison(query: Query, base: Base) -> Answer | None:
    """A ranking of what the question sets side by side, or None where it sets no figures so."""
    if not query.cues & (RANKS | {"compare"}) or query.cues & {"why", "how"} or query.threshold:
        return None  # "more than 100,000" is a bound, and compares nothing
    if query.cues & {"ratio", "share"} and is_stated(query, base):
        return None
    entities = choosing.subjects(query, base)
    if not entities and query.metrics and not evidence.hard_entities(query, base):
        query = replace(query, metrics=query.metrics[:1])  # what else is named only tells it more closely
        if query.cues & RANKS or query.named:
            entities = choosing.members(query, base)
    if years := of_periods(query, base):
        return rank(years, [], query, base)
    if "compare" in query.cues and (unlike := of_unlike(query, base)):
        return rank(unlike, [], query, base)
    metric = choosing.metric_of(query, entities, base)
    if len(entities) < 2 or metric is None or not choosing.is_about(query, metric, entities, base):
        return None
    choices = {name: choosing.options(name, metric, query, base) for name in entities}
    known = [name for name in entities if choices[name]]
    facts = choosing.side_by_side([choices[name] for name in known], query)
    if len(facts) == 1 and query.metrics and not _covers(facts[0], entities, base):
        return not_found(query, base)  # one figure decides nothing
    if len(facts) < 2 or len({fact.unit for fact in facts}) > 1:
        return None
    return rank(facts, [name for name in entities if not choices[name]], query, base)


def _covers(fact: Fact, entities: tuple[str, ...], base: Base) -> bool:
    """Whether one figure is itself about all of these: the lag of one behind the other."""
    about = {fact.entity, *fact.related} | base.names.family(fact.entity) | base.names.parts(fact.entity)
    said = base.sentence_of(fact).terms  # the one who said it
    return all(name in about or entity_term(name) in said for name in entities)


def of_periods(query: Query, base: Base) -> list[Fact]:
    """The figures of one entity for the two periods that a question sets side by side."""
    own = [
        n for n in query.entity_ids if any(f.entity == n and f.metric in query.metric_ids for f in base.by_entity[n])
    ]
    if len(query.periods) != PAIR or len(own) != 1:
        return []
    for metric in query.metric_ids:
        found = [choosing.options(own[0], metric, replace(query, periods=(period,)), base) for period in query.periods]
        if all(found):
            return [facts[0] for facts in found]
    return []


def of_unlike(query: Query, base: Base) -> list[Fact]:
    """The amounts of two things that have no measure in common: a fund's size and the venture capital of a quarter."""
    facts = operands("ratio", query, base)
    unlike = len({fact.metric for fact in facts}) == PAIR == len({fact.entity for fact in facts})
    return facts if unlike and len({fact.unit for fact in facts}) == 1 and is_sound("ratio", facts, query, base) else []


def rank(facts: list[Fact], without: list[str], query: Query, base: Base) -> Answer:
    """Order figures of one metric and one unit, and say whether the order is certain."""
    low = "rank_low" in query.cues
    facts = sorted(facts, key=cmp_to_key(_order), reverse=not low)
    first, rest = facts[0], facts[1:]
    certain = all(_ahead(first, other, low) for other in rest)
    language = query.language
    metric = base.names.metrics[first.metric].name(language)
    citations = Citations(base, language)
    every = {fact.id: _places(fact, base) for fact in facts}
    names = [base.names.entities[fact.entity].name(language) for fact in facts]
    if len(set(names)) == 1:  # one thing at several times
        names = [f"{name}{as_of(fact, query)}" for name, fact in zip(names, facts, strict=True)]
    marks = citations.marks(every[first.id])
    slots = {"winner": names[0], "metric": metric, "value": value(first, base, query, named=True), "marks": marks}
    slots |= comparatives(units()[first.unit].dimension, "low" if low else "high", language)
    claims: list[str] = []
    doubtful: list[str] = []
    if certain:
        claims.append(say("winner_of_two" if len(facts) == PAIR else "winner", language, **slots))
    elif all(interval(fact) == interval(first) and interval(first).point for fact in rest):
        claims.append(
            say("equal", language, names=together(names, language), metric=metric, value=slots["value"], marks=marks)
        )
    else:
        doubtful = [names[0]] + [
            name for name, other in zip(names[1:], rest, strict=True)
            if not _ahead(first, other, low)
        ]  # fmt: skip
        found = interval(first)
        reached = (found.high if low else found.low) is not None
        if first.unit != "date" and reached:  # "under 4 billion" is no highest figure, and a year is no latest date
            claims.append(say("leading", language, **slots))
        claims.append(say("undecided", language, names=together(doubtful, language), why=say("overlap", language)))
    claims += [f"- {row(fact, base, query, citations)}" for fact in facts]
    for pair in _undecided_below(rest, low, names[1:]):
        if not set(pair) <= set(doubtful):
            claims.append(say("undecided", language, names=together(pair, language), why=say("overlap", language)))
    if without:
        absent = together([base.names.entities[name].name(language) for name in without], language)
        claims.append(say("without_figure", language, names=absent, metric=metric))
    claims += notes(facts, query)
    reading = choosing.read_period(facts, query, base)
    return compose(query, "comparison", [capital(claims[0]), *claims[1:]], citations, facts, reading=reading)


def _ahead(one: Fact, other: Fact, low: bool) -> bool:
    """Whether it is certain that one figure comes before another, the lowest first or the highest."""
    return above(other, one) if low else above(one, other)


def _undecided_below(facts: list[Fact], low: bool, names: list[str]) -> list[list[str]]:
    """The pairs of neighbours, behind the first, whose order the figures do not decide."""
    return [
        list(both)
        for (one, other), both in zip(pairwise(facts), pairwise(names), strict=True)
        if not _ahead(one, other, low) and not (interval(one) == interval(other) and interval(one).point)
    ]


def _order(a: Fact, b: Fact) -> int:
    """Certain order where there is one, else by the highest figure stated, then by the lowest."""
    if above(a, b):
        return 1
    if above(b, a):
        return -1
    first, second = _stated(a), _stated(b)
    return (first > second) - (first < second)


def _stated(fact: Fact) -> tuple[object, object]:
    found = interval(fact)
    top = found.high if found.high is not None else found.low
    return (top, found.low if found.low is not None else top)


def _places(fact: Fact, base: Base) -> list[Fact]:
    return [other for other in base.by_entity[fact.entity] if other.same_figure == fact.same_figure]
