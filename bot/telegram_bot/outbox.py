"""Sending once what is to be sent once.

What is sent for an update is written down before any of it is, each request in the state planned. A request that makes
a message is in the state sending from before it is made until its message's id is known. Whoever finds one in that
state, after a crash or a dropped connection, does not know whether the message exists; telegram_bot/lost.py looks for
it. Where it is found, it is as if the request had been answered; where there is none, it is sent again. Where there are
more messages that it could be than may be looked at, it is sent again too: twice is better than never. Whatever was sent
again is looked for once more a while later: should it be there twice by then, the second is deleted.

A chat is sent one message at a time, so at most one of each chat is in that state.
"""

import asyncio
import contextlib
import functools
import itertools
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from telegram.error import TelegramError

from bot.schema import Kind
from bot.store import groups, messages, updates
from bot.store.engine import AwayError, Connection, Store
from bot.store.messages import SUPERGROUPS, Outgoing, Step
from bot.telegram_bot import fates, lost
from bot.telegram_bot.bot import CONNECTIONS, Bot
from bot.telegram_bot.fates import MAKING, Changed, Done, Fate, Lost, Refused, Unsent
from bot.telegram_bot.limits import Outgoing as Limits
from bot.telegram_bot.metrics import Metrics

PAUSES_SECONDS = (0.3, 1.0, 3.0, 10.0, 30.0)  # after each failure, and the last one from then on
BEHIND_SECONDS = 5.0  # to wait for updates that are not here yet, before a lost message is looked for
LATE_SECONDS = 5.0  # to wait for what Telegram did not answer in time, before it is looked for
TWIN_SECONDS = 30.0  # from when something is sent again until it is seen whether it is there twice
MOST_TWINS = 50  # are looked for: after an outage, what is new matters more
LONGEST_SECONDS = 86400.0  # that anything is tried for, as long as Telegram itself would
QUERY_SECONDS = 60.0  # for the answer to a press or a query: nobody waits for it any more

log = logging.getLogger(__name__)
Record = Callable[[Connection], object]


@dataclass(frozen=True)
class Plan:
    """What is to be done for an update, as one: written down whole or not at all."""

    outgoing: tuple[Outgoing, ...] = ()
    records: tuple[Record, ...] = ()  # what else is to be kept
    kind: Kind | None = None  # of the answer that it gives


