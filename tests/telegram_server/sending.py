"""What becomes of a message that the bot sends, edits or deletes?"""

from typing import Any

from .api import CHAT_ACTIONS, JSON, REACTIONS, ApiError, File
from .content import read_caption, read_media, read_rich, read_text
from .formatting import formatted
from .markup import checked
from .text import units
from .things import Call, Chat, Message
from .world import World

QUOTE_LIMIT = 1024
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


# ── where it goes ───────────────────────────────────────────────────────────────────────────────


def place(world: World, params: JSON) -> tuple[Chat, int | None, Message | None, str | None]:
    """The chat, topic, and message with its quote, that a request sends to.

    Raises:
        ApiError: one of them is not there, or not open to the bot.
    """
    chat = world.open_chat(params["chat_id"])
    topic = params.get("message_thread_id")
    if topic is not None and topic not in chat.topics.values():  # General's 1 is no topic to send to either
        raise ApiError("message thread not found")
    if params.get("message_effect_id") and chat.kind != "private":
        raise ApiError("EFFECT_ID_INVALID")
    reply = params.get("reply_parameters")
    if reply is None:
        return chat, topic, None, None
    other = reply.get("chat_id")
    target = chat if other is None or other == chat.id else world.open_chat(other)
    replied = target.message(reply["message_id"])
    if replied is None:
        if reply.get("allow_sending_without_reply") and target is chat:
            return chat, topic, None, None
        raise ApiError("message to be replied not found", ordinary=True)
    if topic is None and target is chat and chat.is_forum:
        topic = replied.topic
    quote = None
    if reply.get("quote"):
        read = formatted(reply["quote"], reply.get("quote_parse_mode"), reply.get("quote_entities"))
        quote = read.text
        if not quote or units(quote) > QUOTE_LIMIT or quote not in replied.text:
            raise ApiError("QUOTE_TEXT_INVALID")
    return chat, topic, replied, quote


def send_message(world: World, call: Call) -> JSON:
    return _send(world, call, read_text(world, call.method, call.params))


def send_photo(world: World, call: Call) -> JSON:
    return _send_media(world, call, "photo")


def send_document(world: World, call: Call) -> JSON:
    return _send_media(world, call, "document")


def send_rich_message(world: World, call: Call) -> JSON:
    return _send(world, call, read_rich(call.params["rich_message"]))


def _send_media(world: World, call: Call, kind: str) -> JSON:
    caption = read_caption(world, call.method, call.params)
    media, content = read_media(world, kind, _attached(call, call.params[kind]))
    sent = _send(world, call, {**media, **caption})
    world.messages[-1].file = content
    return sent


def _attached(call: Call, media: File | str) -> File | str:
    if isinstance(media, str) and media.startswith("attach://"):
        name = media.removeprefix("attach://")
        if name not in call.files:
            raise ApiError(f'can\'t find file with name "{name}"')
        return call.files[name]
    return media


def _send(world: World, call: Call, content: JSON) -> JSON:
    params = call.params
    keyboard = checked(params.get("reply_markup"))
    chat, topic, replied, quote = place(world, params)
    if keyboard:
        content["reply_markup"] = keyboard
    if params.get("protect_content"):
        content["has_protected_content"] = True
    if "message_effect_id" in params:
        content["effect_id"] = params["message_effect_id"]
    message = world.write(chat, world.bot, content, topic=topic, reply_to=replied, quote=quote, call=call)
    return message.json


# ── what is changed in it ───────────────────────────────────────────────────────────────────────


def edited(world: World, params: JSON) -> Message:
    """The message that a request edits.

    Raises:
        ApiError: there is none, or it is not the bot's to edit.
    """
    if "inline_message_id" in params:
        if "chat_id" in params or "message_id" in params:
            raise ApiError("inline_message_id is given with chat_id and message_id")
        if params["inline_message_id"] not in world.inline:
            raise ApiError("MESSAGE_ID_INVALID")
        return world.inline[params["inline_message_id"]]
    if "chat_id" not in params:
        raise ApiError("chat_id is empty")
    if "message_id" not in params:
        raise ApiError("message identifier is not specified")
    chat = world.open_chat(params["chat_id"])
    message = chat.message(params["message_id"])
    if message is None:
        raise ApiError("message to edit not found", ordinary=True)
    if not message.from_bot or _has_other_keyboard(message):
        raise ApiError("message can't be edited")
    return message


def _has_other_keyboard(message: Message) -> bool:
    """Whether it was sent with a keyboard that is not inline, which keeps a message as it is."""
    first = message.params.get("reply_markup")
    return first is not None and "inline_keyboard" not in first and not message.history


