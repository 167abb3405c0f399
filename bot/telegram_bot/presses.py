"""A button that was pressed → what it does.

Whoever presses decides what is said to us: a press counts only if the message that it is under shows what the press
is about. It is answered once, and first, so that whatever becomes of the rest, the button does not go on waiting.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram import MaybeInaccessibleMessage, Message, Update, User

from bot.render import chart
from bot.schema import Answer, Language
from bot.store import answers, messages
from bot.store.answers import Asked
from bot.store.messages import Outgoing
from bot.telegram_bot import keyboards, menus, pages
from bot.telegram_bot.desk import Desk, Place, place_of
from bot.telegram_bot.keyboards import Markup, Press
from bot.telegram_bot.lines import SILENCE, toast
from bot.telegram_bot.outbox import Plan
from bot.telegram_bot.questions import asked_by_button

AGAIN_SECONDS = 30.0  # a second press of what sends something, within this, is one press
GOOD, BAD = 1, -1


@dataclass(frozen=True)
class Pressed:
    """A button under an answer."""

    query: str  # the press's id
    person: User
    place: Place  # where the message is, and the message
    message: int
    view: str | None  # what the message shows of the answer; None: all of it
    under: Markup | None  # its buttons; None: it is too old for Telegram to tell
    press: Press
    asked: Asked
    answer: Answer  # found anew
    desk: Desk

    @property
    def language(self) -> Language:
        return self.answer.language

    def toast(self, key: str | None) -> Outgoing:
        return toast(self.query, key, self.language)


async def on_press(update: Update, desk: Desk) -> Plan:
    """Do what a button says, if it is one of the message's."""
    query = update.callback_query
    if not query:
        return SILENCE
    stale = Plan((toast(query.id, "stale", await desk.language_of(query.from_user)),))
    press = keyboards.read(query.data or "")
    if press is None or query.message is None:
        return stale
    chat, message = query.message.chat.id, query.message.message_id
    shown, view = await desk.store.run(lambda db: messages.shown(db, chat, message))
    if shown is None or shown != press.shows:
        return stale
    if view == press.view or (view is None and press.action == "b"):  # pressed twice: it is there already
        return Plan((toast(query.id, None, "en"),))
    if shown in menus.MENUS:
        return await menus.MENUS[shown](query, press, desk) or stale
    asked = await desk.store.run(lambda db: answers.find(db, shown))
    action = ACTIONS.get(press.action)
    if asked is None or asked.chat != chat or action is None:
        return stale
    await desk.answering.prepare(asked.question, asked.context)
    answer = desk.ask(asked.question, asked.context)
    under = query.message.reply_markup if isinstance(query.message, Message) else None
    pressed = Pressed(
        query.id,
        query.from_user,
        _place(query.message),
        message,
        view,
        under.to_dict() if under else None,
        press,
        asked,
        answer,
        desk,
    )
    return await action(pressed) or stale


def _place(message: MaybeInaccessibleMessage) -> Place:
    """Where to send what a button asks for; of a message that is too old, Telegram tells no more than where it is."""
    if isinstance(message, Message):
        return place_of(message)
    return Place(message.chat.id, None, None if message.chat.type == message.chat.PRIVATE else message.message_id)


async def _source(pressed: Pressed) -> Plan | None:
    """Show a source in full, or its translation, in the answer's place."""
    number, said = pressed.press.number, pressed.press.rest
    found = [one for one in pressed.answer.citations if (keyboards.mark(one) == said if said else one.marker == number)]
    citation = min(found, key=lambda one: abs(one.marker - number), default=None)
    if citation is None:
        return Plan((pressed.toast("source_changed"),)) if said else None
    translated = pressed.press.action == "t"
    view = pages.source_view(citation, pressed.asked.id, pressed.desk, pressed.language, translated)
    return _replaced(pressed, view) if view else None


async def _back(pressed: Pressed) -> Plan | None:
    """Show the answer again."""
    shown = await pressed.desk.store.run(lambda db: messages.pages(db, pressed.asked.id))
    votes = await pressed.desk.store.run(lambda db: answers.tally(db, pressed.asked.id))
    made = pages.bodies(pressed.answer, pressed.asked, pressed.desk, votes)
    page = shown.index(pressed.message)
    return _replaced(pressed, made[page]) if page < len(made) else None


