"""What is logged: ids and lengths, never what people wrote, and never the token."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

NOISY = ("aiohttp", "httpx", "httpcore", "telegram", "tornado", "asyncio", "sqlalchemy", "matplotlib", "PIL", "hpack")
LONG = 8  # characters of a secret part that nothing else is likely to have in it
DEPTH = 6  # calls of a traceback that are told
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Masking(logging.Formatter):
    """Writes a record, its traceback too, with *** in the place of every secret."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(FORMAT)
        self._secret = _secret(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return self._secret.sub("***", super().format(record))


def masked(text: str, secrets: Iterable[str]) -> str:
    """A text with *** in the place of every secret."""
    return _secret(secrets).sub("***", text)


def _secret(secrets: Iterable[str]) -> re.Pattern[str]:
    """Any of them, whatever its case: the library changes that of the first letter of what Telegram says."""
    whole = [secret for secret in secrets if secret]
    parts = [secret.partition(":")[2] for secret in whole]  # of a token, what is secret of it
    found = {*whole, *(quote(secret, safe="") for secret in whole), *(part for part in parts if len(part) >= LONG)}
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)", re.IGNORECASE)


def told(error: BaseException) -> str:
    """What an error is and where it happened; its own words may be those of people, or have the token in them."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    places = [f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}" for frame in frames]
    return f"{type(error).__name__} at {' ← '.join(places[: -DEPTH - 1 : -1])}"


def set_up(level: str, secrets: Iterable[str]) -> None:
    """Log to stderr; other libraries only what is wrong, for at finer levels they write addresses with the token."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Masking(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
