"""Text → terms: one function for passages and questions, so that what is asked can meet what is written.

Korean gives morphemes that carry content, joined nouns and character bigrams; English gives stems;
identifiers (GLM-4.5V, response_model) stand whole and in parts.
Measured in one field these find the right paragraph more often than any of them alone.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import Stemmer
from mecab import MeCab, MeCabError
from mecab.utils import create_lattice

from bot.language.hangul import is_particles, nfc
from bot.language.tables import table

LATIN = re.compile(r"[A-Za-z0-9]+(?:[._/+&'’-][A-Za-z0-9]+)*")
OWNED = re.compile(r"['’][sS]$|(?<=[A-Z0-9]{2})s$")  # Meta's, VCs
CONTRACTED = re.compile(r"n?['’](?:t|re|ve|ll|d|m|s)$")  # couldn't, they're
LONG_NOUN = 5  # syllables from which what a noun was taken apart into says something of it
CAMEL = re.compile(r"[a-z]+(?:[A-Z][a-z0-9]*)+")  # useEffect: an identifier, of words that say what it does
HUMP = re.compile(r"[a-z]+|[A-Z][a-z0-9]*")
PART = re.compile(r"[a-z]+|\d+(?:\.\d+)*")
SEPARATOR = re.compile(r"[_/+&-]")  # 3.1-405B is asked for as 405B
HANGUL = re.compile(r"[가-힣]+")

MOST_JOINED = 8  # nouns in a word: more are no word, but a text without spaces
KEPT = 20_000  # words whose forms are kept: the most common ones of a text come again and again

# mecab-ko-dic's tags of words that carry content, and of those that a noun is joined from.
CONTENT = {"NNG", "NNP", "NR", "XR", "VV", "VA", "MAG", "NNBC", "MM"}
NO_VALUE = "*"  # in a field of a feature
LONG_CRY = 3  # syllables of what is taken for an interjection and is a noun: 마스크
CARRYING = CONTENT | {"EN", "ID"}
VERBS = {"VV", "VA"}
NUMERALS = {"NR"}  # in words
NOUNS = {"NNG", "NNP", "NR", "XR", "XPN", "XSN", "SL", "SN"}


class Token(NamedTuple):  # no dataclass: they are made by the dozen, and a frozen one takes long to make
    """A word or morpheme of a text, in its dictionary form."""

    form: str  # 뒤처지, compani, glm-4.5v
    tag: str  # mecab's; EN for a Latin word, ID for an identifier or number
    start: int
    end: int
    surface: str
    parts: tuple[str, ...] = ()  # what a compound or an identifier is made of
    known: bool = True  # the dictionary has it

    @property
    def content(self) -> bool:
        return self.tag in CARRYING


class Analyser(MeCab):  # type: ignore[misc]  # the library has no types
    """The library's analyser, without the objects that it makes of features: they take longer than all else."""

    def features(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Where each morpheme of `text` starts and ends, how it is written, and its feature as the dictionary has it."""
        lattice = create_lattice(text)
        if not self._tagger.parse(lattice):
            raise MeCabError(self._tagger.what())
        end = 0
        for line in lattice.to_string().split("\n")[:-2]:  # the last says that it is the last
            surface, _, feature = line.partition("\t")
            start = text.index(surface, end)
            end = start + len(surface)
            yield start, end, surface, feature


@cache
def _mecab() -> Analyser:
    return Analyser()


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@cache
def _irregular() -> dict[str, str]:
    return {row["form"]: row["base"] for row in table("irregular")}


@cache
def _before() -> frozenset[str]:
    return frozenset(row["word"] for row in table("before"))


def says_before(token: Token) -> bool:
    """Whether a token says that something was before something else: before, 이전."""
    return token.surface.lower() in _before() and token.tag in ("EN", "NNG")


def is_comparative(word: str) -> bool:
    """Whether an English word is a form such as cheaper or dearest."""
    return word.lower() in _irregular() and word.lower().endswith(("er", "est"))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word in lower case: sold and selling are sell, cheapest is cheap."""
    return stems([word])[0]


def stems(words: list[str]) -> list[str]:
    irregular = _irregular()
    return list(_stemmer().stemWords([irregular.get(word, word) for word in words]))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("stopwords"))


def tag_in_dictionary(word: str) -> str:
    """The tag of a Korean word that the analyser's dictionary has as it stands; "" of any other."""
    tokens = analyse(word)
    return tokens[0].tag if len(tokens) == 1 and tokens[0].known else ""


def is_stop(token: Token) -> bool:
    """Whether a word is too common to say anything of what a text is about."""
    return _is_stop(token.form, token.surface)


@lru_cache(maxsize=KEPT)
def _is_stop(form: str, surface: str) -> bool:
    word = surface.lower()
    return form in _stop_words() or word in _stop_words() or CONTRACTED.sub("", word) in _stop_words()


def _korean(text: str) -> Iterator[Token]:
    for start, end, surface, feature in _mecab().features(text):
        for form, tag, parts, known in _forms(surface, feature):
            yield Token(form, tag, start, end, surface, parts, known)


