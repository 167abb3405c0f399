"""What people chose, and notes of the bot's own."""

import hashlib
import json
import secrets
from typing import Any

from sqlalchemy import Connection, delete, select

from bot.schema import Language
from bot.store.tables import notes, now, people, put


def language(db: Connection, person: int) -> Language | None:
    """The language that a person chose for menus; None: that of their Telegram."""
    return db.scalar(select(people.c.language).where(people.c.id == person))


def choose_language(db: Connection, person: int, chosen: Language | None) -> None:
    """Keep a person's choice."""
    put(db, people, {"id": person, "language": chosen})


def forget(db: Connection, person: int) -> None:
    """Delete what a person chose."""
    db.execute(delete(people).where(people.c.id == person))


def note(db: Connection, name: str) -> Any:
    """A note, or None."""
    found = db.scalar(select(notes.c.value).where(notes.c.name == name))
    return None if found is None else json.loads(found)


def write_note(db: Connection, name: str, value: Any) -> None:
    """Keep a note in the place of what it said before."""
    put(db, notes, {"name": name, "value": json.dumps(value)})


def is_due(db: Connection, name: str, every_seconds: float) -> bool:
    """Whether something that is said at most so often may be said; it counts as said then."""
    last = note(db, name)
    if last is not None and now() - last < every_seconds:
        return False
    write_note(db, name, now())
    return True


def hashed(db: Connection, person: int) -> str:
    """A person as a report may show them: alike in each, and no one's id."""
    salt = note(db, "salt")
    if salt is None:
        salt = secrets.token_hex(16)
        write_note(db, "salt", salt)
    return hashlib.blake2b(f"{salt}{person}".encode(), digest_size=4).hexdigest()
