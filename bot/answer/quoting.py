"""Sentences of a passage → a claim that quotes them, verbatim and as far as they are needed to be understood."""

import re
from functools import cache

from bot.answer.wording import Citations
from bot.knowledge.base import Base, Sentence
from bot.language import periods
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
    start = text.index(chosen[0].text)
    original = text[start : text.index(chosen[-1].text, start) + len(chosen[-1].text)]
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
    """Whether a sentence is short and only opens its passage, as "Consider this" does."""
    return (
        sentence.number == 0 and len(sentence.text.split()) <= LEAD_IN and not base.passages[sentence.passage].heading
    )


def announced_by(sentence: Sentence, base: Base) -> list[Sentence]:
    """The sentences after one that announces them, as many as are quoted together."""
    after = list(base.sentences(sentence.passage)[sentence.number + 1 :])
    while after and sum(len(other.text) for other in after) > EXPLANATION:
        after.pop()
    return after


def beneath(sentence: Sentence, base: Base) -> list[Sentence]:
    """The items of a list that stand beneath one, further in."""
    text, every = base.passages[sentence.passage].text, base.sentences(sentence.passage)
    if not MARKED.match(sentence.text):
        return []
    at, own = 0, -1
    found: list[Sentence] = []
    for other in every:
        at = text.index(other.text, at)
        before = text[text.rfind("\n", 0, at) + 1 : at]
        if other.number == sentence.number:
            own = len(before)
        elif own >= 0 and ((len(before) <= own and not before.strip()) or len(found) == MOST_BENEATH):
            break
        elif own >= 0:
            found.append(other)
        at += len(other.text)
    return found


def following(passage_id: str, base: Base) -> list[str]:
    """The passages that a short lead-in announces: those after it in its section, up to a turn such as "But"."""
    lead = base.passages[passage_id]
    if lead.heading or len(lead.text.split()) > LEAD_IN or len(base.sentences(passage_id)) > 1:
        return []
    found: list[str] = []
    for name in base.near(passage_id, 0, MOST_FOLLOWING)[1:]:
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
