"""Facts and quotes → sentences with their citations, the same in every kind of answer."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from bot.knowledge.base import Base
from bot.knowledge.corpus import SECTION, sentences
from bot.language import periods, writing
from bot.language.units import units
from bot.phrases import fill, say
from bot.schema import Answer, Calculation, Citation, Fact, Figure, Kind, Language, Query

APOSTROPHES = str.maketrans("", "", "'’")


class Citations:
    """The citations of one answer, numbered in the order in which they are first used."""

    def __init__(self, base: Base, language: Language) -> None:
        self._base = base
        self._language: Language = language
        self._markers: dict[tuple[str, str], int] = {}
        self._made: list[Citation] = []

    def cite(self, passage_id: str, quote: str) -> int:
        """The marker of a quote from a passage."""
        key = (passage_id, quote)
        for (cited, longer), marker in self._markers.items():
            if cited == passage_id and quote in longer:
                return marker  # its words are quoted already
        if key not in self._markers:
            self._markers[key] = len(self._made) + 1
            passage = self._base.passages[passage_id]
            document = self._base.documents[passage.document]
            self._made.append(
                Citation(
                    marker=self._markers[key],
                    document=document.id,
                    passage=passage.number,
                    title=document.name(self._language),
                    section=passage.section,
                    quote=quote,
                    text=passage.text,
                    translation=passage.translation,
                )
            )
        return self._markers[key]

    def marks(self, facts: Iterable[Fact]) -> str:
        """The markers of the quotes of `facts`: "[1][2]"."""
        markers = dict.fromkeys(self.cite(fact.passage, fact.quote) for fact in facts)
        return "".join(f"[{marker}]" for marker in markers)

    @property
    def of_many(self) -> bool:
        """Whether there are several articles, in which it says much under which heading a thing stands."""
        return self._base.has_several

    def all(self) -> tuple[Citation, ...]:
        return tuple(self._made)


def bounds(fact: Fact) -> tuple[Decimal, Decimal]:
    """The lower and the upper figure that a fact states; the same one where it is no range."""
    if fact.value is not None:
        return fact.value, fact.value
    assert fact.low is not None and fact.high is not None  # the schema does not allow anything else
    return fact.low, fact.high


def value(fact: Fact, base: Base, query: Query, named: bool = False) -> str:
    """A fact's figure with its hedge and unit, in the asker's language and in the form that was asked for.

    Args:
        fact: the figure.
        base: whose metrics tell what is counted.
        query: in whose language it is said.
        named: whether the metric's name stands beside it; "the number of visitors is 80,000" needs no visitors more.
    """
    low, high = bounds(fact)
    metric = base.names.metrics[fact.metric]
    counter = ""
    if fact.unit == "count":
        counter = metric.counter(query.language)
    if named and counter.isascii() and counter in metric.name(query.language).split(" of ")[-1]:
        counter = ""
    scale = query.scale if units()[fact.unit].dimension in ("money", "count") else None
    written = writing.write(low, high, fact.unit, query.language, counter, scale)
    if scale and query.language == "en" and not scale.isascii():
        written = f"{written} ({writing.write(low, high, fact.unit, query.language, counter)})"
    return writing.hedged(written, fact.hedge, query.language)


def as_of(fact: Fact, query: Query, phrase: str = "as_of") -> str:
    """The period of a figure: of which it is, or `when` something happened."""
    return say(phrase, query.language, period=periods.write(fact.as_of, query.language)) if fact.as_of else ""


def capital(text: str) -> str:
    """`text` as a sentence begins, but for names that begin small on purpose (xAI, o3)."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() and first.translate(APOSTROPHES).isalpha() else text


def statement(facts: list[Fact], base: Base, query: Query, citations: Citations) -> str:
    """One sentence for one figure, with the markers of every place that gives it."""
    fact = facts[0]
    entity, metric = base.names.entities[fact.entity], base.names.metrics[fact.metric]
    own = metric.phrase_ko if query.language == "ko" else metric.phrase_en
    shown = value(fact, base, query, named=not own)
    slots = {"entity": entity.name(query.language), "value": shown, "as_of": as_of(fact, query)}
    slots["when"] = as_of(fact, query, "when")
    text = fill(own, **slots) if own else say("figure", query.language, metric=metric.name(query.language), **slots)
    return f"{capital(text)} {citations.marks(facts)}"


