"""What else do the articles say of a question? → further passages, each with its best sentences."""

from functools import lru_cache

from bot.answer import kinds_for
from bot.answer.help import help_
from bot.answer.passage import passage
from bot.answer.passages import nearest
from bot.answer.quoting import quote_from
from bot.answer.reading import LONGEST, REMEMBERED, clean, read
from bot.answer.speaking import speaks
from bot.answer.wording import Citations
from bot.knowledge.base import Base
from bot.schema import Citation, Language, Query

MOST = 2  # passages


def more(
    question: str,
    base: Base,
    context: tuple[str, ...] = (),
    language: Language | None = None,
    skip: frozenset[str] = frozenset(),
) -> tuple[Citation, ...]:
    """The next passages that answer a question by the rules that its answer was found by, best first.

    Args:
        question: as typed.
        base: the knowledge base.
        context: earlier questions of the same person, oldest first.
        language: of the titles, where it is not to be the question's.
        skip: ids of passages that were shown already.

    Returns:
        0 to `MOST` citations, numbered from 1; none for a question that no passage may answer.
    """
    cleaned = clean(question)
    if not cleaned or len(cleaned) > LONGEST:
        return ()
    query = read(question, base, context)
    return _further(query, base, language or query.language, skip)


@lru_cache(REMEMBERED)  # many ask the same, after different questions
def _further(query: Query, base: Base, language: Language, skip: frozenset[str]) -> tuple[Citation, ...]:
    if help_(query, base) or passage not in kinds_for(query, base):
        return ()
    citations = Citations(base, language)
    for item in nearest(query, base):
        name = item.hit.passage
        if name in skip or base.passages[name].heading or not speaks(item, query, base):
            continue
        quote_from(name, list(item.sentences), query, base, citations)
        if len(citations.all()) == MOST:
            break
    return citations.all()
