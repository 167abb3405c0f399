"""A heading that has the words of a question → what stands under it: it names its subject and says nothing of it."""

from dataclasses import replace

from bot.answer.evidence import Evidence, met, weight
from bot.answer.passages import PassageEvidence, gives_a_reason, nearest, passages
from bot.knowledge.base import Base
from bot.knowledge.corpus import SECTION
from bot.schema import Hit, Passage, Query

REACH = 12  # passages below a heading
CLOSELY = 3  # of them, that are looked at closely
LITTLE = 0.2  # of the words: a heading that has less of them is not what they ask about
FIRST = 0.1  # of the words: what the first passage under a heading is worth more than the others
REASON = 0.2  # and what one that gives a reason is, where one is asked for
NOWHERE = frozenset[str]()


def below(item: PassageEvidence, query: Query, base: Base) -> list[PassageEvidence]:
    """The passages under a heading, judged with its words too: the one that says most of what is asked is the first.

    None where it says too little of the question itself.
    """
    if item.evidence.words < LITTLE:
        return []
    heading = base.passages[item.hit.passage]
    found = base.near(heading.id, 0, REACH)[1:]
    found += [other.hit.passage for other in nearest(query, base) if other.hit.passage not in found]
    names = [name for name in found if _is_under(base.passages[name], heading, base)]
    judged = passages(query, base, [Hit(name, item.hit.score, item.hit.matched) for name in names])
    told = [_with_heading(one, item, query, base) for one in judged]
    told.sort(key=lambda one: -one.evidence.words - _beside_words(one, names, query, base))
    # what answers a heading need not say its words again
    least = item.evidence.words
    return [
        replace(one, evidence=one.evidence._replace(words=max(one.evidence.words, least))) for one in told[:CLOSELY]
    ]


def _beside_words(item: PassageEvidence, names: list[str], query: Query, base: Base) -> float:
    """What a passage is worth for where it stands, and for telling why where that is asked."""
    passage = base.passages[item.hit.passage]
    tells_why = "why" in query.cues and gives_a_reason(passage.text)
    return FIRST * (passage.id == names[0]) + REASON * tells_why


def _is_under(passage: Passage, heading: Passage, base: Base) -> bool:
    if passage.heading or passage.document != heading.document or base.order[passage.id] < base.order[heading.id]:
        return False
    return (
        not heading.section
        or passage.section == heading.section
        or passage.section.startswith(heading.section + SECTION)
    )


def _with_heading(item: PassageEvidence, heading: PassageEvidence, query: Query, base: Base) -> PassageEvidence:
    """A passage with what its title and its headings say of the question beside what it says itself."""
    own, terms = item.evidence, base.above(item.hit.passage)
    shares = [weight(word, base) for word in query.words]
    told = {word.surface: met(word, NOWHERE, terms) for word in query.words if own.lacks(word)}
    gained = sum(share * told.get(word.surface, 0.0) for word, share in zip(query.words, shares, strict=True))
    words = own.words + (gained / sum(shares) if gained else 0.0)
    missing = tuple(surface for surface in own.missing if not told.get(surface))
    names = max(own.names, heading.evidence.names)
    return replace(item, evidence=Evidence(own.score, names, words, missing))
