"""A load of questions in many chats, through a Bot API server on this machine, beside an echo bot on the same library."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.process import gakju
from benchmarks.questions import load

ROOT = Path(__file__).parent.parent
QUESTIONS, CHATS = 500, 100
DIFFERENT = 50  # questions, of a load in which people ask alike
ROUNDS = 3  # the best of which counts: the server and the bot share the machine with whatever else runs on it


@dataclass(frozen=True)
class Chats:
    """Milliseconds an answer: all questions over the time from the first of them to the last answer."""

    alike: float  # few different questions
    fresh: float  # none asked before
    echo: float


@contextmanager
def _server() -> Iterator[dict[str, str]]:
    """A Bot API server in a process of its own."""
    command = [sys.executable, "-m", "tests.telegram_server"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        yield json.loads(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


@contextmanager
def _bot(command: list[str], server: dict[str, str], folder: str) -> Iterator[None]:
    own = {
        "TELEGRAM_BOT_TOKEN": server["token"],
        "TELEGRAM_API_URL": server["url"],
        "GAKJU_STATE_DIR": folder,
        "GAKJU_LOG_LEVEL": "WARNING",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith(("GAKJU_", "TELEGRAM_"))}
    bot = subprocess.Popen(command, cwd=folder, env={**others, **own})
    try:
        yield
    finally:
        bot.terminate()
        bot.wait(20)


def _asked(server: dict[str, str], texts: list[str]) -> float:
    """Milliseconds an answer."""
    body = json.dumps({"chats": CHATS, "texts": texts}).encode()
    request = urllib.request.Request(f"{server['url']}/control/load", body, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=300) as response:  # noqa: S310
        found: dict[str, Any] = json.load(response)
    if found["answered"] < len(texts) or found["violations"]:
        raise SystemExit(f"{found['answered']} of {len(texts)} questions were answered; {found['violations'][:1]}")
    return float(1000 * found["seconds"] / found["answered"])


def _measured(command: list[str], *loads: list[str]) -> list[float]:
    """Milliseconds an answer in each of the loads, by a bot that has answered other questions before."""
    with _server() as server, tempfile.TemporaryDirectory() as folder, _bot(command, server, folder):
        _asked(server, [question.text for question in load("holdout")])
        return [_asked(server, texts) for texts in loads]


def measure(rounds: int = ROUNDS) -> Chats:
    """Measure both bots in turn."""
    fresh = [question.text for name in ("ko", "en", "third") for question in load(name)][:QUESTIONS]
    alike = list(islice(cycle(question.text for question in load("fourth")[:DIFFERENT]), QUESTIONS))
    ours: list[list[float]] = []
    echo: list[float] = []
    for _ in range(rounds):
        ours.append(_measured([gakju(), "telegram"], fresh, alike))
        # One update after another, as the library does by itself; at the same time, it answers fewer a second.
        echo += _measured([sys.executable, str(Path(__file__).with_name("echo.py"))], alike)
    return Chats(min(second for _, second in ours), min(first for first, _ in ours), min(echo))
