"""Lines of a PDF's page → its tables: lines that follow each other and whose parts stand below each other."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

LEAST = 6  # cells of a table
COLUMNS, ROWS = 2, 2  # at least
LONG = 40  # characters of its cells on average: two columns of running text are no table
WITHIN = 0.85  # of the distance of rows: a line nearer than that to the one above is of the same row
SLACK = 2.0  # points


class Cell(NamedTuple):
    """A part of a line: what it says, and from where to where it stands."""

    text: str
    left: float
    right: float


class Row(Protocol):
    """A line of a page, with its parts."""

    @property
    def cells(self) -> tuple[Cell, ...]: ...
    @property
    def height(self) -> float: ...
    @property
    def size(self) -> float: ...
    @property
    def page(self) -> int: ...


def tables(lines: Sequence[Row]) -> Iterator[tuple[int, int, tuple[tuple[str, ...], ...]]]:
    """The tables among some lines: the first line of each, the one after its last, and its cells."""
    start = 0
    while start < len(lines):
        end, rows = _table(lines, start)
        if rows:
            yield start, end, rows
        start = max(end, start + 1)


def _table(lines: Sequence[Row], start: int) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """Where the table ends that begins with a line, and its cells; none where none does."""
    first = lines[start]
    width = len(first.cells)
    if width < COLUMNS:
        return start + 1, ()
    spans = [(cell.left, cell.right) for cell in first.cells]
    own: list[tuple[Row, list[int]]] = []
    for line in lines[start:]:
        places = _places(line.cells, spans)
        if places is None or line.page != first.page or abs(line.size - first.size) >= 1:
            break
        own.append((line, places))
        for place, cell in zip(places, line.cells, strict=True):
            spans[place] = min(spans[place][0], cell.left), max(spans[place][1], cell.right)
    while own and len(own[-1][1]) == 1:
        own.pop()  # a line of text below it
    gaps = [above.height - line.height for (above, _), (line, _) in itertools.pairwise(own)]
    full = [gap for gap, (_, places) in zip(gaps, own[1:], strict=True) if len(places) == width]
    near = WITHIN * max(full, default=0.0)
    rows = [["" for _ in spans] for _ in own]
    at = 0
    for number, (line, places) in enumerate(own):
        if number and (len(places) == width or gaps[number - 1] >= near):  # else it goes on with the row above
            at += 1
        for place, cell in zip(places, line.cells, strict=True):
            rows[at][place] = f"{rows[at][place]} {cell.text}".strip()
    rows = rows[: at + 1]
    texts = [text for row in rows for text in row if text]
    if len(rows) < ROWS or len(texts) < LEAST or sum(map(len, texts)) > LONG * len(texts):
        return start + 1, ()
    return start + len(own), tuple(map(tuple, rows))


def _places(cells: tuple[Cell, ...], spans: list[tuple[float, float]]) -> list[int] | None:
    """The columns that the parts of a line stand in, one in each; None where they stand otherwise."""
    found: list[int] = []
    for cell in cells:
        under = [n for n, (left, right) in enumerate(spans) if cell.left < right + SLACK and left - SLACK < cell.right]
        if len(under) != 1 or under[0] in found:
            return None
        found.append(under[0])
    return found
