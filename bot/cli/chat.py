"""`gakju chat`: a conversation in the terminal, or over the lines of a pipe."""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.answer.reading import EARLIER
from bot.cli.ask import show
from bot.cli.opening import asking, open_base
from bot.knowledge.base import Base
from bot.settings import settings

LEAVING = {"quit", "exit", "bye", "종료", "나가기", "끝", "/quit", "/exit"}
GREETING = "질문을 입력하세요. 나가려면 Ctrl-D.  Ask a question; Ctrl-D leaves."


def chat(kb: Path | None, doc: str | None = None) -> None:
    """Answer each line until there are no more."""
    base = open_base(kb, doc)
    ask = asking(base)
    asked: list[str] = []
    for question in _terminal(base) if sys.stdin.isatty() else (line.rstrip("\n") for line in sys.stdin):
        if not question.strip():
            continue
        if question.strip().casefold() in LEAVING:
            return
        found = ask(question, tuple(asked[-EARLIER:]))
        show(found)
        print()
        if found.kind != "help":  # a greeting or an "ok" is nothing to lean on
            asked.append(question)


def _terminal(base: Base) -> Iterator[str]:
    """Lines typed at a prompt, with history and completion of known names."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    names = sorted({name for item in base.names.entities.values() for name in (item.name_ko, item.name_en)})
    folder = settings().state_dir
    history: History = InMemoryHistory()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        history = FileHistory(str(folder / "history"))
    session: PromptSession[str] = PromptSession(
        history=history,
        completer=WordCompleter(names, ignore_case=True, match_middle=False),
        complete_while_typing=False,
    )
    print(GREETING)
    while True:
        try:
            yield session.prompt("? ")
        except KeyboardInterrupt:  # clears the line, as in a shell
            continue
        except EOFError:
            return
