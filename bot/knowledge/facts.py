"""The text of a table → facts, entities, metrics, exceptions, topics. A mistake is told to the table's editor."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from bot.errors import ContentError
from bot.language.dates import exists
from bot.language.hangul import nfc
from bot.language.tables import cell
from bot.language.units import units
from bot.schema import Entity, Fact, Metric

# Columns that a table must have, and those that it may.
ENTITIES = ("id", "name_ko", "name_en"), ("kind", "in", "aliases", "introduced")
METRICS = ("id", "name_ko", "name_en"), ("counter_ko", "counter_en", "phrase_ko", "phrase_en", "part_of", "aliases")
FACTS = (
    ("id", "entity", "metric", "value", "unit", "passage", "quote"),
    ("low", "high", "hedge", "as_of", "related", "note_ko", "note_en"),
)
EXCEPTIONS = ("passage", "quote", "reason"), ()
GLOSSARY = ("ko", "en"), ()
TOPICS = ("passage", "ko", "en"), ()
ID = re.compile(r"^[a-z0-9][a-z0-9_.-]*$")
R = TypeVar("R", Entity, Metric, Fact)
SEPARATORS = {";": "semicolons", "\t": "tabs"}
NUMERIC = ("value", "low", "high")
NUMBER = re.compile(r"-?\d{1,40}(\.\d{1,20})?")
DAY = re.compile(r"(\d{4})(\d\d)?(\d\d)?")


@dataclass(frozen=True)
class NoFigure:
    """Digits of an article that are no figure, and why."""

    passage: str
    quote: str
    reason: str
    file: str
    line: int


@dataclass(frozen=True)
class Topics:
    """What a passage may be looked up by beside its own words, as in the index at the end of a book."""

    passage: str
    words: tuple[str, ...]
    file: str
    line: int


def _rows(
    path: str, text: str, columns: tuple[tuple[str, ...], tuple[str, ...]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table, each with its line as an editor counts it; empty rows and those that begin with # are passed over."""
    reader = csv.reader(io.StringIO(nfc(text).removeprefix("\ufeff"), newline=""), strict=True)
    try:
        first = next((cells for cells in reader if not _is_comment(cells)), [])
        header = [name.strip().lower() for name in first]
        line = reader.line_num
        required, optional = columns
        missing = [name for name in required if name not in header]
        unknown = [name for name in header if name and name not in (*required, *optional)]
        if missing or unknown:
            raise ContentError(
                path,
                max(line, 1),
                _wrong_header(header, missing, unknown),
                f"the columns are {','.join((*required, *optional))}",
            )
        for row_cells in reader:
            start, line = line + 1, reader.line_num
            if _is_comment(row_cells) or not any(value.strip() for value in row_cells):
                continue
            if len(row_cells) > len(header):
                raise ContentError(
                    path, start, f"the row has {len(row_cells)} cells, the header {len(header)}",
                    'put a cell that contains a comma in "quotes"',
                )  # fmt: skip
            cells = row_cells + [""] * (len(header) - len(row_cells))
            row = {name: value.strip() for name, value in zip(header, cells, strict=True)}
            yield start, {name: row.get(name, "") for name in (*required, *optional)}
    except csv.Error as error:
        raise ContentError(path, reader.line_num, str(error), "save the table as CSV with quoted cells") from error


def _wrong_header(header: list[str], missing: list[str], unknown: list[str]) -> str:
    """What is wrong with the first line of a table."""
    if not any(header):
        return "the table is empty"
    if len(header) == 1 and (mark := next((mark for mark in SEPARATORS if mark in header[0]), "")):
        return f"the columns are separated by {SEPARATORS[mark]}, and not by commas (save it as CSV UTF-8)"
    parts = [f"column {', '.join(missing)} is missing"] if missing else []
    parts += [f"there is no column {', '.join(unknown)}"] if unknown else []
    return ", and ".join(parts)


def _is_comment(cells: list[str]) -> bool:
    return bool(cells) and cells[0].lstrip().startswith("#")


