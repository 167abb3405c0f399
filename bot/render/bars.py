"""Figures → what is to be seen on their chart: hedges, ranges and bounds kept, every bar with its source."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.answer.intervals import interval
from bot.answer.wording import bounds, capital, grouped, value
from bot.knowledge.base import Base
from bot.language import periods, writing
from bot.phrases import say
from bot.schema import Fact, Language, Query

Extent = Literal["exact", "range", "more", "less"]
Row = list[Fact]  # one figure, with every place that gives it

MOST = 20  # bars: what a phone shows without losing the axis
STEPS = 5  # of the axis, at most
ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))  # what a step may begin with
ZERO = Decimal(0)


@dataclass(frozen=True)
class Bar:
    """One figure as it is drawn: from zero to `certain`, and what else it may be."""

    label: str
    marks: str  # of its sources: "[1][2]"
    value: str  # as the answers write it
    extent: Extent
    certain: Decimal
    possible: tuple[Decimal, Decimal] | None = None  # the span of a range; from zero to the bound of "less"
    asked: bool = False  # stands out from the others

    @property
    def ends(self) -> tuple[Decimal, ...]:
        return (self.certain, *(self.possible or ()))


@dataclass(frozen=True)
class Chart:
    """Everything that is to be seen on a picture."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[Decimal, str], ...]
    legend: tuple[tuple[Extent, str], ...]  # what the bars mean that are not exact
    notes: tuple[str, ...]
    sources: tuple[str, ...]  # a line a document


def chart(facts: Collection[Fact], base: Base, language: Language, highlight: Collection[str] = ()) -> Chart:
    """The chart of figures of one measure and unit, the largest first; those of one entity in the order of time.

    Args:
        facts: at least one; of more than MOST figures the largest, or the latest, are shown, and it is said so.
        base: the knowledge base that they are of.
        language: of names and figures.
        highlight: ids of the facts that stand out; where that is all of them or none, none does.

    Raises:
        ValueError: the facts are of several measures or units, or there are none.
    """
    if len({(fact.metric, fact.unit) for fact in facts}) != 1:
        raise ValueError("a chart takes figures of one measure and one unit")
    every = grouped(facts)
    rows = _ordered(_most(every, highlight), base)
    query = Query(question="", language=language)
    sources = _Sources(base, language)
    asked = [any(fact.id in highlight for fact in row) for row in rows]
    labels = _labels(rows, base, language)
    bars = tuple(
        _bar(row[0], label, value(row[0], base, query), sources.marks(row), stands_out and not all(asked))
        for row, label, stands_out in zip(rows, labels, asked, strict=True)
    )
    title, subtitle = _titles(rows, base, language)
    if len(rows) < len(every):
        cut = say("chart_cut", language, shown=len(rows), all=len(every))
        subtitle = f"{subtitle} · {cut}" if subtitle else cut
    return Chart(
        title=title,
        subtitle=subtitle,
        bars=bars,
        ticks=_ticks(ends(bars), rows[0][0].unit, language),
        legend=tuple((extent, say(f"chart_{extent}", language)) for extent in _inexact(bars)),
        notes=_notes(rows, labels, language),
        sources=sources.lines(),
    )


def ends(bars: Iterable[Bar]) -> tuple[Decimal, Decimal]:
    """The least and the most of an axis that holds all of `bars`, and zero."""
    found = [ZERO, *(end for bar in bars for end in bar.ends)]
    return min(found), max(found)


def _inexact(bars: Iterable[Bar]) -> list[Extent]:
    return list(dict.fromkeys(bar.extent for bar in bars if bar.extent != "exact"))


def _bar(fact: Fact, label: str, written: str, marks: str, asked: bool) -> Bar:
    """A bar for a figure. What a bound leaves open points away from zero, or lies between zero and the bound."""
    low, high = bounds(fact)
    found = interval(fact)
    if found.low is None or found.high is None:
        outward = (found.high is None) == (high >= 0)  # "under -5%" goes on to the left, as "over 5%" to the right
        if outward:
            return Bar(label, marks, written, "more", high, asked=asked)
        return Bar(label, marks, written, "less", ZERO, (min(ZERO, high), max(ZERO, high)), asked)
    if low != high:
        certain = low if low > 0 else high if high < 0 else ZERO
        return Bar(label, marks, written, "range", certain, (low, high), asked)
    return Bar(label, marks, written, "exact", high, asked=asked)


# ── which rows, in which order, under which names ────────────────────────────────────────────────


def _top(row: Row) -> Decimal:
    return bounds(row[0])[1]


def _of_one_entity(rows: list[Row]) -> bool:
    return len({row[0].entity for row in rows}) == 1