class Outbox:
    """Carries out plans."""

    def __init__(self, bot: Bot, store: Store, moved: Callable[[int, int], None], metrics: Metrics) -> None:
        """Make one that tells `moved` the old and the new id of a group that became a supergroup."""
        self._metrics = metrics
        self._bot = bot
        self._store = store
        self._moved = moved
        self._limits = Limits()
        self._up_to_date = asyncio.Event()  # what others wrote is known, but for what they write just now
        self._slots = asyncio.Semaphore(CONNECTIONS)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()  # of chats that are sent to
        self._looking = asyncio.Lock()  # for one twin at a time: there is no hurry
        self._twins: set[asyncio.Task[None]] = set()
        self._newest: int | None = None  # id of the messages that are counted together; None: not looked up yet

    def saw(self, chat: int, message: int) -> None:
        """A message is there: whatever is sent from now on has a higher id, if it is counted together with it."""
        if self._newest is not None and chat > SUPERGROUPS:
            self._newest = max(self._newest, message)

    def is_up_to_date(self, yes: bool) -> None:
        """Whether all updates are here, or there are more at Telegram."""
        if yes:
            self._up_to_date.set()
        else:
            self._up_to_date.clear()

    async def deliver(self, update_id: int, plan: Plan) -> None:
        """Write down a plan, carry it out, and mark its update as handled."""
        steps = [Step(number, outgoing) for number, outgoing in enumerate(plan.outgoing)]
        first = plan.records
        # What does no harm when it is done again need not be written down: it can be thought out again.
        if first or any(outgoing.method in MAKING for outgoing in plan.outgoing):
            first = (*first, lambda db: messages.plan(db, update_id, steps))
        await self._carry_out(update_id, steps, first)

    async def acknowledge(self, query: str) -> None:
        """Say to whoever pressed a button that it was noticed; what it does comes later."""
        await self._request(Outgoing("answerCallbackQuery", {"callback_query_id": query}))

    async def resume(self, update_id: int) -> bool:
        """Go on with what was planned for an update before a crash; False where nothing was."""
        steps = await self._store.run(lambda db: messages.unsent(db, update_id))
        if steps is None:
            return False
        await self._carry_out(update_id, steps, ())
        return True

    async def _carry_out(self, update_id: int, steps: list[Step], first: tuple[Record, ...]) -> None:
        """Make the requests in order; `first` is written down before the first of them is made."""
        if not steps:
            await self._write(*first, lambda db: updates.handled(db, update_id))
        while steps:
            async with self._turn(steps[0].outgoing):
                fate = await self._make(update_id, steps[0], first)
                first = ()
                # Half an answer is none, and who blocked the bot for one page did so for all.
                refused = isinstance(fate, Refused) and (fate.by_all or steps[0].outgoing.method in MAKING)
                over, steps = (steps, []) if refused else (steps[:1], steps[1:])
                if isinstance(fate, Refused):
                    self._tell(update_id, over[0].outgoing.method, fate)
                    await self._write(*_unseen(over[0].outgoing))
                await self._write(*_settling(update_id, over, fate, last=not steps))

    def _turn(self, outgoing: Outgoing) -> contextlib.AbstractAsyncContextManager[object]:
        """Lets one message be made in a chat at a time; whatever makes none need not wait."""
        if outgoing.method not in MAKING and not outgoing.otherwise:
            return contextlib.nullcontext()
        return self._turns.setdefault(outgoing.params["chat_id"], asyncio.Lock())

    def _tell(self, update_id: int, method: str, fate: Refused) -> None:
        """Log what was refused: as an error where it is a mistake of ours that somebody has to do without an answer."""
        level = logging.INFO if fate.ordinary else logging.ERROR if method in MAKING else logging.WARNING
        log.log(level, "update %d: %s was refused: %s", update_id, method, fate.why[:200])
        if not fate.ordinary:
            self._metrics.failed("telegram")

    async def _make(self, update_id: int, step: Step, first: tuple[Record, ...]) -> Done | Refused:
        """Make a request until its fate is settled."""
        outgoing, after = step.outgoing, step.after or 0
        making = outgoing.method in MAKING
        unknown, again = step.state == "sending", None
        deadline = time.monotonic() + (QUERY_SECONDS if outgoing.method.startswith("answer") else LONGEST_SECONDS)
        for pause in _pauses():
            chat: int = outgoing.params.get("chat_id", 0)
            if unknown:
                with contextlib.suppress(TimeoutError):  # else it is one of hundreds of messages that are not known
                    await asyncio.wait_for(self._up_to_date.wait(), BEHIND_SECONDS)
                try:
                    found = await lost.find(outgoing, after, update_id, self._store, self._look)
                except lost.InconclusiveError:
                    log.warning(
                        "update %d: whether %s took effect cannot be found out; again", update_id, outgoing.method
                    )
                    found = None
                if found is not None:
                    self.saw(chat, found)
                    return Done(found)
                again = after if again is None else again
            await _rest(self._limits.wait(chat, time.monotonic()))
            if making and self._newest is None:
                self._newest = await self._store.run(messages.newest_of_account)
            async with self._slot(chat):
                if making and not unknown:
                    mark = functools.partial(messages.sending, update_id=update_id, number=step.number, chat=chat)
                    *_, after = await self._write(*first, functools.partial(mark, account=self._newest or 0))
                elif first:
                    await self._write(*first)
                first = ()
                fate = await self._request(outgoing)
            match fate:
                case Done():
                    if making and fate.message is not None:
                        self.saw(chat, fate.message)
                        if again is not None and len(self._twins) < MOST_TWINS:
                            self._begin(self._delete_twin(update_id, outgoing, again))
                    return fate
                case Refused():
                    return fate
                case Lost():
                    unknown = making
                    if fate.late:
                        await asyncio.sleep(LATE_SECONDS)
                case Changed():
                    outgoing, unknown = fate.outgoing, False
                    if fate.migrated:
                        await self._migrate(*fate.migrated)
                    if fate.gone is not None:
                        making = True
                        await self._write(*_made_anew(update_id, step.number, outgoing, fate.gone))
                    continue
                case Unsent():
                    unknown = False
                    if making:
                        await self._write(lambda db: messages.not_sent(db, update_id, step.number))
            self._metrics.retried()
            log.info("update %d: %s was %s; trying again", update_id, outgoing.method, type(fate).__name__.lower())
            if time.monotonic() > deadline:
                return Refused(f"{type(fate).__name__.lower()} for too long", ordinary=False)
            if not isinstance(fate, Unsent) or fate.seconds is None:  # else it is the limits that wait
                await asyncio.sleep(pause)
        raise AssertionError  # the pauses have no end

    async def _request(self, outgoing: Outgoing) -> Fate:
        try:
            return fates.of_result(await self._bot.call(outgoing.method, outgoing.params))
        except TelegramError as error:
            fate = fates.of_error(error, outgoing)
        if isinstance(fate, Unsent) and fate.seconds is not None:
            self._limits.flooded(outgoing.params.get("chat_id", 0), fate.seconds, time.monotonic())
        return fate

    @contextlib.asynccontextmanager
    async def _slot(self, chat: int) -> AsyncIterator[None]:
        """A connection, at a time when Telegram does not tell us to wait."""
        while True:
            await _rest(self._limits.pause(chat, time.monotonic()))
            async with self._slots:
                if not self._limits.pause(chat, time.monotonic()):  # it may have said so while others had them all
                    yield
                    return

    async def _look(self, edit: Outgoing) -> Fate:
        """Make an edit that looks for a message, as fast as Telegram lets us."""
        chat: int = edit.params["chat_id"]
        for pause in _pauses():
            await asyncio.sleep(self._limits.look(chat, time.monotonic()))
            async with self._slot(chat):
                fate = await self._request(edit)
            if not isinstance(fate, Unsent | Lost):
                return fate
            if isinstance(fate, Lost) or fate.seconds is None:
                await asyncio.sleep(pause)
        raise AssertionError  # the pauses have no end

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._twins.add(task)
        task.add_done_callback(self._twins.discard)

    async def _delete_twin(self, update_id: int, outgoing: Outgoing, after: int) -> None:
        """Delete the message that a request made after all, long after it was made again."""
        await asyncio.sleep(TWIN_SECONDS)
        async with self._looking, self._turn(outgoing):
            with contextlib.suppress(lost.InconclusiveError, AwayError):
                found = await lost.find(outgoing, after, update_id, self._store, self._look)
                if found is not None:
                    log.info("update %d: %s took effect twice; one is deleted", update_id, outgoing.method)
                    where = {"chat_id": outgoing.params["chat_id"], "message_id": found}
                    await self._request(Outgoing("deleteMessage", where))

    async def _migrate(self, old: int, new: int) -> None:
        self._moved(old, new)
        await self._write(lambda db: groups.moved(db, old, new))

    async def _write(self, *records: Record) -> list[Any]:
        return await self._store.run(lambda db: [record(db) for record in records])


