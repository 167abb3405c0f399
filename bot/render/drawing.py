"""A chart → a picture of it.

The axis is linear and begins at zero, however far apart the figures are: the length of a bar is what it says, and on a
logarithmic axis it would depend on where the axis happens to begin. The exact figure stands beside each bar, for what
is too small to be seen. Light and dark, hatching and weight tell apart what colours do, for print and for the
colour-blind.
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from bot.answer.wording import capital
from bot.render.bars import ZERO, Bar, Chart, Extent, ends
from bot.render.page import INK, LEFT, RIGHT, Page, Style, between

GAP = 10.0  # between things that stand side by side
BAR = 13.0  # height of a bar
BETWEEN = 13.0  # from a bar to the next label
SEEN = 1.5  # the shortest bar
OPEN = 24.0  # length of the end that fades out
FADING = 5  # strips of it
CAP = 2.0  # width of the end of a range, or of what a bound allows
NAME_SHARE = 0.4  # of the width, which a long figure leaves to its name
MARKS_SHARE = 0.2  # of it, above which the markers stand below the name

QUIET, RULE, GRID = "#5b6670", "#c9d0d6", "#e6eaed"
DARK, LIGHT = "#1d5a96", "#b9d2ea"  # a bar, and what is open of it
DIM, DIM_LIGHT = "#a3adb6", "#dde2e6"  # of the others, where one stands out

TITLE = Style(17, bold=True)
SUBTITLE = Style(11, QUIET)
NAME = Style(12.5)
ASKED = Style(12.5, bold=True)
MARKS = Style(8.5, QUIET)
SMALL = Style(9, QUIET)


def picture(chart: Chart, sources: str, form: str) -> bytes:
    """A chart as a file.

    Args:
        chart: what is to be seen.
        sources: the heading of its sources.
        form: png, svg or pdf.
    """
    page = Page()
    page.paragraph(chart.title, TITLE, most=4)
    if chart.subtitle:
        page.paragraph(capital(chart.subtitle), SUBTITLE, most=2)
    page.y += 12
    _rows(page, chart)
    for extent, meaning in chart.legend:
        _legend(page, extent, meaning)
    for note in chart.notes:
        page.y += 3
        page.paragraph(note, SMALL, most=6)
    page.y += 7
    page.line((LEFT, page.y), (RIGHT, page.y), RULE)
    page.y += 5
    for number, source in enumerate(chart.sources):
        page.paragraph(source if number else f"{sources}: {source}", SMALL, most=4)
    return page.file(form)


@dataclass(frozen=True)
class _Axis:
    """Where amounts stand between the margins, with room at either end for what goes on."""

    low: Decimal
    high: Decimal
    left: float
    right: float

    def at(self, amount: Decimal, seen: bool = False) -> float:
        """Where an amount stands; the end of a bar no nearer to zero than can be seen, which is within a line's width."""
        if self.low == self.high:
            return self.left
        # divided as Decimals: a float does not hold every figure that a table may have
        points = Decimal(self.right - self.left) / (self.high - self.low)
        distance = float(amount * points)
        if seen and amount:
            distance = math.copysign(max(SEEN, abs(distance)), distance)
        return self.left - float(self.low * points) + distance


def _axis(chart: Chart) -> _Axis:
    low, high = ends(chart.bars)
    open_ends = [bar.certain for bar in chart.bars if bar.extent == "more"]
    left = LEFT + (OPEN if any(end < 0 for end in open_ends) else 0)
    whole = _Axis(low, high, left, RIGHT)
    short = any(end >= 0 and whole.at(end) + OPEN > RIGHT for end in open_ends)
    return _Axis(low, high, left, RIGHT - OPEN) if short else whole


