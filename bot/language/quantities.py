"""Numbers that were read, and lengths of time that are given in parts: 1년 6개월, an hour and a half."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from bot.language.tables import table
from bot.language.units import units
from bot.schema import Hedge

TOGETHER = re.compile(r"\s?(?:and\s)?")  # between two parts of one length of time
HALF = re.compile(r"\s?반(?=(?:이|은|의|을|에|도|만|간|쯤|가량|이나|이다|이었다|입니다)?(?![가-힣]))")  # 1년 반


@dataclass(frozen=True)
class Quantity:
    """A number that a text gives, in base units, with what hedges it and where it stands."""

    low: Decimal
    high: Decimal
    unit: str | None  # an id of units.csv; None: a bare number
    hedge: Hedge | None
    start: int
    end: int

    def is_within(self, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether it is a part of one of some spans, such as those of dates."""
        return any(start <= self.start and self.end <= end for start, end in spans)


def with_half(quantity: Quantity, text: str) -> Quantity:
    """A length of time with the half that follows it: 1년 반, 한 시간 반."""
    half = HALF.match(text, quantity.end)
    if not half or quantity.hedge == "range" or not quantity.unit or units()[quantity.unit].dimension != "duration":
        return quantity
    low, high = (bound + Decimal("0.5") for bound in (quantity.low, quantity.high))
    return replace(quantity, low=low, high=high, end=half.end())


def together(quantities: list[Quantity], text: str) -> Iterator[Quantity]:
    """Lengths of time in two parts as one, in the smaller unit: 1년 6개월 is 18 months."""
    waiting: Quantity | None = None
    for quantity in quantities:
        if waiting and (joined := _joined(waiting, quantity, text)):
            waiting = joined
            continue
        if waiting:
            yield waiting
        waiting = quantity
    if waiting:
        yield waiting


def _joined(first: Quantity, second: Quantity, text: str) -> Quantity | None:
    parts = _compounds().get((first.unit or "", second.unit or ""))
    exact = first.low == first.high == first.low.to_integral_value() and second.low == second.high
    if not parts or not exact or second.low >= parts or not TOGETHER.fullmatch(text, first.end, second.start):
        return None
    value = first.low * parts + second.low
    return Quantity(value, value, second.unit, second.hedge or first.hedge, first.start, second.end)


@cache
def _compounds() -> dict[tuple[str, str], int]:
    """The units that lengths of time are given in together → how many of the smaller the larger has."""
    return {(row["whole"], row["part"]): int(row["parts"]) for row in table("compounds")}
