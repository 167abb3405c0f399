"""How texts say in so many words that what they speak of comes after them: 다음과 같다, as follows, consider this."""

import re
from functools import cache

from bot.language.tables import cell, table

FOLLOWS = ("follows",)
ANY = ("follows", "invites")


def announces(text: str, kinds: tuple[str, ...] = ANY) -> bool:
    """Whether a text says that more comes, in the ways of announcers.csv that are named, or ends with a colon."""
    return _announcing(kinds).search(text) is not None


@cache
def _announcing(kinds: tuple[str, ...]) -> re.Pattern[str]:
    rows = [row for row in table("announcers") if row["kind"] in kinds]
    korean, english = ("|".join(re.escape(form) for row in rows for form in cell(row[name])) for name in ("ko", "en"))
    return re.compile(rf"[:：]$|{korean}|\b(?:{english})\b", re.IGNORECASE)
