"""Gakju and its peers on the same questions: is the right passage first, and how long does that take?

The peers are retrievers as they come, over the article's original lines. None of their settings is changed but the
number of passages, which is the three that are looked at (LlamaIndex's own is two). A follow-up is put to them with the
questions before it, which serves them better than the follow-up alone.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

from benchmarks.questions import Question, answerable, load
from bot import library
from bot.answer import answer
from bot.knowledge.base import Base
from bot.schema import Language, Passage

TOP = 3

# Question → numbers of passages, best first: the article's lines counted from 0.
Search = Callable[[Question], list[int]]


@dataclass(frozen=True)
class Score:
    """Shares of the questions from 0 to 1, and the median of milliseconds a question."""

    first: float
    in_three: float
    milliseconds: float


@dataclass(frozen=True)
class Contestant:
    """One column of the table: made of a Base, whose passages a peer indexes."""

    name: str
    package: str
    make: Callable[[Base], Search]

    @property
    def version(self) -> str:
        """Of the package that was measured."""
        return f"{self.package} {version(self.package)}"


def gakju(base: Base) -> Search:
    """The passages that an answer cites, in its order; none where it refuses."""
    places = {name: number for number, name in enumerate(base.passages)}

    def search(question: Question) -> list[int]:
        cited = answer(question.text, base, question.context).citations
        return [places[f"{citation.document}#{citation.passage}"] for citation in cited[:TOP]]

    return search


def langchain(base: Base) -> Search:
    """LangChain's BM25Retriever: rank_bm25's Okapi over words as spaces split them."""
    from langchain_community.retrievers import BM25Retriever

    texts = _texts(base)
    retriever = BM25Retriever.from_texts(texts, [{"number": number} for number in range(len(texts))], k=TOP)
    return lambda question: [found.metadata["number"] for found in retriever.invoke(_query(question))]


def llama_index(base: Base) -> Search:
    """LlamaIndex's BM25Retriever: bm25s with English stems and stop words."""
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    nodes = [TextNode(text=text, id_=str(number)) for number, text in enumerate(_texts(base))]
    retriever = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=TOP)
    return lambda question: [int(found.node.node_id) for found in retriever.retrieve(_query(question))]


def haystack(base: Base) -> Search:
    """Haystack's InMemoryBM25Retriever: BM25L over words in lower case."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read at import; it would report to its makers
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(id=str(number), content=text) for number, text in enumerate(_texts(base))])
    retriever = InMemoryBM25Retriever(store, top_k=TOP)
    return lambda question: [int(found.id) for found in retriever.run(query=_query(question))["documents"]]


def bm25s(base: Base) -> Search:
    """bm25s with its own tokenizer."""
    import bm25s as library

    retriever = library.BM25()
    retriever.index(library.tokenize(_texts(base), show_progress=False), show_progress=False)

    def search(question: Question) -> list[int]:
        tokens = library.tokenize(_query(question), show_progress=False)
        return [int(number) for number in retriever.retrieve(tokens, k=TOP, show_progress=False).documents[0]]

    return search


GAKJU = Contestant("Gakju", "gakju", gakju)
PEERS = (
    Contestant("LangChain", "langchain-community", langchain),
    Contestant("LlamaIndex", "llama-index-retrievers-bm25", llama_index),
    Contestant("Haystack", "haystack-ai", haystack),
    Contestant("bm25s", "bm25s", bm25s),
)


def measure() -> dict[tuple[str, Language], Score]:
    """Scores by name and language, of Gakju and of every peer."""
    base = library.build(library.read_content(library.default_root()))
    passages = list(base.passages.values())
    scores: dict[tuple[str, Language], Score] = {}
    for contestant in (GAKJU, *PEERS):
        search = contestant.make(base)
        for question in load("holdout"):  # other questions than those timed, to warm up
            search(question)
        scores[contestant.name, "ko"] = score(search, answerable("ko"), passages)
        scores[contestant.name, "en"] = score(search, answerable("en"), passages)
    return scores


def score(search: Search, questions: list[Question], passages: list[Passage]) -> Score:
    """Ask every question once."""
    milliseconds: list[float] = []
    ranked: list[list[bool]] = []
    for question in questions:
        start = time.perf_counter()
        numbers = search(question)
        milliseconds.append((time.perf_counter() - start) * 1000)
        ranked.append([question.answered_by(passages[number]) for number in numbers])
    first = sum(right[:1] == [True] for right in ranked)
    in_three = sum(any(right[:TOP]) for right in ranked)
    return Score(first / len(questions), in_three / len(questions), median(milliseconds))


def _texts(base: Base) -> list[str]:
    return [passage.text for passage in base.passages.values()]


def _query(question: Question) -> str:
    return " ".join((*question.context, question.text))
