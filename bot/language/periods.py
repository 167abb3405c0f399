"""Periods: 2024년, 2분기, 작년, last June → 2024, 2025-Q2, 2025-06."""

import re
from functools import cache

from bot.language.tables import cell, table
from bot.schema import Language

YEAR = re.compile(
    r"(?<![\d.,$])(?P<year>(?:19|20)\d\d)(?![\d,%]|\.\d)(?:\s?년)?|['’](?P<short>\d\d)(?!\d)\s?(?:년|(?=\s|$))|(?<!\d)(?P<two>2\d)년도?(?!간)"
)
QUARTER = re.compile(
    r"(?P<ko>[1-4])\s?분기|\bQ(?P<en>[1-4])\b|\b(?P<word>first|second|third|fourth)[\s-]quarter\b", re.IGNORECASE
)
MONTH = re.compile(
    r"(?<!\d)(?P<number>1[0-2]|[1-9])\s?월|\b(?P<name>January|February|March|April|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


@cache
def _relative() -> re.Pattern[str]:
    words = [word for row in table("relative_years") for word in (*cell(row["ko"]), *cell(row["en"]))]
    return re.compile(
        "|".join(
            re.escape(word) if not word.isascii() else rf"\b{re.escape(word)}\b"
            for word in sorted(words, key=len, reverse=True)
        ),
        re.IGNORECASE,
    )


@cache
def _offsets() -> dict[str, int]:
    return {
        word.lower(): int(row["offset"])
        for row in table("relative_years")
        for word in (*cell(row["ko"]), *cell(row["en"]))
    }


def spans(text: str, year_now: int | None) -> list[tuple[int, int]]:
    """Where a text names periods."""
    patterns = (YEAR, QUARTER, MONTH, _relative()) if year_now else (YEAR, QUARTER, MONTH)
    return [match.span() for pattern in patterns for match in pattern.finditer(text)]


def find(text: str, year_now: int | None) -> list[str]:
    """The periods that a text names, in its order.

    Args:
        text: a question.
        year_now: the year that "last year" is counted from: that of the newest article, never the clock's.
    """
    years: list[tuple[int, str]] = []
    for match in YEAR.finditer(text):
        digits = match["year"] or f"20{match['short'] or match['two']}"
        years.append((match.start(), digits))
    if year_now:
        relative = _relative().finditer(text)
        years += [(match.start(), str(year_now + _offsets()[match.group().lower()])) for match in relative]
    parts: list[tuple[int, str]] = []
    for match in QUARTER.finditer(text):
        number = match["ko"] or match["en"] or ORDINALS[match["word"].lower()]
        parts.append((match.start(), f"Q{number}"))
    for match in MONTH.finditer(text):
        number = int(match["number"]) if match["number"] else MONTHS.index(match["name"].lower()) + 1
        parts.append((match.start(), f"{number:02d}"))
    if len(years) == 1 and len(parts) == 1:
        return [f"{years[0][1]}-{parts[0][1]}"]
    found = sorted([*years, *((start, f"-{part}") for start, part in parts)])
    return list(dict.fromkeys(period for _, period in found))


def matches(period: str, as_of: str) -> bool:
    """Whether a figure as of `as_of` is one of `period`: 2025 holds 2025-Q2; "-Q2" is that of any year."""
    return as_of.endswith(period) if period.startswith("-") else as_of.startswith(period)


def write(period: str, language: Language) -> str:
    """A period as `language` writes it: 2025년 2분기, Q2 2025."""
    year, _, part = period.partition("-")
    month, _, day = part.partition("-")
    if part.startswith("Q"):
        if not year:
            return f"{part[1]}분기" if language == "ko" else part
        return f"{year}년 {part[1]}분기" if language == "ko" else f"{part} {year}"
    if language == "ko":
        pieces = (f"{year}년" if year else "", f"{int(month)}월" if month else "", f"{int(day)}일" if day else "")
        return " ".join(piece for piece in pieces if piece)
    name = MONTHS[int(month) - 1].capitalize() if month else ""
    return " ".join(piece for piece in (name, f"{int(day)}," if day else "", year) if piece)
