"""The library's bot, which tells its token to no one, and makes requests as JSON."""

import base64
from typing import Any

from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.telegram_bot.http import SECONDS, LostError, NotSentError, request
from bot.telegram_bot.metrics import Metrics, Outcome

CONNECTIONS = 16  # so many messages at most are on their way at once, and of so many a crash may leave the fate unknown
PNG = "png"  # the key of a picture in the params of a request, in base64

OUTCOMES: tuple[tuple[type[TelegramError], Outcome], ...] = (  # the first that fits
    (RetryAfter, "too_many"),
    (LostError, "unreachable"),
    (NotSentError, "unreachable"),
    (BadRequest, "refused"),
    (Forbidden, "refused"),
    (ChatMigrated, "refused"),
    (Conflict, "refused"),
    (InvalidToken, "refused"),
    (NetworkError, "failed"),
)


class Bot(ExtBot[None]):
    """A bot at a Bot API server."""

    def __init__(self, token: str, api_url: str, metrics: Metrics) -> None:
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=request(api_url, CONNECTIONS),
            get_updates_request=request(api_url, 1),
        )
        self._metrics = metrics

    def __repr__(self) -> str:
        return "Bot[token=***]"

    async def call(self, method: str, params: dict[str, Any], wait_seconds: float = 0) -> Any:
        """Make a request and return its result, both as JSON.

        Args:
            method: as Telegram names it, such as sendMessage.
            params: JSON; a picture is {"png": base64}.
            wait_seconds: how long Telegram may take before it begins to answer.

        Raises:
            TelegramError: what went wrong, as telegram_bot.fates reads it.
        """
        made = {name: _file(value) for name, value in params.items()}
        try:
            result = await self._post(method, made, read_timeout=SECONDS + wait_seconds)
        except TelegramError as error:
            self._metrics.called(method, next((said for kind, said in OUTCOMES if isinstance(error, kind)), "failed"))
            raise
        self._metrics.called(method, "ok")
        return result


def _file(value: Any) -> Any:
    if isinstance(value, dict) and PNG in value:
        return InputFile(base64.b64decode(value[PNG]), filename="chart.png")
    return value
