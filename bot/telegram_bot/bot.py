"""The library's bot, which tells its token to no one, and makes requests as JSON."""

import base64
from typing import Any

from pydantic import SecretStr
from telegram import InputFile
from telegram.ext import ExtBot

from bot.telegram_bot.http import SECONDS, request

CONNECTIONS = 16  # so many messages at most are on their way at once, and of so many a crash may leave the fate unknown
PNG = "png"  # the key of a picture in the params of a request, in base64


class Bot(ExtBot[None]):
    """A bot at a Bot API server."""

    def __init__(self, token: SecretStr, api_url: str) -> None:
        root = api_url.rstrip("/")
        super().__init__(
            token.get_secret_value(),
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=request(root, CONNECTIONS),
            get_updates_request=request(root, 1),
        )

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
        return await self._post(method, made, read_timeout=SECONDS + wait_seconds)


def _file(value: Any) -> Any:
    if isinstance(value, dict) and PNG in value:
        return InputFile(base64.b64decode(value[PNG]), filename="chart.png")
    return value