async def _more(pressed: Pressed) -> Plan | None:
    """Show further passages in the answer's place."""
    view = pages.more_view(pressed.answer, pressed.asked, pressed.desk)
    return _replaced(pressed, view) if view else Plan((pressed.toast("no_more"),))


async def _question(pressed: Pressed) -> Plan | None:
    """Ask the question that the button is labelled with."""
    other = pages.alone(pressed.answer, pressed.asked, pressed.desk)
    offered = keyboards.further(pressed.answer, other, pressed.desk.base)
    number, said = pressed.press.number, pressed.press.rest
    if number >= len(offered) or said not in ("", keyboards.short(offered[number][0])):
        return None  # the articles have changed, and so what there is to ask
    source = f"{pressed.asked.id}.q{number}"
    since = time.time() - AGAIN_SECONDS
    if await pressed.desk.store.run(lambda db: answers.is_asked(db, source, since)):
        return Plan((pressed.toast("above"),))
    question, _ = offered[number]
    plan = await asked_by_button(question, (), pressed.person.id, pressed.place, source, pressed.desk)
    return replace(plan, outgoing=(pressed.toast(None), *plan.outgoing))


async def _chart(pressed: Pressed) -> Plan | None:
    """Send a chart of the answer's figures."""
    desk = pressed.desk
    facts = chart.chartable(pressed.answer, desk.base)
    if not facts:
        return None
    shows = f"{pressed.asked.id}.chart"
    since = time.time() - AGAIN_SECONDS
    if await desk.store.run(lambda db: messages.is_shown(db, shows, since)):
        return Plan((pressed.toast("above"),))
    photo = await menus.chart_photo(facts, desk, pressed.language, [figure.id for figure in pressed.answer.facts])
    place = Place(pressed.place.chat, pressed.place.thread, pressed.message)
    return Plan((pressed.toast(None), place.send("sendPhoto", photo, shows, otherwise={"text": photo["caption"]})))


async def _vote(pressed: Pressed) -> Plan | None:
    """Count a vote, or take it back."""
    name, person, store = pressed.asked.id, pressed.person.id, pressed.desk.store
    before = await store.run(lambda db: answers.vote_of(db, name, person))
    good, bad = await store.run(lambda db: answers.tally(db, name))
    value = GOOD if pressed.press.action == "u" else BAD
    after = 0 if before == value else value
    tally = (good - (before == GOOD) + (after == GOOD), bad - (before == BAD) + (after == BAD))
    where = {"chat_id": pressed.place.chat, "message_id": pressed.message}
    # Where the articles have changed, the other buttons stay as they are: they are of the answer as it was given.
    as_given = pressed.under if pressed.asked.asked < pressed.desk.since else None
    under = keyboards.voted(as_given, name, tally) if as_given else None
    under = under or pages.buttons(pressed.answer, pressed.asked, pressed.desk, tally)
    toasted = pressed.toast("thanks" if after else "vote_taken_back")
    shown = Outgoing("editMessageReplyMarkup", {**where, "reply_markup": under})
    there = () if pressed.view else (shown,)  # else what is shown now has other buttons
    return Plan((toasted, *there), (lambda db: answers.vote(db, name, person, after),))


def _replaced(pressed: Pressed, body: pages.Body) -> Plan:
    """Show something else in the message that the button is under."""
    chat, message = pressed.place.chat, pressed.message
    view = None if pressed.press.action == "b" else pressed.press.view
    edit = pages.edit(chat, message, body)
    return Plan((pressed.toast(None), edit), (lambda db: messages.viewed(db, chat, message, view),))


ACTIONS: dict[str, Callable[[Pressed], Awaitable[Plan | None]]] = {
    "s": _source,
    "t": _source,
    "b": _back,
    "m": _more,
    "q": _question,
    "c": _chart,
    "u": _vote,
    "d": _vote,
}