def _rows(page: Page, chart: Chart) -> None:
    """The bars over their axis, each below its name and figure: a phone is too narrow for the three side by side."""
    axis = _axis(chart)
    dim = any(bar.asked for bar in chart.bars)
    for bar in chart.bars:
        _label(page, bar)
        colours = (DIM, DIM_LIGHT) if dim and not bar.asked else (DARK, LIGHT)
        spans = [axis.at(end, seen=True) for end in bar.possible or ()]
        _bar(page, bar.extent, axis.at(ZERO), axis.at(bar.certain, seen=True), spans, colours)
        for amount, _ in chart.ticks:  # beside the bars only: not through the names
            x = axis.at(amount)
            page.line((x, page.y - 3), (x, page.y + BAR + 3), GRID if amount else INK, below=bool(amount))
        page.y += BAR + BETWEEN
    page.y += 6 - BETWEEN
    taken: list[tuple[float, float]] = []
    for amount, text in sorted(chart.ticks, key=lambda tick: abs(tick[0])):
        half = page.width(text, SMALL) / 2
        x = min(max(axis.at(amount), LEFT + half), RIGHT - half)
        if all(x + half < start or end < x - half for start, end in taken):
            page.text(x, text, SMALL, "center")
            taken.append((x - half - GAP, x + half + GAP))
    page.y += SMALL.leading + 7


def _label(page: Page, bar: Bar) -> None:
    """The name with its markers to the left, the figure to the right, on as many lines as they need."""
    style = ASKED if bar.asked else NAME
    width = RIGHT - LEFT
    marks = page.width(bar.marks, MARKS) + 4
    beside = marks < width * MARKS_SHARE
    figure = page.wrapped(bar.value, style, width * (1 - NAME_SHARE) - GAP)  # whole, however long: it is the figure
    taken = max(page.width(line, style) for line in figure)
    name = page.wrapped(bar.label, style, width - taken - GAP - (marks if beside else 0), most=4)
    for number in range(max(len(name), len(figure))):
        if number < len(figure):
            page.text(RIGHT, figure[number], style, "right")
        if number < len(name):
            page.text(LEFT, name[number], style)
        if number == len(name) - 1 and beside:
            page.text(LEFT + page.width(name[number], style) + 4, bar.marks, MARKS, drop=style.size - MARKS.size)
        page.y += style.leading
    if not beside:
        page.paragraph(bar.marks, MARKS, most=2)
    page.y += 3


def _bar(page: Page, extent: Extent, zero: float, certain: float, spans: list[float], colours: tuple[str, str]) -> None:
    """A bar: whole as far as the figure is certain, light over a range, hatched below a bound, fading out above one."""
    dark, light = colours
    if extent == "less":
        start, end = spans
        page.box(start, end, BAR, light, hatching=dark)
        bound = end if start == zero else start
        page.box(bound, bound + math.copysign(min(CAP, end - start), zero - bound), BAR, dark)
    if spans and extent == "range":
        start, end = spans
        page.box(start, end, BAR, light)
        page.box(start, start + CAP, BAR, dark)
        page.box(end - CAP, end, BAR, dark)
    if certain != zero:
        page.box(zero, certain, BAR, dark)
    if extent == "more":
        outward = 1 if certain >= zero else -1
        step = OPEN * 0.8 / FADING
        for number in range(FADING):
            end = certain + outward * (number + 1) * step
            page.box(end - outward * step * 0.6, end, BAR, between(dark, light, number / FADING))
        page.arrow(certain + outward * OPEN, outward, BAR, dark)


def _legend(page: Page, extent: Extent, meaning: str) -> None:
    """A small bar of its kind, and what it means."""
    width = 34.0
    zero, end = LEFT, LEFT + width
    spans = {"range": [LEFT + width / 2, end], "less": [zero, end]}.get(extent, [])
    certain = {"range": LEFT + width / 2, "less": zero}.get(extent, end - OPEN)
    page.y += 1
    _bar(page, extent, zero, certain, spans, (DARK, LIGHT))
    page.paragraph(meaning, SMALL, most=3, x=end + GAP)
    page.y += 4
