"""Who and what is there? The bot, people, chats, messages, files and queries, as Telegram itself would know them."""

import itertools
import threading
import time

from .api import JSON, ApiError, File
from .text import units
from .things import Call, Chat, Kind, Message, Query, Status

ANONYMOUS: JSON = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


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
        with self.changed:
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
