"""Whether a passage has what a question asks about, and not only words in common with it."""

from bot.answer import asked, evidence
from bot.answer.evidence import Evidence
from bot.answer.implied import asks_for_a_figure
from bot.answer.passages import PassageEvidence
from bot.answer.shapes import is_table, only_lists
from bot.answer.times import is_of_its_time
from bot.answer.weighing import FEW, is_about
from bot.answer.words import HOW
from bot.knowledge.base import Base, entity_term, metric_term
from bot.language.cues import is_set_beside
from bot.language.terms import tag_in_dictionary
from bot.schema import Fact, Mention, Query, Word

ENOUGH = 0.31  # of the weighty words
ENOUGH_ACROSS = 0.29  # where they are asked in another language than the article's
HAPPENED = 0.5  # of the words of a "why", for it to be about what the passage says
ENOUGH_NAMED = 0.15  # where the passage has the names that the question is about
NUMBERED = 0.28  # of the words, for a passage to give a number that no measure is named for
ALL_NAMED = 0.6  # of the names that a figure is asked of
NAMED_AROUND = 0.85  # of the names: all of them, in the sentence or around it
MEASURED = 0.42  # of the words, for a passage to give a figure of which another thing is not met
SPEAKS_OF = 0.4  # of the words, for a passage to answer that does not speak of the metric named
MANY = 3  # meanings of a word
CODE = 3  # digits of a number that may be one
NAME_AND_THING = 2  # words of a question that asks one thing of a name
# Cues of what is asked of several things alike, or of how it is, and not of what one did to another.
OTHERWISE_ASKED = {"compare", "difference", "list", "members", "why", "how", "amount"}
HALF = 0.5  # of the names that anything else is asked of


