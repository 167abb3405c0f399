"""A question for a reason, an event or an opinion → the sentence that says it, verbatim."""

import re

from bot.answer import evidence
from bot.answer.evidence import PassageEvidence
from bot.answer.wording import Citations, compose
from bot.knowledge.base import Base, Sentence
from bot.language.tables import cell, table
from bot.phrases import say
from bot.schema import Answer, Query

ENOUGH = 0.5  # of the weighty words


def passage(query: Query, base: Base) -> Answer | None:
    """The sentences that answer a question best, or None where no passage has enough of its words."""
    for item in evidence.passages(query, base, evidence.hits(query, base))[:3]:
        if speaks(item, query, base):
            return quote(item, query, base)
    return None


def speaks(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a passage has what the question asks about, not only words in common with it."""
    found = item.evidence
    hard = evidence.hard_entities(query, base)
    if not query.words and not hard:
        return False
    if "person" in query.cues and not _names_a_person(item, base):
        return False
    if any(word.name and word.surface in found.missing for word in query.words):
        return False
    if not _period_is_there(item, query, base):
        return False
    if hard and found.names < 0.5:
        return False
    return found.words >= ENOUGH if query.words else True


def _names_a_person(item: PassageEvidence, base: Base) -> bool:
    people = {f"@{name}" for name, entity in base.names.entities.items() if entity.kind == "person"}
    return bool(people & item.sentence.terms)


def _period_is_there(item: PassageEvidence, query: Query, base: Base) -> bool:
    years = {period[:4] for period in query.periods if not period.startswith("-")} - {str(base.year)}
    text = base.passages[item.hit.passage].text
    dated = {fact.as_of[:4] for fact in base.by_passage[item.hit.passage]}
    return all(year in text or year in dated for year in years)


def quote(item: PassageEvidence, query: Query, base: Base) -> Answer:
    """An answer that quotes the best sentence, with the one before it where it cannot be read alone."""
    sentences = base.sentences(item.hit.passage)
    chosen = [item.sentence]
    while leans(chosen[0]) and chosen[0].number > 0 and len(chosen) < 3:
        chosen.insert(0, sentences[chosen[0].number - 1])
    citations = Citations(base, query.language)
    text = base.passages[item.hit.passage].text
    start = text.index(chosen[0].text)
    original = text[start : text.index(chosen[-1].text, start) + len(chosen[-1].text)]
    marks = f"[{citations.cite(item.hit.passage, original)}]"
    translated = " ".join(sentence.translation or "" for sentence in chosen).strip()
    foreign = base.documents[base.passages[item.hit.passage].document].language != query.language
    if foreign and translated:
        claim = say("says_translated", query.language, quote=translated, marks=marks)
    else:
        claim = say("says", query.language, quote=original, marks=marks)
    return compose(query, "passage", [claim], citations)


def leans(sentence: Sentence) -> bool:
    """Whether a sentence begins with a word that points back: 이는, 이 회사는, This."""
    openers = [opener for row in table("openers") for opener in cell(row["forms"])]
    return any(re.match(rf"{re.escape(opener)}(?=\s|,)", sentence.text) for opener in openers)
