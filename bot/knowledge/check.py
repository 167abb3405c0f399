"""All content → findings, each with file, line and remedy.

`errors` are what keeps a knowledge base from being served: a row that cannot be what it says. `gaps` are
what an editor should look at: text that no row covers, spellings that two things share.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from decimal import Decimal

from bot.knowledge import attributed
from bot.knowledge.corpus import Article, passages, sentences
from bot.knowledge.facts import NoFigure, Topics
from bot.knowledge.names import groups_of, spellings
from bot.knowledge.spelled import normal
from bot.language import numbers, periods, writing
from bot.language.cues import is_compared_with
from bot.language.periods import ORDINALS
from bot.language.quantities import Quantity
from bot.language.units import MONTHS, numerals
from bot.phrases import fill
from bot.schema import Entity, Fact, Finding, Metric, Passage

WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
VALUE = "12"  # in the place of a figure
ENTITIES, METRICS = "facts/entities.csv", "facts/metrics.csv"
MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}


def errors(
    articles: list[Article],
    entities: list[tuple[int, Entity]],
    metrics: list[tuple[int, Metric]],
    facts: list[Fact],
    exceptions: list[NoFigure],
    topics: list[Topics],
) -> list[Finding]:
    """What is wrong: a knowledge base with any of these is not served."""
    known = {passage.id: passage for passage in _passages(articles)}
    ids, measures = {entity.id for _, entity in entities}, {metric.id for _, metric in metrics}
    return [
        *misfits(articles),
        *duplicates(entities, metrics, facts),
        *of_entities(entities, ids, known),
        *of_metrics(metrics),
        *(finding for fact in facts for finding in of_fact(fact, ids, measures, known)),
        *of_rows([*exceptions, *topics], known),
    ]


def of_entities(
    entities: Iterable[tuple[int, Entity]], ids: Container[str], known: Container[str]
) -> Iterator[Finding]:
    """Entities in what there is not, or in themselves, or introduced by a passage that there is not."""
    entities = list(entities)
    by_id = {entity.id: entity for _, entity in entities}
    for line, entity in entities:
        if any(entity.id in groups_of(group, by_id) for group in entity.groups):
            problem = f"{entity.id} is in {', '.join(entity.groups)}, and that in {entity.id}"
            yield _finding(ENTITIES, line, problem, "write what it belongs to, and nothing that belongs to it")
        for group in entity.groups:
            if group not in ids:
                yield _finding(ENTITIES, line, f"{entity.id} is in {group}", "write the ids of entities of this table")
        if entity.introduced and entity.introduced not in known:
            yield _no_passage(ENTITIES, line, entity.introduced)


def of_metrics(metrics: list[tuple[int, Metric]]) -> Iterator[Finding]:
    """Sentences of metrics that cannot be filled in, and wholes that there are not."""
    measures = {metric.id for _, metric in metrics}
    for line, metric in metrics:
        yield from _phrases(line, metric)
    for line, metric in metrics:
        if metric.part_of and metric.part_of not in measures:
            yield _finding(METRICS, line, f"part_of is {metric.part_of}", "write the id of a metric of this table")


def of_rows(rows: Iterable[NoFigure | Topics], known: Mapping[str, Passage]) -> list[Finding]:
    """Rows about passages that there are not, or that lack what is quoted."""
    rows = list(rows)
    found = [_no_passage(row.file, row.line, row.passage) for row in rows if row.passage not in known]
    found += [
        _finding(row.file, row.line, f"{row.quote!r} is not in {row.passage}", "copy it from there")
        for row in rows
        if isinstance(row, NoFigure) and row.passage in known and row.quote not in known[row.passage].text
    ]
    return found


def _no_passage(path: str, line: int, passage: str) -> Finding:
    return _finding(path, line, f"there is no passage {passage}", "name one that there is, or delete the row")


def gaps(
    articles: list[Article],
    entities: list[tuple[int, Entity]],
    metrics: list[tuple[int, Metric]],
    facts: list[Fact],
    exceptions: list[NoFigure],
    _: list[Topics],
) -> list[Finding]:
    """What an editor should look at: figures without a row, translations that differ, spellings that clash."""
    found = [*_uncovered(articles, facts, exceptions), *_translations(articles), *_periods(articles, facts)]
    found += attributed.to_others([entity for _, entity in entities], facts)
    found += _clashes(ENTITIES, [(line, entity) for line, entity in entities])
    found += _clashes(METRICS, [(line, metric) for line, metric in metrics])
    return found


def _phrases(line: int, metric: Metric) -> Iterator[Finding]:
    """Sentences of an editor's own that cannot be filled in."""
    for column in ("phrase_ko", "phrase_en"):
        phrase = getattr(metric, column)
        try:
            said = fill(phrase, entity="", value=VALUE, as_of="", when=VALUE)
            if phrase and VALUE not in said:
                yield _finding(METRICS, line, f"{column} is {phrase!r}", "write {value} where the figure is to stand")
        except (KeyError, ValueError, IndexError, AttributeError):
            remedy = "it may have {entity}, {value}, {as_of} and {when}, and a particle as in {entity:은/는}"
            yield _finding(METRICS, line, f"{column} is {phrase!r}", remedy)


