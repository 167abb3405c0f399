"""A question that leaves something out → the same with what the questions before it said."""

from dataclasses import replace
from typing import Any

from bot.answer import evidence
from bot.knowledge.base import Base
from bot.language import cues
from bot.language.units import units_by_alias
from bot.phrases import say
from bot.schema import Language, Mention, Query

COMPANY = "company"  # that a question points to, and the kind of an entity
ENOUGH = 3  # weighty words of a question that names nothing, for it to stand alone


def leans(query: Query) -> frozenset[str]:
    """The ways in which a question says itself that it goes on from the one before."""
    return cues.anaphora(query.question, query.language)


def is_whole(query: Query, base: Base) -> bool:
    """Whether a question may well go on from nothing, whatever it points to: it says of what it is, and what it asks."""
    words = sum(map(evidence.says_much, query.words))
    if COMPANY in leans(query) and not _hard(query, base):
        return False
    if query.entities and (words or query.named or len(set(query.entity_ids)) > 1):
        return True
    event = "why" in query.cues and words > 1 and any(map(evidence.is_thing, query.words))  # what was done to a thing
    return bool(query.entities or query.named or words >= ENOUGH or event) and not leans(query)


def follow(query: Query, earlier: list[Query], base: Base) -> Query:
    """`query` with what it leaves out taken from the questions before it, the last first."""
    previous = earlier[-1]
    if _asks_anew(query, base):
        return query
    if _asks_for_the_source(query) or "spoken" in query.cues:
        return _again(query, previous, base)
    if _asks_for_a_unit(query):
        asked = replace(previous, unit=query.unit, scale=query.scale, cues=previous.cues | query.cues)
        return _again(query, asked, base)
    changes: dict[str, Any] = {}
    inherited: set[str] = set()
    if _takes_the_things(query, previous, base):
        things = _things_before(query, earlier, base)
        changes["entities"] = (*_named_itself(query, base), *things)
        inherited |= {mention.id for mention in things}
    if _takes_what_is_asked(query, base):
        changes |= _asked_before(query, previous, base)
        inherited |= {mention.id for mention in changes.get("metrics", ())}
    if not query.words and not query.metrics and not query.entities and query.periods:
        changes["entities"] = previous.entities
    if not changes:
        return query
    if "words" not in changes:
        changes["echo"] = previous.words
    found = replace(query, **changes, inherited=frozenset(inherited))
    names = [base.names.entities[name].name(query.language) for name in found.entity_ids if name in inherited]
    names += [base.names.metrics[m.id].name(query.language) for m in previous.metrics[:1] if m.id in inherited]
    return replace(found, reading=(*query.reading, *_read(names, query.language)))


def _asks_anew(query: Query, base: Base) -> bool:
    """Whether a question is of none of the things that the one before it was of: of the article, the time, a name."""
    of_us = query.cues & {"help", "greeting", "thanks"} and not any(map(evidence.says_much, query.words))
    if of_us or query.cues & {"clock", "title"}:
        return True
    if any(base.names.entities[mention.id].kind == "document" for mention in query.entities):
        return True
    return bool(  # "what is GLM?"
        "define" in query.cues and _hard(query, base) and not _leaning(query) and not query.metrics and not _says(query)
    )


def _asks_for_the_source(query: Query) -> bool:
    """Whether a question is after nothing but what the answer before it rests on."""
    return "source" in query.cues and not query.entities and not query.metrics and not _says(query)


def _asks_for_a_unit(query: Query) -> bool:
    """Whether a question is after the figure before it in another unit, and nothing else: "in millions"."""
    asks = query.unit or query.scale
    others = (word for word in query.words if word.surface.lower() not in units_by_alias())  # in million dollars
    return bool(asks) and not (query.entities or _strong(query) or any(map(evidence.says_much, others)))


def _says(query: Query) -> bool:
    """Whether a question has a word of its own that says what it is about."""
    return any(map(evidence.is_thing, query.words))


def _leaning(query: Query) -> frozenset[str]:
    """The ways in which a question leans on the one before it, and not on a period: "that year"."""
    return leans(query) - ({"it"} if "same_period" in query.cues else set())


def _hard(query: Query, base: Base) -> list[Mention]:
    """The things that a question names; a country is none where "it" is another thing."""
    general = ("document", "group", "country") if "it" in _leaning(query) else ("document", "group")
    return [mention for mention in query.entities if base.names.entities[mention.id].kind not in general]


