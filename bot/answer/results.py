"""The result of a calculation: rounded to what it says, written with its hedge, and recorded with its inputs."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from bot.answer import intervals
from bot.answer.intervals import Interval
from bot.knowledge.base import Base
from bot.language import writing
from bot.language.units import units
from bot.schema import Answer, Calculation, Fact, Operation, Query

DIGITS = 4  # of an approximate amount


def record(operation: Operation, facts: list[Fact], result: Interval, unit: str) -> Calculation:
    """What an answer's JSON says of a calculation, in base units."""
    return Calculation(
        operation=operation,
        inputs=tuple(fact.id for fact in facts),
        result=f"{result.low:f}" if result.point else None,
        low=None if result.point or result.low is None else f"{result.low:f}",
        high=None if result.point or result.high is None else f"{result.high:f}",
        unit=unit,
    )


def refuse(reason: str, query: Query) -> Answer:
    """Say why nothing is computed."""
    return Answer(question=query.question, language=query.language, kind="clarify", text=reason)


def names_of(facts: list[Fact], base: Base, query: Query) -> list[str]:
    """What the facts are of, in the language of the answer."""
    return [base.names.entities[fact.entity].name(query.language) for fact in facts]


def rounded_to_say(result: Interval, unit: str) -> Interval:
    """`result` with as many digits as say something; a bound is never rounded past what it bounds, if that is exact."""
    about = result.about
    if result.point:
        value = _round(result.low, unit, ROUND_HALF_EVEN, about)
        return Interval(value, value, about)
    loose = about and result.low is not None and result.high is not None  # about 55.6 to 111 times, as anybody computes
    down, up = (ROUND_HALF_EVEN, ROUND_HALF_EVEN) if loose else (ROUND_FLOOR, ROUND_CEILING)
    return Interval(_round(result.low, unit, down, about), _round(result.high, unit, up, about), about)


def _round(number: Decimal | None, unit: str, rounding: str, about: bool) -> Decimal | None:
    """Three digits for a ratio or a share; an amount stays exact where it is whole, and has four where it is about."""
    if number is None:
        return None
    if about and number.adjusted() >= DIGITS:
        number = number.quantize(Decimal(1).scaleb(number.adjusted() - DIGITS + 1), rounding=rounding)
    if unit not in ("ratio", "percent") and number == number.to_integral_value():
        return number.quantize(Decimal(1))
    places = max(0, 2 - number.adjusted()) if number else 0
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=rounding)
    return rounded.normalize() if rounded != rounded.to_integral_value() else rounded.quantize(Decimal(1))


def write(result: Interval, unit: str, like: Fact, query: Query, base: Base) -> str:
    """A result with its unit and hedge, as a figure `like` it is written."""
    low = result.low if result.low is not None else result.high
    high = result.high if result.high is not None else result.low
    assert low is not None and high is not None  # the caller has refused a result without bounds
    metric = base.names.metrics[like.metric]
    counter = metric.counter(query.language) if unit == "count" else ""
    scale = query.scale if units()[unit].dimension == "money" else None
    hedge = intervals.hedge(result)
    if hedge == "range" and result.about:
        hedge = "about"  # a range of approximate ends is itself approximate
    written = writing.write(low, high, unit, query.language, counter, scale)
    if result.about and hedge in ("at_least", "up_to"):  # a bound of what is approximate
        written = writing.hedged(written, "about", query.language)
    return writing.hedged(written, hedge, query.language)
