"""What an answer costs: little enough that many can ask at once."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from telegram_running import running
from telegram_server import Server

from bot.knowledge.base import Base

QUIET_SECONDS = 0.3


def test_an_answer_takes_four_transactions(base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The update is written down; the questions before are looked up; what is sent is planned; it is settled."""
    with Server() as server, running(server, base, tmp_path) as bot:
        run = bot.store.run
        works: list[object] = []
        statements: list[str] = []

        async def counted(work: Callable[..., Any]) -> Any:
            works.append(work)
            return await run(work)

        def quiet() -> None:
            before = -1
            while before < len(works):
                before = len(works)
                time.sleep(QUIET_SECONDS)

        monkeypatch.setattr(bot.store, "run", counted)
        event.listen(bot.store._engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        person = server.person()
        server.reply(person.writes("솔빛제과 2024년 손님 몇 명?"))
        quiet()
        works.clear()
        statements.clear()
        server.reply(person.writes("2023년은?"))
        quiet()
        assert len(works) == 4
        assert len(statements) == 9, statements
