"""Periods: 2024년, 2분기, 작년, June 2025 → 2024, -Q2, 2024, 2025-06."""

import re
from functools import cache, lru_cache

from bot.language import numbers
from bot.language.numbers import DIGIT, FLAGS, WIDE
from bot.language.quantities import Quantity
from bot.language.tables import cell, table
from bot.language.units import MONTHS
from bot.schema import Language

# 24년 is a year, but not where it lasts: 지난 20년, 20년간, 25년 전.
LASTS = "간|동안|전|후|뒤|째|차|만에|이상|이하|이내|넘|가까이|내내"
YEAR = re.compile(
    r"(?<![\d.,$])(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d|%)(?:\s?년)?"
    r"|(?<![A-Za-z])['’](?P<short>\d\d)(?!\d|[.,]\d|%|s)(?:\s?년)?"
    rf"|(?<!지난\s)(?<!최근\s)(?<!향후\s)(?<!약\s)(?<![\d.,])(?P<two>2\d)년도?(?!\s?(?:{LASTS}))",
    FLAGS,
)
QUARTER = re.compile(
    r"(?<![\d/])(?P<ko>[1-4])(?:/4|사)?\s?분기|\bQ(?P<en>[1-4])\b|\b(?P<back>[1-4])Q\b"
    r"|\b(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter\b",
    FLAGS,
)
HALF = re.compile(
    r"(?P<ko>[상하])반기|\bH(?P<en>[12])\b|\b(?P<back>[12])H\b|\b(?P<word>first|second|1st|2nd)[\s-]half(?=\sof\s(?:the\syear|(?:19|20)\d\d))",
    FLAGS,
)
HALVES = {"상": 1, "하": 2, "first": 1, "second": 2, "1st": 1, "2nd": 2}
# May and what is cut short are months only beside a year; the space of "R1 월간" divides no month.
MONTH = re.compile(
    r"(?<![\dA-Za-z.])(?P<number>1[0-2]|[1-9])(?:월(?!간|드컵|세|급)|\s월(?=에|은|의|부터|까지|말|초|중|[^가-힣]|$))"
    rf"|\b(?P<name>{'|'.join(name for name in MONTHS if name != 'May')}|(?<=\bin\s)May)\b"
    rf"|\b(?P<beside>{'|'.join(name[:3] for name in MONTHS)}|Sept)\.?(?=,?\s(?:\d\d?,?\s)?(?:19|20)\d\d)",
    FLAGS,
)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
BESIDE = re.compile(r"[\s,]*(?:of\s|in\s)?", FLAGS)

Found = tuple[int, int, str]  # where it stands, and the period


@cache
def _relative() -> re.Pattern[str]:
    words = sorted(_relative_words(), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(word)}\b" if word.isascii() else _korean(word) for word in words), FLAGS)


def _korean(word: str) -> str:
    """A pattern of a Korean word; with `$` after it, of one that nothing is added to: 올핸, but not the 올핸 of 올핸즈."""
    return f"{re.escape(word[:-1])}(?![가-힣])" if word.endswith("$") else re.escape(word)


@cache
def _relative_words() -> dict[str, int]:
    """How texts name years by the one in which they are written → how many years before or after that one."""
    rows = table("relative_years")
    return {word.lower(): int(row["offset"]) for row in rows for word in (*cell(row["ko"]), *cell(row["en"]))}


@cache
def _offsets() -> dict[str, int]:
    return {word.removesuffix("$"): offset for word, offset in _relative_words().items()}


@lru_cache(1024)  # a question is looked at more than once, and a passage for many questions
def _read(text: str, year_now: int | None) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """The years that a text names, and the parts of years."""
    text = text.translate(WIDE)
    return tuple(_years(text, year_now)), tuple(_parts(text))


def _years(text: str, year_now: int | None) -> list[Found]:
    found: list[Found] = []
    matches = list(YEAR.finditer(text)) if DIGIT.search(text) else []
    amounts = numbers.read(text) if matches else []
    for match in matches:
        digits = match["year"] or match["short"] or match["two"]
        if not match["two"] and not match.group().endswith("년") and _is_amount(amounts, match.end(), len(digits)):
            continue
        century = "" if match["year"] else "19" if digits > "50" else "20"
        found.append((*match.span(), century + digits))
    if year_now:
        named = [(match, _offsets()[match.group().lower()]) for match in _relative().finditer(text)]
        found += [(*match.span(), str(year_now + offset)) for match, offset in named]
    return sorted(found)


