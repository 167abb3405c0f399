"""All of something → a table of cited figures."""

from dataclasses import replace
from decimal import Decimal

from bot.answer import choosing, evidence, searching
from bot.answer.figure import RANKS, state
from bot.answer.intervals import interval
from bot.answer.quoting import quote_from
from bot.answer.searching import query_terms
from bot.answer.wording import Citations, bounds, compose, grouped, notes, row, together
from bot.knowledge.base import Base, Sentence, entity_term
from bot.knowledge.names import SOFT_KINDS
from bot.language.units import units
from bot.phrases import say
from bot.schema import Answer, Fact, Mention, Query

MOST = 30  # rows
NEARLY = 0.9  # of what the best named measure is worth
LISTS = {"list", "who", "which", "compare"}


def listing(query: Query, base: Base) -> Answer | None:
    """The figures that a question lists, or None where it lists none."""
    if query.cues & {"why", "how", "factor", "person"}:
        return None
    facts = listed(query, base)
    if facts is None:
        return members(query, base)
    if not facts:
        return Answer(
            question=query.question, language=query.language, kind="not_found", text=say("none_within", query.language)
        )
    if query.cues & RANKS and len({fact.entity for fact in facts}) == 1:
        return state(facts, query, base)
    citations = Citations(base, query.language)
    found = grouped(facts)
    groups = found[:MOST]
    claims = [f"- {row(group[0], base, query, citations)}" for group in groups]
    if len(found) > MOST:
        claims.append(say("not_listed", query.language, count=len(found) - MOST))
    shown = [group[0] for group in groups]
    if not query.threshold and (absent := _without(found, query, base)):
        claims.append(absent)
    return compose(query, "list", [*claims, *notes(shown, query)], citations, shown)


def _without(found: list[list[Fact]], query: Query, base: Base) -> str | None:
    """What is said of those that a question names beside others, and that nothing listed is of, or has to do with."""
    facts = [fact for group in found for fact in group]
    about = {name for fact in facts for name in (fact.entity, *fact.related, *base.names.family(fact.entity))}
    absent = [name for name in choosing.subjects(query, base) if about.isdisjoint({name, *base.names.parts(name)})]
    if not absent:
        return None
    names = together([base.names.entities[name].name(query.language) for name in absent], query.language)
    metric = base.names.metrics[facts[0].metric].name(query.language)
    return say("without_figure", query.language, names=names, metric=metric)


def members(query: Query, base: Base) -> Answer | None:
    """The sentence that names most of what belongs to something: the models of a family, the chips of a maker."""
    if not query.cues & {"members", "list"} or query.metrics or query.dimensions:
        return None
    if len(evidence.hard_entities(query, base)) != 1:
        return None
    best: tuple[int, float, Sentence] | None = None
    for owner in query.entity_ids:
        parts = {entity_term(name) for name in base.names.parts(owner)}
        if base.names.entities[owner].kind in SOFT_KINDS or len(parts) < 2:
            continue
        terms = query_terms(query, base)
        for hit in base.retriever.search({**terms, **dict.fromkeys(sorted(parts), 1.0)}, searching.PASSAGES):
            for sentence in base.sentences(hit.passage):
                named = len(parts & sentence.terms)
                if named > 1 and (best is None or (named, hit.score) > best[:2]):
                    best = (named, hit.score, sentence)
    if best is None:
        return None
    citations = Citations(base, query.language)
    claim = quote_from(best[2].passage, _around(best[2], query, base), query, base, citations)
    return compose(query, "list", [claim], citations)


def _around(sentence: Sentence, query: Query, base: Base) -> list[Sentence]:
    """A sentence and those right after it that go on with the list."""
    parts = {entity_term(name) for owner in query.entity_ids for name in base.names.parts(owner)}
    chosen = [sentence]
    for other in base.sentences(sentence.passage)[sentence.number + 1 :]:
        if not parts & other.terms:
            break
        chosen.append(other)
    return chosen


