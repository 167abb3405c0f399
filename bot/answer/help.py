"""What can I ask? → what this knowledge base covers, with questions that it answers."""

from bot.answer.evidence import is_thing, is_unseen, says_much
from bot.answer.refusal import ask
from bot.knowledge.base import Base
from bot.phrases import say
from bot.schema import Answer, Fact, Language, Query

EXAMPLES = 3
TITLES = 3  # of articles that are named


def examples(query: Query, base: Base) -> tuple[str, ...]:
    """Questions about the facts at the head of the tables, each of another entity and metric."""
    chosen: list[Fact] = []
    for metric in base.names.order:
        taken = {fact.entity for fact in chosen}
        chosen += [fact for fact in base.by_metric[metric] if fact.entity not in taken][:1]
        if len(chosen) == EXAMPLES:
            break
    return tuple(ask(fact, base, query) for fact in chosen)


def help_(query: Query, base: Base) -> Answer | None:
    """What the bot is for, where a question is about the bot or is a greeting; a word to whoever says thanks."""
    named = query.entities or query.metrics
    says = any(map(says_much, query.words))
    of_articles = any(
        is_thing(word) and not is_unseen(word, base) for word in query.words
    )  # cells that help to destroy
    of_nothing = not (named or says)
    if "thanks" in query.cues and of_nothing:
        return _answer(query, [say("thanked", query.language)])
    if ("help" in query.cues and not named and not of_articles) or ("greeting" in query.cues and of_nothing):
        found = examples(query, base)
        titles = _titles(query.language, base)
        known = "help" if base.facts else "help_passages"
        claims = [say(known, query.language, titles=titles, facts=len(base.facts), passages=len(base.passages))]
        if found:
            claims += [say("examples", query.language), *(f"- {example}" for example in found)]
        return _answer(query, claims, found)
    return None


def _answer(query: Query, claims: list[str], suggestions: tuple[str, ...] = ()) -> Answer:
    return Answer(
        question=query.question,
        language=query.language,
        kind="help",
        text="\n".join(claims),
        suggestions=suggestions,
    )


def _titles(language: Language, base: Base) -> str:
    """The names of the newest articles, and how many more there are."""
    names = " · ".join(document.name(language) for document in base.records.latest(TITLES))
    more = len(base.documents) - TITLES
    return names if more <= 0 else say("and_more", language, names=names, number=more)