def _finding(path: str, line: int, problem: str, remedy: str, error: bool = True) -> Finding:
    return Finding(path=path, line=line, problem=" ".join(problem.split()), remedy=remedy, error=error)


def _passages(articles: list[Article]) -> Iterator[Passage]:
    for article in articles:
        if not article.translation_of:
            yield from passages(article)


def misfits(articles: Iterable[Article]) -> Iterator[Finding]:
    """Translations of what there is not, or that have not a line for each of its lines."""
    articles = list(articles)
    originals = {article.id: article for article in articles if not article.translation_of}
    for article in articles:
        yield from article.findings
        if not article.translation_of:
            continue
        original = originals.get(article.translation_of)
        if original is None:
            remedy = "name the file of the original, without .md"
            yield _finding(article.path, 1, f"it translates {article.translation_of}, which there is not", remedy)
        elif original.marks and article.marks:
            remedy = f"use the marks of {original.path}"
            for mark, (line, _) in zip(article.marks, article.lines, strict=True):
                if mark not in original.marks:
                    yield _finding(article.path, line - 1, f"the original has no mark {mark}", remedy)
        elif len(original.lines) != len(article.lines):
            problem = f"it has {len(article.lines)} lines, {original.path} has {len(original.lines)}"
            yield _finding(article.path, 1, problem, "give each line of the original one line")


def duplicates(
    entities: list[tuple[int, Entity]], metrics: list[tuple[int, Metric]], facts: Iterable[Fact]
) -> Iterator[Finding]:
    """Rows that have the id of another."""
    rows = [(ENTITIES, line, entity.id) for line, entity in entities]
    rows += [(METRICS, line, metric.id) for line, metric in metrics]
    seen: dict[tuple[str, str], int] = {}
    for path, line, name in [*rows, *((fact.file, fact.line, fact.id) for fact in facts)]:
        kind = path if path in (ENTITIES, METRICS) else "facts"
        if (kind, name) in seen:
            yield _finding(
                path, line, f"the id {name} stands in line {seen[kind, name]} too", "give each row its own id"
            )
        seen.setdefault((kind, name), line)


# ── facts ────────────────────────────────────────────────────────────────────────────────────────


def of_fact(
    fact: Fact, entities: Container[str], metrics: Container[str], known: Mapping[str, Passage]
) -> Iterator[Finding]:
    """What is wrong with a fact: it is of nothing known, or its quote does not say it."""

    def wrong(problem: str, remedy: str) -> Finding:
        return _finding(fact.file, fact.line, problem, remedy)

    for name in (fact.entity, *fact.related):
        if name not in entities:
            yield wrong(f"there is no entity {name}", f"add it to {ENTITIES}")
    if fact.metric not in metrics:
        yield wrong(f"there is no metric {fact.metric}", f"add it to {METRICS}")
    passage = known.get(fact.passage)
    if passage is None:
        yield _no_passage(fact.file, fact.line, fact.passage)
        return
    if not fact.quote or fact.quote not in passage.text:
        yield wrong(
            f"the quote of {fact.id} is not in {fact.passage}: {fact.quote!r}", "copy it from there, word for word"
        )
        return
    if fact.unit == "date":
        yield from _date(fact, wrong)
        return
    stated = _stated(fact)
    if not stated:
        value = " to ".join(writing.plain(bound) for bound in _bounds(fact))
        yield wrong(f"{fact.id} is {value} {fact.unit}, which its quote does not say", "correct the value or the quote")
    elif fact.hedge not in {quantity.hedge for quantity in stated} and not _compared(fact, stated):
        says = stated[0].hedge or "nothing"
        yield wrong(f"the hedge of {fact.id} is {fact.hedge or 'empty'}, its quote says {says}", "make them agree")


