"""Whether a passage of one of many articles is about what a question asks, or only shares words with it.

Of many articles some share a word or two with any question. What is met speaks for a passage, what is not against it:
the more so, the rarer the word. How much each counts was fitted to questions of manuals and of teams' documents, some of
which none of them answers, and looked at with others that had been kept aside.
"""

from functools import cache
from math import log1p

from bot.answer import evidence
from bot.answer.passages import PassageEvidence
from bot.answer.searching import said_near
from bot.knowledge.base import Base
from bot.language.english import is_word
from bot.language.sounds import given_name
from bot.language.tables import cell, table
from bot.schema import Query, Word

SAID = 2.0  # the words that the passage's article has, in this or in other passages that are near: all of them
LACKED = 3.0  # the things that the passage lacks: all of the question's weight
NUMBER = 0.8  # a question for a number: many passages give one of something like it
ENOUGH = 0.7
FEW = 4  # words: then each of them matters


def is_about(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether what a passage has of a question outweighs what it lacks."""
    if any(lacks(item, query, base) for lacks in (_lacks_one_of_few, _is_of_another_place, _is_told_of_another)):
        return False
    said = said_near(base.passages[item.hit.passage].document, query, base)
    whole = heard = lacked = 0.0
    met = 0
    for word in query.words:
        share = evidence.weight(word, base)
        whole += share
        as_meant = not said.isdisjoint(word.concepts)
        only_in_part = not as_meant and _is_of_a_name(word, base)
        if as_meant or (word.terms[0] in said and not only_in_part) or evidence.is_in_two(word, said):
            heard += share
        if item.evidence.lacks(word) or only_in_part:
            lacked += share if word.noun else 0.0
        else:
            met += evidence.says_much(word)
    number = NUMBER if query.asks_for_a_number else 0.0
    return (SAID * heard - LACKED * lacked) / (whole or 1.0) + log1p(met) - number >= ENOUGH


def _lacks_one_of_few(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a short question is of a thing that no article speaks of, whatever else it has: of an allowance."""
    if evidence.is_foreign(item.hit.passage, query, base) or sum(map(evidence.says_much, query.words)) > FEW:
        return False
    return any(evidence.is_elsewhere(word, base) for word in query.words if item.evidence.lacks(word))


def _is_of_another_place(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a question is of a place that a passage does not speak of: of a centre in Busan, and not of one in Jeju.

    A longer question may tell more than where; then the passage must stand under a title that names another place.
    """
    places = [word for word in query.words if word.proper and any(map(base.glossary.is_name, word.concepts))]
    # 당 is rather a party than Tang
    if not any(item.evidence.lacks(place) and len(place.surface) > 1 for place in places):
        return False
    short = sum(map(evidence.says_much, query.words)) <= FEW
    if short and not evidence.is_foreign(item.hit.passage, query, base):
        return True
    asked = {concept for place in places for concept in place.concepts}
    return any(base.glossary.is_name(term) for term in base.terms_of_titles(item.hit.passage) - asked)


def _is_told_of_another(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a short question is of a name, or of something of it, and a passage has but the one or the other.

    What is told of 유정아 is not her salary; the telephone number of somebody else is not hers.
    """
    words = [word for word in query.words if evidence.says_much(word)]
    if len(words) > FEW or evidence.is_foreign(item.hit.passage, query, base):
        return False  # in another language it may be told in other words
    lacks = item.evidence.lacks
    names = [word for word in words if _is_a_name(word)]
    attributes = [word for word in words if _attributes() & {word.terms[0], word.surface.lower()}]
    if not names or not attributes:
        return False
    is_person = len(names) > 1 or any(given_name(word.surface) for word in names)
    return any(map(lacks, attributes)) or (is_person and all(map(lacks, names)))


@cache
def _attributes() -> frozenset[str]:
    """What people ask of somebody or something by a word that must be met: her salary, its price."""
    return frozenset(word for row in table("attributes") for word in cell(row["words"]))


def _is_a_name(word: Word) -> bool:
    """Whether a word is hardly anything but a name: neither the lexicon nor a dictionary has it."""
    if word.concepts or word.number or not word.noun:
        return False
    return word.proper or (word.surface.isascii() and word.surface.isalpha() and not is_word(word.surface.lower()))


def _is_of_a_name(word: Word, base: Base) -> bool:
    """Whether a word is a part of a name that says nothing by itself: the world of World Cup."""
    return word.phrase and any(map(base.glossary.is_name, word.concepts))
