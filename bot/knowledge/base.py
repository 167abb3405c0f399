"""A knowledge base in memory: never changed while we answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

from bot.knowledge.corpus import sentences
from bot.knowledge.names import Names, spellings
from bot.language.glossary import Glossary
from bot.language.spelling import Speller
from bot.language.terms import LATIN, Token, analyse, stem, terms
from bot.language.units import units
from bot.schema import Document, Fact, Hit, Passage


class Retriever(Protocol):
    """Anything that ranks passages: rank_bm25 in memory, an index on disk, a fixed list in a test."""

    def search(self, query: Mapping[str, float], k: int, /) -> list[Hit]:
        """Return at most `k` hits for terms with their weights, best first."""
        ...

    def idf(self, term: str, /) -> float:
        """How much a term says; the most for one that no passage has."""
        ...


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage with its translation, and the terms that they are known by."""

    passage: str
    number: int
    text: str
    translation: str | None
    terms_with_repeats: tuple[str, ...]
    terms: frozenset[str]


def entity_term(entity: str) -> str:
    """The index term of an entity, shared by all of its spellings."""
    return f"@{entity}"


def above_term(term: str) -> str:
    """A term as the index has it of the titles and headings above a passage: it says less than one of its text."""
    return f"^{term}"


def index_terms(text: str, names: Names, glossary: Glossary) -> list[str]:
    """The terms that a text is indexed by: its own, its concepts' and its entities'."""
    tokens = analyse(text)
    return _index_terms(text, tokens, glossary.concepts(tokens), names)


def _index_terms(text: str, tokens: list[Token], concepts: list[set[str]], names: Names) -> list[str]:
    found = terms(text, tokens)
    found += [concept for of_token in concepts for concept in sorted(of_token)]
    found += [entity_term(mention.id) for mention in names.find_entities(text, tokens)]
    return found


def sentence_terms(text: str, names: Names, glossary: Glossary) -> list[str]:
    """The terms of one sentence: also the metrics that it speaks of."""
    tokens = analyse(text)
    concepts = glossary.concepts(tokens)
    metrics = names.find_metrics(text, tokens, concepts, figure_asked=True)
    return _index_terms(text, tokens, concepts, names) + [metric_term(mention.id) for mention, _, _ in metrics]


def metric_term(metric: str) -> str:
    """The index term of a metric, shared by all of the words that may ask for it."""
    return f"#{metric}"