def _compared(fact: Fact, stated: list[Quantity]) -> bool:
    """Whether a figure without a hedge is one that something else is compared with: more than the 250 of last year."""
    return fact.hedge is None and any(is_compared_with(fact.quote[quantity.end :]) for quantity in stated)


def _bounds(fact: Fact) -> tuple[Decimal, ...]:
    return tuple(bound for bound in (fact.value, fact.low, fact.high) if bound is not None)


def _stated(fact: Fact) -> list[Quantity]:
    """The quantities of a fact's quote that are the fact's own."""
    bounds = _bounds(fact)
    return [
        quantity
        for quantity in numbers.read(fact.quote)
        if (quantity.low, quantity.high) == (bounds[0], bounds[-1]) and quantity.unit in (fact.unit, None)
    ]


def _date(fact: Fact, wrong: Callable[[str, str], Finding]) -> Iterator[Finding]:
    """A date's parts must stand in its quote; the year may be told by the article's own date ("last June")."""
    digits = f"{fact.value:f}"
    parts = {int(part) for part in (digits[:4], digits[4:6], digits[6:8]) if part}
    written = {int(number) for number in re.findall(r"\d+", fact.quote) if len(number) < 5}
    written |= {
        MONTH_NUMBERS[name.lower()[:3]]
        for name in re.findall(r"[A-Z][a-z]{2,8}", fact.quote)
        if name.lower()[:3] in MONTH_NUMBERS
    }
    if len(digits) > 4:
        parts.discard(int(digits[:4]))
    if not parts <= written:
        yield wrong(f"{fact.id} is {digits}, which its quote does not say", "correct the value or the quote")


# ── gaps ─────────────────────────────────────────────────────────────────────────────────────────


def _uncovered(articles: list[Article], facts: list[Fact], exceptions: list[NoFigure]) -> Iterator[Finding]:
    """Numbers of an article that no fact gives and that are not listed as no figure.

    A number in a fact's quote that says what it counts (312명, 40%) must be a fact's own: another figure may stand in
    the same sentence. One without a unit (GPT-4) is taken to belong to what is quoted. A document that was added as a
    file, and of which there is no figure yet, is left alone: nobody has read it for them.
    """
    of_passage: dict[str, list[Fact]] = defaultdict(list)
    excepted: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        of_passage[fact.passage].append(fact)
    for item in exceptions:
        excepted[item.passage].append(item.quote)
    of_figures = {passage_id.partition("#")[0] for passage_id in (*of_passage, *excepted)}
    for article in articles:
        if article.translation_of or (article.is_added and article.id not in of_figures):
            continue
        year = int(article.front["date"][:4]) if article.front.get("date") else None
        for passage in passages(article):
            own = of_passage[passage.id]
            quoted = [span for fact in own for span in _spans(passage.text, fact.quote)]
            wrong = [fact.quote for fact in own if fact.unit != "date" and not _stated(fact)]  # said of its row already
            listed = [span for quote in (*excepted[passage.id], *wrong) for span in _spans(passage.text, quote)]
            given = {bound for fact in own for bound in _bounds(fact)}
            for start, end, quantity in _numbers(passage.text, year):
                if _within(start, end, listed):
                    continue
                stated = quantity is None or quantity.unit is None or {quantity.low, quantity.high} <= given
                if stated and _within(start, end, quoted):
                    continue
                remedy = f"add a row for it, or list it in facts/exceptions.csv as {passage.id}"
                problem = f"no fact has {passage.text[start:end].strip()} in “{_around(passage.text, start, end)}”"
                line = passage.line + passage.text.count("\n", 0, start)
                yield _finding(article.path, line, problem, remedy, False)


