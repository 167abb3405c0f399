"""Which facts a question sets side by side: of these entities, this metric, one period, one unit."""

from collections import Counter

from bot.answer import evidence
from bot.knowledge.base import Base
from bot.language import periods
from bot.phrases import say
from bot.schema import Fact, Query

WORD = 3  # letters of an English word that is hardly a scrap of another


def subjects(query: Query, base: Base) -> tuple[str, ...]:
    """The entities that a question sets side by side: those that it names, else the members of its groups."""
    named = [name for name in query.entity_ids if name not in query.causes]
    named = [name for name in named if base.names.entities[name].kind not in ("group", "document")]
    wanted = query.metric_ids
    with_facts = [name for name in named if _own(name, wanted, base)]
    hard = [name for name in named if base.names.entities[name].kind != "country"]
    if len(with_facts) > 1 or (len(hard) > 1):
        return tuple(name for name in named if name in with_facts or name in hard)
    return ()


def members(query: Query, base: Base) -> tuple[str, ...]:
    """Every entity of the groups that a question names (all, where it names none) that has the metric."""
    groups = {n for n in query.entity_ids if base.names.entities[n].kind in ("group", "country")}
    found = base.having(query.metric_ids, groups)
    return tuple(name for name in found if not evidence.is_left_out(name, query, base))


def _own(entity: str, metrics: tuple[str, ...], base: Base) -> list[Fact]:
    facts = [fact for fact in base.by_entity[entity] if fact.entity == entity]
    return [fact for fact in facts if not metrics or fact.metric in metrics]


def metric_of(query: Query, entities: tuple[str, ...], base: Base) -> str | None:
    """The metric that the question names and most of `entities` have; the first that they share, where it names none."""
    wanted = tuple(mention.id for mention in query.metrics if not mention.weak) or query.metric_ids
    counts = Counter(
        metric for name in entities for metric in dict.fromkeys(fact.metric for fact in _own(name, wanted, base))
    )
    candidates = wanted or sorted(counts, key=base.names.order.__getitem__)
    most = max(counts.values(), default=0)
    if not most or (most < 2 and not query.metrics):
        return None
    return next(metric for metric in candidates if counts[metric] == most)


def options(entity: str, metric: str | None, query: Query, base: Base) -> list[Fact]:
    """The facts of an entity that a question may mean, the newest first; of any metric where it is None."""
    facts = [
        fact
        for fact in base.by_entity[entity]
        if fact.entity == entity
        and (metric is None or fact.metric == metric)
        and evidence.period_fits(fact, query, base)
    ]
    if metric is None:
        facts.sort(key=lambda fact: base.names.order[fact.metric])
        return facts
    return sorted(facts, key=lambda fact: fact.as_of, reverse=True)


def side_by_side(choices: list[list[Fact]], query: Query) -> list[Fact]:
    """One fact from each list, all in one unit and of one period where there is such a choice."""
    if not choices or not all(choices):
        return []
    units = Counter(unit for facts in choices for unit in dict.fromkeys(fact.unit for fact in facts))
    asked = {query.unit, *(unit for _, unit in query.amounts)}  # "the trillion yuan fund" is taken in yuan
    best = max(units, key=lambda unit: (units[unit] == len(choices), unit in asked, units[unit]))  # the first of equals
    picked = [[fact for fact in facts if fact.unit == best] or facts for facts in choices]
    stamps = Counter(as_of for facts in picked for as_of in dict.fromkeys(fact.as_of for fact in facts))
    common = [as_of for as_of, count in stamps.items() if count == len(picked)]
    if common and len(query.periods) < 2:
        newest = max(common)
        picked = [[fact for fact in facts if fact.as_of == newest] for facts in picked]
    return [facts[0] for facts in picked]


def mixed_periods(facts: list[Fact], query: Query) -> list[str]:
    """The periods of figures of one metric that a question did not ask to mix."""
    stamps = sorted({fact.as_of for fact in facts if fact.as_of})
    years = {as_of[:4] for as_of in stamps}
    same_metric = len({fact.metric for fact in facts}) == 1
    if len(years) < 2 or not same_metric or len(query.periods) > 1:
        return []
    return [periods.write(as_of, query.language) for as_of in stamps]


def is_about(query: Query, metric: str, entities: tuple[str, ...], base: Base) -> bool:
    """Whether the question is about these figures, with no weighty word left over."""
    about = frozenset[str]().union(
        *(base.fact_terms(fact) for name in entities for fact in base.by_entity[name] if fact.metric == metric)
    )
    explained = evidence.explained(query.metrics)
    total = gained = 0.0
    for word in query.words:
        if not word.noun:
            continue
        share = evidence.weight(word, base)
        total += share
        if word.surface in explained or evidence.met(word, about, about) >= evidence.AS_SYNONYM:
            gained += share
        elif word.proper:
            return False
    return not total or gained / total >= evidence.MOSTLY


def names_another(query: Query, metric: str, base: Base, said: frozenset[str] = frozenset()) -> bool:
    """Whether a word is left over that may name what no article knows: 앤스로 기업 가치, what is X worth.

    That it is a part of a known name does not count: the whole of it would have been found. `said` are the terms of
    the sentence that a figure is of.
    """
    about = base.metric_terms(metric)
    explained = evidence.explained(query.metrics)
    return any(
        word.noun
        and (word.proper or not word.concepts)
        and evidence.says_much(word)
        and word.surface not in explained
        and evidence.met(word, about, about) < evidence.AS_SYNONYM
        and not (word.surface.isascii() and len(word.surface) >= WORD and word.terms[0] in said)
        for word in query.words
    )


def read_period(facts: list[Fact], query: Query, base: Base) -> tuple[str, ...]:
    """How a question was read that names no period, where the figures are given for several."""
    if query.periods or not facts[0].as_of:
        return ()
    others = {
        fact.as_of
        for chosen in facts
        for fact in base.matching(metrics=(chosen.metric,), entity=chosen.entity)
        if fact.entity == chosen.entity
    }
    if len(others) < 2 or len({fact.as_of for fact in facts}) > 1:
        return ()
    return (say("read_period", query.language, period=periods.write(facts[0].as_of, query.language)),)
