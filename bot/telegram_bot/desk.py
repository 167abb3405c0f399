"""What every handler works with, and how an update becomes a plan."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from telegram import Message, Update, User
from telegram.ext import Application, ApplicationHandlerStop, CallbackContext

from bot.knowledge.base import Base
from bot.render import links
from bot.schema import Answer, Language
from bot.store import people
from bot.store.engine import Store
from bot.store.messages import Outgoing
from bot.telegram_bot.access import Access
from bot.telegram_bot.answerer import Ask, Context
from bot.telegram_bot.answering import Answering
from bot.telegram_bot.keyboards import short
from bot.telegram_bot.limits import Incoming
from bot.telegram_bot.metrics import Metrics
from bot.telegram_bot.outbox import Plan

GENERAL = 1  # the id of the topic that every forum has

App = Application[Any, Any, Any, Any, Any, Any]


ALBUMS = 100  # are remembered


@dataclass(eq=False)
class Desk:
    """What a handler may ask, look up and keep."""

    answering: Answering
    store: Store
    me: User
    access: Access
    metrics: Metrics
    rich: bool = False
    since: float = field(default_factory=time.time)  # when the knowledge base was taken as it is
    incoming: Incoming = field(default_factory=Incoming)
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)  # matplotlib draws one picture at a time
    again: set[int] = field(default_factory=set)  # updates that are taken up again after a crash
    plans: dict[int, Plan | Exception] = field(default_factory=dict)  # what handlers made of updates
    albums: deque[str] = field(default_factory=lambda: deque(maxlen=ALBUMS))  # that something was said to already

    @property
    def base(self) -> Base:
        """The knowledge base that is served."""
        return self.answering.base

    def ask(self, question: str, context: Context = ()) -> Answer:
        """The answer to a question; `answering.prepare` has it made without holding up others."""
        return self.answering.ask(question, context)

    def take(self, base: Base, ask: Ask) -> None:
        """Serve another state of the knowledge base from now on."""
        self.answering.take(base, ask)
        self.since = time.time()
        self.__dict__.pop("passages", None)
        self.holds()

    def holds(self) -> None:
        """Tell the metrics what is served."""
        self.metrics.holds(len(self.base.documents), len(self.base.passages), len(self.base.facts))

    def speaks_to(self, album: str | None) -> bool:
        """Note that a message of an album, or of none, is spoken to; whether it is the first: an album is once."""
        if album is None:
            return True
        first = album not in self.albums
        self.albums.append(album)
        return first

    def link(self, document: str, passage: str) -> str | None:
        """The address that opens a passage in a chat with us."""
        return f"https://t.me/{self.me.username}?start={links.payload(document, passage)}" if self.me.username else None

    @cached_property
    def passages(self) -> dict[str, str]:
        """Passages by the short name that a button's data has for them."""
        return {short(name): name for name in self.base.passages}

    async def language_of(self, user: User | None) -> Language:
        """The language of menus for a person: as they chose, else as their Telegram is."""
        if user is None:
            return "en"
        chosen = await self.store.run(lambda db: people.language(db, user.id))
        return chosen or language_of_client(user)


def language_of_client(user: User | None) -> Language:
    """The language of a person's Telegram, as far as we have it."""
    return "ko" if user and (user.language_code or "").lower().startswith("ko") else "en"


Handler = Callable[[Update, Desk], Awaitable[Plan]]
Gate = Callable[[Update, Desk], Awaitable[Plan | None]]
Callback = Callable[[Update, CallbackContext[Any, Any, Any, Any]], Coroutine[Any, Any, None]]


def planned(handler: Handler, desk: Desk) -> Callback:
    """`handler`, as the library calls it: its plan, or what went wrong, is left on the desk."""

    async def callback(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            desk.plans[update.update_id] = await handler(update, desk)
        except Exception as error:  # `think` deals with it
            desk.plans[update.update_id] = error

    return callback


def gated(gate: Gate, desk: Desk) -> Callback:
    """`gate`, as the library calls it: where it has a plan, no handler is asked."""

    async def callback(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            plan: Plan | Exception | None = await gate(update, desk)
        except Exception as error:  # `think` deals with it
            plan = error
        if plan is not None:
            desk.plans[update.update_id] = plan
            raise ApplicationHandlerStop

    return callback


@dataclass(frozen=True)
class Place:
    """Where to answer: a chat, the topic in it, and the message to reply to."""

    chat: int
    thread: int | None = None
    message: int | None = None

    def send(
        self, method: str, params: dict[str, Any], shows: str | None = None, otherwise: dict[str, Any] | None = None
    ) -> Outgoing:
        """A request that makes a message here, the first in reply to the question; `shows` says of what it is a page."""
        where: dict[str, Any] = {"chat_id": self.chat}
        if self.thread is not None:
            where["message_thread_id"] = self.thread
        if self.message is not None:
            where["reply_parameters"] = {"message_id": self.message, "allow_sending_without_reply": True}
        return Outgoing(method, {**where, **params}, shows, otherwise and {**where, **otherwise})


def place_of(message: Message) -> Place:
    """Where a message is to be answered; in a private chat without quoting it."""
    private = message.chat.type == message.chat.PRIVATE
    # A thread of replies is none where there are no topics; and to the General topic nothing can be sent by its id.
    thread = message.message_thread_id if message.is_topic_message else None
    thread = None if thread == GENERAL else thread
    return Place(message.chat.id, thread, None if private else message.message_id)
