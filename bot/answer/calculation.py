"""How many times, how much more, together → the result, its operation and every input with its citation."""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import reduce

from bot.answer import choosing, evidence, intervals
from bot.answer.intervals import Interval, interval
from bot.answer.refusal import not_found
from bot.answer.wording import Citations, as_of, bounds, capital, compose, notes, value
from bot.knowledge.base import Base
from bot.language import cues, periods, writing
from bot.language.units import units
from bot.phrases import say
from bot.schema import Answer, Calculation, Fact, Operation, Query

OPERATIONS: tuple[Operation, ...] = ("sum", "average", "share", "growth", "ratio", "difference")
COMPUTED = ("money", "count", "percent", "duration")  # dimensions that are computed with
HUNDRED = Decimal(100)
NEARLY = 0.85  # of the names, to be the figure that is asked about
PAIR = 2
TOPIC = re.compile(r"[은는이가]\s")  # what ends a Korean subject: the name before it is not the whole
MANY = ("sum", "average")


def calculation(query: Query, base: Base) -> Answer | None:
    """The result of a calculation over facts, or None where none is asked for."""
    operation: Operation | None = "difference" if "rest" in query.cues else operation_of(query, base)
    if operation is None or "why" in query.cues or ("how" in query.cues and not query.dimensions):
        return None
    if "rest" in query.cues:
        return rest(query, base)
    if _is_stated(query, base):
        return None
    facts = operands(operation, query, base)
    if len(facts) < 2 and lacks_one(query, base):
        return not_found(query, base)
    if len(facts) < 2 or not is_sound(operation, facts, query, base):
        return None
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


def is_sound(operation: Operation, facts: list[Fact], query: Query, base: Base) -> bool:
    """Whether an operation over these figures means something, and leaves out none that the question names."""
    entities, metrics = {fact.entity for fact in facts}, {fact.metric for fact in facts}
    left_out = {
        name
        for name in evidence.hard_entities(query, base)
        for metric in metrics
        if computed(name, metric, query, base)
    } - entities
    if left_out or (operation not in MANY and len(facts) != PAIR):
        return False
    if len(entities) > 1 and len(query.periods) > 1:
        return False  # which of them is of which period is not read
    if "sum" in query.cues and (operation != "sum" or query.cues & {"ratio", "share"}):
        return False  # a calculation with the result of another
    kinds = {base.names.entities[name].kind for name in entities}
    if len(kinds) < len(entities) and len(metrics) > 1 and not metrics <= set(query.metric_ids):
        return False  # the loss of one company beside the worth of another
    if operation == "growth":
        stamps = {fact.as_of for fact in facts}
        return len(entities) == len(metrics) == 1 and len(stamps) == PAIR and "" not in stamps
    return True


def lacks_one(query: Query, base: Base) -> bool:
    """Whether the measure that is named is known of only one of two things that are set side by side."""
    entities = choosing.subjects(query, base)
    if len(entities) != PAIR or not query.named:
        return False
    known = [facts[0] for name in entities if (facts := computed(name, query.named[0].id, query, base))]
    return len(known) == 1 and not any(item.evidence.names >= NEARLY for item in evidence.facts(query, base))


def computed(entity: str, metric: str | None, query: Query, base: Base) -> list[Fact]:
    """The facts of an entity that a question may compute with: no dates, no resolutions."""
    return [fact for fact in choosing.options(entity, metric, query, base) if units()[fact.unit].dimension in COMPUTED]


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


def operation_of(query: Query, base: Base) -> Operation | None:
    """The operation that a question asks for."""
    if "count" in query.cues and query.named and not query.cues & set(OPERATIONS):
        stated = {fact.unit for fact in base.by_metric[query.named[0].id]}
        if "count" not in stated and len(choosing.subjects(query, base)) == PAIR:
            return "ratio"  # "xAI is worth how many DeepSeeks?"
    for operation in OPERATIONS:
        if operation in query.cues:
            return operation
    if len(query.periods) == PAIR and query.named and (query.dimensions & {"money"} or "amount" in query.cues):
        return "difference"  # "from 2024 to 2025, how many dollars did it fall?"
    if "percent" in query.cues and len(query.entity_ids) > 1:
        return "share"
    return None