def _numbers(text: str, year: int | None) -> Iterator[tuple[int, int, Quantity | None]]:
    """Every number of a text once, as long as it is written (21만 4천 명); no quantity: a date, or mere digits."""
    dated = periods.spans(text, year)
    found: list[tuple[int, int, Quantity | None]] = [(start, end, None) for start, end in dated]
    found += [(q.start, q.end, q) for q in numbers.read(text) if not _within(q.start, q.end, dated)]
    taken = [(start, end) for start, end, _ in found]
    found = [item for item in found if NUMBER.search(text, item[0], item[1])]
    found += [(*m.span(), None) for m in NUMBER.finditer(text) if not _within(*m.span(), taken)]
    yield from sorted(found, key=lambda item: item[:2])


def _within(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _around(text: str, start: int, end: int) -> str:
    """A few whole words on either side."""
    before, after = text[:start].split(" "), text[end:].split(" ")
    return " ".join(before[-3:]) + text[start:end] + " ".join(after[:3])


def _periods(articles: list[Article], facts: list[Fact]) -> Iterator[Finding]:
    """Figures that are given for another year than their quote names."""
    dates = {article.id: article.front.get("date", "") for article in articles}
    for fact in facts:
        date = dates.get(fact.passage.partition("#")[0], "")
        said = {period[:4] for period in periods.find(fact.quote, int(date[:4]) if date else None)}
        said = {year for year in said if year.isdigit()}
        if fact.as_of and said and fact.as_of[:4] not in said:
            problem = f"{fact.id} is as of {fact.as_of}, its quote says {', '.join(sorted(said))}"
            yield _finding(fact.file, fact.line, problem, "correct as_of, or quote the words that give it", False)


def _spans(text: str, quote: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def _translations(articles: list[Article]) -> Iterator[Finding]:
    """Lines whose translation has other numbers, or another number of sentences."""
    originals = {article.id: article for article in articles if not article.translation_of}
    for article in articles:
        original = originals.get(article.translation_of or "")
        if original is None or original.marks != article.marks or len(original.lines) != len(article.lines):
            continue
        for (_, source), (line, target) in zip(original.lines, article.lines, strict=True):
            (stated, meant), (restated, meant_again) = _values(source), _values(target)
            lost, added = stated - meant_again, restated - meant
            for value in sorted(lost | added):
                problem = f"{writing.plain(value)} is {'missing' if value in lost else 'not in the original'}"
                yield _finding(article.path, line, problem, "make the translation say what the original does", False)
            if len(sentences(source)) != len(sentences(target)):
                problem = f"{len(sentences(target))} sentences translate {len(sentences(source))}"
                yield _finding(article.path, line, problem, "translate each sentence by one", False)


def _values(text: str) -> tuple[set[Decimal], set[Decimal]]:
    """The values of the numbers of a text: of those written in digits, and of all that it may mean to give."""
    quantities = numbers.read(text)
    digits = {
        bound
        for quantity in quantities
        if any(map(str.isdigit, text[quantity.start : quantity.end]))
        for bound in (quantity.low, quantity.high)
    }
    found = {bound for quantity in quantities for bound in (quantity.low, quantity.high)}
    lower = text.lower()
    words, known = set(WORD.findall(lower)), numerals()
    found |= {Decimal(known[word]) for word in words & known.keys()}
    found |= {Decimal(MONTH_NUMBERS[word[:3]]) for word in words if word[:3] in MONTH_NUMBERS}
    found |= {Decimal(number) for number in re.findall(r"\d+", text) if len(number) < 10}
    found |= {Decimal(ORDINALS[word]) for word in ORDINALS if word in lower}
    return digits, found


def _clashes(path: str, rows: Iterable[tuple[int, Entity | Metric]]) -> Iterator[Finding]:
    """Spellings that two rows share, so that neither can be asked for by it."""
    owners: dict[str, tuple[str, int]] = {}
    for line, item in rows:
        for name in dict.fromkeys(normal(name) for name in spellings(item) if name[0] not in "?&"):
            other, first = owners.setdefault(name, (item.id, line))
            if name and other != item.id:
                remedy = "keep it in one of them" + (", or put ? before it" if isinstance(item, Metric) else "")
                yield _finding(
                    path, line, f"{item.id} and {other} (line {first}) share the alias {name}", remedy, False
                )
