"""A question that leaves something out → the same with what the questions before it said."""

from dataclasses import replace
from typing import Any

from bot.answer import evidence
from bot.knowledge.base import Base
from bot.language import cues
from bot.phrases import say
from bot.schema import Mention, Query

ENOUGH = 3  # weighty words of a question that names nothing, for it to stand alone


def leans(query: Query) -> frozenset[str]:
    """The ways in which a question says itself that it goes on from the one before."""
    return cues.anaphora(query.question, query.language)


def is_whole(query: Query) -> bool:
    """Whether a question may well go on from nothing, whatever it points to: it says of what it is, and what it asks."""
    words = sum(map(evidence.says_much, query.words))
    if query.entities and (words or query.named or len(set(query.entity_ids)) > 1):
        return True
    event = "why" in query.cues and words > 1 and any(map(evidence.is_thing, query.words))  # what was done to a thing
    return bool(query.entities or query.named or words >= ENOUGH or event) and not leans(query)


def follow(query: Query, earlier: list[Query], base: Base) -> Query:
    """`query` with what it leaves out taken from the questions before it, the last first."""
    previous = earlier[-1]
    if (query.cues & {"help", "greeting"} and not query.words) or query.cues & {"clock", "title"}:
        return query
    if any(base.names.entities[mention.id].kind == "document" for mention in query.entities):
        return query  # of the article itself
    if (
        "source" in query.cues
        and not query.entities
        and not query.metrics
        and not any(map(evidence.is_thing, query.words))
    ):
        return _again(query, previous, base)
    strange = not query.entities and bool(evidence.unmet_things(query, base) or _unsaid(query, base))  # another thing
    leaning = leans(query)
    if "same_period" in query.cues:
        leaning -= {"it"}  # that year
    general = ("document", "group", "country") if "it" in leaning else ("document", "group")
    hard = [m for m in query.entities if base.names.entities[m.id].kind not in general]
    says = any(map(evidence.is_thing, query.words))
    elliptical = not says and not query.metrics and bool(query.entities or query.periods)
    elliptical = elliptical and not (query.cues & {"list", "members"} and not hard)  # "which companies are in it?"
    if hard and "define" in query.cues and not leaning and not query.metrics and not says:
        return query  # "what is GLM?"
    changes: dict[str, Any] = {}
    inherited: set[str] = set()
    if not hard and not strange and previous.entities and (_leans(leaning) or not _stands_alone(query, base)):
        kept = previous.entities
        if ("both" in leaning or _sets_beside(query)) and len({m.id for m in kept}) < 2 and len(earlier) > 1:
            kept = (*earlier[-2].entities, *kept)
        if query.entities:
            own = {m.id for m in query.entities}
            kept = tuple(m for m in kept if m.id not in own)
        changes["entities"] = (*query.entities, *kept)
        inherited |= {m.id for m in kept}
    asks_same = "next" in leaning and not query.metrics and len(query.words) <= 1 and not query.dimensions and not says
    bare = not says and not query.metrics and not hard and bool(query.cues & {"why", "how", "who"})
    if (
        elliptical
        or asks_same
        or bare
        or (not _strong(query) and not query.words and "both" in leaning)
        or _only_figure(query)
    ):
        strangers = evidence.unmet_things(previous, base)  # what no article has is not asked of the next thing too
        kept_words = (word for word in previous.words if not word.name and word.surface not in strangers)
        changes["words"] = (*query.words, *kept_words)
        if not query.cues & {"why", "how"}:
            kept_cues = (
                previous.cues - {"compare", "rank_high", "rank_low"} if elliptical else previous.cues & {"amount"}
            )
            changes["metrics"] = previous.metrics
            changes["dimensions"] = query.dimensions | previous.dimensions
            changes["cues"] = query.cues | kept_cues
            inherited |= {m.id for m in previous.metrics}
        if not query.periods:
            changes["periods"] = previous.periods
        if elliptical and hard:
            changes["entities"] = _swapped(query, previous, base)
    if not query.words and not query.metrics and not query.entities and query.periods:
        changes["entities"] = previous.entities
    if not inherited and not changes:
        return query
    if "words" not in changes:
        changes["echo"] = previous.words
    names = [
        base.names.entities[i].name(query.language) for i in replace(query, **changes).entity_ids if i in inherited
    ]
    names += [
        base.names.metrics[i].name(query.language)
        for i in dict.fromkeys(m.id for m in previous.metrics[:1])
        if i in inherited
    ]
    reading = query.reading
    if names:
        reading = (*reading, say("read_follow_up", query.language, names=", ".join(dict.fromkeys(names))))
    return replace(query, **changes, inherited=frozenset(inherited), reading=reading)


def _again(query: Query, previous: Query, base: Base) -> Query:
    """The question before: what its answer rests on is cited under it."""
    mentioned = [base.names.entities[name].name(query.language) for name in previous.entity_ids]
    mentioned += [base.names.metrics[name].name(query.language) for name in previous.metric_ids[:1]]
    reading = (say("read_follow_up", query.language, names=", ".join(mentioned)),) if mentioned else ()
    return replace(previous, question=query.question, language=query.language, reading=reading)


def _strong(query: Query) -> bool:
    """Whether a question names a metric of its own, by more than a word that may mean it."""
    return any(not mention.weak and mention.strength >= 1 for mention in query.metrics)


def _leans(leaning: frozenset[str]) -> bool:
    return bool(leaning & {"it", "both"})


def _only_figure(query: Query) -> bool:
    """Whether a question asks for a comparison or a calculation, and says of nothing."""
    return bool(
        query.cues & {"compare", "difference", "sum", "share", "growth", "ratio", "rank_high", "rank_low"}
    ) and not (_strong(query) or _ranks_a_group(query) or any(word.noun and word.weight >= 0.3 for word in query.words))


def _ranks_a_group(query: Query) -> bool:
    """Whether a question asks for the most of a group that it names, by some measure: most valuable US lab."""
    return (
        bool(query.cues & {"rank_high", "rank_low"} and query.metrics and query.entities)
        and "compare" not in query.cues
    )


def _sets_beside(query: Query) -> bool:
    """Whether a question only asks for what is between two: "which is more?", "how many times is that?"."""
    return _only_figure(query) and bool(query.cues & {"compare", "difference", "sum", "ratio"}) and not query.entities


def _unsaid(query: Query, base: Base) -> bool:
    """Whether a question is of a thing that no article speaks of, though it may be looked up by it."""
    explained = {part for mention in query.metrics for part in mention.surface.split()}
    things = [word for word in query.words if evidence.is_thing(word) and word.surface not in explained]
    return len(things) == 1 and not any(map(base.says, (*things[0].terms, *things[0].concepts)))


def _stands_alone(query: Query, base: Base) -> bool:
    """Whether a question that names no one thing can be answered by itself: it lists, ranks, or has words enough."""
    if any(base.matching(metrics=query.metric_ids, entity=name) for name in query.entity_ids if query.named):
        return True
    if query.threshold or (query.cues & {"list", "rank_high", "rank_low", "help"} and query.metrics):
        return True
    return sum(map(evidence.says_much, query.words)) >= ENOUGH


def _swapped(query: Query, previous: Query, base: Base) -> tuple[Mention, ...]:
    """The entities of the question before, with those of a kind that this one names put in their place."""
    kinds = {base.names.entities[m.id].kind for m in query.entities}
    kept = [m for m in previous.entities if base.names.entities[m.id].kind not in kinds]
    kept = [m for m in kept if base.names.entities[m.id].kind in ("group", "document")]
    return (*query.entities, *kept)
