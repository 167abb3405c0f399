"""How many times, how much more, together → the result, its operation and every input with its citation."""

from dataclasses import replace
from decimal import Decimal
from functools import reduce

from bot.answer import choosing, intervals
from bot.answer.figure import state
from bot.answer.intervals import Interval, interval
from bot.answer.operands import (
    MANY,
    PAIR,
    is_sound,
    is_stated,
    lacks_one,
    operands,
    operation_of,
    stated_beside,
    whole_of,
)
from bot.answer.refusal import not_found
from bot.answer.results import names_of, record, refuse, rounded_to_say, write
from bot.answer.shares import amount_of_part, is_per_head, per_head, rest
from bot.answer.wording import Citations, as_of, bounds, capital, compose, notes, row, together, value
from bot.knowledge.base import Base
from bot.language import periods
from bot.language.units import units
from bot.phrases import say
from bot.schema import Answer, Fact, Operation, Query


def calculation(query: Query, base: Base) -> Answer | None:
    """The result of a calculation over facts, or None where none is asked for."""
    if made := amount_of_part(query, base):
        return made
    operation: Operation | None = "difference" if "rest" in query.cues else operation_of(query, base)
    if operation is None or "why" in query.cues or ("how" in query.cues and not query.dimensions):
        return None
    if "rest" in query.cues:
        return not_found(query, base) if "who" in query.cues else rest(query, base)
    if operation == "growth" and len(query.periods) == 1:
        query = replace(query, periods=())  # "how much less than last year?": the other is meant too
    if is_stated(query, base):
        return None
    facts = operands(operation, query, base)
    if len(facts) < 2 and lacks_one(query, base):
        return not_found(query, base)
    if len(facts) < 2 or not is_sound(operation, facts, query, base):
        return None
    if operation == "ratio" and len(facts) == PAIR and (given := stated_beside(facts, query, base)):
        return state(given, query, base)
    stated = list(dict.fromkeys(fact.unit for fact in facts))
    if operation == "ratio" and is_per_head(facts):
        return per_head(facts, query, base)
    if len(stated) > 1 and not {fact.entity for fact in facts} <= set(query.entity_ids):
        return None  # the question does not set these side by side
    if len(stated) > 1:
        written = [units()[unit].ko if query.language == "ko" else units()[unit].en_many for unit in stated]
        return _side_by_side(facts, say("mixed_units", query.language, units=", ".join(written)), query, base)
    if "growth" not in query.cues and (mixed := choosing.mixed_periods(facts, query)):
        return _side_by_side(facts, say("mixed_periods", query.language, periods=", ".join(mixed)), query, base)
    return compute(operation, facts, query, base)


def _side_by_side(facts: list[Fact], reason: str, query: Query, base: Base) -> Answer:
    """The figures that are not computed with, and why not."""
    citations = Citations(base, query.language)
    rows = [f"- {row(fact, base, query, citations)}" for fact in facts]
    return compose(query, "list", [*rows, reason, *notes(facts, query)], citations, facts)


