"""Ranking in memory with rank_bm25: the engine of the shipped article and of small knowledge bases."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rank_bm25 import BM25Plus

from bot.schema import Hit
from bot.search.ranking import K1, UNSEEN, B


class BM25:
    """Ranks texts by BM25 with an idf that is never negative."""

    def __init__(self, texts: Iterable[tuple[str, list[str]]]) -> None:
        """Index `texts`: an id and its terms each."""
        self._ids: list[str] = []
        indexed: list[list[str]] = []
        for name, terms in texts:
            self._ids.append(name)
            indexed.append(terms)
        # BM25Plus gives delta to texts without the term too, which shifts all scores alike; with delta 0 what is
        # left of it is Okapi's formula with an idf of log((N + 1) / n): Okapi's own is negative for common words.
        self._model = BM25Plus(indexed, k1=K1, b=B, delta=0) if indexed else None
        self._terms: list[dict[str, int]] = (
            self._model.doc_freqs if self._model else []
        )  # each with how often it is there
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, known in enumerate(self._terms):
            for term in known:
                self._postings[term].append(number)
        self._idf: dict[str, float] = {}  # of terms that were asked for: to work out all takes longer than to answer
        self._unseen = self._idf_of(UNSEEN)
        self._scored: dict[str, list[tuple[int, float]]] = {}

    def idf(self, term: str) -> float:
        """How much a term says: log((N + 1) / n), and more than any known term's for one that no text has."""
        if term not in self._postings:
            return self._unseen
        if term not in self._idf:
            self._idf[term] = self._idf_of(len(self._postings[term]))
        return self._idf[term]

    def _idf_of(self, texts: float) -> float:
        return math.log((len(self._ids) + 1) / texts)

    def _scores(self, term: str) -> list[tuple[int, float]]:
        """The texts of a term's posting, and what it scores in each: always the same, so it is worked out once."""
        if term not in self._scored:
            assert self._model is not None  # a term that is known is of some text
            # a tuple, since a bare str is read as letters
            posting = self._postings[term]
            scores = map(float, self._model.get_batch_scores((term,), posting))
            self._scored[term] = list(zip(posting, scores, strict=True))
        return self._scored[term]

    def search(self, query: Mapping[str, float], k: int) -> list[Hit]:
        """Rank the texts that share a term with `query`.

        Args:
            query: terms, from the functions that made the texts', each with its weight.
            k: the most hits to return, at least 1.

        Returns:
            0 to `k` hits, best first; ties in order of the texts, so runs are repeatable.

        Raises:
            ValueError: `k` is below 1.

        Source: Trotman, Puurula and Burgess (2014), "Improvements to BM25 and Language Models Examined",
            which rank_bm25 follows.
        """
        if k < 1:
            raise ValueError(f"k is {k}; ask for 1 hit or more")
        known = {term: weight for term, weight in query.items() if term in self._postings and weight > 0}
        # Only texts with a term of the query are scored: get_top_n pads its list with texts that match nothing.
        scores: dict[int, float] = defaultdict(float)
        for term, weight in known.items():
            for number, score in self._scores(term):
                scores[number] += weight * score
        best = sorted((-score, number) for number, score in scores.items())[:k]
        wanted = set(known)
        return [
            Hit(passage=self._ids[number], score=-score, matched=frozenset(self._terms[number].keys() & wanted))
            for score, number in best
        ]
