"""The bot, run beside a test: in a thread of its own, or as the process that an operator starts."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from telegram_server import Server

from bot.cli.opening import asking
from bot.knowledge.base import Base
from bot.settings import Settings
from bot.store.engine import Store, engine
from bot.telegram_bot.access import check_closed
from bot.telegram_bot.run import Served, serve
from bot.telegram_bot.web import webhook_of

ROOT = Path(__file__).parent.parent
SECONDS = 15  # that a test waits for what takes a fraction of one


class Running:
    """The bot in a thread."""

    def __init__(self, chosen: Settings, base: Base, folder: Path, webhook: bool = False) -> None:
        url = chosen.database_url.get_secret_value() if chosen.database_url else None
        self.store = Store(engine(url, folder))
        self._chosen = chosen
        hook = webhook_of(chosen) if webhook else None
        self._served = Served(base, asking, lambda base: base, check_closed(chosen, ships=True), hook)
        self._thread = threading.Thread(target=asyncio.run, args=(self._run(),))
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        await serve(self._chosen, self._served, self.store, self._stop)

    def start(self) -> None:
        self._ready = threading.Event()
        self.store.open()
        self._thread.start()
        assert self._ready.wait(SECONDS)

    def end(self) -> None:
        """As SIGTERM does."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)

    def stop(self) -> None:
        """End, and wait for it."""
        self.end()
        self.join()
        self.store.close()

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join(SECONDS)
        assert not self._thread.is_alive()


def chosen(server: Server, **more: Any) -> Settings:
    """The settings of a bot at the tests' server."""
    variables = {"TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url, "GAKJU_LOG_LEVEL": "DEBUG", **more}
    return Settings(_env_file=None, **variables)


@contextmanager
def running(server: Server, base: Base, folder: Path, *, webhook: bool = False, **more: Any) -> Iterator[Running]:
    """Run the bot in a thread while the block lasts."""
    bot = Running(chosen(server, **more), base, folder, webhook)
    bot.start()
    try:
        yield bot
    finally:
        bot.stop()


class Process:
    """`gakju telegram`, to be killed and started again."""

    def __init__(self, server: Server, folder: Path, kb: Path, *options: str, **more: str) -> None:
        self.folder = folder
        self._arguments = ["telegram", "--kb", str(kb), *options]
        self._environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_ALLOWED_CHATS": "*",
            "GAKJU_STATE_DIR": str(folder / "state"),
            **more,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", *self._arguments],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing cleaned up."""
        assert self._process
        self._process.kill()
        self._process.wait(SECONDS)

    def terminate(self) -> int:
        """SIGTERM; returns the exit status."""
        assert self._process
        self._process.terminate()
        return self._process.wait(SECONDS)

    def wait(self) -> int:
        assert self._process
        return self._process.wait(SECONDS)

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")


@contextmanager
def process(server: Server, folder: Path, kb: Path, *options: str, **more: str) -> Iterator[Process]:
    """Run `gakju telegram` while the block lasts."""
    bot = Process(server, folder, kb, *options, **more)
    bot.start()
    try:
        yield bot
    finally:
        if bot.alive:
            bot.kill()
