"""Parts of wholes: what is left of one, what a share of it comes to in money, how much falls to each of a count."""

from dataclasses import replace
from decimal import Decimal

from bot.answer import evidence, intervals
from bot.answer.intervals import Interval, interval
from bot.answer.operands import NEARLY, computed
from bot.answer.results import names_of, record, refuse, rounded_to_say, write
from bot.answer.wording import Citations, capital, compose, value
from bot.knowledge.base import Base
from bot.language.units import units
from bot.phrases import say
from bot.schema import Answer, Fact, Query

HUNDRED = Decimal(100)


def rest(query: Query, base: Base) -> Answer | None:
    """What is left of a whole, where the part is stated in percent: "who holds what the founder does not"."""
    named = [fact for mention in query.named for fact in base.matching(metrics=(mention.id,), unit="percent")]
    fitting = [fact for fact in named if (found := evidence.of_fact(fact, query, base)) and found.names >= NEARLY]
    if not fitting:
        return None
    fact = fitting[0]
    left = intervals.subtract(Interval(HUNDRED, HUNDRED), interval(fact))
    citations = Citations(base, query.language)
    marks = citations.marks([fact])
    written = write(left, "percent", fact, query, base)
    part = f"{names_of([fact], base, query)[0]} {base.names.metrics[fact.metric].name(query.language)}"
    claims = [
        capital(say("rest", query.language, part=part, result=written, marks=marks)),
        say("working", query.language, working=f"100% − {value(fact, base, query)} = {written}"),
    ]
    made = record("difference", [fact], left, "percent")
    return compose(query, "calculation", claims, citations, [fact], made)


def amount_of_part(query: Query, base: Base) -> Answer | None:
    """What a part comes to that is stated in percent: a stake, in the money that the whole is worth."""
    of_both = {name for name in query.metric_ids if base.names.metrics[name].part_of in query.metric_ids}
    if not (query.unit or of_both or "money" in query.dimensions or "amount" in query.cues) or "why" in query.cues:
        return None
    given = {amount for amount, unit in query.amounts if unit == "percent"}
    if "percent" in query.cues and not given:
        return None  # the share itself is asked for
    named = {mention.id for mention in query.named} | of_both
    free = replace(query, dimensions=frozenset())
    if not query.entities:
        return None
    parts = base.matching(metrics=named, unit="percent")
    parts += [fact for amount in given for fact in base.matching(unit="percent", amount=amount) if fact not in parts]
    for part in sorted(parts, key=lambda fact: (fact.file, fact.line)):
        metric = base.names.metrics[part.metric].part_of
        # "the stake in money": what the whole is worth is meant
        asked = metric in named or part.metric in of_both or query.dimensions == {"money"}
        wholes = computed(part.entity, metric, query, base) if asked and metric else []
        if wholes and (found := evidence.of_fact(part, free, base)) and found.names >= NEARLY:
            whole = next((fact for fact in wholes if fact.unit == query.unit), wholes[0])
            return _product(part, whole, query, base)
    return None


def _product(part: Fact, whole: Fact, query: Query, base: Base) -> Answer:
    result = intervals.multiply(interval(whole), intervals.scale(interval(part), 1 / HUNDRED))
    if result.low is None and result.high is None:
        return refuse(say("overlap", query.language), query)
    rounded = rounded_to_say(result, whole.unit)
    citations = Citations(base, query.language)
    marks = citations.marks([part, whole])
    written = write(rounded, whole.unit, whole, query, base)
    entity = base.names.entities[part.entity].name(query.language)
    metric = base.names.metrics[part.metric].name(query.language)
    working = f"{value(whole, base, query)} × {value(part, base, query)} = {written}"
    claims = [
        capital(say("amount_of_part", query.language, entity=entity, metric=metric, result=written, marks=marks)),
        say("working", query.language, working=working),
    ]
    return compose(
        query, "calculation", claims, citations, [part, whole],
        record("product", [part, whole], rounded, whole.unit),
    )  # fmt: skip


def is_per_head(facts: list[Fact]) -> bool:
    """Whether money is to be divided by a count."""
    dimensions = [units()[fact.unit].dimension for fact in facts]
    return sorted(dimensions) == ["count", "money"]


def per_head(facts: list[Fact], query: Query, base: Base) -> Answer:
    """An amount of money for each of a count."""
    money, count = sorted(facts, key=lambda fact: units()[fact.unit].dimension != "money")
    result = intervals.divide(interval(money), interval(count))
    rounded = rounded_to_say(result, "ratio")
    if rounded.low is None and rounded.high is None:
        return refuse(say("overlap", query.language), query)
    citations = Citations(base, query.language)
    marks = citations.marks([money, count])
    written = write(rounded, money.unit, money, query, base)
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
        record("ratio", [money, count], rounded, money.unit),
    )
