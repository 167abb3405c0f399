"""Names as they are written: the longest that stand in a text, whatever their case, spaces and marks."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from bot.language.hangul import is_particles, is_syllable, nfc
from bot.language.terms import Token
from bot.schema import Mention

IGNORED = frozenset(" \t\n\u00a0-_.·'’\"“”()/&,?")
START = 2  # characters by which names are told apart before they are looked up
LONG_NAME = 4  # syllables: a name so long is a name whatever follows it, spaces left out or not


def normal(name: str) -> str:
    """A name as it is compared: no case, spaces or marks. GLM-4.5V and "glm 4.5v" are one."""
    return "".join(char for char in nfc(name).casefold() if char not in IGNORED)


class Spelled(Protocol):
    """Names by how they are spelled, compared as `normal` makes them."""

    def ids(self, key: str, /) -> Sequence[str]:
        """Whose the name `key` is; none where it is no name."""
        ...

    def starts(self, text: str, /) -> list[tuple[int, Sequence[int]]]:
        """Where in `text` names may begin, and how long those are, the longest first."""
        ...

    def begins(self, start: str, /) -> bool:
        """Whether a name begins with `start`."""
        ...


class SpelledInMemory:
    """Names in a dictionary."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take `names`: a spelling and the id that it stands for each."""
        self._ids: dict[str, list[str]] = {}
        lengths: dict[str, set[int]] = defaultdict(set)
        for spelling, name in names:
            key = normal(spelling)
            if key and name not in self._ids.setdefault(key, []):
                self._ids[key].append(name)
                lengths[key[:START]].add(len(key))
        self._lengths = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}

    def ids(self, key: str, /) -> Sequence[str]:
        return self._ids.get(key, ())

    def starts(self, text: str, /) -> list[tuple[int, Sequence[int]]]:
        return begun(text, self._lengths) if self._lengths else []

    def begins(self, start: str, /) -> bool:
        return any(name.startswith(start) for name in self._ids)


def begun(text: str, lengths: Mapping[str, Sequence[int]]) -> list[tuple[int, Sequence[int]]]:
    """Where in `text` names may begin, by the `lengths` of those that begin with two characters, or are one."""
    get = lengths.get
    pairs = map(str.__add__, text, text[1:])
    found = [(place, known) for place, pair in enumerate(pairs) if (known := get(pair))]
    single = [(place, known) for place, char in enumerate(text) if (known := get(char))]
    return sorted([*found, *single], key=lambda item: item[0]) if single else found  # the longer one first


def find(spelled: Spelled, text: str, tokens: list[Token] | None) -> list[Mention]:
    """The mentions of names in a text as they are written, the longest where they overlap, in order of the text."""
    compact, offsets = _compact(text)
    starts = spelled.starts(compact)
    if not starts:
        return []
    # the 보 of 예산보다 is no weir
    particles = {t.start for t in tokens or () if t.tag[0] == "J" and is_syllable(text[t.start - 1 : t.start] or " ")}
    edges = {0} if tokens is None else {token.start for token in tokens} | {token.end for token in tokens}
    found: list[Mention] = []
    free = 0  # behind what was found
    for position, lengths in starts:
        if position < free:
            continue
        for length in lengths:
            if position + length > len(compact):
                continue
            ids = spelled.ids(compact[position : position + length])
            if not ids:
                continue
            start, end = offsets[position], offsets[position + length - 1] + 1
            if start not in particles and _bounded(text, start, end, edges):
                found += [Mention(id=name, surface=text[start:end], start=start, end=end) for name in ids]
                free = position + length
                break
    return found


@lru_cache(maxsize=64)  # a text is looked through for entities, and again for metrics
def _compact(text: str) -> tuple[str, list[int]]:
    """`text` as names are compared, and where each of its characters stands."""
    folded = text.casefold()
    if len(folded) == len(text):  # as nearly always: then each character is folded to one
        offsets = [index for index, char in enumerate(text) if char not in IGNORED]
        return "".join(map(folded.__getitem__, offsets)), offsets
    chars: list[str] = []
    offsets = []
    for index, char in enumerate(text):
        if char not in IGNORED:
            folded = char.casefold()
            chars.append(folded)
            offsets += [index] * len(folded)
    return "".join(chars), offsets


def _bounded(text: str, start: int, end: int, edges: set[int]) -> bool:
    """Whether text[start:end] is a name of its own and no part of a longer word."""
    before, after = text[start - 1 : start], text[end:]
    first, last = text[start], text[end - 1]
    if first.isascii() and before.isascii() and before.isalnum():
        return False
    if is_syllable(first) and before and is_syllable(before) and start not in edges:
        return False
    following = after[:1]
    if not following:
        return True
    if last.isascii():
        plural = len(text[start:end]) > 2 and re.match(r"s(?![a-z0-9])", after, re.IGNORECASE)
        version = last.isdigit() and re.match(r"\.\d", after)
        return bool(plural) or not ((following.isascii() and following.isalnum()) or version)
    if is_syllable(following):
        rest = re.match(r"[가-힣]+", after)
        long = end - start >= LONG_NAME
        return long or end in edges or (rest is not None and is_particles(rest.group()))
    return True
