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
from bot.schema import Answer, Language

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
    strange = any(word.name for word in query.words)  # a name that no article has: nothing can be said of it
    for kind in (help_,) if strange else KINDS:
        if found := kind(query, base):
            return found
    return not_found(query, base)
