"""Korean ↔ English: the lexicon's concepts, so that words of one meaning meet whatever they are called.

A row of data/lexicon/*.csv is one concept, its Korean words and its English words. A concept is an
index term too ("=142"), shared by all of its words: a question asks for the concept, and BM25 weighs it as
it weighs any other term.
"""

import contextlib
import csv
import marshal
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from bot.language.hangul import is_particles, nfc
from bot.language.tables import DATA, cell, table
from bot.language.terms import KEPT, LATIN, OWNED, PART, Token, analyse, stems

VERBAL = ("시키다", "하다", "되다", "스럽다", "롭다", "받다", "다")
MOST_WORDS = 4
NEGATIVE = ("않", "못하", "말")  # auxiliary verbs without which a phrase would say the contrary
State = tuple[dict[str, str], set[str], set[str], set[str], dict[str, int], int, list[str]]  # of a glossary
APART = "+"  # in place of a concept's own mark: of a word that stands in a phrase of another concept
LOOSE = "~"  # before the key of a phrase whose words are also met one by one
LANGUAGES = ("ko", "en", LOOSE)  # of phrases
# a word of phrases, the concepts that it has alone, and how many letters those that begin with it have; 0 where none does
Word = tuple[str, tuple[str, ...], int]


def korean_keys(word: str) -> tuple[str, ...]:
    """A Korean dictionary form as a text's morphemes spell it: 성장하다 → 성장, 뒤처지다 → 뒤처지."""
    compact = word.replace(" ", "")
    if not compact.endswith("다"):
        return (compact,)
    if len(compact) < 3:
        return (compact, compact[:-1])  # 바다 is a noun, 막다 a verb
    shorter = next(compact[: -len(ending)] for ending in VERBAL if compact.endswith(ending))
    return (shorter if len(shorter) > 1 else compact[:-1],)


def loose_keys(word: str) -> tuple[str, ...]:
    """A Korean phrase without the particles and endings inside it, or with Latin in it: 캐시를 비우다 → ~캐시비우."""
    latin = LATIN.search(word)
    if " " not in word and not latin:
        return ()
    written = f"{word[:-1]}는데" if word.endswith("다") else word  # 깨지다 itself is taken for 깨어지다
    found = [token for token in analyse(written) if _in_phrases(token, LOOSE)]
    key = "".join(part for token in found for part in _parts(token))
    if len(found) < 2 or (key in korean_keys(word) and not latin):
        return ()  # 보여 주다 is no phrase
    return (LOOSE + key,)


def apart(concept: str) -> str:
    """The index term of a concept that a word would have alone, in a phrase that means something else."""
    return APART + concept[1:]


def is_apart(term: str) -> bool:
    """Whether a term is such."""
    return term.startswith(APART)


@cache
def keys_of(name: str) -> frozenset[str]:
    """The words of a table with the columns ko and en, as a text's morphemes and stems spell them."""
    rows = table(name)
    korean = (key for row in rows for word in cell(row["ko"]) for key in korean_keys(word))
    return frozenset((*korean, *stems([word for row in rows for word in cell(row["en"])])))


def start_of(key: str) -> str:
    """What tells of a key how far it may go on: its first word in English, two syllables at most in Korean."""
    if key[:1].isascii() and key[:1] != LOOSE:
        return key.partition(" ")[0]
    return key[:3] if key[:1] == LOOSE else key[:2]


def starts_of(key: str) -> tuple[str, ...]:
    """The starts that a key has as it grows: one syllable, then two."""
    start = start_of(key)
    return (start[:-1], start) if len(start) > 1 and not start.isascii() else (start,)


def english_parts(word: str) -> list[str]:
    """The words of an English phrase as a text's identifiers are taken apart, not yet stemmed: Node.js → node, js."""
    return [part for piece in word.split() for part in PART.findall(OWNED.sub("", piece).lower())]


