"""What numbers count, by the word behind them: people in 12명, times in 3회."""

import re
from functools import cache

from bot.language.quantities import Quantity
from bot.language.tables import cell, table

ASKED = re.compile(r"몇\s?|\bhow many\s", re.IGNORECASE)
DIGITS = re.compile(r"[\d.,]*(?:\s?[십백천만억조])*(?:여\s?|\s)?")


@cache
def _kinds() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {form: row["kind"] for row in table("counters") for form in cell(row["forms"])}
    korean, english = ("|".join(map(re.escape, (f for f in kinds if f.isascii() is side))) for side in (False, True))
    return re.compile(rf"(?:{korean})|(?:{english})\b", re.IGNORECASE), kinds


def _kind(text: str, at: int) -> str | None:
    pattern, kinds = _kinds()
    match = pattern.match(text, at)
    return kinds[match.group().lower()] if match else None


def asked(question: str) -> str | None:
    """The kind of what a question asks how many there are of; None where its counter tells none."""
    match = ASKED.search(question)
    return _kind(question, match.end()) if match else None


def counted(quantity: Quantity, text: str) -> str | None:
    """The kind of what a quantity of `text` counts; None where its counter tells none."""
    digits = DIGITS.match(text, quantity.start)
    return _kind(text, digits.end()) if digits else None
