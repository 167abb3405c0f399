"""In which language is a question to be answered, where it says so: 영어로 알려줘, in Korean please?"""

import re
from functools import cache

from bot.language.tables import cell, table
from bot.schema import LANGUAGES, Language


def asked(text: str) -> tuple[str, Language | None]:
    """A question without its request for a language, and that language; None where it makes none."""
    for pattern, language in _patterns():
        if match := pattern.search(text):
            rest = f"{text[: match.start('what')]} {text[match.end('what') :]}"
            return " ".join(rest.split()), language
    return text, None


@cache
def _forms(language: str, kind: str) -> str:
    rows = (row for row in table("requests") if (row["language"], row["kind"]) == (language, kind))
    return "|".join(re.escape(form) for row in rows for form in sorted(cell(row["forms"]), key=len, reverse=True))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Language], ...]:
    """What asks for a language: a request anywhere it may stand, and a bare "in English" only where it is set off."""
    found: list[tuple[re.Pattern[str], Language]] = []
    verb, ending = _forms("ko", "verb"), _forms("ko", "ending")
    bidding, opening = _forms("en", "verb"), _forms("en", "opening")
    for row in table("spoken"):
        korean = rf"(?:{'|'.join(map(re.escape, cell(row['ko'])))})로(?:만|도)?"
        english = rf"in\s+(?:{'|'.join(map(re.escape, cell(row['en'])))})"
        found += [
            (re.compile(pattern, re.IGNORECASE), LANGUAGES[row["language"]])
            for pattern in (
                rf"(?<![가-힣])(?P<what>{korean}\s?(?:좀\s)?(?:{verb})(?:해|하여)?\s?(?:{ending})?)(?![가-힣])",
                rf"(?<![가-힣])(?P<what>{korean})(?:[.!~]*$|,)",
                rf"^(?P<what>(?:please,?\s)?(?:(?:{bidding})\s)?{english}(?:,?\splease)?\s?[,:;.]\s?)",
                rf"(?:^|[\s,;.(])(?P<what>(?:please\s)?(?:{bidding})\s{english}(?:,?\splease)?\)?)[.!?]*$",
                rf"(?:^|[\s,;(])(?P<what>{english},?\splease\)?)(?:[.!?]*$|[,:;])",
                rf"(?P<what>[,;(]\s?{english}\)?)[.!?]*$",
                rf"^(?:please\s)?(?:{opening})\s.*\s(?P<what>{english})[.!?]*$",
                rf"^(?P<what>{english})[.!?]*$",
            )
        ]
    return tuple(found)
