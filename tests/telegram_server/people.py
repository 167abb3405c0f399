"""What do people do? Each act pushes the updates that Telegram would send for it."""

from typing import TYPE_CHECKING

from .account import member
from .answering import place_inline, read_result
from .api import JSON, File
from .text import find
from .things import Chat, Message, Query, Status
from .world import ANONYMOUS, World

if TYPE_CHECKING:
    from .server import Server

_PLACES: dict[str, JSON] = {
    "sticker": {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👍"},
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "location": {"latitude": 37.5665, "longitude": 126.978},
    "contact": {"phone_number": "+821000000000", "first_name": "지은"},
    "dice": {"emoji": "🎲", "value": 4},
    "poll": {
        "id": "5100000000000000001",
        "question": "점심?",
        "options": [{"text": "국수", "voter_count": 0, "persistent_id": "1"}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
}


class Person:
    """Someone in Telegram, and what they do there."""

    def __init__(self, server: "Server", user: JSON, chat: Chat) -> None:
        self._server = server
        self.json = user
        self.chat = chat  # the private one with the bot

    @property
    def id(self) -> int:
        return int(self.json["id"])

    @property
    def _world(self) -> World:
        return self._server.world

    # ── messages ────────────────────────────────────────────────────────────────────────────────

    def writes(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        quote: str | None = None,
        entities: list[JSON] | None = None,
    ) -> Message:
        """Write a text: in private, or in a chat. Mentions, commands and links are found unless given."""
        content: JSON = {"text": text}
        if found := find(text) if entities is None else entities:
            content["entities"] = found
        return self._send(content, chat, topic, reply_to, quote)

    def start(self, payload: str = "") -> Message:
        """Open the bot, by a deep link where there is a payload."""
        return self.writes(f"/start {payload}".strip())

    def sends(
        self,
        kind: str,
        caption: str | None = None,
        chat: Chat | None = None,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        content: bytes = b"\0",
        name: str = "file.txt",
        mime: str = "text/plain",
        album: str | None = None,
    ) -> Message:
        """Send something that is no text: photo, document, sticker, voice, location, contact, poll or dice."""
        with self._world.changed:
            stored = self._world.keep(File(name, content, mime))
        shown: JSON
        if kind == "photo":
            shown = {"photo": [{**stored, "width": 640, "height": 480}]}
        elif kind == "document":
            shown = {"document": {**stored, "file_name": name, "mime_type": mime}}
        else:
            holder = stored if kind in ("sticker", "voice") else {}
            shown = {kind: {**holder, **_PLACES[kind]}}
        if album is not None:
            shown["media_group_id"] = album
        if caption is not None:
            shown["caption"] = caption
            if found := find(caption):
                shown["caption_entities"] = found
        return self._send(shown, chat, topic, reply_to, None)

    def edits(self, message: Message, text: str) -> Message:
        """Edit one's own text; the same text is an edit that nobody sees."""
        with self._world.changed:
            found = find(text)
            self._world.rewrite(message, {"text": text, **({"entities": found} if found else {})}, None)
            kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
            self._server.tell(message, kind)
        return message

    def deletes(self, message: Message) -> None:
        """Delete a message, of which Telegram tells a bot nothing."""
        with self._world.changed:
            message.deleted = True
            self._world.changed.notify_all()

    def reacts(self, message: Message, emoji: str) -> None:
        chat = message.chat.json
        reaction = {"chat": chat, "message_id": message.id, "user": self.json, "date": message.json["date"]}
        reaction |= {"old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": emoji}]}
        self._server.push({"message_reaction": reaction})

    def _send(
        self, content: JSON, chat: Chat | None, topic: int | None, reply_to: Message | None, quote: str | None
    ) -> Message:
        with self._world.changed:
            chat = chat or self.chat
            if chat is self.chat and chat.status == "left":
                chat.status = "member"  # whoever writes has pressed Start
            if chat.status == "kicked":
                raise ValueError("the bot is blocked, or not in this chat: nobody can write to it here")
            message = self._world.write(chat, self.json, content, topic=topic, reply_to=reply_to, quote=quote)
            self._server.tell(message, "message")
        return message

    # ── buttons ─────────────────────────────────────────────────────────────────────────────────

    def presses(self, message: Message, which: str, *, inaccessible: bool = False) -> Query:
        """Press the button with this text or callback data.

        Raises:
            LookupError: the message has no such button.
            ValueError: the message is gone, or the button sends nothing to the bot.
        """
        data = message.button(which).data
        if data is None:
            raise ValueError(f"{which!r} opens, copies or switches; the bot is told nothing")
        return self.forges(message, data, inaccessible=inaccessible)

    def forges(self, message: Message, data: str, *, inaccessible: bool = False) -> Query:
        """Press with any data, as a client may that is not Telegram's.

        Args:
            inaccessible: the message is too old for Telegram to show it to the bot.
        """
        if message.deleted:
            raise ValueError("the message was deleted")
        with self._world.changed:
            query_id = f"{self.id << 12}{next(self._world.numbers)}"
            shown: JSON = {"id": query_id, "from": self.json}
            if message.inline_id:
                shown["inline_message_id"] = message.inline_id
            elif inaccessible:
                shown["message"] = {"chat": message.chat.json, "message_id": message.id, "date": 0}
            else:
                shown["message"] = message.json
            shown |= {"chat_instance": str(-(7 << 40) - abs(message.chat_id)), "data": data}
            return self._ask(Query(query_id, "callback", self.json, shown, message), "callback_query")

    # ── inline and guest mode ───────────────────────────────────────────────────────────────────

    def inline(self, text: str, *, offset: str = "", chat_type: str | None = "sender") -> Query:
        """Write "@bot text" in any chat."""
        with self._world.changed:
            query_id = f"{self.id << 12}{next(self._world.numbers)}"
            shown: JSON = {"id": query_id, "from": self.json, "query": text, "offset": offset}
            if chat_type:
                shown["chat_type"] = chat_type
            return self._ask(Query(query_id, "inline", self.json, shown), "inline_query")

    def chooses(self, query: Query, result_id: str, chat: Chat | None = None) -> Message:
        """Send one of the results of an inline query, into a chat that the bot need not be in.

        Raises:
            LookupError: there is no such result.
        """
        result = next((result for result in query.results if result["id"] == result_id), None)
        if result is None or query.call is None:
            raise LookupError(f"no result {result_id!r} among {[result['id'] for result in query.results]}")
        with self._world.changed:
            content = read_result(self._world, "answerInlineQuery", result)
            to = chat or self._server.foreign("Somewhere", self)
            message = place_inline(self._world, to, self.json, content, query.call)
            chosen = {"result_id": result_id, "from": self.json, "query": query.json["query"]}
            if "reply_markup" in content:
                chosen["inline_message_id"] = message.inline_id
            self._server.push({"chosen_inline_result": chosen})
            if chat is not None:
                self._server.tell(message, "message")
        return message

    def summons(self, text: str, chat: Chat | None = None) -> Query:
        """Call the bot as a guest, in a chat where it is not."""
        with self._world.changed:
            query_id = f"{self.id << 12}{next(self._world.numbers)}"
            to = chat or self._server.foreign("Somewhere", self)
            content: JSON = {"text": text, "guest_query_id": query_id}
            if found := find(text):
                content["entities"] = found
            message = self._world.write(to, self.json, content)
            return self._ask(Query(query_id, "guest", self.json, message.json, message), "guest_message")

    def _ask(self, query: Query, kind: str) -> Query:
        self._world.queries[query.id] = query
        self._server.push({kind: query.json}, str(self.id))
        return query

    # ── the bot's standing ──────────────────────────────────────────────────────────────────────

    def blocks(self) -> None:
        """Stop the bot: what it sends from now on is refused."""
        self._server.change_status(self.chat, "kicked", self.json)

    def unblocks(self) -> None:
        self._server.change_status(self.chat, "member", self.json)


def is_told(world: World, message: Message) -> bool:
    """Whether privacy mode lets the bot see a message: in groups commands, replies to it and what it sent."""
    chat = message.chat
    if not world.privacy or chat.kind not in ("group", "supergroup") or chat.status == "administrator":
        return True
    replied = message.json.get("reply_to_message", {})
    if replied.get("from", {}).get("id") == world.bot["id"] or "via_bot" in message.json:
        return True
    return any(_is_addressed(world, message.text, entity) for entity in message.entities)


def _is_addressed(world: World, text: str, entity: JSON) -> bool:
    if entity["type"] != "bot_command":
        return False
    command = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    name = command.decode("utf-16-le").partition("@")[2]
    return not name or name.lower() == world.bot["username"].lower()


def anonymous(server: "Server", chat: Chat, text: str, reply_to: Message | None = None) -> Message:
    """An administrator writes as the group itself."""
    with server.world.changed:
        content: JSON = {"sender_chat": chat.json, "text": text}
        if found := find(text):
            content["entities"] = found
        message = server.world.write(chat, ANONYMOUS, content, reply_to=reply_to)
        server.tell(message, "message")
    return message


def post(server: "Server", channel: Chat, text: str) -> Message:
    """A post in a channel."""
    with server.world.changed:
        found = find(text)
        content: JSON = {"text": text, **({"entities": found} if found else {})}
        message = server.world.write(channel, None, content)
        server.tell(message, "channel_post")
    return message


def add_topic(world: World, chat: Chat, name: str, creator: JSON) -> int:
    """Open a topic of a forum; its id is that of the message that says so."""
    began = world.write(chat, creator, {"forum_topic_created": {"name": name, "icon_color": 7322096}})
    began.json |= {"message_thread_id": began.id, "is_topic_message": True}
    chat.topics[name] = began.id
    chat.threads[began.id] = began
    return began.id


def migrate(server: "Server", group: Chat, user: JSON) -> Chat:
    """Make a basic group a supergroup, with another id and messages counted anew."""
    world = server.world
    with world.changed:
        new = world.chat("supergroup", group.json["title"], group.people)
        left = world.write(group, user, {"migrate_to_chat_id": new.id})
        group.moved_to = new.id
        server.tell(left, "message")
        came = world.write(new, ANONYMOUS, {"sender_chat": new.json, "migrate_from_chat_id": group.id})
        server.tell(came, "message")
    return new


def change_status(server: "Server", chat: Chat, status: Status, user: JSON) -> None:
    """Change the bot's standing in a chat, which it is told of."""
    with server.world.changed:
        old, chat.status = chat.status, status
        change: JSON = {"chat": chat.json, "from": user, "date": 1_790_000_000}
        change["old_chat_member"] = member(server.world.bot, old)
        change["new_chat_member"] = member(server.world.bot, status)
        server.push({"my_chat_member": change}, str(chat.id))
