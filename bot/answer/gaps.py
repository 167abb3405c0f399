"""What could the documents not answer? → the questions without an answer, those that ask alike together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.knowledge.base import Base
from bot.language.terms import analyse, is_stop
from bot.schema import Answer

ALIKE = 0.6  # of the words of two questions, for them to ask alike
MOST = 5000  # questions that are looked at, the newest

Ask = Callable[[str, tuple[str, ...]], Answer]
Words = tuple[frozenset[str], ...]  # of a question: for each, all that it may mean


@dataclass(frozen=True)
class Unanswered:
    """A question that the documents did not answer."""

    question: str
    context: tuple[str, ...]
    person: str  # a hash
    asked: float  # seconds since 1970


@dataclass
class Gap:
    """Questions that ask alike."""

    questions: list[Unanswered] = field(default_factory=list)  # oldest first
    answered: bool = False  # the documents answer it now

    @property
    def people(self) -> int:
        return len({question.person for question in self.questions})

    @property
    def last(self) -> Unanswered:
        return self.questions[-1]


def gaps(asked: Iterable[Unanswered], base: Base, ask: Ask) -> list[Gap]:
    """The questions without an answer, those that ask alike together: the most asked first, of those the newest.

    Args:
        asked: oldest first.
        base: tells which words mean the same.
        ask: answers a question as the documents now are.
    """
    found: list[Gap] = []
    having: dict[str, list[tuple[Words, Gap]]] = {}  # a meaning → the questions that have it
    for question in list(asked)[-MOST:]:
        words = words_of(question.question, base)
        meanings = frozenset[str]().union(*words)
        near = {other: gap for meaning in meanings for other, gap in having.get(meaning, ())}
        nearest = max(near, key=lambda other: likeness(words, other), default=())
        if likeness(words, nearest) >= ALIKE:
            gap = near[nearest]
        else:
            gap = Gap()
            found.append(gap)
        gap.questions.append(question)
        if words not in near:
            for meaning in meanings:
                having.setdefault(meaning, []).append((words, gap))
    for gap in found:
        gap.answered = ask(gap.last.question, gap.last.context).kind != "not_found"
    return sorted(found, key=lambda gap: (-len(gap.questions), -gap.last.asked))


def words_of(text: str, base: Base) -> Words:
    """The weighty words of a question, each with all that it may mean."""
    tokens = analyse(text)
    concepts = base.glossary.concepts(tokens)
    mentions = base.names.find_entities(text, tokens)
    found = [frozenset({f"@{mention.id}"}) for mention in mentions]
    for token, meanings in zip(tokens, concepts, strict=True):
        named = any(mention.start <= token.start < mention.end for mention in mentions)
        if token.content and not is_stop(token) and not named:
            found.append(frozenset({token.form, *meanings}))
    return tuple(dict.fromkeys(found)) or (frozenset({text.casefold()}),)


def likeness(one: Words, other: Words) -> float:
    """The share of their words that two questions have in common."""
    common = sum(any(word & another for another in other) for word in one)
    return common / max(len(one) + len(other) - common, common, 1)
