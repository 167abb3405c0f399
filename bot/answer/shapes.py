"""What a passage may tell, by its shape: code, a table, a list of labels, a definition, a reason."""

import re
from functools import cache, lru_cache

from bot.language import numbers
from bot.language.hangul import without_particles
from bot.language.sentences import BETWEEN
from bot.language.tables import cell, table
from bot.language.units import units

FENCE = "```"  # begins a passage of code
ITEM = "- "  # begins a line of a list, as `gakju add` writes them
LEAST = 3  # rows, that of the names among them, of what is taken for a table
LOOKED_AT = 1024  # passages, which are looked at for many questions

BOUNDS = {"up_to": "cap", "under": "cap", "at_least": "floor", "over": "floor"}  # what hedges make of a quantity
LABEL = re.compile(r"(?:[-*]\s)?[^:.]{1,24}:\s")
PARTS = re.compile(r"\n|[.]\s|\s·\s")
HEAD = r"(?:[-*]\s|\d+\.\s)?[`*“\"]*(?P<term>[^\s:(—–`*”\"][^:(—–`*”\"\n]{0,30}?)[`*”\"]*"
ENTRY = re.compile(rf"{HEAD}\s*(?::\s|\s[—–]\s)")  # of a glossary: P0: …
TOPIC = re.compile(rf"{HEAD}(?:(?<=[은는란])\s|\s(?:is|are|means|stands for)\s)")  # MAU는 …


@lru_cache(LOOKED_AT)
def is_table(text: str) -> bool:
    """Whether a text is a table with the names of its columns in the first line."""
    lines = text.split("\n")
    return len(lines) >= LEAST and len({line.count(BETWEEN) for line in lines}) == 1 and BETWEEN in text


@lru_cache(LOOKED_AT)
def is_list(text: str) -> bool:
    """Whether a text is nothing but items of a list, each of which stands for itself."""
    lines = text.split("\n")
    return len(lines) > 1 and all(line.startswith(ITEM) for line in lines)


@lru_cache(LOOKED_AT)
def only_lists(text: str) -> bool:
    """Whether a text is a table or a list of labels, each with a colon: "Author: Daniel. Severity: SEV1."."""
    return BETWEEN in text or all(map(LABEL.match, PARTS.split(text)))


@lru_cache(LOOKED_AT)
def entries(text: str) -> frozenset[str]:
    """What a sentence is an entry of, as in a glossary or a table: "P0: …", "서지우 | CTO | …"; small, without spaces."""
    if BETWEEN in text:
        return frozenset(_plain(cell) for cell in text.split(BETWEEN))
    found = ENTRY.match(text)
    return frozenset({_plain(found["term"])} if found else ())


@lru_cache(LOOKED_AT)
def topic(text: str) -> frozenset[str]:
    """What a sentence begins with and goes on to tell of: "MAU는 …"; small, without spaces."""
    found = TOPIC.match(text)
    return frozenset({_plain(found["term"]), _plain(without_particles(found["term"]))} if found else ())


def _plain(term: str) -> str:
    return term.replace(" ", "").strip("`*").lower()


@lru_cache(LOOKED_AT)
def gives_a_reason(text: str) -> bool:
    """Whether a text says why: because, 때문."""
    return any(form in text for form in _reasons())


@cache
def _reasons() -> tuple[str, ...]:
    return tuple(form for row in table("reasons") for form in cell(row["forms"]))


@lru_cache(LOOKED_AT)
def dimensions(text: str) -> frozenset[str]:
    """The dimensions of the quantities that a text gives, and whether they are bounds: money, duration, cap."""
    known, given = units(), numbers.read(text)
    bounds = (BOUNDS[found.hedge] for found in given if found.hedge in BOUNDS)
    return frozenset((*bounds, *(known[found.unit].dimension for found in given if found.unit in known)))
