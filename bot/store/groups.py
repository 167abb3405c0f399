"""Groups that became supergroups."""

from sqlalchemy import Connection, update

from bot.store.people import note, write_note
from bot.store.tables import answers, messages


def moved(db: Connection, old: int, new: int) -> None:
    """A group became a supergroup, with another id, where its messages have other ids."""
    db.execute(update(messages).where(messages.c.chat == old, messages.c.message.is_(None)).values(chat=new))
    db.execute(update(answers).where(answers.c.chat == old).values(chat=new, question_message=None))
    write_note(db, "moved", {**moves(db), str(old): new})


def moves(db: Connection) -> dict[int, int]:
    """Old ids of groups → their ids as supergroups."""
    return {int(old): new for old, new in (note(db, "moved") or {}).items()}
