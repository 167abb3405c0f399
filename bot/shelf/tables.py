"""The tables of a shelf, and the ways to open them.

SQLite through the standard library: it opens in 1 ms, where SQLAlchemy's import alone takes 150. Readers see the shelf
as it was when they opened it (a read transaction over a write-ahead log), and neither wait nor are waited for.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from bot.files import Files, program_stamp

FORMAT = 1  # of the tables: a shelf of another is made again
K = TypeVar("K", str, int)
V = TypeVar("V")

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, digest BLOB) WITHOUT ROWID;
CREATE TABLE stale (number INTEGER PRIMARY KEY);

CREATE TABLE articles (path TEXT PRIMARY KEY, id TEXT, translates TEXT) WITHOUT ROWID;
CREATE INDEX articles_by_id ON articles (id);
CREATE INDEX translations ON articles (translates);
CREATE TABLE documents (id TEXT PRIMARY KEY, path TEXT, date TEXT, size INTEGER, data TEXT) WITHOUT ROWID;
CREATE INDEX documents_by_path ON documents (path);
CREATE INDEX documents_by_date ON documents (date, path);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, document TEXT, place INTEGER,
    section TEXT, text TEXT, translation TEXT, heading INTEGER, line INTEGER
);
CREATE INDEX passages_of_documents ON passages (document, place);
CREATE TABLE terms (number INTEGER PRIMARY KEY, terms TEXT);
CREATE TABLE topics (passage TEXT PRIMARY KEY, terms TEXT) WITHOUT ROWID;
CREATE TABLE notes (path TEXT, line INTEGER, passage TEXT, data TEXT);
CREATE INDEX notes_of_passages ON notes (passage);
CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT, count INTEGER) WITHOUT ROWID;
CREATE INDEX stems ON words (stem);
CREATE TABLE sounds (sound TEXT, word TEXT, count INTEGER, PRIMARY KEY (sound, word)) WITHOUT ROWID;
CREATE TABLE named (word TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE facts (
    number INTEGER PRIMARY KEY, id TEXT, entity TEXT, metric TEXT, unit TEXT, as_of TEXT, passage TEXT,
    path TEXT, line INTEGER, data TEXT
);
CREATE INDEX facts_by_id ON facts (id);
CREATE INDEX facts_of_metrics ON facts (metric, path, line);
CREATE INDEX facts_in_units ON facts (metric, unit, path, line);
CREATE INDEX facts_at_times ON facts (metric, as_of, entity);
CREATE INDEX facts_of_entities ON facts (metric, entity);
CREATE INDEX facts_of_passages ON facts (passage);
CREATE INDEX facts_of_files ON facts (path, line);
CREATE TABLE about (entity TEXT, metric TEXT, fact INTEGER, PRIMARY KEY (entity, metric, fact)) WITHOUT ROWID;
CREATE TABLE stated (amount TEXT, unit TEXT, fact INTEGER, PRIMARY KEY (amount, unit, fact)) WITHOUT ROWID;
CREATE TABLE measured (metric TEXT, what TEXT, value TEXT, PRIMARY KEY (metric, what, value)) WITHOUT ROWID;

CREATE TABLE entities (number INTEGER PRIMARY KEY, id TEXT UNIQUE, kind TEXT, introduced TEXT, line INTEGER, data TEXT);
CREATE INDEX entities_of_passages ON entities (introduced);
CREATE INDEX entities_of_kinds ON entities (kind);
CREATE TABLE metrics (number INTEGER PRIMARY KEY, id TEXT UNIQUE, data TEXT);
CREATE TABLE members (whole TEXT, entity TEXT, PRIMARY KEY (whole, entity)) WITHOUT ROWID;
CREATE TABLE spelled (kind TEXT, key TEXT, id TEXT, place INTEGER, PRIMARY KEY (kind, key, id)) WITHOUT ROWID;
CREATE TABLE starts (kind TEXT, start TEXT, length INTEGER, PRIMARY KEY (kind, start, length)) WITHOUT ROWID;
CREATE TABLE common (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE aliases (key TEXT, place INTEGER, data TEXT, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE letters (
    place INTEGER PRIMARY KEY, script TEXT, letters TEXT, first TEXT, second TEXT, length INTEGER, name TEXT, owner TEXT,
    UNIQUE (script, letters)
);
CREATE INDEX letters_first ON letters (script, first, length, letters);
CREATE INDEX letters_second ON letters (script, second, length, letters);
CREATE INDEX letters_of_names ON letters (name, owner);
"""


def create(path: Path) -> sqlite3.Connection:
    """Make an empty shelf to be filled; nothing of it survives a power cut before it is `settled`."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -64000")
    db.executescript(f"BEGIN;{SCHEMA}COMMIT;")
    return db


def settle(db: sqlite3.Connection) -> None:
    """Write a filled shelf out to the disk, in the one file."""
    db.execute("PRAGMA analysis_limit = 1000")
    db.execute("ANALYZE")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open_to_write(path: Path) -> sqlite3.Connection:
    """Open a shelf to change it; the caller holds the lock."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    db.execute("PRAGMA synchronous = FULL")
    return db


def open_to_read(path: Path, writable: bool = True) -> sqlite3.Connection:
    """Open a shelf as it is now; what is written later is not seen.

    Args:
        path: of its file.
        writable: whether its folder can be written to, as a log of what is being written needs.
    """
    how = "mode=ro" if writable else "immutable=1"
    db = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA mmap_size = 134217728")
    db.execute("BEGIN")
    db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()  # what is read first settles what is seen
    return db


def meta(db: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """A value that is kept of the whole shelf."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return default if row is None else json.loads(row[0])


def set_meta(db: sqlite3.Connection, **values: Any) -> None:
    """Keep values of the whole shelf."""
    rows = [(key, json.dumps(value, ensure_ascii=False)) for key, value in values.items()]
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def is_alike(db: sqlite3.Connection) -> bool:
    """Whether a shelf was made by the same program in the same format."""
    return bool(meta(db, "format") == FORMAT and meta(db, "program") == program_stamp())


def is_fresh(db: sqlite3.Connection, found: Files) -> bool:
    """Whether a shelf was made of files that are as they were."""
    known = {path: (size, changed) for path, size, changed in db.execute("SELECT path, size, changed FROM files")}
    return known == found


class Lazy(Mapping[K, V]):
    """A table as a mapping: a row is read when it is asked for, and kept while there is room."""

    def __init__(
        self,
        one: Callable[[K], V | None],
        db: sqlite3.Connection,
        table: str,
        key: str = "id",
        order: str = "number",
        most: int = 20_000,
    ) -> None:
        """Take how one row is read, and the table whose `key` column holds all keys, in their `order`.

        `most` is how many rows are kept.
        """
        self._one: Callable[[K], V | None] = one
        self._most = most
        self._db, self._table, self._key, self._order = db, table, key, order
        self._kept: dict[K, V | None] = {}

    def __getitem__(self, key: K) -> V:
        try:
            found = self._kept[key]
        except KeyError:
            found = self._one(key)
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = found
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[K]:
        rows = self._db.execute(f"SELECT {self._key} FROM {self._table} ORDER BY {self._order}")
        return (row[0] for row in rows)

    @cached_property
    def _count(self) -> int:
        count: int = self._db.execute(f"SELECT count(DISTINCT {self._key}) FROM {self._table}").fetchone()[0]
        return count

    def __len__(self) -> int:
        return self._count
