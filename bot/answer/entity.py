"""What is it? → what the article says of it, and the figures known."""

from bot.answer import evidence
from bot.answer.quoting import leans, quote_from
from bot.answer.wording import Citations, compose, grouped, statement
from bot.knowledge.base import Base, entity_term
from bot.schema import Answer, Query

FIGURES = 3

MORE = 0.2  # the weight of a word that asks for something of what is named


def entity(query: Query, base: Base) -> Answer | None:
    """An introduction of the one thing that a question is about, or None where it asks for more."""
    names = evidence.hard_entities(query, base) or evidence.groups(query, base)
    if len(names) != 1 or query.metrics or query.periods or query.dimensions:
        return None
    if (
        query.cues & {"why", "how", "difference", "sum", "person"}
        or ("compare" in query.cues and len(query.entity_ids) > 1)
        or _has_more(query, base)
    ):
        return None
    name = names[0]
    passage = base.names.entities[name].introduced
    if not passage:
        found = base.retriever.search({entity_term(name): 1.0}, 1)
        if not found:
            return None
        passage = found[0].passage
    citations = Citations(base, query.language)
    sentences = base.sentences(passage)
    sentence = next((s for s in sentences if entity_term(name) in s.terms), sentences[0])
    after = sentences[sentence.number + 1 :][:1]
    described = [sentence, *(other for other in after if leans(other))]  # "… launched Sora 2. The model generates …"
    claims = [quote_from(passage, described, query, base, citations)]
    facts = [fact for fact in base.by_entity[name] if fact.entity == name]
    shown = [group[0] for group in grouped(facts)[:FIGURES]]
    claims += [f"- {statement([fact], base, query, citations)}" for fact in shown]
    return compose(query, "entity", claims, citations, shown)


def _has_more(query: Query, base: Base) -> bool:
    """Whether a question has weighty words beside the name: then it asks for something of it."""
    return sum(evidence.weight(word, base) for word in query.words) > MORE
