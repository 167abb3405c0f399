"""Is there a message that a request may have made?

Telegram has no key by which it would recognise a request that is made twice, and cannot be asked for a message. But one
of ours can be recognised by editing it to what it should be: its buttons, whose data no other message has, or where it
has none its words. Of the very message, Telegram says that it is not modified.

That is tried with the ids above the newest one that was known when the request was made, the nearest first, and only
with those that are nothing we know; so no message of another answer is changed, for a chat is sent one message at a
time. The search ends where nothing is any more.
"""

from collections.abc import Awaitable, Callable

from bot.store import messages
from bot.store.engine import Store
from bot.store.messages import SUPERGROUPS, Outgoing
from bot.telegram_bot.bot import CONNECTIONS
from bot.telegram_bot.fates import Done, Fate, Refused

MOST_LOOKS = 30  # requests for one message: as many as may be made in a group at once
# Ids that are nothing: then there are no more. Private chats and basic groups count together all that the bot sends and
# gets. All of it is known but what was deleted at once, and the messages to others that were on their way as well.
BEYOND = 6  # and as many as those
BEYOND_IN_SUPERGROUP = 10  # in a row, above all that is known there: it counts by itself, and members delete messages
ELSEWHERE = 4  # ids that are known in other chats: should a server count each chat by itself
WINDOW = 50_000  # how far above the newest that was known; what is known of it takes no look

Look = Callable[[Outgoing], Awaitable[Fate]]


class InconclusiveError(Exception):
    """There are more messages that it could be than may be looked at."""


async def find(outgoing: Outgoing, after: int, update_id: int, store: Store, look: Look) -> int | None:
    """The id of the message that a request made, or None where it made none.

    Args:
        outgoing: the request.
        after: the newest id that was known when it was made.
        update_id: what it is for.
        store: where the ids are that are known.
        look: makes a request that edits a message.

    Raises:
        InconclusiveError: it may have made one all the same.
    """
    chat = outgoing.params["chat_id"]
    (own, others), unsettled = await store.run(
        lambda db: (messages.known(db, chat, after, WINDOW), messages.unsettled(db, but=update_id))
    )
    alone = chat <= SUPERGROUPS
    top = max(own, default=after) if alone else after
    most = MOST_LOOKS if alone else MOST_LOOKS - ELSEWHERE
    beyond = BEYOND_IN_SUPERGROUP if alone else BEYOND + min(unsettled, CONNECTIONS)
    looked = nothing = 0
    for name in range(after + 1, after + WINDOW + 1):
        if nothing == beyond:
            break
        if name in own or name in others:
            continue
        if looked == most:
            raise InconclusiveError
        looked += 1
        fate = await look(edit(outgoing, name))
        if isinstance(fate, Done):
            return name
        if isinstance(fate, Refused) and fate.by_all:
            return None
        exists = isinstance(fate, Refused) and "can't be edited" in fate.why  # it is somebody else's
        nothing = 0 if exists or name < top else nothing + 1
    else:
        raise InconclusiveError
    if not alone:
        last = await store.run(lambda db: messages.last_in_chat(db, chat, update_id))
        own, _ = await store.run(lambda db: messages.known(db, chat, last, WINDOW))
        near = [name for name in range(last + 1, min(last + WINDOW, after) + 1) if name not in own]
        for name in near[:ELSEWHERE]:
            if isinstance(await look(edit(outgoing, name)), Done):
                return name
    return None


def edit(outgoing: Outgoing, message: int) -> Outgoing:
    """The request that edits `message` to what `outgoing` makes."""
    params = {"chat_id": outgoing.params["chat_id"], "message_id": message}
    if "reply_markup" in outgoing.params:  # its data is of this answer alone
        return Outgoing("editMessageReplyMarkup", {**params, "reply_markup": outgoing.params["reply_markup"]})
    method = "editMessageCaption" if "photo" in outgoing.params else "editMessageText"
    shown = ("text", "caption", "parse_mode", "link_preview_options", "rich_message")
    return Outgoing(method, {**params, **{name: outgoing.params[name] for name in shown if name in outgoing.params}})
