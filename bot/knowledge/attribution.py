"""Of what a number is, what it measures and as of when: what its sentence says, else the sentences before, else the document.

Each answer comes with the phrase that says what is uncertain about it; empty where nothing is.
"""

import re
from collections.abc import Iterator

from bot.knowledge.context import Known, Reading, topics_of
from bot.knowledge.lines import title_of
from bot.language import dates, naming, numbers, subjects
from bot.language.dates import Dated
from bot.language.quantities import Quantity
from bot.language.terms import Token, analyse
from bot.schema import Mention

Found = tuple[str, str]  # an id, a new name or nothing; a phrase of phrases.py

# How a sentence begins that is about what the one before was about.
ANAPHORIC = re.compile(
    r"^(?:그러나\s|하지만\s|또한?\s|한편,?\s)?(?:이는|그는|이들은|이 |그 |해당|당사|동사|회사는"
    r"|It\s|Its\s|The (?:company|firm|group|model)|This\s|They\s|We\s|Our\s)"
)
AGAINST = re.compile(r"\s?(?:\([^)]*\))?[가-힣 ]{0,12}?(?:보다|대비|에 비해|에 맞)")
NOT_OF = re.compile(r"\b(?:than|from|against|versus|with|by|to)\s(?:the\s)?$", re.IGNORECASE)
OWNS = re.compile(r"(?:\s?\([^)]*\))?(?:의|’s|'s)\s(?:약\s|거의\s)?")
DESCRIBES = re.compile(r"(?:\s?규모의|짜리|\s?상당의|[^,.]{1,28}(?:하는|되는|된|한|할|갖춘))\s(?:[가-힣]+\s)?")
BEHIND = re.compile(
    r"(?:\s\w+){0,3}?\s?(?:in|for|during|by|of|as of|at the end of|,)?(?:\sthe)?\s?(?:year|quarter|end of)?\s?"
)
SURE, ENOUGH = 1.2, 0.45  # what a metric's own name before the number is worth; the least that names a metric
WEAK, OTHERS = 0.6, 0.2  # of a word that names a metric only sometimes; of one that stands nearer to another number
LOOSE = 0.6  # of a metric of which nothing tells in what it is measured
REACH = 40  # characters from a number at which a metric's word says half as much of it
NEAR = 25  # characters behind an English number within which its date may stand


# ── of what ──────────────────────────────────────────────────────────────────────────────────────


def entity(start: int, end: int, one: Reading, before: list[Reading], main: str, known: Known) -> Found:
    """The entity that the number at start:end of a line is of.

    Args:
        start: where the number begins.
        end: where it ends.
        one: the line.
        before: the lines of the same passage before it.
        main: what the document is mostly about.
        known: what the tables say.
    """
    text = one.line.text
    fit = [mention for mention in one.mentions if may_own(mention, text)]
    earlier = [mention for mention in fit if mention.end <= start]
    if owners := [m for m in earlier if OWNS.fullmatch(text, m.end, start)]:
        return owners[-1].id, ""
    if described := [m for m in fit if m.start >= end and DESCRIBES.fullmatch(text, end, m.start)]:
        return described[-1].id, ""
    if topics := _concrete(topics_of(earlier, text), known):
        return topics[-1].id, ""
    said_before = _subject_before(before)
    if said_before and ANAPHORIC.match(text):
        return said_before, "why_entity_before"
    if one.subject and not one.topic:
        return one.subject, ""
    later = topics_of([mention for mention in fit if mention.start >= end], text)
    if near := _concrete(earlier, known) or later[:1]:
        return near[-1].id, ""
    if said_before:
        return said_before, "why_entity_before"
    if fit:
        return fit[0].id, ""
    return main, "why_entity_document" if main else "why_no_entity"


def may_own(mention: Mention, text: str) -> bool:
    """Whether a name may be what a number is of: neither what it is compared with nor who says it."""
    against = AGAINST.match(text, mention.end) or NOT_OF.search(text[: mention.start])
    says = subjects.SOURCE.match(text, mention.end) or subjects.SOURCE_BEFORE.search(text[: mention.start])
    return not against and not says


def _concrete(mentions: list[Mention], known: Known) -> list[Mention]:
    """Those that are no countries, where there are any: a country mostly says only where."""
    return [mention for mention in mentions if not known.is_country(mention.id)] or mentions


def _subject_before(before: list[Reading]) -> str:
    for one in reversed(before):
        if one.subject:
            return one.subject
        if one.mentions:
            return one.mentions[-1].id
    return ""


# ── which measure ────────────────────────────────────────────────────────────────────────────────


def metric(
    quantity: Quantity, figures: list[Quantity], dimension: str, one: Reading, before: list[Reading], known: Known
) -> Found:
    """The metric that a number gives: a known one that the words around it name, else their own name for it.

    Args:
        quantity: the number.
        figures: all numbers of its line.
        dimension: what its unit measures, such as money; empty: not known.
        one: the line.
        before: the lines of the same passage before it.
        known: what the tables say.
    """
    taken = one.named + [(figure.start, figure.end) for figure in figures]
    if one.subject and not one.topic:
        taken += [match.span() for match in re.finditer(re.escape(one.subject.partition("|")[0]), one.line.text)]
    name = naming.measure(one.line.text, one.tokens, (quantity.start, quantity.end), dimension, taken)
    worths: dict[str, float] = {}
    if exact := known.metric(name):
        worths[exact] = SURE
    for found, weak, score, where in _spoken_of(one, dimension, known):
        distance = _distance(quantity.start, quantity.end, where)
        worth = score / (1 + distance / REACH) * (WEAK if weak else 1)
        if any(_distance(other.start, other.end, where) < distance for other in figures):
            worth *= OTHERS
        worths[found] = max(worth, worths.get(found, 0.0))
    best = max(worths, key=lambda found: worths[found], default="")
    if best and worths[best] >= ENOUGH:
        return best, ""
    if name and dimension in naming.dimensions(name):
        return name, ""
    said = _metric_before(before, dimension, known)
    # A known measure of the sentence before goes before words of this one, a guess only where those say little.
    if said and (said in known.names.metrics or not name or not known.is_common(name.rsplit(maxsplit=1)[-1])):
        return said, "why_metric_before"
    return name, "" if name else "why_no_metric"


