"""`gakju facts`: the figures as a table, as CSV or as a chart."""

import contextlib
import csv
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.answer.wording import value
from bot.cache import ready_for_charts
from bot.cli.opening import language, open_base
from bot.errors import GakjuError
from bot.knowledge.base import Base
from bot.knowledge.names import spellings
from bot.knowledge.spelled import normal
from bot.language.periods import write as write_period
from bot.phrases import COLUMNS, say
from bot.render.chart import FORMATS, Format, draw, groups
from bot.render.text import cell
from bot.schema import Fact, Language, Query


def facts(name: str | None, as_csv: bool, picture: Path | None, lang: str | None, kb: Path | None) -> None:
    """Show the figures of one entity or measure, or all."""
    if picture is not None:
        _format(picture)  # before the work is done
    base = open_base(kb)
    spoken = language(lang) or _language_of(name)
    chosen = _chosen(name, base)
    if picture is not None:
        _chart(picture, name, chosen, base, spoken)
        return
    rows = [_row(fact, base, spoken) for fact in chosen]
    if as_csv:
        if not sys.stdout.isatty():
            sys.stdout.write("\ufeff")  # by which a spreadsheet tells UTF-8
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS[spoken])
        writer.writerows([cell(text) for text in row] for row in rows)
    elif sys.stdout.isatty():
        _table(rows, spoken)
    else:
        for row in (COLUMNS[spoken], *rows):
            print("\t".join(row))


def _language_of(name: str | None) -> Language:
    return "en" if name and name.isascii() else "ko"


def _chosen(name: str | None, base: Base) -> list[Fact]:
    """The facts of an entity and of what belongs to it, or of a measure, in the order of their table."""
    if name is None:
        return list(base.facts)
    if mentions := base.names.find_entities(name):
        entities = {part for mention in mentions for part in (mention.id, *base.names.parts(mention.id))}
        return [fact for fact in base.facts if fact.entity in entities]
    asked = normal(name)
    metrics = {
        metric.id for metric in base.names.metrics.values() if asked in {normal(known) for known in spellings(metric)}
    }
    if not asked or not metrics:
        nearest = base.speller.nearest(name.strip())
        within = [
            item.name(_language_of(name))
            for item in base.names.all()
            if asked and asked in normal(item.name(_language_of(name)))
        ]
        meant = ", ".join(within[:3]) or (nearest if nearest and normal(nearest) != asked else "")
        if not base.facts:
            raise GakjuError("there are no figures yet; gakju facts draft DOC proposes those of a document")
        hint = f"; did you mean {meant}?" if meant else "; gakju facts lists all"
        raise GakjuError(f"nothing is known as {name!r}{hint}")
    return [fact for fact in base.facts if fact.metric in metrics]


def _chart(path: Path, name: str | None, chosen: list[Fact], base: Base, spoken: Language) -> None:
    """Draw the chart of most figures that the chosen ones make, and tell what else could be drawn."""
    found = sorted(groups(chosen, base), key=len, reverse=True)
    if not found:
        others = _metrics(groups(base.facts, base), base, spoken)
        what = f"; these do: {others}" if others else ""
        raise GakjuError(
            f"the figures of {name or 'this knowledge base'} make no chart, which takes two of one measure and unit{what}"
        )
    ready_for_charts()
    _write(path, draw(found[0], base, spoken, {fact.id for fact in chosen}, _format(path)))
    print(f"{path}: {_metrics(found[:1], base, spoken)}")
    if len(found) > 1:
        print(say("chart_others", spoken, metrics=_metrics(found[1:], base, spoken)))


def _metrics(found: Iterable[tuple[Fact, ...]], base: Base, spoken: Language) -> str:
    return ", ".join(dict.fromkeys(base.names.metrics[group[0].metric].name(spoken) for group in found))


def _format(path: Path) -> Format:
    """What kind of file a name asks for."""
    asked = path.suffix.lower().removeprefix(".")
    for known in FORMATS:
        if asked == known:
            return known
    raise GakjuError(f"--chart is {path}; its name has to end in .png, .svg or .pdf")


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".gakju-{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise GakjuError(f"{path} cannot be written: {error.strerror}") from error


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
