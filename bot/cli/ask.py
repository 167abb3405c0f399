"""`gakju ask`: one answer, or a line of JSON for each line of a batch."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from bot import library
from bot.cli.opening import Ask, asking, language, open_base
from bot.errors import GakjuError
from bot.render.text import to_rich, to_text
from bot.schema import Answer, BatchLine


def ask(question: str | None, as_json: bool, batch: bool, lang: str | None, doc: str | None, kb: Path | None) -> None:
    """Answer `question`, or every line of the batch that it names."""
    spoken = language(lang)
    if batch:
        path = None if question in (None, "-") else Path(str(question))
        lines = library.read_text(path).splitlines() if path else sys.stdin
        answer_lines(lines, str(path or "stdin"), asking(open_base(kb, doc), spoken))
        return
    if question is None:
        raise GakjuError('there is no question; write it in quotes: gakju ask "…"')
    found = asking(open_base(kb, doc), spoken)(question, ())
    if as_json:
        print(found.model_dump_json())
    else:
        show(found)


def show(answer: Answer) -> None:
    """Print an answer: coloured on a terminal, plain in a pipe."""
    if sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False).print(to_rich(answer))
    else:
        print(to_text(answer))


def answer_lines(lines: Iterable[str], source: str, ask: Ask) -> None:
    """Answer each JSON line with a JSON line.

    Raises:
        GakjuError: at the end, if a line could not be read; all others are answered.
    """
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = BatchLine.model_validate(json.loads(line))
        except (ValueError, RecursionError):
            wrong.append(
                f'{source}:{number}: this is no {{"id", "question", "context"}}; '
                "write one JSON object a line, the question as a text and the context as a list of texts"
            )
            continue
        found = ask(asked.question, tuple(asked.context or ()))
        print(json.dumps({"id": asked.id, **found.model_dump()}, ensure_ascii=False), flush=True)
    if wrong:
        more = f" ({len(wrong)} such lines)" if len(wrong) > 1 else ""
        raise GakjuError(wrong[0] + more)
