"""One thread that does all the work on the database, many pieces of it in one transaction."""

import asyncio
import contextlib
import logging
import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)

from bot.errors import GakjuError
from bot.store.tables import ERASED, prepare

__all__ = ["AwayError", "Connection", "Engine", "Store", "engine", "reading"]

T = TypeVar("T")
Work = Callable[[Connection], T]

MOST = 256  # pieces of work in one transaction
PATIENCE_SECONDS = 60.0  # a database that is away for longer makes what needs it fail
BUSY_MILLISECONDS = 5000
QUIET_SECONDS = 1.0  # without any work, and SQLite's log is emptied: what was erased stands in it still
LONGEST_UNWIPED_SECONDS = 30.0  # where there is always some
LOCK = 0x67616B6A  # of PostgreSQL's advisory locks, ours

log = logging.getLogger(__name__)


class TakenError(Exception):
    """Another process has the database."""


class AwayError(Exception):
    """The database did not answer for PATIENCE_SECONDS."""


@dataclass(frozen=True)
class _Job:
    work: Work[Any]
    future: asyncio.Future[Any]


Outcome = tuple[asyncio.Future[Any], Any, Exception | None]


class Store:
    """The database, for one process at a time.

    Work given to `run` is a function of a connection. It may be run twice, where a transaction failed, so all that it
    does it does to the database; and it may run in one transaction with others', so it is short.

    The thread gets all that waits at once, and more only when it is done with that: to wake it for each piece would take
    longer than many of them do.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[_Job] = deque()
        self._is_at_work = False  # the thread, or is about to be
        self._groups: queue.SimpleQueue[list[_Job] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="store", daemon=True)
        self._db: Connection | None = None
        self._lock: sqlite3.Connection | None = None
        self._wiped = time.monotonic()

    def open(self) -> None:
        """Wait until no other process has this database, and make its tables ready.

        Raises:
            GakjuError: it cannot be opened, or is of a later version than this program.
        """
        waited = False
        while True:
            try:
                self._connect()
                break
            except TakenError:
                if not waited:
                    log.warning("another gakju has this database open; waiting for it to end")
                waited = True
                time.sleep(0.2)
            except (DBAPIError, sqlite3.Error) as error:
                raise GakjuError(f"the database cannot be opened: {_why(error)}") from None
        self._thread.start()

    async def run(self, work: Work[T]) -> T:
        """Do `work` in the database's thread, and return what it returns once that is committed.

        Raises:
            AwayError: the database does not answer. What `work` itself raises is raised too.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append(_Job(work, future))
        if not self._is_at_work:
            self._is_at_work = True
            loop.call_soon(self._hand_over)
        return await future

    def close(self) -> None:
        """Finish what was given to `run`, and let another process have the database."""
        if self._thread.is_alive():
            while self._waiting:
                self._hand_over()
            self._groups.put(None)
            self._thread.join()
        self._drop()
        if self._lock:
            self._lock.close()

    def _connect(self) -> Connection:
        """The connection; one that is new has the database to itself, and finds its tables ready.

        Raises:
            TakenError: another process has it.
        """
        if self._db is None:
            self._take_file()
            db = self._engine.connect()
            try:
                with db.begin():
                    # The lock is its session's: it is gone when the session is, and must be asked for again.
                    if db.dialect.name == "postgresql" and not db.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")):
                        raise TakenError
                    prepare(db)
            except BaseException:
                db.close()
                raise
            self._db = db
        return self._db

    def _take_file(self) -> None:
        """Lock a file beside SQLite's, which stays readable to others; the system frees it however we end."""
        file = self._engine.url.database
        if self._lock or self._engine.dialect.name != "sqlite" or not file:
            return
        lock = sqlite3.connect(f"{file}.lock", timeout=0, isolation_level=None, check_same_thread=False)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise TakenError from error
            raise
        self._lock = lock

    def _drop(self) -> None:
        db, self._db = self._db, None
        if db is not None:
            with contextlib.suppress(DBAPIError):
                db.close()

    def _hand_over(self) -> None:
        """Give the thread what waits."""
        self._is_at_work = bool(self._waiting)
        if self._waiting:
            self._groups.put([self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))])

    def _tell(self, outcomes: list[Outcome]) -> None:
        """Tell those who wait for it what became of their work, and go on with what they want done next."""
        for future, result, error in outcomes:
            if future.done():  # no one waits for it any more
                continue
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
        asyncio.get_running_loop().call_soon(self._hand_over)  # after those who wait, who may have more to do

    def _serve(self) -> None:
        for jobs in iter(self._next, None):
            outcomes: list[Outcome]
            try:
                results = self._patiently([job.work for job in jobs])
                outcomes = [(job.future, result, None) for job, result in zip(jobs, results, strict=True)]
            except Exception:  # whose was it? Each is done again, on its own
                outcomes = [(job.future, *self._alone(job.work)) for job in jobs]
            with contextlib.suppress(RuntimeError):  # the loop is closed: no one waits any more
                jobs[0].future.get_loop().call_soon_threadsafe(self._tell, outcomes)

    def _next(self) -> list[_Job] | None:
        """The next work; where there is none for a while, what was erased is wiped from SQLite's log first."""
        if self._db and time.monotonic() - self._wiped < LONGEST_UNWIPED_SECONDS:
            with contextlib.suppress(queue.Empty):
                return self._groups.get(timeout=QUIET_SECONDS)
        if self._db:
            _empty_log(self._db)
            self._wiped = time.monotonic()
        return self._groups.get()

    def _alone(self, work: Work[Any]) -> tuple[Any, Exception | None]:
        try:
            return self._patiently([work])[0], None
        except Exception as error:  # whoever gave us the work deals with it
            return None, error

    def _patiently(self, works: list[Work[Any]]) -> list[Any]:
        """Do `works` in one transaction; where the database is away, again until it is back."""
        started, pause = time.monotonic(), 0.1
        while True:
            try:
                db = self._connect()
                with db.begin():
                    results = [work(db) for work in works]
                if db.info.pop(ERASED, False):
                    _empty_log(db)
                return results
            except (OperationalError, InterfaceError, TakenError) as error:
                self._drop()
                if time.monotonic() - started > PATIENCE_SECONDS:
                    raise AwayError(_why(error)) from None
                log.error("the database does not answer (%s); trying again", _why(error))
                time.sleep(pause)
                pause = min(2 * pause, 5.0)