class Glossary:
    """Every word that has a concept, and which."""

    def __init__(self, rows: Iterable[tuple[list[str], list[str]]], parent: "Glossary | None" = None) -> None:
        """Read `rows`, the Korean and the English words of each concept; `parent` is asked too."""
        # a key → its concepts, spaces between: tuples take three times as long to read when the program starts
        self._concepts: dict[str, str] = dict(parent._concepts) if parent else {}
        self._predicates: set[str] = set(parent._predicates) if parent else set()
        self._names: set[str] = set(parent._names) if parent else set()
        self._common: set[str] = set(parent._common) if parent else set()  # English words that are no names
        self._reach: dict[str, int] = dict(parent._reach) if parent else {}
        self._next: int = parent._next if parent else 0
        self._words: dict[tuple[str, str, tuple[str, ...]], tuple[tuple[str, Word], ...]] = {}  # by form, tag and parts
        self.words: list[str] = list(parent.words) if parent else []
        english: list[tuple[list[str], str]] = []
        for korean_words, english_words in rows:
            name = f"={self._next}"
            self._next += 1
            if 2 * sum(word.endswith("다") for word in korean_words) >= len(korean_words):
                self._predicates.add(name)
            if all(word[0].isupper() for word in english_words):
                self._names.add(name)
            for word in korean_words:
                for key in (*korean_keys(word), *loose_keys(word)):
                    self._add(key, name)
            parts = [english_parts(word) for word in english_words]
            english += [(words, name) for words in parts]
            if name not in self._names:
                self._common.update(*parts)
        flat = iter(stems([part for words, _ in english for part in words]))
        for words, name in english:
            self._add(" ".join([next(flat) for _ in words]), name)
            self.words += words

    @property
    def state(self) -> State:
        """All of it in plain values; `restored` takes them back."""
        return self._concepts, self._predicates, self._names, self._common, self._reach, self._next, self.words

    @classmethod
    def restored(cls, state: State) -> "Glossary":
        """The glossary that `state` was taken of."""
        made = cls(())
        made._concepts, made._predicates, made._names, made._common, made._reach, made._next, made.words = state
        return made

    def _add(self, key: str, name: str) -> None:
        names = self.of(key)
        if name not in names:
            self._concepts[key] = " ".join((*names, name))
        for start in starts_of(key):
            self._reach[start] = max(self._reach.get(start, 0), len(key))

    def of(self, key: str) -> tuple[str, ...]:
        """The concepts of a dictionary form, or of stems with spaces between."""
        names = self._concepts.get(key)
        return tuple(names.split()) if names else ()

    def is_predicate(self, concept: str) -> bool:
        """Whether a concept is something done or a quality, and no thing."""
        return concept in self._predicates

    def is_name(self, concept: str) -> bool:
        """Whether a concept is a proper name: a country, a city."""
        return concept in self._names

    def as_named(self, word: str, concepts: set[str]) -> set[str]:
        """`concepts` without those that only a like word has, where `word` is a name: Perplexity is not perplexed."""
        names = concepts & self._names
        return names if names and word.lower() not in self._common else concepts

    def concepts(self, tokens: list[Token]) -> list[set[str]]:
        """The concepts of each token, found alone or as part of a phrase: "기업 가치", "catch up", "API 키"."""
        return self.concepts_apart(tokens)[0]

    def concepts_apart(self, tokens: list[Token]) -> tuple[list[set[str]], list[set[str]]]:
        """The concepts of each token, and those that it would have alone but for the phrase that it is a part of."""
        whole: list[set[str]] = [set() for _ in tokens]
        longest = [1] * len(tokens)  # words of the phrase that a token's concepts are of
        alone: dict[int, set[str]] = {}
        besides: list[tuple[int, Iterable[str]]] = []
        words = self._words_of(tokens)
        for language in ("ko", "en"):
            for index, (_, names, _) in words[language]:
                if names:
                    whole[index].update(names)
            for run, names in self._phrases(words[language], language):
                done = [name for name in names if self.is_predicate(name)]
                things = [name for name in names if name not in done]
                besides += [(index, done) for index in run]  # to run a command is also to run it
                for index in run if things else ():
                    if len(run) > longest[index]:  # a share price is no share and no price
                        longest[index] = len(run)
                        alone.setdefault(index, whole[index])
                        whole[index] = set()
                    if len(run) == longest[index]:
                        whole[index].update(things)
        besides += ((index, names) for index, (_, names, _) in words[LOOSE] if names)
        besides += ((index, names) for run, names in self._phrases(words[LOOSE], LOOSE) for index in run)
        for index, more in besides:
            whole[index].update(more)
        return whole, [alone[index] - met if index in alone else set() for index, met in enumerate(whole)]

    def _words_of(self, tokens: list[Token]) -> dict[str, list[tuple[int, Word]]]:
        """The tokens that are words of phrases, by the language of these, each with its place."""
        found: dict[str, list[tuple[int, Word]]] = {language: [] for language in LANGUAGES}
        for index, token in enumerate(tokens):
            looks = token.form, token.tag, token.parts
            known = self._words.get(looks)
            if known is None:
                if len(self._words) >= KEPT:
                    self._words.clear()
                known = self._words[looks] = tuple(
                    (language, self._word(token, language)) for language in LANGUAGES if _in_phrases(token, language)
                )
            for language, word in known:
                found[language].append((index, word))
        return found

    def _word(self, token: Token, language: str) -> Word:
        word = (" " if language == "en" else "").join(_parts(token))
        key = LOOSE + word if language == LOOSE else word
        reach = self._reach.get(start_of(key), 0)
        return word, () if _too_short(key, token, language) else self.of(key), reach if reach > len(key) else 0

    def _phrases(self, words: list[tuple[int, Word]], language: str) -> Iterator[tuple[list[int], tuple[str, ...]]]:
        """Words in a row, MOST_WORDS at most, that have concepts together; and these."""
        space = " " if language == "en" else ""
        for place, (_, (word, _, reach)) in enumerate(words):
            if not reach:
                continue  # most words begin no phrase
            key = LOOSE + word if language == LOOSE else word
            for end, (_, (further, _, _)) in enumerate(words[place + 1 : place + MOST_WORDS], place + 2):
                key = f"{key}{space}{further}" if key and further else key or further
                if names := self._concepts.get(key):
                    yield [index for index, _ in words[place:end]], tuple(names.split())
                if reach <= len(key):
                    break


