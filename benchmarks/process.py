"""Whole processes, from start to exit, as somebody at a terminal waits for them."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

QUESTION = "딥시크 몸값 얼마야?"
ROUNDS = 15
BARE = Path(__file__).with_name("bare.py")


@dataclass(frozen=True)
class Processes:
    """Medians over the rounds, in seconds; the ratio is the median of the rounds' own ratios."""

    ask: float
    bare: float
    help: float
    ask_over_bare: float


def gakju() -> str:
    """The command of the environment that runs this."""
    command = shutil.which("gakju", path=str(Path(sys.executable).parent))
    if not command:
        raise SystemExit("gakju is not installed beside this Python; run: make bench")
    return command


def seconds(command: list[str], expected: str) -> float:
    """How long a command takes, in seconds of wall clock.

    Args:
        command: the program and its arguments.
        expected: a part of what it prints: a command that fails is quick, and is not to be timed.
    """
    # Settings of whoever runs this, and a .env in the current folder, would name another knowledge base.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GAKJU_", "TELEGRAM_"))}
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, cwd=folder, env=environment, check=False)
        taken = time.perf_counter() - start
    if done.returncode or expected not in done.stdout.decode():
        last = (done.stderr.decode().splitlines() or ["it printed something else"])[-1]
        raise SystemExit(f"{' '.join(command)}: exit status {done.returncode}: {last}")
    return taken


def measure(rounds: int = ROUNDS) -> Processes:
    """Time `gakju ask`, the imports that it needs and `gakju --help`, in turn so that a busy spell touches all."""
    commands = (
        ([gakju(), "ask", QUESTION], "[1]"),
        ([sys.executable, str(BARE)], ""),
        ([gakju(), "--help"], "ask"),
    )
    for command, expected in commands:  # once for the files' sake: byte code and the page cache
        seconds(command, expected)
    times = [[seconds(command, expected) for command, expected in commands] for _ in range(rounds)]
    ask, bare, help_ = (median(column) for column in zip(*times, strict=True))
    return Processes(ask, bare, help_, median(row[0] / row[1] for row in times))
