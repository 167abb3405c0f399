"""Messages that are no answers, and their buttons: a language, the figures page by page, a passage, and the like."""

import asyncio
import base64
import functools
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from telegram import CallbackQuery

from bot.cache import ready_for_charts
from bot.phrases import say
from bot.render import chart
from bot.render.catalogue import facts_html, sources_html
from bot.render.html import source
from bot.render.markup import escape
from bot.schema import Fact, Language
from bot.store import answers, messages, people
from bot.store.engine import Connection
from bot.store.messages import Outgoing
from bot.telegram_bot.bot import PNG
from bot.telegram_bot.desk import Desk, language_of_client
from bot.telegram_bot.keyboards import Button, Press, button, markup, short
from bot.telegram_bot.lines import text, toast
from bot.telegram_bot.outbox import Plan

Body = dict[str, Any]
LANGUAGES: dict[str, Language | None] = {"ko": "ko", "en": "en", "auto": None}


def language_named(typed: str) -> str | None:
    """The one of LANGUAGES that is meant by its name, or by what stands on its button."""
    wanted = typed.lower()
    labels = {name: {say(f"language_{name}", language).lower() for language in ("ko", "en")} for name in LANGUAGES}
    return next((name for name, said in labels.items() if wanted in {name, *said}), None)


def language_menu(chosen: Language | None, language: Language) -> Body:
    """What language menus are in, and the others."""
    current = next(name for name, value in LANGUAGES.items() if value == chosen)
    buttons = [
        button(f"{'✓ ' if name == current else ''}{say(f'language_{name}', language)}", "lang", name)
        for name in LANGUAGES
    ]
    return text(escape(say("choose_language", language)), reply_markup=markup(buttons))


def privacy_menu(language: Language) -> Body:
    """What is kept of people, and a button that deletes it."""
    return text(
        escape(say("privacy", language)),
        reply_markup=markup([button(say("button_forget", language), "privacy", "forget")]),
    )


def facts_menu(desk: Desk, language: Language, entity: str | None, page: int) -> Body:
    """A page of the figures, of one entity or all."""
    shown, count = facts_html(desk.base, language, entity, page, desk.link)
    return _paged(shown, "facts", page, count, short(entity) if entity else "")


def sources_menu(desk: Desk, language: Language, page: int) -> Body:
    """A page of the documents."""
    shown, count = sources_html(desk.base, language, page, desk.link)
    return _paged(shown, "sources", page, count, "")


def passage_menu(desk: Desk, passage: str, language: Language, translated: bool) -> Body | None:
    """A passage with its neighbours, and buttons that go on from there; None where there is none such."""
    found = desk.base.passages.get(passage)
    page = found and source(desk.base, found.document, found.number, language, in_translation=translated)
    if not found or not page:
        return None
    near = desk.base.near(passage, 1, 1)
    at = near.index(passage)
    action = "t" if translated else "o"
    beside = [
        (f"‹ {other.number}" if step < 0 else f"{other.number} ›", other)
        for step in (-1, 1)
        if 0 <= at + step < len(near) and (other := desk.base.passages[near[at + step]])
    ]
    row = [button(label, "passage", action, rest=short(other.id)) for label, other in beside]
    if found.translation:
        key, other_action = ("button_original", "o") if translated else ("button_translation", "t")
        row.append(button(say(key, language), "passage", other_action, rest=short(passage)))
    return text(page, **({"reply_markup": markup(row)} if row else {}))


async def chart_photo(facts: Collection[Fact], desk: Desk, language: Language, highlight: Collection[str]) -> Body:
    """A chart as the params of a photo."""
    async with desk.drawing:
        png = await asyncio.to_thread(_drawn, facts, desk, language, highlight)
    return {
        "photo": {PNG: base64.b64encode(png).decode("ascii")},
        "caption": chart.caption(facts, desk.base, language),
    }


def _drawn(facts: Collection[Fact], desk: Desk, language: Language, highlight: Collection[str]) -> bytes:
    ready_for_charts()
    return chart.to_png(facts, desk.base, language, highlight)


def forgetting(person: int) -> Callable[[Connection], None]:
    """Deletes what is kept of a person."""

    def forget(db: Connection) -> None:
        answers.forget(db, person)
        people.forget(db, person)

    return forget


def _paged(page: str, name: str, number: int, count: int, rest: str) -> Body:
    row: list[Button] = []
    if number > 0:
        row.append(button("‹", name, "p", number - 1, rest))
    if number < count - 1:
        row.append(button("›", name, "p", number + 1, rest))
    return text(page, **({"reply_markup": markup(row)} if row else {}))


async def _language(query: CallbackQuery, press: Press, desk: Desk) -> Plan | None:
    if press.action not in LANGUAGES:
        return None
    chosen = LANGUAGES[press.action]
    person = query.from_user.id

    def record(db: Connection) -> None:
        people.choose_language(db, person, chosen)

    language = chosen or language_of_client(query.from_user)
    told = toast(query.id, "language_chosen", language)
    before = await desk.store.run(lambda db: people.language(db, person))
    private = query.message is not None and query.message.chat.type == query.message.chat.PRIVATE
    if not private or chosen == before:  # in a group, a choice is of the one who makes it
        return Plan((told,), (record,))
    return Plan((told, _edit(query, language_menu(chosen, language))), (record,))


async def _privacy(query: CallbackQuery, press: Press, desk: Desk) -> Plan | None:
    if press.action != "forget":
        return None
    return Plan(
        (toast(query.id, "forgotten", await desk.language_of(query.from_user)),), (forgetting(query.from_user.id),)
    )


async def _facts(query: CallbackQuery, press: Press, desk: Desk) -> Plan | None:
    entity = next((name for name in desk.base.names.entities if short(name) == press.rest), None)
    if press.action != "p" or (press.rest and entity is None):
        return None
    language = await desk.language_of(query.from_user)
    return _edited(query, press, language, facts_menu(desk, language, entity, press.number))


async def _sources(query: CallbackQuery, press: Press, desk: Desk) -> Plan | None:
    if press.action != "p":
        return None
    language = await desk.language_of(query.from_user)
    return _edited(query, press, language, sources_menu(desk, language, press.number))


async def _passage(query: CallbackQuery, press: Press, desk: Desk) -> Plan | None:
    language = await desk.language_of(query.from_user)
    view = passage_menu(desk, desk.passages.get(press.rest, ""), language, translated=press.action == "t")
    return _edited(query, press, language, view) if view else None


def _edited(query: CallbackQuery, press: Press, language: Language, body: Body) -> Plan:
    """Show another view of a menu."""
    assert query.message  # of which it was asked what it shows
    chat, message = query.message.chat.id, query.message.message_id
    record = functools.partial(messages.viewed, chat=chat, message=message, view=press.view)
    return Plan((toast(query.id, None, language), _edit(query, body)), (record,))


def _edit(query: CallbackQuery, body: Body) -> Outgoing:
    assert query.message
    where = {"chat_id": query.message.chat.id, "message_id": query.message.message_id}
    return Outgoing("editMessageText", {**where, **body})


MENUS: dict[str, Callable[[CallbackQuery, Press, Desk], Awaitable[Plan | None]]] = {
    "lang": _language,
    "privacy": _privacy,
    "facts": _facts,
    "sources": _sources,
    "passage": _passage,
}
