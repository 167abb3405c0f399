"""The bot as a service: webhook, health and metrics, rich messages, and how it is started."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from http import HTTPStatus
from pathlib import Path

import pytest
from conftest import Make, changed
from postgres import free_port
from telegram_running import process, running
from telegram_server import Server
from typer.testing import CliRunner

import bot.cli.chat
import bot.cli.telegram  # noqa: F401
from bot import cli, library
from bot.cli.opening import asking
from bot.knowledge.base import Base
from bot.store import updates
from bot.telegram_bot import run
from bot.telegram_bot.answering import Answering
from bot.telegram_bot.desk import Desk
from bot.telegram_bot.metrics import Metrics
from bot.telegram_bot.run import Served, follow

FIGURE = "솔빛제과 2024년 손님 몇 명?"


def get(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
        return response.status, response.read().decode()


def webhook(port: int) -> dict[str, str]:
    """The settings of a bot that is called at a port of this machine."""
    return {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "TELEGRAM_WEBHOOK_PORT": str(port)}


def test_updates_that_telegram_posts_are_answered(base: Base, tmp_path: Path) -> None:
    port = free_port()
    more = {**webhook(port), "TELEGRAM_WEBHOOK_SECRET": "a-secret"}
    with Server() as server, running(server, base, tmp_path, webhook=True, **more):
        server.wait(lambda: server.calls("setWebhook"))
        jieun = server.person("지은", language="ko")
        assert "12만 명" in server.reply(jieun.writes(FIGURE)).text
        server.wait(lambda: not server.pending())
        assert not server.calls("getUpdates")
        server.check()


def test_while_too_much_waits_what_telegram_posts_is_left_to_it(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "MOST_WAITING", 1)
    port = free_port()
    more = webhook(port)
    with Server() as server, running(server, base, tmp_path, webhook=True, **more):
        server.wait(lambda: server.calls("setWebhook"))
        people = [server.person(f"Person {number}", language="ko") for number in range(6)]
        server.fault("sendMessage", "429", retry_after=1, times=2)
        for person in people:
            person.writes(FIGURE)
            time.sleep(0.05)
        assert server.updates.webhook
        assert "503" in server.updates.webhook.error
        server.wait(lambda: all(server.sent(person) for person in people))
        server.wait(lambda: not server.pending())
        assert [len(server.sent(person)) for person in people] == [1] * 6
        server.check()


def test_health_and_counts_are_told_where_a_port_is_set(base: Base, tmp_path: Path) -> None:
    port = free_port()
    with Server() as server, running(server, base, tmp_path, GAKJU_HTTP_PORT=str(port)):
        jieun = server.person("지은", language="ko")
        server.reply(jieun.writes(FIGURE))
        server.reply(jieun.writes("솔빛제과 주소는?"))
        server.reply(jieun.writes("/sources"))
        status, body = get(port, "/health")
        assert status == HTTPStatus.OK
        assert json.loads(body) == {"status": "ok", "database": True, "updates": True}

        def count() -> dict[str, str]:
            return dict(line.rsplit(" ", 1) for line in get(port, "/metrics")[1].splitlines() if line[:1] != "#")

        server.wait(lambda: count()["gakju_queue_length"] == "0.0")  # Telegram has a message before that is counted
        counts = count()
        assert counts['gakju_answers_total{kind="figure"}'] == "1.0"
        assert counts['gakju_answers_total{kind="not_found"}'] == "1.0"
        assert counts['gakju_updates_total{kind="message"}'] == "3.0"
        assert counts['gakju_telegram_calls_total{method="sendMessage",outcome="ok"}'] == "3.0"
        assert counts["gakju_answer_seconds_count"] == "2.0"
        assert counts['gakju_base{what="facts"}'] == "14.0"


def test_a_list_is_a_table_where_rich_messages_are_chosen(base: Base, tmp_path: Path) -> None:
    with Server() as server, running(server, base, tmp_path, TELEGRAM_RICH_MESSAGES="1"):
        jieun = server.person("지은", language="ko")
        answer = server.reply(jieun.writes("2024년 빵집 매출 전부"))
        assert answer.method == "sendRichMessage"
        jieun.presses(answer, "[1]")
        server.wait(lambda: "▸ p06" in answer.text)
        jieun.presses(answer, "← 답으로")
        server.wait(lambda: server.calls("editMessageText")[-1].params.get("rich_message"))
        server.check()


def test_a_list_is_html_where_the_server_does_not_know_rich_messages(base: Base, tmp_path: Path) -> None:
    with Server() as server, running(server, base, tmp_path, TELEGRAM_RICH_MESSAGES="1"):
        server.fault("sendRichMessage", "400", description="Bad Request: unknown method")
        jieun = server.person("지은", language="ko")
        answer = server.reply(jieun.writes("2024년 빵집 매출 전부"))
        assert answer.method == "sendMessage"
        assert "30억" in answer.text
        pressed = jieun.presses(answer, "[1]")
        server.wait(lambda: pressed.answer and "▸ p06" in answer.text)


def test_without_a_token_the_bot_does_not_start(root: Path, tmp_path: Path) -> None:
    with Server() as server, process(server, tmp_path, root, TELEGRAM_BOT_TOKEN="") as bot:
        assert bot.wait() == 1
        assert bot.log == "gakju: TELEGRAM_BOT_TOKEN is not set; it takes the token that @BotFather gives\n"


def test_a_webhook_without_an_address_is_noticed_before_telegram_is_asked_anything(root: Path, tmp_path: Path) -> None:
    with Server() as server, process(server, tmp_path, root, "--webhook") as bot:
        assert bot.wait() == 1
        assert len(bot.log.splitlines()) == 1
        assert "TELEGRAM_WEBHOOK_URL" in bot.log
        assert not server.calls()


def test_a_bot_that_is_told_to_stop_while_it_starts_has_not_failed() -> None:
    told = "cli.app = lambda **_: os.kill(os.getpid(), signal.SIGTERM)"
    program = f"import os, signal, sys; from bot import cli; sys.argv[1:] = ['telegram']; {told}; cli.main()"
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=30).returncode == 0


def test_a_bot_that_is_told_to_stop_is_gone_in_time_whatever_hangs() -> None:
    program = """
