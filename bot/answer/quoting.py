"""Sentences of a passage → a claim that quotes them, verbatim and as far as they are needed to be understood."""

import re
from collections.abc import Iterable
from functools import cache

from bot.answer.wording import Citations
from bot.knowledge.base import Base, Sentence
from bot.language import periods
from bot.language.sentences import asks
from bot.language.tables import cell, table
from bot.phrases import say
from bot.schema import Query

LONGEST_QUOTE = 3  # sentences
EXPLANATION = 400  # characters of a passage that is quoted whole
LEAD_IN = 6  # words of a sentence that only announces what follows
MOST_FOLLOWING = 3  # passages
MOST_BENEATH = 12  # items
BULLET = re.compile(r"^[-*+]\s+")
MARKED = re.compile(r"(?:[-*+]|\d+[.)])\s")  # how the item of a list begins


def quote_from(
    passage_id: str,
    chosen: list[Sentence],
    query: Query,
    base: Base,
    citations: Citations,
    phrase: str = "says",
    date: str = "",
) -> str:
    """A claim that quotes sentences of a passage, from the one before where the first cannot be read alone.

    Args:
        passage_id: of the passage.
        chosen: its sentences, one after the other.
        query: in whose language it is said.
        base: the knowledge base.
        citations: of the answer.
        phrase: how it is said, in an edition of `date`.
        date: of the document, where its editions say different things.
    """
    sentences = base.sentences(passage_id)
    chosen = list(chosen)
    while leans(chosen[0]) and chosen[0].number > 0 and len(chosen) < LONGEST_QUOTE:
        chosen.insert(0, sentences[chosen[0].number - 1])
    text = base.passages[passage_id].text
    places = _places(sentences, text)
    last = chosen[-1]
    original = text[places[chosen[0].number] : places[last.number] + len(last.text)]
    if "\n" not in original:
        original = BULLET.sub("", original)  # of an item that stands alone
    marks = f"[{citations.cite(passage_id, original)}]"
    translated = " ".join(sentence.translation or "" for sentence in chosen).strip()
    foreign = base.documents[base.passages[passage_id].document].language != query.language
    quote = translated if foreign and translated else original
    if date:
        return say(phrase, query.language, quote=quote, marks=marks, date=periods.write(date, query.language))
    return say("says_translated" if quote != original else phrase, query.language, quote=quote, marks=marks)


def leans(sentence: Sentence) -> bool:
    """Whether a sentence begins with a word that points back: 이는, 이 회사는, This."""
    return _openers().match(sentence.text) is not None


@cache
def _openers() -> re.Pattern[str]:
    forms = [re.escape(form) for row in table("openers") for form in cell(row["forms"])]
    return re.compile(rf"(?:{'|'.join(forms)})(?=\s|,)")


def announces(sentence: Sentence, base: Base) -> bool:
    """Whether a sentence only opens what follows it: a short one, as "Consider this", or a question."""
    if base.passages[sentence.passage].heading:
        return False
    return asks(sentence.text) or (sentence.number == 0 and len(sentence.text.split()) <= LEAD_IN)


def announced_by(sentence: Sentence, base: Base) -> list[Sentence]:
    """The sentences after one that announces them, as many as are quoted together."""
    return _first_of(list(base.sentences(sentence.passage)[sentence.number + 1 :]))


def opening(passage_id: str, lead: str, base: Base) -> list[Sentence]:
    """The sentences that are quoted of a passage that the passage `lead` announces: the first, or a whole answer."""
    first, *others = base.sentences(passage_id)
    return [first, *_first_of(others)] if asks(base.passages[lead].text) else [first]


def _first_of(sentences: list[Sentence]) -> list[Sentence]:
    """As many of some sentences, from the first, as are quoted together."""
    while sentences and sum(len(one.text) for one in sentences) > EXPLANATION:
        sentences.pop()
    return sentences


def beneath(sentence: Sentence, base: Base) -> list[Sentence]:
    """The items of a list that stand beneath one, further in."""
    text, every = base.passages[sentence.passage].text, base.sentences(sentence.passage)
    if not MARKED.match(sentence.text):
        return []
    own = -1
    found: list[Sentence] = []
    for other, at in zip(every, _places(every, text), strict=True):
        before = text[text.rfind("\n", 0, at) + 1 : at]
        if other.number == sentence.number:
            own = len(before)
        elif own >= 0 and ((len(before) <= own and not before.strip()) or len(found) == MOST_BENEATH):
            break
        elif own >= 0:
            found.append(other)
    return found


def _places(sentences: Iterable[Sentence], text: str) -> list[int]:
    """Where each of a text's sentences begins."""
    places: list[int] = []
    at = 0
    for sentence in sentences:
        places.append(text.index(sentence.text, at))
        at = places[-1] + len(sentence.text)
    return places


def following(passage_id: str, base: Base) -> list[str]:
    """The passages that a short lead-in announces: those after it in its section, up to a turn such as "But".

    A question announces the one that answers it.
    """
    lead = base.passages[passage_id]
    is_question = asks(lead.text)
    if lead.heading or len(base.sentences(passage_id)) > 1 or not (is_question or len(lead.text.split()) <= LEAD_IN):
        return []
    found: list[str] = []
    for name in base.near(passage_id, 0, 1 if is_question else MOST_FOLLOWING)[1:]:
        other = base.passages[name]
        if other.heading or other.section != lead.section or turns(other.text):
            break
        found.append(name)
    return found


@cache
def _turning() -> re.Pattern[str]:
    forms = [re.escape(form) for row in table("contrasts") for form in cell(row["forms"])]
    return re.compile(rf"(?:{'|'.join(forms)})(?![A-Za-z가-힣])")


def turns(text: str) -> bool:
    """Whether a text begins with a word that turns away from what was said: 그러나, But."""
    return _turning().match(text) is not None
