"""Whether a question is of something that none of many articles is about, whatever words it shares with them."""

from collections.abc import Iterator
from itertools import pairwise

from bot.answer import evidence
from bot.answer.asked import is_meant
from bot.answer.passages import PassageEvidence
from bot.answer.searching import said_near
from bot.knowledge.base import Base
from bot.language.glossary import is_apart
from bot.schema import Query, Word

COMMON = 0.35  # the weight of a name that so many passages have, that it may go without saying: the manual's own
SAYS = 0.6  # what a word weighs by its kind that may be what is asked
MANY = 3  # words that are not found, beside the one that is


def is_of_something_else(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a passage and its document lack a name that is asked about, or all but one of the words.

    Of many articles some share a word or two with any question; where a known thing is named, it is asked about that.
    """
    if not base.has_several or is_meant(item, base) or evidence.hard_entities(query, base):
        return False
    passage = base.passages[item.hit.passage]
    said = said_near(passage.document, query, base) | base.passage_terms(passage.id)
    names = list(_names(query, base))
    if not evidence.meets_many(item.evidence, query) and any(
        _matters(name, base) and said.isdisjoint(name) for name in names
    ):
        return True
    asked = _one_of_each_name([word for word in query.words if word.weight >= SAYS], names)
    missing = [word for word in asked if said.isdisjoint(_senses(word)) and item.evidence.lacks(word)]
    found = sum(not item.evidence.lacks(word) for word in asked)
    return found <= 1 and (len(missing) >= MANY or any(evidence.is_unseen(word, base) for word in missing))


def _names(query: Query, base: Base) -> Iterator[frozenset[str]]:
    """The terms that each name of a question is met by: of a name in several words, what they mean together."""
    is_name = base.glossary.is_name
    for before, word in zip((None, *query.words), query.words, strict=False):
        senses = [concept for concept in word.concepts if not is_apart(concept)]
        together = filter(is_name, before.concepts if before else ())
        if shared := frozenset(together).intersection(senses):
            yield shared
        elif senses and all(map(is_name, senses)) and not word.surface.isupper():  # no PDF nor JSON
            yield frozenset(senses if word.phrase else (word.terms[0], *senses))


def _matters(name: frozenset[str], base: Base) -> bool:
    """Whether a name is none that goes without saying."""
    return min(map(base.retriever.idf, name)) / base.weight_unknown >= COMMON


def _senses(word: Word) -> tuple[str, ...]:
    """What a word is met by as a whole; the js of Next.js is of many."""
    return (word.terms[0], *word.concepts)


def _one_of_each_name(words: list[Word], names: list[frozenset[str]]) -> list[Word]:
    """The words, but of a name in several only the first: World Cup."""
    shared = [
        any(not name.isdisjoint(before.concepts) and not name.isdisjoint(word.concepts) for name in names)
        for before, word in pairwise(words)
    ]
    return [word for word, again in zip(words, [False, *shared], strict=False) if not again]
