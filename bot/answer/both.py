"""Two figures that one question asks for, each of its own thing → both: OpenAI 몸값이랑 딥시크 훈련 비용."""

from dataclasses import replace

from bot.answer import evidence, figure
from bot.answer.reading import read
from bot.answer.refusal import measure_missing
from bot.knowledge.base import Base
from bot.language import cues
from bot.schema import Answer, Fact, Query

TOGETHER = figure.ONE_OF_TWO | figure.NO_FIGURE | {"sum", "average", "convert", "how"}  # one thing is asked about both
PAIR = 2


def both(query: Query, base: Base) -> Answer | None:
    """The two figures, or the one that is known and that the other is not; None where a question asks for no two."""
    if query.cues & TOGETHER or len(set(query.entity_ids)) < PAIR or len(set(query.metric_ids)) < PAIR:
        return None
    for start, end in cues.joints(query.question):
        halves = [read(half, base) for half in (query.question[:start], query.question[end:])]
        if _are_apart(halves, base):
            return _state(halves, query, base)
    return None


def _are_apart(halves: list[Query], base: Base) -> bool:
    """Whether each half names one thing and a measure of it, and no two the same."""
    subjects = [_subjects(half, base) for half in halves]
    measures = [next((mention.id for mention in half.named if not mention.weak), "") for half in halves]
    alone = all(len(set(names)) == 1 for names in subjects)
    return alone and subjects[0] != subjects[1] and all(measures) and measures[0] != measures[1]


def _subjects(half: Query, base: Base) -> tuple[str, ...]:
    return evidence.hard_entities(half, base) or evidence.soft_entities(half, base)


def _state(halves: list[Query], query: Query, base: Base) -> Answer | None:
    known: list[Fact] = []
    without: list[str] = []
    for half in halves:
        found = figure.asked_for(replace(half, periods=half.periods or query.periods), base)
        known += found
        if not found:
            without.append(measure_missing(_subjects(half, base)[0], half.named[0].id, query.language, base))
    return figure.state(known, query, base, tuple(without)) if known else None
