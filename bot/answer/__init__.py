"""What do we answer?"""

from bot.answer.calculation import calculation
from bot.answer.comparison import comparison
from bot.answer.entity import entity
from bot.answer.figure import figure
from bot.answer.help import help_
from bot.answer.listing import listing
from bot.answer.passage import passage
from bot.answer.reading import LONGEST, clean, read
from bot.answer.refusal import not_found
from bot.knowledge.base import Base
from bot.phrases import say
from bot.schema import Answer, Language, Query

KINDS = (help_, calculation, comparison, listing, figure, entity, passage)  # the most exact first


def answer(question: str, base: Base, context: tuple[str, ...] = (), language: Language | None = None) -> Answer:
    """Answer in the most exact way that the articles allow.

    Args:
        question: as typed.
        base: the knowledge base.
        context: earlier questions of the same person, oldest first.
        language: to answer in, where it is not to be the question's.
    """
    cleaned = clean(question)
    if not cleaned or len(cleaned) > LONGEST:
        key = "too_long" if cleaned else "empty"
        spoken: Language = language or (
            "ko" if any("가" <= char <= "힣" for char in cleaned[:LONGEST]) or not cleaned else "en"
        )
        return Answer(question=cleaned[:LONGEST], language=spoken, kind="clarify", text=say(key, spoken, limit=LONGEST))
    query = read(question, base, context)
    if language:
        query = query.model_copy(update={"language": language})
    strange = asks_of_strangers(query, base)
    for kind in (help_,) if strange else KINDS:
        if found := kind(query, base):
            return found
    return not_found(query, base)


def asks_of_strangers(query: Query, base: Base) -> bool:
    """Whether a question is about a name that no article has: nothing is said then, whatever else it shares."""
    if any(word.name for word in query.words):
        return True
    figure_asked = query.named or query.dimensions or "amount" in query.cues
    if not figure_asked or query.entities:
        return False
    unseen = base.weight_unknown
    return any(
        word.noun and not word.concepts and word.surface.isascii() and word.surface.isalpha() and len(word.surface) > 3
        and base.retriever.idf(word.terms[0]) >= unseen
        for word in query.words
    )  # fmt: skip
