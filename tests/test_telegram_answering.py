"""Answers that a process beside the bot makes: the same ones, and none is waited for in vain."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from conftest import Make, changed

from bot import library
from bot.answer import answer
from bot.answer.more import more
from bot.errors import GakjuError
from bot.knowledge.base import Base
from bot.library import Engine
from bot.schema import Answer
from bot.telegram_bot.answering import Answering, Beside, Source, command, environment, processes_beside, start

FIGURE = "솔빛제과 2024년 손님 몇 명?"
BREAD = "달무리빵집은 소금빵을 얼마에 팔아?"
QUESTIONS = (
    (FIGURE, ()),
    ("달무리는?", (FIGURE,)),
    ("why is red bean bread expensive?", ()),
    ("모래과자점은 왜 간판을 바꿨어?", ()),
    ("솔빛제과 주소는?", ()),
    ("help", ()),
    ("", ()),
    ("\ud800 🍞", ()),
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")


def asked_of(
    root: Path, work: Callable[[Beside, Base], Awaitable[None]], seconds: float = 10.0, engine: Engine = "auto"
) -> None:
    """Do `work` with a process that answers from `root`."""

    async def run() -> None:
        base, source = library.load(root, engine), Source(root, engine)
        beside = await start(source, seconds)
        try:
            assert await beside.open(base, source)
            await work(beside, base)
        finally:
            await beside.close()

    asyncio.run(run())


def refuse(question: str, context: tuple[str, ...]) -> Answer:
    raise AssertionError(f"{question} {context} is answered here")


@pytest.mark.parametrize("engine", ["memory", "disk"])
def test_what_is_made_beside_is_what_would_be_made_here(engine: Engine, make: Make) -> None:
    async def work(beside: Beside, base: Base) -> None:
        for question, context in QUESTIONS:
            found = await beside.made(question, context)
            assert found
            expected = answer(question, base, context)
            assert found.answer == expected
            skip = frozenset(f"{citation.document}#{citation.passage}" for citation in expected.citations)
            others = more(question, base, context, skip=skip) if skip else ()
            assert found.further in (None, others)
            assert found.alone == (answer(question, base) if context and expected.reading else None)

    asked_of(make(), work, engine=engine)


def test_many_are_answered_each_with_its_own(root: Path) -> None:
    async def work(beside: Beside, base: Base) -> None:
        found = await asyncio.gather(*(beside.made(question, context) for question, context in QUESTIONS * 100))
        for (question, context), made in zip(QUESTIONS * 100, found, strict=True):
            assert made
            assert made.answer.question == answer(question, base, context).question

    asked_of(root, work)


@pytest.mark.parametrize("name", ["SIGKILL", "SIGSTOP"])
def test_a_process_that_died_or_hangs_is_given_up(name: str, root: Path) -> None:
    async def work(beside: Beside, _: Base) -> None:
        os.kill(beside.pid, getattr(signal, name))
        found = await asyncio.gather(*(beside.made(question, context) for question, context in QUESTIONS))
        assert found == [None] * len(QUESTIONS)
        assert await beside.made(FIGURE, ()) is None

    asked_of(root, work, seconds=0.3)


def test_it_goes_on_through_a_signal_that_tells_all_to_end(root: Path) -> None:
    async def work(beside: Beside, _: Base) -> None:
        os.kill(beside.pid, signal.SIGTERM)
        os.kill(beside.pid, signal.SIGINT)
        assert await beside.made(FIGURE, ())

    asked_of(root, work)


def test_nobody_answers_from_other_files_than_are_served(make: Make) -> None:
    root = make()
    served = library.load(root)
    make(changed("corpus/guide.md", "작은 가게다", "작은 가게이자 빵집이다"))
    answering = Answering(served, refuse)
    assert not asyncio.run(answering.be_helped(Source(root, "auto")))


def test_a_knowledge_base_that_cannot_be_opened_there_helps_nobody(base: Base, tmp_path: Path) -> None:
    with pytest.raises(GakjuError):
        library.load(tmp_path)
    assert not asyncio.run(Answering(base, refuse).be_helped(Source(tmp_path, "auto")))


@pytest.mark.parametrize(("processors", "processes"), [(None, 0), (1, 0), (2, 1), (3, 2), (64, 2)])
def test_a_processor_is_left_to_the_one_that_talks(processors: int | None, processes: int) -> None:
    assert processes_beside(processors) == processes


def test_several_processes_share_the_questions_and_what_one_lacks_the_other_makes(root: Path) -> None:
    questions = [f"{question}{'?' * n}" for n in range(20) for question, _ in QUESTIONS[:3]]

    async def run() -> None:
        base = library.load(root)
        answering = Answering(base, refuse)
        assert await answering.be_helped(Source(root, "auto", 2))
        try:
            await asyncio.gather(*(answering.prepare(question, ()) for question in questions[:30]))
            assert all(answering.ask(question).kind for question in questions[:30])
            first, second = answering.helpers
            os.kill(first.pid, signal.SIGKILL)
            await first.ended()
            await asyncio.gather(*(answering.prepare(question, ()) for question in questions[30:]))
            assert all(answering.ask(question).kind for question in questions[30:])
            assert second.waiting == 0
        finally:
            await answering.close()

    asyncio.run(run())


def test_what_was_prepared_is_not_made_again(root: Path) -> None:
    async def run() -> None:
        answering = Answering(library.load(root), refuse)
        assert await answering.be_helped(Source(root, "auto"))
        try:
            await answering.prepare("달무리는?", (FIGURE,))
            assert answering.ask("달무리는?", (FIGURE,)).reading
            await answering.prepare("모래과자점은 왜 간판을 바꿨어?", ())
            assert answering.ask("모래과자점은 왜 간판을 바꿨어?").citations
        finally:
            await answering.close()

    asyncio.run(run())


def test_another_state_of_the_knowledge_base_is_asked_from_the_moment_it_is_taken(make: Make) -> None:
    async def run() -> None:
        root = make()
        base = library.load(root)
        answering = Answering(base, lambda question, context: answer(question, base, context))
        assert await answering.be_helped(Source(root, "auto"))
        try:
            make(changed("corpus/guide.md", "4,200원", "9,900원") | changed("facts/guide.csv", "4,200원", "9,900원"))
            (root / "facts" / "guide.csv").unlink()
            other = library.load(root)
            answering.take(other, lambda question, context: answer(question, other, context))
            await answering.prepare(BREAD, ())
            assert "9,900" in answering.ask(BREAD).text
            assert await answering.be_helped(Source(root, "auto"))
            await answering.prepare(FIGURE, ())
            assert "12만 명" in answering.ask(FIGURE).text
        finally:
            await answering.close()

    asyncio.run(run())


def test_it_knows_no_secret_and_ends_with_whoever_started_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:abcdef")
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:abcdef@b/c")

    source = Source(root, "auto")
    with subprocess.Popen(command(source), env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline()
        told = Path(f"/proc/{process.pid}/environ")
        if told.exists():
            assert b"abcdef" not in told.read_bytes()
        process.stdin.close()
        assert process.wait(10) == 0
