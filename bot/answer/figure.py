"""A question for a figure → the figure, its hedge and unit kept, and every place that gives it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.answer import evidence, searching
from bot.answer.beside import WHOLLY, is_beside
from bot.answer.evidence import FactEvidence
from bot.answer.quoting import leans, quote_from
from bot.answer.wording import Citations, compose, grouped, notes, statement
from bot.knowledge.base import Base, Sentence
from bot.language.units import units
from bot.phrases import say
from bot.schema import Answer, Fact, Hit, Mention, Query

# How many of the weighty words must be met:
SUBJECT = 0.2  # by a fact of the entity and the metric that the question names
NAMED = 0.4  # by one of the metric alone
UNNAMED = 0.45  # by any other, where the question asks for a number
MOST = 4  # figures that one answer states
ONE_OF_TWO = {"ratio", "share", "difference", "compare", "growth"}  # a measure is named to be set beside the other
RANKS = {"rank_high", "rank_low"}
TIMES = ("duration", "date")  # too common to tell a figure by
NO_FIGURE = {"why", "factor", "person", "meaning", "clock", "effect"}
SET_BESIDE = {"compare", "difference"}  # with what is stated in words: the hundreds of millions of others
MAYBE_FIGURE = {"how", "who", "define"}


def figure(query: Query, base: Base) -> Answer | None:
    """The figure that a question asks for, or None where it asks for something else."""
    if query.cues & NO_FIGURE:
        return None
    if stated := known_by_value(query, base):
        return stated
    chosen = asked_for(query, base)
    return state(chosen, query, base) if chosen else None


def asked_for(query: Query, base: Base) -> list[Fact]:
    """The figures that a question asks for; none where it asks for something else, or for what no article has."""
    if not (query.named or query.dimensions or query.cues & {"amount", "convert"}):
        return []
    counted = query.dimensions - set(TIMES) - (set() if "count" in query.cues else {"count"})
    if "who" in query.cues and not counted and "amount" not in query.cues:
        return []  # "who said that it is years behind?"
    if query.cues & MAYBE_FIGURE and not (query.dimensions or "amount" in query.cues or query.named):
        return []
    found = searching.hits(query, base)
    if several := each_named(query, base, found):
        return several
    when = query.dimensions == {"date"} and bool(query.named)
    of_before = when and any(mention.id in query.inherited for mention in query.named)  # "when was that?"
    chosen = [] if of_before else choose(evidence.facts(query, base, found), query, base)
    if not chosen and when and (of_before or evidence.hard_entities(query, base)):
        # "what was it valued at when it last raised": the metric is asked for, and the when only says which
        given = {unit for mention in query.named for unit in base.units_of(mention.id)}
        free = replace(query, dimensions=frozenset(units()[name].dimension for name in given))
        chosen = choose([item for item in evidence.facts(free, base, found) if item.evidence.names >= 0.9], free, base)
    return chosen


def each_named(query: Query, base: Base, found: Iterable[Hit]) -> list[Fact]:
    """The figures of all the measures that a question names of one thing; none where it names but one."""
    if len(evidence.hard_entities(query, base)) != 1 or query.cues & ONE_OF_TWO:
        return []
    measures: list[Mention] = []
    for mention in query.named:
        if not any(_same_words(mention, other) for other in measures):
            measures.append(mention)
    known: list[list[Fact]] = []
    measures.sort(key=lambda mention: mention.start)
    for mention in measures if len(measures) > 1 else ():
        one = replace(query, metrics=(mention,), dimensions=frozenset())
        own = [item for item in evidence.facts(one, base, found) if item.fact.metric == mention.id]
        known.append(choose([item for item in own if item.evidence.names >= WHOLLY], one, base))
    return [fact for facts in known for fact in facts] if sum(map(bool, known)) > 1 else []


def _same_words(one: Mention, other: Mention) -> bool:
    """Whether two measures were read from the same words: the release date and the date of 출시일."""
    first, second = set(one.surface.split()), set(other.surface.split())
    return first <= second or second <= first


def known_by_value(query: Query, base: Base) -> Answer | None:
    """What a figure that the question itself gives is of: "what is the 9.3 billion?"."""
    how_long = "duration" in query.cues and "date" not in query.cues
    when = "date" in query.cues and query.metrics  # of a figure alone it may be asked of what year it is
    if not query.amounts or query.threshold or how_long or when:
        return None
    named = {mention.id for mention in query.named if not mention.weak}
    same = [
        fact
        for amount, unit in query.amounts
        for fact in base.matching(metrics=named or None, unit=unit, amount=amount)
        if units()[fact.unit].dimension not in TIMES and evidence.of_fact(fact, _without_dimension(query), base)
    ]
    if hard := evidence.hard_entities(query, base):
        same = [fact for fact in same if _is_of_kin(fact.entity, hard, base)]
    if not same or _other_words(query, same, base):
        return None
    if "who" in query.cues and any(fact.entity in query.entity_ids for fact in same):
        return None  # not whose figure it is, but who did something with it
    about = {(fact.entity, fact.metric) for fact in same}
    wanted = [
        fact
        for entity, metric in sorted(about)
        for fact in base.matching(metrics=(metric,), entity=entity, unit=query.unit or "")
        if fact.entity == entity
    ]
    return state(wanted or same, query, base)  # "the 20 billion yuan, in dollars?"


def _is_of_kin(entity: str, named: tuple[str, ...], base: Base) -> bool:
    """Whether an entity is one of those named, or belongs to one or has one."""
    return any(name in base.names.family(entity) or entity in base.names.family(name) for name in named)


def _without_dimension(query: Query) -> Query:
    return replace(query, dimensions=frozenset())


def _other_words(query: Query, facts: list[Fact], base: Base) -> bool:
    """Whether the question is about something else beside the figure."""
    found = evidence.of_fact(facts[0], _without_dimension(query), base)
    if found and any(evidence.is_thing(word) and found.lacks(word) for word in query.words):
        return True  # the fund of as many dollars is not what is known to have lost them
    return bool(query.words) and (found is None or found.words < UNNAMED) and len(query.words) > 1


def choose(judged: list[FactEvidence], query: Query, base: Base) -> list[Fact]:
    """The facts that answer, best first; none where the best does not fit well enough."""
    equal = (item for item in judged if item.evidence.score == judged[0].evidence.score)
    best = next((item for item in equal if accepted(item, query, base)), None)
    if best is None:
        return []
    named = best.fact.metric in query.metric_ids
    level = best.evidence.score - (0.02 if named else 0.0)
    chosen = [
        item.fact
        for item in judged
        if item.fact.metric == best.fact.metric
        and (item.evidence.score >= level or item.fact.same_figure == best.fact.same_figure
             or (item.fact.entity == best.fact.entity and item.fact.unit != best.fact.unit))
    ]  # fmt: skip
    if query.unit and any(fact.unit == query.unit for fact in chosen):
        chosen = [fact for fact in chosen if fact.unit == query.unit]
    return chosen


def accepted(item: FactEvidence, query: Query, base: Base) -> bool:
    """Whether a fact fits a question well enough to answer it."""
    found = item.evidence
    if is_beside(item, query, base):
        return False
    if item.fact.metric in query.metric_ids and (query.named or query.dimensions or "convert" in query.cues):
        subject = evidence.hard_entities(query, base) or evidence.soft_entities(query, base)
        subject = subject or tuple({item.fact.entity} & set(query.entity_ids))  # the article itself
        if subject and found.names < 0.6:
            return False
        if subject and found.names >= WHOLLY:
            return found.words >= (0.0 if query.dimensions else SUBJECT)
        return found.words >= NAMED and (bool(subject) or not _is_of_another_thing(item, query, base))
    # a word that may name a measure names none that is never given in such units
    if any(not m.weak or not query.dimensions or base.given_in(m.id) & query.dimensions for m in query.named):
        return False
    if not query.dimensions and not query.cues & {"amount", "convert"}:
        return False
    if not any(word.weight >= 0.3 for word in query.words):
        return bool(query.entities) and found.names >= 0.8
    return found.words >= UNNAMED and found.names > evidence.PART


def _is_of_another_thing(item: FactEvidence, query: Query, base: Base) -> bool:
    """Whether a question is of a thing that a figure in one of many articles is not of: a flight's fare, and no ferry's."""
    things = (word for word in query.words if evidence.is_thing(word) and not evidence.is_deed(word, base))
    return base.has_several and any(map(item.evidence.lacks, things))


def said_beside(fact: Fact, base: Base) -> list[Sentence]:
    """The sentence that a lone figure is in and the one that sets it beside another: "This is far less than …"."""
    own = base.sentence_of(fact)
    after = base.sentences(fact.passage)[own.number + 1 : own.number + 2]
    return [own, *after] if after and leans(after[0]) else []


def _lone(chosen: list[Fact], query: Query, base: Base) -> str | None:
    """What is said where the most of a measure is asked for, and it is given of one thing only."""
    fact = chosen[0]
    if not query.cues & RANKS or len(base.having((fact.metric,), set())) != 1:
        return None
    entity, metric = base.names.entities[fact.entity], base.names.metrics[fact.metric]
    return say("only_one", query.language, entity=entity.name(query.language), metric=metric.name(query.language))


def state(chosen: list[Fact], query: Query, base: Base, without: tuple[str, ...] = ()) -> Answer:
    """An answer that states the figures of `chosen`, in their order; `without` says which others there are not."""
    citations = Citations(base, query.language)
    groups = grouped(chosen)[:MOST]
    claims = [statement(group, base, query, citations) for group in groups]
    if lone := _lone(chosen, query, base):
        claims.append(lone)
    shown = [fact for group in groups for fact in group]
    claims += [*without, *notes(shown, query)]
    if len(groups) == 1 and query.cues & SET_BESIDE and (beside := said_beside(groups[0][0], base)):
        claims.append(quote_from(groups[0][0].passage, beside, query, base, citations))
    reading: tuple[str, ...] = ()
    if query.unit and all(units()[f.unit].dimension == "money" and f.unit != query.unit for f in shown):
        unit = units()[query.unit]
        claims.append(say("not_converted", query.language, unit=unit.ko if query.language == "ko" else unit.en_many))
    if not query.metrics and not query.words:
        metric = base.names.metrics[shown[0].metric].name(query.language)
        reading = (say("read_metric", query.language, metric=metric),)
    return compose(query, "figure", claims, citations, shown, reading=reading)