def _is_elliptical(query: Query, base: Base) -> bool:
    """Whether a question is another name or time to ask the same of: "and Anthropic?"."""
    if _says(query) or query.metrics or not (query.entities or query.periods):
        return False
    if "why" in query.cues and any(map(evidence.says_much, query.words)):
        return False  # "why is China undervalued?"
    return not query.cues & {"list", "members"} or bool(_hard(query, base))  # "which companies are in it?"


def _takes_the_things(query: Query, previous: Query, base: Base) -> bool:
    """Whether a question is of what the one before it was of."""
    if _hard(query, base) or not previous.entities:
        return False
    if not query.entities and (evidence.unmet_things(query, base) or _unsaid(query, base)):
        return False  # it is of another thing
    return _leans(_leaning(query)) or not _stands_alone(query, base)


def _named_itself(query: Query, base: Base) -> tuple[Mention, ...]:
    """What a question names: the company of "that company" is no group of them."""
    return tuple(_hard(query, base)) if COMPANY in leans(query) else query.entities


def _company_of(mention: Mention, base: Base) -> Mention:
    """The company that a thing is of, where it is none itself."""
    known = base.names.entities
    owners = (name for name in known[mention.id].groups if known[name].kind == COMPANY)
    return mention if known[mention.id].kind == COMPANY else replace(mention, id=next(owners, mention.id))


def _things_before(query: Query, earlier: list[Query], base: Base) -> tuple[Mention, ...]:
    """What the questions before one were of, and it does not name itself."""
    kept = earlier[-1].entities
    if COMPANY in _leaning(query):
        kept = tuple(_company_of(mention, base) for mention in kept)
    two = "both" in _leaning(query) or _sets_beside(query)
    if two and len({mention.id for mention in kept}) < 2 and len(earlier) > 1:
        kept = (*earlier[-2].entities, *kept)
    own = {mention.id for mention in query.entities}
    return tuple(mention for mention in kept if mention.id not in own)


def _takes_what_is_asked(query: Query, base: Base) -> bool:
    """Whether a question asks what the one before it asked: of another thing, or more of it."""
    if _is_elliptical(query, base) or _only_figure(query):
        return True
    leaning, says = _leaning(query), _says(query)
    if "next" in leaning and not query.metrics and len(query.words) <= 1 and not query.dimensions and not says:
        return True
    if query.cues & {"why", "how", "who", "date"} and not says and not query.metrics and not _hard(query, base):
        return True  # nothing but "why?"
    return "both" in leaning and not query.words and not _strong(query)


def _asked_before(query: Query, previous: Query, base: Base) -> dict[str, Any]:
    """What a question takes of what was asked before it."""
    elliptical = _is_elliptical(query, base)
    strangers = evidence.unmet_things(previous, base)  # what no article has is not asked of the next thing too
    words = (word for word in previous.words if not word.name and word.surface not in strangers)
    changes: dict[str, Any] = {"words": (*query.words, *words)}
    if not query.cues & {"why", "how"}:
        ranking = {"compare", "rank_high", "rank_low"}
        cues_kept = previous.cues - ranking if elliptical else previous.cues & {"amount"}
        if elliptical and previous.metrics and previous.cues & ranking:
            cues_kept |= {"amount"}  # of one alone it is asked how much it is
        changes["metrics"] = previous.metrics
        changes["dimensions"] = query.dimensions if "date" in query.cues else query.dimensions | previous.dimensions
        changes["cues"] = query.cues | cues_kept
    if not query.periods:
        changes["periods"] = previous.periods
    if elliptical and _hard(query, base):
        changes["entities"] = _swapped(query, previous, base)
    return changes


def _read(names: list[str], language: Language) -> tuple[str, ...]:
    """How a question was read that takes these names from the one before it."""
    return (say("read_follow_up", language, names=", ".join(dict.fromkeys(names))),) if names else ()


def _again(query: Query, previous: Query, base: Base) -> Query:
    """The question before, in the language of this one: what its answer rests on is cited under it."""
    mentioned = [base.names.entities[name].name(query.language) for name in previous.entity_ids]
    mentioned += [base.names.metrics[name].name(query.language) for name in previous.metric_ids[:1]]
    reading = _read(mentioned, query.language)
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
    explained = evidence.explained(query.metrics)
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
