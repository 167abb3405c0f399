"""Names that a question has in other letters than the articles: 루미오 for Lumio, Kim Doyun for 김도윤."""

import re
from collections.abc import Iterator, Sequence

from bot.answer.correcting import is_english, is_known
from bot.knowledge.base import Base
from bot.knowledge.remembering import remembered
from bot.language.sounds import SHORTEST, acronyms, given_name, heads, romanized, sound
from bot.language.spelling import slips

WORD = re.compile(r"[가-힣]+|(?<![\w])[A-Za-z]+(?![\w])")
BESIDE = 2  # words of a name: the given one and the surname, in either order


def heard(text: str, base: Base) -> tuple[str, list[tuple[str, str]]]:
    """`text` with names in the letters that the articles have them in, and what was changed."""
    changed: list[tuple[str, str]] = []
    words = list(WORD.finditer(text))
    at, made = 0, ""
    while words:
        size, typed, meant, tail = next(_names(words, text, base), (1, "", "", ""))
        if meant:
            start = words[0].start()
            made += f"{text[at:start]}{meant}{tail}"
            at = words[size - 1].end()
            changed.append((typed, meant))
        del words[:size]
    return (f"{made}{text[at:]}", changed) if changed else (text, changed)


def _names(words: list[re.Match[str]], text: str, base: Base) -> Iterator[tuple[int, str, str, str]]:
    """The names that the first of some words may be: how many words it has, as typed, as meant, and what follows it."""
    first = words[0].group()
    if not first.isascii():
        found = heads(first)
        if any(base.names.knows(head) or is_known(head, base) for head, _ in found):
            return
        for head, tail in found:
            if meant := _meant((head, given_name(head)), True, base) or _spelled(head, base):
                yield 1, head, meant, tail
        return
    for size in range(min(BESIDE, len(words)), 0, -1):
        run = words[:size]
        parts = [word.group() for word in run]
        joined = "".join(parts)
        if not joined.isascii() or all(is_english(part, base) for part in parts):
            continue
        if meant := _meant((joined, "".join(reversed(parts))), False, base):
            yield size, text[run[0].start() : run[-1].end()], meant, ""


@remembered
def _meant(typed: tuple[str, ...], in_latin: bool, base: Base) -> str | None:
    """The name in one script that the first of some spellings sounds like that any name sounds like."""
    for one in typed:
        if names := [name for name in _sounding(one, base) if name.isascii() is in_latin]:
            return _nearest(one, names)
    return None


@remembered
def _spelled(head: str, base: Base) -> str | None:
    """What the articles have that a Korean word spells by the names of its letters: 씨티 for CT."""
    return next((letters.upper() for letters in acronyms(head) if base.says(letters)), None)


def _sounding(word: str, base: Base) -> Sequence[str]:
    heard_as = sound(word) if word else ""
    return base.records.sounding(heard_as) if len(heard_as) >= SHORTEST else ()


def _nearest(typed: str, names: list[str]) -> str:
    """The name that is spelled most as another is typed: of 도연 and 도윤, Doyun is the second."""
    wanted = romanized(typed.lower())

    def far(name: str) -> tuple[int, str]:
        spelled = [romanized(one.lower()) for one in (name, given_name(name)) if one]
        return min(slips(wanted, one) for one in spelled), name

    return min(names, key=far)