def listed(query: Query, base: Base) -> list[Fact] | None:
    """The facts of a list: of several entities, of a group, of all that have the metric, or all of one entity.

    Returns:
        None where no list is asked for; an empty list where nothing keeps the bound that is asked for.
    """
    hard = evidence.hard_entities(query, base)
    grouped_by = any(base.names.entities[name].kind == "group" for name in query.entity_ids)
    if query.threshold and not query.metrics and not hard and (grouped_by or query.cues & LISTS):
        query = _with_metric_of_threshold(query, base)
    if query.metrics:
        query = _with_strongest(query)
        entities = choosing.subjects(query, base)
        if not entities and not hard:
            named = [n for n in query.entity_ids if base.names.entities[n].kind == "country"]
            own = [
                n for n in named if any(f.entity == n and f.metric in query.metric_ids[:1] for f in base.by_entity[n])
            ]
            if not own or "list" in query.cues or query.threshold:
                entities = choosing.members(query, base)
        if hard and (query.threshold or any(not choosing.options(name, None, query, base) for name in hard)):
            return None
        metric = choosing.metric_of(query, entities, base)
        if len(entities) < 2 or metric is None:
            return None
        if not query.threshold and not choosing.is_about(query, metric, entities, base):
            return None
        if not query.entities and "list" not in query.cues and choosing.names_another(query, metric, base):
            return None
        if "who" in query.cues and not query.cues & (RANKS | {"list"}) and not query.threshold:
            return None  # not whose figures these are, but who did something: who paid the cost
        several = len(choosing.subjects(query, base)) > 1
        if not (query.threshold or "list" in query.cues or grouped_by or hard or several or not query.entities):
            return None
        found = [fact for name in entities for fact in choosing.options(name, metric, query, base)]
        if query.dimensions:
            found = [fact for fact in found if units()[fact.unit].dimension in query.dimensions]
        kept = [fact for fact in found if _within(fact, query)]
        if not kept and not query.threshold:
            return None
        units_first = list(dict.fromkeys(fact.unit for fact in kept))  # amounts in other units are no smaller or larger
        return sorted(kept, key=lambda fact: (units_first.index(fact.unit), -_top(fact)))
    if len(hard) == 1 and "list" in query.cues and "members" not in query.cues and not query.words:
        return choosing.options(hard[0], None, query, base) or None
    return None


def _with_strongest(query: Query) -> Query:
    """`query` with those of its measures alone that its words say nearly as well as any."""
    most = max(mention.strength for mention in query.metrics)
    return replace(query, metrics=tuple(m for m in query.metrics if m.strength >= NEARLY * most))


def _with_metric_of_threshold(query: Query, base: Base) -> Query:
    """`query` with the first metric that has figures in the unit of its bound."""
    assert query.threshold is not None
    _, _, unit = query.threshold
    for metric in base.names.metrics:
        if unit in base.units_of(metric) and choosing.members(
            replace(query, metrics=(Mention(id=metric, surface=""),)), base
        ):
            return replace(query, metrics=(Mention(id=metric, surface=""),), words=())
    return query


def _within(fact: Fact, query: Query) -> bool:
    """Whether a fact keeps the bound of the question for certain."""
    if not query.threshold:
        money = units()[fact.unit].dimension == "money"
        return query.unit is None or fact.unit == query.unit or not money
    side, bound, unit = query.threshold
    found = interval(fact)
    if fact.unit != unit:
        return False
    if side in ("over", "at_least"):
        return found.low is not None and (
            found.low > bound
            or (side == "at_least" and found.low == bound and not found.about)
            or (fact.hedge == "over" and found.low >= bound)
        )
    return found.high is not None and (
        found.high < bound
        or (side == "up_to" and found.high == bound and not found.about)
        or (fact.hedge == "under" and found.high <= bound)
    )


def _top(fact: Fact) -> Decimal:
    return bounds(fact)[1]
