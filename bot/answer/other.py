"""How else could a question be read? → the questions that ask for that, each plain."""

from bot.knowledge.base import Base
from bot.language import periods
from bot.phrases import say
from bot.schema import Answer, Fact

MOST = 2


def others(answer: Answer, base: Base) -> tuple[str, ...]:
    """The other readings of a question that left out which period, or which figure, it asks for.

    Args:
        answer: found in `base`; its reading says what was taken instead.
        base: the knowledge base.

    Returns:
        0 to `MOST` questions: the same one as of other periods, or for other figures of the same thing.
    """
    if not answer.reading or not answer.facts:
        return ()
    first, language = answer.facts[0], answer.language
    own = [fact for fact in base.by_entity[first.entity] if fact.entity == first.entity]
    if first.as_of and _says(answer, "read_period", period=periods.write(first.as_of, language)):
        same = {fact.as_of for fact in own if fact.metric == first.metric and fact.as_of != first.as_of}
        wanted = [periods.write(period, language) for period in sorted(same, reverse=True)]
        return tuple(say("ask_as_of", language, period=period, question=answer.question) for period in wanted)[:MOST]
    if _says(answer, "read_metric", metric=base.names.metrics[first.metric].name(language)):
        found = dict.fromkeys(_asked(fact, answer, base) for fact in own if fact.metric != first.metric)
        return tuple(found)[:MOST]
    return ()


def _says(answer: Answer, key: str, **slots: str) -> bool:
    """Whether an answer's reading says so."""
    return say(key, answer.language, **slots) in (answer.reading or "").split("; ")


def _asked(fact: Fact, answer: Answer, base: Base) -> str:
    entity, metric = base.names.entities[fact.entity], base.names.metrics[fact.metric]
    return say("ask_figure", answer.language, entity=entity.name(answer.language), metric=metric.name(answer.language))
