"""A question in a chat that we are not in: it is answered there, once."""

from telegram import Update

from bot.store.messages import Outgoing
from bot.telegram_bot.addressed import guest_question
from bot.telegram_bot.commands import HELP
from bot.telegram_bot.desk import Desk
from bot.telegram_bot.inline import article
from bot.telegram_bot.lines import SILENCE
from bot.telegram_bot.outbox import Plan
from bot.telegram_bot.questions import kept


async def on_guest_message(update: Update, desk: Desk) -> Plan:
    """Answer somebody who calls us into a chat."""
    message = update.guest_message
    if not message or not message.guest_query_id:
        return SILENCE
    question = kept(guest_question(message, desk.me)) or HELP[await desk.language_of(message.from_user)]
    await desk.answering.prepare(question, ())
    answer = desk.ask(question, ())
    params = {"guest_query_id": message.guest_query_id, "result": article(answer, desk)}
    return Plan((Outgoing("answerGuestQuery", params),), kind=answer.kind)