import asyncio, os, signal, time
from bot.telegram_bot import run
run.LAST_SECONDS = 0.2
async def told():
    stop = run._stopped_by_signals()
    os.kill(os.getpid(), signal.SIGTERM)
    await stop.wait()
asyncio.run(told())
time.sleep(60)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=30).returncode == 0
    assert run.STOP_SECONDS + run.CONFIRM_SECONDS < run.LAST_SECONDS < 9


def test_all_that_is_to_be_finished_has_one_time_limit(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "STOP_SECONDS", 0.5)
    port = free_port()
    more = webhook(port)
    with Server() as server, running(server, base, tmp_path, webhook=True, **more) as bot:
        server.wait(lambda: server.calls("setWebhook"))
        jieun = server.person("지은", language="ko")
        server.fault("sendMessage", "delay", seconds=2)
        jieun.writes(FIGURE)
        server.wait(lambda: server.calls("sendMessage"))
        hangs, goes_on = threading.Event(), threading.Event()

        def receive(*_: object) -> set[int]:
            hangs.set()
            goes_on.wait(5)
            return set()

        monkeypatch.setattr(updates, "receive", receive)
        jieun.writes(FIGURE)
        assert hangs.wait(5)
        started = time.monotonic()
        bot.end()
        bot.join()
        taken = time.monotonic() - started
        goes_on.set()
    assert taken < 1.5


@pytest.mark.parametrize("variable", ["GAKJU_HTTP_PORT", "TELEGRAM_WEBHOOK_PORT"])
def test_a_port_that_is_taken_ends_in_one_line(root: Path, tmp_path: Path, variable: str) -> None:
    webhook = variable == "TELEGRAM_WEBHOOK_PORT"
    with Server() as server, socket.create_server(("127.0.0.1", 0)) as taken:
        more = {"TELEGRAM_WEBHOOK_URL": "http://127.0.0.1/hook", "TELEGRAM_WEBHOOK_LISTEN": "127.0.0.1"}
        more[variable] = str(taken.getsockname()[1])
        with process(server, tmp_path, root, *(["--webhook"] if webhook else []), **more) as bot:
            assert bot.wait() == 1
            assert len(bot.log.splitlines()) == 1
            assert variable in bot.log


@pytest.mark.parametrize(("token", "started"), [("1:a", "telegram"), ("", "chat")])
def test_run_starts_the_bot_where_there_is_a_token_and_else_a_conversation(
    token: str, started: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    monkeypatch.setattr(sys.modules["bot.cli.telegram"], "telegram", lambda *_, **__: calls.append("telegram"))
    monkeypatch.setattr(sys.modules["bot.cli.chat"], "chat", lambda _kb: calls.append("chat"))
    CliRunner().invoke(cli.app, ["run"], catch_exceptions=False)
    assert calls == [started]


def test_a_changed_knowledge_base_is_taken_up_and_a_wrong_one_is_not(make: Make) -> None:
    asyncio.run(_changes(make))


async def _changes(make: Make) -> None:
    root = make()
    served = library.load(root)
    desk = Desk(Answering(served, asking(served)), None, None, None, Metrics())  # type: ignore[arg-type]  # nothing else is needed
    looked = asyncio.Event()

    def renewed(base: Base) -> Base:
        try:
            return library.refresh(base, root)
        finally:
            looked.set()

    async def look() -> None:
        looked.clear()
        async with asyncio.timeout(10):
            await looked.wait()

    task = asyncio.create_task(follow(desk, Served(served, asking, renewed, "*"), 0.001))
    make(changed("facts/bakeries.csv", "visitors,120000", "visitors,99"))  # which its quote does not say
    for _ in range(2):
        await look()
    assert desk.base is served
    make(changed("corpus/guide.md", "작은 가게다", "작은 가게이자 빵집이다"))
    async with asyncio.timeout(10):
        while desk.base is served:
            await look()
    assert "빵집이다" in desk.base.passages["guide#p03"].text
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