class Base:
    """Names, facts, passages and a retriever."""

    def __init__(
        self,
        documents: Iterable[Document],
        passages: Iterable[Passage],
        facts: Iterable[Fact],
        names: Names,
        glossary: Glossary,
        topics: Iterable[tuple[str, str]] = (),
        kept_sentences: Mapping[str, list[list[str]]] = MappingProxyType({}),
        kept_topics: Mapping[str, list[str]] = MappingProxyType({}),
        kept_facts: Mapping[str, list[str]] = MappingProxyType({}),
    ) -> None:
        """Put content together; `topics` are what passages may be looked up by beside their words; what is kept is what the same content gave before, and is not made again."""
        self.documents = {document.id: document for document in documents}
        self.passages = {passage.id: passage for passage in passages}
        self.order = {name: number for number, name in enumerate(self.passages)}
        self.facts = tuple(facts)
        self.names = names
        self.glossary = glossary
        self.by_metric: dict[str, list[Fact]] = defaultdict(list)
        self.by_entity: dict[str, list[Fact]] = defaultdict(list)
        self.by_passage: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            self.by_metric[fact.metric].append(fact)
            self.by_passage[fact.passage].append(fact)
            for entity in {fact.entity, *fact.related}:
                self.by_entity[entity].append(fact)
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self._passage_terms: dict[str, frozenset[str]] = {}
        self._names_terms: dict[str, list[str]] = {"": []}
        self._topics: dict[str, frozenset[str]] = {}
        self._fact_terms = {name: frozenset(terms) for name, terms in kept_facts.items()}
        self._kept = kept_sentences
        self.topic_terms: dict[str, list[str]] = defaultdict(list)
        for passage, words in topics:
            self.topic_terms[passage] += kept_topics.get(passage) or index_terms(words, names, glossary)
        self.retriever: Retriever = _Nothing()

    def terms_of(self, passage: Passage) -> list[str]:
        """The index terms of a passage: of its text and of its translation."""
        found = [term for sentence in self.sentences(passage.id) for term in sentence.terms_with_repeats]
        if passage.translation and self.sentences(passage.id)[0].translation is None:  # not aligned by sentences
            found += index_terms(passage.translation, self.names, self.glossary)
        if not passage.heading:
            above = {
                *self._terms_of_name(self.documents[passage.document].title),
                *self._terms_of_name(passage.section),
            }
            found += [above_term(term) for term in sorted(above)]
        return found + self.topic_terms.get(passage.id, [])

    def _terms_of_name(self, name: str) -> list[str]:
        """The index terms of a title or a heading, which many passages stand under."""
        if name not in self._names_terms:
            self._names_terms[name] = index_terms(name, self.names, self.glossary)
        return self._names_terms[name]

    def sentences(self, passage_id: str) -> tuple[Sentence, ...]:
        """The sentences of a passage, each with its translation where both have as many."""
        if passage_id not in self._sentences:
            passage = self.passages[passage_id]
            texts = sentences(passage.text)
            translated: list[str] = sentences(passage.translation) if passage.translation else []
            aligned = len(translated) == len(texts)
            kept = self._kept_of(passage_id, len(texts))
            made: list[Sentence] = []
            for number, text in enumerate(texts):
                translation = translated[number] if aligned else None
                found = tuple(kept[number]) if kept else self._found(passage_id, text, translation)
                made.append(Sentence(passage_id, number, text, translation, found, frozenset(found)))
            self._sentences[passage_id] = tuple(made)
        return self._sentences[passage_id]

    def _kept_of(self, passage_id: str, count: int) -> list[list[str]] | None:
        """The terms kept of the sentences of a passage, if they are those of so many."""
        kept = self._kept.get(passage_id)
        return kept if kept and len(kept) == count else None

    def _found(self, passage_id: str, text: str, translation: str | None) -> tuple[str, ...]:
        found = sentence_terms(text, self.names, self.glossary)
        if translation:
            found += sentence_terms(translation, self.names, self.glossary)
        # what a figure of the sentence is about it speaks of, though it may call it "this sector"
        found += [entity_term(fact.entity) for fact in self.by_passage[passage_id] if fact.quote in text]
        return tuple(found)

    def all_sentence_terms(self) -> dict[str, list[list[str]]]:
        """The terms of every sentence of every passage, to be kept and given to another Base of the same content."""
        return {
            name: [list(sentence.terms_with_repeats) for sentence in self.sentences(name)] for name in self.passages
        }

    def all_fact_terms(self) -> dict[str, list[str]]:
        """The terms of what every fact is about, to be kept and given to another Base of the same content."""
        return {fact.id: sorted(self.fact_terms(fact)) for fact in self.facts}

    def passage_terms(self, passage_id: str) -> frozenset[str]:
        """All the terms of a passage's own words."""
        if passage_id not in self._passage_terms:
            own = frozenset[str]().union(*(sentence.terms for sentence in self.sentences(passage_id)))
            self._passage_terms[passage_id] = own
        return self._passage_terms[passage_id]

    def topics_of(self, passage_id: str) -> frozenset[str]:
        """The terms that an editor looks a passage up by, beside its words."""
        if passage_id not in self._topics:
            self._topics[passage_id] = frozenset(self.topic_terms.get(passage_id, ()))
        return self._topics[passage_id]

    def may_have(self, kinds: set[str], metric: str) -> bool:
        """Whether anything of one of these kinds of entity has a metric; anything may where no kind is known."""
        owners = {name for fact in self.by_metric[metric] for name in (fact.entity, *fact.related)}
        return not kinds or any(self.names.entities[name].kind in kinds for name in owners)

    def given_in(self, metric: str) -> set[str]:
        """The dimensions of the units that a metric's figures are given in: money, percent."""
        return {units()[fact.unit].dimension for fact in self.by_metric[metric]}

    def fact_terms(self, fact: Fact) -> frozenset[str]:
        """The terms of what a fact is about: of its entity's names and its metric's."""
        if fact.id not in self._fact_terms:
            entity, metric = self.names.entities[fact.entity], self.names.metrics[fact.metric]
            names = (entity.name_ko, entity.name_en, *entity.aliases, metric.name_ko, metric.name_en, entity.kind)
            found = [term for name in names for term in index_terms(name, self.names, self.glossary)]
            self._fact_terms[fact.id] = frozenset(found)
        return self._fact_terms[fact.id]

    def sentence_of(self, fact: Fact) -> Sentence:
        """The sentence that a fact's quote stands in."""
        made = self.sentences(fact.passage)
        head = fact.quote[:20]
        return next((sentence for sentence in made if fact.quote in sentence.text or head in sentence.text), made[0])

    @cached_property
    def sentence_length(self) -> float:
        """The average number of terms of a sentence, over the first passages."""
        lengths = [
            len(sentence.terms_with_repeats) for name in list(self.passages)[:200] for sentence in self.sentences(name)
        ]
        return sum(lengths) / len(lengths) if lengths else 1.0

    @cached_property
    def year(self) -> int | None:
        """The year of the newest article, from which "last year" is counted."""
        years = [int(document.date[:4]) for document in self.documents.values() if document.date]
        return max(years, default=None)

    @cached_property
    def words(self) -> frozenset[str]:
        """The English words of the articles, whole and in lower case."""
        texts = [text for passage in self.passages.values() for text in (passage.text, passage.translation or "")]
        found = [word.lower() for text in texts for word in LATIN.findall(text)]
        return frozenset(part for word in found for part in (word, *word.split("-")) if part.replace("-", "").isalpha())

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of those words that are no names: Brightfel is no form of Brightfell."""
        names = {
            part.lower() for item in self.names.entities.values() for name in spellings(item) for part in name.split()
        }
        return frozenset(stem(word) for word in self.words - names)

    @cached_property
    def speller(self) -> Speller:
        """Finds the known name that a misspelt one was meant for."""
        owners: dict[str, str] = {}
        for item in self.names.all():
            for name in spellings(item):
                owners.setdefault(name.removeprefix("?"), item.id)
        for entity in self.names.entities.values():
            for name in spellings(entity):
                for part in name.removeprefix("?").split():
                    owners.setdefault(part, part)
        return Speller(owners, [*self.words, *self.glossary.words])

    @cached_property
    def weight_unknown(self) -> float:
        """The idf of a term that no passage has."""
        return self.retriever.idf("")


class _Nothing:
    """The retriever of a base that has none yet."""

    def search(self, _query: Mapping[str, float], _k: int, /) -> list[Hit]:
        return []

    def idf(self, _term: str, /) -> float:
        return 0.0
