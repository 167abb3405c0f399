"""The passages of a document → lines: the sentences and the rows of tables that are read one at a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.language import numbers
from bot.language.sentences import starts as starts_of_sentences
from bot.language.units import units
from bot.schema import Passage

CELLS = re.compile(r"\s*\|\s*")
RULE = re.compile(r"^[\s|:-]+$")  # |---|---|
PAIRS = re.compile(r"^[^:;]{1,60}: [^;]+(?:; [^:;]{1,60}: [^;]+)+$")  # a row as "header: cell; header: cell"
CODE = re.compile(r"(?ms)^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)|\Z)")


@dataclass(frozen=True)
class Line:
    """What is read at once: a sentence, or a row of a table; a verbatim part of its passage."""

    passage: Passage
    text: str
    start: int  # in the passage
    header: tuple[str, ...] = ()  # the names of a table's columns, in a row below them
    row: bool = False
    titles: bool = False  # a row of nothing but the names of columns


def lines(passages: Iterable[Passage]) -> Iterator[Line]:
    """The lines of passages, in order; what stands in blocks of code is left out.

    The first row of a table, in one passage or over several, names the columns of those below it.
    """
    header: tuple[str, ...] = ()
    for passage in passages:
        at = 0
        code = [match.span() for match in CODE.finditer(passage.text)]
        every = passage.text.split("\n")
        for number, text in enumerate(every, 1):
            start, at = at, at + len(text) + 1
            if not text.strip() or any(first <= start < last for first, last in code):
                continue
            if "|" in text.strip().strip("|") and not RULE.match(text):
                names = tuple(CELLS.split(text.strip().strip("|").strip()))
                if header and len(names) <= len(header):
                    yield _stripped(Line(passage, text, start, header, True))
                else:
                    header = names
                    below = next((line for line in every[number:] if not RULE.match(line)), "")
                    yield _stripped(Line(passage, text, start, (), True, _are_titles(text, below)))
                continue
            if not RULE.match(text):
                header = ()
            if PAIRS.match(text):
                yield _stripped(Line(passage, text, start, tuple(re.findall(r"(?:^|; )([^:;]+): ", text)), True))
                continue
            starts = starts_of_sentences(text)
            for first, last in zip(starts, [*starts[1:], len(text)], strict=True):
                yield _stripped(Line(passage, text[first:last], start + first))


def _are_titles(first: str, below: str) -> bool:
    """Whether the first row of a table names its columns: its numbers, if it has any, are of no kind of those below."""
    if "|" not in below:
        return False
    pairs = zip(cells(first.strip()), cells(below.strip()), strict=False)
    return all(_kinds(one).isdisjoint(_kinds(other)) for (_, _, one), (_, _, other) in pairs)


def _kinds(cell: str) -> set[str]:
    return {units()[quantity.unit].dimension if quantity.unit else "" for quantity in numbers.read(cell)}


def _stripped(line: Line) -> Line:
    lead = len(line.text) - len(line.text.lstrip())
    return replace(line, text=line.text.strip(), start=line.start + lead)


@lru_cache(maxsize=4)  # of one row, for each of its cells
def cells(text: str) -> tuple[tuple[int, int, str], ...]:
    """The cells of a row, each with where it stands."""
    separator = r"\s*\|\s*" if "|" in text else r";\s"
    found: list[tuple[int, int, str]] = []
    at = 0
    for match in [*re.finditer(separator, text), None]:
        last = match.start() if match else len(text)
        if text[at:last].strip() or at:
            name, colon, cell = text[at:last].partition(": ")
            found.append((at, last, cell if colon and "|" not in text else name + colon + cell))
        at = match.end() if match else last
    return tuple(found)


def is_title(line: Line, start: int) -> bool:
    """Whether what stands at `start` of a row names a row or a column of others: 10~49개, 모아 데스크 1400."""
    row = cells(line.text)
    of_row = bool(row) and row[0][0] <= start < row[0][1] and any(map(str.isdigit, "".join(c for _, _, c in row[1:])))
    return line.titles or (bool(line.header) and of_row)


def title_of(line: Line, start: int) -> tuple[str, str]:
    """What names the cell that has what stands at `start`: its row, "" in the first cell, and its column."""
    row = cells(line.text)
    column = next((n for n, (first, last, _) in enumerate(row) if first <= start < last), 0)
    return (row[0][2] if column else ""), (line.header[column] if column < len(line.header) else "")
