"""Answers for chats: each made once, and where there are processes beside this one, made there.

Those processes are only a help: what they do not answer is answered here.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.files import PACKAGES
from bot.knowledge.base import Base
from bot.library import Content, Engine
from bot.schema import Answer, Citation
from bot.telegram_bot.answerer import NOT_MADE, Ask, Context, Made, further

REMEMBERED = 4096  # answers: the same question gives the same
MOST_BESIDE = 2  # processes that make answers: with more, the one that talks to Telegram has all to do
SECONDS = 10.0  # without any answer, and the process beside is given up
LONGEST = 2**24  # bytes of what it says at once
SECRET = ("TELEGRAM_", "DATABASE_")  # what settings that it has no need of begin with

log = logging.getLogger(__name__)
Key = tuple[str, Context]
Value = TypeVar("Value")


class Latest(dict[Key, Value]):
    """What was made of the latest questions."""

    def keep(self, key: Key, value: Value) -> Value:
        """Remember a value, and forget the oldest beyond `REMEMBERED`."""
        self.pop(key, None)
        self[key] = value
        if len(self) > REMEMBERED:
            del self[next(iter(self))]
        return value


@dataclass(frozen=True)
class Source:
    """The knowledge base that a process beside is to open."""

    root: Path
    engine: Engine
    processes: int = 1  # that are to open it


class Beside:
    """A process that answers, seen from the one that asks."""

    def __init__(self, process: Process, seconds: float = SECONDS) -> None:
        self._process = process
        self._seconds = seconds
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._answered = 0
        self.is_over = False  # it answers no more
        self._listening: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """The number that the system has for it."""
        return self._process.pid

    @property
    def waiting(self) -> int:
        """How many questions it has not answered yet."""
        return len(self._waiting)

    async def open(self, base: Base, source: Source) -> bool:
        """Wait until it can be asked; whether it answers from the same files as `base`."""
        assert self._process.stdout
        hello = await self._process.stdout.readline()
        expected = base.stamp or Content(source.root).stamp
        if not hello or json.loads(hello) != expected:
            return False
        self._listening = asyncio.create_task(self._listen())
        return True

    async def made(self, question: str, context: Context) -> Made | None:
        """The answer to a question, or None where it has to be made here."""
        if self.is_over:
            return None
        assert self._process.stdin
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._process.stdin.write(json.dumps([question, context]).encode() + b"\n")
        while not future.done():
            before = self._answered
            await asyncio.wait({future}, timeout=self._seconds)
            if not future.done() and self._answered == before:
                self._give_up()
        line = future.result()
        return None if line == NOT_MADE else Made.model_validate_json(line)

    async def _listen(self) -> None:
        assert self._process.stdout
        with contextlib.suppress(ValueError, OSError):  # a line that is too long, a broken pipe
            while line := await self._process.stdout.readline():
                self._answered += 1
                if not (future := self._waiting.popleft()).done():
                    future.set_result(line)
        self._give_up()

    def _give_up(self) -> None:
        if not self.is_over:
            log.warning("the process that makes answers is gone, or hangs; they are made in this one")
            self._end()

    def _end(self) -> None:
        if not self.is_over:  # a second signal may take the process's end from asyncio, which waits for it
            self.is_over = True
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        while self._waiting:
            if not (future := self._waiting.popleft()).done():
                future.set_result(NOT_MADE)

    async def ended(self) -> None:
        """Wait until it answers no more."""
        if self._listening:
            await asyncio.shield(self._listening)

    async def close(self) -> None:
        """End it."""
        self._end()
        if self._listening:
            await self._listening
        await self._process.wait()


def command(source: Source) -> list[str]:
    """What starts the process beside."""
    return [sys.executable, "-P", "-m", "bot.telegram_bot.answerer", str(source.root), source.engine]


def environment() -> dict[str, str]:
    """The variables that it gets: none that it has no need of and nobody is to know."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SECRET)}
    return {**kept, "PYTHONPATH": str(PACKAGES)}


async def start(source: Source, seconds: float = SECONDS) -> Beside:
    """Start a process that answers from a knowledge base, and is given up after so many seconds without an answer."""
    process = await asyncio.create_subprocess_exec(
        *command(source),
        env=environment(),
        stdin=PIPE,
        stdout=PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LONGEST,
    )
    return Beside(process, seconds)


def processes_beside(processors: int | None) -> int:
    """How many processes are to make answers: one processor is left to the one that talks to Telegram."""
    return min(MOST_BESIDE, (processors or 1) - 1)


class Answering:
    """What a chat may ask."""

    def __init__(self, base: Base, ask: Ask) -> None:
        self._former: tuple[Beside, ...] = ()
        self._beside: tuple[Beside, ...] = ()
        self.take(base, ask)

    def take(self, base: Base, ask: Ask) -> None:
        """Answer from another state of the knowledge base from now on, until `be_helped` without help."""
        self.base = base
        self._ask = ask
        self._answers: Latest[Answer] = Latest()
        self._further: Latest[tuple[Citation, ...]] = Latest()
        self._former, self._beside = (*self._former, *self._beside), ()

    async def be_helped(self, source: Source) -> bool:
        """Have answers made by processes beside this one, if they answer from the same files; whether they do."""
        await self.close()
        started: list[Beside] = []
        try:
            for _ in range(source.processes):
                started.append(await start(source))  # noqa: PERF401  # one by one: those that were are ended below
            if all(await asyncio.gather(*(beside.open(self.base, source) for beside in started))):
                self._beside = tuple(started)
                return True
        except OSError as error:
            log.warning("no process beside this one: %s", type(error).__name__)
        finally:
            if not self._beside:
                for beside in started:
                    await beside.close()
        return False

    @property
    def helpers(self) -> list[Beside]:
        """The processes that make answers."""
        return [beside for beside in self._beside if not beside.is_over]

    async def close(self) -> None:
        """End the processes beside."""
        for beside in (*self._former, *self._beside):
            await beside.close()
        self._former = self._beside = ()

    def ask(self, question: str, context: Context = ()) -> Answer:
        """The answer to a question, at once."""
        key = question, context
        return self._answers.get(key) or self._answers.keep(key, self._ask(question, context))

    def further(self, question: str, context: Context) -> tuple[Citation, ...]:
        """What else the articles say of a question, at once."""
        key = question, context
        known = self._further.get(key)
        if known is not None:
            return known
        return self._further.keep(key, further(self.ask(question, context), question, context, self.base))

    async def prepare(self, question: str, context: Context) -> None:
        """Have an answer made without holding up others; afterwards it is there at once."""
        answers, more, key = self._answers, self._further, (question, context)
        if key in answers or not self.helpers:
            return
        made = await min(self.helpers, key=lambda beside: beside.waiting).made(question, context)
        if made:  # and if the knowledge base is another by now, it goes where nobody looks any more
            answers.keep(key, made.answer)
            if made.further is not None:
                more.keep(key, made.further)
            if made.alone:
                answers.keep((question, ()), made.alone)
