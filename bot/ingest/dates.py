"""A date as files write it → 2025, 2025-11 or 2025-11-13; and the date that the head of a text gives it."""

import re
from collections.abc import Iterable

from bot.language import dates

ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./년](?:\s*(\d{1,2})(?:[-./월](?:\s*(\d{1,2}))?)?)?(?!\d)")
PDF = re.compile(r"^D:((?:19|20)\d\d)(\d\d)?(\d\d)?")
YEAR = re.compile(r"^\W*((?:19|20)\d\d)\W*$")
HEAD = 5  # texts
LONG = 100  # characters of a line that dates what it stands in
BESIDE = 40  # characters that may stand beside a date which is alone on its line
PLACE = 30  # characters of a place before a date that opens a report: "Seoul, November 6, 2024 — "
SAYS_WHEN = re.compile(
    r"(?:작성|수정|개정|갱신|변경|시행|적용|발행|공개|게시|등록|배포|업데이트)|(?:일시|날짜|일자)\s*[:：]"
    r"|\b(?:updated|modified|revised|published|released|issued|written|effective|as of|date)\b",
    re.IGNORECASE,
)
DASH = re.compile(r"\s*[—–]\s*|\s+-\s+")
SENTENCE = re.compile(r"[.?!。][\"”’')\]]*$|[다요죠음함됨임까][.!?]?$")


def date(text: str) -> str:
    """The date that a text gives, as far as it goes; empty where it gives none."""
    found = PDF.match(text) or ISO.search(text[:200]) or YEAR.match(text[:200])
    if not found:
        return ""
    year, month, day = (*found.groups(), None, None)[:3]
    if not month or not 1 <= int(month) <= 12:
        return str(year)
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def of_head(title: str, texts: Iterable[str]) -> str:
    """The day that a text is of, by its title or by a line near its beginning that says so; empty where none does."""
    lines = [line for text, _ in zip(texts, range(HEAD), strict=False) for line in text.split("\n")]
    return next((day for day in (_day_of(title, is_title=True), *map(_day_of, lines)) if day), "")


def _day_of(line: str, *, is_title: bool = False) -> str:
    """The day that a line dates its text by, and not one on which something happened."""
    found = next((dated for dated in dates.find(line[: 2 * LONG], "") if len(dated.period) == len("2025-11-13")), None)
    if not found:
        return ""
    opens = found.start <= PLACE and DASH.match(line, found.end)
    alone = len(line) <= BESIDE + found.end - found.start and not SENTENCE.search(line)
    says = len(line) <= LONG and SAYS_WHEN.search(line)
    return found.period if is_title or opens or alone or says else ""
