"""`gakju facts`: the figures as a table, or as CSV."""

import csv
import sys
from pathlib import Path

from bot.answer.wording import value
from bot.cli.opening import language, open_base
from bot.errors import GakjuError
from bot.knowledge.base import Base
from bot.language.periods import write as write_period
from bot.phrases import COLUMNS
from bot.render.text import cell
from bot.schema import Fact, Language, Query


def facts(entity: str | None, as_csv: bool, lang: str | None, kb: Path | None) -> None:
    """Show the figures of one entity, or all."""
    base = open_base(kb)
    spoken = language(lang) or _language_of(entity)
    rows = [_row(fact, base, spoken) for fact in _chosen(entity, base)]
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS[spoken])
        writer.writerows([cell(text) for text in row] for row in rows)
    elif sys.stdout.isatty():
        _table(rows, spoken)
    else:
        for row in (COLUMNS[spoken], *rows):
            print("\t".join(row))


def _language_of(entity: str | None) -> Language:
    return "en" if entity and entity.isascii() else "ko"


def _chosen(entity: str | None, base: Base) -> list[Fact]:
    """The facts of an entity and of what belongs to it, in the order of their table."""
    if entity is None:
        return list(base.facts)
    mentions = base.names.find_entities(entity)
    if not mentions:
        nearest = base.speller.nearest(entity.strip())
        hint = f"; did you mean {nearest}?" if nearest else "; gakju facts lists all"
        raise GakjuError(f"nothing is known as {entity!r}{hint}")
    names = {name for mention in mentions for name in (mention.id, *base.names.parts(mention.id))}
    return [fact for fact in base.facts if fact.entity in names]


def _row(fact: Fact, base: Base, spoken: Language) -> tuple[str, ...]:
    names = base.names
    return (
        names.entities[fact.entity].name(spoken),
        names.metrics[fact.metric].name(spoken),
        value(fact, base, Query(question="", language=spoken)),
        write_period(fact.as_of, spoken) if fact.as_of else "",
        fact.passage,
        fact.quote,
    )


def _table(rows: list[tuple[str, ...]], spoken: Language) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*COLUMNS[spoken][:5], header_style="bold", box=None)
    for row in rows:
        table.add_row(*row[:5])
    Console().print(table)
