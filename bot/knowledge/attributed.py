"""Figures whose quote names another thing of the kind than the row that gives them: most likely in the wrong row."""

from collections.abc import Iterator

from bot.knowledge.attribution import may_own
from bot.knowledge.names import groups_of, spellings
from bot.knowledge.spelled import SpelledInMemory, find
from bot.language.terms import analyse
from bot.schema import Entity, Fact, Finding

REMEDY = "name that in the row, or under related if the figure is not its own"


def to_others(entities: list[Entity], facts: list[Fact]) -> Iterator[Finding]:
    """What an editor should look at: one finding for each such figure."""
    known = {entity.id: entity for entity in entities}
    names = ((name, entity.id) for entity in entities for name in spellings(entity) if name[0] not in "?&")
    spelled = SpelledInMemory(names)
    for fact in facts:
        kind = known[fact.entity].kind if fact.entity in known else ""
        mentions = find(spelled, fact.quote, analyse(fact.quote))
        beside = {mention.id for mention in mentions if not may_own(mention, fact.quote)}  # 나스닥-100 대비
        named = [name for name in dict.fromkeys(mention.id for mention in mentions) if name not in beside]
        if any(_is_kin(name, fact.entity, known) for name in named):
            continue
        if others := [name for name in named if known[name].kind == kind and name not in fact.related]:
            problem = f"{fact.id} is of {fact.entity}, its quote names {', '.join(others)}"
            yield Finding(path=fact.file, line=fact.line, problem=problem, remedy=REMEDY, error=False)


def _is_kin(one: str, other: str, known: dict[str, Entity]) -> bool:
    return one in groups_of(other, known) or other in groups_of(one, known)
