"""Updates: written down as they come, handled once each and in order.

What is said in one chat is handled in the order that it was said in, and so are the buttons pressed there; chats do not
wait for each other, nor do buttons for questions, but for one that is edited. Nothing is handled before it is written
down, and what is not handled when the process ends is taken up by the next.
"""

import asyncio
import contextlib
import functools
import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from bot.store import updates
from bot.store.engine import AwayError, Store
from bot.store.updates import Received
from bot.telegram_bot.logs import told
from bot.telegram_bot.metrics import Metrics
from bot.telegram_bot.outbox import Outbox, Plan

MOST_TRIES = 10  # crashes that one update may be there at; it may be what causes them
LARGEST_ID = 1 << 63  # and all beyond are no ids of Telegram's, which has 52 bits
MOST_WAITING = 2000  # updates; what is more stays at Telegram
AGAIN_SECONDS = 5.0
PATIENCE_SECONDS = 2.0  # that a button waits for the presses before it, until it is told that it was noticed

log = logging.getLogger(__name__)
Lane = tuple[str, int]
Think = Callable[[dict[str, Any], bool], Awaitable[Plan]]  # an update's JSON, and whether it is taken up again


class Inbox:
    """What is received and not handled."""

    def __init__(self, think: Think, store: Store, outbox: Outbox, metrics: Metrics) -> None:
        self._metrics = metrics
        self._think = think
        self._store = store
        self._outbox = outbox
        self._lanes: dict[Lane, deque[tuple[dict[str, Any], bool, float]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._accepting: set[asyncio.Task[bool]] = set()
        self._soothed: set[int] = set()  # presses that are answered before they are handled
        self._views: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()  # of chats where messages change
        self._idle = asyncio.Event()
        self._room = asyncio.Event()
        self._idle.set()
        self._room.set()
        self.waiting = 0
        self.next: int | None = None  # Telegram may forget all updates before this one

    async def accept(self, batch: Iterable[dict[str, Any]], more: bool = False) -> bool:
        """Write updates down, and handle those that are new; when this returns, Telegram may forget them.

        Args:
            batch: the JSON of updates.
            more: whether there may be more at Telegram.

        Returns:
            Whether any has an id by which Telegram can be told so.
        """
        task = asyncio.create_task(self._accept(batch, more))
        self._accepting.add(task)
        task.add_done_callback(self._accepting.discard)
        return await asyncio.shield(task)  # who asked for it may be told to stop; what came is kept all the same

    async def _accept(self, batch: Iterable[dict[str, Any]], more: bool) -> bool:
        by_id: dict[int, dict[str, Any]] = {}
        names: list[int] = []
        for item in batch:
            name = item.get("update_id") if isinstance(item, dict) else None
            if not (isinstance(name, int) and 0 <= name < LARGEST_ID):
                log.error("an update whose id is %s: skipped", _number(name))
                continue
            names.append(name)
            if _fits(item):
                by_id[name] = item
            else:
                log.error("update %d has a number that is no id: skipped", name)
        received = [Received(name, json.dumps(item), *_place(item)) for name, item in by_id.items()]
        new = await self._store.run(lambda db: updates.receive(db, received))
        for update in received:
            if update.chat is not None and update.message is not None:
                self._outbox.saw(update.chat, update.message)
        self._outbox.is_up_to_date(not more)
        self.next = max((name + 1 for name in names), default=self.next)
        for name in sorted(new):
            self._metrics.received(next((kind for kind in by_id[name] if kind != "update_id"), ""))
            self._enter(by_id[name], again=False)
        return bool(names)

    async def take_up(self) -> int:
        """Go on with what an earlier process left unhandled; returns how much that is."""
        left = await self._store.run(updates.waiting)
        for received, tries in left:
            if tries >= MOST_TRIES:
                log.error("update %d was not handled in %d attempts, and is given up", received.id, tries)
                await self._store.run(functools.partial(updates.handled, update_id=received.id))
            else:
                self._enter(json.loads(received.body), again=True)
        return len(left)

    async def room(self) -> None:
        """Wait until there is not too much waiting to get more."""
        await self._room.wait()

    async def drain(self, seconds: float) -> bool:
        """Wait until all is handled, but not for longer than so many seconds; whether it is."""
        try:
            async with asyncio.timeout(seconds):
                await asyncio.gather(*self._accepting, return_exceptions=True)
                await self._idle.wait()
        except TimeoutError:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            return False
        return True

    def _enter(self, item: dict[str, Any], again: bool) -> None:
        lane = _lane(item)
        self.waiting += 1
        self._metrics.waiting(self.waiting)
        self._idle.clear()
        if self.waiting > MOST_WAITING:
            self._room.clear()
        is_free = lane not in self._lanes
        if is_free:
            self._lanes[lane] = deque()
            self._begin(self._go(lane))
        queue = self._lanes[lane]
        queue.append((item, again, time.monotonic()))
        if "callback_query" in item and not (is_free and self._may_change(item)):
            self._begin(self._soothe(item, queue))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _go(self, lane: Lane) -> None:
        """Handle what waits in a lane, one after another."""
        queue = self._lanes[lane]
        while queue:
            item, again, since = queue[0]
            async with self._view(item):
                queue.popleft()
                await self._handle(item, again, since)
            self._soothed.discard(item["update_id"])
            self.waiting -= 1
            self._metrics.waiting(self.waiting)
            if self.waiting <= MOST_WAITING:
                self._room.set()
            if not self.waiting:
                self._idle.set()
        del self._lanes[lane]

    async def _soothe(self, item: dict[str, Any], queue: deque[tuple[dict[str, Any], bool, float]]) -> None:
        """Answer a press that still waits for others, of a busy group, after a while: late, it is not taken any more."""
        await asyncio.sleep(PATIENCE_SECONDS)
        name, query = item["update_id"], item["callback_query"].get("id")
        if isinstance(query, str) and any(other is item for other, _, _ in queue):
            self._soothed.add(name)
            await self._outbox.acknowledge(query)

    def _view(self, item: dict[str, Any]) -> contextlib.AbstractAsyncContextManager[object]:
        """Lets one button or edited question of a chat change messages at a time: they change the same ones."""
        if not item.keys() & {"callback_query", "edited_message"}:
            return contextlib.nullcontext()
        _, place = _lane(item)
        return self._views.setdefault(place, asyncio.Lock())

    def _may_change(self, item: dict[str, Any]) -> bool:
        """Whether nothing else changes the messages of its chat now."""
        _, place = _lane(item)
        held = self._views.get(place)
        return held is None or not held.locked()

    async def _handle(self, item: dict[str, Any], again: bool, since: float) -> None:
        name: int = item["update_id"]
        while True:
            try:
                if again:
                    await self._store.run(lambda db: updates.taken_up(db, name))
                    if await self._outbox.resume(name):
                        return
                plan = await self._think(item, again)
                if name in self._soothed:
                    plan = replace(
                        plan, outgoing=tuple(one for one in plan.outgoing if one.method != "answerCallbackQuery")
                    )
                await self._outbox.deliver(name, plan)
                if plan.kind:
                    self._metrics.answered(plan.kind, time.monotonic() - since)
                return
            except AwayError as error:  # it is written down; the rest can wait until the database is back
                self._metrics.failed("store")
                log.error("update %d: the database failed (%s); trying again", name, type(error).__name__)
                again = True
                await asyncio.sleep(AGAIN_SECONDS)
            except Exception as error:  # the edge: others in the chat are not to wait for what will not go
                self._metrics.failed("update")
                log.error("update %d: a defect of this program: %s; left for the next start", name, told(error))
                return


def _fits(item: dict[str, Any]) -> bool:
    """Whether all its numbers are such as the database holds."""
    values: list[Any] = [item]
    while values:
        value = values.pop()
        if isinstance(value, dict):
            values.extend(value.values())
        elif isinstance(value, list):
            values.extend(value)
        elif isinstance(value, int) and not -LARGEST_ID <= value < LARGEST_ID:
            return False
    return True


def _number(value: object) -> str:
    """A number as it may be logged; whatever else it is may be what people wrote."""
    return str(value)[:30] if isinstance(value, int | float) else "no number"


def _place(item: dict[str, Any]) -> tuple[int | None, int | None]:
    """The chat of an update, and the id of the message in it that is nobody else's."""
    message = item.get("message") or item.get("edited_message")
    if not isinstance(message, dict):
        return None, None
    chat, name = message.get("chat"), message.get("message_id")
    place = chat.get("id") if isinstance(chat, dict) else None
    return (place, name) if isinstance(place, int) and isinstance(name, int) else (None, None)


def _lane(item: dict[str, Any]) -> Lane:
    """What an update must not overtake: what was said in its chat or pressed there, else what its sender did."""
    for kind, value in item.items():
        if not isinstance(value, dict):
            continue
        message = value.get("message") if kind == "callback_query" else value
        for key, of in (("chat", message), ("from", value)):
            place = of.get(key) if isinstance(of, dict) else None
            if isinstance(place, dict) and isinstance(place.get("id"), int):
                return ("press" if kind == "callback_query" else key), place["id"]
    return "update", item["update_id"]