def speaks(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a passage has what the question asks about, not only words in common with it."""
    hard = evidence.hard_entities(query, base)
    if not hard and not (query.words and query.entities) and not any(map(evidence.says_much, query.words)):
        return False
    if _is_a_word_alone(item, query, base):
        return False
    missing = [word for word in query.words if item.evidence.lacks(word)]
    if not asked.holds(item, query, base) or any(word.name or word.number for word in missing):
        return False
    if not is_of_its_time(item, query, base) or _is_of_another(item, query, base):
        return False
    if base.has_several and _is_in_no_line(missing, item, query, base):
        return False
    if base.has_several and not hard:
        return is_about(item, query, base)
    if _is_not_between_them(item, query, base):
        return False
    if _lacks_what_matters(missing, item, query, base):
        return False
    if len(hard) > 1 and "compare" in query.cues and all(entity_term(name) in item.sentence.terms for name in hard):
        return True
    if _is_asked_for_nothing_else(query) and not _speaks_of(list(query.named), item):
        return False
    return not _lacks_the_measure(item, query, base) and _says_enough(item, query, base)


def _is_a_word_alone(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether all that is typed is a word of many meanings that a passage has but another word for.

    null is no "none of this"; but what an editor's glossary says that a word means, it means.
    """
    if len(query.words) != 1 or query.entities or query.metrics or query.cues or " " in query.question:
        return False
    (word,) = query.words
    if word.number and len(word.surface) < CODE:
        return True  # 1 is no error 429
    unsaid = word.terms[0] not in base.passage_terms(item.hit.passage)
    return unsaid and len(word.concepts) >= MANY and not evidence.is_foreign(item.hit.passage, query, base)


def _lacks_what_matters(missing: list[Word], item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a word is not met without which nothing can be said: what happened when, what is counted."""
    found, named, hard = item.evidence, list(query.named), evidence.hard_entities(query, base)
    if hard and query.dimensions == {"date"} and any(map(evidence.says_what, missing)):
        return True
    if hard and "person" in query.cues and any(word.concepts for word in missing):
        return True
    meant = asked.is_meant(item, base)
    only_figure = query.asks_for_a_number or (named and _asks_only_for(named, query, found))
    # what is but not translated may well be there
    strict = only_figure or not evidence.is_foreign(item.hit.passage, query, base)
    if strict and not meant and any(evidence.is_elsewhere(word, base) for word in missing):
        return True
    figures = [word for word in query.words if asks_for_a_figure(word)]
    if figures and found.words < MEASURED and any(evidence.is_thing(word) and word not in figures for word in missing):
        return True
    if not query.asks_for_a_number:
        return False
    little = hard and not named and found.words < NUMBERED and any(map(evidence.is_thing, query.words))
    return bool(little) or (not meant and any(word.proper for word in missing))


def _is_in_no_line(missing: list[Word], item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a table or a list, whose lines say so much of one thing each, does not have a thing of a question."""
    text = base.passages[item.hit.passage].text
    things = [word for word in missing if evidence.is_thing(word)]
    if is_table(text):
        # in English a verb is not told from a noun: "who runs it"
        short = query.language == "ko" and sum(map(evidence.says_much, query.words)) <= FEW
        told = [word for word in things if not asked.is_measure(word)]
        untold = any(short or evidence.is_unseen(word, base) for word in told)
        return untold or _are_in_different_rows(item, query, base)
    return bool(things) and only_lists(text) and _asks_one_thing_of_a_name(query)


def _are_in_different_rows(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether rows of a table have the names of a question, and none has them all: another device there, another route."""
    rows = [sentence.terms for sentence in base.sentences(item.hit.passage)[1:]]
    names = [
        word for word in query.words if word.proper and any(evidence.met(word, row, evidence.NO_TERMS) for row in rows)
    ]
    return len(names) > 1 and not any(all(evidence.met(name, row, evidence.NO_TERMS) for name in names) for row in rows)


def _asks_one_thing_of_a_name(query: Query) -> bool:
    """Whether a question is but a name and what is asked of it: 강민재 생일."""
    words = [word for word in query.words if evidence.says_much(word)]
    named = len(words) == NAME_AND_THING and sum(word.proper for word in words) == 1
    return named and query.language == "ko"  # in English a capital makes a name of too much


def _is_of_another(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a passage is not of what the question names, but of others of its kind."""
    hard = evidence.hard_entities(query, base)
    if hard and item.evidence.names < (ALL_NAMED if query.asks_for_a_number or "why" in query.cues else HALF):
        return True
    countries = tuple(name for name in query.entity_ids if base.names.entities[name].kind == "country")
    named = list(query.named)
    numbered = query.asks_for_a_number or (bool(named) and _asks_only_for(named, query, item.evidence))
    if numbered and countries and not hard and _is_of_no_country(countries, item, base):
        return True
    of_whom = hard or (countries if numbered else ())
    return bool(of_whom) and _is_of_a_rival(of_whom, item, base)


def _is_not_between_them(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a question asks only what one thing did to another, and a passage does not say that of them."""
    if query.named or query.dimensions or query.cues & OTHERWISE_ASKED or not _are_apart(query, base):
        return False
    words = [word for word in query.words if evidence.says_much(word)]
    if any(evidence.is_thing(word) and not evidence.is_deed(word, base) for word in words):
        return False
    said = frozenset[str]().union(*(sentence.terms for sentence in item.sentences))
    topics = base.topics_of(item.hit.passage)
    told = any(evidence.met(word, said, evidence.NO_TERMS) or word.terms[0] in topics for word in words)
    return item.evidence.names < ALL_NAMED or (bool(words) and not told)


def _are_apart(query: Query, base: Base) -> bool:
    """Whether a question names two things of which neither belongs to the other, and does not set them side by side."""
    hard = evidence.hard_entities(query, base)
    kin = any(one in base.names.family(other) for one in hard for other in hard if one != other)
    return len(hard) > 1 and not kin and not any(is_set_beside(m.surface, query.question) for m in query.entities)


def _is_asked_for_nothing_else(query: Query) -> bool:
    """Whether all that a question is of is a measure that it names."""
    explained = evidence.explained(query.named)
    return bool(query.named) and not query.entities and all(word.surface in explained for word in query.words)


def _asks_how_much(query: Query) -> bool:
    """Whether a question asks how much a thing's measure is, and nothing else: 시총 얼마야."""
    explained = evidence.explained(query.metrics)
    others = [word for word in query.words if word.surface not in explained]
    return "amount" in query.cues and not any(map(evidence.says_much, others))


def _lacks_the_measure(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether the measure that is named, of what is named, is not what a passage speaks of."""
    hard = evidence.hard_entities(query, base)
    named = list(query.named or (query.metrics if _asks_how_much(query) else ()))
    if not named or not hard:
        return False
    spoken = _speaks_of(named, item)
    if (item.evidence.words < SPEAKS_OF and not spoken) or _is_a_rivals(named, hard, item, base):
        return True
    only = "why" not in query.cues and _asks_only_for(named, query, item.evidence)
    return only and (not spoken or _is_another(query, named, item, base))


def _says_enough(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a passage has enough of the words of a question."""
    found, hard = item.evidence, evidence.hard_entities(query, base)
    if "why" in query.cues and _never_happened(query, found, base):
        return False
    about = bool(hard) and found.names >= NAMED_AROUND
    enough = ENOUGH_ACROSS if evidence.is_foreign(item.hit.passage, query, base) else ENOUGH
    if not query.words or found.words >= (ENOUGH_NAMED if about else enough):
        return True
    return about and _only_unknown(query, found, len(hard))


def _never_happened(query: Query, found: Evidence, base: Base) -> bool:
    """Whether the event that a "why" asks about is not met: a word of it that we know, under any of its names."""
    missing = [word for word in query.words if found.lacks(word) and word.weight > HOW and word.concepts]
    said = (word.noun or evidence.is_deed(word, base) for word in missing)  # not how: especially
    return found.words < HAPPENED and any(said)


def _only_unknown(query: Query, found: Evidence, names: int) -> bool:
    """Whether the words not met are verbs that we do not know, which may say anything, and no things."""
    missing = [word for word in query.words if found.lacks(word) and word.weight > HOW]
    if "why" in query.cues:  # what did not happen has no reason: the event must be met
        return all(not word.noun and not word.concepts for word in missing)
    things = [word for word in missing if word.noun]
    if any(word.concepts or tag_in_dictionary(word.surface) == "NNG" for word in things):
        return False  # what we know is asked of it, and that is not told: its price, its founder
    return len(things) <= (0 if query.dimensions or query.cues & {"amount", "person"} else names)


def _is_a_rivals(named: list[Mention], hard: tuple[str, ...], item: PassageEvidence, base: Base) -> bool:
    """Whether the sentence gives the metric that was asked for, but of something else."""
    metrics = {mention.id for mention in named}
    kinds = {base.names.entities[name].kind for name in hard}
    same = [fact for fact in facts_of(item, base) if fact.metric in metrics]
    same = [fact for fact in same if base.names.entities[fact.entity].kind in kinds]
    return bool(same) and not any({fact.entity, *fact.related} & set(hard) for fact in same)


def _is_another(query: Query, named: list[Mention], item: PassageEvidence, base: Base) -> bool:
    """Whether the sentence's figures are of other metrics than the one that was asked for."""
    metrics = {mention.id for mention in named}
    facts = facts_of(item, base)
    other = bool(facts) and not any(fact.metric in metrics for fact in facts)
    return other and not query.cues & {"why", "how", "who"}


def _is_of_a_rival(hard: tuple[str, ...], item: PassageEvidence, base: Base) -> bool:
    """Whether what is quoted names none of what was asked about, nor does anything before it, but others of its kind."""
    said = frozenset[str]().union(*(sentence.terms for sentence in item.sentences))
    before = base.sentences(item.hit.passage)[: item.sentences[0].number]
    said_before = frozenset[str]().union(*(sentence.terms for sentence in before))
    kin = {other for name in hard for other in (*base.names.family(name), *base.names.parts(name))}
    if any(entity_term(name) in said | said_before for name in kin):
        return False
    kinds = {base.names.entities[name].kind for name in hard}
    return any(base.names.entities[term[1:]].kind in kinds for term in said if term.startswith("@"))


def _is_of_no_country(countries: tuple[str, ...], item: PassageEvidence, base: Base) -> bool:
    """Whether a passage speaks of none of the countries that a question names, nor of anything of theirs."""
    of_them = {entity_term(other) for name in countries for other in (name, *base.names.parts(name))}
    return of_them.isdisjoint(base.passage_terms(item.hit.passage))


def _speaks_of(named: list[Mention], item: PassageEvidence) -> bool:
    """Whether the sentence speaks of one of the metrics that a question names."""
    return any(metric_term(mention.id) in item.sentence.terms for mention in named)


def _asks_only_for(named: list[Mention], query: Query, found: Evidence) -> bool:
    """Whether a question asks for a figure, or for nothing that the passage has but the metrics that it names."""
    if query.dimensions or "amount" in query.cues:
        return True
    explained = evidence.explained(named)
    known = explained | set(found.missing)
    return not any(evidence.is_thing(word) and word.surface not in known for word in query.words)


def facts_of(item: PassageEvidence, base: Base) -> list[Fact]:
    """The figures of the sentence that a passage answers with."""
    return [fact for fact in base.by_passage[item.hit.passage] if base.sentence_of(fact).number == item.sentence.number]
