"""What must survive a crash: the same tests for SQLite and PostgreSQL."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from postgres import Postgres
from sqlalchemy import Engine, event, insert, text

from bot.answer.reading import EARLIER
from bot.errors import GakjuError
from bot.store import answers, groups, messages, people, tables, updates
from bot.store import engine as engines
from bot.store.answers import Asked
from bot.store.engine import AwayError, Connection, Store, engine, reading
from bot.store.messages import Outgoing, Step
from bot.store.updates import Received
from bot.telegram_bot.questions import kept

T = TypeVar("T")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An empty database."""
    if request.param == "sqlite":
        return engine(None, tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return server.empty()


@pytest.fixture
def db(database: Engine) -> Iterator[Connection]:
    with reading(database) as db:
        yield db


def asked(name: str = "a", question: str = "솔빛제과 손님?", **more: object) -> Asked:
    values: dict[str, object] = {
        "id": name,
        "chat": 1,
        "thread": None,
        "question_message": 10,
        "person": 7,
        "question": question,
        "context": (),
        "language": "ko",
        "kind": "figure",
    }
    return Asked(**{**values, **more})  # type: ignore[arg-type]


# ── updates ──────────────────────────────────────────────────────────────────────────────────────


def test_an_update_is_new_once(db: Connection) -> None:
    first = [Received(1, "{}", 5, 10), Received(2, "{}")]
    assert updates.receive(db, first) == {1, 2}
    assert updates.receive(db, [Received(2, "{}"), Received(3, "{}")]) == {3}
    updates.handled(db, 1)
    assert updates.receive(db, first) == set()


def test_what_is_not_handled_waits_in_telegrams_order_with_its_tries(db: Connection) -> None:
    updates.receive(db, [Received(3, "three"), Received(1, "one"), Received(2, "two")])
    updates.handled(db, 2)
    updates.taken_up(db, 3)
    assert [(item.id, item.body, tries) for item, tries in updates.waiting(db)] == [(1, "one", 0), (3, "three", 1)]


def test_what_an_update_said_is_erased_when_it_is_handled(db: Connection) -> None:
    updates.receive(db, [Received(1, "CANARY")])
    updates.handled(db, 1)
    assert db.scalar(sqlalchemy.select(tables.updates.c.body)) is None


def test_an_id_is_forgotten_when_telegram_may_use_it_again(db: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    updates.receive(db, [Received(1, "{}"), Received(2, "{}")])
    updates.handled(db, 1)
    monkeypatch.setattr(updates, "now", lambda: tables.now() + 4 * 86400)
    updates.prune(db)
    assert updates.receive(db, [Received(1, "{}"), Received(2, "{}")]) == {1}


# ── messages ─────────────────────────────────────────────────────────────────────────────────────


def steps(*methods: str, chat: int = 5) -> list[Step]:
    return [Step(number, Outgoing(method, {"chat_id": chat}, "a")) for number, method in enumerate(methods)]


def test_a_plan_is_gone_on_with_where_it_was_left(db: Connection) -> None:
    assert messages.unsent(db, 1) is None
    messages.plan(db, 1, steps("sendMessage", "sendMessage", "sendPhoto"))
    assert messages.sending(db, 1, 0, chat=5, account=10) == 10
    messages.settled(db, 1, 0, "sent", 11)
    messages.sending(db, 1, 1, chat=5, account=11)
    left = messages.unsent(db, 1)
    assert left is not None
    assert [(step.number, step.state, step.after, step.outgoing.method) for step in left] == [
        (1, "sending", 11, "sendMessage"),
        (2, "planned", None, "sendPhoto"),
    ]
    messages.not_sent(db, 1, 1)
    assert [step.state for step in messages.unsent(db, 1) or ()] == ["planned", "planned"]
    for number in (1, 2):
        messages.settled(db, 1, number, "dropped")
    assert messages.unsent(db, 1) == []


def test_what_may_have_been_sent_and_is_not_known_is_counted(db: Connection) -> None:
    updates.receive(db, [Received(name, "{}") for name in (1, 2, 3, 4)])
    for name in (1, 2, 3, 4):
        messages.plan(db, name, steps("sendMessage"))
    for name in (1, 2, 3):
        messages.sending(db, name, 0, chat=5, account=10)
    messages.settled(db, 1, 0, "sent", 11)
    assert (messages.unsettled(db, but=2), messages.unsettled(db, but=4)) == (1, 2)
    updates.handled(db, 3)
    assert messages.unsettled(db, but=2) == 0


def test_a_plan_that_is_written_down_twice_is_one(db: Connection) -> None:
    messages.plan(db, 1, steps("sendMessage"))
    messages.settled(db, 1, 0, "sent", 11)
    messages.plan(db, 1, steps("sendMessage"))
    assert messages.unsent(db, 1) == []


def test_what_was_sent_is_erased_and_its_id_kept(db: Connection) -> None:
    messages.plan(db, 1, steps("sendMessage", "sendMessage"))
    messages.settled(db, 1, 0, "sent", 11)
    messages.settled(db, 1, 1, "sent", 12)
    assert messages.pages(db, "a") == [11, 12]
    assert messages.shown(db, 5, 12) == ("a", None)
    assert db.scalars(sqlalchemy.select(tables.messages.c.body)).all() == [None, None]


def test_a_view_is_remembered_and_a_deleted_page_is_none(db: Connection) -> None:
    messages.plan(db, 1, steps("sendMessage"))
    messages.settled(db, 1, 0, "sent", 11)
    messages.viewed(db, 5, 11, "s1.")
    assert messages.shown(db, 5, 11) == ("a", "s1.")
    messages.gone(db, 5, 11)
    assert messages.pages(db, "a") == []


def test_known_ids_are_those_of_the_chat_and_those_of_others_that_count_with_it(db: Connection) -> None:
    supergroup = -1_000_000_000_005
    received = [(1, 5, 21), (2, 6, 22), (3, supergroup, 23), (4, -9, 25), (5, 5, 400)]
    updates.receive(db, [Received(name, "{}", chat, message) for name, chat, message in received])
    messages.plan(db, 9, steps("sendMessage"))
    messages.settled(db, 9, 0, "sent", 24)
    assert messages.known(db, 5, 20, 100) == ({21, 24}, {22, 25})
    assert messages.known(db, supergroup, 20, 100) == ({23}, set())
    assert messages.newest(db, 5) == 400
    assert messages.newest(db, supergroup) == 23
    assert messages.newest_of_account(db) == 400
    assert messages.last_in_chat(db, 5, 1) == 24
    assert messages.last_in_chat(db, 6, 2) == 22
    assert messages.newest(db, 77) == 0


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


def test_a_question_is_found_by_its_answer_and_by_its_message(db: Connection) -> None:
    first = asked(context=("앞 질문",), thread=3)
    answers.add(db, first)
    found = answers.find(db, "a")
    assert found is not None
    assert (found.question, found.context, found.thread) == (first.question, ("앞 질문",), 3)
    by_message = answers.of_message(db, 1, 10)
    assert by_message is not None
    assert by_message.id == "a"
    assert answers.find(db, "b") is None
    assert answers.of_message(db, 1, 11) is None


def test_earlier_questions_are_the_last_of_one_person_in_one_place_within_the_hour(db: Connection) -> None:
    now = tables.now()
    for number in range(EARLIER + 2):
        answers.add(db, asked(f"a{number}", f"질문 {number}", question_message=number, asked=now - 20 + number))
    answers.add(db, asked("old", "옛 질문", asked=now - 4000))
    answers.add(db, asked("older", "더 옛 질문", person=9, asked=now - 3700))
    answers.add(db, asked("other", "남의 질문", person=8))
    answers.add(db, asked("topic", "다른 주제", thread=4))
    answers.add(db, asked("help", "도움말", kind="help"))
    assert answers.earlier(db, 7, 1, None) == tuple(f"질문 {number}" for number in range(2, EARLIER + 2))
    assert answers.earlier(db, 7, 1, None, before=2) == ("질문 0", "질문 1")
    assert answers.earlier(db, 7, 1, 4) == ("다른 주제",)
    assert answers.earlier(db, 9, 1, None) == ()


def test_a_vote_is_one_for_each_person(db: Connection) -> None:
    answers.vote(db, "a", 1, 1)
    answers.vote(db, "a", 2, 1)
    answers.vote(db, "a", 2, -1)
    assert answers.tally(db, "a") == (1, 1)
    answers.vote(db, "a", 1, 0)
    assert answers.vote_of(db, "a", 1) == 0
    assert answers.tally(db, "a") == (0, 1)


def test_forgetting_leaves_nothing_of_a_person(db: Connection) -> None:
    answers.add(db, asked("mine"))
    answers.add(db, asked("other", person=8))
    answers.vote(db, "other", 7, 1)
    answers.vote(db, "mine", 8, 1)
    people.choose_language(db, 7, "en")
    assert answers.forget(db, 7) == 1
    people.forget(db, 7)
    assert answers.find(db, "mine") is None
    assert answers.find(db, "other") is not None
    assert answers.tally(db, "other") == answers.tally(db, "mine") == (0, 0)
    assert people.language(db, 7) is None


def test_forgetting_takes_a_persons_questions_out_of_what_others_asked_in_reply(db: Connection) -> None:
    answers.add(db, asked("a", "솔빛제과 손님?"))
    answers.add(db, asked("b", "달무리빵집은?", person=8, question_message=11, context=("매출?", "솔빛제과 손님?")))
    answers.forget(db, 7)
    kept = answers.find(db, "b")
    assert kept is not None
    assert kept.context == ("매출?",)


def test_questions_without_an_answer_are_told_with_hashes_that_stay_the_same(db: Connection) -> None:
    for number, person in enumerate((7, 8, 7)):
        answers.add(db, asked(f"a{number}", f"q{number}", person=person, kind="not_found", asked=100.0 + number))
    answers.add(db, asked("answered"))
    found = answers.unanswered(db)
    assert [question.question for question in found] == ["q0", "q1", "q2"]
    assert found[0].person == found[2].person != found[1].person
    assert found[0].person not in ("7", "")


def test_counts_are_told_by_kind(db: Connection) -> None:
    answers.add(db, asked("a", asked=100.0))
    answers.add(db, asked("b", person=8, chat=2))
    answers.add(db, asked("c", kind="not_found"))
    answers.vote(db, "a", 8, -1)
    updates.receive(db, [Received(1, "{}")])
    found = answers.stats(db)
    assert found.kinds == {"figure": 2, "not_found": 1}
    assert (found.since, found.people, found.chats, found.good, found.bad, found.waiting) == (100.0, 2, 2, 0, 1, 1)


def test_what_was_asked_long_ago_is_forgotten(db: Connection) -> None:
    answers.add(db, asked("old", asked=tables.now() - 91 * 86400))
    answers.vote(db, "old", 7, 1)
    answers.add(db, asked("new"))
    answers.prune(db)
    assert answers.find(db, "old") is None
    assert answers.find(db, "new") is not None
    assert answers.tally(db, "old") == (0, 0)


def test_a_group_that_moved_takes_its_questions_along(db: Connection) -> None:
    answers.add(db, asked(chat=-5))
    groups.moved(db, -5, -1005)
    groups.moved(db, -6, -1006)
    found = answers.find(db, "a")
    assert found is not None
    assert found.chat == -1005
    assert groups.moves(db) == {-5: -1005, -6: -1006}


def test_a_chat_that_is_not_answered_is_told_so_once_an_hour(db: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    assert people.is_due(db, 1)
    assert not people.is_due(db, 1)
    assert people.is_due(db, 2)
    people.prune(db)
    assert not people.is_due(db, 1)
    monkeypatch.setattr(people, "now", lambda: tables.now() + 3601)
    people.prune(db)
    assert db.scalars(sqlalchemy.select(tables.notes.c.name)).all() == []
    assert people.is_due(db, 1)


def test_what_every_question_needs_is_asked_in_statements_that_are_put_together_once(database: Engine) -> None:
    made: list[object] = []

    def question(db: Connection, number: int) -> list[object]:
        made.clear()
        updates.receive(db, [Received(number, "{}", 1, number)])
        answers.of_message(db, 1, number)
        answers.earlier(db, 7, 1, None, before=number)
        answers.earlier(db, 7, 1, 4)
        answers.add(db, asked(f"a{number}", question_message=number))
        messages.plan(db, number, [Step(0, Outgoing("sendMessage", {"chat_id": 1}))])
        messages.sending(db, number, 0, -1_000_000_000_005, 0)
        messages.settled(db, number, 0, "sent", number)
        updates.handled(db, number)
        people.language(db, 7)
        return list(made)

    with reading(database) as db:
        event.listen(db, "before_execute", lambda _db, statement, *_: made.append(statement))
        first, second = question(db, 1), question(db, 2)
    assert [id(statement) for statement in first] == [id(statement) for statement in second]


@limits(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(words=st.text(max_size=60))
def test_whatever_is_asked_is_kept_as_it_is_cleaned(db: Connection, words: str) -> None:
    answers.add(db, asked("x", kept(words), context=(kept(words),)))
    found = answers.find(db, "x")
    assert found is not None
    assert found.question == kept(words)
    assert found.context == (kept(words),)


# ── the store ────────────────────────────────────────────────────────────────────────────────────


def using(database: Engine, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do something with an open store."""

    async def run() -> T:
        return await work(store)

    store = Store(database)
    store.open()
    try:
        return asyncio.run(run())
    finally:
        store.close()


def test_work_that_waits_is_done_in_one_transaction(database: Engine) -> None:
    begun: list[object] = []

    async def work(store: Store) -> int:
        blocked = asyncio.create_task(store.run(lambda _: threading.Event().wait(0.05)))
        await asyncio.sleep(0.01)
        sqlalchemy.event.listen(database, "begin", begun.append)
        await asyncio.gather(
            *(store.run(lambda db, n=n: updates.receive(db, [Received(n, "{}")])) for n in range(50))  # type: ignore[misc]
        )
        await blocked
        return await store.run(lambda db: len(updates.waiting(db)))

    assert using(database, work) == 50
    assert len(begun) == 2


def test_work_that_fails_spoils_no_other(database: Engine) -> None:
    def fail(db: Connection) -> None:
        updates.receive(db, [Received(99, "{}")])
        raise KeyError

    async def work(store: Store) -> tuple[object, ...]:
        blocked = asyncio.create_task(store.run(lambda _: threading.Event().wait(0.05)))
        await asyncio.sleep(0.01)
        done = await asyncio.gather(
            store.run(lambda db: updates.receive(db, [Received(1, "{}")])),
            store.run(fail),
            store.run(lambda db: updates.receive(db, [Received(2, "{}")])),
            return_exceptions=True,
        )
        await blocked
        return *done, await store.run(lambda db: len(updates.waiting(db)))

    first, failed, third, count = using(database, work)
    assert (first, third, count) == ({1}, {2}, 2)
    assert isinstance(failed, KeyError)


def test_an_error_of_the_database_does_not_tell_what_was_to_be_stored(database: Engine) -> None:
    with reading(database) as db:
        db.execute(insert(tables.notes).values(name="x", value="CANARY"))
        with pytest.raises(sqlalchemy.exc.IntegrityError) as error:
            db.execute(insert(tables.notes).values(name="x", value="CANARY"))
        assert "CANARY" not in str(error.value)
        db.rollback()


def test_a_database_is_for_one_store_and_the_next_waits(database: Engine) -> None:
    first, second = Store(database), Store(database)
    first.open()
    opened = threading.Event()

    def open_second() -> None:
        second.open()
        opened.set()

    waiting = threading.Thread(target=open_second)
    waiting.start()
    assert not opened.wait(0.4)
    first.close()
    assert opened.wait(10)
    waiting.join()
    second.close()


def test_what_was_kept_is_there_after_a_new_start(database: Engine) -> None:
    async def keep(store: Store) -> None:
        await store.run(lambda db: answers.add(db, asked()))

    async def find(store: Store) -> Asked | None:
        return await store.run(lambda db: answers.find(db, "a"))

    using(database, keep)
    assert using(database, find) is not None


def test_what_was_forgotten_while_somebody_read_it_is_in_no_file_once_it_is_tidied(tmp_path: Path) -> None:
    database = engine(None, tmp_path)

    def files() -> list[str]:
        return [file.name for file in tmp_path.iterdir() if b"CANARY" in file.read_bytes()]

    async def work(store: Store) -> None:
        await store.run(lambda db: answers.add(db, asked(question="CANARY")))
        with reading(database) as db:
            db.execute(text("BEGIN"))
            assert answers.find(db, "a")
            started = time.monotonic()
            await store.run(lambda db: answers.forget(db, 7))
            assert time.monotonic() - started < 1
            assert files()
        await store.run(answers.prune)
        assert files() == []

    using(database, work)


def test_a_database_that_goes_away_is_waited_for(postgres: Postgres) -> None:
    async def work(store: Store) -> int:
        await store.run(lambda db: updates.receive(db, [Received(1, "{}")]))
        await asyncio.to_thread(postgres.stop)
        later = asyncio.create_task(store.run(lambda db: updates.receive(db, [Received(2, "{}")])))
        await asyncio.sleep(0.3)
        assert not later.done()
        await asyncio.to_thread(postgres.start)
        await later
        return await store.run(lambda db: len(updates.waiting(db)))

    assert using(postgres.empty(), work) == 2


def test_a_database_that_stays_away_is_given_up(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE_SECONDS", 0.2)

    async def work(store: Store) -> None:
        await asyncio.to_thread(postgres.stop)
        try:
            with pytest.raises(AwayError):
                await store.run(lambda db: updates.receive(db, [Received(2, "{}")]))
        finally:
            await asyncio.to_thread(postgres.start)

    using(postgres.empty(), work)


def test_a_database_of_a_later_version_is_left_alone(database: Engine) -> None:
    with reading(database):
        pass
    with database.begin() as db:
        db.execute(insert(tables.version).values(number=99))
    with pytest.raises(GakjuError, match="later version"), reading(database):
        pass


def test_a_database_of_an_earlier_version_is_brought_up_to_date(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(database):
        pass
    monkeypatch.setattr(
        tables, "MIGRATIONS", (lambda db: db.execute(text("ALTER TABLE people ADD COLUMN shoe INTEGER")),)
    )
    for _ in range(2):
        with reading(database) as db:
            db.execute(text("SELECT shoe FROM people"))


def test_the_file_is_its_owners_only_wherever_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with reading(engine(None, tmp_path)):
        assert (tmp_path / "gakju.db").stat().st_mode & 0o077 == 0


def test_what_is_erased_is_in_no_file_once_there_is_nothing_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files() -> list[str]:
        return [file.name for file in tmp_path.iterdir() if b"CANARY" in file.read_bytes()]

    async def said_and_handled(store: Store) -> None:
        await store.run(lambda db: updates.receive(db, [Received(1, '{"text": "CANARY"}')]))
        await store.run(lambda db: updates.handled(db, 1))
        for _ in range(100):
            if not files():
                return
            await asyncio.sleep(0.05)

    monkeypatch.setattr(engines, "QUIET_SECONDS", 0.05)
    store = Store(engine(None, tmp_path))
    store.open()
    asyncio.run(said_and_handled(store))
    left = files()
    store.close()
    assert left == []


def test_the_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    engine(None, tmp_path / "state" / "gakju")
    assert (tmp_path / "state" / "gakju").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "DATABASE_URL"),
        ("mysql://me:CANARY@localhost/x", "DATABASE_URL"),
        ("postgresql+psycopg://me:CANARY@127.0.0.1:1/x", "cannot be opened"),
    ],
)
def test_an_address_that_is_of_no_use_is_one_line_without_its_password(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(GakjuError, match=said) as error, reading(engine(url, tmp_path)):
        pass
    assert "CANARY" not in str(error.value)
    assert "\n" not in str(error.value)
