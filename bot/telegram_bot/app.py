"""Every handler, in the order in which it is asked, and what becomes of an update."""

import logging
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.store.engine import AwayError
from bot.telegram_bot import commands, edits, gate, guest, inline, lines, presses
from bot.telegram_bot.bot import Bot
from bot.telegram_bot.desk import App, Desk, gated, planned
from bot.telegram_bot.logs import told
from bot.telegram_bot.outbox import Plan

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """Add all handlers.

    The gate is asked first, and lets nobody past who is not allowed, asks too fast, or does not speak to us. Then one
    handler is asked: of a message those of commands before the one of questions.
    """
    new = filters.UpdateType.MESSAGE
    app.add_handler(TypeHandler(Update, gated(gate.gate, desk)), group=-1)
    for name, command in commands.COMMANDS.items():
        app.add_handler(CommandHandler(name, planned(command, desk), new))
    app.add_handler(MessageHandler(new, planned(commands.on_message, desk)))
    app.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, planned(edits.on_edit, desk)))
    app.add_handler(CallbackQueryHandler(planned(presses.on_press, desk)))
    app.add_handler(InlineQueryHandler(planned(inline.on_inline_query, desk)))
    app.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, planned(guest.on_guest_message, desk)))


def application(bot: Bot) -> App:
    """The library's application, of which only the handlers are used: updates come from our inbox."""
    return Application.builder().bot(bot).updater(None).job_queue(None).build()


async def think(item: dict[str, Any], again: bool, app: App, desk: Desk) -> Plan:
    """What to do about an update; a defect of ours is logged without a word of what was said.

    Raises:
        AwayError: the database is away.
    """
    name: int = item["update_id"]
    try:
        update = Update.de_json(item, app.bot)
    except Exception as error:  # whatever the library makes of what Telegram never sends
        log.error("update %d cannot be read (%s)", name, type(error).__name__)
        return Plan()
    if again:
        desk.again.add(name)
    try:
        await app.process_update(update)
        found = desk.plans.get(name, Plan())
    finally:
        desk.plans.pop(name, None)
        desk.again.discard(name)
    if isinstance(found, AwayError):
        raise found
    if isinstance(found, Exception):
        desk.metrics.failed("update")
        log.error("update %d: a defect of this program: %s", name, told(found))
        return lines.instead(update, "defect")
    return found
