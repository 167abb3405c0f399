"""Who is let in: the first thing that is asked of every update."""

import time

from telegram import Message, Update

from bot.store import groups, people
from bot.store.engine import Connection
from bot.telegram_bot.addressed import addressed, is_of_somebody, person_of
from bot.telegram_bot.desk import Desk
from bot.telegram_bot.lines import SILENCE, instead
from bot.telegram_bot.outbox import Plan


async def gate(update: Update, desk: Desk) -> Plan | None:
    """None for an update that is to be handled; else what to do instead, which mostly is nothing."""
    message = update.message or update.edited_message or update.guest_message
    spoken_to = True
    if message:
        if moved := _migration(message):
            return Plan(records=(lambda db: _migrate(db, desk, *moved),))
        if not is_of_somebody(message, desk.me):
            return SILENCE
        spoken_to = bool(update.guest_message or addressed(message, desk.me))
        if update.message and not spoken_to:
            return SILENCE
    elif not (update.callback_query or update.inline_query):
        return SILENCE
    chat, person = _who(update, message)
    if not desk.access.allows(chat, person):
        return await _refusal(update, desk, chat)
    # What is taken up after a crash was let in already, and an inline question is a part of one that is being typed.
    counts = spoken_to and not update.inline_query and update.update_id not in desk.again
    if person is None or not counts or desk.incoming.admits(person, time.monotonic()):
        return None
    tell = update.callback_query is not None or desk.incoming.is_to_be_told(person)
    return instead(update, "too_fast") if tell else SILENCE


def _who(update: Update, message: Message | None) -> tuple[int | None, int | None]:
    """The chat and the person of an update."""
    if message and not update.guest_message:
        return message.chat.id, person_of(message)
    # Who calls us into a chat that we are not in asks for themselves alone.
    pressed = update.callback_query and update.callback_query.message
    chat = pressed.chat.id if pressed else None
    return chat, update.effective_user.id if update.effective_user else None


async def _refusal(update: Update, desk: Desk, chat: int | None) -> Plan:
    """A private chat is told its id, so that it can be put on the list; a group is not disturbed."""
    if update.callback_query or update.inline_query:
        return instead(update, "not_allowed_here")
    if chat is None or not update.message or update.message.chat.type != "private":
        return SILENCE
    due = await desk.store.run(lambda db: people.is_due(db, chat))
    return instead(update, "not_allowed", id=chat) if due else SILENCE


def _migration(message: Message) -> tuple[int, int] | None:
    """The old and the new id of a group that became a supergroup, as either of them is told."""
    if message.migrate_to_chat_id:
        return message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id:
        return message.migrate_from_chat_id, message.chat.id
    return None


def _migrate(db: Connection, desk: Desk, old: int, new: int) -> None:
    desk.access.moved(old, new)
    groups.moved(db, old, new)
