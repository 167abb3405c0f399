"""The terms of many passages, worked out by as many processes as there are cores.

The processes are the program itself, run as `python -m bot.shelf.analysing`, which talks JSON over its standard streams:
a pool of multiprocessing's would start the caller's own main module again.
"""

import gc
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from bot.errors import GakjuError
from bot.files import PACKAGES
from bot.knowledge.base import above_terms, index_terms, terms_of_passage
from bot.knowledge.names import Names
from bot.language.glossary import Glossary
from bot.shelf.names import glossary_of, names, plain_glossary
from bot.shelf.records import ALONE
from bot.shelf.tables import open_to_read

PASSAGES = 64  # that a process is given at a time
FEW = 400  # passages that are not worth a process
MOST_PROCESSES = 8


class Task(NamedTuple):
    """A passage to be analysed."""

    number: int
    text: str
    translation: str | None
    above: tuple[str, str] | None  # the title and the heading that it stands under; None for a heading
    figures: list[tuple[str, str]]  # quotes that facts were read from, each with its entity


Done = tuple[int, str]  # a passage's number, and its terms as they are kept


class Analyser:
    """Works out terms, those of a title or a heading once for all that stands under it."""

    def __init__(self, known: Names, glossary: Glossary) -> None:
        """Find these names and these concepts."""
        self._known, self._glossary = known, glossary
        self._of_heading = lru_cache(maxsize=1000)(self._terms_of_heading)

    def _terms_of_heading(self, text: str) -> tuple[str, ...]:
        return tuple(index_terms(text, self._known, self._glossary))

    def analysed(self, task: Task) -> Done:
        """The terms of a passage: a line for each sentence, then those that are of none."""
        of_sentences, alone = terms_of_passage(task.text, task.translation, task.figures, self._known, self._glossary)
        if task.above:
            alone += above_terms(*task.above, self._of_heading)
        lines = "\n".join(" ".join(found) for found in of_sentences)
        return task.number, f"{lines}{ALONE}{' '.join(alone)}"


def analyse_all(tasks: Iterable[Task], count: int, shelf: Path, known: Names, glossary: Glossary) -> Iterator[Done]:
    """The terms of passages, in their order.

    Args:
        tasks: the passages.
        count: how many they are.
        shelf: the file of the tables, which has all names.
        known: the same names, for passages that are few.
        glossary: which may have more words than the shelf.

    Raises:
        GakjuError: a process ended before its time.
    """
    processes = min(os.cpu_count() or 1, MOST_PROCESSES, count // FEW)
    if processes < 2:
        yield from map(Analyser(known, glossary).analysed, tasks)
        return
    with ThreadPoolExecutor(processes) as threads:
        workers = _Workers(processes, shelf, glossary)
        try:
            yield from _in_order(iter(tasks), threads, workers, 3 * processes)
        finally:
            workers.stop()


def _in_order(tasks: Iterator[Task], threads: ThreadPoolExecutor, workers: "_Workers", ahead: int) -> Iterator[Done]:
    """Keep some batches under way, no more than `ahead`, and give back their results in order."""
    waiting: deque[Future[list[Done]]] = deque()
    while True:
        while len(waiting) < ahead and (batch := list(islice(tasks, PASSAGES))):
            waiting.append(threads.submit(workers.analyse, batch))
        if not waiting:
            return
        yield from waiting.popleft().result()


class _Workers:
    """Processes, each of which works for one thread at a time."""

    def __init__(self, count: int, shelf: Path, glossary: Glossary) -> None:
        command = [sys.executable, "-m", "bot.shelf.analysing", str(shelf)]
        environment = {**os.environ, "PYTHONPATH": str(PACKAGES)}
        self._all = [
            subprocess.Popen(  # noqa: S603  # ourselves
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment
            )
            for _ in range(count)
        ]
        self._free = list(self._all)
        self._lock = Lock()
        self._glossary = json.dumps(plain_glossary(glossary))
        self._begun: set[int] = set()

    def analyse(self, batch: list[Task]) -> list[Done]:
        with self._lock:
            worker = self._free.pop()
        try:
            assert worker.stdin and worker.stdout
            if worker.pid not in self._begun:
                self._begun.add(worker.pid)
                worker.stdin.write(f"{self._glossary}\n")
            worker.stdin.write(f"{json.dumps(batch)}\n")
            worker.stdin.flush()
            line = worker.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            with self._lock:
                self._free.append(worker)
        if not line:
            raise GakjuError("a process that read passages ended before its time; there may be too little memory")
        return [(number, terms) for number, terms in json.loads(line)]

    def stop(self) -> None:
        for worker in self._all:
            worker.kill()
            for stream in (worker.stdin, worker.stdout):
                if stream:
                    try:
                        stream.close()
                    except BrokenPipeError:
                        continue
            worker.wait()


def main() -> None:
    """Read a glossary and then batches of passages, a line each; answer each batch by a line of its terms."""
    glossary = glossary_of(json.loads(sys.stdin.readline()))
    analyser = Analyser(names(open_to_read(Path(sys.argv[1])), glossary, held=True), glossary)
    gc.disable()  # what is made of a passage has no cycles, and to look for them takes a tenth of the time
    for line in sys.stdin:
        batch = [Task(*task) for task in json.loads(line)]
        sys.stdout.write(f"{json.dumps([analyser.analysed(task) for task in batch])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    main()