def _spoken_of(one: Reading, dimension: str, known: Known) -> Iterator[tuple[str, bool, float, list[Token]]]:
    """The known metrics that a line speaks of and that may be measured so, each with the words that say it."""
    for mention, score, used in one.metrics:
        allowed = known.dimensions(mention.id)
        if not allowed or not dimension or dimension in allowed:
            yield mention.id, mention.weak, score * (1 if allowed else LOOSE), [one.tokens[i] for i in used]


def _distance(start: int, end: int, where: list[Token]) -> int:
    """Characters between a number and the nearest of some words."""
    return min(max(token.start - end, start - token.end, 0) for token in where)


def _metric_before(before: list[Reading], dimension: str, known: Known) -> str:
    for one in reversed(before):
        if given := one.given.get(dimension):
            return given
        for found, weak, _, _ in _spoken_of(one, dimension, known):
            if not weak and dimension in known.dimensions(found):
                return found
    return ""


def metric_of_date(dated: Dated, one: Reading, known: Known) -> str:
    """The known metric of dates that the words around a date name; empty where there is none."""
    worths = {
        found: score / (1 + _distance(dated.start, dated.end, where) / REACH)
        for found, _, score, where in _spoken_of(one, "date", known)
        if "date" in known.dimensions(found)
    }
    return max(worths, key=lambda found: worths[found], default="")


# ── a cell of a table ────────────────────────────────────────────────────────────────────────────


def of_cell(start: int, one: Reading, known: Known) -> tuple[str, str]:
    """The entity and the metric of the cell at `start`: its row's name and its column's, whichever is which."""
    titles = [_plain(title) for title in title_of(one.line, start)]
    titles = [title for title in titles if title and not _only_a_date(title, known)]
    entity = metric = ""
    for title in titles:
        if mentions := known.names.find_entities(title, analyse(title)):
            entity = mentions[0].id
            titles.remove(title)
            break
    counted = [title for title in titles if _is_amount(title)]  # a price of 10 to 49 is of what stands beside that
    measures = counted or [title for title in titles if _is_measure(title, known)] or titles[-1:]
    if measures:
        metric = known.metric(measures[-1]) or measures[-1]
        others = [title for title in titles if title != measures[-1]]
        entity = entity or (others[0] if others else "")
    return entity, metric


def _plain(title: str) -> str:
    return re.sub(r"\s*\([^)]*\)|[*_`]", "", title).strip()


def _is_amount(title: str) -> bool:
    """Whether a title is nothing but an amount: 10~49개, 50개 이상."""
    spans = [(quantity.start, quantity.end) for quantity in numbers.read(title)]
    rest = "".join(char for at, char in enumerate(title) if not any(start <= at < end for start, end in spans))
    return bool(spans) and (not rest.strip(" ~–-+") or rest.strip() in naming.hedge_words())


def _only_a_date(title: str, known: Known) -> bool:
    found = dates.find(title, known.document.date or "2000")
    return bool(found) and len(re.sub(r"[\W\d_]|년|분기|월|일|Q|FY", "", title)) < 6


def _is_measure(title: str, known: Known) -> bool:
    last = title.rsplit(maxsplit=1)[-1]
    return bool(naming.dimensions(title)) or bool(known.metric(title)) or known.is_common(last)


# ── as of ────────────────────────────────────────────────────────────────────────────────────────


def as_of(quantity: Quantity, one: Reading, before: list[Reading], known: Known) -> Found:
    """The period that a number is as of."""
    line, text, published = one.line, one.line.text, known.document.date
    if line.row:
        row, column = title_of(line, quantity.start)
        if found := dates.find(column, published) or dates.find(row, published):
            return found[0].period, ""
    own = _usable(one.dates)
    behind = next((dated for dated in own if quantity.end <= dated.start <= quantity.end + NEAR), None)
    if behind and text.isascii() and BEHIND.fullmatch(text, quantity.end, behind.start):
        return _period(behind), ""
    if own:
        return _period(next((dated for dated in reversed(own) if dated.end <= quantity.start), own[0])), ""
    for sentence in reversed(before):
        if usable := _usable(sentence.dates):
            return _period(usable[-1]), ""
    if section := _usable(dates.find(line.passage.section, published)):
        return section[-1].period, ""
    if title := [dated for dated in dates.find(known.document.title, published) if dated.explicit]:
        return title[0].period, "why_title_date"
    return published[:4], "why_article_date" if published else ""


def _usable(found: list[Dated]) -> list[Dated]:
    return [dated for dated in found if not dated.compared]


def _period(dated: Dated) -> str:
    """The period of a date, to the month: a figure is as of no day."""
    return dated.period if "Q" in dated.period else dated.period[:7]
