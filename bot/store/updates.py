"""The inbox: what Telegram delivered, until it is handled."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.store.tables import now, updates

KEPT_SECONDS = 3 * 86400.0  # Telegram delivers an update for a day, and later may use its id for another


@dataclass(frozen=True)
class Received:
    """An update as it came."""

    id: int
    body: str  # its JSON
    chat: int | None = None
    message: int | None = None


_KNOWN = select(updates.c.id).where(updates.c.id.in_(bindparam("ids", expanding=True)))
_NEW = insert(updates)
_HANDLED = update(updates).where(updates.c.id == bindparam("update")).values(handled=bindparam("at"), body=None)


def receive(db: Connection, batch: Iterable[Received]) -> set[int]:
    """Write updates down; returns the ids of those that were not there yet."""
    by_id = {item.id: item for item in batch}
    for known in db.scalars(_KNOWN, {"ids": list(by_id)}):
        del by_id[known]
    at = now()
    rows = [
        {"id": item.id, "body": item.body, "chat": item.chat, "message": item.message, "received": at}
        for item in by_id.values()
    ]
    if rows:
        db.execute(_NEW, rows)
    return set(by_id)


def waiting(db: Connection) -> list[tuple[Received, int]]:
    """What is not handled, in the order of Telegram's ids, with how often each was taken up again."""
    columns = (updates.c.id, updates.c.body, updates.c.chat, updates.c.message, updates.c.tries)
    rows = db.execute(select(*columns).where(updates.c.handled.is_(None)).order_by(updates.c.id))
    return [(Received(*row[:4]), row[4]) for row in rows]


def taken_up(db: Connection, update_id: int) -> None:
    """An update that was not finished is tried once more."""
    db.execute(update(updates).where(updates.c.id == update_id).values(tries=updates.c.tries + 1))


def handled(db: Connection, update_id: int) -> None:
    """An update is done with; what it said is erased."""
    db.execute(_HANDLED, {"update": update_id, "at": now()})


def prune(db: Connection) -> None:
    """Forget the ids of what was handled long ago."""
    db.execute(delete(updates).where(updates.c.handled < now() - KEPT_SECONDS))
