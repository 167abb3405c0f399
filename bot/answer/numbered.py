"""Numbers that tell which of several things is meant: error 429, 3층, at 14:21."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.answer.shapes import BOUNDS
from bot.knowledge.base import Base
from bot.language import numbers
from bot.language.terms import Token
from bot.schema import Word

NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,4})?")
SUM = re.compile(r"\d\s?[+*/=×÷]\s?\d")  # of nothing that articles have
CLOCK = re.compile(r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])(?::|시\s?)(?P<minute>[0-5]\d)(?![\d:])분?")


def numbers_said(text: str, tokens: list[Token], spans: list[tuple[int, int]], base: Base) -> Iterator[Word]:
    """The numbers of a question that are no amount, date or rank, as words that an answer must have.

    Args:
        text: the question.
        tokens: its words.
        spans: what is taken for something else: amounts, dates, names, what asks.
        base: the articles.
    """
    if SUM.search(text):
        return
    taken = list(spans)
    for match in CLOCK.finditer(text):
        for part in ("minute", "hour"):
            yield _word(match[part], base)
        taken.append(match.span())
    for token in tokens:
        inside = any(start < token.end and token.start < end for start, end in taken)
        if not inside and NUMBER.fullmatch(token.surface):
            yield _word(token.surface, base)


def stands_in(word: Word, text: str) -> bool:
    """Whether a number is one of a text's, and no amount: 418 is none of 418,000, and code 9 is no 9 hours."""
    found = (
        match
        for number in (word.surface, *word.concepts)
        for match in re.finditer(rf"(?<![\d.,])0?{re.escape(number)}(?![\d]|[.,]\d)", text)
    )
    amounts = () if CLOCK.search(text) else [one for one in numbers.read(text) if one.unit not in (None, "count")]
    return any(not any(one.start <= match.start() < one.end for one in amounts) for match in found)


def is_in_a_band(number: Decimal, line: str) -> bool:
    """Whether a number is within a band that the row of a table gives: 3000 in 2,000–9,999, or in 1,000 or more."""
    for one in numbers.read(line):
        bound = BOUNDS.get(one.hedge or "")
        if one.unit not in (None, "count") or not (bound or one.hedge == "range"):
            continue
        if (bound == "cap" or one.low <= number) and (bound == "floor" or number <= one.high):
            return True
    return False


def _word(number: str, base: Base) -> Word:
    written = (number.zfill(2), number.lstrip("0") or "0")  # 09:31 is 9시 31분
    return Word(
        surface=number,
        terms=(number,),
        concepts=written,
        proper=True,
        name=not any(map(base.says, (number, *written))),
        number=True,
    )
