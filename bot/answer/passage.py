"""A question for a reason, an event or an opinion → the sentence that says it, verbatim."""

import re

from bot.answer import evidence, rows
from bot.answer.beside import is_beside
from bot.answer.editions import date_of, in_force, is_edition
from bot.answer.evidence import FactEvidence
from bot.answer.figure import UNNAMED, state
from bot.answer.passages import PassageEvidence, code_at, nearest
from bot.answer.quoting import (
    EXPLANATION,
    announced_by,
    announces,
    beneath,
    following,
    opening,
    quote_from,
)
from bot.answer.shapes import dimensions, is_list, is_table
from bot.answer.speaking import HALF, facts_of, speaks
from bot.answer.times import is_of_its_time
from bot.answer.wording import Citations, compose, notes
from bot.answer.words import is_noun
from bot.knowledge.base import Base, Sentence
from bot.knowledge.headings import headings_above
from bot.language import announcing, dates
from bot.language.glossary import keys_of
from bot.language.sentences import asks
from bot.language.terms import analyse, is_stop
from bot.schema import Answer, Fact, Query, Word

ABOVE = 60  # passages among which the headings of one are looked for
WHOLE = 180  # characters of a passage that is quoted whole, whatever of it answers
TABLE = 700  # of a table that is: its rows cannot be read without the names of the columns
EXPLAINED = {"why", "effect"}  # what is told in more than the sentence that names it
IN_QUOTES = re.compile("“([^”]+)”")
VERBAL = ("XSV", "XSA")  # the analyser's tags of what makes a verb or an adjective of a noun: 직면하다
LISTING = {"list", "members", "what", "who"}


def passage(query: Query, base: Base) -> Answer | None:
    """The sentences that answer a question best, or None where no passage has enough of its words."""
    if (
        "title" in query.cues
        and not query.metrics
        and not evidence.hard_entities(query, base)
        and not _of_a_thing(query, base)
    ):
        return title(query, base)
    for item in nearest(query, base):
        if "date" in query.cues and (dated := _dated_heading(item, query, base)):
            citations = Citations(base, query.language)
            claims = [quote_from(dated, list(base.sentences(dated)), query, base, citations)]
            return compose(query, "passage", claims, citations)
        if not _only_names(item.hit.passage, base) and speaks(item, query, base):
            told = _priced(item, query, base)
            facts = _figures_of(told, query, base)
            return state(facts, query, base) if facts else quote(told, query, base)
    return None


def _priced(item: PassageEvidence, query: Query, base: Base) -> PassageEvidence:
    """A passage, or where but how much is asked of a thing, and it has no number, the nearest with both that and money."""
    how_much = "amount" in query.cues and not query.dimensions and base.has_several
    things = [word for word in query.words if evidence.is_thing(word)]
    if not how_much or not things or dimensions(item.sentence.in_both):
        return item
    others = (other for other in nearest(query, base) if not any(map(other.evidence.lacks, things)))
    priced = (other for other in others if "money" in dimensions(other.sentence.in_both))
    return next((other for other in priced if speaks(other, query, base)), item)


def _only_names(passage_id: str, base: Base) -> bool:
    """Whether a passage names what others are of, and says nothing of it: a heading, or one of many titles."""
    passage = base.passages[passage_id]
    return passage.heading or (base.has_several and passage.text == base.documents[passage.document].title)


def _dated_heading(item: PassageEvidence, query: Query, base: Base) -> str | None:
    """The heading with a date that a passage stands under, or is, which has the names of a question: ## v3.4.0 — 2024-05-21."""
    names = [word for word in query.words if word.proper]
    if (
        not base.has_several
        or not names
        or any(item.evidence.lacks(word) for word in query.words if not _is_of_a_release(word))
    ):
        return None
    return next(
        (
            heading.id
            for heading in headings_above(item.hit.passage, ABOVE, base)
            if dates.find(heading.text, "") and all(word.terms[0] in base.passage_terms(heading.id) for word in names)
        ),
        None,
    )


def _is_of_a_release(word: Word) -> bool:
    """Whether a word says that something came out, which a heading with a date need not say."""
    return word.terms[0] in keys_of("releases")


def _of_a_thing(query: Query, base: Base) -> bool:
    """Whether the title of something is asked for that articles tell of, and not that of the one article."""
    return base.has_several and any(map(evidence.is_thing, query.words))


def title(query: Query, base: Base) -> Answer:
    """The title of the newest article."""
    first = base.records.newest
    citations = Citations(base, query.language)
    return compose(
        query, "passage", [quote_from(first.id, list(base.sentences(first.id)), query, base, citations)], citations
    )


