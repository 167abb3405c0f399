"""Lines of a PDF's page → its tables: lines that follow each other and whose parts stand below each other."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

LEAST = 6  # cells of a table
COLUMNS, ROWS = 2, 2  # at least
LONG = 40  # characters of its cells on average: two columns of running text are no table
WITHIN = 0.85  # of the distance of rows: a line nearer than that to the one above is of the same row
FAR = 1.6  # times that distance: a line so far above is of no row
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
    def close(self) -> tuple[Cell, ...]: ...
    @property
    def height(self) -> float: ...
    @property
    def size(self) -> float: ...
    @property
    def page(self) -> int: ...


def tables(lines: Sequence[Row]) -> Iterator[tuple[int, int, tuple[tuple[str, ...], ...]]]:
    """The tables among some lines: the first line of each, the one after its last, and its cells."""
    start = done = 0
    while start < len(lines):
        end, above, rows = _table(lines, start, done)
        if rows:
            yield start - above, end, rows
            done = end
        start = max(end, start + 1)


def _table(lines: Sequence[Row], start: int, done: int) -> tuple[int, int, tuple[tuple[str, ...], ...]]:
    """Where the table ends that begins with a line, how many lines above that are of it too, and its cells.

    No cells where none begins; the lines before `done` are of another table.
    """
    first = lines[start]
    width = len(first.cells)
    if width < COLUMNS:
        return start + 1, 0, ()
    spans = [(cell.left, cell.right) for cell in first.cells]
    own: list[_Placed] = []
    for line in lines[start:]:
        placed = _placed(line, spans)
        if placed is None or not _is_near(line, first):
            break
        own.append(placed)
        for place, cell in zip(placed.places, placed.cells, strict=True):
            spans[place] = min(spans[place][0], cell.left), max(spans[place][1], cell.right)
    while own and len(own[-1].places) == 1:
        own.pop()  # a line of text below it
    end, below = start + len(own), len(own)
    far = FAR * max((one.line.height - other.line.height for one, other in itertools.pairwise(own)), default=0.0)
    for line in reversed(lines[done:start]):  # the names of the columns often stand nearer to each other
        placed = _placed(line, spans)
        if placed is None or len(placed.places) < COLUMNS or not _is_near(line, first):
            break
        if line.height - own[0].line.height > far:
            break
        own.insert(0, placed)
    gaps = [one.line.height - other.line.height for one, other in itertools.pairwise(own)]
    full = [gap for gap, placed in zip(gaps, own[1:], strict=True) if len(placed.places) == width]
    near = WITHIN * max(full, default=0.0)
    rows = [["" for _ in spans] for _ in own]
    at = 0
    for number, placed in enumerate(own):
        if number and (len(placed.places) == width or gaps[number - 1] >= near):  # else it goes on with the row above
            at += 1
        for place, cell in zip(placed.places, placed.cells, strict=True):
            rows[at][place] = f"{rows[at][place]} {cell.text}".strip()
    rows = rows[: at + 1]
    texts = [text for row in rows for text in row if text]
    if len(rows) < ROWS or len(texts) < LEAST or sum(map(len, texts)) > LONG * len(texts):
        return start + 1, 0, ()
    return end, len(own) - below, tuple(map(tuple, rows))


def _is_near(line: Row, first: Row) -> bool:
    """Whether a line may be of the table of another: of its page, and in letters of its size."""
    return line.page == first.page and abs(line.size - first.size) < 1


class _Placed(NamedTuple):
    """A line, its parts as cells, and the columns that these stand in."""

    line: Row
    cells: tuple[Cell, ...]
    places: list[int]


def _placed(line: Row, spans: list[tuple[float, float]]) -> _Placed | None:
    """A line in the columns of a table, whose cells may stand nearer to each other than those; None where it has none."""
    for cells in (line.cells, line.close):
        if (places := _places(cells, spans)) is not None:
            return _Placed(line, cells, places)
    return None


def _places(cells: tuple[Cell, ...], spans: list[tuple[float, float]]) -> list[int] | None:
    """The columns that the parts of a line stand in, one in each; None where they stand otherwise."""
    found: list[int] = []
    for cell in cells:
        under = [n for n, (left, right) in enumerate(spans) if cell.left < right + SLACK and left - SLACK < cell.right]
        if len(under) != 1 or under[0] in found:
            return None
        found.append(under[0])
    return found
