"""What is logged: ids and lengths, never what people wrote, and never the token."""

import logging
import sys
from collections.abc import Iterable
from urllib.parse import quote

NOISY = ("httpx", "httpcore", "telegram", "tornado", "asyncio", "sqlalchemy", "matplotlib", "PIL", "hpack")
LONG = 8  # characters of a secret part that nothing else is likely to have in it
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Masking(logging.Formatter):
    """Writes a record, its traceback too, with *** in the place of every secret."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(FORMAT)
        whole = [secret for secret in secrets if secret]
        parts = [secret.partition(":")[2] for secret in whole]  # of a token, what is secret of it
        found = {*whole, *(quote(secret, safe="") for secret in whole), *(part for part in parts if len(part) >= LONG)}
        self._secrets = sorted(found, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        written = super().format(record)
        for secret in self._secrets:
            written = written.replace(secret, "***")
        return written


def set_up(level: str, secrets: Iterable[str]) -> None:
    """Log to stderr; other libraries only what is wrong, for at finer levels they write addresses with the token."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Masking(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
