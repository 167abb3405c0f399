"""Answers in a process that is warm: how long one takes, and what the process weighs."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import quantiles

import psutil

from benchmarks.questions import load
from bot import library
from bot.answer import answer

PROCESSES = 3


@dataclass(frozen=True)
class Warm:
    """Milliseconds an answer, and megabytes resident."""

    p50: float
    p99: float
    memory: float


def measure(processes: int = PROCESSES) -> Warm:
    """Answer every question once in each of some fresh processes; the memory is the largest of theirs."""
    # Processes of its own: the peers are not to be counted as our memory.
    command = [sys.executable, "-m", "benchmarks.warm"]
    runs = [json.loads(subprocess.check_output(command)) for _ in range(processes)]
    cuts = quantiles([taken for run in runs for taken in run["milliseconds"]], n=100, method="inclusive")
    return Warm(cuts[49], cuts[98], max(run["memory"] for run in runs))


def run() -> dict[str, object]:
    """Answer the held-out questions to warm up, then time all others: milliseconds each, and megabytes resident.

    No question is asked twice, so that nothing can be remembered of it.
    """
    base = library.build(library.read_content(library.default_root()))
    for question in load("holdout"):
        answer(question.text, base, question.context)
    milliseconds = []
    for question in [*load("ko"), *load("en")]:
        start = time.perf_counter()
        answer(question.text, base, question.context)
        milliseconds.append((time.perf_counter() - start) * 1000)
    return {"milliseconds": milliseconds, "memory": psutil.Process().memory_info().rss / 10**6}


if __name__ == "__main__":
    json.dump(run(), sys.stdout)
