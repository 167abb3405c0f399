"""How many times, how much more, together → the result, its operation and every input with its citation."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import reduce

from bot.answer import choosing, evidence, intervals
from bot.answer.figure import state
from bot.answer.intervals import Interval, interval
from bot.answer.operands import (
    MANY,
    NEARLY,
    PAIR,
    computed,
    is_sound,
    is_stated,
    lacks_one,
    operands,
    operation_of,
    stated_beside,
    whole_of,
)
from bot.answer.refusal import not_found
from bot.answer.wording import Citations, as_of, bounds, capital, compose, notes, value
from bot.knowledge.base import Base
from bot.language import periods, writing
from bot.language.units import units
from bot.phrases import say
from bot.schema import Answer, Calculation, Fact, Operation, Query

HUNDRED = Decimal(100)


def calculation(query: Query, base: Base) -> Answer | None:
    """The result of a calculation over facts, or None where none is asked for."""
    if made := amount_of_part(query, base):
        return made
    operation: Operation | None = "difference" if "rest" in query.cues else operation_of(query, base)
    if operation is None or "why" in query.cues or ("how" in query.cues and not query.dimensions):
        return None
    if "rest" in query.cues:
        return rest(query, base)
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
    if operation == "ratio" and _is_per_head(facts):
        return per_head(facts, query, base)
    if len(stated) > 1 and not {fact.entity for fact in facts} <= set(query.entity_ids):
        return None  # the question does not set these side by side
    if len(stated) > 1:
        return _refuse(say("mixed_units", query.language, units=", ".join(stated)), query)
    if operation != "growth" and (mixed := choosing.mixed_periods(facts, query)):
        return _refuse(say("mixed_periods", query.language, periods=", ".join(mixed)), query)
    return compute(operation, facts, query, base)


def rest(query: Query, base: Base) -> Answer | None:
    """What is left of a whole, where the part is stated in percent: "who holds what the founder does not"."""
    named = [fact for mention in query.named for fact in base.by_metric[mention.id] if fact.unit == "percent"]
    fitting = [fact for fact in named if (found := evidence.of_fact(fact, query, base)) and found.names >= NEARLY]
    if not fitting:
        return None
    fact = fitting[0]
    left = intervals.subtract(Interval(HUNDRED, HUNDRED), interval(fact))
    citations = Citations(base, query.language)
    marks = citations.marks([fact])
    written = _write(left, "percent", fact, query, base)
    part = f"{_names([fact], base, query)[0]} {base.names.metrics[fact.metric].name(query.language)}"
    claims = [
        capital(say("rest", query.language, part=part, result=written, marks=marks)),
        say("working", query.language, working=f"100% − {value(fact, base, query)} = {written}"),
    ]
    made = _calculation("difference", [fact], left, "percent")
    return compose(query, "calculation", claims, citations, [fact], made)


def amount_of_part(query: Query, base: Base) -> Answer | None:
    """What a part comes to that is stated in percent: a stake, in the money that the whole is worth."""
    if not (query.unit or "money" in query.dimensions or "amount" in query.cues) or "why" in query.cues:
        return None
    given = {amount for amount, unit in query.amounts if unit == "percent"}
    named = {mention.id for mention in query.named}
    free = query.model_copy(update={"dimensions": frozenset()})
    parts = [fact for fact in base.facts if fact.unit == "percent" and (fact.metric in named or fact.value in given)]
    for part in parts if query.entities else ():
        metric = base.names.metrics[part.metric].part_of
        wholes = computed(part.entity, metric, query, base) if metric in named else []
        if wholes and (found := evidence.of_fact(part, free, base)) and found.names >= NEARLY:
            whole = next((fact for fact in wholes if fact.unit == query.unit), wholes[0])
            return _product(part, whole, query, base)
    return None


def _product(part: Fact, whole: Fact, query: Query, base: Base) -> Answer:
    result = intervals.multiply(interval(whole), intervals.scale(interval(part), 1 / HUNDRED))
    if result.low is None and result.high is None:
        return _refuse(say("overlap", query.language), query)
    rounded = _rounded(result, whole.unit)
    citations = Citations(base, query.language)
    marks = citations.marks([part, whole])
    written = _write(rounded, whole.unit, whole, query, base)
    entity = base.names.entities[part.entity].name(query.language)
    metric = base.names.metrics[part.metric].name(query.language)
    working = f"{value(whole, base, query)} × {value(part, base, query)} = {written}"
    claims = [
        capital(say("amount_of_part", query.language, entity=entity, metric=metric, result=written, marks=marks)),
        say("working", query.language, working=working),
    ]
    return compose(
        query, "calculation", claims, citations, [part, whole],
        _calculation("product", [part, whole], rounded, whole.unit),
    )  # fmt: skip


def _is_per_head(facts: list[Fact]) -> bool:
    """Whether money is to be divided by a count."""
    dimensions = [units()[fact.unit].dimension for fact in facts]
    return sorted(dimensions) == ["count", "money"]


def per_head(facts: list[Fact], query: Query, base: Base) -> Answer:
    """An amount of money for each of a count."""
    money, count = sorted(facts, key=lambda fact: units()[fact.unit].dimension != "money")
    result = intervals.divide(interval(money), interval(count))
    rounded = _rounded(result, "ratio")
    if rounded.low is None and rounded.high is None:
        return _refuse(say("overlap", query.language), query)
    citations = Citations(base, query.language)
    marks = citations.marks([money, count])
    written = _write(rounded, money.unit, money, query, base)
    parts = [base.names.metrics[fact.metric].name(query.language) for fact in (money, count)]
    entity = base.names.entities[money.entity].name(query.language)
    claims = [
        capital(
            say("per_head", query.language, entity=entity, first=parts[0], second=parts[1], result=written, marks=marks)
        ),
        say(
            "working", query.language, working=f"{value(money, base, query)} ÷ {value(count, base, query)} = {written}"
        ),
    ]
    return compose(
        query,
        "calculation",
        claims,
        citations,
        [money, count],
        _calculation("ratio", [money, count], rounded, money.unit),
    )


def _calculation(operation: Operation, facts: list[Fact], result: Interval, unit: str) -> Calculation:
    return Calculation(
        operation=operation,
        inputs=tuple(fact.id for fact in facts),
        result=f"{result.low:f}" if result.point else None,
        low=None if result.point or result.low is None else f"{result.low:f}",
        high=None if result.point or result.high is None else f"{result.high:f}",
        unit=unit,
    )


def _refuse(reason: str, query: Query) -> Answer:
    return Answer(question=query.question, language=query.language, kind="clarify", text=reason)


def compute(operation: Operation, facts: list[Fact], query: Query, base: Base) -> Answer:
    """Compute, keeping every range and bound, and say it with its working."""
    language = query.language
    if operation in ("ratio", "difference"):
        facts = sorted(facts, key=_middle, reverse=True)
    if operation == "share":
        facts = sorted(facts, key=_middle)
        whole = whole_of(query)
        if whole == facts[0].entity:
            facts = facts[::-1]
    if operation == "growth":
        facts = sorted(facts, key=lambda fact: fact.as_of)
    values = [interval(fact) for fact in facts]
    result = _apply(operation, values)
    unit = {"ratio": "ratio", "share": "percent", "growth": "percent"}.get(operation, facts[0].unit)
    if result.low is None and result.high is None:
        return _refuse(
            say("undecided", language, names=", ".join(_names(facts, base, query)), why=say("overlap", language)), query
        )
    rounded = _rounded(result, unit)
    written = _write(rounded, unit, facts[0], query, base)
    citations = Citations(base, language)
    marks = citations.marks(facts)
    names = _names(facts, base, query)
    metrics = [base.names.metrics[fact.metric].name(language) for fact in facts]
    stamped = [f"{name}{as_of(fact, query)}" for name, fact in zip(names, facts, strict=True)]
    if len(set(names)) == 1:  # one thing at two times, or two of its measures
        names = stamped
    if operation in MANY:
        claim = say(operation, language, names=", ".join(names), metric=metrics[0], result=written, marks=marks)
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
            result=_write(size, unit, facts[0], query, base),
            marks=marks,
        )
    else:
        slots = {"first": names[0], "second": names[1], "result": written, "marks": marks}
        key = f"{operation}_of_same" if operation != "difference" and metrics[0] == metrics[1] else operation
        claim = say(key, language, metric=metrics[0], first_metric=metrics[0], second_metric=metrics[1], **slots)
    shown = [f"{name}: {value(fact, base, query)}" for name, fact in zip(stamped, facts, strict=True)]
    claims = [
        capital(claim),
        say("working", language, working=_working(operation, facts, rounded, unit, query, base)),
        *shown,
    ]
    claims += notes(facts, query)
    made = _calculation(operation, facts, rounded, unit)
    reading = choosing.read_period(facts, query, base)
    return compose(query, "calculation", claims, citations, facts, made, reading=reading)


def _names(facts: list[Fact], base: Base, query: Query) -> list[str]:
    return [base.names.entities[fact.entity].name(query.language) for fact in facts]


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


def _rounded(result: Interval, unit: str) -> Interval:
    """`result` with as many digits as say something; a bound is never rounded past what it bounds."""
    if result.point:
        value = _round(result.low, unit, ROUND_HALF_EVEN)
        return Interval(value, value, result.about)
    return Interval(_round(result.low, unit, ROUND_FLOOR), _round(result.high, unit, ROUND_CEILING), result.about)


def _round(number: Decimal | None, unit: str, rounding: str) -> Decimal | None:
    """Three digits for a ratio or a share; an amount stays exact where it is whole."""
    if number is None:
        return None
    if unit not in ("ratio", "percent") and number == number.to_integral_value():
        return number.quantize(Decimal(1))
    places = max(0, 2 - number.adjusted()) if number else 0
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=rounding)
    return rounded.normalize() if rounded != rounded.to_integral_value() else rounded.quantize(Decimal(1))


def _write(result: Interval, unit: str, like: Fact, query: Query, base: Base) -> str:
    low = result.low if result.low is not None else result.high
    high = result.high if result.high is not None else result.low
    assert low is not None and high is not None  # the caller has refused a result without bounds
    metric = base.names.metrics[like.metric]
    counter = (metric.counter_ko if query.language == "ko" else metric.counter_en) if unit == "count" else ""
    scale = query.scale if units()[unit].dimension == "money" else None
    hedge = intervals.hedge(result)
    if hedge == "range" and result.about:
        hedge = "about"  # a range of approximate ends is itself approximate
    return writing.hedged(writing.write(low, high, unit, query.language, counter, scale), hedge, query.language)


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
    written = _write(result, unit, facts[0], query, base)
    if operation == "growth":
        return f"({parts[1]} − {parts[0]}) ÷ {parts[0]} = {written}"
    joined = f" {SIGNS[operation]} ".join(parts)
    return f"({joined}) ÷ {len(parts)} = {written}" if operation == "average" else f"{joined} = {written}"
