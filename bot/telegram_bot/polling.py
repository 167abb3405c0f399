"""Asking Telegram for updates; one is confirmed, and so forgotten there, only when it is written down here."""

import asyncio
import contextlib
import logging
import time
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.errors import GakjuError
from bot.store.engine import AwayError
from bot.telegram_bot.bot import Bot
from bot.telegram_bot.fates import retry_seconds
from bot.telegram_bot.inbox import Inbox

KINDS = ("message", "edited_message", "callback_query", "inline_query", "guest_message")
WAIT_SECONDS = 30
MOST = 100  # updates at once, as many as Telegram gives
PAUSES_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)

log = logging.getLogger(__name__)

UNKNOWN_TOKEN = "Telegram does not know this TELEGRAM_BOT_TOKEN; @BotFather shows the right one"  # noqa: S105


class Polling:
    """Gets updates until it is stopped."""

    def __init__(self, bot: Bot, inbox: Inbox) -> None:
        self._bot = bot
        self._inbox = inbox
        self._asked = time.monotonic()

    async def run(self) -> None:
        """Get updates for ever.

        Raises:
            GakjuError: Telegram does not know the token.
        """
        failures = 0
        more = True
        while True:
            await self._inbox.room()
            try:
                batch = await self._get(0 if more else WAIT_SECONDS, MOST)  # where there are none, that is told at once
                more = len(batch) >= MOST
                confirmed = await self._inbox.accept(batch, more)
            except InvalidToken:
                raise GakjuError(UNKNOWN_TOKEN) from None
            except (TelegramError, AwayError) as error:
                pause = pause_after(error, failures)
                failures += 1
                log.warning("no updates: %s; asking again in %g s", _said(error), pause)
                await asyncio.sleep(pause)
            else:
                self._asked = time.monotonic()
                if confirmed or not batch:
                    failures = 0
                else:  # it comes again at once
                    await asyncio.sleep(PAUSES_SECONDS[min(failures, len(PAUSES_SECONDS) - 1)])
                    failures += 1

    @property
    def well(self) -> bool:
        """Whether Telegram answered lately."""
        return time.monotonic() - self._asked < 3 * WAIT_SECONDS

    async def confirm(self) -> None:
        """Let Telegram forget what is written down here."""
        if self._inbox.next is not None:
            with contextlib.suppress(TelegramError):  # then it all comes again, and is known
                await self._get(0, 1)

    async def _get(self, wait_seconds: int, limit: int) -> list[dict[str, Any]]:
        params = {"timeout": wait_seconds, "limit": limit, "allowed_updates": KINDS, "offset": self._inbox.next}
        batch: list[dict[str, Any]] = await self._bot.call("getUpdates", params, wait_seconds)
        return batch


def pause_after(error: Exception, failures: int) -> float:
    """The seconds to wait after one more failure than so many: more each time, and not less than Telegram says."""
    pause = PAUSES_SECONDS[min(failures, len(PAUSES_SECONDS) - 1)]
    return max(pause, retry_seconds(error)) if isinstance(error, RetryAfter) else pause


def _said(error: Exception) -> str:
    if isinstance(error, Conflict):
        return f"another program asks for this bot's updates too, and only one can ({error})"
    return f"{type(error).__name__} ({error})" if isinstance(error, TelegramError) else type(error).__name__