def _why(error: Exception) -> str:
    """The database's own words, without the statement and what it was to store."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def engine(url: str | None, folder: Path) -> Engine:
    """The database at `url`, else the file in `folder`, which is made where it is not there.

    Raises:
        GakjuError: `url` is no address of a database that we can use, or the folder cannot be made.
    """
    try:
        made = create_engine(
            make_url(url) if url else _file(folder), poolclass=NullPool, hide_parameters=True
        )  # they are what people wrote
    except (ArgumentError, NoSuchModuleError):
        raise GakjuError(
            "DATABASE_URL is no address of a database; it takes one such as postgresql://user:password@host/name"
        ) from None  # which would say the password
    except ModuleNotFoundError as error:
        raise GakjuError(f"for this DATABASE_URL {error.name} is needed: pip install 'gakju[postgres]'") from error
    if made.dialect.name not in ("sqlite", "postgresql"):
        raise GakjuError(f"DATABASE_URL names {made.dialect.name}; it takes sqlite or postgresql")
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _set_up_sqlite)
    return made


def _file(folder: Path) -> URL:
    try:
        # what people asked is no one else's to read; SQLite's other files have the rights of this one
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "gakju.db").touch(mode=0o600)
    except OSError as error:
        raise GakjuError(f"{folder} cannot be made: {error.strerror}; GAKJU_STATE_DIR names another") from error
    return URL.create("sqlite", database=str(folder / "gakju.db"), query={"check_same_thread": "false"})


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is not left in the file
    connection.execute("PRAGMA journal_mode = WAL")  # who reads does not wait for who writes
    connection.execute("PRAGMA synchronous = NORMAL")  # kill -9 loses nothing; a power cut the last moments at most


def _empty_log(db: Connection) -> None:
    """Leave nothing of what was deleted in SQLite's log; while somebody reads it, that is left to the next time."""
    with contextlib.suppress(sqlite3.Error, SQLAlchemyError):  # what was to be done is done
        connection = db.connection.driver_connection
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


@contextlib.contextmanager
def reading(database: Engine) -> Iterator[Connection]:
    """The database for a command that only looks.

    Raises:
        GakjuError: it cannot be opened, or is of a later version than this program.
    """
    try:
        with database.begin() as db:
            prepare(db)
            yield db
    except DBAPIError as error:
        raise GakjuError(f"the database cannot be opened: {_why(error)}") from None
