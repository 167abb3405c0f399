"""The Bot API over HTTP, and all that a test does with it."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from . import people
from .api import JSON
from .faults import Fault, Faults, Hook, Kind, When
from .people import Person
from .things import Call, Chat, Message, Query, Status
from .updates import Updates
from .web import ApiHandler, FileHandler
from .world import ANONYMOUS, World

Found = TypeVar("Found")
Where = Chat | Person | int | None
TOKEN = "424242:AAF-canary-telegram-token-0123456789"  # noqa: S105 no one's
BODY_LIMIT = 60_000_000


class Server:
    """One bot's Telegram, on loopback, in a thread of its own. Every method may be called from any thread."""

    def __init__(
        self,
        token: str = TOKEN,
        username: str = "gakju_test_bot",
        *,
        privacy: bool = False,
        flood: bool = False,
        port: int = 0,
    ) -> None:
        self.world = World(token, username, privacy=privacy)
        self.updates = Updates(self.world)
        self.faults = Faults(self.world, flood=flood)
        self.token = token
        self.port = port
        mine = {"server": self}
        self.routes: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
            (r"/bot([^/]+)/(\w+)", ApiHandler, mine),
            (r"/file/bot([^/]+)/(.+)", FileHandler, mine),
        ]
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="telegram", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    # ── life ────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> Self:
        self._sockets = bind_sockets(self.port, "127.0.0.1")
        self.port = self._sockets[0].getsockname()[1]
        self._thread.start()
        self._ready.wait()
        return self

    def stop(self) -> None:
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = self.updates.loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        application = Application(self.routes, log_function=lambda _: None)
        http = HTTPServer(application, max_body_size=BODY_LIMIT, max_buffer_size=BODY_LIMIT)
        http.add_sockets(self._sockets)
        self._ready.set()
        await self._stop.wait()
        self.updates.webhook = None
        http.stop()
        await http.close_all_connections()

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is set to."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def bot(self) -> JSON:
        return self.world.bot

    # ── people and chats ────────────────────────────────────────────────────────────────────────

    def person(
        self, name: str = "지은", language: str | None = "ko", *, username: str | None = None, started: bool = True
    ) -> Person:
        """Someone, who has opened the bot unless `started` is false."""
        with self.world.changed:
            user = self.world.user(name, language, username)
            return Person(self, user, self.world.private(user, "member" if started else "left"))

    def group(self, title: str, *members: Person) -> Chat:
        """A basic group that the bot is in; the first of its members made it."""
        with self.world.changed:
            return self.world.chat("group", title, _standing(members))

    def supergroup(self, title: str, *members: Person, username: str | None = None) -> Chat:
        with self.world.changed:
            return self.world.chat("supergroup", title, _standing(members), username=username)

    def forum(self, title: str, *members: Person, topics: Iterable[str] = ()) -> Chat:
        """A supergroup with topics besides General, whose ids are in Chat.topics."""
        with self.world.changed:
            chat = self.world.chat("supergroup", title, _standing(members))
            chat.json["is_forum"] = True
            for topic in topics:
                people.add_topic(self.world, chat, topic, members[0].json if members else ANONYMOUS)
            return chat

    def channel(self, title: str, *, username: str | None = None) -> Chat:
        """A channel that the bot is an administrator of."""
        with self.world.changed:
            return self.world.chat("channel", title, {}, username=username)

    def foreign(self, title: str, *members: Person) -> Chat:
        """A supergroup that the bot is not in."""
        with self.world.changed:
            chat = self.world.chat("supergroup", title, _standing(members))
            chat.status = "left"
            return chat

    def migrate(self, group: Chat, by: Person | None = None) -> Chat:
        """Make a group a supergroup, which is returned; the old id is refused with the new one."""
        return people.migrate(self, group, by.json if by else ANONYMOUS)

    def kick(self, chat: Chat, by: Person | None = None) -> None:
        people.change_status(self, chat, "kicked", by.json if by else ANONYMOUS)

    def join(self, chat: Chat, by: Person | None = None, *, status: Status = "member") -> None:
        """Take the bot into a chat, or give it another standing there."""
        people.change_status(self, chat, status, by.json if by else ANONYMOUS)

    def change_status(self, chat: Chat, status: Status, user: JSON) -> None:
        people.change_status(self, chat, status, user)

    def anonymous(self, chat: Chat, text: str, reply_to: Message | None = None) -> Message:
        """An administrator writes as the group."""
        return people.anonymous(self, chat, text, reply_to)

    def posts(self, channel: Chat, text: str) -> Message:
        return people.post(self, channel, text)

    def via_bot(self, person: Person, text: str, chat: Chat | None = None) -> Message:
        """A person's message that was made by the bot's own inline mode."""
        with self.world.changed:
            message = self.world.write(chat or person.chat, person.json, {"text": text, "via_bot": self.bot})
            self.tell(message, "message")
        return message

    # ── updates ─────────────────────────────────────────────────────────────────────────────────

    def push(self, body: JSON, line: str = "") -> int:
        """Queue any update, such as {"message": {…}}; returns its id.

        Args:
            line: updates of one line reach a webhook one after the other; a chat's id, say.
        """
        with self.world.changed:
            return self.updates.push(body, line)

    def tell(self, message: Message, kind: str) -> None:
        """Queue the update of a message, if the bot may see it."""
        if people.is_told(self.world, message):
            message.update_id = self.updates.push({kind: message.json}, str(message.chat_id))

    def redeliver(self, update_id: int) -> None:
        """Hand out an update again, although it was confirmed."""
        with self.world.changed:
            self.updates.redeliver(update_id)

    def pending(self) -> list[JSON]:
        """What was not confirmed yet."""
        with self.world.changed:
            return [update.json for update in self.updates.pending.values()]

    # ── what the bot did ────────────────────────────────────────────────────────────────────────

    def sent(self, chat: Where = None, *, deleted: bool = False) -> list[Message]:
        """The bot's messages as they stand now, oldest first."""
        with self.world.changed:
            wanted = None if chat is None else _id(chat)
            return [
                message
                for message in self.world.messages
                if message.from_bot and message.deleted is deleted and wanted in (None, message.chat_id)
            ]

    def calls(self, method: str | None = None, chat: Where = None) -> list[Call]:
        """The bot's requests, oldest first."""
        with self.world.changed:
            wanted = None if chat is None else _id(chat)
            return [
                call for call in self.world.calls if method in (None, call.method) and wanted in (None, call.chat_id)
            ]

    def wait(self, predicate: Callable[[], Found], timeout: float = 10) -> Found:
        """Wait until a predicate is true, looking again whenever anything happens; returns its value.

        Raises:
            TimeoutError: it was not within `timeout` seconds; says what the bot did.
        """
        with self.world.changed:
            self.world.changed.wait_for(predicate, timeout)
            found = predicate()
            if not found:
                raise TimeoutError(f"not within {timeout} s; the bot's last calls:\n{self.story()}")
            return found

    def reply(self, message: Message, n: int = 1, timeout: float = 10) -> Message:
        """Wait for the n-th of the bot's messages that came after `message` in its chat and topic."""

        def after() -> list[Message]:
            return [
                sent for sent in self.sent(message.chat) if sent.order > message.order and sent.topic == message.topic
            ][n - 1 : n]

        return self.wait(after, timeout)[0]

    def story(self, last: int = 15) -> str:
        """The bot's last calls and all violations, for people."""
        with self.world.changed:
            calls = [
                f"  {call.method} {call.chat_id or ''} → {call.code or 'not answered'} {call.description}"
                f" {call.fault} {str(call.params.get('text', ''))[:60]!r}"
                for call in self.world.calls[-last:]
            ]
            return "\n".join([*calls, *(f"  violation: {rule}" for rule in self.world.violations)])

    @property
    def violations(self) -> list[str]:
        """Every rule of the Bot API that was broken."""
        with self.world.changed:
            return list(self.world.violations)

    @property
    def commands(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """The menus: (scope, language) → its commands and what they do."""
        with self.world.changed:
            return {
                key: [(command["command"], command["description"]) for command in commands]
                for key, commands in self.world.commands.items()
            }

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        """What the bot says of itself: ("description", language) → text, and so on."""
        with self.world.changed:
            return dict(self.world.texts)

    @property
    def actions(self) -> list[tuple[int, int | None, str]]:
        """What was shown for a while: chat, topic, "typing"."""
        with self.world.changed:
            return list(self.world.actions)

    def unanswered(self, *kinds: str) -> list[Query]:
        with self.world.changed:
            queries = self.world.queries.values()
            return [query for query in queries if query.kind in kinds and not query.call and not query.expired]

    def unanswered_callbacks(self) -> list[Query]:
        """The presses on which the client still turns its wheel."""
        return self.unanswered("callback")

    def unanswered_queries(self) -> list[Query]:
        """The inline and guest queries that got nothing."""
        return self.unanswered("inline", "guest")

    def check(self) -> None:
        """For the end of every test.

        Raises:
            AssertionError: a rule was broken, or a press never answered.
        """
        presses = [f"the press of {query.json['data']!r} was never answered" for query in self.unanswered_callbacks()]
        problems = [*self.violations, *presses]
        if problems:
            raise AssertionError("\n".join(problems))

    # ── what goes wrong ─────────────────────────────────────────────────────────────────────────

    def fault(
        self,
        method: str,
        kind: Kind,
        *,
        times: int = 1,
        after: int = 0,
        chat: Where = None,
        retry_after: int = 1,
        seconds: float = 1.0,
        description: str = "",
    ) -> None:
        """Let the next calls of a method fail, after some that go well; "*" is every method but getUpdates."""
        with self.world.changed:
            chat_id = None if chat is None else _id(chat)
            self.faults.faults.append(Fault(method, chat_id, after, times, kind, retry_after, seconds, description))

    def on(
        self,
        method: str,
        callback: Callable[[Call], object],
        *,
        when: When = "before",
        times: int = 1,
        after: int = 0,
        chat: Where = None,
    ) -> None:
        """Call back at a moment of a call: read and without effect yet, done but not answered, or answered.

        A callback "before" (or "after") that returns False lets the request be without effect (or answer).
        It runs in the server's thread, and nothing is answered meanwhile. A getUpdates that got no updates counts
        "before" only.
        """
        with self.world.changed:
            chat_id = None if chat is None else _id(chat)
            self.faults.hooks.append(Hook(method, chat_id, after, times, when, callback))

    def duplicate(self, times: int = 1) -> None:
        """Hand out the next updates twice."""
        with self.world.changed:
            self.updates.duplicates = times

    @property
    def flood(self) -> bool:
        """Whether Telegram's limits of rate hold: 1 message a second in a chat, 20 a minute in a group, 30 a second."""
        return self.faults.flood

    @flood.setter
    def flood(self, on: bool) -> None:
        self.faults.flood = on


def _standing(members: tuple[Person, ...]) -> dict[int, Status]:
    return {person.id: "creator" if at == 0 else "member" for at, person in enumerate(members)}


def _id(chat: Chat | Person | int) -> int:
    return chat if isinstance(chat, int) else chat.id
