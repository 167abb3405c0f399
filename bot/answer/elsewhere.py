"""Whether a question is of something that none of many articles is about, whatever words it shares with them."""

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
    if len(base.documents) == 1 or is_meant(item, base) or evidence.hard_entities(query, base):
        return False
    passage = base.passages[item.hit.passage]
    said = said_near(passage.document, query, base) | base.passage_terms(passage.id)
    if any(_is_unsaid_name(word, said, base) for word in query.words):
        return True
    asked = _one_of_each_name([word for word in query.words if word.weight >= SAYS], base)
    missing = [word for word in asked if said.isdisjoint(_senses(word)) and item.evidence.lacks(word)]
    found = sum(not item.evidence.lacks(word) for word in asked)
    return found <= 1 and (len(missing) >= MANY or any(evidence.is_unseen(word, base) for word in missing))


def _is_unsaid_name(word: Word, said: frozenset[str], base: Base) -> bool:
    """Whether a word is a name by all that the lexicon knows of it, and is none that goes without saying."""
    return _is_name(word, base) and said.isdisjoint(_senses(word)) and evidence.weight(word, base) >= COMMON


def _senses(word: Word) -> tuple[str, ...]:
    """What a word is met by as a whole; the js of Next.js is of many."""
    return (word.terms[0], *word.concepts)


def _is_name(word: Word, base: Base) -> bool:
    senses = [concept for concept in word.concepts if not is_apart(concept)]
    return bool(senses) and all(map(base.glossary.is_name, senses))


def _one_of_each_name(words: list[Word], base: Base) -> list[Word]:
    """The words, but of a name in several only the first: World Cup."""
    return [
        word
        for before, word in zip([None, *words], words, strict=False)
        if not (before and word.phrase and _is_name(word, base) and set(before.concepts) & set(word.concepts))
    ]