def _is_amount(amounts: list[Quantity], end: int, length: int) -> bool:
    """Whether the digits that end at `end` count something: 2000 companies, '30 million users'."""
    return any(
        quantity.start <= end - length and end <= quantity.end and quantity.end - quantity.start > length
        for quantity in amounts
    )


def _parts(text: str) -> list[Found]:
    """The quarters, halves and months that a text names, as the part of a period after its year."""
    found: list[Found] = []
    for match in HALF.finditer(text):
        half = match["en"] or match["back"] or HALVES[(match["ko"] or match["word"]).lower()]
        found.append((*match.span(), f"-H{half}"))
    for match in QUARTER.finditer(text):
        number = match["ko"] or match["en"] or match["back"] or ORDINALS[match["word"].lower()]
        found.append((*match.span(), f"-Q{number}"))
    for match in MONTH.finditer(text):
        name = (match["name"] or match["beside"] or "")[:3].lower()
        number = match["number"] or [month[:3].lower() for month in MONTHS].index(name) + 1
        found.append((*match.span(), f"-{int(number):02d}"))
    return sorted(found)


def spans(text: str, year_now: int | None) -> list[tuple[int, int]]:
    """Where a text names periods."""
    years, parts = _read(text, year_now)
    return [(start, end) for start, end, _ in (*years, *parts)]


def find(text: str, year_now: int | None) -> list[str]:
    """The periods that a text names, in its order; a quarter or month goes with the year beside it, or the only one.

    Args:
        text: a question.
        year_now: the year that "last year" is counted from: that of the newest article, never the clock's.
    """
    return list(dict.fromkeys(period for _, _, period in located(text, year_now)))


def located(text: str, year_now: int | None) -> list[Found]:
    """`find`, with where each period stands; one without a year begins with a hyphen."""
    known, parts = _read(text, year_now)
    years = list(known)
    text = text.translate(WIDE)
    only = {year for _, _, year in years}
    if len(only) == 1 and parts:
        return [(start, end, f"{only.copy().pop()}{part}") for start, end, part in parts]
    found: list[Found] = []
    for start, end, part in parts:
        year = next((year for year in years if _beside(text, (start, end), year[:2])), None)
        if year:
            years.remove(year)
        found.append((start, end, f"{year[2] if year else ''}{part}"))
    return sorted([*years, *found])


def _beside(text: str, part: tuple[int, int], year: tuple[int, int]) -> bool:
    """Whether nothing stands between a year and its quarter or month: 2024년 2분기, Q2 of 2024."""
    (_, first_end), (second_start, _) = sorted((part, year))
    between = text[first_end:second_start]
    # In English the year comes after: "Q1 2024, Q2 2025" has no 2024 Q2.
    after = text[part[0] : part[1]].isascii()
    return BESIDE.fullmatch(between) is not None and (year > part) == after


def matches(period: str, as_of: str) -> bool:
    """Whether a figure as of `as_of` is one of `period`: 2025 holds 2025-Q2; "-Q2" is that of any year."""
    return as_of[4:].startswith(period) if period.startswith("-") else as_of.startswith(period)


def write(period: str, language: Language) -> str:
    """A period as `language` writes it: 2025년 2분기, Q2 2025."""
    year, _, part = period.partition("-")
    month, _, day = part.partition("-")
    if part.startswith("Q"):
        if not year:
            return f"{part[1]}분기" if language == "ko" else part
        return f"{year}년 {part[1]}분기" if language == "ko" else f"{part} {year}"
    if part.startswith("H"):
        half = f"{'상' if part[1] == '1' else '하'}반기" if language == "ko" else part
        return " ".join(filter(None, (f"{year}년" if year else "", half) if language == "ko" else (half, year)))
    if language == "ko":
        pieces = (f"{year}년" if year else "", f"{int(month)}월" if month else "", f"{int(day)}일" if day else "")
        return " ".join(piece for piece in pieces if piece)
    name = MONTHS[int(month) - 1] if month else ""
    return " ".join(piece for piece in (name, f"{int(day)}," if day else "", year) if piece)
