"""Keyboard slips and misspelt names, put right before a question is read."""

import re
from collections.abc import Iterator

from bot.knowledge.base import Base
from bot.knowledge.names import SOFT_KINDS
from bot.knowledge.remembering import remembered
from bot.knowledge.spelled import normal
from bot.language.english import is_word
from bot.language.hangul import from_keys, is_particles, is_syllable
from bot.language.sounds import sound
from bot.language.terms import analyse, is_stop, stem, tag_in_dictionary

WORD = re.compile(r"[가-힣]+|(?<![\dA-Za-z'’])[A-Za-z]+(?![\dA-Za-z])")  # not the letters of V4, nor the s of its
LETTER = re.compile("[A-Za-z가-힣]")
OWNED = re.compile(r"['’]s$")
SHORT_WORDS = ("a", "ai", "is", "in", "of", "the", "us", "to", "by", "at", "vc")


def corrected(text: str, base: Base) -> tuple[str, list[tuple[str, str]]]:
    """`text` with keyboard slips and misspelt names put right, and what was changed."""
    corrections: list[tuple[str, str]] = []
    words = text.split(" ")
    if all(is_english(word, base) for word in words):
        return text, []
    slipped = [_slip(word, base) for word in words]
    if any(slipped):
        for index, (word, slip) in enumerate(zip(words, slipped, strict=True)):
            core = word.strip("?!.,")
            latin = core.isascii() and core.isalpha() and not is_english(word, base)
            if meant := slip or (_hangul_of(core) if latin else None):
                corrections.append((core, meant))
                words[index] = word.replace(core, meant)
        text = " ".join(words)
    for typed, meant in _misspelt(text, base):
        corrections.append((typed, meant))
        text = _replaced(text, typed, meant)
    return text, corrections


def _replaced(text: str, typed: str, meant: str) -> str:
    """`text` with the first word that begins as `typed` does put right."""
    at = text.find(typed)
    while at >= 0:
        if not LETTER.match(text[at - 1 : at]):
            return f"{text[:at]}{meant}{text[at + len(typed) :]}"
        at = text.find(typed, at + 1)
    return text


@remembered
def _slip(word: str, base: Base) -> str | None:
    core = word.strip("?!.,")
    if len(core) < (3 if core.isascii() else 2) or is_english(core, base):
        return None
    meant = base.speller.slip(core, lambda name: base.names.knows(name) or base.speller.knows(name))
    return meant if meant and not base.names.find_entities(core) else None


def _hangul_of(latin: str) -> str | None:
    typed = from_keys(latin)
    return typed if all(map(is_syllable, typed)) else None


@remembered
def is_english(word: str, base: Base) -> bool:
    """Whether a word is no Latin one that neither an article nor the lexicon has."""
    core = OWNED.sub("", word.strip("?!.,\"'()")).lower()
    if not core or not core.isascii() or not core.isalpha():
        return not core
    form = stem(core)
    tokens = analyse(core)
    return (
        core in base.words
        or form in base.stems
        or bool(base.glossary.of(form))
        or any(map(is_stop, tokens))
        or base.names.knows(core)
    )


def _is_met(word: str, base: Base) -> bool:
    """Whether an article has a word, under any of its names: what none has is meant by no slip."""
    if base.names.knows(word) or word.lower() in base.words:
        return True
    form = stem(word.lower())
    return any(base.retriever.idf(term) < base.weight_unknown for term in (form, *base.glossary.of(form)))


def _is_word(part: str, base: Base) -> bool:
    """Whether a run of letters is a word that may stand in a run without spaces: whole, and not too short."""
    if len(part) < 3:
        return part in SHORT_WORDS
    return part in base.words or base.names.knows(part) or any(map(is_stop, analyse(part)))


def _misspelt(text: str, base: Base) -> Iterator[tuple[str, str]]:
    """Words that are no name and no word, and the known name that each is nearest to."""
    taken = [
        m for m in base.names.find_entities(text, analyse(text)) if base.names.entities[m.id].kind not in SOFT_KINDS
    ]
    words = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]
    free = [word for word in words if not any(m.start < word[2] and word[1] < m.end for m in taken)]
    done: set[int] = set()
    parts = [part for part, _, _ in free]
    known = [is_known(part, base) for part in parts]
    for size in (3, 2, 1):
        for place in range(len(free) - size + 1):
            run = slice(place, place + size)
            if size > 1 and not _may_be_one(parts[run], known[run], base):
                continue
            start, end = free[place][1], free[place + size - 1][2]
            if done & set(range(place, place + size)) or (size > 1 and end - start > 24):
                continue
            typed = text[start:end]
            meant = _nearest("".join(parts[run]), size, base)
            if meant and meant.casefold() != typed.casefold():
                done |= set(range(place, place + size))
                yield typed, meant


def _may_be_one(parts: list[str], known: list[bool], base: Base) -> bool:
    """Whether words of one script may be pieces of a name that is misspelt: those of Korean all, one of Latin ones."""
    if len({part.isascii() for part in parts}) > 1:
        return False
    return not all(is_english(part, base) for part in parts) if parts[0].isascii() else not any(known)


@remembered
def is_known(part: str, base: Base) -> bool:
    """Whether a word is spelled as a name is, or is a Korean one of an article, the lexicon or the dictionary."""
    return base.speller.knows(part) or (not part.isascii() and _is_korean(part, base))


@remembered
def _nearest(word: str, size: int, base: Base) -> str | None:
    if word.isascii():
        if size > 1:
            return base.speller.nearest_name(word) if len(word) >= 8 else None
        if is_english(word, base):
            return None
        split = base.speller.split(word, lambda part: _is_word(part, base)) if len(word) >= 10 else None
        nearest = base.speller.nearest(word)
        if (split or nearest) and is_word(word):
            return None  # dental is no denial
        heard = base.records.sounding(sound(word)) if nearest else ()
        if heard and not any(map(base.names.knows, heard)):
            return None  # Icheon is 이천, and no slip for Incheon
        if nearest and stem(nearest.lower()) == stem(word.lower()) and not base.speller.knows(nearest):
            return split  # miles is no slip for mile
        return nearest if nearest and _is_met(nearest, base) else split
    if _is_noun_with_particles(word):
        return None  # 글이야 is no 길이야
    heads = [(word[:length], word[length:]) for length in range(len(word), 1, -1)]
    heads = [(head, tail) for head, tail in heads if not tail or is_particles(tail)]
    if any(base.speller.knows(head) for head, _ in heads):
        return None
    for head, tail in heads:
        if len(head) >= 2 and (nearest := base.speller.nearest(head)):
            same = normal(nearest) == normal(head)
            if same or (len(head) < 4 and _is_korean(head, base)) or (size > 1 and len(head) < 4):
                return None
            return nearest + tail
    return None


def _is_korean(word: str, base: Base) -> bool:
    """Whether a Korean word is one that the lexicon, or the analyser's dictionary, knows as it stands."""
    if base.glossary.of(word) or base.retriever.idf(word) < base.weight_unknown:
        return True
    return tag_in_dictionary(word) not in ("", "NNP")


def _is_noun_with_particles(word: str) -> bool:
    """Whether the analyser's dictionary has the noun that a word is, particles aside."""
    noun = analyse(word)[0]
    return noun.tag == "NNG" and noun.known and noun.start == 0 and is_particles(word[noun.end :])
