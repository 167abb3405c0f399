"""The least bot that the same library makes: it sends back what it gets. Started by benchmarks/chats.py."""

import logging
import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Reply to a message with its text."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Run until SIGTERM."""
    logging.basicConfig(level="WARNING")
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    app = builder.base_url(f"{os.environ['TELEGRAM_API_URL']}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling()


main()
