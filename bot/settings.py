"""What did the operator choose?"""

import os
import re
import sys
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import GakjuError

TELEGRAM = "https://api.telegram.org"
ANYBODY: Literal["*"] = "*"
WEB = r"https?://[^\s/?#@]+(/[^\s?#]*)?"


def _text(pattern: str) -> BeforeValidator:
    """Text that matches all of `pattern`; spaces around it, as copying leaves them, are dropped."""

    def matching(value: str) -> str:
        if not re.fullmatch(pattern, value.strip(), re.ASCII):
            raise ValueError
        return value.strip()

    return BeforeValidator(matching)


def _ids(value: str) -> frozenset[int]:
    """Ids with commas or spaces between them."""
    items = re.split(r"[,\s]+", value.strip(", \t\r\n"))
    if not all(re.fullmatch(r"-?\d{1,18}", item, re.ASCII) for item in items):
        raise ValueError
    return frozenset(int(item) for item in items)


def _chats(value: str) -> frozenset[int] | Literal["*"]:
    return ANYBODY if value.strip() == ANYBODY else _ids(value)


def _people(value: str) -> frozenset[int]:
    found = _ids(value)
    if min(found) <= 0:  # a chat's id: nobody in particular
        raise ValueError
    return found


def _without_slash(url: str) -> str:
    return url.rstrip("/")


def _with_driver(url: SecretStr) -> SecretStr:
    # Hosting services hand out postgres://, which SQLAlchemy does not know.
    return SecretStr(re.sub(r"^postgres(ql)?(\+psycopg)?:", "postgresql+psycopg:", url.get_secret_value()))


Ids = frozenset[int]  # of people, and of chats: those are negative
# No shell has seen what stands in a .env file; Path's own expanduser raises for a user that there is not.
Folder = Annotated[Path, BeforeValidator(os.path.expanduser)]
Port = Annotated[int, Field(ge=1, le=65535)]
Host = Annotated[str, _text(r"[\w.:-]+")]
PORT = "a port, 1 to 65535"
HOST = "an address to listen at, such as 127.0.0.1 or 0.0.0.0"


class Settings(BaseSettings):
    """Environment variables, or lines of a .env file in the current folder; an empty one is as good as none.

    A field's description is what its variable takes, as an error says it.
    """

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        validate_default=False,
        hide_input_in_errors=True,
        frozen=True,
    )

    kb: Folder | None = Field(None, validation_alias="GAKJU_KB", description="a folder with corpus/ and facts/")
    state_dir: Folder | None = Field(None, validation_alias="GAKJU_STATE_DIR", description="a folder for what is kept")
    database_url: Annotated[
        SecretStr | None, _text(r"(sqlite:///|postgres(ql)?(\+psycopg)?://)\S+"), AfterValidator(_with_driver)
    ] = Field(
        None,
        validation_alias="DATABASE_URL",
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
    )
    engine: Annotated[Literal["auto", "memory", "disk"], BeforeValidator(str.lower)] = Field(
        "auto",
        validation_alias="GAKJU_ENGINE",
        description="auto, memory (all of the knowledge base is read), or disk (only what is asked for is)",
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)] = Field(
        "INFO", validation_alias="GAKJU_LOG_LEVEL", description="DEBUG, INFO, WARNING or ERROR"
    )
    http_listen: Host = Field("127.0.0.1", validation_alias="GAKJU_HTTP_LISTEN", description=HOST)
    http_port: Port | None = Field(None, validation_alias="GAKJU_HTTP_PORT", description=PORT)

    token: Annotated[SecretStr | None, _text(r"\d+:[\w-]+")] = Field(
        None, validation_alias="TELEGRAM_BOT_TOKEN", description="the token that @BotFather gives, digits:letters"
    )
    api_url: Annotated[str, _text(rf"(?!\S*/bot(/|\d|$)){WEB}"), AfterValidator(_without_slash)] = Field(
        TELEGRAM,
        validation_alias="TELEGRAM_API_URL",
        description="the root of a Bot API server without /bot, such as http://127.0.0.1:8081",
    )
    allowed_chats: Annotated[Ids | Literal["*"], NoDecode, BeforeValidator(_chats)] = Field(
        frozenset(),
        validation_alias="TELEGRAM_ALLOWED_CHATS",
        description=f"ids of people and chats, such as 12345678,-1001234567890, or {ANYBODY} for everyone",
    )
    admins: Annotated[Ids, NoDecode, BeforeValidator(_people)] = Field(
        frozenset(), validation_alias="TELEGRAM_ADMINS", description="ids of people, such as 12345678,87654321"
    )
    rich_messages: bool = Field(
        False, validation_alias="TELEGRAM_RICH_MESSAGES", description="1 for tables that new apps show, or 0"
    )
    webhook_url: Annotated[str | None, _text(WEB)] = Field(
        None,
        validation_alias="TELEGRAM_WEBHOOK_URL",
        description="the https:// address at which Telegram reaches the bot, such as https://bot.example.com/telegram",
    )
    webhook_listen: Host = Field("127.0.0.1", validation_alias="TELEGRAM_WEBHOOK_LISTEN", description=HOST)
    webhook_port: Port = Field(8080, validation_alias="TELEGRAM_WEBHOOK_PORT", description=PORT)
    webhook_secret: Annotated[SecretStr | None, _text(r"[\w-]{1,256}")] = Field(
        None, validation_alias="TELEGRAM_WEBHOOK_SECRET", description="1 to 256 of A-Z, a-z, 0-9, _ and -"
    )


def settings() -> Settings:
    """Read the settings.

    Raises:
        GakjuError: a variable has a wrong value; names it and what it takes.
    """
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise GakjuError(".env is not UTF-8; save it as UTF-8") from error
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        field = next(field for field in Settings.model_fields.values() if field.validation_alias == name)
        # The value is not shown: it may be a token, even in the variable next to the token's own.
        raise GakjuError(f"{name} has a wrong value; it takes {field.description}") from error


def state_folder(chosen: Path | None) -> Path:
    """Where to keep what must not be lost: the folder chosen, or the one that this system has for it."""
    if chosen:
        return chosen
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "gakju"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "gakju" / "state"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "gakju"
