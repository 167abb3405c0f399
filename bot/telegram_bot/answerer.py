"""A question → its answer and what else there is to say of it; and a process that does nothing else.

The one that talks to Telegram starts it, so that nobody waits there while somebody else's answer is made. It reads
questions from its standard input and answers on its standard output, each a line of JSON, in their order; it ends when
its input does, and so with whoever started it.
"""

import gc
import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot import library
from bot.answer import answer
from bot.answer.more import more
from bot.knowledge.base import Base
from bot.language.english import is_word
from bot.schema import Answer, Citation

STATED = ("figure", "calculation")  # kinds of answers to which there is rarely more to say
NOT_MADE = b"null\n"  # whoever asked meets the same error, and knows what to say of it

Context = tuple[str, ...]
Ask = Callable[[str, Context], Answer]


class Made(BaseModel):
    """All that a message which answers is made from."""

    model_config = ConfigDict(frozen=True)

    answer: Answer
    alone: Answer | None  # to a question that leans on those before it, as if there were none
    further: tuple[Citation, ...] | None  # what else the articles say; None where it is not told


def make(question: str, context: Context, ask: Ask, base: Base) -> Made:
    """Answer a question, and see what else there is to say."""
    found = ask(question, context)
    alone = ask(question, ()) if found.reading and context else None
    others = None if found.kind in STATED else further(found, question, context, base)
    return Made(answer=found, alone=alone, further=others)


def further(found: Answer, question: str, context: Context, base: Base) -> tuple[Citation, ...]:
    """What else the articles say of a question that got an answer."""
    skip = frozenset(f"{citation.document}#{citation.passage}" for citation in found.citations)
    return more(question, base, context, skip=skip) if skip else ()


def main(root: Path, engine: library.Engine) -> None:
    """Answer until there are no more questions; the first line tells of which state of the files."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)  # sent to a group, it is for the one who still waits for answers
    stamp = library.Content(root).stamp
    base = library.load(root, engine)

    def ask(question: str, context: Context) -> Answer:
        return answer(question, base, context)

    for question in ask("help", ()).suggestions:  # what is made at the first question is made before anybody waits
        make(question, (), ask, base)
    is_word("")  # so is the dictionary read, a fifth of a second
    gc.collect()
    gc.freeze()
    out = sys.stdout.buffer
    out.write(json.dumps(stamp if library.Content(root).stamp == stamp else None).encode() + b"\n")
    out.flush()
    for line in sys.stdin.buffer:
        question, context = json.loads(line)
        try:
            found = make(question, tuple(context), ask, base).model_dump_json().encode() + b"\n"
        except Exception:
            found = NOT_MADE
        out.write(found)
        out.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])  # type: ignore[arg-type]  # the name of an engine
