"""`gakju telegram`: the bot."""

import os
from pathlib import Path

from bot import library
from bot.cli.opening import Ask, asking, open_base
from bot.errors import GakjuError
from bot.knowledge.base import Base
from bot.settings import settings
from bot.telegram_bot.access import check_closed
from bot.telegram_bot.answering import Source, processes_beside
from bot.telegram_bot.run import Served, run
from bot.telegram_bot.web import webhook_of


def telegram(kb: Path | None, webhook: bool) -> None:
    """Answer in Telegram until the process is told to stop."""
    chosen = settings()
    if chosen.token is None:
        raise GakjuError("TELEGRAM_BOT_TOKEN is not set; it takes the token that @BotFather gives")
    root = kb or chosen.kb
    ships = root is None or root.resolve() == library.default_root().resolve()
    allowed = check_closed(chosen, ships)
    hook = webhook_of(chosen) if webhook else None

    def renewed(base: Base) -> Base:
        return library.refresh(base, root, chosen.engine)

    processes = processes_beside(os.cpu_count())
    source = Source(root or library.default_root(), chosen.engine, processes) if processes else None
    run(chosen, Served(open_base(root), _asking, renewed, allowed, hook, source))


def _asking(base: Base) -> Ask:
    """`asking`, with what is made at the first question made before anybody waits."""
    ask = asking(base)
    for question in ask("help", ()).suggestions:
        ask(question, ())
    return ask
