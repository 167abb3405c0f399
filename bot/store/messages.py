"""The outbox: what is sent for an update, in order, and what became of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from bot.store.tables import insert_new, messages, now, updates

State = Literal["planned", "sending", "sent", "dropped"]
UNKNOWN = ""  # the view of a message whose edit was refused: none that a button shows
SUPERGROUPS = -1_000_000_000_000  # ids of supergroups and channels are below; each counts its messages by itself


@dataclass(frozen=True)
class Outgoing:
    """A request to Telegram, to be made once."""

    method: str
    params: dict[str, Any] = field(default_factory=dict)  # JSON
    shows: str | None = None  # the id of the answer that it is a page of, or the name of a menu
    # params of sendMessage, should Telegram not know the method, or the message that it edits be gone
    otherwise: dict[str, Any] | None = None


@dataclass(frozen=True)
class Step:
    """A request in its place among those of an update."""

    number: int
    outgoing: Outgoing
    state: State = "planned"
    after: int | None = None  # the newest message that was known when it was sent


_STATE = (
    update(messages)
    .where(messages.c.update == bindparam("of"), messages.c.step == bindparam("number"))
    .values(state=bindparam("new_state"))
)
_NEWEST = tuple(select(func.max(of.c.message)).where(of.c.chat == bindparam("place")) for of in (messages, updates))
_SENDING = _STATE.values(after=bindparam("newest"))
_SETTLED = _STATE.values(message=bindparam("id"), body=None)


def plan(db: Connection, update_id: int, steps: Iterable[Step]) -> None:
    """Write down what is going to be sent for an update, before any of it is."""
    rows = [
        {
            "update": update_id,
            "step": step.number,
            "state": step.state,
            "chat": step.outgoing.params.get("chat_id"),
            # a message that is edited has a row of its own, which says what it shows
            "shows": None if step.outgoing.method.startswith("edit") else step.outgoing.shows,
            "body": json.dumps(vars(step.outgoing)),
            "planned": now(),
        }
        for step in steps
    ]
    insert_new(db, messages, rows)


def unsent(db: Connection, update_id: int) -> list[Step] | None:
    """What is left to send for an update; None where nothing was planned."""
    columns = (messages.c.step, messages.c.state, messages.c.after, messages.c.body)
    rows = db.execute(select(*columns).where(messages.c.update == update_id).order_by(messages.c.step)).all()
    left: list[Step] = []
    for number, state, after, body in rows:
        if state in ("planned", "sending"):
            left.append(Step(number, Outgoing(**json.loads(body)), state, after))
    return left if rows else None


def sending(db: Connection, update_id: int, number: int, chat: int, account: int) -> int:
    """A request is about to be made: from here on it may have taken effect.

    Args:
        db: the database.
        update_id: what it is for.
        number: of its step.
        chat: where it makes a message.
        account: the newest message of all that are counted together, as `newest_of_account` has it.

    Returns:
        The newest message that is known of those that are counted with the one that is made.
    """
    older = newest(db, chat) if chat <= SUPERGROUPS else account
    db.execute(_SENDING, {"of": update_id, "number": number, "new_state": "sending", "newest": older})
    return older


def changed(db: Connection, update_id: int, number: int, outgoing: Outgoing) -> None:
    """A request is going to be made in another form."""
    step = (messages.c.update == update_id, messages.c.step == number)
    values = {"chat": outgoing.params.get("chat_id"), "shows": outgoing.shows, "body": json.dumps(vars(outgoing))}
    db.execute(update(messages).where(*step).values(**values, state="planned"))


def not_sent(db: Connection, update_id: int, number: int) -> None:
    """A request has certainly had no effect."""
    db.execute(_STATE, {"of": update_id, "number": number, "new_state": "planned"})


def settled(db: Connection, update_id: int, number: int, state: State, message: int | None = None) -> None:
    """What became of a request: sent, and the id of the message that it made, if any; or dropped, as it was refused."""
    db.execute(_SETTLED, {"of": update_id, "number": number, "new_state": state, "id": message})


def newest(db: Connection, chat: int) -> int:
    """The id of the newest message of a chat that is known; 0 where none is."""
    return max(db.scalar(statement, {"place": chat}) or 0 for statement in _NEWEST)


def last_in_chat(db: Connection, chat: int, update_id: int) -> int:
    """The id of our newest known message in a chat, or of the message that an update is, if that is newer."""
    ours = db.scalar(select(func.max(messages.c.message)).where(messages.c.chat == chat))
    asked = db.scalar(select(updates.c.message).where(updates.c.id == update_id, updates.c.chat == chat))
    return max(ours or 0, asked or 0)


def newest_of_account(db: Connection) -> int:
    """The id of the newest known message in private chats and basic groups; 0 where none is. Reads all there are."""
    found = (db.scalar(select(func.max(of.c.message)).where(of.c.chat > SUPERGROUPS)) for of in (messages, updates))
    return max(message or 0 for message in found)


def known(db: Connection, chat: int, after: int, count: int) -> tuple[set[int], set[int]]:
    """Which of the `count` message ids after `after` are known: those of this chat, and those of others.

    Private chats and basic groups count their messages together, so an id of one is no id of another; a supergroup
    counts by itself.
    """
    own: set[int] = set()
    others: set[int] = set()
    for table in (messages, updates):
        near = table.c.message.between(after + 1, after + count)
        where = table.c.chat == chat if chat <= SUPERGROUPS else table.c.chat > SUPERGROUPS
        for of, message in db.execute(select(table.c.chat, table.c.message).where(near, where)):
            (own if of == chat else others).add(message)
    return own, others


def unsettled(db: Connection, but: int) -> int:
    """How many requests, but those for one update, may have made a message whose id is not known."""
    both = messages.join(updates, updates.c.id == messages.c.update)
    where = (updates.c.handled.is_(None), messages.c.state == "sending", updates.c.id != but)
    return db.scalar(select(func.count()).select_from(both).where(*where)) or 0


def pages(db: Connection, shows: str) -> list[int]:
    """The ids of the messages that show something, in order."""
    where = (messages.c.shows == shows, messages.c.message.is_not(None))
    return list(db.scalars(select(messages.c.message).where(*where).order_by(messages.c.update, messages.c.step)))


def as_sent(db: Connection, shows: str, since: float) -> bool:
    """Whether the messages that show something are as they were sent, and were not before a time."""
    other = (messages.c.view.is_not(None), messages.c.planned < since)
    return db.scalar(select(messages.c.step).where(messages.c.shows == shows, or_(*other))) is None


def shown(db: Connection, chat: int, message: int) -> tuple[str | None, str | None]:
    """What a message of ours shows, and which view of it."""
    where = (messages.c.chat == chat, messages.c.message == message)
    row = db.execute(select(messages.c.shows, messages.c.view).where(*where)).first()
    return (row.shows, row.view) if row else (None, None)


def viewed(db: Connection, chat: int, message: int, view: str | None) -> None:
    """A message of ours shows another view of what it shows."""
    db.execute(update(messages).where(messages.c.chat == chat, messages.c.message == message).values(view=view))


def is_shown(db: Connection, shows: str, since: float) -> bool:
    """Whether a message that shows something was planned since then."""
    return db.scalar(select(messages.c.step).where(messages.c.shows == shows, messages.c.planned > since)) is not None


def gone(db: Connection, chat: int, message: int) -> None:
    """A message of ours is deleted: it shows nothing any more."""
    db.execute(update(messages).where(messages.c.chat == chat, messages.c.message == message).values(shows=None))


def prune(db: Connection, before: float) -> None:
    """Forget what was sent before a time."""
    done = messages.c.state.in_(("sent", "dropped"))
    db.execute(delete(messages).where(messages.c.planned < before, done))