def _parts(token: Token) -> tuple[str, ...]:
    return token.parts if token.tag == "ID" else (token.form,)


def _in_phrases(token: Token, language: str) -> bool:
    if token.tag in ("EN", "ID"):
        return language != "ko"
    if language == LOOSE and token.tag == "VX" and token.form in NEGATIVE:
        return True
    return language != "en" and token.tag[0] not in "JES" and token.tag not in ("VX", "VCP", "XSV", "XSA")


def _too_short(key: str, token: Token, language: str) -> bool:
    # 배, 주, 일: as counters they mean the unit, not the ship, the share or the work
    return language == "ko" and len(key) == 1 and token.tag not in ("VV", "VA", "NNG", "NNP")


def lexicon() -> list[tuple[list[str], list[str]]]:
    """The rows of data/lexicon/*.csv, all files in order of their names."""
    rows: list[tuple[list[str], list[str]]] = []
    for path in sorted((DATA / "lexicon").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            lines = csv.reader(handle)
            next(lines)
            rows += [(line[0].split("|"), line[1].split("|")) for line in lines]
    return rows


COMPILED = DATA / "lexicon" / "__pycache__" / "lexicon.marshal"


@cache
def core() -> Glossary:
    """The lexicon that ships with the program.

    Making it takes as long as all imports together, so it is kept beside the tables, as Python keeps its .pyc
    files: rewritten when a table or how it is read has changed, and done without where the folder cannot be written.
    """
    tables = (DATA / name for name in ("nouns.csv", "verbs.csv", "irregular.csv"))
    files = [*sorted((DATA / "lexicon").glob("*.csv")), *tables, Path(__file__)]
    stamp = [sys.version, *(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)]
    try:
        found, state = marshal.loads(COMPILED.read_bytes())  # noqa: S302  # ours, and as trusted as a .pyc
        if found == stamp:
            return Glossary.restored(state)
    except (OSError, ValueError, EOFError, TypeError):
        pass
    made = Glossary(lexicon())
    with contextlib.suppress(OSError):
        COMPILED.parent.mkdir(exist_ok=True)
        draft = COMPILED.with_suffix(f".{os.getpid()}")
        draft.write_bytes(marshal.dumps((stamp, made.state)))
        draft.replace(COMPILED)
    return made


GLOSS = re.compile(
    r"(?P<korean>[가-힣][가-힣A-Za-z0-9 .·-]{0,30}?)\s?\(\s?(?P<latin>[A-Za-z][A-Za-z0-9 .&'’/+-]{0,40})\s?\)"
)


def harvest(text: str) -> list[tuple[str, str]]:
    """The Korean–Latin pairs that a text gives in brackets: 딥시크(DeepSeek).

    Where the Korean begins is not written. It goes back over nouns only, and no further than the
    Latin has words, one at least: "최신 어센드(Ascend)" gives 어센드.
    """
    pairs: list[tuple[str, str]] = []
    for match in GLOSS.finditer(nfc(text)) if "(" in text else ():
        words = match["korean"].split()
        most = max(1, len(re.findall(r"[A-Za-z0-9]+", match["latin"])))
        kept: list[str] = []
        for word in reversed(words[-most:]):
            tokens = [token for token in analyse(word) if _is_korean(token)]
            if tokens and not (tokens[-1].tag.startswith("N") or tokens[-1].tag in ("XR", "XSN")) and kept:
                break
            if kept and any(is_particles(token.surface) and token.tag[0] in "JE" for token in tokens[-1:]):
                break
            kept.insert(0, word)
        if kept:
            pairs.append((" ".join(kept), match["latin"].strip()))
    return pairs


def _is_korean(token: Token) -> bool:
    return token.tag not in ("EN", "ID")
