"""All of something → a table of cited figures."""

from decimal import Decimal

from bot.answer import choosing, evidence
from bot.answer.comparison import _is_about
from bot.answer.intervals import interval
from bot.answer.wording import Citations, bounds, compose, grouped, notes, row
from bot.knowledge.base import Base
from bot.schema import Answer, Fact, Query

MOST = 30  # rows


def listing(query: Query, base: Base) -> Answer | None:
    """The figures that a question lists, or None where it lists none."""
    if query.cues & {"why", "how", "person"}:
        return None
    facts = listed(query, base)
    if not facts:
        return None
    citations = Citations(base, query.language)
    groups = grouped(facts)[:MOST]
    claims = [f"- {row(group[0], base, query, citations)}" for group in groups]
    shown = [group[0] for group in groups]
    return compose(query, "list", [*claims, *notes(shown, query)], citations, shown)


def listed(query: Query, base: Base) -> list[Fact]:
    """The facts of a list: of several entities, of a group, of all that have the metric, or all of one entity."""
    hard = evidence.hard_entities(query, base)
    if query.threshold and not query.metrics and not hard and query.cues & {"list", "who", "which", "compare"}:
        query = _with_metric_of_threshold(query, base)
    if query.metrics:
        entities = choosing.subjects(query, base)
        if not entities and not hard:
            named = [n for n in query.entity_ids if base.names.entities[n].kind == "country"]
            own = [n for n in named if any(f.entity == n for m in query.metric_ids[:1] for f in base.by_metric[m])]
            if not own or "list" in query.cues or query.threshold:
                entities = choosing.members(query, base)
        if hard and (query.threshold or any(not choosing.options(name, None, query, base) for name in hard)):
            return []
        metric = choosing.metric_of(query, entities, base)
        if len(entities) < 2 or metric is None or not _is_about(query, metric, entities, base):
            return []
        grouped_by = any(base.names.entities[name].kind == "group" for name in query.entity_ids)
        if not (query.threshold or "list" in query.cues or grouped_by or hard or not query.entities):
            return []
        found = [fact for name in entities for fact in choosing.options(name, metric, query, base)]
        kept = [fact for fact in found if _within(fact, query)]
        return sorted(kept, key=lambda fact: -_top(fact))
    if len(hard) == 1 and "list" in query.cues and not query.words:
        return choosing.options(hard[0], None, query, base)
    return []


def _with_metric_of_threshold(query: Query, base: Base) -> Query:
    """`query` with the first metric that has figures in the unit of its bound."""
    assert query.threshold is not None
    _, _, unit = query.threshold
    from bot.schema import Mention

    for metric in base.names.metrics:
        if any(fact.unit == unit for fact in base.by_metric[metric]) and choosing.members(
            query.model_copy(update={"metrics": (Mention(id=metric, surface=""),)}), base
        ):
            return query.model_copy(update={"metrics": (Mention(id=metric, surface=""),), "words": ()})
    return query


def _within(fact: Fact, query: Query) -> bool:
    """Whether a fact keeps the bound of the question for certain."""
    if not query.threshold:
        return query.unit is None or fact.unit == query.unit or fact.unit not in ("USD", "CNY")
    side, bound, unit = query.threshold
    found = interval(fact)
    if fact.unit != unit:
        return False
    if side in ("over", "at_least"):
        return found.low is not None and (found.low > bound or (side == "at_least" and found.low == bound) or fact.hedge == "over" and found.low >= bound)
    return found.high is not None and (found.high < bound or (side == "up_to" and found.high == bound) or fact.hedge == "under" and found.high <= bound)


def _top(fact: Fact) -> Decimal:
    return bounds(fact)[1]
