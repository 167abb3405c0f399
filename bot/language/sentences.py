"""Where the sentences of a text begin, and which of them ask."""

import re
from functools import cache

from bot.language.tables import table

END = re.compile(r"(?<=[.?!])[\"”’')\]]*\s+(?=\S)|\s*\n\s*(?=\S)")
BETWEEN = " | "  # the cells of a row, which is read as one, as `gakju add` writes tables
NUMBER = re.compile(r"\s*(?:[-*+]\s+)?\d{1,3}")  # of an item of a list
GOES_ON = {
    "any": re.compile(""),
    "small": re.compile("[^A-Z가-힣\"“'‘(]"),
    "number": re.compile(r"\d"),
}  # after an abbreviation


def starts(text: str) -> list[int]:
    """Where each sentence of `text` begins, the first at 0; a line ends one too.

    No sentence ends inside a row of a table, after the number of an item, or after an abbreviation: Dr., 7 a.m. next day.
    """
    return [0, *(match.end() for match in END.finditer(text) if "\n" in match.group() or _ends(text, match))]


def _ends(text: str, match: re.Match[str]) -> bool:
    stop = match.start()
    begun, closed = text.rfind("\n", 0, stop) + 1, text.find("\n", stop)
    if BETWEEN in text[begun : closed if closed >= 0 else len(text)]:
        return False
    if text[stop - 1] != ".":
        return True
    before = text[begun : stop - 1]
    if NUMBER.fullmatch(before):
        return False
    word = before[before.rfind(" ") + 1 :].lstrip("(\"'“‘").lower()
    goes_on = GOES_ON.get(_abbreviations().get(word, ""))
    return goes_on is None or not goes_on.match(text, match.end())


def asks(text: str) -> bool:
    """Whether a text, or its last sentence, is a question."""
    return text.rstrip("*_\"”’')] ").endswith("?")


@cache
def _abbreviations() -> dict[str, str]:
    """What ends with a full stop, without it → what it goes on with: a number, a small letter, anything."""
    return {row["form"].lower(): row["before"] for row in table("abbreviations")}