def _most(rows: list[Row], highlight: Collection[str]) -> list[Row]:
    """At most MOST rows: what is highlighted, then the latest of one entity or the largest of several."""
    series = _of_one_entity(rows)

    def rank(row: Row) -> tuple[bool, str, Decimal]:
        return any(fact.id in highlight for fact in row), row[0].as_of if series else "", _top(row)

    return sorted(rows, key=rank, reverse=True)[:MOST]


def _ordered(rows: list[Row], base: Base) -> list[Row]:
    """Rows from the largest to the smallest; what there is of one entity together, in the order of time."""
    largest: dict[str, Decimal] = {}
    for row in rows:
        largest[row[0].entity] = max(_top(row), largest.get(row[0].entity, _top(row)))
    place = {name: number for number, name in enumerate(base.names.entities)}

    def rank(row: Row) -> tuple[Decimal, int, str, Decimal]:
        entity = row[0].entity
        return -largest[entity], place[entity], row[0].as_of, -_top(row)

    return sorted(rows, key=rank)


def _labels(rows: list[Row], base: Base, language: Language) -> list[str]:
    """What each row is called: its name, its period where they differ, its document where nothing else tells them apart."""
    series = _of_one_entity(rows)
    differ = len({row[0].as_of for row in rows}) > 1
    labels: list[str] = []
    for row in rows:
        name = capital(base.names.entities[row[0].entity].name(language))
        period = periods.write(row[0].as_of, language) if row[0].as_of and differ else ""
        label = say("chart_row", language, name=name, detail=period) if period else name
        labels.append(period if series and period else label)
    if len(set(labels)) == len(labels):
        return labels
    titles = [base.documents[base.passages[row[0].passage].document].name(language) for row in rows]
    return [
        say("chart_row", language, name=label, detail=title) if labels.count(label) > 1 else label
        for label, title in zip(labels, titles, strict=True)
    ]


def _titles(rows: list[Row], base: Base, language: Language) -> tuple[str, str]:
    """What is measured, and as of when where that is the same for all."""
    fact = rows[0][0]
    title = base.names.metrics[fact.metric].name(language)
    if _of_one_entity(rows):
        title = say("chart_series", language, entity=base.names.entities[fact.entity].name(language), metric=title)
    (stamp, *others) = {row[0].as_of for row in rows}
    subtitle = say("chart_as_of", language, period=periods.write(stamp, language)) if stamp and not others else ""
    return capital(title), subtitle


def _notes(rows: list[Row], labels: list[str], language: Language) -> tuple[str, ...]:
    """What the reader should know, each once, with the names of the rows that it is about where that is not all."""
    about: dict[str, list[str]] = {}
    for row, label in zip(rows, labels, strict=True):
        for text in dict.fromkeys(fact.note(language) for fact in row):
            if text:
                about.setdefault(text, []).append(label)
    return tuple(
        say("note", language, note=text)
        if len(names) == len(rows)
        else say("chart_note", language, names=", ".join(names), note=text)
        for text, names in about.items()
    )


# ── the axis and the sources ─────────────────────────────────────────────────────────────────────


def _ticks(of: tuple[Decimal, Decimal], unit: str, language: Language) -> tuple[tuple[Decimal, str], ...]:
    """Round figures along an axis, zero among them, as the answers write them."""
    low, high = of
    if low == high:
        return ((low, "0"),)
    size = Decimal(1).scaleb(((high - low) / STEPS).adjusted())
    step = next(size * factor for factor in ROUND if high - low <= size * factor * STEPS)
    # int() drops what is beyond the last whole step, towards zero on either side of it
    return tuple((step * n, _tick(step * n, unit, language)) for n in range(int(low / step), int(high / step) + 1))


def _tick(amount: Decimal, unit: str, language: Language) -> str:
    if not amount:
        return "0"
    if unit == "count":  # what is counted stands beside every bar
        return writing.amount(amount, language)
    return writing.write(amount, amount, unit, language)


class _Sources:
    """The passages that a chart cites, numbered in the order in which they are first cited."""

    def __init__(self, base: Base, language: Language) -> None:
        self._base = base
        self._language: Language = language
        self._markers: dict[str, int] = {}

    def marks(self, facts: Iterable[Fact]) -> str:
        numbers = [self._markers.setdefault(fact.passage, len(self._markers) + 1) for fact in facts]
        return "".join(f"[{number}]" for number in dict.fromkeys(numbers))

    def lines(self) -> tuple[str, ...]:
        """A line a document: its title, then each passage with its number."""
        cited: dict[str, list[str]] = {}
        for name, number in self._markers.items():
            passage = self._base.passages[name]
            places = cited.setdefault(passage.document, [])
            places.append(f"[{number}] {f'#{passage.number}' if places else name}")
        return tuple(
            f"{self._base.documents[document].name(self._language)}, {' '.join(places)}"
            for document, places in cited.items()
        )
