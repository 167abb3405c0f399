"""Figures that make a chart, the chart as a picture, and what stands under it.

bot.render.drawing, and matplotlib with it, is imported when a chart is drawn and not before.
"""

from collections.abc import Collection, Iterable
from typing import Literal, get_args

from bot.knowledge.base import Base
from bot.language.units import units
from bot.phrases import say
from bot.render.bars import chart
from bot.schema import Answer, Fact, Language

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)

CAPTION = 1024  # UTF-16 units that Telegram allows under a picture
OF_FIGURES = ("figure", "comparison", "calculation", "list")  # kinds of answers
NO_AMOUNTS = ("date", "resolution")  # dimensions of what has no length: a date, and 1080p, which is a name


def groups(facts: Iterable[Fact], base: Base) -> tuple[tuple[Fact, ...], ...]:
    """Every chart that figures make, in their order: two or more of one measure and unit.

    A figure that is alone is drawn among those that others of the knowledge base have of its measure.
    """
    own: dict[tuple[str, str, bool], list[Fact]] = {}
    for fact in facts:
        if units()[fact.unit].dimension not in NO_AMOUNTS:
            own.setdefault(_axis(fact), []).append(fact)
    found: list[tuple[Fact, ...]] = []
    for axis, given in own.items():
        group = given if _several(given) else [fact for fact in base.by_metric[axis[0]] if _axis(fact) == axis]
        if _several(group):
            found.append(tuple(group))
    return tuple(found)


def chartable(answer: Answer, base: Base) -> tuple[Fact, ...]:
    """The figures that make a chart of an answer, or none; the answer's own ids say what to highlight in it."""
    if answer.kind not in OF_FIGURES:
        return ()
    facts = [fact for figure in answer.facts for fact in base.by_entity[figure.entity] if fact.id == figure.id]
    return next(iter(groups(facts, base)), ())


def _axis(fact: Fact) -> tuple[str, str, bool]:
    """Equal for figures that may share an axis: an amount of a quarter would look like a fall beside that of a year."""
    return fact.metric, fact.unit, "Q" in fact.as_of


def _several(facts: Iterable[Fact]) -> bool:
    return len({fact.same_figure for fact in facts}) > 1


def draw(
    facts: Collection[Fact], base: Base, language: Language, highlight: Collection[str] = (), form: Format = "png"
) -> bytes:
    """The chart of figures of one measure and unit as a file; the same bytes for the same figures.

    Args:
        facts: as `groups` or `chartable` gives them.
        base: the knowledge base that they are of.
        language: of names and figures.
        highlight: ids of the facts that stand out.
        form: what kind of file.

    Raises:
        ValueError: the facts are of several measures or units, or there are none.
    """
    from bot.render.drawing import picture

    return picture(chart(facts, base, language, highlight), say("chart_sources", language), form)


def to_png(facts: Collection[Fact], base: Base, language: Language, highlight: Collection[str] | None = None) -> bytes:
    """The chart as a picture 1200 pixels wide that Telegram takes as a photo."""
    return draw(facts, base, language, highlight or ())


def caption(facts: Collection[Fact], base: Base, language: Language) -> str:
    """What the chart of `facts` shows, and its sources, in at most CAPTION UTF-16 units of plain text."""
    shown = chart(facts, base, language)
    heading = f"{shown.title} ({shown.subtitle})" if shown.subtitle else shown.title
    lines = [_cut(heading, CAPTION // 4), say("chart_sources", language)]
    for number, source in enumerate(shown.sources):
        line = _cut(source, CAPTION // 4)
        left = len(shown.sources) - number
        more = say("chart_sources_left", language, count=left)
        if _length([*lines, line, *([more] if left > 1 else [])]) > CAPTION:
            return "\n".join([*lines, more])
        lines.append(line)
    return "\n".join(lines)


def _length(lines: list[str]) -> int:
    return len("\n".join(lines).encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, most: int) -> str:
    """`text`, or as much of it as `most` UTF-16 units hold with an ellipsis."""
    if _length([text]) <= most:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - 1)].decode("utf-16-le", errors="ignore")
    return f"{kept.rstrip()}…"
