"""What became of a request, and what is to be done about it."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.render.markup import to_plain
from bot.store.messages import Outgoing
from bot.telegram_bot.http import GatewayError, LateError, LostError

# Requests that make a message: made twice, there would be two.
MAKING = frozenset({"sendMessage", "sendPhoto", "sendRichMessage"})
# One that is an error the second time, and that nothing depends on: a button stops waiting after a while by itself.
# Any other may be made again: an edit changes nothing the second time, and without results a query is of no use.
BY_THE_WAY = "answerCallbackQuery"

# What Telegram says of a request that has its effect already.
DONE = re.compile("message is not modified", re.IGNORECASE)
# … that another form of it would not be refused.
MARKUP = re.compile("can't parse entities|unsupported start tag|can't find end tag", re.IGNORECASE)
NO_REPLY = re.compile(
    "message to be replied not found|replied message not found|reply message not found", re.IGNORECASE
)
NO_MESSAGE = re.compile("message to edit not found|message_id_invalid", re.IGNORECASE)
NO_THREAD = re.compile("message thread not found", re.IGNORECASE)
# … that nobody could have fulfilled any more: deleted, left, forbidden, too late. All else is a mistake of ours.
ORDINARY = re.compile(
    "not found|can't be edited|can't be deleted|query is too old|query id is invalid|not enough rights|have no rights"
    "|chat_write_forbidden|topic_closed|topic_deleted|deactivated|was upgraded|chat_restricted|need administrator"
    "|message_id_invalid|peer_id_invalid|user is blocked|bot was blocked|bot was kicked|chat_admin_required",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Unsent:
    """It had no effect; it may be made again, after so many seconds where Telegram says so."""

    seconds: float | None = None


@dataclass(frozen=True)
class Lost:
    """Whether it had an effect is not known; where it is late, it may still have one."""

    late: bool = False


@dataclass(frozen=True)
class Refused:
    """It will never have an effect."""

    why: str
    ordinary: bool
    by_all: bool = False  # whatever we send to this chat will be refused


@dataclass(frozen=True)
class Changed:
    """It had no effect, but in another form it may."""

    outgoing: Outgoing
    migrated: tuple[int, int] | None = None  # the chat's old id and its new one
    gone: int | None = None  # the message that there is no more, and that the other form makes anew


@dataclass(frozen=True)
class Done:
    """It had its effect."""

    message: int | None = None  # the id of the message that it made


Fate = Unsent | Lost | Refused | Changed | Done


def of_result(result: Any) -> Done:
    """The fate of a request that Telegram fulfilled."""
    return Done(result.get("message_id") if isinstance(result, dict) else None)


def of_error(error: TelegramError, outgoing: Outgoing) -> Fate:
    """The fate of a request that failed."""
    said = error.message
    defect = said.startswith("Unknown error in HTTP")  # of ours, at whatever point
    match error:
        case NetworkError() if isinstance(error, LostError) or defect:
            if outgoing.method == BY_THE_WAY:
                return Unsent() if isinstance(error, GatewayError) else Refused("it may be done", ordinary=True)
            return Lost(late=isinstance(error, LateError))
        case RetryAfter():
            return Unsent(retry_seconds(error))
        case ChatMigrated():
            old = outgoing.params.get("chat_id")
            moved = _with(outgoing, chat_id=error.new_chat_id)
            return Changed(moved, (old, error.new_chat_id) if isinstance(old, int) else None)
        case Forbidden():
            return Refused(said, ordinary=True, by_all=True)
        case InvalidToken() if outgoing.method.startswith("edit"):  # not worth waiting for
            return Refused(said, ordinary=False)
        case BadRequest() if outgoing.method.startswith("edit") and outgoing.otherwise:
            return _of_bad_edit(said, outgoing)
        case BadRequest() if NO_THREAD.search(said) and "message_thread_id" in outgoing.params:
            return Changed(_without_thread(outgoing))
        case InvalidToken() | BadRequest() if outgoing.otherwise:  # a server that does not know the method
            return Changed(Outgoing("sendMessage", outgoing.otherwise, outgoing.shows))
        case BadRequest():
            return _of_bad_request(said, outgoing)
        case _:  # 5xx, or a token that is not known (any more), which ends the polling
            return Unsent()


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram said to wait."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)


def _of_bad_request(said: str, outgoing: Outgoing) -> Fate:
    if DONE.search(said):
        return Done()
    if MARKUP.search(said) and "parse_mode" in outgoing.params:
        plain = {name: to_plain(outgoing.params[name]) for name in ("text", "caption") if name in outgoing.params}
        return Changed(_with(outgoing, parse_mode=None, **plain))
    if NO_REPLY.search(said) and "reply_parameters" in outgoing.params:
        return Changed(_with(outgoing, reply_parameters=None))
    return Refused(said, ordinary=ORDINARY.search(said) is not None)


def _of_bad_edit(said: str, outgoing: Outgoing) -> Fate:
    """An edit that sends what it shows where the message is gone."""
    if NO_MESSAGE.search(said):
        return Changed(
            Outgoing("sendMessage", outgoing.otherwise or {}, outgoing.shows), gone=outgoing.params["message_id"]
        )
    return _of_bad_request(said, outgoing)


def _without_thread(outgoing: Outgoing) -> Outgoing:
    otherwise = {name: value for name, value in (outgoing.otherwise or {}).items() if name != "message_thread_id"}
    return replace(_with(outgoing, message_thread_id=None), otherwise=otherwise or None)


def _with(outgoing: Outgoing, **changes: Any) -> Outgoing:
    params = {name: value for name, value in {**outgoing.params, **changes}.items() if value is not None}
    return replace(outgoing, params=params)
