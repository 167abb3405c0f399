"""A figure that shares its words with a question, and is of something else: another thing, another time, a part."""

from bot.answer import choosing, evidence
from bot.answer.evidence import FactEvidence
from bot.knowledge.base import Base
from bot.language.cues import is_doer
from bot.language.terms import analyse, says_before
from bot.schema import Fact, Query, Word

RANKED = {"compare", "rank_high", "rank_low", "difference"}
WHOLLY = 0.95  # of the names: the figure is of what is named, not of a part of it


def is_beside(item: FactEvidence, query: Query, base: Base) -> bool:
    """Whether a figure is not of what a question asks about, however well it fits in words."""
    fact, found = item.fact, item.evidence
    lacking = [word for word in query.words if found.lacks(word)]
    if any(word.proper or evidence.is_elsewhere(word, base) or _makes_another(word, query) for word in lacking):
        return True
    if "before" in query.cues and not any(map(says_before, analyse(fact.quote))):
        return True  # what was before is not told by what came of it
    if (
        _is_another_event(fact, lacking, query, base)
        or _is_of_a_part(fact, query)
        or _is_whole_of_a_share(fact, query, base)
    ):
        return True
    if _is_done_by_another(fact, query, base) or _is_any_figure(item, query, base):
        return True
    if evidence.hard_entities(query, base):
        return False
    return _is_of_another_thing(fact, query, base)


def _makes_another(word: Word, query: Query) -> bool:
    """Whether a thing that no figure is of stands right behind a name, and makes another's of it: 딥시크 코더."""
    behind = (query.question[mention.end :].removeprefix(" ") for mention in query.entities)
    korean = not word.surface.isascii()  # in English a verb may stand there
    return korean and evidence.is_thing(word) and any(rest.startswith(word.surface) for rest in behind)


def _is_of_another_thing(fact: Fact, query: Query, base: Base) -> bool:
    """Whether a question that names nothing known tells in another way that it is of something else."""
    about = base.fact_terms(fact)
    if any(_is_code(word) and word.terms[0] not in about for word in query.words):
        return True  # what GPT-4 cost is not what that cost which is as good
    named = any(mention.id == fact.metric for mention in query.metrics)
    given = {other.entity for amount, unit in query.amounts for other in base.matching(unit=unit, amount=amount)}
    if given and fact.entity not in given and not named:
        return True  # "how many years will the trillion yuan fund run?" is asked of that fund
    said = base.sentence_of(fact).terms
    return named and not query.entities and choosing.names_another(query, fact.metric, base, said)


def _is_another_event(fact: Fact, lacking: list[Word], query: Query, base: Base) -> bool:
    """Whether a date is of something else that happened."""
    named = fact.metric in query.hints or any(mention.id == fact.metric for mention in query.named)
    deeds = [word for word in query.words if evidence.says_what(word)]
    if query.dimensions != {"date"} or named or not deeds:
        return False
    undone = any(evidence.is_deed(word, base) for word in deeds if word in lacking and word.noun)
    return undone or all(word in lacking for word in deeds)


def _is_of_a_part(fact: Fact, query: Query) -> bool:
    """Whether a measure is but a part of the words of the one that is named: the market value of its loss."""
    if query.dimensions:
        return False
    own = [set(mention.surface.split()) for mention in query.metrics if mention.id == fact.metric]
    named = [set(mention.surface.split()) for mention in query.named if not mention.weak]
    return bool(own) and all(any(words < other for other in named) for words in own)


def _is_whole_of_a_share(fact: Fact, query: Query, base: Base) -> bool:
    """Whether a question asks for some percent of a figure, or for a share of it, which is not the figure."""
    if "share" in query.cues and fact.unit != "percent":
        return True
    shares = [amount for amount, unit in query.amounts if unit == "percent"]
    known = any(other.value == share for share in shares for other in base.matching(unit="percent", amount=share))
    return bool(shares) and not known and fact.unit != "percent" and not query.threshold


def _is_done_by_another(fact: Fact, query: Query, base: Base) -> bool:
    """Whether a question asks what something did that a figure only has to do with: "how much did DeepSeek lose?"."""
    hard = evidence.hard_entities(query, base)
    if len(hard) != 1 or hard[0] in base.names.family(fact.entity) or fact.entity in base.names.family(hard[0]):
        return False
    mentions = (mention for mention in query.entities if mention.id == hard[0])
    return any(is_doer(query.question, mention.start, mention.end) for mention in mentions)


def _is_any_figure(item: FactEvidence, query: Query, base: Base) -> bool:
    """Whether a figure is of a measure that a question does not touch on: that it is such a number is not enough."""
    if item.fact.unit == "date" or item.fact.metric in {*query.hints, *query.metric_ids}:
        return False
    if not query.dimensions and "convert" not in query.cues:
        if query.cues & RANKED:
            return True  # by what, is not read: how much cheaper one is
        return any(map(evidence.says_much, query.words))  # a name alone may ask for any of its figures
    of_it = evidence.hard_entities(query, base) or query.unit
    return not of_it or item.evidence.names < WHOLLY


def _is_code(word: Word) -> bool:
    """Whether a word is an identifier with a number, such as GPT-4, that names one thing only."""
    return word.proper and any(map(str.isdigit, word.surface))