@lru_cache(maxsize=KEPT)
def _forms(surface: str, feature: str) -> tuple[tuple[str, str, tuple[str, ...], bool], ...]:
    """What the analyser says that a Korean morpheme is: its form, its tag, what it is joined from, whether it is known."""
    if not HANGUL.match(surface):
        return ()
    pos, _, _, reading, *_, expression = feature.split(",")  # the fields of mecab-ko-dic
    known = reading != NO_VALUE
    tag = "NNG" if pos == "IC" and len(surface) >= LONG_CRY else pos
    pieces = [piece.split("/") for piece in expression.split("+")] if expression != NO_VALUE else []
    if tag in VERBS and surface in _verbs():
        return ((_verbs()[surface], tag, (), known),)
    if not pieces or "+" not in tag:
        return ((surface, tag, tuple(piece[0] for piece in pieces if len(piece[0]) > 1), known),)
    # 뒤처져 is 뒤처지 and 어: the first says what is meant, or else a noun behind it
    nouns = [piece for piece in pieces[1:] if piece[1] in ("NNG", "NNP") and len(piece[0]) > 1]
    first = _verbs().get(pieces[0][0], pieces[0][0]) if pieces[0][1] in VERBS else pieces[0][0]
    return (*((piece[0], piece[1], (), known) for piece in nouns), (first, pieces[0][1], (), known))


@cache
def _verbs() -> dict[str, str]:
    """Stems that the analyser leaves as they are spelt before an ending: 만드 of 만드는 → 만들."""
    return {row["form"]: row["base"] for row in table("verbs")}


@cache
def _nouns() -> dict[str, list[str]]:
    """Nouns that the analyser takes apart (주가 is no 주 with a particle), the longest first, by their first two."""
    found: dict[str, list[str]] = {}
    for row in sorted(table("nouns"), key=lambda row: -len(row["word"])):
        found.setdefault(row["word"][:2], []).append(row["word"])
    return found


def _mended(text: str, tokens: list[Token]) -> list[Token]:
    """`tokens` with each noun of the table whole that a word of `text` consists of, particles aside."""
    for match in HANGUL.finditer(text):
        word, start = match.group(), match.start()
        for noun in _nouns().get(word[:2], ()):
            rest, end = word[len(noun) :], start + len(noun)
            if not word.startswith(noun) or (rest and not is_particles(rest)):
                continue
            inside = [token for token in tokens if token.start < end and start < token.end]
            # parts of a compound that are nouns themselves are as they should be, and so is the noun
            if not all(token.tag in NOUNS - NUMERALS and token.end <= end for token in inside):
                kept = [token for token in tokens if token not in inside]
                parts = tuple(t.form for t in inside if t.tag in ("NNG", "NNP") and len(t.form) > 1 and t.end <= end)
                if len(noun) < LONG_NOUN:
                    parts = ()  # 망치 is no part of 전망치
                tokens = [*kept, Token(noun, "NNG", start, end, noun, parts)]
            break
    return tokens


def _latin(text: str) -> Iterator[Token]:
    for match in LATIN.finditer(text):
        surface = match.group()
        form, tag, parts = _form_of_latin(surface)
        yield Token(form, tag, match.start(), match.end(), surface, parts)


@lru_cache(maxsize=KEPT)
def _form_of_latin(surface: str) -> tuple[str, str, tuple[str, ...]]:
    """The form of a Latin word, its tag and what it is made of."""
    owned = OWNED.sub("", surface)
    word = owned.lower()
    if CAMEL.fullmatch(owned):
        humps = (stem(part.lower()) for part in HUMP.findall(owned))
        return word, "ID", tuple(dict.fromkeys((*humps, stem(word))))  # iOS is also typed ios
    if word.isalpha():
        return stem(word), "EN", ()
    pieces = [piece for piece in SEPARATOR.split(word) if piece != word and not piece.isalpha()]
    parts = (stem(part) if part.isalpha() else part for part in (*PART.findall(word), *pieces))
    return word, "ID", tuple(dict.fromkeys(parts))


def analyse(text: str) -> list[Token]:
    """Every word and morpheme of `text`, in order; offsets count the characters of `nfc(text)`."""
    return list(_analysed(nfc(text)))


@lru_cache(maxsize=512)  # a question is looked at, and its words, more than once
def _analysed(text: str) -> tuple[Token, ...]:
    tokens = [*_latin(text), *(_mended(text, list(_korean(text))) if HANGUL.search(text) else ())]
    return tuple(sorted(tokens, key=attrgetter("start")))


def terms_of(token: Token) -> Iterator[str]:
    """The index terms of one token: its form, and what it is made of."""
    yield token.form
    for part in token.parts:
        if part != token.form:
            yield part


def bigrams(run: str) -> Iterator[str]:
    """The character bigrams of a run of syllables: 딥시크 → 딥시, 시크."""
    for index in range(len(run) - 1):
        yield run[index : index + 2]


def pairs(tokens: list[Token]) -> list[str]:
    """Words that stand side by side, common ones left out: "tax cut" says more than both of its words."""
    content = [token for token in tokens if token.content and not is_stop(token)]
    return [f"{one.form}~{two.form}" for one, two in pairwise(content)]


def terms(text: str, tokens: list[Token] | None = None) -> list[str]:
    """The index terms of `text`, with repeats, for passages and questions alike.

    Args:
        text: any text, in Korean, English or both.
        tokens: what `analyse(text)` gave, where the caller has it already.
    """
    tokens = analyse(text) if tokens is None else tokens
    found: list[str] = []
    joined: list[Token] = []
    for token in tokens:
        if token.tag in NOUNS:
            if joined and joined[-1].end == token.start:
                joined.append(token)
                if len(joined) <= MOST_JOINED:
                    found.append("".join(noun.surface for noun in joined))
            else:
                joined = [token]
        if token.content and not is_stop(token):
            found += terms_of(token)
    for run in HANGUL.findall(nfc(text)):
        found += bigrams(run)
    return found
