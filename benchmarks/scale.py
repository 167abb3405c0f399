"""Speed and memory by size: a knowledge base of the generator's, and the same passages in the peers that can bear them.

Every measurement has processes of its own: one that indexes, and one that opens what was indexed and is asked.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil

from benchmarks import synthetic
from benchmarks.table import Row, megabytes, milliseconds, seconds
from bot import library
from bot.answer import answer

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
BEARABLE = {"langchain": 10_000, "bm25s": 100_000}  # passages: beyond, a question or the index takes too long
REACH = {100_000: (10.0, 50.0), MILLION: (30.0, 150.0)}  # milliseconds that an answer may take: p50, p99
ASKED = 300
TOP = 5


@dataclass(frozen=True)
class Scale:
    """Seconds, milliseconds and megabytes of one engine with one number of passages."""

    index: float
    open: float
    p50: float
    p99: float
    added: float
    memory: float


def measure(size: int, engine: str, source: list[Path]) -> Scale | None:
    """Measure an engine; None where the size is beyond it."""
    if size > BEARABLE.get(engine, size):
        return None
    steps = ("index", "ask") if engine == "gakju" else ("all",)
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        if engine == "gakju":
            synthetic.write(Path(folder), size, drawn=synthetic.sentences_of(source))
        for step in steps:
            command = [sys.executable, "-m", "benchmarks.scale", engine, step, str(size), folder, *map(str, source)]
            found |= json.loads(subprocess.check_output(command))
    return Scale(**found)


def rows(sizes: tuple[int, ...], source: list[Path]) -> list[Row]:
    """Six rows a size."""
    return [row for size in sizes for row in compared(size, source)]


def compared(size: int, source: list[Path]) -> list[Row]:
    """Gakju, then LangChain and bm25s in their columns."""
    ours = measure(size, "gakju", source)
    langchain, bm25s = (measure(size, name, source) for name in ("langchain", "bm25s"))
    assert ours

    def row(what: str, value: Callable[[Scale], float], shown: Callable[[float], str], reach: float | None) -> Row:
        theirs = [value(one) if one else None for one in (langchain, bm25s)]
        return Row(what, value(ours), shown, reach, (theirs[0], None, None, theirs[1]))

    p50, p99 = REACH.get(size, (None, None))
    return [
        row(f"{size:,} passages: a question, p50", lambda one: one.p50, milliseconds, p50),
        row("  p99", lambda one: one.p99, milliseconds, p99),
        row("  opened", lambda one: one.open, seconds, 0.5),
        row("  a document added and found", lambda one: one.added, seconds, 0.2),
        row("  indexed, a thousand passages", lambda one: one.index * 1000 / size, seconds, 0.5),
        row("  memory", lambda one: one.memory, megabytes, 600),
    ]


# ── in a process of its own ──────────────────────────────────────────────────────────────────────


def gakju_index(root: Path) -> dict[str, float]:
    """Make the shelf."""
    started = time.perf_counter()
    library.load(root, "disk")
    return {"index": time.perf_counter() - started}


def gakju_ask(root: Path, size: int) -> dict[str, float]:
    """Open the shelf, ask, and add a document."""
    started = time.perf_counter()
    base = library.load(root, "disk")
    opened = time.perf_counter() - started
    found = {"open": opened, **asked(lambda question: answer(question, base), size)}
    found["memory"] = psutil.Process().memory_info().rss / 10**6
    added = root / "corpus" / "zebra.md"
    added.write_text(
        "---\ntitle: Zebras\nlanguage: en\n---\n\nThe quagga grazed beside okapis in Zanzibar.\n", encoding="utf-8"
    )
    started = time.perf_counter()
    base = library.refresh(base, root, "disk")
    if "quagga" not in answer("where did the quagga graze?", base).text:
        raise SystemExit("what was added is not found")
    return found | {"added": time.perf_counter() - started}


def peer(name: str, size: int, source: list[Path]) -> dict[str, float]:
    """Index the same passages in memory, and ask."""
    drawn = synthetic.sentences_of(source)
    texts = [text for _, _, found in synthetic.articles(size, drawn=drawn) for text in found]
    before = psutil.Process().memory_info().rss
    started = time.perf_counter()
    ask = PEERS[name](texts)
    index = time.perf_counter() - started
    found = asked(ask, size)
    memory = (psutil.Process().memory_info().rss - before) / 10**6
    return {"index": index, "open": 0.0, "added": index, "memory": memory, **found}  # what is added is indexed anew


def asked(ask: Callable[[str], Any], size: int) -> dict[str, float]:
    """How long questions take, each asked once."""
    for question in synthetic.questions(20, seed=3):
        ask(question)
    times: list[float] = []
    for question in synthetic.questions(ASKED if size < MILLION else ASKED // 3):
        started = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(times, n=100, method="inclusive")
    return {"p50": cuts[49], "p99": cuts[98]}


def langchain(texts: list[str]) -> Callable[[str], Any]:
    """LangChain's BM25Retriever."""
    from langchain_community.retrievers import BM25Retriever

    return BM25Retriever.from_texts(texts, k=TOP).invoke


def bm25s(texts: list[str]) -> Callable[[str], Any]:
    """bm25s with its own tokenizer."""
    import bm25s as engine

    retriever = engine.BM25()
    retriever.index(engine.tokenize(texts, show_progress=False), show_progress=False)
    return lambda question: retriever.retrieve(
        engine.tokenize(question, show_progress=False), k=TOP, show_progress=False
    )


PEERS = {"langchain": langchain, "bm25s": bm25s}


def main() -> None:
    """Measure one step of one engine, and print it as JSON."""
    engine, step, size, folder, *source = sys.argv[1:]
    os.environ["XDG_CACHE_HOME"] = folder
    if engine != "gakju":
        found = peer(engine, int(size), [Path(path) for path in source])
    else:
        found = gakju_index(Path(folder)) if step == "index" else gakju_ask(Path(folder), int(size))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
