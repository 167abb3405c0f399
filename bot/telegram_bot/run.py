"""The bot as a process: from its start to its end."""

import asyncio
import contextlib
import functools
import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.errors import GakjuError
from bot.knowledge.base import Base
from bot.settings import ANYBODY, Settings, state_folder
from bot.store import answers, groups, people, updates
from bot.store.engine import AwayError, Store, engine
from bot.telegram_bot import logs, web
from bot.telegram_bot.access import Access
from bot.telegram_bot.answerer import Ask
from bot.telegram_bot.answering import Answering, Source
from bot.telegram_bot.app import application, register, think
from bot.telegram_bot.bot import Bot
from bot.telegram_bot.desk import Desk
from bot.telegram_bot.inbox import MOST_WAITING, Inbox
from bot.telegram_bot.metrics import Metrics
from bot.telegram_bot.outbox import Outbox
from bot.telegram_bot.polling import KINDS, UNKNOWN_TOKEN, Polling, pause_after
from bot.telegram_bot.profile import introduce

# Whoever stops us waits 10 seconds.
STOP_SECONDS = 7.0  # to finish what was received
CONFIRM_SECONDS = 1.0  # to tell Telegram so
LAST_SECONDS = 8.7  # to be gone, whatever hangs: it is no worse than a crash
TIDY_SECONDS = 3600.0
LOOK_SECONDS = 15.0  # between looks at the files of the knowledge base
SWITCH_SECONDS = 0.001  # that the database's thread waits for the one that answers; by default it is five times that

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Served:
    """What is served, and to whom."""

    base: Base
    asking: Callable[[Base], Ask]
    renewed: Callable[[Base], Base]  # the knowledge base as its files are now; a GakjuError where they are wrong
    allowed: frozenset[int] | Literal["*"]
    webhook: web.Webhook | None = None
    source: Source | None = None  # for a process beside this one, where there is a processor for it


def run(chosen: Settings, served: Served) -> None:
    """Run the bot until it is told to stop, by SIGTERM or SIGINT.

    Raises:
        GakjuError: it cannot start, or Telegram does not know its token (any more).
    """
    secrets = [secret.get_secret_value() for secret in (chosen.token, chosen.webhook_secret) if secret]
    logs.set_up(chosen.log_level, secrets)
    url = chosen.database_url.get_secret_value() if chosen.database_url else None
    store = Store(engine(url, state_folder(chosen.state_dir)))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until there is something to finish
    store.open()
    gc.collect()
    gc.freeze()  # what is there now stays: there is no need to look through it again and again
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        asyncio.run(serve(chosen, served, store))
    except GakjuError as error:  # in which may stand what a server answered
        raise GakjuError(logs.masked(str(error), secrets)) from None
    except KeyboardInterrupt:
        raise
    except Exception as error:  # the edge: the library's errors have the token in them
        log.error("a defect of this program: %s", logs.told(error))
        raise GakjuError(f"this is a defect of the program: {type(error).__name__}; the log says where") from None
    finally:
        store.close()


async def serve(chosen: Settings, served: Served, store: Store, stop: asyncio.Event | None = None) -> None:
    """Handle updates until `stop` is set, or a signal says so; then finish what was received."""
    assert chosen.token
    stop = stop or _stopped_by_signals()
    metrics = Metrics()
    bot = Bot(chosen.token.get_secret_value(), chosen.api_url, metrics)
    answering = Answering(served.base, served.asking(served.base))
    try:
        if not await _until(stop, _patiently(bot.initialize)):
            return
        access = Access(served.allowed, chosen.admins, await store.run(groups.moves))
        desk = Desk(answering, store, bot.bot, access, metrics, chosen.rich_messages)
        desk.holds()
        app = application(bot)
        register(app, desk)
        await app.initialize()
        outbox = Outbox(bot, store, access.moved, metrics)
        inbox = Inbox(functools.partial(think, app=app, desk=desk), store, outbox, metrics)
        base = served.base
        left = await inbox.take_up()
        who = "everybody" if served.allowed == ANYBODY else f"{len(access)} people and chats"
        ready = f"@{bot.username} answers {who} from {len(base.documents)} documents; {left} updates taken up again"
        async with _background(introduce(bot, store), _tidy(store), follow(desk, served)):
            await _receive(chosen, served, bot, inbox, store, metrics, stop, ready)
    finally:
        await answering.close()
        await bot.shutdown()


