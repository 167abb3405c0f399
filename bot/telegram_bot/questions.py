"""A message that asks something → its answer."""

import functools

from telegram import Message, Update

from bot.answer.reading import EARLIER, LONGEST, clean
from bot.schema import Answer
from bot.store import answers, messages
from bot.store.answers import Asked
from bot.store.engine import Connection
from bot.telegram_bot import pages
from bot.telegram_bot.addressed import Addressed, addressed, person_of, quoted
from bot.telegram_bot.desk import Desk, Place, place_of
from bot.telegram_bot.lines import SILENCE, line
from bot.telegram_bot.outbox import Plan


async def on_message(update: Update, desk: Desk) -> Plan:
    """Answer a message that is meant for us."""
    message = update.message
    said = message and addressed(message, desk.me)
    if not message or not said:
        return SILENCE
    if said.command is not None:
        return await unknown_command(message, said, desk)
    return await ask(message, said.text, desk)


async def unknown_command(message: Message, said: Addressed, desk: Desk) -> Plan:
    """Say that there is no such command; in a group only where it names us."""
    if message.chat.type != message.chat.PRIVATE and not said.by_name:
        return SILENCE
    return await told(message, "unknown_command", desk)


async def told(message: Message, key: str, desk: Desk) -> Plan:
    """A phrase instead of an answer."""
    return Plan((line(message, key, await desk.language_of(message.from_user)),))


async def ask(message: Message, text: str, desk: Desk) -> Plan:
    """Answer the text of a message, or where it has none that of the message it replies to."""
    question = kept(text or quoted(message, desk.me))
    if not question and not (message.text or message.caption):
        # A picture, a voice message, a sticker. In a group it may be a reply to us that asks nothing.
        private = message.chat.type == message.chat.PRIVATE
        wanted = private and message.effective_attachment and desk.speaks_to(message.media_group_id)
        return await told(message, "only_text", desk) if wanted else SILENCE
    if not any(map(str.isalnum, question)):
        return await told(message, "empty", desk)
    desk.speaks_to(message.media_group_id)  # of the other pictures nothing need be said
    chat, name = message.chat.id, message.message_id
    known, context = await desk.store.run(lambda db: (answers.of_message(db, chat, name), before(db, message)))
    if known:
        return SILENCE  # an edit of it came first
    await desk.answering.prepare(question, context)
    answer, asked = answered(message, question, context, desk)
    return Plan(
        pages.sent(answer, asked, desk, place_of(message)),
        (functools.partial(answers.add, asked=asked),),
        answer.kind,
    )


def before(db: Connection, message: Message) -> tuple[str, ...]:
    """The questions that a message may lean on: that of the answer which it replies to, else its sender's last."""
    place = place_of(message)
    if message.reply_to_message:
        shows, _ = messages.shown(db, place.chat, message.reply_to_message.message_id)
        # what shows the chart of an answer is of it too
        if asked := answers.find(db, shows.partition(".")[0]) if shows else None:
            return (*asked.context, asked.question)[-EARLIER:]
    return answers.earlier(db, person_of(message), place.chat, place.thread, before=message.message_id)


def answered(
    message: Message, question: str, context: tuple[str, ...], desk: Desk, name: str | None = None
) -> tuple[Answer, Asked]:
    """The answer to a question that a message asks, and what is to be kept of it; under `name` if it had one before."""
    place = place_of(message)
    answer = desk.ask(question, context)
    asked = Asked(
        id=name or answers.new_id(),
        chat=place.chat,
        thread=place.thread,
        question_message=message.message_id,
        person=person_of(message),
        question=question,
        context=context,
        language=answer.language,
        kind=answer.kind,
    )
    return answer, asked


async def asked_by_button(
    question: str, context: tuple[str, ...], person: int, place: Place, source: str, desk: Desk
) -> Plan:
    """Answer a question that a button asks, in reply to the message that the button is under."""
    await desk.answering.prepare(question, context)
    answer = desk.ask(question, context)
    asked = Asked(
        id=answers.new_id(),
        chat=place.chat,
        thread=place.thread,
        question_message=None,
        person=person,
        question=question,
        context=context,
        language=answer.language,
        kind=answer.kind,
        source=source,
    )
    outgoing = pages.sent(answer, asked, desk, place, heading=question)
    return Plan(outgoing, (functools.partial(answers.add, asked=asked),), answer.kind)


def kept(text: str) -> str:
    """A question as it is kept: no longer than it takes to see that it is too long."""
    return clean(text)[: LONGEST + 1]
