"""What people chose, and notes of the bot's own."""

import hashlib
import json
import secrets
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.schema import Language
from bot.store.tables import notes, now, people, put

REFUSED = "refused "  # and a chat: the note of when it was told that it is not answered
REFUSED_SECONDS = 3600.0


_LANGUAGE = select(people.c.language).where(people.c.id == bindparam("person"))


def language(db: Connection, person: int) -> Language | None:
    """The language that a person chose for menus; None: that of their Telegram."""
    return db.scalar(_LANGUAGE, {"person": person})


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


def is_due(db: Connection, chat: int) -> bool:
    """Whether a chat that is not answered may be told so (again); it counts as told then."""
    last = note(db, f"{REFUSED}{chat}")
    if last is not None and now() - last < REFUSED_SECONDS:
        return False
    write_note(db, f"{REFUSED}{chat}", now())
    return True


def prune(db: Connection) -> None:
    """Forget who was told so that long ago that they may be told again."""
    told = db.execute(select(notes.c.name, notes.c.value).where(notes.c.name.like(f"{REFUSED}%"))).all()
    old = [name for name, at in told if now() - json.loads(at) > REFUSED_SECONDS]
    db.execute(delete(notes).where(notes.c.name.in_(old)))


def hashed(db: Connection, person: int) -> str:
    """A person as a report may show them: alike in each, and no one's id."""
    salt = note(db, "salt")
    if salt is None:
        salt = secrets.token_hex(16)
        write_note(db, "salt", salt)
    return hashlib.blake2b(f"{salt}{person}".encode(), digest_size=4).hexdigest()
