"""What was asked and how it was answered: follow-ups, buttons, votes, and what people could not find out."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, func, or_, select, true, update

from bot.answer.gaps import Unanswered
from bot.answer.reading import EARLIER
from bot.schema import Kind, Language
from bot.store import messages as outbox
from bot.store import people
from bot.store.tables import answers, erased, now, put, updates, votes

KEPT_SECONDS = 90 * 86400.0
EARLIER_SECONDS = 3600.0  # how old a question may be that another leans on
NEWEST = (1 << 63) - 1  # no message has a higher id


@dataclass(frozen=True)
class Asked:
    """A question that was answered. The answer is no part of it: the same question gives the same."""

    id: str
    chat: int | None
    thread: int | None
    question_message: int | None
    person: int
    question: str
    context: tuple[str, ...]
    language: Language
    kind: Kind
    source: str | None = None  # the button that asked it
    asked: float = 0.0


_ONE = select(answers).order_by(answers.c.asked.desc()).limit(1)
_OF_ID = _ONE.where(answers.c.id == bindparam("name"))
_OF_MESSAGE = _ONE.where(
    answers.c.chat == bindparam("place"), answers.c.question_message == bindparam("message"), answers.c.source.is_(None)
)
_OF_BUTTON = _ONE.where(answers.c.source == bindparam("button"), answers.c.asked >= bindparam("since"))
_EARLIER = (
    select(answers.c.question)
    .where(
        answers.c.person == bindparam("who"),
        answers.c.chat == bindparam("place"),
        answers.c.asked > bindparam("since"),
        answers.c.thread.is_not_distinct_from(bindparam("topic")),
        answers.c.kind != "help",
        or_(answers.c.question_message.is_(None), answers.c.question_message < bindparam("before")),
    )
    .order_by(answers.c.asked.desc())
    .limit(EARLIER)
)


def new_id() -> str:
    """An id for an answer, which no one can guess."""
    return secrets.token_urlsafe(9)


def add(db: Connection, asked: Asked) -> None:
    """Write a question down, or let it take the place of what it was before it was edited."""
    put(db, answers, {**vars(asked), "context": json.dumps(asked.context), "asked": asked.asked or now()})


def find(db: Connection, name: str) -> Asked | None:
    """The question of an answer, unless it is forgotten."""
    return _one(db, _OF_ID, name=name)


def of_message(db: Connection, chat: int, message: int) -> Asked | None:
    """The question that a message asked."""
    return _one(db, _OF_MESSAGE, place=chat, message=message)


def is_asked(db: Connection, source: str, since: float) -> bool:
    """Whether a button asked its question since then."""
    return _one(db, _OF_BUTTON, button=source, since=since) is not None


def _one(db: Connection, statement: Select[Any], **values: object) -> Asked | None:
    row = db.execute(statement, values).first()
    return Asked(**{**row._mapping, "context": tuple(json.loads(row.context))}) if row else None


def earlier(db: Connection, person: int, chat: int, thread: int | None, before: int = NEWEST) -> tuple[str, ...]:
    """The last questions of a person in a chat and topic, oldest first; only those before a message, if one is given."""
    since = now() - EARLIER_SECONDS
    where = {"who": person, "place": chat, "topic": thread, "since": since, "before": before}
    return tuple(reversed(db.scalars(_EARLIER, where).all()))


def vote_of(db: Connection, answer: str, person: int) -> int:
    """What a person thinks of an answer: 1, -1, or 0 where they did not say."""
    mine = select(votes.c.value).where(votes.c.answer == answer, votes.c.person == person)
    return db.scalar(mine) or 0


def vote(db: Connection, answer: str, person: int, value: int) -> None:
    """Keep what a person thinks of an answer; 0 takes it back."""
    if value:
        put(db, votes, {"answer": answer, "person": person, "value": value})
    else:
        db.execute(delete(votes).where(votes.c.answer == answer, votes.c.person == person))


def tally(db: Connection, answer: str) -> tuple[int, int]:
    """How many people found an answer good, and how many bad."""
    return _votes(db, votes.c.answer == answer)


def _votes(db: Connection, where: ColumnElement[bool]) -> tuple[int, int]:
    counts = (func.count().filter(votes.c.value == value) for value in (1, -1))
    good, bad = db.execute(select(*counts).where(where)).one()  # type: ignore[misc]
    return good, bad


def forget_votes(db: Connection, answer: str) -> None:
    """An answer is not what was voted on any more."""
    db.execute(delete(votes).where(votes.c.answer == answer))


def forget(db: Connection, person: int) -> int:
    """Delete all that a person asked and voted; returns how many questions that were."""
    erased(db)
    db.execute(delete(votes).where(votes.c.person == person))
    own = select(answers.c.id).where(answers.c.person == person)
    db.execute(delete(votes).where(votes.c.answer.in_(own)))
    _forget_in_context(db, person)
    return db.execute(delete(answers).where(answers.c.person == person)).rowcount


def _forget_in_context(db: Connection, person: int) -> None:
    """Take a person's questions out of what others asked in reply to their answers."""
    own = set(db.scalars(select(answers.c.question).where(answers.c.person == person)))
    others = select(answers.c.id, answers.c.context).where(answers.c.person != person, answers.c.context != "[]")
    for name, context in db.execute(others).all():
        kept = [question for question in json.loads(context) if question not in own]
        if json.dumps(kept) != context:
            db.execute(update(answers).where(answers.c.id == name).values(context=json.dumps(kept)))


def unanswered(db: Connection) -> list[Unanswered]:
    """The questions that the documents did not answer, oldest first, people as hashes."""
    columns = (answers.c.question, answers.c.context, answers.c.person, answers.c.asked)
    rows = db.execute(
        select(*columns).where(answers.c.kind == "not_found").order_by(answers.c.asked, answers.c.id)
    ).all()
    hashes = {person: people.hashed(db, person) for person in {row.person for row in rows}}
    return [Unanswered(row.question, tuple(json.loads(row.context)), hashes[row.person], row.asked) for row in rows]


@dataclass(frozen=True)
class Stats:
    """What was asked within what is kept."""

    since: float | None
    kinds: dict[str, int]
    people: int
    chats: int
    good: int
    bad: int
    waiting: int  # updates that are not handled


def stats(db: Connection) -> Stats:
    """Counts for those who keep the bot."""
    kinds = db.execute(select(answers.c.kind, func.count()).group_by(answers.c.kind).order_by(func.count().desc()))
    since, persons, chats = db.execute(
        select(
            func.min(answers.c.asked),
            func.count(func.distinct(answers.c.person)),
            func.count(func.distinct(answers.c.chat)),
        )
    ).one()
    waiting = db.scalar(select(func.count()).select_from(updates).where(updates.c.handled.is_(None))) or 0
    return Stats(since, {row[0]: row[1] for row in kinds}, persons, chats, *_votes(db, true()), waiting)


def prune(db: Connection) -> None:
    """Forget what was asked long ago."""
    erased(db)
    before = now() - KEPT_SECONDS
    old = select(answers.c.id).where(answers.c.asked < before)
    db.execute(delete(votes).where(votes.c.answer.in_(old)))
    db.execute(delete(answers).where(answers.c.asked < before))
    outbox.prune(db, before)
