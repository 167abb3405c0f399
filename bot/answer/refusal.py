"""A question that the documents do not answer → what was not found, and what is known nearby."""

from dataclasses import replace

from bot.answer import evidence
from bot.answer.passages import nearest
from bot.knowledge.base import Base
from bot.knowledge.corpus import SECTION
from bot.language import periods
from bot.phrases import say
from bot.schema import Answer, Fact, Language, Query

NEARBY = 3
NEAR = 0.3  # of the words of a question
MOST = 2  # places that are named
SHORT = 4  # words of a measure's name, to be asked for in a sentence


def not_found(query: Query, base: Base) -> Answer:
    """Say so; name the words that were not found, and questions about the same things that are answered."""
    names = base.names
    language = query.language
    missing = list(dict.fromkeys(unknown_words(query, base)))
    claims = [say("not_found", language)]
    named = evidence.hard_entities(query, base)
    hard = named or evidence.soft_entities(query, base)
    metric = next((mention.id for mention in query.named), None)
    without = [name for name in hard if metric not in {fact.metric for fact in base.by_entity[name]}]
    found = list(missing)
    if missing:
        claims.append(say("missing_words", language, words=", ".join(missing)))
    elif query.periods and metric and _without_period(query, base):
        found.append(periods.write(query.periods[0], language))
        claims.append(say("missing_period", language, period=periods.write(query.periods[0], language)))
    elif metric and without:
        found.append(names.metrics[metric].name(language))
        claims.append(measure_missing(without[0], metric, language, base))
    known = nearby(query, base, hard, metric)
    if known and named and known[0].entity in (*named, *names.parts(named[0])):
        subject = names.entities[known[0].entity].name(language)
        # a figure needs its citation, and a refusal asserts nothing: only what is measured is named
        own = [fact for fact in known if fact.entity == known[0].entity]
        measures = ", ".join(dict.fromkeys(names.metrics[fact.metric].name(language) for fact in own))
        every = {fact.metric for fact in base.by_entity[known[0].entity] if fact.entity == known[0].entity}
        more = len(every) > len({fact.metric for fact in own})
        claims.append(say("known_among" if more else "known_of", language, entity=subject, facts=measures))
    if not known and (places := _places(query, base)):
        claims.append(say("stands_near", language, places=" · ".join(places)))
    return Answer(
        question=query.question,
        language=language,
        kind="not_found",
        text="\n".join(claims),
        reading="; ".join(query.reading) or None,
        not_found=tuple(dict.fromkeys(found)),
        suggestions=tuple(ask(fact, base, query) for fact in known),
    )


def _places(query: Query, base: Base) -> list[str]:
    """Where the passages stand, of many articles, that have some of a question's words."""
    if not base.has_several:
        return []
    near = [item.hit.passage for item in nearest(query, base) if query.words and item.evidence.words >= NEAR]
    found = (base.passages[name] for name in near)
    named = (
        SECTION.join(filter(None, (base.documents[one.document].name(query.language), one.section))) for one in found
    )
    return list(dict.fromkeys(named))[:MOST]


def measure_missing(entity: str, metric: str, language: Language, base: Base) -> str:
    """What is said where a measure of something is not given."""
    names = base.names
    return say(
        "missing_metric",
        language,
        entity=names.entities[entity].name(language),
        metric=names.metrics[metric].name(language),
    )


def unknown_words(query: Query, base: Base) -> list[str]:
    """The weighty words of a question that no passage has, under any name."""
    explained = evidence.explained(query.metrics)
    return [
        word.surface
        for word in query.words
        if word.surface not in explained
        and word.weight >= 0.6
        and (len(word.surface) > 1 or word.surface.isascii())
        and (word.name or evidence.is_unseen(word, base))
    ]


def _without_period(query: Query, base: Base) -> bool:
    """Whether the measure that is named is given of other periods than the one that is."""
    free = replace(query, periods=())
    named = {mention.id for mention in query.named}
    ever, then = (any(item.fact.metric in named for item in evidence.facts(one, base)) for one in (free, query))
    return ever and not then


def nearby(query: Query, base: Base, hard: tuple[str, ...], metric: str | None) -> list[Fact]:
    """Facts of the same entity, else of the same metric, one for each measure."""
    free = replace(query, periods=(), dimensions=frozenset())
    facts: list[Fact] = []
    for entity in hard[:2]:
        own = [fact for fact in base.by_entity[entity] if fact.entity == entity]
        facts += own or base.matching(within=entity)
    if not facts and metric:
        facts = base.matching(metrics=(metric,))
    if not facts:
        facts = [item.fact for item in evidence.facts(free, base)]
    seen: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        seen.setdefault((fact.entity, fact.metric), fact)
    return list(seen.values())[:NEARBY]


def ask(fact: Fact, base: Base, query: Query) -> str:
    """A question that a fact answers."""
    metric = base.names.metrics[fact.metric].name(query.language)
    phrase = "ask_figure_long" if len(metric.split()) > SHORT else "ask_figure"
    return say(phrase, query.language, entity=base.names.entities[fact.entity].name(query.language), metric=metric)
