"""The passages of a document → proposals: its figures that no fact has, and its digits that are no figures.

Nothing is certain here and nothing is answered from it: a person accepts, corrects or rejects each row.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.knowledge.check import NUMBER
from bot.knowledge.corpus import SENTENCE_END
from bot.knowledge.facts import NoFigure
from bot.knowledge.names import Names
from bot.knowledge.proposals import NO_FIGURE, Proposal, around
from bot.language import dates, naming, nofigures, numbers
from bot.language.dates import Dated
from bot.language.glossary import Glossary, korean_keys
from bot.language.hangul import is_syllable
from bot.language.numbers import YEAR, Quantity
from bot.language.terms import Token, analyse, is_stop, stem
from bot.language.units import units
from bot.phrases import say
from bot.schema import Document, Fact, Language, Mention, Passage

CELLS = re.compile(r"\s*\|\s*")
RULE = re.compile(r"^[\s|:-]+$")  # |---|---|
PAIRS = re.compile(r"^[^:;]{1,60}: [^;]+(?:; [^:;]{1,60}: [^;]+)+$")  # a row as "header: cell; header: cell"
ANAPHORIC = re.compile(
    r"^(?:그러나\s|하지만\s|또한?\s|한편,?\s)?(?:이는|그는|이들은|이 |그 |해당|당사|동사|회사는|It\s|Its\s|The (?:company|firm|group|model)|This\s|They\s|We\s|Our\s)"
)
AGAINST = re.compile(r"\s?(?:\([^)]*\))?[가-힣 ]{0,12}?(?:보다|대비|에 비해|에 맞)")
OWNS = re.compile(r"(?:\s?\([^)]*\))?(?:의|’s|'s)\s(?:약\s|거의\s)?")
DESCRIBES = re.compile(r"(?:\s?규모의|짜리|\s?상당의|[^,.]{1,28}(?:하는|되는|된|한|할|갖춘))\s(?:[가-힣]+\s)?")
NOT_OF = re.compile(r"\b(?:than|from|against|versus|with|by|to)\s(?:the\s)?$", re.IGNORECASE)
YEN = re.compile(r"[¥￥]\s?$")
COUNTER = re.compile(r"여?\s?(?P<what>[가-힣]{1,4})")
SURE, ENOUGH = 1.2, 0.45  # what a metric's own name before the number is worth; the least that names a metric
WEAK, OTHERS = 0.6, 0.2  # of a word that names a metric only sometimes; of one that stands nearer to another number
REACH = 40  # characters from a number at which a metric's word says half as much of it


@dataclass(frozen=True)
class Line:
    """What is read at once: a sentence, or a row of a table; a verbatim part of its passage."""

    passage: Passage
    text: str
    start: int  # in the passage
    header: tuple[str, ...] = ()  # the names of a table's columns
    row: bool = False


@dataclass(frozen=True)
class Known:
    """What the names, the facts and the articles say already."""

    document: Document
    names: Names
    glossary: Glossary
    facts: dict[str, list[Fact]]  # by passage
    exceptions: dict[str, list[NoFigure]]
    units_of: dict[str, set[str]]  # the dimensions that the facts of a metric have

    @property
    def language(self) -> Language:
        return self.document.language

    def is_common(self, word: str) -> bool:
        """Whether the lexicon has a word as a common one."""
        keys = korean_keys(word) if is_syllable(word[0]) else (stem(word.lower()),)
        concepts = [concept for key in keys for concept in self.glossary.of(key)]
        return any(not self.glossary.is_name(concept) for concept in concepts) or any(map(is_stop, analyse(word)[:1]))


def draft(
    document: Document,
    passages: Iterable[Passage],
    names: Names,
    glossary: Glossary,
    facts: Iterable[Fact] = (),
    exceptions: Iterable[NoFigure] = (),
) -> list[Proposal]:
    """Propose a row for every number of a document that no fact and no exception covers, in its order."""
    by_passage: dict[str, list[Fact]] = defaultdict(list)
    units_of: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        by_passage[fact.passage].append(fact)
        units_of[fact.metric].add(units()[fact.unit].dimension)
    listed: dict[str, list[NoFigure]] = defaultdict(list)
    for row in exceptions:
        listed[row.passage].append(row)
    known = Known(document, names, glossary, by_passage, listed, units_of)
    lines = list(_lines(passages))
    read = [_Read(line, known) for line in lines]
    subjects = Counter(found for one in read if (found := one.subject) and not _is_country(found, known))
    main = subjects.most_common(1)[0][0] if subjects else ""
    found: list[Proposal] = []
    before: list[_Read] = []
    for one in read:
        if before and before[-1].line.passage.id != one.line.passage.id:
            before = []
        found += _propose(one, before, main, known)
        before.append(one)
    return _one_name_each(found)


def _one_name_each(proposals: list[Proposal]) -> list[Proposal]:
    """Proposals whose new entities have the name that says most of them everywhere: 한라호|Halla for 한라호."""
    full = {p.entity.partition("|")[0]: p.entity for p in proposals if "|" in p.entity}
    return [replace(proposal, entity=full.get(proposal.entity, proposal.entity)) for proposal in proposals]


# ── what is read at once ─────────────────────────────────────────────────────────────────────────


def _lines(passages: Iterable[Passage]) -> Iterator[Line]:
    header: tuple[str, ...] = ()
    for passage in passages:
        at = 0
        code = [match.span() for match in re.finditer(r"(?ms)^(`{3,}|~{3,}).*?(?:^\1|\Z)", passage.text)]
        for text in passage.text.split("\n"):
            start, at = at, at + len(text) + 1
            if not text.strip() or any(first <= start < last for first, last in code):
                continue
            if "|" in text.strip().strip("|") and not RULE.match(text):
                cells = tuple(CELLS.split(text.strip().strip("|").strip()))
                if header and len(cells) <= len(header):
                    yield _stripped(Line(passage, text, start, header, True))
                else:
                    header = cells
                    yield _stripped(Line(passage, text, start, (), True))
                continue
            if not RULE.match(text):
                header = ()
            if PAIRS.match(text):
                yield _stripped(Line(passage, text, start, tuple(re.findall(r"(?:^|; )([^:;]+): ", text)), True))
                continue
            starts = [0, *(match.end() for match in SENTENCE_END.finditer(text))]
            for first, last in zip(starts, [*starts[1:], len(text)], strict=True):
                yield _stripped(Line(passage, text[first:last], start + first))


def _stripped(line: Line) -> Line:
    lead = len(line.text) - len(line.text.lstrip())
    return replace(line, text=line.text.strip(), start=line.start + lead)


class _Read:
    """A line with all that language tells of it."""

    def __init__(self, line: Line, known: Known) -> None:
        self.line = line
        text = line.text
        self.tokens: list[Token] = analyse(text)
        self.concepts = known.glossary.concepts(self.tokens)
        self.dates: list[Dated] = dates.find(text, known.document.date)
        self.nothing = nofigures.find(text, known.is_common)
        self.mentions: list[Mention] = [
            mention for mention in known.names.find_entities(text, self.tokens) if not _is_general(mention, known)
        ]
        self.quantities: list[Quantity] = [q for q in numbers.read(text) if q.unit != "quarter" or line.row]
        topics = _topics(self.mentions, text)
        self.topic = topics[0].id if topics else self.mentions[0].id if self.mentions and text.isascii() else ""
        spans = [(m.start, m.end) for m in (*self.mentions, *self.dates, *self.quantities)]
        new = "" if self.topic or line.row else naming.subject(text, self.tokens, known.is_common, spans)
        self.given: dict[str, str] = {}  # dimension → the metric that was proposed for its last figure
        self.subject = self.topic or _glossed(new, text)


def _is_general(mention: Mention, known: Known) -> bool:
    return known.names.entities[mention.id].kind in ("document", "group")


def _is_country(name: str, known: Known) -> bool:
    return name in known.names.entities and known.names.entities[name].kind == "country"


def _topics(mentions: list[Mention], text: str) -> list[Mention]:
    """The names that are what a sentence is about, in order: of one phrase (바이트댄스의 시댄스는) the last."""
    last: dict[int, Mention] = {}
    for mention in mentions:
        if (where := naming.topic(text, mention.end)) is not None:
            last[where] = mention
    return [last[where] for where in sorted(last)]


def _glossed(name: str, text: str) -> str:
    """A new name with the Latin that stands in brackets behind it: 한라호|Halla."""
    gloss = re.search(rf"{re.escape(name)}\s?\(([A-Za-z][\w .&'-]*)\)", text) if name else None
    return f"{name}|{gloss[1]}" if gloss else name


# ── proposals ────────────────────────────────────────────────────────────────────────────────────


def _propose(one: _Read, before: list[_Read], main: str, known: Known) -> Iterator[Proposal]:
    line, text = one.line, one.line.text
    figures = [quantity for quantity in one.quantities if _is_figure(quantity, one)]
    found: list[tuple[int, Proposal]] = []
    for quantity in figures:
        if not _is_covered(quantity, line, known):
            found.append((quantity.start, _figure(quantity, figures, one, before, main, known)))
    for dated in one.dates:
        if dated.explicit and _happens(dated, figures, line) and not _dated_already(dated, line, known):
            found.append((dated.start, _date(dated, figures, one, before, main, known)))
    yield from (proposal for _, proposal in sorted(found, key=lambda item: item[0]))
    if not found:
        yield from _no_figures(one, known)


def _is_figure(quantity: Quantity, one: _Read) -> bool:
    text = one.line.text
    written, after = text[quantity.start : quantity.end], text[quantity.end :]
    if any(item.start < quantity.end and quantity.start < item.end for item in one.nothing) and (
        not quantity.unit or any(item.start <= quantity.start and quantity.end <= item.end for item in one.nothing)
    ):
        return False
    if any(dated.start < quantity.end and quantity.start < dated.end for dated in one.dates):
        return False
    if any(m.start < quantity.end and quantity.start < m.end for m in one.mentions):
        return False
    if not any(map(str.isdigit, written)):
        return quantity.hedge is not None or quantity.low != 1 or quantity.unit not in ("count", None)
    if quantity.unit:
        return True
    if re.fullmatch(YEAR, written):
        return False
    if one.line.row or YEN.search(text[: quantity.start]):
        return True
    if naming.COUNTED.match(text, quantity.end) or len(re.sub(r"\D", "", written)) > 2 or "." in written:
        return True
    return bool(COUNTER.match(after)) and not after[:1].isspace() and not naming.TOPIC.match(after)


def _is_covered(quantity: Quantity, line: Line, known: Known) -> bool:
    start, end = line.start + quantity.start, line.start + quantity.end
    for fact in known.facts[line.passage.id]:
        if _spans(fact.quote, line.passage.text, start, end):
            low, high = (fact.value, fact.value) if fact.value is not None else (fact.low, fact.high)
            if (low, high) == (quantity.low, quantity.high):
                return True
    return any(_spans(row.quote, line.passage.text, start, end) for row in known.exceptions[line.passage.id])


def _spans(quote: str, text: str, start: int, end: int) -> bool:
    """Whether a quote from `text` has what stands at start:end."""
    at = text.find(quote) if quote else -1
    while at >= 0:
        if at <= start and end <= at + len(quote):
            return True
        at = text.find(quote, at + 1)
    return False


def _figure(
    quantity: Quantity, figures: list[Quantity], one: _Read, before: list[_Read], main: str, known: Known
) -> Proposal:
    line, text = one.line, one.line.text
    why: list[str] = []
    unit = quantity.unit or _unit(quantity, one, why)
    dimension = units()[unit].dimension if unit else "money" if "why_yen_or_yuan" in why else ""
    as_of = _as_of(quantity, one, before, known, why)
    metric, new_metric = _metric(quantity, figures, dimension, one, before, known, why)
    entity, new_entity = _entity(quantity.start, quantity.end, one, before, main, known, why)
    if line.row:
        guessed = entity
        entity, new_entity, metric, new_metric = _of_row(
            quantity, one, (entity, new_entity), (metric, new_metric), known
        )
        if entity != guessed:
            why = [key for key in why if "entity" not in key]
    if metric:
        one.given[dimension] = metric
    else:
        why.append("why_no_metric")
    is_range = quantity.low != quantity.high
    value = f"{quantity.low:f}"
    return Proposal(
        written=_written(quantity, text),
        entity=entity,
        metric=metric,
        value="" if is_range else value,
        low=value if is_range else "",
        high=f"{quantity.high:f}" if is_range else "",
        unit=unit,
        hedge=quantity.hedge or "",
        as_of=as_of,
        quote=text,
        passage=line.passage.id,
        new=" ".join(["entity"] * new_entity + ["metric"] * new_metric),
        why="; ".join(say(key, known.language) for key in why),
    )


def _written(quantity: Quantity, text: str) -> str:
    """A number with the words that hedge it, as they stand."""
    start = quantity.start
    if sign := YEN.search(text[:start]):
        start = sign.start()
    if before := re.search(r"\S+\s$", text[:start]):
        if quantity.hedge and quantity.hedge != "range":
            start = before.start()
    end = quantity.end
    if quantity.hedge and quantity.hedge != "range" and (after := re.match(r"\s?\S+", text[end:])):
        end += after.end()
    return text[start:end].strip()


def _unit(quantity: Quantity, one: _Read, why: list[str]) -> str:
    text = one.line.text
    if YEN.search(text[: quantity.start]):
        words = text.lower()
        if re.search(r"위안|yuan|rmb|renminbi", words):
            return "CNY"
        if re.search(r"엔화|엔\b|\byen\b", words):
            return "JPY"
        why.append("why_yen_or_yuan")
        return ""
    counted = naming.COUNTED.match(text, quantity.end)
    if (counted and counted["what"].split()[-1] not in naming.NOT_COUNTED) or COUNTER.match(text, quantity.end):
        return "count"
    if one.line.row and _dimensions_of_row(quantity, one) == {"count"}:
        return "count"
    why.append("why_no_unit")
    return ""


def _dimensions_of_row(quantity: Quantity, one: _Read) -> set[str]:
    cells = _cells(one.line.text)
    column = next((n for n, (first, last, _) in enumerate(cells) if first <= quantity.start < last), 0)
    header = one.line.header[column] if column < len(one.line.header) else ""
    return set(naming.dimensions(cells[0][2]) | (naming.dimensions(header) if header else frozenset()))


# ── as of ────────────────────────────────────────────────────────────────────────────────────────


def _as_of(quantity: Quantity, one: _Read, before: list[_Read], known: Known, why: list[str]) -> str:
    line, text = one.line, one.line.text
    if line.row and (period := _column_period(quantity.start, one, known)):
        return period
    own = [dated for dated in one.dates if not dated.compared]
    behind = next((d for d in own if quantity.end <= d.start <= quantity.end + 25), None)
    if (
        behind
        and text.isascii()
        and re.fullmatch(
            r"(?:\s\w+){0,3}?\s?(?:in|for|during|by|of|as of|at the end of|,)?(?:\sthe)?\s?(?:year|quarter|end of)?\s?",
            text[quantity.end : behind.start],
        )
    ):
        return _period(behind, one)
    earlier = [dated for dated in own if dated.end <= quantity.start]
    if earlier or own:
        return _period((earlier or own[::-1])[-1], one)
    for sentence in reversed(before):
        if usable := [dated for dated in sentence.dates if not dated.compared]:
            return _period(usable[-1], sentence)
    if section := [d for d in dates.find(line.passage.section, known.document.date) if not d.compared]:
        return section[-1].period
    if title := [d for d in dates.find(known.document.title, known.document.date) if d.explicit]:
        why.append("why_title_date")
        return title[0].period
    if known.document.date:
        why.append("why_article_date")
    return known.document.date[:4]


def _period(dated: Dated, one: _Read) -> str:
    """A date as a figure is as of it: to the month, unless the day stands there alone."""
    return dated.period[:7] if len(dated.period) == 10 and "Q" not in dated.period else dated.period


def _column_period(start: int, one: _Read, known: Known) -> str:
    cells = _cells(one.line.text)
    column = next((n for n, (first, last, _) in enumerate(cells) if first <= start < last), None)
    header = one.line.header[column] if column is not None and column < len(one.line.header) else ""
    for text in (header, cells[0][2] if cells else ""):
        if found := dates.find(text, known.document.date):
            return found[0].period
    return ""


def _cells(text: str) -> list[tuple[int, int, str]]:
    """The cells of a row, each with where it stands."""
    separator = r"\s*\|\s*" if "|" in text else r";\s"
    found: list[tuple[int, int, str]] = []
    at = 0
    for match in [*re.finditer(separator, text), None]:
        last = match.start() if match else len(text)
        if text[at:last].strip() or at:
            name, colon, cell = text[at:last].partition(": ")
            found.append((at, last, cell if colon and "|" not in text else name + colon + cell))
        at = match.end() if match else last
    return found


# ── of what ──────────────────────────────────────────────────────────────────────────────────────


def _entity(
    start: int, end: int, one: _Read, before: list[_Read], main: str, known: Known, why: list[str]
) -> tuple[str, bool]:
    """The entity that the number at start:end is of, and whether it is a new one."""
    text = one.line.text
    fit = [m for m in one.mentions if _may_own(m, text)]
    if owners := [
        m for m in fit if (m.end <= start and OWNS.fullmatch(text, m.end, start)) or _is_described(m, end, text)
    ]:
        return owners[-1].id, False
    earlier = [m for m in fit if m.end <= start]
    topics = _concrete(_topics(earlier, text), known)
    if topics:
        return topics[-1].id, False
    said_before = _earlier_subject(before)
    if ANAPHORIC.match(text) and said_before:
        why.append("why_entity_before")
        return said_before, said_before not in known.names.entities
    if one.subject and not one.topic:
        return one.subject, True
    later = _topics([m for m in fit if m.start >= end], text)
    if near := _concrete(earlier, known) or later[:1]:
        return near[-1].id, False
    if said_before:
        why.append("why_entity_before")
        return said_before, said_before not in known.names.entities
    if fit:
        return fit[0].id, False
    why.append("why_entity_document" if main else "why_no_entity")
    return main, bool(main) and main not in known.names.entities


def _may_own(mention: Mention, text: str) -> bool:
    """Whether a name may be what a number is of: neither what it is compared with nor who says it."""
    against = AGAINST.match(text, mention.end) or NOT_OF.search(text[: mention.start])
    says = naming.SOURCE.match(text, mention.end) or naming.SOURCE_BEFORE.search(text[: mention.start])
    return not against and not says


def _is_described(mention: Mention, end: int, text: str) -> bool:
    """Whether the number that ends at `end` stands in a phrase that describes the name: 1조 원 규모의 기금."""
    return mention.start >= end and DESCRIBES.fullmatch(text, end, mention.start) is not None


def _concrete(mentions: list[Mention], known: Known) -> list[Mention]:
    """Those that are no countries, where there are any: a country mostly says only where."""
    return [m for m in mentions if not _is_country(m.id, known)] or mentions


def _earlier_subject(before: list[_Read]) -> str:
    for one in reversed(before):
        if one.subject:
            return one.subject
        if one.mentions:
            return one.mentions[-1].id
    return ""


# ── which measure ────────────────────────────────────────────────────────────────────────────────


def _metric(
    quantity: Quantity,
    figures: list[Quantity],
    dimension: str,
    one: _Read,
    before: list[_Read],
    known: Known,
    why: list[str],
) -> tuple[str, bool]:
    """The metric that a number gives, and whether it is a new one."""
    taken = [(item.start, item.end) for item in (*one.mentions, *one.dates, *figures)]
    if one.subject and not one.topic:
        taken += [match.span() for match in re.finditer(re.escape(one.subject.partition("|")[0]), one.line.text)]
    name = naming.measure(one.line.text, one.tokens, (quantity.start, quantity.end), dimension, taken)
    worths: dict[str, float] = {}
    if exact := _named_exactly(name, known) if name else "":
        worths[exact] = SURE
    for metric, weak, score, where in _metrics(one, dimension, known):
        distance = _distance(quantity, where)
        worth = score / (1 + distance / REACH) * (WEAK if weak else 1)
        if any(_distance(other, where) < distance for other in figures):
            worth *= OTHERS
        worths[metric] = max(worth, worths.get(metric, 0.0))
    best = max(worths, key=lambda metric: worths[metric], default="")
    if best and worths[best] >= ENOUGH:
        return best, False
    if not name or dimension not in naming.dimensions(name):
        for sentence in reversed(before):
            if metric := sentence.given.get(dimension):
                why.append("why_metric_before")
                return metric, metric not in known.names.metrics
            for metric, weak, _, _ in _metrics(sentence, dimension, known):
                if not weak and dimension in _dimensions(metric, known):
                    why.append("why_metric_before")
                    return metric, False
    return name, bool(name)


def _metrics(one: _Read, dimension: str, known: Known) -> Iterator[tuple[str, bool, float, list[Token]]]:
    """The known metrics that a line speaks of and that may be measured so, each with the words that say it."""
    for mention, score, used in known.names.find_metrics(one.line.text, one.tokens, one.concepts, True):
        allowed = _dimensions(mention.id, known)
        if not allowed or not dimension or dimension in allowed:
            yield mention.id, mention.weak, score if allowed else score * 0.6, [one.tokens[i] for i in used]


def _distance(quantity: Quantity, where: list[Token]) -> int:
    """Characters between a number and the nearest of some words."""
    return min(max(token.start - quantity.end, quantity.start - token.end, 0) for token in where)


def _named_exactly(name: str, known: Known) -> str:
    for metric in known.names.metrics.values():
        if name.lower() in (metric.name_ko.lower(), metric.name_en.lower(), *(a.lower() for a in metric.aliases)):
            return metric.id
    return ""


def _dimensions(metric: str, known: Known) -> set[str]:
    """What a metric may be measured in: what its facts are, else what its name tells; empty: anything."""
    if known.units_of.get(metric):
        return known.units_of[metric]
    row = known.names.metrics[metric]
    found = set(naming.dimensions(row.name_ko) | naming.dimensions(row.name_en))
    return found | ({"count"} if row.counter_ko or row.counter_en else set())


def _of_row(
    quantity: Quantity,
    one: _Read,
    entity: tuple[str, bool],
    metric: tuple[str, bool],
    known: Known,
) -> tuple[str, bool, str, bool]:
    """The entity and the metric of a cell: its row's name and its column's, whichever is which."""
    cells = _cells(one.line.text)
    column = next((n for n, (first, last, _) in enumerate(cells) if first <= quantity.start < last), 0)
    label = "" if column == 0 else _plain(cells[0][2])
    header = _plain(one.line.header[column]) if column < len(one.line.header) else ""
    titles = [title for title in (label, header) if title and not _only_a_date(title, known)]
    for title in titles:
        if mentions := known.names.find_entities(title, analyse(title)):
            entity = mentions[0].id, False
            titles.remove(title)
            break
    measures = [title for title in titles if _is_measure(title, known)]
    if not measures and len(titles) == 1:
        measures = titles
    if measures:
        title = measures[-1]
        exact = _named_exactly(title, known)
        metric = (exact, False) if exact else (title, True)
        others = [other for other in titles if other != title]
        if others and entity[0] not in known.names.entities:
            entity = others[0], True
    elif len(titles) == 2:
        entity, metric = (titles[0], True), (titles[1], True)
    return *entity, *metric


def _plain(title: str) -> str:
    return re.sub(r"\s*\([^)]*\)|[*_`]", "", title).strip()


def _only_a_date(title: str, known: Known) -> bool:
    found = dates.find(title, known.document.date or "2000")
    return bool(found) and len(re.sub(r"[\W\d_]|년|분기|월|일|Q|FY", "", title)) < 6


def _is_measure(title: str, known: Known) -> bool:
    return (
        bool(naming.dimensions(title))
        or bool(_named_exactly(title, known))
        or known.is_common(title.rsplit(maxsplit=1)[-1])
    )


# ── dates ────────────────────────────────────────────────────────────────────────────────────────


def _happens(dated: Dated, figures: list[Quantity], line: Line) -> bool:
    """Whether a date is a figure itself: something happened then, rather than being counted."""
    if dated.compared or line.row or line.passage.heading:
        return False
    text = line.text
    following = min((q.start for q in figures if q.start >= dated.end), default=len(text))
    if not figures:
        return bool(naming.event(text)) or len(dated.period) == 10
    return bool(naming.event(text[dated.end : min(following, dated.end + 30)]))


def _dated_already(dated: Dated, line: Line, known: Known) -> bool:
    start, end = line.start + dated.start, line.start + dated.end
    rows = [*known.facts[line.passage.id], *known.exceptions[line.passage.id]]
    return any(_spans(row.quote, line.passage.text, start, end) for row in rows)


def _date(dated: Dated, figures: list[Quantity], one: _Read, before: list[_Read], main: str, known: Known) -> Proposal:
    line, text = one.line, one.line.text
    why: list[str] = []
    entity, new_entity = _entity(dated.start, dated.end, one, before, main, known, why)
    if not one.mentions and not one.subject and not before:
        entity, new_entity, why = "", False, ["why_no_entity"]  # the date of the document itself, most likely
    metric, new_metric = _metric_of_date(dated, one, known)
    if not metric:
        why.append("why_no_metric")
    return Proposal(
        written=text[dated.start : dated.end],
        entity=entity,
        metric=metric,
        value="2" if dated.period.startswith("Q") else _date_value(dated),
        unit="quarter" if "Q" in dated.period else "date",
        as_of=dated.period[:4] if "Q" in dated.period else "",
        quote=text,
        passage=line.passage.id,
        new=" ".join(["entity"] * new_entity + ["metric"] * new_metric),
        why="; ".join(say(key, known.language) for key in why),
    )


def _date_value(dated: Dated) -> str:
    return dated.period.rpartition("Q")[2] if "Q" in dated.period else dated.period


def _metric_of_date(dated: Dated, one: _Read, known: Known) -> tuple[str, bool]:
    dated_ones = [found for found in _metrics(one, "date", known) if "date" in _dimensions(found[0], known)]
    worth = {
        metric: score / (1 + min(abs(token.start - dated.end) for token in where) / REACH)
        for metric, _, score, where in dated_ones
    }
    best = max(worth, key=lambda metric: worth[metric], default="")
    if best:
        return best, False
    happened = naming.event(one.line.text[dated.end :]) or naming.event(one.line.text)
    return (say("metric_date", known.language, event=happened), True) if happened else ("", False)


# ── no figures ───────────────────────────────────────────────────────────────────────────────────


def _no_figures(one: _Read, known: Known) -> Iterator[Proposal]:
    """The digits of a line that has no figure, each with why it is none."""
    line, text = one.line, one.line.text
    facts, listed = known.facts[line.passage.id], known.exceptions[line.passage.id]
    done = 0
    for match in NUMBER.finditer(text):
        start, end = line.start + match.start(), line.start + match.end()
        if match.start() < done or any(_spans(row.quote, line.passage.text, start, end) for row in (*facts, *listed)):
            continue
        item = next((item for item in one.nothing if item.start <= match.start() < item.end), None)
        reason = item.why if item else ""
        if not reason and any(m.start <= match.start() < m.end for m in one.mentions):
            reason = "no_figure_name"
        if not reason and (
            re.fullmatch(YEAR, match.group()) or any(d.start <= match.start() < d.end for d in one.dates)
        ):
            reason = "no_figure_date"
        end = max(match.end(), item.end if item else 0)
        if reason == "no_figure_date":  # 2025년 3분기 is one date
            end = max([end, *(d.end for d in one.dates if match.start() <= d.start <= end + 3)])
        first, done = around(text, match.start(), end)
        yield Proposal(
            kind=NO_FIGURE,
            written=text[item.start : item.end] if item else text[match.start() : end],
            quote=text[first:done],
            passage=line.passage.id,
            reason=say(reason or "no_figure_bare", known.language),
        )
