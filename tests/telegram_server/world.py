"""Who and what is there? The bot, people, chats, messages, files and queries, as Telegram itself would know them."""

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from .api import JSON, ApiError, File
from .text import units

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]
GENERAL = 1  # the thread of a forum's General topic, which may not be named when sending
ANONYMOUS: JSON = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


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
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

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


class World:
    """All that Telegram knows. Whoever reads or changes it holds `changed`, and says so with notify_all."""

    def __init__(self, token: str, username: str, *, privacy: bool) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.token = token
        self.privacy = privacy
        self.bot: JSON = {
            "id": int(token.split(":", maxsplit=1)[0]),
            "is_bot": True,
            "first_name": "Test bot",
            "username": username,
        }
        self.users: dict[int, JSON] = {}
        self.chats: dict[int, Chat] = {}
        self.messages: list[Message] = []  # all, in order
        self.inline: dict[str, Message] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, File] = {}
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.actions: list[tuple[int, int | None, str]] = []
        self.account_ids = itertools.count(101)  # of messages in private chats and basic groups
        self.numbers = itertools.count(1)  # of everything else

    # ── who ─────────────────────────────────────────────────────────────────────────────────────

    def user(self, name: str, language: str | None, username: str | None) -> JSON:
        number = next(self.numbers)
        user: JSON = {"id": 5_000_000_000 + number, "is_bot": False, "first_name": name}  # more than 32 bits
        if username:
            user["username"] = username
        if language:
            user["language_code"] = language
        self.users[user["id"]] = user
        return user

    def private(self, user: JSON, status: Status) -> Chat:
        shown: JSON = {name: user[name] for name in ("id", "first_name", "username") if name in user}
        chat = Chat(user["id"], "private", {**shown, "type": "private"}, status, {user["id"]: "member"})
        chat.ids = self.account_ids
        self.chats[chat.id] = chat
        return chat

    def chat(self, kind: Kind, title: str, people: dict[int, Status], *, username: str | None = None) -> Chat:
        number = next(self.numbers)
        chat_id = -(4_000_000 + number) if kind == "group" else -(1_002_000_000_000 + number)
        chat = Chat(chat_id, kind, {"id": chat_id, "title": title, "type": kind}, people=people)
        if username:
            chat.json["username"] = username
        if kind == "group":
            chat.json["all_members_are_administrators"] = False
            chat.ids = self.account_ids
        if kind == "channel":
            chat.status = "administrator"
        self.chats[chat_id] = chat
        return chat

    # ── where a request may write ───────────────────────────────────────────────────────────────

    def known_chat(self, chat_id: int | str) -> Chat:
        """The chat that a request names.

        Raises:
            ApiError: there is none, or it has become another.
        """
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            names = {chat.json.get("username"): chat for chat in self.chats.values() if chat.kind != "private"}
            chat = names.get(chat_id[1:])
        else:
            chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise ApiError("chat not found")
        if chat.moved_to is not None:
            raise ApiError(
                "group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": chat.moved_to},
                ordinary=True,
            )
        return chat

    def open_chat(self, chat_id: int | str) -> Chat:
        """The chat that a request names, if the bot may write in it.

        Raises:
            ApiError: it may not.
        """
        chat = self.known_chat(chat_id)
        if chat.kind == "private":
            if chat.status == "left":
                raise ApiError("bot can't initiate conversation with a user", code=403)
            if chat.status == "kicked":
                raise ApiError("bot was blocked by the user", code=403, ordinary=True)
        elif chat.status == "kicked":
            raise ApiError(f"bot was kicked from the {self.noun(chat)} chat", code=403, ordinary=True)
        elif chat.status == "left":
            raise ApiError(f"bot is not a member of the {self.noun(chat)} chat", code=403)
        return chat

    @staticmethod
    def noun(chat: Chat) -> str:
        return chat.kind

    # ── messages ────────────────────────────────────────────────────────────────────────────────

    def write(
        self,
        chat: Chat,
        sender: JSON | None,
        content: JSON,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        quote: str | None = None,
        call: Call | None = None,
        message_id: int | None = None,
    ) -> Message:
        """A new message in a chat, in the shape that Telegram gives it."""
        shown: JSON = {"message_id": next(chat.ids) if message_id is None else message_id}
        if sender is not None and chat.kind != "channel":
            shown["from"] = sender
        if chat.kind == "channel":
            shown["sender_chat"] = chat.json
        shown |= {"date": int(time.time()), "chat": chat.json}
        if topic is not None and chat.is_forum:
            shown |= {"message_thread_id": topic, "is_topic_message": True}
        elif reply_to is not None and reply_to.chat is chat and chat.kind == "supergroup":
            # A thread of replies, which is no topic; in a forum's General it may not be sent to.
            shown["message_thread_id"] = reply_to.json.get("message_thread_id", reply_to.id)
        elif topic is not None:
            shown["message_thread_id"] = topic
        if reply_to is not None and reply_to.chat is chat and reply_to.topic == topic:
            shown["reply_to_message"] = reply_to.shown()
        elif reply_to is not None:
            origin = {
                "type": "user",
                "date": reply_to.json["date"],
                "sender_user": reply_to.json.get("from", ANONYMOUS),
            }
            shown["external_reply"] = {"origin": origin, "chat": reply_to.chat.json, "message_id": reply_to.id}
        elif topic in chat.threads:
            shown["reply_to_message"] = chat.threads[topic].shown()  # as Telegram does for all in a topic
        if reply_to is not None and quote:
            before = reply_to.text[: reply_to.text.index(quote)] if quote in reply_to.text else ""
            shown["quote"] = {"text": quote, "position": units(before)}
            if call is None:
                shown["quote"]["is_manual"] = True
        message = Message(chat, {**shown, **content}, next(self.numbers), call)
        chat.messages[message.id] = message
        self.messages.append(message)
        self.changed.notify_all()
        return message

    def rewrite(self, message: Message, content: JSON, call: Call | None) -> None:
        """Give a message other contents: all that it showed before is gone."""
        message.history.append(message.json)
        kept = {
            name: value for name, value in message.json.items() if name not in {*CONTENT, "reply_markup", "edit_date"}
        }
        message.json = {**kept, "edit_date": int(time.time()), **content}
        message.call = call or message.call
        message.at = time.monotonic()
        self.changed.notify_all()

    def keep(self, file: File) -> JSON:
        """Store a file; gives the fields that every kind of file has."""
        number = next(self.numbers)
        file_id = f"AgACAgIAAxkBAAI{number:012d}"
        self.files[file_id] = file
        return {"file_id": file_id, "file_unique_id": f"AQAD{number:08d}", "file_size": len(file.content)}

    def broken(self, rule: str) -> None:
        """Take down that a rule of the Bot API was broken."""
        self.violations.append(rule)
        self.changed.notify_all()


CONTENT = frozenset(
    {
        "text",
        "entities",
        "link_preview_options",
        "rich_message",
        "photo",
        "document",
        "caption",
        "caption_entities",
        "show_caption_above_media",
        "has_media_spoiler",
    }
)
