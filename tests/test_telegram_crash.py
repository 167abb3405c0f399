"""The process is killed, with SIGKILL and at every step, and started again: each question is answered once and only once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres import Postgres
from telegram_running import Process, process
from telegram_server import Person, Server

FIGURE = "솔빛제과 2024년 손님 몇 명?"
OTHER = "달무리빵집 2024년 매출은?"


@pytest.fixture(scope="module")
def world(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Process]]:
    """A server and the bot's process, which each test leaves alive, for a start takes a second."""
    with Server() as server, process(server, tmp_path_factory.mktemp("bot"), root) as bot:
        server.wait(lambda: server.calls("getUpdates"), 20)
        yield server, bot


@pytest.fixture
def server(world: tuple[Server, Process]) -> Server:
    return world[0]


@pytest.fixture
def bot(world: tuple[Server, Process]) -> Process:
    server, bot = world
    if not bot.alive:
        polls = len(server.calls("getUpdates"))
        bot.start()
        server.wait(lambda: len(server.calls("getUpdates")) > polls, 20)
    return bot


@pytest.fixture
def jieun(server: Server) -> Person:
    return server.person("지은", language="ko")


def killed(server: Server, bot: Process, method: str, when: str, after: int = 0) -> threading.Event:
    """Kill the bot at a moment of a call; the event is set when it is dead."""
    dead = threading.Event()

    def kill(_: object) -> bool:
        bot.kill()
        dead.set()
        return when != "before"

    server.on(method, kill, when=when, after=after)  # type: ignore[arg-type]
    return dead


def revived(server: Server, bot: Process, dead: threading.Event, people: list[Person], answers: int) -> None:
    """Start the killed bot again and see that everybody has so many answers, and none more comes."""
    assert dead.wait(20)
    bot.start()
    server.wait(lambda: all(len(server.sent(person)) >= answers for person in people), 20)
    for person in people:
        server.reply(person.writes("/sources"), timeout=20)
        assert len(server.sent(person)) == answers + 1


@pytest.mark.parametrize(
    ("method", "when", "after"),
    [
        pytest.param("getUpdates", "after", 0, id="when updates are on their way"),
        pytest.param("getUpdates", "answered", 0, id="when they are received"),
        pytest.param("sendMessage", "before", 0, id="when the answer is on its way"),
        pytest.param("sendMessage", "after", 0, id="when the answer is sent and nobody told"),
        pytest.param("sendMessage", "answered", 0, id="when the bot is told so"),
        pytest.param("sendMessage", "after", 1, id="at the second of two answers"),
    ],
)
def test_a_question_is_answered_once_though_the_bot_dies(
    server: Server, bot: Process, jieun: Person, method: str, when: str, after: int
) -> None:
    dead = killed(server, bot, method, when, after)
    jieun.writes(FIGURE)
    jieun.writes(OTHER)
    revived(server, bot, dead, [jieun], 2)
    assert ["12만" in message.text for message in server.sent(jieun)[:2]] == [True, False]


@pytest.mark.parametrize("when", ["before", "after"])
def test_of_many_chats_at_once_each_is_answered_once(server: Server, bot: Process, when: str) -> None:
    people = [server.person(f"Person {number}", language="ko") for number in range(12)]
    dead = killed(server, bot, "sendMessage", when, after=5)
    for person in people:
        person.writes(FIGURE)
    revived(server, bot, dead, people, 1)


def test_where_nothing_else_was_on_its_way_few_ids_are_tried(server: Server, bot: Process, jieun: Person) -> None:
    before = len(server.calls("editMessageReplyMarkup"))
    dead = killed(server, bot, "sendMessage", "before")
    jieun.writes(FIGURE)
    revived(server, bot, dead, [jieun], 1)
    assert len(server.calls("editMessageReplyMarkup")) - before <= 10


def test_a_message_is_found_though_more_wrote_meanwhile_than_are_fetched_at_once(
    server: Server, bot: Process, jieun: Person
) -> None:
    others = [server.person(f"Person {number}", language="ko") for number in range(150)]
    server.on("sendMessage", lambda _: [other.writes("/privacy") for other in others])
    dead = killed(server, bot, "sendMessage", "after")
    jieun.writes(FIGURE)
    before = len(server.calls("editMessageReplyMarkup"))
    revived(server, bot, dead, [jieun, *others], 1)
    assert len(server.calls("editMessageReplyMarkup")) - before <= 10


