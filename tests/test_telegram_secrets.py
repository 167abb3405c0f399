"""The token is told to no one, and what people write stands in no log, at any level and whatever fails."""

import logging
import sys
from pathlib import Path

import pytest
from telegram_running import chosen, process
from telegram_server import Server

from bot.errors import GakjuError
from bot.settings import settings
from bot.telegram_bot.bot import Bot
from bot.telegram_bot.logs import Masking, masked
from bot.telegram_bot.metrics import Metrics

TOKEN = "4242424242:CANARY-of_the-token"  # noqa: S105
SAID = "손님이CANARY몇명"


def test_no_log_has_the_token_or_what_was_said(root: Path, tmp_path: Path) -> None:
    with Server(token=TOKEN) as server:
        server.fault("getMe", "502")
        server.fault("setMyCommands", "400", description="Bad Request: no")
        server.fault("getUpdates", "bad_json", after=1)
        server.fault("getUpdates", "409", after=2)
        for number, kind in enumerate(("502", "drop_after", "bad_json", "500", "400", "403")):
            server.fault("sendMessage", kind, after=number)  # type: ignore[arg-type]
        with process(server, tmp_path, root, TELEGRAM_BOT_TOKEN=TOKEN, GAKJU_LOG_LEVEL="DEBUG") as bot:
            person = server.person("CANARY-of-a-name", language="ko")
            for _ in range(5):
                person.writes(SAID)
            query = person.inline(SAID)
            server.wait(lambda: query.answer, 20)
            server.push({"message": {"text": SAID, "chat": 5}})
            server.reply(person.writes("/sources"), timeout=20)
            assert bot.terminate() == 0
        log = bot.log
    assert "DEBUG" in log or "INFO" in log
    assert "WARNING" in log
    assert "CANARY" not in log
    assert "Traceback" not in log


def test_a_token_that_is_refused_is_not_told(root: Path, tmp_path: Path) -> None:
    with Server(token=TOKEN) as server:
        server.fault("getUpdates", "401")
        with process(server, tmp_path, root, TELEGRAM_BOT_TOKEN=TOKEN, GAKJU_LOG_LEVEL="DEBUG") as bot:
            assert bot.wait() == 1
        assert "TELEGRAM_BOT_TOKEN" in bot.log.splitlines()[-1]
        assert "CANARY" not in bot.log


def test_what_shows_a_bot_or_its_settings_shows_no_token() -> None:
    with Server(token=TOKEN) as server:
        bot = Bot(TOKEN, server.url, Metrics())
        assert "CANARY" not in f"{bot} {bot!r}"
        assert "CANARY" not in f"{chosen(server)} {chosen(server)!r}"


def test_a_wrong_token_is_one_line_that_does_not_say_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "CANARY of the token")
    with pytest.raises(GakjuError) as error:
        settings()
    assert "TELEGRAM_BOT_TOKEN" in str(error.value)
    assert "CANARY" not in str(error.value)


def test_a_log_masks_a_secret_wherever_it_stands_its_traceback_too() -> None:
    masking = Masking([TOKEN])
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "%s", (f"it is {TOKEN}",), sys.exc_info())
    written = masking.format(record)
    assert "CANARY" not in written
    assert "ValueError: https://api.telegram.org/bot***/getMe" in written
    encoded = logging.LogRecord("x", logging.ERROR, __file__, 1, TOKEN.replace(":", "%3A"), (), None)
    assert "CANARY" not in masking.format(encoded)
    assert "canary" not in masked(f"Telegram refused: {TOKEN.capitalize()}", [TOKEN]).lower()
