"""What a name sounds like, whichever letters it is written in: Narae and 나래, Lumio and 루미오, Kim Doyun and 김도윤.

Sounds that one script tells apart and the other does not are one here: ㅂ, ㅍ, b, p, f and v; ㅓ, ㅗ, o and u. ㅡ, with
which Korean writes what has no vowel, is none.
"""

import re
from functools import cache, lru_cache

from bot.language.glossary import core
from bot.language.hangul import FINALS, FIRST, INITIALS, MEDIALS, is_particles, is_syllable
from bot.language.tables import cell, table
from bot.language.terms import stem

SHORTEST = 4  # sounds: of fewer, many words are alike
LONGEST_HANGUL = 8  # syllables
REMEMBERED = 65536  # words of texts
SURNAMED = 3  # syllables of a Korean name, the first of them the surname

_LETTERS = str.maketrans(
    {
        "g": "k",
        "q": "k",
        "d": "t",
        "b": "p",
        "v": "p",
        "f": "p",
        "l": "r",
        "u": "o",
        "w": "",
        "j": "c",
        "z": "c",
        "x": "ks",
    }
)
_SILENT_E = re.compile("(?<=[^aeiouy])e$")
_MUTE_R = re.compile("r(?![aeiouy])")
_SOFT_C = re.compile("c(?=[eiy])")
_VOWEL_Y = re.compile("y(?![aeiou])")
_TWICE = re.compile(r"(.)\1+")
_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]{2,}(?![A-Za-z])")
_HANGUL = re.compile("[가-힣]+")


@lru_cache(REMEMBERED)
def sound(word: str) -> str:
    """The sound of a word of one script: nare of Narae and of 나래."""
    made = _in_latin(word, "sound") if is_syllable(word[0]) else _of_latin(word.lower())
    return _TWICE.sub(r"\1", made)


def romanized(text: str) -> str:
    """`text` with its Hangul in the Revised Romanization of Korean, letter by letter: 도윤 → doyun."""
    return _in_latin(text, "roman")


def _in_latin(text: str, column: str) -> str:
    return text.translate(_letters(column))


class _Syllables(dict[int, str]):
    """The code of a syllable → its letters, each worked out when it is met first; other characters stay."""

    def __init__(self, letters: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self._of = letters

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if is_syllable(char):
            rest, final = divmod(code - FIRST, len(FINALS))
            initial, medial = divmod(rest, len(MEDIALS))
            parts = ("initial", INITIALS[initial]), ("medial", MEDIALS[medial]), ("final", FINALS[final])
            char = "".join(self._of.get(part, "") for part in parts)
        self[code] = char
        return char


@cache
def _letters(column: str) -> _Syllables:
    return _Syllables({(row["part"], row["letter"]): row[column] for row in table("romanization")})


def _of_latin(word: str) -> str:
    word = _MUTE_R.sub("", _SILENT_E.sub("", word)) if len(word) > SHORTEST - 1 else word
    word = _SOFT_C.sub("s", word)
    heard = _spellings().sub(lambda match: _sounds()[match.group()], word)
    heard = re.sub("c(?!h)", "k", heard) if "c" in word.replace("ch", "") else heard
    return _VOWEL_Y.sub("i", heard).translate(_LETTERS)


@cache
def _sounds() -> dict[str, str]:
    return {row["latin"]: row["sound"] for row in table("spellings")}


@cache
def _spellings() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_sounds(), key=len, reverse=True)))


@lru_cache(REMEMBERED)  # the same words come again from passage to passage
def names_in(word: str) -> tuple[tuple[str, str], ...]:
    """The names that a word of a text may be, each with its sound: 나래는 may be 나래, 김도윤은 is 김도윤 and 도윤."""
    if _NAME.fullmatch(word):
        return () if core().of(stem(word.lower())) else _sounding(word, word)
    found: list[tuple[str, str]] = []
    for head, _ in heads(word):
        if not core().of(head):
            found += _sounding(head, head)
            if given := given_name(head):
                found += _sounding(given, head)
    return tuple(found)


def names_of(text: str) -> set[tuple[str, str]]:
    """The sounds of what may be names in a text, each with its name."""
    words = {*_NAME.findall(text), *_HANGUL.findall(text)}
    return {pair for word in words for pair in names_in(word)}


def heads(word: str) -> list[tuple[str, str]]:
    """What a Korean word may be without its particles, and these: the longest first."""
    lengths = range(min(len(word), LONGEST_HANGUL), 1, -1)
    return [(word[:end], word[end:]) for end in lengths if end == len(word) or is_particles(word[end:])]


def acronyms(word: str) -> list[str]:
    """What a Korean word spells by the names of Latin letters, two or more: 씨티 → ct; none where it spells nothing."""
    spelled = [("", word)]
    found: list[str] = []
    while spelled:
        letters, rest = spelled.pop()
        if not rest and len(letters) > 1:
            found.append(letters)
        for name, letter in _letter_names():
            if rest.startswith(name):
                spelled.append((letters + letter, rest.removeprefix(name)))
    return found


@cache
def _letter_names() -> list[tuple[str, str]]:
    return [(name, row["letter"]) for row in table("letters") for name in cell(row["names"])]


def given_name(name: str) -> str:
    """A Korean name without the surname: 도윤 of 김도윤; "" of what is none."""
    return name[1:] if len(name) == SURNAMED and name[0] in _surnames() else ""


def _sounding(name: str, whole: str) -> tuple[tuple[str, str], ...]:
    heard = sound(name)
    return ((heard, whole),) if len(heard) >= SHORTEST else ()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(name for row in table("surnames") for name in cell(row["ko"]))
