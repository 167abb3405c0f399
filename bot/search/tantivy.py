"""Ranking on disk with tantivy: the engine of large knowledge bases, opened at once and added to without a rebuild.

Tantivy finds the candidates, by its own constants of BM25 (k1 1.2, b 0.75, lengths rounded to a byte); the best of them
are then ranked by the formula and the constants of `bot.search.bm25`, from the terms that the caller keeps of each text.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import tantivy

from bot.schema import Hit
from bot.search.ranking import K1, UNSEEN, B

CANDIDATES = 40  # that tantivy finds, for each search: of its best so many are ours the best
MORE = 10  # than are asked for, where that is more
COUNTED = 64  # texts: a term of fewer is counted without those that were removed and not yet cleared away
HEAP_BYTES = 64_000_000  # what a writer may fill before it writes a segment
REMEMBERED = 100_000  # terms whose idf is kept
HIGHEST = 2**62  # number of a text
NUMBER, TERMS = "number", "terms"


class Text(NamedTuple):
    """What the caller keeps of a text."""

    id: str
    place: tuple[str, int]  # in the order of all texts
    terms: list[str]


Texts = Callable[[list[int]], Mapping[int, Text]]  # numbers → those texts of them that there are


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Not unsigned: the library takes every number that it is given for a signed one, and would delete nothing.
    builder.add_integer_field(NUMBER, indexed=True, fast=True)
    builder.add_text_field(TERMS, tokenizer_name="whitespace", index_option="freq")  # no term has a space in it
    return builder.build()


class Writer:
    """The one that may change an index; what it does is seen by others when it commits."""

    def __init__(self, folder: Path) -> None:
        """Open the index at `folder`; an empty folder becomes an empty index.

        Raises:
            ValueError: the folder holds something else, or another process writes to it.
        """
        self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
        # One thread: texts then stand in the order in which they were added, run for run.
        self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)

    def add(self, number: int, terms: Iterable[str]) -> None:
        """Add a text by a number that no other has."""
        self._writer.add_document(tantivy.Document(**{NUMBER: number, TERMS: " ".join(terms)}))

    def remove(self, numbers: Iterable[int]) -> None:
        """Remove texts; numbers that there are not are passed over."""
        for number in numbers:
            self._writer.delete_documents_by_term(NUMBER, number)

    def remove_from(self, number: int) -> None:
        """Remove every text whose number is `number` or higher."""
        query = tantivy.Query.range_query(_schema(), NUMBER, tantivy.FieldType.Integer, number, HIGHEST)
        self._writer.delete_documents_by_query(query)

    def commit(self) -> None:
        """Make all of it seen at once."""
        self._writer.commit()

    def close(self) -> None:
        """Let merging end, and let others write."""
        self._writer.wait_merging_threads()


class Tantivy:
    """Ranks texts by BM25 as `bot.search.bm25.BM25` does, from an index on disk as it is now."""

    def __init__(self, folder: Path, texts: Texts, average: float) -> None:
        """Open the index at `folder`.

        Args:
            folder: where a Writer has written.
            texts: gives the texts of some numbers.
            average: how many terms the texts have on average.

        Raises:
            ValueError: there is no index, or it cannot be read.
        """
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._texts, self._average = texts, average
        self.total: int = self._searcher.num_docs
        self._found: dict[str, int] = {}

    def _count(self, term: str) -> int:
        """How many texts have a term."""
        known = self._found.get(term)
        if known is None:
            known = self._searcher.doc_freq(TERMS, term)
            if 0 < known <= COUNTED:
                known = len(self._searcher.search(self._query(term), limit=COUNTED).hits)
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[term] = known = min(known, self.total)
        return known

    def _query(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, TERMS, term, index_option="freq")

    def idf(self, term: str) -> float:
        """How much a term says: log((N + 1) / n), and more than any known term's for one that no text has."""
        return math.log((self.total + 1) / (self._count(term) or UNSEEN))

    def search(self, query: Mapping[str, float], k: int) -> list[Hit]:
        """Rank the texts that share a term with `query`, as `BM25.search` does.

        Args:
            query: terms, from the functions that made the texts', each with its weight.
            k: the most hits to return, at least 1.

        Returns:
            0 to `k` hits, best first; ties in order of the texts, so runs are repeatable.

        Raises:
            ValueError: `k` is below 1.
        """
        if k < 1:
            raise ValueError(f"k is {k}; ask for 1 hit or more")
        known = {term: weight * self.idf(term) for term, weight in query.items() if weight > 0 and self._count(term)}
        if not known:
            return []
        numbers = self._candidates(known, max(CANDIDATES, k + MORE))
        ranked: list[tuple[float, tuple[str, int], Hit]] = []
        for text in self._texts(numbers).values():
            score, matched = self._score(text.terms, known)
            ranked.append((-score, text.place, Hit(passage=text.id, score=score, matched=matched)))
        return [hit for _, _, hit in sorted(ranked, key=lambda item: item[:2])[:k]]

    def _candidates(self, known: Mapping[str, float], most: int) -> list[int]:
        """The numbers of the texts that tantivy ranks highest."""
        terms: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for term, worth in known.items():
            count = self._searcher.doc_freq(TERMS, term)
            # Tantivy's idf counts texts that were removed too; boosted by what is ours over what is its own.
            own = math.log(1 + (max(self.total, count) - count + 0.5) / (count + 0.5))
            terms.append((tantivy.Occur.Should, tantivy.Query.boost_query(self._query(term), worth / own)))
        found = self._searcher.search(tantivy.Query.boolean_query(terms), limit=most, count=False).hits
        numbers = self._searcher.fast_field_values(NUMBER, [address for _, address in found])
        return [int(number) for number in numbers if number is not None]

    def _score(self, terms: list[str], known: Mapping[str, float]) -> tuple[float, frozenset[str]]:
        counts: dict[str, int] = {}
        for term in filter(known.__contains__, terms):
            counts[term] = counts.get(term, 0) + 1
        length = K1 * (1 - B + B * len(terms) / self._average)
        score = 0.0
        for term, worth in known.items():
            if count := counts.get(term):
                score += worth * (count * (K1 + 1) / (length + count))
        return score, frozenset(counts)
