"""Is a message meant for us, and what does it ask?

In a private chat every text is a question. In a group we speak only when spoken to: by our name, in reply to a message
of ours, or with /ask. Offsets of entities count UTF-16 units and come from outside: whatever they are, nothing breaks.
"""

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

ASK = "ask"
ASKING = re.compile(rf"^\s*/{ASK}(?:@\w+)?(?!\w)\s*", re.IGNORECASE | re.ASCII)


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
    text = message.text or message.caption or ""
    entities = message.entities if message.text else message.caption_entities
    if found := _command(text, entities):
        name, target, rest = found
        if target and target != _name(me):
            return None  # another bot's, whatever else it is
        private = message.chat.type == ChatType.PRIVATE
        if private or target or name == ASK:
            return Addressed(_without_our_name(rest, me), name, by_name=bool(target))
        return None
    mentioned, said = _cut(text, entities, me)
    if message.chat.type == ChatType.PRIVATE or mentioned or _is_reply_to(message, me):
        return Addressed(said)
    return None


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
    text = message.text or message.caption or ""
    _, said = _cut(text, message.entities if message.text else message.caption_entities, me)
    return bare(said, me) or quoted(message, me)


def bare(text: str, me: User) -> str:
    """A text that is meant for us wherever it stands, without /ask and our name."""
    return ASKING.sub("", _without_our_name(ASKING.sub("", text), me))


def _command(text: str, entities: tuple[MessageEntity, ...]) -> tuple[str, str, str] | None:
    """The command that a text begins with, whose it is if it says so, and what follows."""
    first = next((entity for entity in entities if entity.type == MessageEntity.BOT_COMMAND), None)
    if first is None or first.offset != 0 or not text.startswith("/"):
        return None
    units = _units(text)
    command, rest = _text(units[: 2 * first.length]), _text(units[2 * first.length :])
    name, _, target = command[1:].partition("@")
    return name.lower(), target.lower(), rest.strip()


def _cut(text: str, entities: tuple[MessageEntity, ...], me: User) -> tuple[bool, str]:
    """Whether our name is in a text, and the text without it."""
    units = _units(text)
    ours = [
        entity
        for entity in entities
        if (entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == me.id)
        or (entity.type == MessageEntity.MENTION and _part(units, entity).lower() == f"@{_name(me)}")
    ]
    for entity in sorted(ours, key=lambda entity: entity.offset, reverse=True):
        start, end = 2 * max(0, entity.offset), 2 * max(0, entity.offset + entity.length)
        units = units[:start] + _units(" ") + units[end:]
    return bool(ours), " ".join(_text(units).split())


def _without_our_name(text: str, me: User) -> str:
    """What follows /ask may name us once more."""
    words = text.split()
    return " ".join(word for word in words if word.lower().rstrip(",:") != f"@{_name(me)}")


def _is_reply_to(message: Message, me: User) -> bool:
    earlier = message.reply_to_message
    if earlier is None or earlier.forum_topic_created:  # what is written in a topic replies to its beginning
        return False
    return earlier.from_user is not None and earlier.from_user.id == me.id


def _part(units: bytes, entity: MessageEntity) -> str:
    return _text(units[2 * max(0, entity.offset) : 2 * max(0, entity.offset + entity.length)])


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _text(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")


def _name(me: User) -> str:
    return (me.username or "").lower()
