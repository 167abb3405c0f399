"""The passages of a document → proposals: its figures that no fact has, and its digits that are no figures.

Nothing is certain here and nothing is answered from it: a person accepts, corrects or rejects each row.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.knowledge import attribution
from bot.knowledge.check import NUMBER
from bot.knowledge.context import Known, Reading, spans
from bot.knowledge.facts import NoFigure
from bot.knowledge.lines import CODE, is_title, lines, title_of
from bot.knowledge.names import Names
from bot.knowledge.proposals import NO_FIGURE, Proposal, around
from bot.language import naming
from bot.language.dates import Dated
from bot.language.glossary import Glossary
from bot.language.numbers import YEAR
from bot.language.quantities import Quantity
from bot.language.tables import cell, table
from bot.language.units import units
from bot.phrases import say
from bot.schema import Document, Fact, Passage

YEN = re.compile(r"[¥￥]\s?$")
YUAN, JAPANESE = re.compile(r"위안|yuan|rmb|renminbi", re.IGNORECASE), re.compile(r"엔화|엔\b|\byen\b", re.IGNORECASE)
COUNTER = re.compile(r"여?\s?[가-힣]{1,4}")
EVENT = 30  # characters behind a date within which a word says what happened then
SEVERAL = 2  # sentences that are about something, for the document to be
SHORT = 2  # digits of a number that is no figure unless something says what it counts


def draft(
    document: Document,
    passages: Iterable[Passage],
    names: Names,
    glossary: Glossary,
    facts: Iterable[Fact] = (),
    exceptions: Iterable[NoFigure] = (),
) -> list[Proposal]:
    """Propose a row for every number of a document that no fact and no exception covers, in its order.

    A number is covered by a fact of its value, or by an exception, whose quote it stands in. Every quote of a
    proposal is a verbatim part of its passage, and `numbers.read` reads the proposed figure out of it.
    """
    known = Known(document, names, glossary)
    known.add(facts, exceptions)
    texts = list(passages)
    readings = [Reading(line, known) for line in lines(texts)]
    subjects = Counter(one.subject for one in readings if one.subject and not known.is_country(one.subject))
    main = _main(subjects, readings[0].line.text if readings else "")
    found = [proposal for passage in texts for proposal in _of_code(passage, known)]
    before: list[Reading] = []
    for one in readings:
        if before and before[-1].line.passage.id != one.line.passage.id:
            before = []
        found += _proposals(one, before, main, known)
        before.append(one)
    order = {passage.id: number for number, passage in enumerate(texts)}
    return _one_name_each(sorted(found, key=lambda proposal: order[proposal.passage]))


def _main(subjects: Counter[str], title: str) -> str:
    """What a document is mostly about: what several of its sentences are about, or one and its title; empty where none is."""
    name, times = subjects.most_common(1)[0] if subjects else ("", 0)
    return name if times >= SEVERAL or (name and name.partition("|")[0] in title) else ""


def _one_name_each(proposals: list[Proposal]) -> list[Proposal]:
    """Proposals whose new entities have the name that says most of them everywhere: 한라호|Halla for 한라호."""
    full = {proposal.entity.partition("|")[0]: proposal.entity for proposal in proposals if "|" in proposal.entity}
    return [replace(proposal, entity=full.get(proposal.entity, proposal.entity)) for proposal in proposals]


def _proposals(one: Reading, before: list[Reading], main: str, known: Known) -> Iterator[Proposal]:
    line = one.line
    figures = [quantity for quantity in one.quantities if _is_figure(quantity, one)]
    found = [
        (quantity.start, _figure(quantity, figures, one, before, main, known))
        for quantity in figures
        if not _is_covered(quantity, one, known)
    ]
    found += [
        (dated.start, _date(dated, one, before, main, known))
        for dated in one.dates
        if _happens(dated, figures, one)
        and not known.covers(line.passage.id, line.passage.text, line.start + dated.start, line.start + dated.end)
    ]
    yield from (proposal for _, proposal in sorted(found, key=lambda item: item[0]))
    if not found:
        yield from _no_figures(one, known)


# ── figures ──────────────────────────────────────────────────────────────────────────────────────


def _is_figure(quantity: Quantity, one: Reading) -> bool:
    text = one.line.text
    start, end = quantity.start, quantity.end
    written = text[start:end]
    inside = [item for item in one.nothing if item.start < end and start < item.end]
    if any(not quantity.unit or (item.start <= start and end <= item.end) for item in inside):
        return False
    if any(first < end and start < last for first, last in one.named) or is_title(one.line, start):
        return False
    if not any(map(str.isdigit, written)):  # "one person" and 한 가지 are mostly no figures
        return quantity.hedge is not None or quantity.low != 1 or quantity.unit not in ("count", None)
    if quantity.unit:
        return True
    if re.fullmatch(YEAR, written):
        return False
    if one.line.row or YEN.search(text[:start]) or naming.counted(text, end):
        return True
    if len(re.sub(r"\D", "", written)) > SHORT or "." in written:
        return True
    return bool(COUNTER.match(text, end)) and not text[end : end + 1].isspace() and not naming.TOPIC.match(text, end)


def _is_covered(quantity: Quantity, one: Reading, known: Known) -> bool:
    line = one.line
    start, end = line.start + quantity.start, line.start + quantity.end
    passage = line.passage
    for fact in known.facts[passage.id]:
        bounds = (fact.value, fact.value) if fact.value is not None else (fact.low, fact.high)
        if bounds == (quantity.low, quantity.high) and spans(fact.quote, passage.text, start, end):
            return True
    return any(spans(row.quote, passage.text, start, end) for row in known.exceptions[passage.id])


def _figure(
    quantity: Quantity, figures: list[Quantity], one: Reading, before: list[Reading], main: str, known: Known
) -> Proposal:
    line, text = one.line, one.line.text
    yen = YEN.search(text[: quantity.start]) is not None
    unit, of_unit = (quantity.unit, "") if quantity.unit else _unit(quantity, yen, one)
    dimension = units()[unit].dimension if unit else "money" if yen else ""
    as_of, of_period = attribution.as_of(quantity, one, before, known)
    metric, of_metric = attribution.metric(quantity, figures, dimension, one, before, known)
    entity, of_entity = attribution.entity(quantity.start, quantity.end, one, before, main, known)
    if line.row:
        of_row, measured = attribution.of_cell(quantity.start, one, known)
        entity, of_entity = (of_row, "") if of_row else (entity, of_entity)
        metric, of_metric = (measured, "") if measured else (metric, of_metric)
    if metric:
        one.given[dimension] = metric
    is_range = quantity.low != quantity.high
    low = f"{quantity.low:f}"
    return Proposal(
        written=_written(quantity, text),
        entity=entity,
        metric=metric,
        value="" if is_range else low,
        low=low if is_range else "",
        high=f"{quantity.high:f}" if is_range else "",
        unit=unit,
        hedge=quantity.hedge or "",
        as_of=as_of,
        quote=text,
        passage=line.passage.id,
        new=_new(entity, metric, known),
        why=_said([of_entity, of_metric, of_unit, of_period], known),
    )


def _new(entity: str, metric: str, known: Known) -> str:
    """Which of the two are in no table yet."""
    new_entity = entity and entity not in known.names.entities
    new_metric = metric and metric not in known.names.metrics
    return " ".join(["entity"] * bool(new_entity) + ["metric"] * bool(new_metric))


def _said(reasons: list[str], known: Known) -> str:
    return "; ".join(say(reason, known.language) for reason in reasons if reason)


def _written(quantity: Quantity, text: str) -> str:
    """A number with its sign and the words that hedge it, as they stand."""
    sign = YEN.search(text[: quantity.start])
    start, end = (sign.start() if sign else quantity.start), quantity.end
    row = next((row for row in table("hedges") if row["id"] == quantity.hedge and row["id"] != "range"), None)
    if row:
        before = re.search(r"(?:\S+\s){1,3}$", text[:start].lower())
        words = before.group().split() if before else []
        said = max((n for n in range(1, len(words) + 1) if " ".join(words[-n:]) in cell(row["before"])), default=0)
        start -= len(" ".join(words[-said:])) + 1 if said else 0
        after = re.match(r"\s?\S+", text[end:])
        if after and not said:
            end += after.end()
    return text[start:end].strip()


def _unit(quantity: Quantity, yen: bool, one: Reading) -> tuple[str, str]:
    """The unit of a number that has none written, and what is uncertain about it."""
    text = one.line.text
    if yen:
        said = {unit for unit, pattern in (("CNY", YUAN), ("JPY", JAPANESE)) if pattern.search(text)}
        return (said.pop(), "") if len(said) == 1 else ("", "why_yen_or_yuan")
    if naming.counted(text, quantity.end) or COUNTER.match(text, quantity.end):
        return "count", ""
    titles = title_of(one.line, quantity.start) if one.line.row else ()
    if {dimension for title in titles for dimension in naming.dimensions(title)} == {"count"}:
        return "count", ""
    return "", "why_no_unit"


# ── dates ────────────────────────────────────────────────────────────────────────────────────────


def _happens(dated: Dated, figures: list[Quantity], one: Reading) -> bool:
    """Whether a date is a figure itself: something happened then, rather than being counted."""
    line, text = one.line, one.line.text
    if not dated.explicit or dated.compared or line.row or line.passage.heading:
        return False
    if not figures:
        return bool(naming.event(text)) or len(dated.period) == len("2025-11-13")
    following = min((quantity.start for quantity in figures if quantity.start >= dated.end), default=len(text))
    return bool(naming.event(text[dated.end : min(following, dated.end + EVENT)]))


def _date(dated: Dated, one: Reading, before: list[Reading], main: str, known: Known) -> Proposal:
    line, text = one.line, one.line.text
    if before or one.subject or one.mentions:
        entity, of_entity = attribution.entity(dated.start, dated.end, one, before, main, known)
    else:
        entity, of_entity = "", "why_no_entity"  # of the document itself, most likely
    happened = naming.event(text[dated.end :]) or naming.event(text)
    named = say("metric_date", known.language, event=happened) if happened else ""
    metric = attribution.metric_of_date(dated, one, known) or known.metric(named) or named
    year, _, quarter = dated.period.partition("-Q")
    return Proposal(
        written=text[dated.start : dated.end],
        entity=entity,
        metric=metric,
        value=quarter or dated.period,
        unit="quarter" if quarter else "date",
        as_of=year if quarter else "",
        quote=text,
        passage=line.passage.id,
        new=_new(entity, metric, known),
        why=_said([of_entity, "" if metric else "why_no_metric"], known),
    )


# ── no figures ───────────────────────────────────────────────────────────────────────────────────


def _no_figures(one: Reading, known: Known) -> Iterator[Proposal]:
    """The digits of a line that has no figure to propose, each with why it is none."""
    line, text = one.line, one.line.text
    figures = [(quantity.start, quantity.end) for quantity in one.quantities if _is_figure(quantity, one)]
    done = 0
    for match in NUMBER.finditer(text):
        start, end = match.span()
        covered = known.covers(line.passage.id, line.passage.text, line.start + start, line.start + end)
        if start < done or covered or any(first <= start < last for first, last in figures):
            continue
        item = next((item for item in one.nothing if item.start <= start < item.end), None)
        reason = item.why if item else "no_figure_bare"
        if is_title(line, start) or any(mention.start <= start < mention.end for mention in one.mentions):
            reason = "no_figure_name"
        elif not item and (re.fullmatch(YEAR, match.group()) or any(d.start <= start < d.end for d in one.dates)):
            reason = "no_figure_date"
            end = max([end, *(d.end for d in one.dates if start <= d.start <= end + 3)])  # 2025년 3분기 is one
        start, end = (item.start, max(item.end, end)) if item else (start, end)
        first, done = around(text, start, end)
        yield Proposal(
            kind=NO_FIGURE,
            written=text[start:end],
            quote=text[first:done],
            passage=line.passage.id,
            reason=say(reason, known.language),
        )


def _of_code(passage: Passage, known: Known) -> Iterator[Proposal]:
    """Blocks of code with digits in them."""
    for match in CODE.finditer(passage.text):
        quote = match.group().strip()
        if NUMBER.search(quote) and not known.covers(
            passage.id, passage.text, match.start(), match.start() + len(quote)
        ):
            yield Proposal(
                kind=NO_FIGURE,
                written=quote.split("\n", 1)[0],
                quote=quote,
                passage=passage.id,
                reason=say("no_figure_code", known.language),
            )
