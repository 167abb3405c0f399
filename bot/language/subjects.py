"""What a sentence is about: its topic, and the proper noun that it begins with, where no known name stands there."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from bot.language.hangul import is_syllable
from bot.language.naming import Span, dimensions, leads
from bot.language.tables import cell, table
from bot.language.terms import Token

Common = Callable[[str], bool]  # whether a word is a common one

SOURCE = re.compile(
    r"\)?(?:\s?\([^)]*\))?(?:의\s[^,.]{0,25}?)?에\s?(?:따르면|의하면)"
)  # who says it, not who it is about
SOURCE_BEFORE = re.compile(r"\b(?:according to|by|said)\s(?:the\s)?$", re.IGNORECASE)
TOPICAL = re.compile(r"(?:[\s\0]*[가-힣A-Za-z0-9.-]+){0,3}?\0*(?P<particle>은|는|이|가|에는|에서는|도)(?=[\s,\0])")
LED = re.compile(r"(?:[은는을를의에]|보다|에서|에게|까지|부터)$")  # how a word ends that is no part of the phrase
SUBJECT = re.compile(
    r"(?<![가-힣A-Za-z0-9(])(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9·&-]*?)(?P<gloss>\s?\([A-Za-z][^)]*\))?"
    r"(?:은|는|이|가|의|에는|에서는|도)(?=[\s,])"
)
SPEAKS = re.compile(
    r"['’]s\b|\s(?:is|was|has|had|will|reported|posted|said|expects|plans|announced|launched|raised|employs|sells|sold|delivered"
    r"|opened|bought|received|made|makes|grew|fell|rose|cut|spent|invested|recorded|won|began|started)\b"
)


def topic(text: str, end: int) -> int | None:
    """Where the particle stands that makes the name ending at `end`, or the noun phrase that it begins, the topic."""
    masked = re.sub(r"\s?\([^)]*\)", lambda match: "\0" * len(match.group()), text[end : end + 60])
    match = TOPICAL.match(masked)
    if not match:
        return None
    between = match.group().replace("\0", " ").split()[:-1]
    led = any(LED.search(word) for word in between if word != "의")
    return None if led else end + match.start("particle")


def subject(text: str, tokens: list[Token], is_common: Common, taken: Iterable[Span] = ()) -> str:
    """The proper noun that `text` is about, as it is written; empty where it is about none.

    Args:
        text: a sentence.
        tokens: what `analyse(text)` gave.
        is_common: whether a word is a common one, and no name.
        taken: where known names, dates and numbers stand.
    """
    spans = list(taken)
    if any(map(is_syllable, text)):
        return _korean_subject(text, tokens, is_common, spans)
    for match in re.finditer(
        r"(?<![\w'’-])(?:[A-Z][\w&.-]*[A-Za-z0-9])(?:\s(?:[A-Z][\w&.-]*[A-Za-z0-9]|of|and(?=\s[A-Z])))*", text
    ):
        if any(match.start() < last and first < match.end() for first, last in spans):
            continue
        words = match.group().split()
        while words and (words[0].lower() in leads() or is_common(words[0]) or re.match(r"(?:Q\d|FY)", words[0])):
            words = words[1:]
        while words and words[-1] in ("of", "and"):
            words = words[:-1]
        if words and (match.start() or len(words) > 1 or SPEAKS.match(text, match.end())):
            return " ".join(words)
    return ""


@cache
def _bodies() -> tuple[str, ...]:
    """What the names of companies and institutions end in."""
    return cell(table("bodies")[0]["ko"])


def _korean_subject(text: str, tokens: list[Token], is_common: Common, taken: list[Span]) -> str:
    for match in SUBJECT.finditer(text):
        name, start, end = match["name"], match.start("name"), match.end("name")
        if any(start < last and first < end for first, last in taken) or SOURCE.match(text, end):
            continue
        own = [token for token in tokens if token.start < end and start < token.end]
        if any(end < token.end for token in own):
            continue  # its last syllable is no particle: the 이 of 나래페이
        proper = match["gloss"] or any(
            token.tag == "NNP" or not token.known or token.tag in ("EN", "ID") for token in own
        )
        if (proper or (name.endswith(_bodies()) and len(name) > 2)) and not is_common(name) and not dimensions(name):
            return name
    return ""
