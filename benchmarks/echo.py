"""The least bot that the same library makes: it sends back what it gets. Started by benchmarks/telegram.py."""

import logging
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Reply to a message with its text."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Run until SIGTERM, against the server and with the token that the arguments name."""
    logging.basicConfig(level="WARNING")
    url, token, concurrent = sys.argv[1:]
    builder = Application.builder().token(token).base_url(f"{url}/bot").concurrent_updates(int(concurrent))
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling()


main()
