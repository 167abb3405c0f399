"""What a hedged figure leaves open, and arithmetic that keeps it open: a bound in gives a bound out."""

from dataclasses import dataclass
from decimal import Decimal

from bot.answer.wording import bounds
from bot.schema import Fact, Hedge

DAY = 8  # digits of a date: 20251113


@dataclass(frozen=True)
class Interval:
    """Every value that a figure allows; None: no bound is stated on that side."""

    low: Decimal | None
    high: Decimal | None
    about: bool = False  # the ends are approximate

    @property
    def point(self) -> bool:
        return self.low is not None and self.low == self.high


def interval(fact: Fact) -> Interval:
    """The values that a fact allows."""
    low, high = bounds(fact)
    if fact.unit == "date":  # 2025 is all of its days, and overlaps 2025-01
        low, high = Decimal(f"{low:f}".ljust(DAY, "0")), Decimal(f"{high:f}".ljust(DAY, "9"))
    if fact.hedge in ("over", "at_least"):
        return Interval(low, None)
    if fact.hedge in ("under", "up_to"):
        return Interval(None, high)
    return Interval(low, high, fact.hedge in ("about", "nearly"))


def above(first: Fact, second: Fact) -> bool:
    """Whether `first` is certainly the larger: its least is more than the most that `second` may be."""
    a, b = interval(first), interval(second)
    if a.low is None or b.high is None:
        return False
    return a.low > b.high or (a.low == b.high and (first.hedge == "over" or second.hedge == "under"))


def divide(a: Interval, b: Interval) -> Interval:
    low = a.low / b.high if a.low is not None and b.high else None
    high = a.high / b.low if a.high is not None and b.low else None
    return Interval(low, high, a.about or b.about)


def subtract(a: Interval, b: Interval) -> Interval:
    low = a.low - b.high if a.low is not None and b.high is not None else None
    high = a.high - b.low if a.high is not None and b.low is not None else None
    return Interval(low, high, a.about or b.about)


def add(a: Interval, b: Interval) -> Interval:
    low = a.low + b.low if a.low is not None and b.low is not None else None
    high = a.high + b.high if a.high is not None and b.high is not None else None
    # a part without a lower bound is still no less than nothing: the sum is no less than the rest
    if low is None and (a.low is not None or b.low is not None):
        low = a.low if a.low is not None else b.low
    return Interval(low, high, a.about or b.about)


def multiply(a: Interval, b: Interval) -> Interval:
    """The product of what is not below nothing."""
    low = a.low * b.low if a.low is not None and b.low is not None else None
    high = a.high * b.high if a.high is not None and b.high is not None else None
    return Interval(low, high, a.about or b.about)


def scale(a: Interval, by: Decimal) -> Interval:
    return Interval(
        None if a.low is None else a.low * by,
        None if a.high is None else a.high * by,
        a.about,
    )


def hedge(result: Interval) -> Hedge | None:
    """The hedge that says what an interval leaves open."""
    if result.low is None:
        return "up_to" if result.high is not None else None
    if result.high is None:
        return "at_least"
    return "range" if result.low != result.high else "about" if result.about else None
