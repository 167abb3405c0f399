"""Rows of a table that answer → their cells, each with the name of its column: a row alone cannot be read."""

from collections.abc import Collection
from decimal import Decimal
from math import fsum

from bot.answer.evidence import AS_SYNONYM, NO_TERMS, met, says_much
from bot.answer.numbered import is_in_a_band
from bot.answer.passages import PassageEvidence
from bot.answer.wording import Citations
from bot.knowledge.base import Base
from bot.knowledge.corpus import SECTION
from bot.language import periods
from bot.language.sentences import BETWEEN
from bot.phrases import say
from bot.schema import Query

LEAST = 3  # rows, that of the names among them, of what is taken for a table
MOST = 3  # rows that are told one by one
WHOLE = frozenset({"compare", "rank_high", "rank_low", "sum", "average", "difference"})  # asked of all its rows


def told(
    item: PassageEvidence, query: Query, base: Base, citations: Citations, date: str = "", phrase: str = ""
) -> list[str]:
    """A claim for each row of a table that has all of the question that any row has; none where no few rows do.

    Args:
        item: a passage that answers.
        query: in whose language it is said.
        base: the knowledge base.
        citations: of the answer.
        date: of the document, where its editions say different things.
        phrase: how an edition of that date says it.
    """
    passage = base.passages[item.hit.passage]
    cells = [f"{shown} [{citations.cite(passage.id, row)}]" for row, shown in _rows(item, query, base)]
    if not cells:
        return []
    heading = passage.section.rpartition(SECTION)[2]
    slots = {"heading": heading, "date": periods.write(date, query.language) if date else ""}
    phrase = phrase or ("says_row_under" if heading else "says_row")
    if len(cells) == 1:
        return [say(phrase, query.language, cells=cells[0], **slots)]
    return [say(phrase, query.language, cells="", **slots).rstrip(), *(f"- {one}" for one in cells)]


def _rows(item: PassageEvidence, query: Query, base: Base) -> list[tuple[str, str]]:
    """The rows that answer, each as it is written and with the names of its columns."""
    lines = [line for line in base.passages[item.hit.passage].text.split("\n") if BETWEEN in line]
    if len(lines) < LEAST or query.cues & WHOLE:
        return []
    names = lines[0].split(BETWEEN)
    if any(len(line.split(BETWEEN)) != len(names) for line in lines) or any(map(_is_number, names)):
        return []
    named = _said(lines[0], item, query, base).keys()  # the payment terms of whom: all rows have that
    said = {line: _said(line, item, query, base) for line in lines[1:]}
    said = {line: _without(named, found) for line, found in said.items()}
    rows = _with_all(said)
    if not rows:  # "delivery to the islands" under "Delivery times": there "not delivered" says nothing more
        above = frozenset(base.terms_above(item.hit.passage))
        headed = {word.surface for word in query.words if met(word, above, NO_TERMS)}
        said = {line: _without(headed, found) for line, found in said.items()}
        rows = _with_all(said)
    best = max((fsum(said[line].values()) for line in rows), default=0.0)  # a word itself, and not one that is like it
    rows = [line for line in rows if fsum(said[line].values()) == best]
    return [(row, _cells(names, row)) for row in rows] if len(rows) <= MOST else []


def _without(words: Collection[str], found: dict[str, float]) -> dict[str, float]:
    return {word: how for word, how in found.items() if word not in words}


def _with_all(said: dict[str, dict[str, float]]) -> list[str]:
    """The rows that have all that any row has."""
    every = frozenset[str]().union(*said.values())
    return [line for line, found in said.items() if every and every == found.keys()]


def _is_number(name: str) -> bool:
    """Whether what stands in the first row is no name of a column."""
    return name.strip(" .,%+-$€₩¥").replace(",", "").replace(".", "").isdigit()


def _said(line: str, item: PassageEvidence, query: Query, base: Base) -> dict[str, float]:
    """The words of a question that a row has, and how well."""
    own = [sentence.terms for sentence in base.sentences(item.hit.passage) if sentence.text in line]
    terms = frozenset[str]().union(*own)
    found = {word.surface: met(word, terms, NO_TERMS) for word in query.words if says_much(word)}
    given = [Decimal(word.surface) for word in query.words if word.number and not found.get(word.surface)]
    given += [amount for amount, unit in query.amounts if unit in (None, "count")]
    found |= {f"{number:f}": AS_SYNONYM for number in given if is_in_a_band(number, line)}
    said = periods.find(line, None)
    found |= {period: float(any(periods.matches(period, one) for one in said)) for period in query.periods}
    return {surface: credit for surface, credit in found.items() if credit}


def _cells(names: list[str], row: str) -> str:
    cells = zip(names, row.split(BETWEEN), strict=True)
    return " · ".join(
        f"{name.strip()}: {cell.strip()}" if name.strip() else cell.strip() for name, cell in cells if cell.strip()
    )
