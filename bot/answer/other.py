"""How else could a question be read? → the questions that ask for that, each plain."""

from bot.knowledge.base import Base
from bot.language import periods
from bot.phrases import say
from bot.schema import Answer

MOST = 2


def others(answer: Answer, base: Base) -> tuple[str, ...]:
    """The other readings of a question for a figure that did not say which.

    Args:
        answer: found in `base`; its reading says how its question was read.
        base: the knowledge base.

    Returns:
        0 to `MOST` questions: for the same figure of other periods, else for other figures of the same entity.
    """
    if not answer.reading or not answer.facts:
        return ()
    first = answer.facts[0]
    own = [fact for fact in base.facts if fact.entity == first.entity]
    shown = {(fact.metric, fact.as_of or "") for fact in answer.facts}
    found: dict[str, None] = {}
    for fact in sorted(own, key=lambda fact: fact.metric != first.metric):  # the same measure first
        other_period = fact.metric == first.metric and fact.as_of and fact.as_of != first.as_of
        if (fact.metric, fact.as_of) in shown or (fact.metric == first.metric and not other_period):
            continue
        if fact.metric != first.metric and found:
            break
        key = "ask_figure_of" if other_period else "ask_figure"
        slots = {
            "entity": base.names.entities[fact.entity].name(answer.language),
            "metric": base.names.metrics[fact.metric].name(answer.language),
            "period": periods.write(fact.as_of, answer.language) if fact.as_of else "",
        }
        found.setdefault(say(key, answer.language, **slots))
    return tuple(found)[:MOST]