def row(fact: Fact, base: Base, query: Query, citations: Citations) -> str:
    """A line of a list: entity, metric, figure, markers."""
    return capital(
        say(
            "row",
            query.language,
            entity=base.names.entities[fact.entity].name(query.language),
            metric=base.names.metrics[fact.metric].name(query.language),
            value=value(fact, base, query, named=True),
            as_of=as_of(fact, query),
            marks=citations.marks([fact]),
        )
    )


def notes(facts: Iterable[Fact], query: Query) -> list[str]:
    """What the reader of these figures should know, each once; of which period, where the same things have several."""
    noted: dict[str, list[Fact]] = {}
    for fact in facts:
        noted.setdefault(fact.note(query.language), []).append(fact)
    stamps = [{fact.as_of for fact in own} for own in noted.values()]
    things = [{fact.entity for fact in own} for own in noted.values()]
    by_period = len({stamp for own in stamps for stamp in own if stamp}) == len(noted) == sum(map(len, stamps))
    by_period = by_period and len(noted) > 1 and all(own == things[0] for own in things)
    return [
        say("note_of", query.language, note=text, period=periods.write(own[0].as_of, query.language))
        if by_period
        else say("note", query.language, note=text)
        for text, own in noted.items()
        if text
    ]


def together(names: list[str], language: Language) -> str:
    """Names in a row as a sentence has them: A and B; A, B and C."""
    if len(names) < 2:
        return "".join(names)
    before = ", ".join(names[:-1])
    return say("two" if len(names) == 2 else "several", language, first=before, second=names[-1])


def figures(facts: Iterable[Fact], query: Query, citations: Citations) -> tuple[Figure, ...]:
    """Facts as an answer's JSON shows them."""

    def text(number: Decimal | None) -> str | None:
        return None if number is None else f"{number:f}"

    return tuple(
        Figure(
            id=fact.id,
            entity=fact.entity,
            metric=fact.metric,
            value=text(fact.value),
            low=text(fact.low),
            high=text(fact.high),
            unit=fact.unit,
            hedge=fact.hedge,
            as_of=fact.as_of or None,
            note=fact.note(query.language) or None,
            citation=citations.cite(fact.passage, fact.quote),
        )
        for fact in facts
    )


def grouped(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Facts that give the same figure together, in their order."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.same_figure, []).append(fact)
    return list(groups.values())


def footnotes(citations: tuple[Citation, ...], claims: str, language: Language, of_many: bool) -> str:
    """Where each claim stands: its quote, unless the claim is the quote, and its place; of many articles, the heading."""
    lines: list[str] = []
    for citation in citations:
        quote = "" if citation.quote in claims else f"“{citation.quote}” "
        translation = translated(citation, language)
        if translation and translation not in claims:
            quote += f"(“{translation}”) "
        lines.append(
            say(
                "footnote",
                language,
                marker=citation.marker,
                quote=quote,
                title=SECTION.join(filter(None, (citation.title, citation.section if of_many else ""))),
                place=f"{citation.document}#{citation.passage}",
            )
        )
    return "\n".join(lines)


def translated(citation: Citation, language: Language) -> str:
    """The translation of the quoted sentences, for a reader of the other language; "" where none is needed or known."""
    if not citation.translation or _is_in(citation.text, language):
        return ""
    return " ".join(
        translation
        for original, translation in _aligned(citation.text, citation.translation)
        if original in citation.quote or citation.quote in original
    )


@lru_cache(1024)  # of passages, which are cited for many questions
def _aligned(text: str, translation: str) -> tuple[tuple[str, str], ...]:
    """The sentences of a passage with their translations, where it has as many of both."""
    originals, translations = sentences(text), sentences(translation)
    return tuple(zip(originals, translations, strict=True)) if len(originals) == len(translations) else ()


def _is_in(text: str, language: Language) -> bool:
    hangul = any("가" <= char <= "힣" for char in text)
    return hangul if language == "ko" else not hangul


def compose(
    query: Query,
    kind: Kind,
    claims: list[str],
    citations: Citations,
    facts: Iterable[Fact] = (),
    calculation: Calculation | None = None,
    suggestions: Iterable[str] = (),
    reading: tuple[str, ...] = (),
) -> Answer:
    """An answer of `claims`, with its footnotes below them."""
    shown = figures(facts, query, citations)
    body = "\n".join(claims)
    made = citations.all()
    text = f"{body}\n\n{footnotes(made, body, query.language, citations.of_many)}" if made else body
    return Answer(
        question=query.question,
        language=query.language,
        kind=kind,
        text=text,
        reading="; ".join((*query.reading, *reading)) or None,
        facts=shown,
        calculation=calculation,
        citations=made,
        suggestions=tuple(suggestions),
    )
