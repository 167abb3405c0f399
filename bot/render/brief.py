"""An answer in a line or two of plain text: to be copied, or chosen from a list."""

from bot.answer.parts import ROW, common, listed, quoted, rows, unmarked
from bot.answer.wording import translated
from bot.knowledge.base import Base
from bot.phrases import say
from bot.render.markup import line, shorten, units
from bot.schema import Answer

COPIED = 256  # UTF-16 units that Telegram lets a button copy
HEAD, BELOW = 120, 240  # of a card's two lines


def copy_text(answer: Answer, base: Base) -> str | None:
    """A figure, or the sentence that answers, with its source, in at most `COPIED` UTF-16 units.

    Returns:
        None where there is nothing to cite, no single thing to copy, or no room: a figure is never cut.
    """
    if not answer.citations or answer.kind == "list":
        return None
    cited = answer.citations if answer.kind == "calculation" else answer.citations[:1]
    said, quote = headline(answer)
    if quote:
        said = f"“{said}”" if said == line(quote) else f"“{said}” ({say('in_translation', answer.language)})"
    if answer.kind in ("figure", "comparison") and (found := rows(answer, base)):
        first = found[0]
        as_of = say("as_of", answer.language, period=first.as_of) if first.as_of else ""
        slots = {"entity": first.entity, "metric": first.metric, "value": first.value, "as_of": as_of}
        said = line(say("row", answer.language, marks="", **slots))
        cited = tuple(citation for citation in answer.citations if citation.marker == first.marker)
    places = ", ".join(dict.fromkeys(f"{citation.document}#{citation.passage}" for citation in cited))
    for source in (f"{cited[0].title}, {places}", places):
        text = f"{said} — {line(source)}"
        if units(text) <= COPIED:
            return text
    return None


def inline_card(answer: Answer, base: Base) -> tuple[str, str]:
    """The title and the description of an answer among the results of an inline question, in plain text."""
    found = listed(answer, base)
    if answer.kind == "list" and found:
        entity, metric, _ = common(found)
        title = " ".join(name for name in (entity, metric) if name) or ", ".join({row.metric: 0 for row in found})
        below = "; ".join(f"{row.metric if entity else row.entity}: {row.value}" for row in found)
    else:
        title, quote = headline(answer)
        below = " ".join(claim.removeprefix(ROW) for claim in answer.claims[1:])
        if answer.citations:
            first = answer.citations[0]
            place = f"{first.title}, {first.passage}"
            below = place if quote and title == line(quote) else f"“{first.quote}” {place}"
    return shorten(line(title), HEAD) or "…", shorten(line(below), BELOW)


def headline(answer: Answer) -> tuple[str, str]:
    """What an answer says first, without its markers, and the original words where that quotes or translates them."""
    claim = answer.claims[0]
    if citation := quoted(claim, answer):
        return line(citation.quote), citation.quote
    if citation := quoted(claim, answer, in_translation=True):
        return line(translated(citation, answer.language)), citation.quote
    return line(unmarked(claim, answer).removeprefix(ROW)), ""
