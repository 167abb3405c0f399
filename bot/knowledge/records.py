"""What a Base answers from, in memory or on disk: nothing in it need be read before it is asked for."""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Protocol

from bot.knowledge.names import Names, spellings
from bot.language.glossary import Glossary
from bot.language.sounds import names_of
from bot.language.spelling import Speller
from bot.language.terms import KEPT, LATIN, stem
from bot.schema import Document, Entity, Fact, Passage


class Records(Protocol):
    """Documents, passages and facts by their ids, and the few questions about all of them that answering asks."""

    documents: Mapping[str, Document]
    passages: Mapping[str, Passage]
    order: Mapping[str, tuple[str, int]]  # where passages stand
    facts: Sequence[Fact]
    by_metric: Mapping[str, Sequence[Fact]]  # for these three, none is an empty sequence and no KeyError
    by_entity: Mapping[str, Sequence[Fact]]  # its own, and those that it is related to
    by_passage: Mapping[str, Sequence[Fact]]
    topic_terms: Mapping[str, list[str]]
    remembered: int | None  # how many passages' terms are kept once they were asked for; None: all

    @property
    def words(self) -> Container[str]:
        """The English words of the articles, whole and in lower case."""
        ...

    @property
    def stems(self) -> Container[str]: ...

    def sounding(self, sound: str, /) -> Sequence[str]:
        """What may be names in the articles, in either script, and sounds so (see bot/language/sounds.py)."""
        ...

    @property
    def speller(self) -> Speller: ...

    @property
    def year(self) -> int | None:
        """The year of the newest article, from which "last year" is counted."""
        ...

    @property
    def newest(self) -> Passage:
        """The first passage of the newest article, the first of those of one date."""
        ...

    def latest(self, most: int, /) -> list[Document]:
        """The newest documents, the newest first."""
        ...

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many passages each document has."""
        ...

    @property
    def readable(self) -> Mapping[str, int]:
        """How many documents can be read in each language, in their own or in a translation."""
        ...

    @property
    def sentence_length(self) -> float | None:
        """How many terms a sentence has on average, where that is known."""
        ...

    def kept(self, passage: str, /) -> list[list[str]] | None:
        """The terms of a passage's sentences, if an earlier run has kept them."""
        ...

    def kept_of_name(self, term: str, /) -> list[str] | None:
        """The terms of the names of an entity ("@id") or a metric ("#id"), if an earlier run has kept them."""
        ...

    def near(self, passage: str, before: int, after: int, /) -> list[str]:
        """A passage and those around it in its document, in their order."""
        ...

    def matching(
        self,
        *,
        metrics: Collection[str] | None = None,
        entity: str | None = None,
        within: str | None = None,
        unit: str | None = None,
        amount: Decimal | None = None,
    ) -> list[Fact]:
        """The facts, in the order of their tables, that meet all of what is given.

        Args:
            metrics: of one of these.
            entity: about this one, or related to it.
            within: of something that belongs to this entity.
            unit: in this unit.
            amount: that state this as their value, or as an end of their range.
        """
        ...

    def about(self, entities: Collection[str], metrics: Collection[str], /) -> list[Fact]:
        """The facts that may be meant by a question that names these: of the metrics, and of the entities or their parts.

        Where they are many, only those of both a metric and an entity.
        """
        ...

    def units_of(self, metric: str, /) -> Collection[str]:
        """The units that a metric is stated in."""
        ...

    def kinds_of(self, metric: str, /) -> Collection[str]:
        """The kinds of the entities that have a metric, or are related to a fact of it."""
        ...

    def subjects(self, metric: str, as_of: str | None = None, /) -> set[str]:
        """The entities that a metric is stated of, at one time where that is given; only some where there are many."""
        ...

    def having(self, metrics: Collection[str], groups: set[str], /) -> list[str]:
        """The entities of all of `groups` that have one of `metrics` (any, where there are none), in their table's order.

        None at all where they are too many to be set side by side.
        """
        ...


def readable(written: Mapping[str, int], translated: Mapping[str, int]) -> dict[str, int]:
    """How many documents can be read in each language: those written in it, and those translated from the other."""
    return {one: written.get(one, 0) + translated.get(other, 0) for one, other in (("ko", "en"), ("en", "ko"))}


