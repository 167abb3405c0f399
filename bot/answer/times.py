"""Whether a passage is of the period that a question names: it says so, or what it stands under does."""

from bot.answer import asked, evidence
from bot.answer.passages import PassageEvidence, periods_above
from bot.knowledge.base import Base, Sentence
from bot.language import numbers, periods
from bot.schema import Query

MEASURE = 2  # words of one, where nothing else is asked: 영업이익 of 2025


def is_of_its_time(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a passage may tell of the periods of a question."""
    if not query.periods:
        return True
    if _tells_of_another_year(item, query, base):
        return False
    passage = base.passages[item.hit.passage]
    text, document = passage.text, base.documents[passage.document]
    stamps = {fact.as_of for fact in base.by_passage[passage.id]}
    above, said = periods_above(passage.id, base), set(periods.find(text, None))
    years = {_year(period) for period in above} - {""}
    parts, known = {*map(_part, above)} - {""}, {*map(_part, above | said)}
    if parts and _is_dated_by_its_title(item, query, base):
        known = parts
    unsaid = {_year(period) for period in query.periods} - {""}
    unsaid = {year for year in unsaid if year not in text and not any(year in stamp for stamp in stamps)}
    if (years and unsaid - years) or any(_is_another(_part(period), parts, known) for period in query.periods):
        return False
    if any(_is_told_of_others(period, above | said) for period in query.periods):
        return False
    # a month is often but a part of a name: the January panic
    numbered = query.asks_for_a_number
    timed = {period for period in query.periods if _is_of_months(period) or (_part(period) and numbered)}
    if unsaid <= {*years, document.date[:4], str(base.year)} and all(
        any(periods.matches(period, stamp) for stamp in stamps) or _part(period) in known for period in timed
    ):
        return True
    if stamps or said or not asked.is_meant(item, base) or evidence.hard_entities(query, base):
        return False
    # it tells of no time, and of nearly all else: but not of a part of a year, nor of what was before it was written
    return not any(map(_part, query.periods)) and not any(year < document.date[:4] for year in unsaid)


def _is_dated_by_its_title(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether what a question dates is what a passage stands under: the March of a March meeting is that of its minutes."""
    titles = base.terms_of_titles(item.hit.passage)
    for _, end, _ in periods.located(query.question, base.year):
        behind = query.question[end:].lower()
        words = [word for word in query.words if evidence.says_much(word) and word.surface.lower() in behind]
        dated = min(words, key=lambda word: behind.index(word.surface.lower()), default=None)
        if dated and (dated.terms[0] in titles or not titles.isdisjoint(dated.concepts)):
            return True
    return False


def _tells_of_another_year(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a sentence gives a figure of a year, and none of its passage gives one of the year that is asked for."""
    names_a_measure = not query.cues and sum(map(evidence.says_much, query.words)) <= MEASURE
    if not (query.asks_for_a_number or names_a_measure):
        return False  # who or where it was may be told without the year
    wanted = {_year(period) for period in query.periods} - {""}
    told = _years_of(item.sentence)
    if not wanted or not told or told & wanted:
        return False
    return not any(
        _years_of(other) & wanted and _has_a_figure(other, base) for other in base.sentences(item.hit.passage)
    )


def _years_of(sentence: Sentence) -> set[str]:
    return {_year(period) for period in periods.find(sentence.in_both, None)} - {""}


def _has_a_figure(sentence: Sentence, base: Base) -> bool:
    """Whether a sentence has a number that is no date's."""
    dated = periods.spans(sentence.in_both, base.year)
    return any(not one.is_within(dated) for one in numbers.read(sentence.in_both))


def _year(period: str) -> str:
    return "" if period.startswith("-") else period[:4]


def _part(period: str) -> str:
    """The quarter, half or month of a period: "-Q4", "-02"; empty where it is a year."""
    return period[period.index("-") :][:3] if "-" in period else ""


def _is_of_months(period: str) -> bool:
    """Whether a period is a quarter or a half of a year."""
    return _part(period)[1:2] in ("Q", "H")


def _is_another(part: str, above: set[str], known: set[str]) -> bool:
    """Whether a passage stands under a part of a year of the same kind, and another: under Q4, and not Q2."""
    alike = {other for other in above if other[1:2].isdigit() == part[1:2].isdigit()}
    return bool(part and alike) and part not in known


def _is_told_of_others(period: str, known: frozenset[str]) -> bool:
    """Whether parts of years are told with their years, and a part of a year that is asked for is none of them."""
    part = _part(period)
    alike = {other[:7] for other in known if _part(other) and _part(other)[1:2].isdigit() == part[1:2].isdigit()}
    return bool(part and _year(period) and alike) and part not in alike and period[:7] not in alike
