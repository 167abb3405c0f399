"""The amounts that a question itself gives, each in the unit that it is meant in: over 1bn, 40승, 10억 넘는."""

from collections import Counter
from dataclasses import replace

from bot.answer.shapes import BOUNDS
from bot.knowledge.base import Base
from bot.language import numbers, periods
from bot.language.quantities import Quantity
from bot.language.terms import Token
from bot.language.units import units
from bot.schema import Mention

Hinted = list[tuple[Mention, float, set[int]]]  # the metrics that a question speaks of, as Names finds them
COUNT = "count"
SCALED = ("money", COUNT)  # what is written as 4bn


def amounts(text: str, tokens: list[Token], hinted: Hinted, base: Base) -> list[Quantity]:
    """The quantities of a question; a bare number is one where it has a scale, or counts or bounds what is measured."""
    dated = periods.spans(text, base.year)
    found: list[Quantity] = []
    for quantity in numbers.read(text):
        if quantity.unit:
            found.append(quantity)
        elif numbers.has_scale(quantity, text):
            found.append(replace(quantity, unit=_unit(hinted, SCALED, base)))
        elif not any(start <= quantity.start < end for start, end in dated) and (
            unit := _unit([item for item in hinted if _counts(quantity, tokens, item)], (COUNT,), base)
        ):
            found.append(replace(quantity, unit=unit))
    return found


def _counts(quantity: Quantity, tokens: list[Token], item: tuple[Mention, float, set[int]]) -> bool:
    """Whether a bare number is of a metric: it is a bound, or a word of the metric stands right behind it."""
    behind = next((index for index, token in enumerate(tokens) if token.start >= quantity.end), None)
    return quantity.hedge in BOUNDS or behind in item[2]


def _unit(hinted: Hinted, dimensions: tuple[str, ...], base: Base) -> str | None:
    """The unit of these dimensions that most figures of a metric are in, of the first metric that has any."""
    for mention, _, _ in hinted:
        counts = Counter(fact.unit for fact in base.matching(metrics=(mention.id,)))
        of_them = [unit for unit, _ in counts.most_common() if units()[unit].dimension in dimensions]
        if of_them:
            return of_them[0]
    return None


def names_an_amount(used: set[int], tokens: list[Token], given: list[Quantity]) -> bool:
    """Whether the words that name a metric are but those of an amount: the won of 1bn won."""
    return all(any(one.start <= tokens[index].start < one.end for one in given) for index in used)