def _figures_of(item: PassageEvidence, query: Query, base: Base) -> list[Fact]:
    """The figures of the sentence found, where the question is after a number."""
    if not (query.named or query.dimensions or "amount" in query.cues):
        return []
    if query.cues & {"why", "how", "who", "effect"}:
        return []
    judged = [(found, fact) for fact in facts_of(item, base) if (found := evidence.of_fact(fact, query, base))]
    named = {mention.id for mention in query.named}
    fitting = [
        (found.score, fact)
        for found, fact in judged
        if found.names > HALF
        and (fact.metric in named if named else found.words >= UNNAMED)
        and not is_beside(FactEvidence(fact, found), query, base)
    ]
    return [fact for _, fact in sorted(fitting, key=lambda pair: -pair[0])]


def _says_it_itself(item: PassageEvidence, query: Query, base: Base) -> bool:
    """Whether a passage, however short, is no lead-in to what is asked for: it tells of a name, a number, a thing."""
    if "clock" in query.cues or query.asks_for_a_number or evidence.hard_entities(query, base):
        return True
    return "list" not in query.cues and _has_another_thing(item.sentence.text, query, base)


def _has_another_thing(text: str, query: Query, base: Base) -> bool:
    """Whether a text has a thing that a question has not, and so may be what it asks for; not if it says what follows."""
    if announcing.announces(text):
        return False
    asked_of = {term for word in query.words for term in (*word.terms, *word.concepts)}
    tokens = analyse(text)
    named = base.names.find_entities(text, tokens)
    concepts = base.glossary.concepts(tokens)
    return any(
        is_noun(token, sorted(meant), base)
        and after not in VERBAL
        and token.form not in asked_of
        and asked_of.isdisjoint(meant)
        and not is_stop(token)
        and not any(mention.start <= token.start < mention.end for mention in named)
        for token, meant, after in zip(tokens, concepts, [*(token.tag for token in tokens[1:]), ""], strict=True)
    )


def quote(item: PassageEvidence, query: Query, base: Base) -> Answer:
    """An answer that quotes the best sentence of a passage, in each edition that tells of it."""
    citations = Citations(base, query.language)
    same = [other for other in nearest(query, base) if is_edition(other, item, base)]
    editions = in_force(item, [other for other in same if is_of_its_time(other, query, base)], base)
    if len(editions) > 1:
        claims = []
        for one, phrase, row in zip(editions, ("says_as_of", "said_before"), ("row_as_of", "row_before"), strict=True):
            date = date_of(one, base)
            claims += rows.told(one, query, base, citations, date, row) or [
                quote_from(one.hit.passage, _chosen(one, query, base), query, base, citations, phrase, date)
            ]
        return compose(query, "passage", claims, citations)
    item = editions[0]
    followed = following(item.hit.passage, base)
    if followed and not asks(item.sentence.text) and _says_it_itself(item, query, base):
        followed = []
    if followed and query.cues & LISTING and not query.cues & {"why", "how"}:
        tells = _has_another_thing(item.sentence.text, query, base)
        listed = [item.hit.passage, *followed] if tells else followed
        claims = [quote_from(name, [base.sentences(name)[0]], query, base, citations) for name in listed]
        return compose(query, "list", claims, citations)
    chosen = _chosen(item, query, base)
    claims = rows.told(item, query, base, citations) or [quote_from(item.hit.passage, chosen, query, base, citations)]
    claims += [quote_from(name, opening(name, item.hit.passage, base), query, base, citations) for name in followed]
    shown_by_code = "command" in query.cues or chosen[-1].text.endswith(":")
    code = code_at(item.hit.passage, base) if shown_by_code else None
    if code and code != item.hit.passage:
        claims.append(quote_from(code, list(base.sentences(code)), query, base, citations))
    quoted = citations.all()[0].quote
    facts = [fact for fact in base.by_passage[item.hit.passage] if fact.quote in quoted]
    facts.sort(key=lambda fact: -(found.score if (found := evidence.of_fact(fact, query, base)) else 0.0))
    claims += notes((fact for fact in facts if _is_put_right(fact, query)), query)
    return compose(query, "passage", claims, citations, facts)


def _is_put_right(fact: Fact, query: Query) -> bool:
    """Whether a note says that what is quoted is most likely something else: “12년”, and “1–2년” is meant."""
    said = [words in fact.quote for words in IN_QUOTES.findall(fact.note(query.language))]
    return any(said) and not all(said)


def _chosen(item: PassageEvidence, query: Query, base: Base) -> list[Sentence]:
    """The sentences of a passage that are quoted."""
    text = base.passages[item.hit.passage].text
    if query.asks_for_a_number and is_list(text):
        return [item.sentence, *beneath(item.sentence, base)]  # its other items are of other things
    whole = TABLE if is_table(text) else EXPLANATION if query.cues & EXPLAINED else WHOLE
    if len(text) <= whole:
        return list(base.sentences(item.hit.passage))  # a reason stands beside what it explains, in other words
    chosen = list(item.sentences)
    if announces(chosen[-1], base):
        chosen += announced_by(chosen[-1], base)
    return chosen + beneath(chosen[-1], base)
