"""The weighty words of a question: those that say what it is about."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.knowledge.base import Base
from bot.language import cues
from bot.language.english import is_word
from bot.language.glossary import apart, core, keys_of
from bot.language.hangul import is_particles, without_particles
from bot.language.tables import cell, table
from bot.language.terms import HANGUL, KEPT, Token, bigrams, is_comparative, is_stop, stem
from bot.schema import Mention, Word

INNER = re.compile("[a-z][A-Z]")  # a capital within a word is no sentence's: DeepSeek
POSSESSIVE = re.compile(r"^[A-Z]\w+['’]s$")
ABBREVIATION = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")
COMPOUND = re.compile(r"[a-z]+(?:-[a-z]+)+")
DOTTED = re.compile(r"[a-z]{2,}\.(?!(?:com|org|net|io|dev|ai|co|kr|js|py)$)[a-z]{2,}")
DIGITS = re.compile(r"[\d.,+*/=&-]+")
BIGRAM = 2
VERSIONED = ("model", "chip", "product")  # kinds of entities that a number after the name tells apart
JOINED = re.compile(r"-\d[\w.]*")
VERSION = re.compile(r"\d{1,2}(?:\.\w+)?")
UNKNOWN = "UNKNOWN"  # the analyser's tag of what it cannot take apart
LONG_NAME = 4  # syllables of a Korean word that is hardly anything but a name, if no dictionary has it
ASKING = 0.1  # what is left of the weight of a word that asks or measures
HOW = 0.4  # the weight of a word that tells how, when or how much, and not what
WEIGHT_OF_TAG = {"NNP": 1.0, "NNG": 1.0, "XR": 0.8, "VV": 0.6, "VA": 0.7, "MAG": HOW, "MM": 0.3, "NNBC": 0.2, "NR": 0.3}


def weighty(
    text: str,
    tokens: list[Token],
    concepts: list[set[str]],
    alone: list[set[str]] | None,
    outside: list[bool],
    asking: list[tuple[int, int]],
    entities: list[Mention],
    base: Base,
) -> Iterator[Word]:
    """The weighty words of a question that are no entity's name, each with the terms that it may meet.

    Args:
        text: the question.
        tokens: its words.
        concepts: what each means.
        alone: what it would mean but for the phrase it stands in, where it may be met as that too: across languages.
        outside: whether it is part of no name.
        asking: the spans of what only asks.
        entities: the names that it is asked of.
        base: the articles.
    """
    starts = {mention.start for mention in entities}
    for index, token in enumerate(tokens):
        if not outside[index] or not token.content or is_stop(token) or DIGITS.fullmatch(token.surface):
            continue
        asks = any(start < token.end and token.start < end for start, end in asking)
        asks = asks and token.form not in keys_of("asked_about")  # who founded it, the headcount
        asks = asks or cues.is_left_out(text, token.start, token.end)
        direct = [token.form, *token.parts]
        if HANGUL.fullmatch(token.form) and len(token.form) > 2:
            direct += bigrams(token.form)
        if _is_ending(token, text):
            continue
        meant = concepts[index] | alone[index] if alone else concepts[index]
        known = sorted(base.glossary.as_named(token.surface, meant))
        if asks and (token.tag == "ID" or not token.content):
            continue
        whole = (token.form, re.sub("[.-]", "", token.form), *known)
        forms = whole if _is_code(token) else (token.form, *token.parts, *known)
        absent = not any(map(base.says, forms))
        absent = absent and not is_put_together(tuple(direct), base)
        absent = absent and not (token.parts and HANGUL.fullmatch(token.form) and all(map(base.says, token.parts)))
        proper = _is_name(token, known, _is_whole(token, text), _begins_a_sentence(token, text), base)
        following = tokens[index + 1 : index + 3]  # before a known name it says where that is: Hong Kong's Hang Seng
        proper = proper and not (_may_be_a_place(known, base) and any(other.start in starts for other in following))
        yield Word(
            surface=token.surface,
            terms=tuple(dict.fromkeys(direct)),
            concepts=(*known, *map(apart, known)) if alone else tuple(known),
            weight=_weight(token, known, base) * (ASKING if asks else 1.0),
            phrase=any(concepts[i] & concepts[index] for i in (index - 1, index + 1) if 0 <= i < len(tokens)),
            proper=proper and not asks,
            name=proper and not asks and absent,
            noun=is_noun(token, known, base),
        )


def is_put_together(terms: tuple[str, ...], base: Base) -> bool:
    """Whether all the bigrams of a Korean word are known: then it may only have been taken apart in another way."""
    inner = [term for term in terms[1:] if len(term) == BIGRAM and HANGUL.fullmatch(term)]
    return (
        len(terms[0]) > BIGRAM and bool(inner) and all(base.retriever.idf(term) < base.weight_unknown for term in inner)
    )


def versions(tokens: list[Token], entities: list[Mention], asking: list[tuple[int, int]], base: Base) -> Iterator[Word]:
    """The versions of known models that none of them has, which are other models: Kling 3, GLM-5."""
    for mention in entities:
        if base.names.entities[mention.id].kind not in VERSIONED:
            continue
        joined = next((t for t in tokens if t.start == mention.start and t.tag == "ID" and t.end > mention.end), None)
        if joined and JOINED.fullmatch(joined.surface, len(mention.surface)) and not base.names.begins(joined.surface):
            yield Word(surface=joined.surface, terms=(joined.form,), name=True)
        number = next((token for token in tokens if mention.end <= token.start <= mention.end + 1), None)
        if number is None or not VERSION.fullmatch(number.form):
            continue
        after = next((token for token in tokens if token.start == number.end), None)
        counted = after is not None and after.tag.startswith(("NN", "NR", "SN"))
        typed = f"{mention.surface} {number.surface}"
        if (
            not counted
            and not any(a < number.end and number.start < b for a, b in asking)
            and not base.names.begins(typed)
        ):
            yield Word(surface=typed, terms=(number.form,), name=True)


def strangers(
    text: str, tokens: list[Token], entities: list[Mention], asking: list[tuple[int, int]], base: Base
) -> Iterator[Word]:
    """The Korean words that nobody knows, such as a company of which no article tells: 루닛 몸값은?

    The analyser takes them apart into scraps. Beside a known name such a word may be a slip of the finger.
    """
    for match in HANGUL.finditer(text) if base.is_korean else ():
        word = without_particles(match.group())
        start, end = match.start(), match.start() + len(word)
        inside = [token for token in tokens if token.start < end and start < token.end]
        if any(token.end > end and token.tag != UNKNOWN for token in inside):
            continue  # the 라 of 테슬라 is no particle
        taken = any(a < end and start < b for a, b in (*asking, *((m.start, m.end) for m in entities)))
        if not entities and not taken and len(word) >= BIGRAM and _is_strange(word, inside, base):
            yield Word(surface=word, terms=(word,), proper=True, name=True)


def _is_strange(word: str, tokens: list[Token], base: Base) -> bool:
    """Whether neither a dictionary nor the lexicon nor an article has a Korean word, nor any part of it."""

    def heard_of(token: Token) -> bool:
        if token.tag in ("NNP", UNKNOWN):
            return False
        return len(token.form) > 1 or (token.tag.startswith("N") and bool(base.glossary.of(token.form)))

    meant = base.glossary.of(word)
    if any(not base.glossary.is_name(concept) or base.says(concept) for concept in meant):
        return False
    seen = map(base.says, (*bigrams(word), *(token.form for token in tokens)))
    return (
        any(token.tag in ("NNG", "NNP", UNKNOWN) for token in tokens)
        and not any(map(heard_of, tokens))
        and not any(seen)
    )


def _weight(token: Token, concepts: list[str], base: Base) -> float:
    """What a word weighs by its kind; a lone syllable that nobody knows is mostly a scrap of an ending."""
    scrap = len(token.form) == 1 and not token.form.isascii() and not concepts
    if scrap and base.retriever.idf(token.form) >= base.weight_unknown:
        return 0.1
    weight = WEIGHT_OF_TAG.get(token.tag, 1.0)
    return min(weight, HOW) if token.form in keys_of("adverbs") else weight


def is_noun(token: Token, concepts: list[str], base: Base) -> bool:
    """Whether a word may name a thing: in English, unless all of its meanings, or its ending, say otherwise."""
    if COMPOUND.fullmatch(token.surface) or token.form in keys_of("adverbs"):
        return False  # high-end, long-awaited, alone: how a thing is
    if token.tag != "EN":
        return token.tag in ("NNG", "NNP", "ID") and token.form not in _deeds()
    if is_comparative(token.surface) or token.surface.lower().endswith("ly") or token.surface.lower() in _deeds():
        return False
    if concepts:
        return not all(map(base.glossary.is_predicate, concepts))
    return not re.search(r"(?:ing|ed)$", token.surface.lower())


@cache
def _deeds() -> frozenset[str]:
    """Verbs that a question asks with more often than of, though they may be nouns: to read, to ship, 신청."""
    return frozenset(word for row in table("deeds") for word in (*cell(row["ko"]), *cell(row["en"])))


def _is_name(token: Token, concepts: list[str], is_whole: bool, begins: bool, base: Base) -> bool:
    """Whether a word that no article has is a name: then nothing can be said of it, whatever else is known.

    Args:
        token: the word.
        concepts: what it means.
        is_whole: whether it is no part of a word.
        begins: whether a capital is but that of a sentence.
        base: the articles.
    """
    if token.tag == "EN" and POSSESSIVE.search(token.surface):
        return True
    if token.tag == "EN" and ABBREVIATION.fullmatch(token.surface.lower()):
        return True
    if concepts:
        sure = all if token.surface.islower() and token.tag == "EN" else any  # window is no Windows
        return sure(map(base.glossary.is_name, concepts))
    if token.tag.startswith("NN") and len(token.form) >= LONG_NAME and is_whole and base.is_korean:
        return True  # a word that no article has, and no part of one: 미니맥스
    capital = token.tag in ("EN", "ID") and token.surface[:1].isupper() and not begins
    return (token.tag == "NNP" and len(token.form) > 1) or _is_code(token) or capital


def _begins_a_sentence(token: Token, text: str) -> bool:
    """Whether a capital may be there since a sentence begins with it: not in Korean, nor within a word, nor of ZFS."""
    inner = INNER.search(token.surface) or (token.surface.isupper() and not text.isupper())
    return token.start == 0 and not inner and not HANGUL.search(text)


def _is_whole(token: Token, text: str) -> bool:
    """Whether a token is a word, particles aside, and no part of one."""
    before, rest = text[token.start - 1 : token.start], HANGUL.match(text, token.end)
    return not HANGUL.fullmatch(before) and (rest is None or is_particles(rest.group()))


def _is_ending(token: Token, text: str) -> bool:
    """Whether a word is but the particle of a Latin name: the 라면 of GLM-4.5V라면 is no noodles."""
    before = text[token.start - 1 : token.start]
    rest = HANGUL.match(text, token.start)
    return bool(before and before.isascii() and before.isalnum() and rest and is_particles(rest.group()))


def _may_be_a_place(concepts: list[str], base: Base) -> bool:
    """Whether a word that the lexicon has may be the name of a place."""
    return any(map(base.glossary.is_name, concepts))


def _is_code(token: Token) -> bool:
    """Whether a token is an identifier such as R2 or NB_CACHE_TTL, which is no other's."""
    if token.tag != "ID" or not any(map(str.isalpha, token.form)):
        return False
    return any(map(str.isdigit, token.form)) or "_" in token.form.strip("_") or _is_joined(token.surface)


@lru_cache(KEPT)
def _is_joined(word: str) -> bool:
    """Whether a word is an identifier such as jobs.gpu or siglip-small, and none such as built-in or example.com."""
    if DOTTED.fullmatch(word):
        return True
    parts = word.split("-")
    if len(parts) < 2 or not word.islower() or not all(map(str.isalpha, parts)):
        return False  # Disney-ABC is two names
    return not all(is_word(part) or core().of(stem(part)) for part in parts)
