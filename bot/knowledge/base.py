"""A knowledge base, in memory or on disk: never changed while we answer."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, Protocol

from bot.knowledge.corpus import SECTION, sentences
from bot.knowledge.facts import Topics
from bot.knowledge.names import Names
from bot.knowledge.records import Records
from bot.language.glossary import Glossary, apart
from bot.language.spelling import Speller
from bot.language.terms import Token, analyse, pairs, terms
from bot.language.units import units
from bot.schema import Answer, Fact, Hit, Passage, Query

FIRST = 200  # passages, over which sentences are averaged
FEW = 0.2  # of the articles: too few in Korean for a word that none has to be of something else
FOREIGN = 0.34  # of the articles, that can be read in a language: with fewer, it is translations that are searched for


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

    @cached_property
    def has_digits(self) -> bool:
        return any(map(str.isdigit, self.text))

    @property
    def in_both(self) -> str:
        """What it says, in the original and in translation."""
        return f"{self.text} {self.translation or ''}"

    @cached_property
    def things(self) -> int:
        """How many entities it names."""
        return sum(term.startswith("@") for term in self.terms)


def entity_term(entity: str) -> str:
    """The index term of an entity, shared by all of its spellings."""
    return f"@{entity}"


def above_term(term: str) -> str:
    """A term as the index has it of the titles and headings above a passage: it says less than one of its text."""
    return f"^{term}"


def below_term(term: str) -> str:
    """A term as a text itself has it, whether it is of the text or of what stands above."""
    return term.removeprefix("^")


def index_terms(text: str, names: Names, glossary: Glossary) -> list[str]:
    """The terms that a text is indexed by: its own, its concepts' and its entities'."""
    tokens = analyse(text)
    return _index_terms(text, tokens, glossary.concepts_apart(tokens), names)


def _index_terms(
    text: str, tokens: list[Token], concepts: tuple[list[set[str]], list[set[str]]], names: Names
) -> list[str]:
    whole, alone = concepts
    found = terms(text, tokens) + pairs(tokens)
    found += sorted(concept for of_token in whole for concept in of_token)
    found += sorted(apart(concept) for of_token in alone for concept in of_token)
    found += [entity_term(mention.id) for mention in names.find_entities(text, tokens)]
    return found


def sentence_terms(text: str, names: Names, glossary: Glossary) -> list[str]:
    """The terms of one sentence: also the metrics that it speaks of."""
    tokens = analyse(text)
    concepts = glossary.concepts_apart(tokens)
    metrics = names.find_metrics(text, tokens, concepts[0], figure_asked=True)
    return _index_terms(text, tokens, concepts, names) + [metric_term(mention.id) for mention, _, _ in metrics]


def metric_term(metric: str) -> str:
    """The index term of a metric, shared by all of the words that may ask for it."""
    return f"#{metric}"


def terms_of_sentence(
    text: str, translation: str | None, figures: Iterable[tuple[str, str]], names: Names, glossary: Glossary
) -> list[str]:
    """The terms of a sentence and of its translation; `figures` are the quotes in its passage, each with its entity."""
    found = sentence_terms(text, names, glossary)
    if translation:
        found += sentence_terms(translation, names, glossary)
    # what a figure of the sentence is about it speaks of, though it may call it "this sector"
    return found + [entity_term(entity) for quote, entity in figures if quote in text]


def aligned(text: str, translation: str | None) -> list[tuple[str, str | None]]:
    """The sentences of a passage, each with its translation where both have as many."""
    texts = sentences(text)
    translated: list[str] = sentences(translation) if translation else []
    if len(translated) != len(texts):
        return [(one, None) for one in texts]
    return list(zip(texts, translated, strict=True))


def terms_of_passage(
    text: str, translation: str | None, figures: Collection[tuple[str, str]], names: Names, glossary: Glossary
) -> tuple[list[list[str]], list[str]]:
    """The terms of each sentence of a passage, and those of a translation that goes with none of them."""
    pairs = aligned(text, translation)
    of_sentences = [terms_of_sentence(one, other, figures, names, glossary) for one, other in pairs]
    alone = index_terms(translation, names, glossary) if translation and pairs[0][1] is None else []
    return of_sentences, alone


def above_terms(title: str, section: str, terms_of: Callable[[str], Iterable[str]]) -> list[str]:
    """The terms that a passage is indexed by for what it stands under."""
    return [above_term(term) for term in sorted({*terms_of(title), *(terms_of(section) if section else ())})]


class Base:
    """Names, facts, passages and a retriever."""

    def __init__(self, records: Records, names: Names, glossary: Glossary, retriever: Retriever | None = None) -> None:
        """Put content together."""
        self.records = records
        self.names = names
        self.glossary = glossary
        self.retriever: Retriever = retriever or _Nothing()
        self.documents, self.passages, self.order = records.documents, records.passages, records.order
        self.facts, self.topic_terms = records.facts, records.topic_terms
        self.by_metric, self.by_entity, self.by_passage = records.by_metric, records.by_entity, records.by_passage
        self.near, self.matching, self.about, self.having = (
            records.near,
            records.matching,
            records.about,
            records.having,
        )
        self.units_of, self.subjects = records.units_of, records.subjects
        self.sentences: Callable[[str], tuple[Sentence, ...]] = lru_cache(records.remembered)(self._sentences)
        self.passage_terms: Callable[[str], frozenset[str]] = lru_cache(records.remembered)(self._passage_terms)
        self._name_terms: Callable[[str], frozenset[str]] = lru_cache(records.remembered)(self._terms_of_name)
        self._heading_terms: Callable[[str], tuple[str, ...]] = lru_cache(records.remembered)(self._terms_of_heading)
        self.topics_of: Callable[[str], frozenset[str]] = lru_cache(records.remembered)(self._topics_of)
        self._about: Callable[[str, str], frozenset[str]] = lru_cache(records.remembered)(self._terms_about)
        self._sentence_with: Callable[[str, str], Sentence] = lru_cache(records.remembered)(self._sentence_of)
        self.says: Callable[[str], bool] = lru_cache(records.remembered)(self._says)
        self.stamp = ""  # of the files that it was made of, where all of them were read
        self.readings: dict[str, Query] = {}  # how questions were read, and what was answered: many ask the same
        self.answers: dict[Query, Answer] = {}
        self.of_words: dict[Callable[..., Any], Callable[..., Any]] = {}  # see bot/knowledge/remembering.py

    @property
    def has_several(self) -> bool:
        """Whether there are several articles, many of which may share words with a question that they do not answer."""
        return len(self.documents) > 1

    def terms_of(self, passage: Passage) -> list[str]:
        """The index terms of a passage: of its text and of its translation."""
        made = self.sentences(passage.id)
        found = [term for sentence in made for term in sentence.terms_with_repeats]
        if passage.translation and made[0].translation is None:  # not aligned by sentences
            found += index_terms(passage.translation, self.names, self.glossary)
        return found + self._above(passage) + list(self.topic_terms.get(passage.id, ()))

    def _above(self, passage: Passage) -> list[str]:
        """The terms of the title and the heading that a passage stands under."""
        if passage.heading:
            return []
        return above_terms(self.documents[passage.document].title, passage.section, self._heading_terms)

    def terms_of_titles(self, passage_id: str) -> frozenset[str]:
        """The terms of the title and of all the headings that a passage stands under."""
        return frozenset(map(below_term, self._above(self.passages[passage_id])))

    def terms_above(self, passage_id: str) -> tuple[str, ...]:
        """The terms of the heading that a passage stands right under, and not of those above that one."""
        return self._heading_terms(self.passages[passage_id].section.rpartition(SECTION)[2])

    def _sentences(self, passage_id: str) -> tuple[Sentence, ...]:
        """The sentences of a passage, each with its translation where both have as many."""
        passage = self.passages[passage_id]
        pairs = aligned(passage.text, passage.translation)
        kept = self.records.kept(passage_id)
        if kept is None or len(kept) != len(pairs):
            figures = [(fact.quote, fact.entity) for fact in self.by_passage[passage_id]]
            kept = [terms_of_sentence(text, other, figures, self.names, self.glossary) for text, other in pairs]
        return tuple(
            Sentence(passage_id, number, text, other, tuple(found), frozenset(found))
            for number, ((text, other), found) in enumerate(zip(pairs, kept, strict=True))
        )

    def all_sentence_terms(self) -> dict[str, list[list[str]]]:
        """The terms of every sentence of every passage, to be kept and given to another Base of the same content."""
        return {
            name: [list(sentence.terms_with_repeats) for sentence in self.sentences(name)] for name in self.passages
        }

    def all_name_terms(self) -> dict[str, list[str]]:
        """The terms of the names of all that has facts, to be kept and given to another Base of the same content."""
        known = {term for fact in self.facts for term in (entity_term(fact.entity), metric_term(fact.metric))}
        return {term: sorted(self._name_terms(term)) for term in sorted(known)}

    def _passage_terms(self, passage_id: str) -> frozenset[str]:
        """All the terms of a passage's own words."""
        return frozenset[str]().union(*(sentence.terms for sentence in self.sentences(passage_id)))

    def _topics_of(self, passage_id: str) -> frozenset[str]:
        """The terms that an editor looks a passage up by, beside its words."""
        return frozenset(self.topic_terms.get(passage_id, ()))

    def _says(self, term: str) -> bool:
        """Whether an article has a term in its own words, and not only what it may be looked up by."""
        if self.retriever.idf(term) >= self.weight_unknown:
            return False
        if not self.topic_terms:
            return True
        hits = self.retriever.search({term: 1.0}, len(self.topic_terms) + 1)
        return any(term not in self.topics_of(hit.passage) or term in self.passage_terms(hit.passage) for hit in hits)

    def may_have(self, kinds: set[str], metric: str) -> bool:
        """Whether anything of one of these kinds of entity has a metric; anything may where no kind is known."""
        return not kinds or any(kind in kinds for kind in self.records.kinds_of(metric))

    def given_in(self, metric: str) -> set[str]:
        """The dimensions of the units that a metric's figures are given in: money, percent."""
        return {units()[unit].dimension for unit in self.units_of(metric)}

    def fact_terms(self, fact: Fact) -> frozenset[str]:
        """The terms of what a fact is about: of its entity's names and its metric's."""
        return self._about(fact.entity, fact.metric)

    def _terms_about(self, entity: str, metric: str) -> frozenset[str]:
        return self._name_terms(entity_term(entity)) | self.metric_terms(metric)

    def metric_terms(self, metric: str) -> frozenset[str]:
        """The terms of a metric's names."""
        return self._name_terms(metric_term(metric))

    def _terms_of_heading(self, text: str) -> tuple[str, ...]:
        return tuple(index_terms(text, self.names, self.glossary))

    def _terms_of_name(self, term: str) -> frozenset[str]:
        """The terms of the names of an entity or a metric, which is told by its index term."""
        kept = self.records.kept_of_name(term)
        return frozenset(terms_of_names(term, self.names, self.glossary) if kept is None else kept)

    def sentence_of(self, fact: Fact) -> Sentence:
        """The sentence that a fact's quote stands in."""
        return self._sentence_with(fact.passage, fact.quote)

    def _sentence_of(self, passage_id: str, quote: str) -> Sentence:
        made = self.sentences(passage_id)
        head = quote[:20]
        return next((sentence for sentence in made if quote in sentence.text or head in sentence.text), made[0])

    @cached_property
    def sentence_length(self) -> float:
        """The average number of terms of a sentence, over the first passages."""
        if self.records.sentence_length is not None:
            return self.records.sentence_length
        first = islice(self.passages, FIRST)
        lengths = [len(sentence.terms_with_repeats) for name in first for sentence in self.sentences(name)]
        return sum(lengths) / len(lengths) if lengths else 1.0

    @cached_property
    def is_korean(self) -> bool:
        """Whether articles are in Korean: then a Korean word that none of them has is of something else."""
        return self._readable("ko") >= FEW

    def is_foreign(self, language: str) -> bool:
        """Whether most articles cannot be read in a language."""
        return self._readable(language) < FOREIGN

    def _readable(self, language: str) -> float:
        """The share of the articles that can be read in a language."""
        return self.records.readable.get(language, 0) / len(self.documents) if self.documents else 0.0

    @property
    def year(self) -> int | None:
        """The year of the newest article, from which "last year" is counted."""
        return self.records.year

    @property
    def words(self) -> Container[str]:
        """The English words of the articles, whole and in lower case."""
        return self.records.words

    @property
    def stems(self) -> Container[str]:
        """The stems of those words that are no names: Brightfel is no form of Brightfell."""
        return self.records.stems

    @property
    def speller(self) -> Speller:
        """Finds the known name that a misspelt one was meant for."""
        return self.records.speller

    @cached_property
    def weight_unknown(self) -> float:
        """The idf of a term that no passage has."""
        return self.retriever.idf("")


def terms_of_topics(rows: Iterable[Topics], names: Names, glossary: Glossary) -> dict[str, list[str]]:
    """The terms that passages may be looked up by beside their words."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.passage, []).extend(index_terms(", ".join(row.words), names, glossary))
    return found


def terms_of_names(term: str, names: Names, glossary: Glossary) -> list[str]:
    """The terms of all names of an entity ("@id") or a metric ("#id"), and of an entity's kind."""
    if term.startswith("@"):
        entity = names.entities[term[1:]]
        spelled = (entity.name_ko, entity.name_en, *entity.aliases, entity.kind)
    else:
        metric = names.metrics[term[1:]]
        spelled = (metric.name_ko, metric.name_en)
    return [found for name in spelled for found in index_terms(name, names, glossary)]


class _Nothing:
    """The retriever of a base that has none yet."""

    def search(self, _query: Mapping[str, float], _k: int, /) -> list[Hit]:
        return []

    def idf(self, _term: str, /) -> float:
        return 0.0
