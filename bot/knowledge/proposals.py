"""Figures that were read out of a document and that nobody has accepted yet: a table that a person edits."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from bot.errors import ContentError
from bot.language.hangul import nfc

FORMULA = "=+-@\t\r"  # what a spreadsheet takes for the beginning of a formula
DECISIONS = ("", "accept", "reject")
FIGURE, NO_FIGURE = "figure", "no figure"


@dataclass(frozen=True)
class Proposal:
    """A row: a figure, or digits that are most likely none. Every cell is text, as the editor sees it.

    An entity or metric is an id or a name that is known, else the name of a new one, in one language or as `한|En`.
    """

    decision: str = ""  # empty, accept or reject
    kind: str = FIGURE
    written: str = ""  # the number as the text has it, with what hedges it
    entity: str = ""
    metric: str = ""
    value: str = ""
    low: str = ""
    high: str = ""
    unit: str = ""
    hedge: str = ""
    as_of: str = ""
    quote: str = ""
    passage: str = ""
    new: str = ""  # which of entity and metric are new: for the editor's eye
    why: str = ""  # what is uncertain, and why a cell is empty
    reason: str = ""  # for exceptions.csv: why it is no figure

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What stays the same when the same text is read again, whatever was corrected."""
        return self.passage, self.quote, self.kind, self.written


CONTEXT = 12  # characters before a number at which its quote may begin
COLUMNS = tuple(field.name for field in fields(Proposal))


def write(proposals: Iterable[Proposal]) -> str:
    """The table as CSV, with no cell that a spreadsheet takes for a formula; `read` gives the same back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in astuple(proposal)] for proposal in proposals)
    return out.getvalue()


def read(path: str, text: str) -> list[Proposal]:
    """The rows of a table that an editor has saved.

    Raises:
        ContentError: a column is missing or unknown, or a decision is none.
    """
    reader = csv.reader(io.StringIO(nfc(text).removeprefix("\ufeff"), newline=""), strict=True)
    found: list[Proposal] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        wrong = [name for name in ("decision", "quote", "passage") if name not in header]
        wrong += [name for name in header if name and name not in COLUMNS]
        if wrong:
            raise ContentError(path, 1, f"the column {wrong[0]} is missing or unknown", f"keep {','.join(COLUMNS)}")
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            cells = {name: _bare(cell) for name, cell in zip(header, row, strict=False) if name}
            cells["decision"] = cells["decision"].strip().lower()
            if cells["decision"] not in DECISIONS:
                problem = f"decision is {cells['decision']!r}"
                raise ContentError(path, reader.line_num, problem, "leave it empty or write accept or reject")
            found.append(Proposal(**cells))
    except csv.Error as error:
        raise ContentError(path, reader.line_num, str(error), "save the table as CSV with quoted cells") from error
    return found


def merged(before: Iterable[Proposal], fresh: Iterable[Proposal]) -> list[Proposal]:
    """What is proposed now, with the decisions and corrections that were made before.

    A row that was decided or corrected stays, though its number may no longer be proposed.
    """
    kept = {proposal.key: proposal for proposal in before}
    found = [kept.pop(proposal.key, proposal) for proposal in fresh]
    return found + [proposal for proposal in kept.values() if proposal.decision]


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """A number with the word that it stands in and the one before it."""
    first = text.rfind(" ", 0, start) + 1
    earlier = text.rfind(" ", 0, max(0, first - 1)) + 1
    if start - earlier <= CONTEXT:
        first = earlier
    last = text.find(" ", end)
    return first, len(text) if last < 0 else last


def _guarded(cell: str) -> str:
    # an apostrophe of the text's own gets another, so that reading can tell them apart
    return f"'{cell}" if cell[:1] in tuple(FORMULA) or cell[:1] == "'" else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and (cell[1:2] in tuple(f"{FORMULA}'")) and cell[1:2] else cell