async def _receive(
    chosen: Settings,
    served: Served,
    bot: Bot,
    inbox: Inbox,
    store: Store,
    metrics: Metrics,
    stop: asyncio.Event,
    ready: str,
) -> None:
    """Take updates, by asking for them or by being called, until `stop` is set; then finish them.

    `ready` is logged when nothing can keep the bot from starting any more.
    """
    polling, hook = Polling(bot, inbox), served.webhook

    async def health() -> Mapping[str, bool]:
        await store.run(lambda _: None)
        return {"database": True, "updates": hook is not None or polling.well}

    async def receive(update: dict[str, Any]) -> None:
        if inbox.waiting > MOST_WAITING:
            raise web.FullError
        await inbox.accept([update], more=True)  # who calls us does not say what is left

    doors: list[web.Door] = []
    if hook:
        doors.append(web.webhook_door(chosen.webhook_listen, chosen.webhook_port, hook, receive))
    if chosen.http_port is not None:
        doors.append(web.status_door(chosen.http_listen, chosen.http_port, health, metrics))
    server = await web.serve(*doors)
    log.info("%s", ready)
    try:
        if hook:
            told = {"url": hook.url, "secret_token": hook.secret, "allowed_updates": KINDS}
            await _until(stop, _patiently(functools.partial(bot.call, "setWebhook", told)))
            await stop.wait()
        else:
            try:
                await _until(stop, _patiently(functools.partial(bot.call, "deleteWebhook", {})))
            except GakjuError as error:
                log.warning("%s; if there is a webhook, there will be no updates", error)
            await _until(stop, polling.run())
        log.info("stopping: %d updates are being handled", inbox.waiting)
    finally:
        ends = time.monotonic() + STOP_SECONDS
        await server.stop(STOP_SECONDS)
        if not await inbox.drain(ends - time.monotonic()):
            log.warning("%d updates are left for the next start", inbox.waiting)
        if not hook:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(polling.confirm(), CONFIRM_SECONDS)


def _stopped_by_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        stop.set()
        last = threading.Timer(LAST_SECONDS, _leave)
        last.daemon = True
        last.start()

    for name in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(name, end)
        except NotImplementedError:  # Windows
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(end))
    return stop


def _leave() -> None:
    log.warning("stopped with something unfinished; the next start takes it up")
    os._exit(0)


async def _until(stop: asyncio.Event, work: Awaitable[None]) -> bool:
    """Do `work`, but only until `stop` is set; whether it was done."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            return False
        task.result()
        return True
    finally:
        stopped.cancel()


async def _patiently(request: Callable[[], Awaitable[object]]) -> None:
    """Make a request until Telegram answers.

    Raises:
        GakjuError: it does not know the token, or refuses.
    """
    failures = 0
    while True:
        try:
            await request()
            return
        except InvalidToken:
            raise GakjuError(UNKNOWN_TOKEN) from None
        except (BadRequest, Forbidden) as error:
            raise GakjuError(f"Telegram refused: {error}") from None
        except TelegramError as error:
            pause = pause_after(error, failures)
            failures += 1
            log.warning("Telegram does not answer: %s; asking again in %g s", type(error).__name__, pause)
            await asyncio.sleep(pause)


@contextlib.asynccontextmanager
async def _background(*works: Awaitable[None]) -> AsyncIterator[None]:
    """Do `works` beside the rest, and no longer than it."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for error in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(error, Exception):
                log.error("in the background: %s", logs.told(error))


async def _tidy(store: Store) -> None:
    """Forget what need not be kept any more."""
    while True:
        with contextlib.suppress(AwayError):  # there is no hurry
            await store.run(updates.prune)
            await store.run(answers.prune)
            await store.run(people.prune)
        await asyncio.sleep(TIDY_SECONDS)


async def follow(desk: Desk, served: Served, every_seconds: float = LOOK_SECONDS) -> None:
    """Serve the knowledge base as its files are; while they have an error, go on with what is served."""
    told = ""
    await _helped(desk, served)
    while True:
        await asyncio.sleep(every_seconds)
        try:
            base = await asyncio.to_thread(served.renewed, desk.base)
            ask = await asyncio.to_thread(served.asking, base) if base is not desk.base else None
        except (GakjuError, OSError) as error:
            if str(error) != told:
                log.error("the knowledge base stays as it was: %s", error)
            told = str(error)
            continue
        if ask:
            desk.take(base, ask)
            log.info("the knowledge base is taken up as it is now: %d documents", len(base.documents))
            await _helped(desk, served)
        told = ""


async def _helped(desk: Desk, served: Served) -> None:
    """Have answers made beside this process, where there is a processor for that."""
    if served.source:
        await desk.answering.be_helped(served.source)
