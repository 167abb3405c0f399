"""A query → the terms to search for, and the passages nearest to it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from math import fsum

from bot.knowledge.base import Base, above_term, below_term, entity_term, metric_term
from bot.knowledge.names import SOFT_KINDS
from bot.language.glossary import is_apart
from bot.language.terms import analyse, pairs
from bot.schema import Hit, Query, Word

LEAST = 0.1  # idf, of what is in nearly every passage
MOST = 1.0  # that a word weighs with all of its senses: where it is met itself, they are met too
PAIR = 0.25  # two words side by side, beside what each of them weighs
CANDIDATES = 50  # of which those are taken whose documents have more of what is asked
SUPPORT = 0.1  # of the scores of a document's other passages
BREADTH = 0.6  # of the best passage's score: for a document that has more of the question's words than any other
SATURATION = 1.2  # passages: how soon more of them that have a word say no more
SUPPORTERS = 10  # passages of one document that count for each other
PASSAGES = 8  # how many of the best passages are looked at closely, in one article
PASSAGES_OF_MANY = 16  # among more

# What the terms of a question weigh, beside a word as written:
NAME, GROUP, METRIC, PART, SYNONYM, ECHO, ABOVE = 1.6, 0.9, 0.65, 0.4, 0.5, 0.3, 0.4
SYNONYM_OF_MANY = 1.0  # in place of SYNONYM, where there are several articles
TRANSLATION = 2.0  # in place of SYNONYM, where the articles are in another language than the question


@lru_cache(maxsize=8)  # each kind of answer asks for the same; the next question asks for others
def query_terms(query: Query, base: Base) -> Mapping[str, float]:
    """The terms to search for, with their weights: names first, words as written, then their synonyms."""
    weights: dict[str, float] = {}
    several = base.has_several  # in one article another sense of a word is hardly meant
    foreign = several and base.is_foreign(query.language)
    synonym = TRANSLATION if foreign else SYNONYM_OF_MANY if several else SYNONYM
    for mention in query.entities:
        kind = base.names.entities[mention.id].kind
        if kind != "document":
            weight = GROUP if kind in SOFT_KINDS else NAME
            term = entity_term(mention.id)
            weights[term] = max(weights.get(term, 0.0), weight * (0.7 if mention.id in query.inherited else 1.0))
    for metric in query.hints:
        weights[metric_term(metric)] = METRIC
    for word, loud in (*((word, 1.0) for word in query.words), *((word, ECHO) for word in query.echo)):
        senses = sum(not is_apart(concept) for concept in word.concepts) ** 0.5
        weight = loud * word.weight
        if several:
            weight *= min(1.0, MOST / (1 + synonym * senses))
        found = {term: weight if term == word.terms[0] else PART * weight for term in word.terms}
        found |= dict.fromkeys(word.concepts, synonym * weight / max(1.0, senses))
        for term, own in found.items():
            weights[term] = weights.get(term, 0.0) + own * (_share(term, word, base) if foreign else 1.0)
    if not several:
        return weights  # all stands under one title
    weights |= dict.fromkeys(pairs(analyse(query.question)), PAIR)
    return weights | {above_term(term): ABOVE * weight for term, weight in weights.items()}


def _share(term: str, word: Word, base: Base) -> float:
    """What a term of a word is held back by, for all of them to say as much as the word's most common sense.

    As it is typed, a word is rare among articles of another language, though its translations be everywhere: by its
    own idf it would find little but what was left untranslated.
    """
    idf, unseen = base.retriever.idf, base.weight_unknown
    common = min((known for concept in word.concepts if (known := idf(concept)) < unseen), default=unseen)
    return min(1.0, common / max(idf(term), LEAST))


@lru_cache(maxsize=8)
def _candidates(query: Query, base: Base) -> tuple[Hit, ...]:
    return tuple(base.retriever.search(query_terms(query, base), CANDIDATES if base.has_several else PASSAGES))


@lru_cache(maxsize=256)
def said_near(document: str, query: Query, base: Base) -> frozenset[str]:
    """The terms of a question that a document has in those of its passages that are near, or above them."""
    own = (hit for hit in _candidates(query, base) if _document(hit) == document)
    return frozenset(below_term(term) for hit in own for term in hit.matched)


@lru_cache(maxsize=8)
def hits(query: Query, base: Base) -> tuple[Hit, ...]:
    """The passages nearest to a question; one whose document has more of what is asked is a little nearer."""
    found = _candidates(query, base)
    documents = [_document(hit) for hit in found]
    near: dict[str, list[Hit]] = defaultdict(list)
    for document, hit in zip(documents, found, strict=True):
        near[document].append(hit)
    if len(near) < 2:
        return found[: PASSAGES_OF_MANY if base.has_several else PASSAGES]
    whole = {document: sum(hit.score for hit in own[:SUPPORTERS]) for document, own in near.items()}
    breadth = _breadths(near, query_terms(query, base), base)
    scores = [
        hit.score + SUPPORT * max(0.0, whole[document] - hit.score) + BREADTH * found[0].score * breadth[document]
        for document, hit in zip(documents, found, strict=True)
    ]
    best = sorted(range(len(found)), key=lambda place: -scores[place])[:PASSAGES_OF_MANY]
    return tuple(found[place]._replace(score=scores[place]) for place in best)


def _breadths(near: Mapping[str, list[Hit]], weights: Mapping[str, float], base: Base) -> dict[str, float]:
    """How much of a question each document has, over all of its near passages: 1 for the one that has most."""
    idf = base.retriever.idf
    worth = {term: weight * idf(term) for term, weight in weights.items() if term == below_term(term)}
    found: dict[str, float] = {}
    for document, own in near.items():
        counts = Counter(chain.from_iterable(hit.matched & worth.keys() for hit in own))
        # of a set, whose order is another at every start: what is added up must be the same
        found[document] = fsum(worth[term] * count / (count + SATURATION) for term, count in counts.items())
    most = max(found.values())
    return {document: own / most if most else 0.0 for document, own in found.items()}


def _document(hit: Hit) -> str:
    return hit.passage.rpartition("#")[0]
