"""All content → findings, each with file, line and remedy.

`errors` are what keeps a knowledge base from being served: a row that cannot be what it says. `gaps` are
what an editor should look at: text that no row covers, spellings that two things share.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from decimal import Decimal

from bot.knowledge.corpus import Article, passages, sentences
from bot.knowledge.facts import NoFigure, Topics
from bot.knowledge.names import normal, spellings
from bot.language import numbers, writing
from bot.language.periods import ORDINALS
from bot.language.units import MONTHS, numerals
from bot.phrases import fill
from bot.schema import Entity, Fact, Finding, Metric, Passage

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
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
    """Entities in what there is not, or introduced by a passage that there is not."""
    for line, entity in entities:
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
    return _finding(path, line, f"there is no passage {passage}", "write one such as article#p06")


def gaps(
    articles: list[Article],
    entities: list[tuple[int, Entity]],
    metrics: list[tuple[int, Metric]],
    facts: list[Fact],
    exceptions: list[NoFigure],
    _: list[Topics],
) -> list[Finding]:
    """What an editor should look at: figures without a row, translations that differ, spellings that clash."""
    found = [*_uncovered(articles, facts, exceptions), *_translations(articles)]
    found += _clashes(ENTITIES, [(line, entity) for line, entity in entities])
    found += _clashes(METRICS, [(line, metric) for line, metric in metrics])
    return found


def _phrases(line: int, metric: Metric) -> Iterator[Finding]:
    """Sentences of an editor's own that cannot be filled in."""
    for column in ("phrase_ko", "phrase_en"):
        phrase = getattr(metric, column)
        try:
            fill(phrase, entity="", value="", as_of="")
        except (KeyError, ValueError, IndexError, AttributeError):
            remedy = "it may have {entity}, {value} and {as_of}, and a particle as in {entity:은/는}"
            yield _finding(METRICS, line, f"{column} is {phrase!r}", remedy)


def _finding(path: str, line: int, problem: str, remedy: str, error: bool = True) -> Finding:
    return Finding(path=path, line=line, problem=problem, remedy=remedy, error=error)


def _passages(articles: list[Article]) -> Iterator[Passage]:
    for article in articles:
        if not article.translation_of:
            yield from passages(article)


def misfits(articles: Iterable[Article]) -> Iterator[Finding]:
    """Translations of what there is not, or that have not a line for each of its lines."""
    articles = list(articles)
    originals = {article.id: article for article in articles if not article.translation_of}
    for article in articles:
        if not article.translation_of:
            continue
        original = originals.get(article.translation_of)
        if original is None:
            remedy = "name the file of the original, without .md"
            yield _finding(article.path, 1, f"it translates {article.translation_of}, which there is not", remedy)
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
    elif fact.hedge not in {quantity.hedge for quantity in stated}:
        says = stated[0].hedge or "nothing"
        yield wrong(f"the hedge of {fact.id} is {fact.hedge or 'empty'}, its quote says {says}", "make them agree")


def _bounds(fact: Fact) -> tuple[Decimal, ...]:
    return tuple(bound for bound in (fact.value, fact.low, fact.high) if bound is not None)


def _stated(fact: Fact) -> list[numbers.Quantity]:
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
    """Numbers of an article that stand in no fact's quote and are not listed as no figure."""
    quotes: dict[str, list[str]] = defaultdict(list)
    for passage_id, quote in [(f.passage, f.quote) for f in facts] + [(e.passage, e.quote) for e in exceptions]:
        quotes[passage_id].append(quote)
    for article in articles:
        if article.translation_of:
            continue
        for passage in passages(article):
            covered = [span for quote in quotes[passage.id] for span in _spans(passage.text, quote)]
            for match in NUMBER.finditer(passage.text):
                if not any(start <= match.start() and match.end() <= end for start, end in covered):
                    around = passage.text[max(0, match.start() - 12) : match.end() + 8]
                    remedy = f"add a row for it, or list it in facts/exceptions.csv as {passage.id}"
                    yield _finding(
                        article.path, passage.line, f"no fact has {match.group()} in “{around}”", remedy, False
                    )


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
        if original is None or len(original.lines) != len(article.lines):
            continue
        for (_, source), (line, target) in zip(original.lines, article.lines, strict=True):
            lost = _values(source, words=False) - _values(target, words=True)
            added = _values(target, words=False) - _values(source, words=True)
            for value in sorted(lost | added):
                problem = f"{writing.plain(value)} is {'missing' if value in lost else 'not in the original'}"
                yield _finding(article.path, line, problem, "make the translation say what the original does", False)
            if len(sentences(source)) != len(sentences(target)):
                problem = f"{len(sentences(target))} sentences translate {len(sentences(source))}"
                yield _finding(article.path, line, problem, "translate each sentence by one", False)


def _values(text: str, words: bool) -> set[Decimal]:
    """The values of the numbers of a text that are written in digits, and with `words` also the spelled ones."""
    found = {
        bound
        for quantity in numbers.read(text)
        if words or any(map(str.isdigit, text[quantity.start : quantity.end]))
        for bound in (quantity.low, quantity.high)
    }
    if words:
        lower = text.lower()
        found |= {Decimal(value) for word, value in numerals().items() if re.search(rf"\b{word}\b", lower)}
        found |= {Decimal(number) for name, number in MONTH_NUMBERS.items() if re.search(rf"\b{name}", lower)}
        found |= {Decimal(number) for number in re.findall(r"\d+", text) if len(number) < 10}
        found |= {Decimal(ORDINALS[word]) for word in ORDINALS if word in lower}
    return found


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