def operands(operation: Operation, query: Query, base: Base) -> list[Fact]:
    """The facts that a question computes with, in its order."""
    named = [n for n in query.entity_ids if base.names.entities[n].kind not in ("group", "document")]
    if operation in MANY and len(choosing.subjects(query, base)) < 2 and not evidence.hard_entities(query, base):
        named = list(choosing.members(query, base))
    alone = len(named) == 1 and not _of_other_subjects(named, query, base) and operation not in ("share", "ratio")
    if alone or (len(query.periods) == 2 and len(_with_metric(named, query, base)) == 1):
        return _of_one(_with_metric(named, query, base) or named, query, base)
    if len(named) == 1 and (pair := _of_one(named, query, base)):
        return pair
    found: list[list[Fact]] = []
    common = choosing.metric_of(query, tuple(named), base)
    metrics = (common,) if common else query.metric_ids
    for name in named:
        facts = [fact for metric in metrics for fact in computed(name, metric, query, base)]
        if not facts and base.names.entities[name].kind != "country" and operation in ("ratio", "share"):
            facts = _main(name, query, base)
        if facts:
            found.append(_of_first_metric(facts))
    if len(found) < 2 and operation not in MANY:
        found += _of_other_subjects(named, query, base)
    if len(found) < 2 and operation == "share":
        found += _of_the_other(found, query, base)
    return choosing.side_by_side(found, query) if len(found) > 1 else []


def _of_other_subjects(named: list[str], query: Query, base: Base) -> list[list[Fact]]:
    """The figures of metrics that only one entity has, which the question need not name: "the fund and VC funding"."""
    found: list[list[Fact]] = []
    for mention in query.named:
        subjects = {fact.entity for fact in base.by_metric[mention.id]}
        if len(subjects) == 1 and not subjects & set(named):
            facts = computed(next(iter(subjects)), mention.id, query, base)
            if facts:
                found.append(facts)
    return found


def _of_the_other(found: list[list[Fact]], query: Query, base: Base) -> list[list[Fact]]:
    """The same metric of the one other thing that has it: "Nvidia's loss as a share of the whole"."""
    if len(found) != 1 or not query.named:
        return []
    first = found[0][0]
    others = {fact.entity for fact in base.by_metric[first.metric] if fact.as_of == first.as_of} - {first.entity}
    return [computed(next(iter(others)), first.metric, query, base)] if len(others) == 1 else []


def _with_metric(named: list[str], query: Query, base: Base) -> list[str]:
    return [n for n in named if any(f.entity == n and f.metric in query.metric_ids for f in base.by_entity[n])]


def _of_first_metric(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.metric == facts[0].metric]


def _main(entity: str, query: Query, base: Base) -> list[Fact]:
    """The leading figure of an entity whose metric the question leaves out: a fund's size, a company's worth."""
    free = query.model_copy(update={"periods": ()})
    money = [fact for fact in computed(entity, None, free, base) if units()[fact.unit].dimension == "money"]
    return _of_first_metric(money) if money else []


def _of_one(named: list[str], query: Query, base: Base) -> list[Fact]:
    """Two figures of one entity: of two periods, or of two metrics."""
    if not named:
        return []
    entity = named[0]
    if len(query.periods) == 2:
        for metric in query.metric_ids:
            found = [
                computed(entity, metric, query.model_copy(update={"periods": (period,)}), base)
                for period in query.periods
            ]
            if all(found):
                return [facts[0] for facts in found]
    by_metric: list[list[Fact]] = []
    for mention in query.named:
        facts = computed(entity, mention.id, query, base)
        if facts:
            by_metric.append(facts)
    return choosing.side_by_side(by_metric[:2], query) if len(by_metric) > 1 else []


def _is_stated(query: Query, base: Base) -> bool:
    """Whether the articles give the result themselves: then they are quoted rather than computed with."""
    wanted = set(query.entity_ids) - {
        n for n in query.entity_ids if base.names.entities[n].kind in ("group", "document")
    }
    for mention in query.named:
        for fact in base.by_metric[mention.id]:
            dimension = units()[fact.unit].dimension
            about = {fact.entity, *fact.related}
            asked = query.dimensions or {"ratio", "percent"}
            if dimension in asked and dimension in ("ratio", "percent") and wanted <= about:
                return evidence.period_fits(fact, query, base)
    return False


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


def whole_of(query: Query) -> str | None:
    """The entity that a share is taken of, where the question says so: 딥시크의 몇 %, percentage of DeepSeek's."""
    said = cues.whole(query.question, query.language)
    if said is None:
        return None
    start, end = said
    if query.language == "ko":
        last = max((m for m in query.entities if m.end <= start), key=lambda m: m.end, default=None)
        return last.id if last and not TOPIC.search(query.question[last.end : start]) else None
    after = min((m for m in query.entities if m.start >= end), key=lambda m: m.start, default=None)
    return after.id if after and len(query.question[end : after.start].split()) <= 1 else None


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
