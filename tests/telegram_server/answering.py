"""What becomes of an answer to a pressed button, an inline query or a guest's question?"""

import re
from typing import Any, Literal

from .api import JSON, ApiError
from .content import read_caption, read_rich, read_text
from .markup import checked
from .text import link, units
from .things import Call, Chat, Message, Query
from .world import World

RESULT_LIMIT = 50
TOAST_LIMIT = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def take(world: World, kind: Literal["callback", "inline", "guest"], query_id: str, call: Call) -> Query:
    """Take the one answer of a query.

    Raises:
        ApiError: there is no such query, it is too old, or it has been answered.
    """
    query = world.queries.get(query_id)
    if query is None or query.kind != kind:
        raise ApiError(TOO_OLD)
    if query.expired:
        raise ApiError(TOO_OLD, ordinary=True)
    if query.call is not None:
        raise ApiError(TOO_OLD, ordinary=query.call.disturbed)
    query.call = call
    world.changed.notify_all()
    return query


def answer_callback_query(world: World, call: Call) -> bool:
    params = call.params
    if units(params.get("text", "")) > TOAST_LIMIT:
        raise ApiError("MESSAGE_TOO_LONG")
    if "url" in params and not re.match(rf"(https://)?t\.me/{world.bot['username']}\?start=", params["url"]):
        raise ApiError("URL_INVALID")
    take(world, "callback", params["callback_query_id"], call)
    return True


def answer_inline_query(world: World, call: Call) -> bool:
    params = call.params
    results = params["results"]
    if len(results) > RESULT_LIMIT:
        raise ApiError("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) != len(results):
        raise ApiError("RESULT_ID_DUPLICATE")
    for result in results:
        read_result(world, call.method, result)
    if len(params.get("next_offset", "").encode()) > 64:
        raise ApiError("NEXT_OFFSET_INVALID")
    if "button" in params:
        _button(params["button"])
    take(world, "inline", params["inline_query_id"], call)
    return True


def _button(button: JSON) -> None:
    if ("web_app" in button) == ("start_parameter" in button):
        raise ApiError("exactly one of web_app and start_parameter is to be given")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "x")):
        raise ApiError("START_PARAM_INVALID")


def answer_guest_query(world: World, call: Call) -> JSON:
    """Send the answer into the guest's chat: an inline message, which may be edited by its id."""
    result = call.params["result"]
    content = read_result(world, call.method, result)
    query = take(world, "guest", call.params["guest_query_id"], call)
    assert query.message is not None
    message = place_inline(world, query.message.chat, query.user, content, call, reply_to=query.message)
    return {"inline_message_id": message.inline_id}


def read_result(world: World, method: str, result: JSON) -> JSON:
    """The message that a result would become.

    Raises:
        ApiError: it could not be sent.
    """
    if not 1 <= len(result["id"].encode()) <= 64:
        raise ApiError("RESULT_ID_INVALID")
    if "title" in result and not result["title"]:
        raise ApiError("ARTICLE_TITLE_EMPTY")
    for name, value in result.items():
        if name.endswith("url") and link(value) is None:
            raise ApiError("WEB_DOCUMENT_URL_INVALID")
    written = result.get("input_message_content")
    content: JSON
    if written is None:
        content = read_caption(world, method, result)
    elif "message_text" in written:
        content = read_text(world, method, written, "message_text")
    elif "rich_message" in written:
        content = read_rich(written["rich_message"])
    else:
        content = {}
    keyboard = checked(result.get("reply_markup"))
    if keyboard:
        content["reply_markup"] = keyboard
    return content


def place_inline(
    world: World, chat: Chat, user: JSON, content: JSON, call: Call, reply_to: Message | None = None
) -> Message:
    """Write a person's message that came by way of the bot."""
    message = world.write(chat, user, {"via_bot": world.bot, **content}, call=call, reply_to=reply_to or None)
    message.inline_id = f"AAMCAgADGQ{next(world.numbers):010d}"
    world.inline[message.inline_id] = message
    return message


METHODS: dict[str, Any] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "answerGuestQuery": answer_guest_query,
}
