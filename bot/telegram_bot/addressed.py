"""Is a message meant for us, and what does it ask?

In a private chat every text is a question. In a group we speak only when spoken to: by our name, in reply to a message
of ours, or with /ask. Offsets of entities count UTF-16 units and come from outside: whatever they are, nothing breaks.
"""

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

ASK = "ask"
BOT = "bot"  # what the names of bots end with
COMMAND = re.compile(r"^\s*/\w{1,32}(?:@\w+)?(?!\w)\s*", re.ASCII)


@dataclass(frozen=True)
class Addressed:
    """What a message says to us."""

    text: str  # without our name and the command; "" where it says nothing
    command: str | None = None  # in lower case, without the stroke
    by_name: bool = False  # the command is followed by our name


def is_of_somebody(message: Message, me: User) -> bool:
    """Whether a person wrote it, or an administrator in the name of their group: no bot, no channel, no relay."""
    if message.via_bot or message.is_automatic_forward or message.chat.type == ChatType.CHANNEL:
        return False
    sender = message.from_user
    return message.sender_chat is not None or (sender is not None and not sender.is_bot and sender.id != me.id)


def person_of(message: Message) -> int:
    """Whose message it is: a person's id, or of the group or channel in whose name they wrote."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id


def addressed(message: Message, me: User) -> Addressed | None:
    """What a message says to us, or None where it is not meant for us."""
    text, entities = _said(message)
    mentioned, said = _cut(text, entities, me)
    private = message.chat.type == ChatType.PRIVATE
    if found := _command(text, entities, me):
        name, target, rest = found
        if target and target != _name(me):
            return None  # another bot's, whatever else it is
        if private or target or mentioned or name == ASK or _is_reply_to(message, me):
            return Addressed(_without_our_name(rest, me), name, by_name=bool(target) or mentioned)
        return None
    if private or mentioned or (_is_reply_to(message, me) and not is_for_another(message, me)):
        return Addressed(said)
    return None


def is_for_another(message: Message, me: User) -> bool:
    """Whether a message begins with another bot's name, or with a command of it."""
    text, entities = _said(message)
    if found := _command(text, entities, me):
        return found[1] not in ("", _name(me))
    first = next((entity for entity in entities if not _part(_units(text), 0, entity.offset).strip()), None)
    if first is None or _is_ours(text, first, me):
        return False
    if first.type == MessageEntity.MENTION:
        return _part(_units(text), first.offset, first.length).lower().endswith(BOT)
    return first.type == MessageEntity.TEXT_MENTION and first.user is not None and first.user.is_bot


def quoted(message: Message, me: User) -> str:
    """The words that a message replies to: those that it quotes, else all of that message, unless it is ours."""
    if message.quote:
        return message.quote.text
    earlier = message.reply_to_message
    if earlier is None or (earlier.from_user and earlier.from_user.id == me.id):
        return ""
    return earlier.text or earlier.caption or ""


def guest_question(message: Message, me: User) -> str:
    """What we are asked in a chat that we are not in: the text without our name, else what it replies to."""
    _, said = _cut(*_said(message), me)
    return bare(said, me) or quoted(message, me)


def bare(text: str, me: User) -> str:
    """A text that is meant for us wherever it stands, without our name and a command: there are only questions there."""
    return COMMAND.sub("", _without_our_name(COMMAND.sub("", text), me))


def _said(message: Message) -> tuple[str, tuple[MessageEntity, ...]]:
    """The words of a message, or those under its picture."""
    if message.text:
        return message.text, message.entities
    return message.caption or "", message.caption_entities


def _command(text: str, entities: tuple[MessageEntity, ...], me: User) -> tuple[str, str, str] | None:
    """The command that a text begins with, our name before it or not; whose it is if it says so, and what follows."""
    units = _units(text)
    first = next((entity for entity in entities if entity.type == MessageEntity.BOT_COMMAND), None)
    if first is None:
        return None
    before = [entity for entity in entities if 0 <= entity.offset < first.offset and _is_ours(text, entity, me)]
    for entity in sorted(before, key=lambda entity: entity.offset, reverse=True):
        units = _blank(units, entity)
    command = _part(units, first.offset, first.length)
    if _part(units, 0, first.offset).strip() or (first.offset and not before) or not command.startswith("/"):
        return None
    name, _, target = command[1:].partition("@")
    return name.lower(), target.lower(), _text(units[2 * (first.offset + first.length) :]).strip()


def _cut(text: str, entities: tuple[MessageEntity, ...], me: User) -> tuple[bool, str]:
    """Whether our name is in a text, and the text without it, and without the names of people who have no @name."""
    units = _units(text)
    ours = [entity for entity in entities if _is_ours(text, entity, me)]
    for entity in entities:
        if entity in ours or entity.type == MessageEntity.TEXT_MENTION:
            units = _blank(units, entity)
    return bool(ours), " ".join(_text(units).split())


def _is_ours(text: str, entity: MessageEntity, me: User) -> bool:
    """Whether an entity is our name."""
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    named = entity.type == MessageEntity.MENTION
    return named and _part(_units(text), entity.offset, entity.length).lower() == f"@{_name(me)}"


def _blank(units: bytes, entity: MessageEntity) -> bytes:
    """A text with as many spaces in the place of an entity."""
    start, end = (min(len(units), 2 * max(0, at)) for at in (entity.offset, entity.offset + entity.length))
    return units[:start] + _units(" ") * ((end - start) // 2) + units[max(start, end) :]


def _without_our_name(text: str, me: User) -> str:
    """What follows /ask may name us once more."""
    words = text.split()
    return " ".join(word for word in words if word.lower().rstrip(",:") != f"@{_name(me)}")


def _is_reply_to(message: Message, me: User) -> bool:
    earlier = message.reply_to_message
    if earlier is None or earlier.forum_topic_created:  # what is written in a topic replies to its beginning
        return False
    return earlier.from_user is not None and earlier.from_user.id == me.id


def _part(units: bytes, offset: int, length: int) -> str:
    return _text(units[2 * max(0, offset) : 2 * max(0, offset + length)])


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _text(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")


def _name(me: User) -> str:
    return (me.username or "").lower()