def _settling(update_id: int, over: list[Step], fate: Done | Refused, last: bool) -> Iterator[Record]:
    """Write down what became of steps, and that their update is handled if they were the last."""
    state: messages.State = "sent" if isinstance(fate, Done) else "dropped"
    message = fate.message if isinstance(fate, Done) else None
    for step in over:
        yield functools.partial(messages.settled, update_id=update_id, number=step.number, state=state, message=message)
    if last:
        yield lambda db: updates.handled(db, update_id)


def _unseen(refused: Outgoing) -> Iterator[Record]:
    """Write down that what a message shows is not what a refused edit was to make of it."""
    if refused.method == "editMessageText" and "message_id" in refused.params:
        place = {"chat": refused.params["chat_id"], "message": refused.params["message_id"]}
        yield functools.partial(messages.viewed, **place, view=messages.UNKNOWN)


def _made_anew(update_id: int, number: int, outgoing: Outgoing, gone: int) -> Iterator[Record]:
    """Write down that a step makes a message in the place of one that is gone."""
    yield lambda db: messages.gone(db, outgoing.params["chat_id"], gone)
    yield lambda db: messages.changed(db, update_id, number, outgoing)


async def _rest(seconds: float) -> None:
    """Sleep; for no time not even until whoever else has something to do has done it."""
    if seconds > 0:
        await asyncio.sleep(seconds)


def _pauses() -> Iterator[float]:
    """Seconds to wait after each failure."""
    return itertools.chain(PAUSES_SECONDS, itertools.repeat(PAUSES_SECONDS[-1]))