class Memory:
    """Records that are all in memory, for a small knowledge base."""

    remembered: int | None = None
    sentence_length: float | None = None

    def __init__(
        self,
        documents: Iterable[Document],
        passages: Iterable[Passage],
        facts: Iterable[Fact],
        names: Names,
        glossary: Glossary,
        topic_terms: Mapping[str, list[str]] = MappingProxyType({}),
        kept_sentences: Mapping[str, list[list[str]]] = MappingProxyType({}),
        kept_names: Mapping[str, list[str]] = MappingProxyType({}),
    ) -> None:
        """Take what there is; what is kept is what the same content gave before, and is not made again."""
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self.passages: Mapping[str, Passage] = {passage.id: passage for passage in passages}
        self.order: Mapping[str, tuple[str, int]] = {name: ("", number) for number, name in enumerate(self.passages)}
        self.facts: Sequence[Fact] = tuple(facts)
        self.topic_terms = topic_terms
        self._names, self._glossary = names, glossary
        self._kept_sentences, self._kept_names = kept_sentences, kept_names
        self._ids = list(self.passages)
        metric: dict[str, list[Fact]] = defaultdict(list)
        entity: dict[str, list[Fact]] = defaultdict(list)
        passage: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            metric[fact.metric].append(fact)
            passage[fact.passage].append(fact)
            for name in {fact.entity, *fact.related}:
                entity[name].append(fact)
        self.by_metric: Mapping[str, Sequence[Fact]] = metric
        self.by_entity: Mapping[str, Sequence[Fact]] = entity
        self.by_passage: Mapping[str, Sequence[Fact]] = passage

    @cached_property
    def year(self) -> int | None:
        """The year of the newest article."""
        years = [int(document.date[:4]) for document in self.documents.values() if document.date]
        return max(years, default=None)

    @property
    def newest(self) -> Passage:
        """The first passage of the newest article."""
        newest = max(self.documents.values(), key=lambda document: document.date)
        return next(passage for passage in self.passages.values() if passage.document == newest.id)

    def latest(self, most: int, /) -> list[Document]:
        return sorted(self.documents.values(), key=lambda document: document.date, reverse=True)[:most]

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many passages each document has."""
        return Counter(passage.document for passage in self.passages.values())

    @cached_property
    def readable(self) -> Mapping[str, int]:
        """How many documents can be read in each language."""
        translated = {passage.document for passage in self.passages.values() if passage.translation}
        return readable(
            Counter(document.language for document in self.documents.values()),
            Counter(self.documents[name].language for name in translated),
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The English words of the articles."""
        texts = (text for passage in self.passages.values() for text in (passage.text, passage.translation or ""))
        return frozenset(word for text in texts for word in english_words(text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of those that are no names."""
        names = {part for entity in self._names.entities.values() for part in parts_of_names(entity)}
        return frozenset(stem(word) for word in self.words - names)

    def sounding(self, sound: str, /) -> Sequence[str]:
        return self._sounds.get(sound, ())

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for sound, name in sorted({pair for passage in self.passages.values() for pair in names_of(passage.text)}):
            found[sound].append(name)
        return dict(found)

    @cached_property
    def speller(self) -> Speller:
        """Finds the known name that a misspelt one was meant for."""
        # sorted, since the first of words that are equally near is meant, and a set has no order
        return Speller(owners(self._names), [*sorted(self.words), *self._glossary.words])

    def kept(self, passage: str, /) -> list[list[str]] | None:
        return self._kept_sentences.get(passage)

    def kept_of_name(self, term: str, /) -> list[str] | None:
        return self._kept_names.get(term)

    def near(self, passage: str, before: int, after: int, /) -> list[str]:
        at = self.order[passage][1]
        document = self.passages[passage].document
        around = self._ids[max(0, at - before) : at + after + 1]
        return [name for name in around if self.passages[name].document == document]

    def matching(
        self,
        *,
        metrics: Collection[str] | None = None,
        entity: str | None = None,
        within: str | None = None,
        unit: str | None = None,
        amount: Decimal | None = None,
    ) -> list[Fact]:
        members = None if within is None else self._names.parts(within)
        return [
            fact
            for fact in (self.facts if entity is None else self.by_entity[entity])
            if (metrics is None or fact.metric in metrics)
            and (members is None or fact.entity in members)
            and (unit is None or fact.unit == unit)
            and (amount is None or amount in (fact.value, fact.low, fact.high))
        ]

    def about(self, entities: Collection[str], metrics: Collection[str], /) -> list[Fact]:
        found = [fact for metric in metrics for fact in self.by_metric[metric]]
        for entity in entities:
            for name in (entity, *self._names.parts(entity)):
                found += self.by_entity[name]
        return found

    def units_of(self, metric: str, /) -> Collection[str]:
        return {fact.unit for fact in self.by_metric[metric]}

    def kinds_of(self, metric: str, /) -> Collection[str]:
        owners_ = {name for fact in self.by_metric[metric] for name in (fact.entity, *fact.related)}
        return {self._names.entities[name].kind for name in owners_}

    def subjects(self, metric: str, as_of: str | None = None, /) -> set[str]:
        return {fact.entity for fact in self.by_metric[metric] if as_of is None or fact.as_of == as_of}

    def having(self, metrics: Collection[str], groups: set[str], /) -> list[str]:
        members = self._names.members(groups) if groups else None
        owners_ = {fact.entity for fact in self.facts if not metrics or fact.metric in metrics}
        return [name for name in self._names.entities if name in owners_ and (members is None or name in members)]


def english_words(text: str) -> set[str]:
    """The English words of a text, whole and in lower case; one with hyphens also in its parts."""
    return {part for word in LATIN.findall(text) for part in _words_in(word)}


@lru_cache(KEPT)
def _words_in(word: str) -> tuple[str, ...]:
    lower = word.lower()
    return tuple(part for part in {lower, *lower.split("-")} if part.replace("-", "").isalpha())


def parts_of_names(entity: Entity) -> set[str]:
    """The words of an entity's names, in lower case."""
    return {part.lower() for name in spellings(entity) for part in name.split()}


def owners(names: Names) -> dict[str, str]:
    """Every spelling, and every word of an entity's, → whose it is."""
    found: dict[str, str] = {}
    for item in names.all():
        for name in spellings(item):
            found.setdefault(name.removeprefix("?"), item.id)
    for entity in names.entities.values():
        for name in spellings(entity):
            for part in name.removeprefix("?").split():
                found.setdefault(part, part)
    return found
