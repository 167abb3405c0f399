"""An answer taken apart again, for what shows it otherwise than as text: its figures, and what its claims quote."""

from dataclasses import dataclass

from bot.answer.reading import scale_of
from bot.answer.wording import capital, translated, value
from bot.knowledge.base import Base
from bot.language import periods
from bot.phrases import say
from bot.schema import Answer, Citation, Query

ROW = "- "  # how a claim begins that is a row of a list


@dataclass(frozen=True)
class Row:
    """A figure of an answer, said in its parts."""

    entity: str
    metric: str
    value: str
    as_of: str  # "2025년"; "" where it is not dated
    marker: int


def rows(answer: Answer, base: Base) -> tuple[Row, ...]:
    """The figures of an answer, as its text says them; none where `base` has not all of them (any longer)."""
    query = Query(question=answer.question, language=answer.language, scale=scale_of(answer.question))
    places = {citation.marker: f"{citation.document}#{citation.passage}" for citation in answer.citations}
    names = base.names
    found: list[Row] = []
    for figure in answer.facts:
        known = base.by_passage.get(places[figure.citation], ())
        fact = next((fact for fact in known if fact.id == figure.id), None)
        if fact is None:
            return ()
        found.append(
            Row(
                capital(names.entities[fact.entity].name(answer.language)),
                names.metrics[fact.metric].name(answer.language),
                value(fact, base, query),
                periods.write(fact.as_of, answer.language) if fact.as_of else "",
                figure.citation,
            )
        )
    return tuple(found)


def listed(answer: Answer, base: Base) -> tuple[Row, ...]:
    """`rows`, where the answer lists just these, two or more of them."""
    lines = sum(claim.startswith(ROW) for claim in answer.claims)
    return rows(answer, base) if lines > 1 and lines == len(answer.facts) else ()


def common(found: tuple[Row, ...]) -> tuple[str, str, str]:
    """The entity, the metric and the period that rows have in common, each "" where they differ."""
    columns = zip(*((row.entity, row.metric, row.as_of) for row in found), strict=True)
    entity, metric, as_of = (column[0] if len(set(column)) == 1 else "" for column in columns)
    return entity, metric, as_of


def quoted(claim: str, answer: Answer, in_translation: bool = False) -> Citation | None:
    """The citation whose words, original or translated, are all that a claim says."""
    for citation in answer.citations:
        marks = f"[{citation.marker}]"
        if claim.endswith(f" {marks}"):
            words = translated(citation, answer.language) if in_translation else citation.quote
            key = "says_translated" if in_translation else "says"
            if claim == say(key, answer.language, quote=words, marks=marks):
                return citation
    return None


def unmarked(claim: str, answer: Answer) -> str:
    """A claim without the markers at its end, for where nothing is cited."""
    marks = tuple(f"[{citation.marker}]" for citation in answer.citations)
    while marks and claim.endswith(marks):
        claim = claim[: claim.rindex("[")].rstrip()
    return claim
