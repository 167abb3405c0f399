"""Proposals that a person has decided on → rows of entities.csv, metrics.csv, a table of figures and exceptions.csv."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.errors import GakjuError
from bot.knowledge.facts import ENTITIES, EXCEPTIONS, FACTS, METRICS, NoFigure
from bot.knowledge.names import spellings
from bot.knowledge.proposals import FIGURE, Proposal, around
from bot.knowledge.spelled import normal
from bot.language.sounds import romanized
from bot.language.tables import cell, table
from bot.phrases import say
from bot.schema import Entity, Fact, Language, Metric

Row = dict[str, str]
ID_LENGTH = 40
REMARKED = '\ufeff "'  # what may stand before the # of a remark


@dataclass
class Additions:
    """The rows that decided proposals make, each a column → cell."""

    entities: list[Row] = field(default_factory=list)
    metrics: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    exceptions: list[Row] = field(default_factory=list)


def additions(
    proposals: Iterable[Proposal],
    entities: Iterable[Entity],
    metrics: Iterable[Metric],
    facts: Iterable[Fact],
    exceptions: Iterable[NoFigure],
    language: Language,
) -> Additions:
    """The rows of all that was accepted or rejected; what the tables have already is not made twice.

    Raises:
        GakjuError: an accepted figure has no entity, no metric or no unit.
    """
    proposals = list(proposals)
    _complete(proposal for proposal in proposals if proposal.kind == FIGURE and proposal.decision == "accept")
    made = Additions()
    entity_ids = _Ids(entities)
    metric_ids = _Ids(metrics)
    known = list(facts)
    fact_ids = {fact.id for fact in known}
    have = {_same(_row_of(fact)) for fact in known}
    listed = {(row.passage, row.quote) for row in exceptions}
    for proposal in proposals:
        if proposal.kind == FIGURE and proposal.decision == "accept":
            entity, new = entity_ids.of(proposal.entity.strip())
            if new:
                made.entities.append(new)
            metric, new = metric_ids.of(proposal.metric.strip())
            if new:
                made.metrics.append(new | _counters(proposal))
            row = {column: getattr(proposal, column) for column in SHARED} | {"entity": entity, "metric": metric}
            if _same(row) not in have:
                have.add(_same(row))
                row["id"] = _unused(f"{entity}-{metric}", fact_ids)
                made.facts.append(row)
        elif proposal.decision and (proposal.kind == FIGURE) == (proposal.decision == "reject"):
            quote = _no_figure(proposal)
            if (proposal.passage, quote) not in listed:
                listed.add((proposal.passage, quote))
                reason = proposal.reason or say("rejected", language)
                made.exceptions.append({"passage": proposal.passage, "quote": quote, "reason": reason})
    return made


NEEDED = ("entity", "metric", "unit")
SHARED = ("value", "low", "high", "unit", "hedge", "as_of", "passage", "quote")


def _same(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in ("entity", "metric", *SHARED))


def _row_of(fact: Fact) -> Row:
    row = {"entity": fact.entity, "metric": fact.metric, "hedge": fact.hedge or ""}
    row |= {name: getattr(fact, name) for name in ("unit", "as_of", "passage", "quote")}
    for name in ("value", "low", "high"):
        number = getattr(fact, name)
        row[name] = "" if number is None else f"{number:f}"
    if fact.unit == "date":
        digits = row["value"]
        row["value"] = "-".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part)
    return row


def _complete(accepted: Iterable[Proposal]) -> None:
    """See that every row says of what it is, so that all that do not are told at once."""
    lacking = [
        (proposal, next((column for column in NEEDED if not getattr(proposal, column).strip(" |")), ""))
        for proposal in accepted
    ]
    lacking = [(proposal, column) for proposal, column in lacking if column]
    if not lacking:
        return
    (first, column), *others = lacking
    also = ", ".join(f"{other.written} of {other.passage} ({lacks})" for other, lacks in others)
    raise GakjuError(
        f"{first.passage}: {first.written} is accepted and its {column} is empty; write it into its row"
        + (f"; the same of {also}" if also else "")
    )


def _no_figure(proposal: Proposal) -> str:
    """The part of its passage that a decided row takes out of the figures."""
    start = proposal.quote.find(proposal.written)
    if proposal.kind != FIGURE or start < 0:
        return proposal.quote
    first, last = around(proposal.quote, start, start + len(proposal.written))
    return proposal.quote[first:last]


class _Ids:
    """The ids of entities or metrics by every spelling; a new one is given to a name that has none."""

    def __init__(self, known: Iterable[Entity | Metric]) -> None:
        items = list(known)
        self.ids = {item.id for item in items}
        self._by_name: dict[str, str] = {}
        for item in items:
            for name in spellings(item):
                self._by_name.setdefault(normal(name.removeprefix("?")), item.id)

    def of(self, name: str) -> tuple[str, Row | None]:
        """The id of a name, and the row of a new one."""
        if name in self.ids:
            return name, None
        korean, _, english = (part.strip() for part in name.partition("|"))
        names = [part for part in (korean, english) if part]
        for part in names:
            if found := self._by_name.get(normal(part)):
                return found, None
        identifier = _unused(slug(english or korean), self.ids)
        for part in names:
            self._by_name[normal(part)] = identifier
        return identifier, {"id": identifier, "name_ko": korean or english, "name_en": english or korean}


def _unused(wanted: str, ids: set[str]) -> str:
    number, identifier = 2, wanted
    while identifier in ids:
        identifier = f"{wanted}-{number}"
        number += 1
    ids.add(identifier)
    return identifier


def slug(name: str) -> str:
    """A name as an id: lower-case Latin letters and digits, Korean ones as they sound."""
    latin = romanized(name.lower())
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:ID_LENGTH].strip("-") or "item"


def _counters(proposal: Proposal) -> Row:
    """What a new count counts: the 명 of 1,250명, the employees of "number of employees"."""
    if proposal.unit != "count":
        return {}
    words = next((cell(row["aliases"]) for row in table("units") if row["id"] == "count"), ())
    korean = next(
        (w for w in words if re.search(rf"[\d십백천만억조]여?\s?{w}", proposal.written) and not w.isascii()), ""
    )
    english = proposal.metric.partition("number of ")[2]
    return {"counter_ko": korean, "counter_en": english}


# ── tables ───────────────────────────────────────────────────────────────────────────────────────

COLUMNS = {"entities": ENTITIES, "metrics": METRICS, "facts": FACTS, "exceptions": EXCEPTIONS}
# The columns of a new table, in the order in which a person reads them.
NEW = {
    "entities": "id,kind,in,name_ko,name_en,aliases,introduced",
    "metrics": "id,name_ko,name_en,counter_ko,counter_en,phrase_ko,phrase_en,part_of,aliases",
    "facts": "id,entity,metric,value,low,high,unit,hedge,as_of,passage,quote,related,note_ko,note_en",
    "exceptions": "passage,quote,reason",
}


def appended(kind: str, text: str, rows: list[Row]) -> str:
    """A table's text with more rows at its end; what stands there stays as it is, unless a column has to be added."""
    _, optional = COLUMNS[kind]
    above, text = _below_remarks(text)
    header = [name.strip() for name in next(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")), [])]
    if not header:
        header, text = NEW[kind].split(","), f"{NEW[kind]}\n"
    missing = [name for name in optional if name not in header and any(row.get(name) for row in rows)]
    if missing:
        body = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]
        width, header = len(header), [*header, *missing]
        text = _line(header)
        for row in body:
            wider = (
                row if not row or row[0].lstrip().startswith("#") else [*row, *[""] * (width - len(row) + len(missing))]
            )
            text += _line(wider) if row else "\n"
    if not text.endswith("\n"):
        text += "\n"
    return above + text + "".join(_line([row.get(name, "") for name in header]) for row in rows)


def _below_remarks(text: str) -> tuple[str, str]:
    """The remarks above the names of a table's columns, and the rest of it."""
    end = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.lstrip(REMARKED).startswith("#"):
            break
        end += len(line)
    above = text[:end]
    return above + "\n" if above and not above.endswith("\n") else above, text[end:]


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
