"""A misspelt name → the known name nearest to it. Only known names are offered: a typo is never guessed."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Literal, Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.hangul import from_keys, is_particles, is_syllable, jamo, nfc, to_keys
from bot.language.terms import stem

SHORT, LONG = 4, 9  # letters (jamo for Hangul): below SHORT nothing is corrected, from LONG two slips are


def slips(typed: str, name: str) -> int:
    """How many letters are more, fewer, others or swapped in one word than in another."""
    return OSA.distance(typed, name)


def distance_allowed(letters: int) -> int:
    return 0 if letters < SHORT else 1 if letters < LONG else 2


Script = Literal["hangul", "latin", "word"]  # names in Hangul, by their jamo; in Latin letters; and words that are none


class Known(Protocol):
    """Names and words by the letters that they are compared by."""

    def name(self, script: Script, letters: str, /) -> str | None:
        """The name that has these letters."""
        ...

    def owner(self, name: str, /) -> str | None:
        """Whose a name is; None for a word that is none."""
        ...

    def near(self, script: Script, typed: str, most: int, /) -> Collection[str]:
        """The letters of names that may be nearest to `typed`: all, or those that begin and are as long nearly alike."""
        ...


def letters_of(name: str) -> tuple[Script, str] | None:
    """The letters that a name is compared by; None where slips in it are not looked for."""
    compact = re.sub(r"\s+", "", nfc(name)).casefold()
    if compact.endswith("다"):
        return None  # a verb has too many forms to be told from a slip
    if compact and all(map(is_syllable, compact)):
        return "hangul", jamo(compact)
    return ("latin", compact) if compact.isascii() and compact.isalpha() else None


def letters_of_word(word: str) -> str | None:
    """The same for an English word that is no name."""
    key = word.casefold().replace("-", "")
    return key if len(key) >= SHORT and key.isascii() and key.isalpha() else None


class KnownInMemory:
    """Names and words in dictionaries."""

    def __init__(self, names: Mapping[str, str], words: Iterable[str]) -> None:
        """Take `names` (spelling → whose it is) and further `words`."""
        self._owners, self._further = names, words
        self._names: dict[str, dict[str, str]] = {"hangul": {}, "latin": {}}
        self._as_long: dict[tuple[Script, int, int], list[str]] = {}
        for name in names:
            if found := letters_of(name):
                self._names[found[0]].setdefault(found[1], name)

    @cached_property
    def _words(self) -> dict[str, str]:
        """Words that are no names, made when the first of them may be meant."""
        found: dict[str, str] = {}
        for word in self._further:
            key = letters_of_word(word)
            if key and key not in self._names["latin"]:
                found.setdefault(key, word)
        return found

    def _of(self, script: Script) -> dict[str, str]:
        return self._words if script == "word" else self._names[script]

    def name(self, script: Script, letters: str, /) -> str | None:
        return self._of(script).get(letters)

    def owner(self, name: str, /) -> str | None:
        return self._owners.get(name)

    def near(self, script: Script, typed: str, most: int, /) -> Collection[str]:
        # each letter more or less is a slip; there are as many lists as questions have characters, at most
        key = (script, len(typed), most)
        if key not in self._as_long:
            self._as_long[key] = [name for name in self._of(script) if abs(len(name) - len(typed)) <= most]
        return self._as_long[key]


class Speller:
    """The nearest known name to what was typed."""

    def __init__(self, names: Mapping[str, str], words: Iterable[str] = ()) -> None:
        """Take `names` (spelling → whose it is, in any script) and further English `words` of the articles."""
        self._known: Known = KnownInMemory(names, words)

    @classmethod
    def on(cls, known: Known) -> "Speller":
        """A speller of what is `known`, wherever that lies."""
        made = cls({})
        made._known = known
        return made

    def knows(self, word: str) -> bool:
        """Whether `word` is written as a known name is."""
        folded = nfc(word).casefold()
        return self._known.name("hangul", jamo(folded)) is not None or self._known.name("latin", folded) is not None

    def nearest(self, word: str) -> str | None:
        """The known name nearest to `word`, one or two slips away; None where there is none, or more than one.

        Source: optimal string alignment distance, over jamo for Hangul, so that ㅅ for ㅆ is one slip.
        """
        folded = nfc(word).casefold()
        hangul = all(map(is_syllable, folded))
        typed = jamo(folded) if hangul else folded
        return self._near(typed, "hangul") if hangul else self._near(typed, "latin") or self._near(typed, "word")

    def nearest_name(self, word: str) -> str | None:
        """`nearest`, of names alone: for a run of words that is no word by itself."""
        folded = nfc(word).casefold()
        hangul = all(map(is_syllable, folded))
        return self._near(jamo(folded), "hangul") if hangul else self._near(folded, "latin")

    def _near(self, typed: str, script: Script) -> str | None:
        if name := self._known.name(script, typed):
            return name
        allowed = distance_allowed(len(typed))
        if not allowed:
            return None
        near = self._known.near(script, typed, allowed)
        found = process.extract(typed, near, scorer=OSA.distance, score_cutoff=allowed, limit=5)
        found = [item for item in found if _plausible(typed, item[0], int(item[1]), script == "hangul")]
        nearest = [self._known.name(script, item[0]) or "" for item in found if item[1] == found[0][1]]
        if not nearest or len({self._known.owner(name) or stem(name) for name in nearest}) > 1:
            return None
        return nearest[0]

    def split(self, word: str, known: Callable[[str], bool]) -> str | None:
        """The words of an English run without spaces: howmanyunicorns → how many unicorns."""
        folded = word.casefold()
        best: list[list[str] | None] = [[]] + [None] * len(folded)
        for end in range(1, len(folded) + 1):
            for start in range(max(0, end - 20), end):
                head, part = best[start], folded[start:end]
                if head is not None and known(part) and (best[end] is None or len(head) + 1 < len(best[end] or [])):
                    best[end] = [*head, part]
        found = best[-1]
        return " ".join(found) if found and len(found) > 1 else None

    def slip(self, word: str, known: Callable[[str], bool]) -> str | None:
        """What was meant by `word` typed in the wrong keyboard layout, if that is a known name."""
        if word.isascii() and word.isalpha():
            typed = from_keys(word)
            if not all(map(is_syllable, typed)) or len(typed) < 2:
                return None
            for length in range(len(typed), 1, -1):
                head, tail = typed[:length], typed[length:]
                if tail and not is_particles(tail):
                    continue
                if known(head):
                    return typed
                if nearest := self.nearest(head):
                    return nearest + tail
            return None
        if all("ㄱ" <= char <= "ㅣ" or is_syllable(char) for char in word):
            keys = to_keys(word)
            return keys if known(keys) else None
        return None


def _plausible(typed: str, name: str, distance: int, hangul: bool) -> bool:
    # People slip inside a word, hardly ever at its first letter; a short Latin word with another letter in it is
    # mostly another word (apple, apply), while a lost, doubled or swapped letter is mostly a slip.
    if typed[0] != name[0] and not (hangul and typed[1:2] == name[1:2]):
        return False
    if hangul and len(typed) < 5:
        return False
    if not hangul and distance == 1 and len(typed) == len(name) and len(typed) < 6:
        return sorted(typed) == sorted(name)
    return abs(len(typed) - len(name)) <= distance
