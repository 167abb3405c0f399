"""A question that was changed → its answer, changed."""

import functools
import time

from telegram import Update

from bot.store import answers, messages
from bot.store.engine import Connection
from bot.telegram_bot import pages
from bot.telegram_bot.addressed import addressed, is_for_another, quoted
from bot.telegram_bot.desk import Desk, place_of
from bot.telegram_bot.lines import SILENCE
from bot.telegram_bot.outbox import Plan
from bot.telegram_bot.questions import answered, ask, before, kept

OLDEST_SECONDS = 2 * 86400.0  # an edit of an older message that we know nothing of is left alone


async def on_edit(update: Update, desk: Desk) -> Plan:
    """Change the answer of a question that was changed; answer a message that asks us only now."""
    message = update.edited_message
    if not message:
        return SILENCE
    chat, name = message.chat.id, message.message_id
    asked = await desk.store.run(lambda db: answers.of_message(db, chat, name))
    said = addressed(message, desk.me)
    if asked is None:
        # It may be that a picture is new and the text is not, or nothing is: such an edit asks nothing.
        if said is None or said.command not in (None, "ask") or time.time() - message.date.timestamp() > OLDEST_SECONDS:
            return SILENCE
        return await ask(message, said.text, desk) if said.text else SILENCE
    if said is not None and said.command not in (None, "ask"):
        return SILENCE
    text = said.text if said else message.text or message.caption or ""
    if said is None and (text.startswith("/") or is_for_another(message, desk.me)):
        return SILENCE  # it is now for another bot, or for nobody
    question = kept(text or quoted(message, desk.me))
    if not any(map(str.isalnum, question)) or question == asked.question:
        return SILENCE
    context, shown, as_sent = await desk.store.run(
        lambda db: (
            before(db, message),
            messages.pages(db, asked.id),
            messages.as_sent(db, asked.id, desk.since),
        )
    )
    await desk.answering.prepare(question, context)
    answer, changed = answered(message, question, context, desk, asked.id)
    if shown and as_sent:
        former = desk.ask(asked.question, asked.context)
        if pages.bodies(answer, changed, desk) == pages.bodies(former, asked, desk):
            return Plan(records=(functools.partial(answers.add, asked=changed),), kind=answer.kind)

    def record(db: Connection) -> None:
        answers.add(db, changed)
        answers.forget_votes(db, changed.id)
        for message in shown:
            messages.viewed(db, chat, message, None)
        for message in shown[len(pages.bodies(answer, changed, desk)) :]:
            messages.gone(db, chat, message)

    return Plan(pages.edited(answer, changed, desk, place_of(message), shown), (record,), answer.kind)
