"""A query → the terms to search for, and the passages nearest to it."""

from collections import defaultdict

from bot.knowledge.base import Base, above_term, entity_term, metric_term
from bot.knowledge.names import SOFT_KINDS
from bot.language.terms import analyse, pairs
from bot.schema import Hit, Query

MOST = 1.2  # that a word weighs with all of its senses: where it is met itself, they are met too
PAIR = 0.25  # two words side by side, beside what each of them weighs
CANDIDATES = 50  # of which those are taken whose documents have more of what is asked
SUPPORT = 0.05  # of the scores of a document's other passages
SUPPORTERS = 10  # passages of one document that count for each other
PASSAGES = 8  # how many of the best passages are looked at closely

# What the terms of a question weigh, beside a word as written:
NAME, GROUP, METRIC, PART, SYNONYM, ECHO, ABOVE = 1.6, 0.9, 0.65, 0.4, 0.5, 0.3, 0.3


def query_terms(query: Query, base: Base) -> dict[str, float]:
    """The terms to search for, with their weights: names first, words as written, then their synonyms."""
    weights: dict[str, float] = {}
    several = len(base.documents) > 1  # in one article another sense of a word is hardly meant
    for mention in query.entities:
        kind = base.names.entities[mention.id].kind
        if kind != "document":
            weight = GROUP if kind in SOFT_KINDS else NAME
            term = entity_term(mention.id)
            weights[term] = max(weights.get(term, 0.0), weight * (0.7 if mention.id in query.inherited else 1.0))
    for metric in query.hints:
        weights[metric_term(metric)] = METRIC
    for word, loud in (*((word, 1.0) for word in query.words), *((word, ECHO) for word in query.echo)):
        senses = len(word.concepts) ** 0.5
        weight = loud * word.weight
        if several:
            weight *= min(1.0, MOST / (1 + SYNONYM * senses))
        for term in word.terms:
            weights[term] = weights.get(term, 0.0) + (weight if term == word.terms[0] else PART * weight)
        for concept in word.concepts:
            weights[concept] = weights.get(concept, 0.0) + SYNONYM * weight / senses
    if not several:
        return weights  # all stands under one title
    weights |= dict.fromkeys(pairs(analyse(query.question)), PAIR)
    return weights | {above_term(term): ABOVE * weight for term, weight in weights.items()}


def hits(query: Query, base: Base) -> list[Hit]:
    """The passages nearest to a question; one whose document has other such passages is a little nearer."""
    found = base.retriever.search(query_terms(query, base), CANDIDATES if len(base.documents) > 1 else PASSAGES)
    near: dict[str, list[float]] = defaultdict(list)
    for hit in found:
        near[hit.passage.rpartition("#")[0]].append(hit.score)
    if len(near) > 1:
        support = {document: sum(scores[:SUPPORTERS]) for document, scores in near.items()}
        found = [_supported(hit, support[hit.passage.rpartition("#")[0]]) for hit in found]
        found.sort(key=lambda hit: -hit.score)
    return found[:PASSAGES]


def _supported(hit: Hit, all_of_document: float) -> Hit:
    return hit.model_copy(update={"score": hit.score + SUPPORT * max(0.0, all_of_document - hit.score)})