def test_it_may_die_of_the_same_question_again_and_again(server: Server, bot: Process, jieun: Person) -> None:
    dead = killed(server, bot, "sendMessage", "before")
    jieun.writes(FIGURE)
    for method, when in (("editMessageReplyMarkup", "before"), ("sendMessage", "after")):
        assert dead.wait(20)
        dead = killed(server, bot, method, when)
        bot.start()
    revived(server, bot, dead, [jieun], 1)


@pytest.mark.parametrize("milliseconds", [2, 10, 30])
def test_it_may_die_at_any_moment(server: Server, bot: Process, jieun: Person, milliseconds: int) -> None:
    dead = threading.Event()
    jieun.writes(FIGURE)
    dead.wait(milliseconds / 1000)
    bot.kill()
    dead.set()
    revived(server, bot, dead, [jieun], 1)


@pytest.mark.parametrize(
    ("method", "when", "button"),
    [
        ("answerCallbackQuery", "before", "[1]"),
        ("editMessageText", "after", "[1]"),
        ("sendPhoto", "after", "그래프"),
    ],
)
def test_a_press_is_finished(server: Server, bot: Process, jieun: Person, method: str, when: str, button: str) -> None:
    answer = server.reply(jieun.writes(FIGURE), timeout=20)
    dead = killed(server, bot, method, when)
    pressed = jieun.presses(answer, button)
    assert dead.wait(20)
    bot.start()
    messages = 2 if method == "sendPhoto" else 1
    server.wait(lambda: len(server.sent(jieun)) == messages and (messages == 2 or "▸ p03" in answer.text), 20)
    server.reply(jieun.writes("/sources"), timeout=20)
    assert pressed.answer is not None
    assert len(server.sent(jieun)) == messages + 1


def test_sigterm_finishes_what_was_received_and_confirms_it(server: Server, bot: Process, jieun: Person) -> None:
    server.reply(jieun.writes(FIGURE), timeout=20)
    server.fault("sendMessage", "delay", seconds=1.0, chat=jieun)
    question = jieun.writes(OTHER)
    server.wait(lambda: len(server.calls("sendMessage", jieun)) == 2)
    assert bot.terminate() == 0
    assert server.reply(question)
    assert not server.pending()


def test_a_database_is_for_one_process_and_the_next_waits_for_it(
    server: Server, bot: Process, jieun: Person, root: Path
) -> None:
    with process(server, bot.folder, root) as second:
        server.reply(jieun.writes(OTHER), timeout=20)
        assert bot.terminate() == 0
        server.reply(jieun.writes(FIGURE), timeout=20)
        assert second.terminate() == 0
    assert len(server.sent(jieun)) == 2


def test_a_token_that_telegram_does_not_know_ends_in_one_line(server: Server, root: Path, tmp_path: Path) -> None:
    with process(server, tmp_path, root, TELEGRAM_BOT_TOKEN="1:CANARY-token") as bot:  # noqa: S106
        assert bot.wait() == 1
        assert len(bot.log.splitlines()) == 1
        assert "TELEGRAM_BOT_TOKEN" in bot.log
        assert "CANARY" not in bot.log


def test_a_knowledge_base_without_a_list_does_not_start(server: Server, root: Path, tmp_path: Path) -> None:
    with process(server, tmp_path, root, TELEGRAM_ALLOWED_CHATS="") as bot:
        assert bot.wait() == 1
        assert len(bot.log.splitlines()) == 1
        assert "TELEGRAM_ALLOWED_CHATS" in bot.log
        assert "getMe" not in bot.log


def test_it_may_die_with_its_memory_in_postgresql(postgres: Postgres, root: Path, tmp_path: Path) -> None:
    postgres.empty()
    with Server() as server, process(server, tmp_path, root, DATABASE_URL=postgres.url) as bot:
        jieun = server.person("지은", language="ko")
        server.wait(lambda: server.calls("getUpdates"), 20)
        dead = killed(server, bot, "sendMessage", "after")
        jieun.writes(FIGURE)
        revived(server, bot, dead, [jieun], 1)
        assert not (tmp_path / "state").exists()