def compute(operation: Operation, facts: list[Fact], query: Query, base: Base) -> Answer:
    """Compute, keeping every range and bound, and say it with its working."""
    language = query.language
    if operation in ("ratio", "difference"):
        facts = sorted(facts, key=_middle, reverse=True)
    if operation == "share":
        facts = sorted(facts, key=_middle)
        whole = whole_of(query)
        if whole == facts[0].entity != facts[1].entity:
            facts = facts[::-1]
    if operation == "growth":
        facts = sorted(facts, key=lambda fact: fact.as_of)
    values = [interval(fact) for fact in facts]
    result = _apply(operation, values)
    unit = {"ratio": "ratio", "share": "percent", "growth": "percent"}.get(operation, facts[0].unit)
    if result.low is None and result.high is None:
        metric = base.names.metrics[facts[0].metric].name(language)
        return refuse(
            say("only_bounds", language, names=together(names_of(facts, base, query), language), metric=metric), query
        )
    rounded = rounded_to_say(result, unit)
    written = write(rounded, unit, facts[0], query, base)
    citations = Citations(base, language)
    marks = citations.marks(facts)
    names = names_of(facts, base, query)
    metrics = [base.names.metrics[fact.metric].name(language) for fact in facts]
    stamped = [f"{name}{as_of(fact, query)}" for name, fact in zip(names, facts, strict=True)]
    if len(set(names)) == 1:  # one thing at two times, or two of its measures
        dated = len({fact.as_of for fact in facts}) > 1 and len(set(metrics)) == 1
        if dated and operation in MANY:
            names = [f"{names[0]} ({', '.join(periods.write(fact.as_of, language) for fact in facts)})"]
        elif dated:
            names = stamped
    if operation in MANY:
        claim = say(
            operation, language, names=together(names, language), metric=metrics[0], result=written, marks=marks
        )
    elif operation == "growth":
        first, second = (periods.write(fact.as_of, language) for fact in facts)
        entity = base.names.entities[facts[0].entity].name(language)
        key, size = _direction(rounded)
        claim = say(
            key,
            language,
            entity=entity,
            first=first,
            second=second,
            metric=metrics[0],
            result=write(size, unit, facts[0], query, base),
            marks=marks,
        )
    else:
        slots = {"first": names[0], "second": names[1], "result": written, "marks": marks}
        alike = metrics[0] == metrics[1]
        key = f"{operation}_of_same" if alike and operation != "difference" else operation
        key = "difference_of_measures" if operation == "difference" and not alike else key
        claim = say(key, language, metric=metrics[0], first_metric=metrics[0], second_metric=metrics[1], **slots)
    several = len(set(metrics)) > 1  # then each is told by its measure too
    shown = [
        capital(f"{name}{f' {metric}' if several else ''}: {value(fact, base, query)}")
        for name, metric, fact in zip(stamped, metrics, facts, strict=True)
    ]
    claims = [
        capital(claim),
        say("working", language, working=_working(operation, facts, rounded, unit, query, base)),
        *shown,
    ]
    claims += notes(facts, query)
    if operation == "growth" and len({fact.note(language) for fact in facts}) > 1:
        claims.append(say("other_sources", language))
    made = record(operation, facts, rounded, unit)
    reading = choosing.read_period(facts, query, base)
    return compose(query, "calculation", claims, citations, facts, made, reading=reading)


def _middle(fact: Fact) -> Decimal:
    low, high = bounds(fact)
    return (low + high) / 2


def _apply(operation: Operation, values: list[Interval]) -> Interval:
    if operation == "sum":
        return reduce(intervals.add, values)
    if operation == "average":
        return intervals.scale(reduce(intervals.add, values), Decimal(1) / len(values))
    first, second = values[:2]
    if operation == "difference":
        return intervals.subtract(first, second)
    if operation == "ratio":
        return intervals.divide(first, second)
    if operation == "share":
        return intervals.scale(intervals.divide(first, second), Decimal(100))
    return intervals.scale(intervals.divide(intervals.subtract(second, first), first), Decimal(100))


def _direction(result: Interval) -> tuple[str, Interval]:
    """Whether a change is certainly up or down, and its size then without a sign."""
    if result.low is not None and result.low >= 0:
        return "growth_up", result
    if result.high is not None and result.high <= 0:
        return "growth_down", Interval(-result.high, None if result.low is None else -result.low, result.about)
    return "growth", result


SIGNS = {"ratio": "÷", "share": "÷", "difference": "−", "sum": "+", "average": "+"}


def _working(operation: Operation, facts: list[Fact], result: Interval, unit: str, query: Query, base: Base) -> str:
    parts = [value(fact, base, query) for fact in facts]
    written = write(result, unit, facts[0], query, base)
    if operation == "growth":
        return f"({parts[1]} − {parts[0]}) ÷ {parts[0]} = {written}"
    joined = f" {SIGNS[operation]} ".join(parts)
    return f"({joined}) ÷ {len(parts)} = {written}" if operation == "average" else f"{joined} = {written}"
