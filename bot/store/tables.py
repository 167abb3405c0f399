"""The tables, and how those of an earlier version become these."""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    Index,
    Insert,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import GakjuError

metadata = MetaData()
ERASED = "erased"  # a note on a connection

# What Telegram delivered. The update itself is erased as soon as it is handled; its id is kept, so that it is not
# handled again.
updates = Table(
    "updates",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # Telegram's update_id
    Column("chat", BigInteger),
    Column("message", BigInteger),  # the id of the message in it, which no message of ours can have
    Column("received", Double, nullable=False),  # seconds since 1970, as all times here
    Column("handled", Double),
    Column("tries", SmallInteger, nullable=False, default=0),  # how often it was taken up again after a crash
    Column("body", Text),  # its JSON
    Index("updates_handled", "handled"),
    Index("updates_message", "chat", "message"),
)

# What we send for an update, in order. `state` is planned, sending, sent or dropped.
messages = Table(
    "messages",
    metadata,
    Column("update", BigInteger, primary_key=True, autoincrement=False),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("chat", BigInteger),
    Column("message", BigInteger),  # its id, once sent
    Column("after", BigInteger),  # the newest message of the chat that was known when it was sent
    Column("shows", Text),  # the id of the answer that it is a page of, or the name of a menu
    Column("view", Text),  # what of it: none at first, then what the last button asked for
    Column("body", Text),  # the request's JSON; erased when it is sent
    Column("planned", Double, nullable=False),
    Index("messages_message", "chat", "message"),
    Index("messages_shows", "shows"),
)

# What was asked, and with what it was answered: an answer itself is found anew whenever a button is pressed.
answers = Table(
    "answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("chat", BigInteger),  # none for inline and guest mode
    Column("thread", BigInteger),
    Column("question_message", BigInteger),  # the message that asks
    Column("person", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("context", Text, nullable=False),  # JSON: the questions before it
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text),  # the button that asked, where one did
    Column("asked", Double, nullable=False),
    Index("answers_question", "chat", "question_message"),
    Index("answers_person", "person", "chat", "asked"),
    Index("answers_kind", "kind", "asked"),
)

votes = Table(
    "votes",
    metadata,
    Column("answer", Text, primary_key=True),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("value", SmallInteger, nullable=False),  # 1 or -1
    Index("votes_person", "person"),
)

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text),  # chosen with /lang; none: as their Telegram has it
)

# Whatever there is one of: the salt of hashes, the menus that were set, when a refusal was last said, counts.
notes = Table(
    "notes",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

version = Table("version", metadata, Column("number", Integer, nullable=False))

# Each makes the tables of its place in the list, counted from 1, into those of the next.
MIGRATIONS: tuple[Callable[[Connection], None], ...] = ()


def prepare(db: Connection) -> None:
    """Make the tables, or bring those of an earlier version up to date.

    Raises:
        GakjuError: they are of a later version than this program knows.
    """
    current = len(MIGRATIONS) + 1
    if not inspect(db).has_table("version"):
        metadata.create_all(db)
        db.execute(insert(version), {"number": current})
        return
    found = db.execute(select(func.max(version.c.number))).scalar_one()
    if found > current:
        raise GakjuError(
            f"the database is of a later version ({found}) than this program ({current}); install a newer one"
        )
    if found == current:
        return  # who only reads keeps nobody from writing
    for migration in MIGRATIONS[found - 1 :]:
        migration(db)
    db.execute(update(version).values(number=current))


def insert_new(db: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert the rows whose primary key is not there yet."""
    if listed := list(rows):
        db.execute(_inserting_new(table, db.dialect.name), listed)


def put(db: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, which has all columns, or let it take the place of the one with its primary key."""
    db.execute(_putting(table, db.dialect.name), [row])


# To put a statement together takes longer than to execute it.


@cache
def _inserting_new(table: Table, dialect: str) -> Insert:
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def _putting(table: Table, dialect: str) -> Insert:
    statement = _insert(table, dialect)
    keys = list(table.primary_key)
    others = {column.name: statement.excluded[column.name] for column in table.c if column not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


def _insert(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def erased(db: Connection) -> None:
    """Note that what people said was deleted: once that is committed, it is to be in no file any more."""
    db.info[ERASED] = True


def now() -> float:
    """Seconds since 1970."""
    return time.time()
