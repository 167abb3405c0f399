"""What is there? A call of the bot, a button, a message, a chat, a query."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from .api import JSON, File

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]


@dataclass(eq=False)
class Call:
    """One request of the bot, and its answer."""

    method: str
    params: JSON  # typed where they could be read, else as they came
    files: dict[str, File] = field(default_factory=dict)
    at: float = 0.0  # seconds, time.monotonic()
    code: int = 0  # 0: not answered yet
    description: str = ""
    result: Any = None
    fault: str = ""  # what was scripted to happen to it
    disturbed: bool = False  # the bot may not know that it took effect, and may ask again

    @property
    def chat_id(self) -> int | str | None:
        return self.params.get("chat_id")


@dataclass(frozen=True)
class Button:
    json: JSON

    @property
    def text(self) -> str:
        return str(self.json["text"])

    @property
    def data(self) -> str | None:
        return self.json.get("callback_data")

    @property
    def url(self) -> str | None:
        return self.json.get("url")

    @property
    def copy(self) -> str | None:
        return str(self.json["copy_text"]["text"]) if "copy_text" in self.json else None


@dataclass(eq=False)
class Message:
    """A message as it stands now, of whoever wrote it."""

    chat: "Chat"
    json: JSON
    order: int  # over all chats
    call: Call | None = None  # the latest that made it what it is; None: not the bot's
    history: list[JSON] = field(default_factory=list)  # what it was before each edit, oldest first
    deleted: bool = False
    inline_id: str | None = None  # sent by way of the bot, into a chat that it may not know
    file: bytes | None = None
    reaction: list[JSON] = field(default_factory=list)  # the bot's own
    update_id: int | None = None  # the latest update that told the bot of it
    at: float = field(default_factory=time.monotonic)

    @property
    def id(self) -> int:
        return int(self.json["message_id"])

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def from_bot(self) -> bool:
        return self.call is not None

    @property
    def method(self) -> str:
        return self.call.method if self.call else ""

    @property
    def params(self) -> JSON:
        return self.call.params if self.call else {}

    @property
    def text(self) -> str:
        """What is read, below the picture where it has one."""
        if "rich_message" in self.json:
            return str(self.json["rich_message"]["blocks"][0]["text"])
        return str(self.json.get("text", self.json.get("caption", "")))

    @property
    def entities(self) -> list[JSON]:
        return list(self.json.get("entities") or self.json.get("caption_entities") or ())

    @property
    def html(self) -> str:
        """The text as the bot sent it, escaped where it was sent without markup."""
        media = self.params.get("media") or self.params
        sent = media.get("text", media.get("caption"))
        return sent if sent is not None and media.get("parse_mode") else escape(self.text, quote=False)

    @property
    def topic(self) -> int | None:
        return self.json.get("message_thread_id") if self.json.get("is_topic_message") else None

    @property
    def reply_to(self) -> int | None:
        """The id of the message that it answers; what began the topic does not count."""
        replied = self.json.get("reply_to_message", self.json.get("external_reply"))
        return replied["message_id"] if replied and "forum_topic_created" not in replied else None

    @property
    def quote(self) -> str | None:
        return self.json["quote"]["text"] if "quote" in self.json else None

    @property
    def buttons(self) -> list[Button]:
        rows: list[list[JSON]] = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return [Button(button) for row in rows for button in row]

    def button(self, which: str) -> Button:
        """The button with this text or callback data.

        Raises:
            LookupError: there is none; says which there are.
        """
        for button in self.buttons:
            if which in (button.text, button.data):
                return button
        raise LookupError(f"no button {which!r} among {[button.text for button in self.buttons]}")

    def shown(self) -> JSON:
        """The message inside of another: without what it itself replies to."""
        return {name: value for name, value in self.json.items() if name != "reply_to_message"}


@dataclass(eq=False)
class Chat:
    """One chat, and the bot's place in it."""

    id: int
    kind: Kind
    json: JSON
    status: Status = "member"  # the bot's own; in a private chat "left" is not started, "kicked" is blocked
    people: dict[int, Status] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    moved_to: int | None = None
    threads: dict[int, Message] = field(default_factory=dict)  # what began each topic
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(2))  # 1 is General, or what made the chat

    @property
    def is_forum(self) -> bool:
        return bool(self.json.get("is_forum"))

    def message(self, message_id: int) -> Message | None:
        """The message with this id, unless it was deleted."""
        found = self.messages.get(message_id)
        return None if found is None or found.deleted else found


@dataclass(eq=False)
class Query:
    """Something that waits for one answer: a pressed button, an inline query, a guest's question."""

    id: str
    kind: Literal["callback", "inline", "guest"]
    user: JSON
    json: JSON
    message: Message | None = None
    call: Call | None = None  # the answer
    expired: bool = False

    @property
    def answer(self) -> JSON | None:
        """The parameters that it was answered with."""
        return self.call.params if self.call else None

    @property
    def results(self) -> list[JSON]:
        """What an inline query was answered with."""
        return list(self.answer["results"]) if self.answer else []

    @property
    def text(self) -> str | None:
        """The toast of a pressed button."""
        return self.answer.get("text", "") if self.answer else None
