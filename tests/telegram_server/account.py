"""What does the bot say of itself, and learn of others? Menus, names, chats, members, files."""

import re
from typing import Any

from .api import JSON, ApiError
from .things import Call, Status
from .world import World

COMMAND_LIMIT = 100


def get_me(world: World, _: Call) -> JSON:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_guest_queries": True,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


def done(_: World, __: Call) -> bool:
    return True


# ── menus and texts ─────────────────────────────────────────────────────────────────────────────


def _key(world: World, call: Call) -> tuple[str, str]:
    """Whose menu, and in which language."""
    language = call.params.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise ApiError("invalid language code specified")
    scope = call.params.get("scope", {"type": "default"})
    if "chat_id" in scope:
        world.known_chat(scope["chat_id"])
    return ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope), language


def set_my_commands(world: World, call: Call) -> bool:
    commands = call.params["commands"]
    if len(commands) > COMMAND_LIMIT:
        raise ApiError("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise ApiError("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise ApiError("BOT_COMMAND_DESCRIPTION_INVALID")
    if len({command["command"] for command in commands}) != len(commands):
        raise ApiError("BOT_COMMAND_DUPLICATE")
    world.commands[_key(world, call)] = commands
    world.changed.notify_all()
    return True


def delete_my_commands(world: World, call: Call) -> bool:
    world.commands.pop(_key(world, call), None)
    return True


def get_my_commands(world: World, call: Call) -> list[JSON]:
    return world.commands.get(_key(world, call), [])


_TEXTS = {"name": ("Name", 64), "description": ("Description", 512), "short_description": ("ShortDescription", 120)}


def set_text(world: World, call: Call) -> bool:
    name = next(name for name, (method, _) in _TEXTS.items() if call.method == f"setMy{method}")
    text = call.params.get(name, "")
    if len(text) > _TEXTS[name][1]:
        raise ApiError(f"bot {name.replace('_', ' ')} is too long")
    world.texts[name, _key(world, call)[1]] = text
    world.changed.notify_all()
    return True


def get_text(world: World, call: Call) -> JSON:
    name = next(name for name, (method, _) in _TEXTS.items() if call.method == f"getMy{method}")
    language = _key(world, call)[1]
    return {name: world.texts.get((name, language), world.texts.get((name, ""), ""))}


# ── chats, members, files ───────────────────────────────────────────────────────────────────────


def get_chat(world: World, call: Call) -> JSON:
    chat = world.known_chat(call.params["chat_id"])
    gifts = {"unlimited_gifts": True, "limited_gifts": True, "unique_gifts": True, "premium_subscription": True}
    return {
        **chat.json,
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": {**gifts, "gifts_from_channels": True},
    }


def member(user: JSON, status: Status) -> JSON:
    """A member of a chat, in the shape of their standing."""
    shown: JSON = {"status": status, "user": user}
    if status == "creator":
        shown["is_anonymous"] = False
    if status == "kicked":
        shown["until_date"] = 0
    if status == "administrator":
        shown |= {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_RIGHTS, True)
    return shown


_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]


def get_chat_member(world: World, call: Call) -> JSON:
    chat = world.open_chat(call.params["chat_id"])
    user_id = call.params["user_id"]
    if user_id == world.bot["id"]:
        return member(world.bot, chat.status)
    if user_id not in world.users:
        raise ApiError("PARTICIPANT_ID_INVALID")
    return member(world.users[user_id], chat.people.get(user_id, "left"))


def get_chat_administrators(world: World, call: Call) -> list[JSON]:
    chat = world.open_chat(call.params["chat_id"])
    if chat.kind == "private":
        raise ApiError("there are no administrators in the private chat")
    leading = [
        (world.users[at], status) for at, status in chat.people.items() if status in ("creator", "administrator")
    ]
    return [member(user, status) for user, status in leading]


def get_chat_member_count(world: World, call: Call) -> int:
    return len(world.open_chat(call.params["chat_id"]).people) + 1


def leave_chat(world: World, call: Call) -> bool:
    chat = world.open_chat(call.params["chat_id"])
    if chat.kind == "private":
        raise ApiError("private chats can't be left")
    chat.status = "left"
    return True


def get_file(world: World, call: Call) -> JSON:
    file_id = call.params["file_id"]
    if file_id not in world.files:
        raise ApiError("wrong file_id or the file is temporarily unavailable")
    file = world.files[file_id]
    if len(file.content) > 20_000_000:
        raise ApiError("file is too big")
    shown: JSON = {"file_id": file_id, "file_unique_id": f"U{file_id[-8:]}", "file_size": len(file.content)}
    return {**shown, "file_path": f"documents/{file_id}"}


METHODS: dict[str, Any] = {
    "getMe": get_me,
    "logOut": done,
    "close": done,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": set_text,
    "getMyName": get_text,
    "setMyDescription": set_text,
    "getMyDescription": get_text,
    "setMyShortDescription": set_text,
    "getMyShortDescription": get_text,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
