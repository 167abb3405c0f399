"""A command's knowledge base and the `ask` that it shares with every other edge."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot import library
from bot.answer import answer
from bot.errors import GakjuError
from bot.knowledge.base import Base
from bot.schema import LANGUAGES, Answer, Language
from bot.settings import settings

Ask = Callable[[str, tuple[str, ...]], Answer]
A_MOMENT = 500  # passages


def language(name: str | None) -> Language | None:
    """The language that an option names.

    Raises:
        GakjuError: it is neither ko nor en.
    """
    if name is not None and name not in LANGUAGES:
        raise GakjuError(f"--lang is {name!r}; it takes ko or en")
    return LANGUAGES.get(name or "")


def open_base(kb: Path | None, doc: str | None = None) -> Base:
    """The knowledge base of --kb, else of GAKJU_KB, else the one that ships; with --doc one document of it."""
    chosen = settings()
    if doc is not None:
        return library.load_document(doc, kb or chosen.kb)
    return library.load(kb or chosen.kb, chosen.engine, shown if sys.stderr.isatty() else None)


def shown(done: int, count: int) -> None:
    """Show on a terminal how far indexing is, where it takes more than a moment."""
    if count > A_MOMENT and (done % A_MOMENT == 0 or done == count):
        print(
            f"\rindexed {done:,} of {count:,} passages", end="\n" if done == count else "", file=sys.stderr, flush=True
        )


def asking(base: Base, spoken: Language | None = None) -> Ask:
    """A question and those before it → the answer, with the time that it took."""

    def ask(question: str, context: tuple[str, ...] = ()) -> Answer:
        started = time.perf_counter()
        found = answer(question, base, context, spoken)
        elapsed = round((time.perf_counter() - started) * 1000, 1)
        return found.model_copy(update={"elapsed_ms": elapsed})

    return ask
