"""What buttons may a message have?"""

import re

from .api import JSON, ApiError
from .text import is_blank, link

BUTTON_LIMIT = 100
ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)


def checked(markup: JSON | None) -> JSON | None:
    """The inline keyboard that a message is shown with; None for none, and for a keyboard of the other kinds.

    Raises:
        ApiError: a button that Telegram refuses.
    """
    if markup is None or "inline_keyboard" not in markup:
        if markup is not None and len(markup.get("input_field_placeholder", "")) > 64:
            raise ApiError("reply keyboard placeholder is too long")
        return None
    rows: list[list[JSON]] = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > BUTTON_LIMIT or any(len(row) > 8 for row in rows):
        raise ApiError("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _button(button: JSON) -> JSON:
    if is_blank(button["text"]):
        raise ApiError("can't parse inline keyboard button: text of a button must be non-empty")
    actions = sorted(ACTIONS & button.keys())
    if len(actions) != 1:
        raise ApiError(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            if not actions
            else f"a button does one thing, not {' and '.join(actions)}"
        )
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise ApiError("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise ApiError("BUTTON_COPY_TEXT_INVALID")
    if "url" in button:
        url = link(button["url"])
        if url is None:
            raise ApiError(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        return {**button, "url": url}
    if button.get("style") not in (None, "danger", "success", "primary"):
        raise ApiError("can't parse inline keyboard button: invalid button style specified")
    if "login_url" in button and not re.match("https://", button["login_url"]["url"]):
        raise ApiError("BUTTON_URL_INVALID")
    return button