def _record(kind: type[R], values: dict[str, object], path: str, line: int) -> R:
    try:
        return kind(**values)
    except ValidationError as error:
        first = error.errors()[0]
        column = str(first["loc"][0]) if first["loc"] else ""
        if not column:
            raise ContentError(
                path, line, "value, low and high do not fit the hedge", str(first["ctx"]["error"])
            ) from error
        remedy = kind.model_fields[column].description or "fill it in"
        raise ContentError(path, line, f"{column} is {values.get(column) or 'empty'}", f"write {remedy}") from error


def _identified(path: str, line: int, row: dict[str, str], names: tuple[str, ...] = ()) -> None:
    if not ID.match(row["id"]):
        problem = f"id is {row['id'] or 'empty'}"
        raise ContentError(path, line, problem, "write lower-case letters, digits, - and _, such as deepseek")
    for name in names:
        if not row[name]:
            raise ContentError(
                path, line, f"{name} is empty", "give it a name in both languages (the same one will do)"
            )


def entities(path: str, text: str) -> list[tuple[int, Entity]]:
    """The rows of entities.csv with their lines."""
    found: list[tuple[int, Entity]] = []
    for line, row in _rows(path, text, ENTITIES):
        _identified(path, line, row, ("name_ko", "name_en"))
        values: dict[str, object] = {
            "id": row["id"], "kind": row["kind"], "groups": cell(row["in"]), "name_ko": row["name_ko"],
            "name_en": row["name_en"], "aliases": cell(row["aliases"]), "introduced": row["introduced"],
        }  # fmt: skip
        found.append((line, _record(Entity, values, path, line)))
    return found


def metrics(path: str, text: str) -> list[tuple[int, Metric]]:
    """The rows of metrics.csv with their lines; their order is their priority."""
    found: list[tuple[int, Metric]] = []
    for line, row in _rows(path, text, METRICS):
        _identified(path, line, row, ("name_ko", "name_en"))
        found.append((line, _record(Metric, {**row, "aliases": cell(row["aliases"])}, path, line)))
    return found


def facts(path: str, text: str) -> list[Fact]:
    """The rows of a table of figures."""
    found: list[Fact] = []
    for line, row in _rows(path, text, FACTS):
        _identified(path, line, row)
        values: dict[str, object] = {**row, "related": cell(row["related"]), "file": path, "line": line}
        if row["unit"] not in units():
            raise ContentError(
                path, line, f"unit is {row['unit'] or 'empty'}", f"write one of {', '.join(units())}"
            )  # fmt: skip
        for name in NUMERIC:
            digits = row[name].replace("-", "") if row["unit"] == "date" else row[name]
            if digits and not (NUMBER.fullmatch(digits) if row["unit"] != "date" else _is_day(digits)):
                remedy = Fact.model_fields[name].description or ""
                raise ContentError(path, line, f"{name} is {row[name]}", f"write {remedy}")
            values[name] = digits or None
        values["hedge"] = row["hedge"] or None
        fact = _record(Fact, values, path, line)
        if fact.as_of and fact.as_of[5:6] not in ("Q", "H") and not exists(fact.as_of):
            remedy = Fact.model_fields["as_of"].description or ""
            raise ContentError(path, line, f"as_of is {fact.as_of}", f"write {remedy}")
        found.append(fact)
    return found


def _is_day(digits: str) -> bool:
    """Whether a year, a month or a day such as 20251113 exists."""
    found = DAY.fullmatch(digits)
    return found is not None and exists("-".join(filter(None, found.groups())))


def exceptions(path: str, text: str) -> list[NoFigure]:
    """The rows of exceptions.csv: numbers of an article that are no figure."""
    return [
        NoFigure(row["passage"], row["quote"], row["reason"], path, line) for line, row in _rows(path, text, EXCEPTIONS)
    ]


def glossary(path: str, text: str) -> list[tuple[list[str], list[str]]]:
    """The rows of an editor's glossary.csv: words of one meaning, Korean and English."""
    return [(list(cell(row["ko"])), list(cell(row["en"]))) for _, row in _rows(path, text, GLOSSARY)]


def topics(path: str, text: str) -> list[Topics]:
    """The rows of an editor's topics.csv."""
    return [
        Topics(row["passage"], (*cell(row["ko"]), *cell(row["en"])), path, line)
        for line, row in _rows(path, text, TOPICS)
    ]