def _edit(world: World, call: Call, message: Message, content: JSON) -> JSON | bool:
    """Put the new content, and the new buttons or none, in the place of all there was."""
    keyboard = checked(call.params.get("reply_markup"))
    if keyboard:
        content["reply_markup"] = keyboard
    compared = {*_SAME, "reply_markup"}
    if {name: message.json.get(name) for name in compared} == {name: content.get(name) for name in compared}:
        raise ApiError(NOT_MODIFIED, ordinary=message.call is not None and message.call.disturbed)
    world.rewrite(message, content, call)
    return True if message.inline_id else message.json


_SAME = ("text", "entities", "rich_message", "photo", "document", "caption", "caption_entities", "link_preview_options")


def edit_message_text(world: World, call: Call) -> JSON | bool:
    params = call.params
    if ("text" in params) == ("rich_message" in params):
        raise ApiError("exactly one of text and rich_message is to be given")
    content = read_rich(params["rich_message"]) if "rich_message" in params else read_text(world, call.method, params)
    message = edited(world, params)
    if "text" not in message.json and "rich_message" not in message.json:
        raise ApiError("there is no text in the message to edit")
    return _edit(world, call, message, content)


def edit_message_caption(world: World, call: Call) -> JSON | bool:
    content = read_caption(world, call.method, call.params)
    message = edited(world, call.params)
    media: JSON = {name: message.json[name] for name in ("photo", "document") if name in message.json}
    if not media:
        raise ApiError("there is no caption in the message to edit")
    return _edit(world, call, message, {**media, **content})


def edit_message_media(world: World, call: Call) -> JSON | bool:
    media = call.params["media"]
    if media["type"] not in ("photo", "document"):
        raise ApiError(f"this server keeps no {media['type']}")
    content = read_caption(world, call.method, media)
    message = edited(world, call.params)
    shown, file = read_media(world, media["type"], _attached(call, media["media"]))
    answer = _edit(world, call, message, {**shown, **content})
    message.file = file
    return answer


def edit_message_reply_markup(world: World, call: Call) -> JSON | bool:
    message = edited(world, call.params)
    content = {name: value for name, value in message.json.items() if name in {*_SAME, "show_caption_above_media"}}
    return _edit(world, call, message, content)


def delete_message(world: World, call: Call) -> bool:
    return _delete(world, world.open_chat(call.params["chat_id"]), call.params["message_id"])


def delete_messages(world: World, call: Call) -> bool:
    if not 1 <= len(call.params["message_ids"]) <= 100:
        raise ApiError("from 1 to 100 messages are deleted at once")
    chat = world.open_chat(call.params["chat_id"])
    for message_id in call.params["message_ids"]:
        if chat.message(message_id):
            _delete(world, chat, message_id)
    return True


def _delete(world: World, chat: Chat, message_id: int) -> bool:
    message = chat.message(message_id)
    if message is None:
        raise ApiError("message to delete not found", ordinary=True)
    if not message.from_bot and chat.kind != "private" and chat.status != "administrator":
        raise ApiError("message can't be deleted")
    message.deleted = True
    world.changed.notify_all()
    return True


# ── what is seen for a while ────────────────────────────────────────────────────────────────────


def send_chat_action(world: World, call: Call) -> bool:
    chat, topic, _, _ = place(world, call.params)
    if call.params["action"] not in CHAT_ACTIONS:
        raise ApiError("wrong parameter action in request")
    world.actions.append((chat.id, topic, call.params["action"]))
    world.changed.notify_all()
    return True


def send_message_draft(world: World, call: Call) -> bool:
    if call.params.get("text"):
        read_text(world, call.method, call.params)
    return _draft(world, call)


def send_rich_message_draft(world: World, call: Call) -> bool:
    read_rich(call.params["rich_message"])
    return _draft(world, call)


def _draft(world: World, call: Call) -> bool:
    chat, _, _, _ = place(world, call.params)
    if chat.kind != "private":
        raise ApiError("drafts are shown in private chats only")
    if call.params["draft_id"] == 0:
        raise ApiError("draft_id must be non-zero")
    return True


def set_message_reaction(world: World, call: Call) -> bool:
    chat = world.open_chat(call.params["chat_id"])
    message = chat.message(call.params["message_id"])
    reaction = call.params.get("reaction", [])
    if message is None:
        raise ApiError("message to react not found", ordinary=True)
    if len(reaction) > 1:
        raise ApiError("REACTIONS_TOO_MANY")
    if any(one["type"] == "paid" for one in reaction):
        raise ApiError("REACTION_INVALID")
    if any(one["type"] == "emoji" and one["emoji"] not in REACTIONS for one in reaction):
        raise ApiError("REACTION_INVALID")
    message.reaction = reaction
    world.changed.notify_all()
    return True


METHODS: dict[str, Any] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendRichMessage": send_rich_message,
    "sendRichMessageDraft": send_rich_message_draft,
    "sendMessageDraft": send_message_draft,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
