"""Dates and periods of an article's text, each with where it stands: 2025년 11월 13일, 지난 1월, Q2 2025.

A month or quarter without a year is dated by the article: the last one that was over when it was written, or the next
where its text speaks of what is to come.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cache

from bot.language import periods
from bot.language.numbers import FLAGS, WIDE, either
from bot.language.tables import cell, table
from bot.language.units import MONTHS

NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH = rf"(?P<name>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|Sept)\.?"
ISO = re.compile(r"(?<![\d.-])(?P<year>(?:19|20)\d\d)[-./]\s?(?P<month>\d{1,2})[-./]\s?(?P<day>\d{1,2})(?![\d-])")
KOREAN = re.compile(r"(?:(?P<year>(?:19|20)\d\d)\s?년\s?)?(?<!\d)(?P<month>\d{1,2})\s?월\s?(?P<day>\d{1,2})\s?일(?!간)")
AMERICAN = re.compile(
    rf"\b{MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d)(?:,?\s(?P<year>(?:19|20)\d\d))?\b", FLAGS
)
BRITISH = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{MONTH}(?:,?\s(?P<year>(?:19|20)\d\d))?\b", FLAGS
)
FISCAL = re.compile(
    r"\b(?P<quarter>[1-4])Q\s?['’]?(?P<short>\d\d)\b|\bFY\s?(?:(?P<year>20\d\d)|['’]?(?P<two>\d\d))\b", FLAGS
)
LEAP = "2000"  # a year that has every day
PAST = re.compile(r"(?:지난|last|past)\s?$", FLAGS)
# What is only compared with: "전년 동기(2024년 3분기) 대비", "from 2023"; it dates no figure.
COMPARED = re.compile(r"\s?(?:년|월|분기)?\s?(?:같은\s기간|동기|말)?\)?\s?(?:대비|보다|에\s비해|에\s견줘)")
THAN = re.compile(r"(?:\bthan|\bversus|\bvs\.?|compared (?:with|to)|\bfrom)\s(?:in\s|the\s)?$", FLAGS)


@dataclass(frozen=True)
class Dated:
    """A date or period as a text names it."""

    start: int
    end: int
    period: str  # 2025, 2025-Q2, 2025-06, 2025-06-13
    explicit: bool  # its digits or the month's name stand there: 올해 names 2025 in other words
    compared: bool  # something is compared with it


def find(text: str, published: str) -> list[Dated]:
    """What `text` dates, in order.

    Args:
        text: of an article.
        published: the article's date (2025-11-13), or empty; "last year" is counted from it.
    """
    text = text.translate(WIDE)
    found: list[tuple[int, int, str]] = []
    for pattern in (ISO, KOREAN, AMERICAN, BRITISH):
        for match in pattern.finditer(text):
            if period := _day(match, text, published):
                _add(found, *match.span(), period)
    for match in FISCAL.finditer(text):
        year = match["year"] or f"20{match['short'] or match['two']}"
        _add(found, *match.span(), f"{year}-Q{match['quarter']}" if match["quarter"] else year)
    year_now = int(published[:4]) if published else None
    for start, end, period in periods.located(text, year_now):
        if whole := _whole(period, start, text, published):
            _add(found, start, end, whole)
    return [
        Dated(
            start,
            end,
            period,
            any(map(str.isdigit, text[start:end])) or text[start : start + 3].lower() in NUMBERS,
            bool(COMPARED.match(text, end) or THAN.search(text, max(0, start - 20), start)),
        )
        for start, end, period in sorted(found)
    ]


def exists(day: str) -> bool:
    """Whether there is such a year, month or day as 2025, 2025-11 or 2025-11-13."""
    year, month, number = [*map(int, day.split("-")), 1, 1][:3]
    return year > 0 and 1 <= month <= len(MONTHS) and 1 <= number <= monthrange(year, month)[1]


def _add(found: list[tuple[int, int, str]], start: int, end: int, period: str) -> None:
    """Add what does not overlap what is known already, which is longer."""
    if all(end <= first or last <= start for first, last, _ in found):
        found.append((start, end, period))


def _day(match: re.Match[str], text: str, published: str) -> str | None:
    named = match.groupdict()
    month = NUMBERS[named["name"][:3].lower()] if named.get("name") else int(named["month"])
    day = int(named["day"])
    if not exists(f"{named['year'] or LEAP}-{month}-{day}"):
        return None
    if named["year"]:
        return f"{named['year']}-{month:02d}-{day:02d}"
    whole = _whole(f"-{month:02d}", match.start(), text, published)
    return f"{whole}-{day:02d}" if whole else None


def _whole(period: str, start: int, text: str, published: str) -> str | None:
    """A period that a text names at `start`, with its year; None where nothing tells it."""
    if not period.startswith("-"):
        return period
    if not published:
        return None
    year, month = int(published[:4]), int(published[5:7] or 12)
    part = period[1]
    number = int(period[2:]) * 3 - 2 if part == "Q" else int(period[2:]) * 6 - 5 if part == "H" else int(period[1:])
    past = bool(PAST.search(text, 0, start))
    if past and part not in "QH":
        return f"{year - (number >= month)}{period}"
    to_come = not past and _futures().search(text) is not None
    return f"{year - (number > month and not to_come)}{period}"


@cache
def _futures() -> re.Pattern[str]:
    """What says that something is still to come: until, next, 예정."""
    forms = {row["language"]: cell(row["forms"]) for row in table("futures")}
    return re.compile(rf"{either(forms['ko'])}|\b{either(forms['en'])}\b", FLAGS)
