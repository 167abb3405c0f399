"""A line instead of an answer."""

from telegram import Message, Update

from bot.phrases import say
from bot.render.markup import escape
from bot.schema import Language
from bot.store.messages import Outgoing
from bot.telegram_bot.desk import language_of_client, place_of
from bot.telegram_bot.outbox import Plan

NO_PREVIEW = {"is_disabled": True}
TOAST = 200  # characters of what is shown over a chat for a moment
SILENCE = Plan()


def instead(update: Update, key: str, **slots: object) -> Plan:
    """The phrase `key` as the answer to whatever an update asks; in a group only where it speaks to us."""
    language = language_of_client(update.effective_user)
    if update.callback_query:
        return Plan((toast(update.callback_query.id, key, language, **slots),))
    if update.inline_query:
        return Plan((no_results(update.inline_query.id),))
    if update.message:
        return Plan((line(update.message, key, language, **slots),))
    return SILENCE


def line(message: Message, key: str, language: Language, **slots: object) -> Outgoing:
    """A phrase in reply to a message."""
    return place_of(message).send("sendMessage", text(escape(say(key, language, **slots))))


def toast(query: str, key: str | None, language: Language, **slots: object) -> Outgoing:
    """The answer to a press: a phrase that is shown for a moment, or nothing."""
    said = {} if key is None else {"text": say(key, language, **slots)[:TOAST]}
    return Outgoing("answerCallbackQuery", {"callback_query_id": query, **said})


def no_results(query: str) -> Outgoing:
    """The answer to an inline question of somebody who gets none."""
    return Outgoing(
        "answerInlineQuery", {"inline_query_id": query, "results": [], "cache_time": 0, "is_personal": True}
    )


def text(page: str, **params: object) -> dict[str, object]:
    """The params of a page of Telegram's HTML."""
    return {"text": page, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW, **params}
