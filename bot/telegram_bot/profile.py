"""What people see of the bot before they write to it: its menu of commands and what it says it is for."""

import functools
import logging
from typing import Any

from telegram.error import TelegramError

from bot.phrases import say
from bot.schema import Language
from bot.store import people
from bot.store.engine import Store
from bot.store.messages import Outgoing
from bot.telegram_bot.bot import Bot

SHOWN = ("ask", "facts", "sources", "chart", "lang", "privacy", "forget", "help")  # in this order
FOR_ADMINS = ("stats", "gaps")
LANGUAGES: tuple[tuple[str, Language], ...] = (("", "en"), ("ko", "ko"))  # English for everybody, Korean for Koreans

log = logging.getLogger(__name__)


def menu(names: tuple[str, ...], language: Language) -> list[dict[str, str]]:
    """Commands with what each does."""
    return [{"command": name, "description": say(f"menu_{name}", language)} for name in names]


def requests() -> list[Outgoing]:
    """All that is to be set."""
    made: list[Outgoing] = []
    for code, language in LANGUAGES:
        where: dict[str, Any] = {"language_code": code} if code else {}
        made.append(Outgoing("setMyCommands", {"commands": menu(SHOWN, language), **where}))
        made.append(Outgoing("setMyDescription", {"description": say("about", language), **where}))
        made.append(Outgoing("setMyShortDescription", {"short_description": say("about_short", language), **where}))
    return made


def admin_menu(chat: int, language: Language) -> Outgoing:
    """The menu of one who keeps the bot."""
    scope = {"type": "chat", "chat_id": chat}
    return Outgoing("setMyCommands", {"commands": menu((*SHOWN, *FOR_ADMINS), language), "scope": scope})


async def introduce(bot: Bot, store: Store) -> None:
    """Set what is not set yet; the bot is none the worse without."""
    for number, request in enumerate(requests()):
        note = f"profile {bot.id} {number}"
        if await store.run(functools.partial(people.note, name=note)) == request.params:
            continue
        try:
            await bot.call(request.method, request.params)
        except TelegramError as error:
            log.warning("%s was refused (%s); menus stay as they were", request.method, error)
        else:
            await store.run(functools.partial(people.write_note, name=note, value=request.params))
