"""A date as files write it → 2025, 2025-11 or 2025-11-13."""

import re

ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./년](?:\s*(\d{1,2})(?:[-./월](?:\s*(\d{1,2}))?)?)?(?!\d)")
PDF = re.compile(r"^D:((?:19|20)\d\d)(\d\d)?(\d\d)?")
YEAR = re.compile(r"^\W*((?:19|20)\d\d)\W*$")


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
