"""What did the operator choose?"""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import GakjuError


class Settings(BaseSettings):
    """Environment variables, or lines of a .env file in the current folder."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    kb: Path | None = Field(None, validation_alias="GAKJU_KB", description="a folder with corpus/ and facts/")
    state_dir: Path | None = Field(None, validation_alias="GAKJU_STATE_DIR", description="a folder for what is kept")


def settings() -> Settings:
    """Read the settings.

    Raises:
        GakjuError: a variable has a wrong value; names it and what it takes.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        field = next(field for field in Settings.model_fields.values() if field.validation_alias == name)
        raise GakjuError(f"{name} is {first['input']!r}; it takes {field.description}") from error
