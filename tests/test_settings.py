"""What an operator may write in the environment or in .env, and what is said when it is wrong."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.errors import GakjuError
from bot.settings import Settings, settings, state_folder

TOKEN = "123456:CANARY-token_of-no-bot"  # noqa: S105
NAMES = [str(field.validation_alias) for field in Settings.model_fields.values()]


@pytest.fixture(autouse=True)
def no_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's .env is read but that which a test writes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".env"


def of(**variables: str) -> Settings:
    """The settings of an environment with these variables."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        return settings()


def refusal(**variables: str) -> GakjuError:
    with pytest.raises(GakjuError) as refused:
        of(**variables)
    return refused.value


def secret(found: Any) -> str:
    return str(found.get_secret_value())


def test_nothing_has_to_be_set() -> None:
    found = of()
    assert (found.kb, found.state_dir, found.database_url, found.log_level) == (None, None, None, "INFO")
    assert (found.token, found.api_url) == (None, "https://api.telegram.org")
    assert (found.allowed_chats, found.admins) == (frozenset(), frozenset())
    assert (found.webhook_url, found.webhook_secret, found.http_port) == (None, None, None)


def test_what_is_served_is_served_on_this_machine_only_unless_the_operator_says_otherwise() -> None:
    assert (of().webhook_listen, of().http_listen) == ("127.0.0.1", "127.0.0.1")
    assert of(GAKJU_HTTP_LISTEN="0.0.0.0").http_listen == "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_variable_is_as_good_as_none(name: str) -> None:
    assert of(**{name: ""}) == of()


@pytest.mark.parametrize(
    ("name", "field", "value", "read"),
    [
        pytest.param("GAKJU_KB", "kb", "/srv/kb", Path("/srv/kb"), id="a folder"),
        pytest.param("GAKJU_LOG_LEVEL", "log_level", "debug", "DEBUG", id="a level in small letters"),
        pytest.param("GAKJU_ENGINE", "engine", "Disk", "disk", id="an engine"),
        pytest.param("GAKJU_HTTP_PORT", "http_port", "8090", 8090, id="a port"),
        pytest.param("TELEGRAM_WEBHOOK_LISTEN", "webhook_listen", "::1", "::1", id="an address of IPv6"),
        pytest.param("TELEGRAM_API_URL", "api_url", "http://127.0.0.1:8081", "http://127.0.0.1:8081", id="a root"),
        pytest.param(
            "TELEGRAM_API_URL", "api_url", "http://[::1]:8081/", "http://[::1]:8081", id="a stroke at its end"
        ),
        pytest.param(
            "TELEGRAM_API_URL", "api_url", "https://a.example/tg/", "https://a.example/tg", id="a longer root"
        ),
        pytest.param("TELEGRAM_API_URL", "api_url", "https://bot.example", "https://bot.example", id="bot as a name"),
        pytest.param("TELEGRAM_ALLOWED_CHATS", "allowed_chats", "*", "*", id="everyone"),
        pytest.param("TELEGRAM_ALLOWED_CHATS", "allowed_chats", "7", {7}, id="one person"),
        pytest.param("TELEGRAM_ALLOWED_CHATS", "allowed_chats", "7,-1001,8", {7, -1001, 8}, id="commas"),
        pytest.param("TELEGRAM_ALLOWED_CHATS", "allowed_chats", "7 -1001\t8", {7, -1001, 8}, id="spaces"),
        pytest.param("TELEGRAM_ALLOWED_CHATS", "allowed_chats", " 7, -1001 ,8, ", {7, -1001, 8}, id="both"),
        pytest.param("TELEGRAM_ADMINS", "admins", "7 8", {7, 8}, id="admins"),
        pytest.param("TELEGRAM_RICH_MESSAGES", "rich_messages", "1", True, id="on"),
        pytest.param("TELEGRAM_RICH_MESSAGES", "rich_messages", "no", False, id="off"),
        pytest.param(
            "TELEGRAM_WEBHOOK_URL", "webhook_url", "https://a.example/tg", "https://a.example/tg", id="a webhook"
        ),
    ],
)
def test_a_variable_is_read(name: str, field: str, value: str, read: object) -> None:
    assert getattr(of(**{name: value}), field) == read


@pytest.mark.parametrize(
    "value", [TOKEN, f" {TOKEN}\n", "1:a", "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"], ids=repr
)
def test_a_token_of_any_bot_api_server_is_read_without_the_spaces_that_copying_leaves(value: str) -> None:
    assert secret(of(TELEGRAM_BOT_TOKEN=value).token) == value.strip()


@pytest.mark.parametrize("length", [1, 256])
def test_a_webhook_secret_has_1_to_256_letters(length: int) -> None:
    assert secret(of(TELEGRAM_WEBHOOK_SECRET="x" * length).webhook_secret) == "x" * length


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("sqlite:///gakju.db", "sqlite:///gakju.db"),
        ("sqlite:////var/lib/gakju/gakju.db", "sqlite:////var/lib/gakju/gakju.db"),
        ("postgres://u:p@db/gakju", "postgresql+psycopg://u:p@db/gakju"),
        ("postgresql://u:p@db/gakju", "postgresql+psycopg://u:p@db/gakju"),
        ("postgresql+psycopg://u:p@db/gakju", "postgresql+psycopg://u:p@db/gakju"),
    ],
)
def test_a_database_is_named_as_hosting_services_name_it(given: str, read: str) -> None:
    assert secret(of(DATABASE_URL=given).database_url) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GAKJU_LOG_LEVEL", "loud"),
        ("GAKJU_ENGINE", "tape"),
        ("GAKJU_HTTP_PORT", "0"),
        ("GAKJU_HTTP_PORT", "http"),
        ("GAKJU_HTTP_LISTEN", "http://127.0.0.1"),
        ("DATABASE_URL", "mysql://u:p@db/gakju"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "gakju.db"),
        ("TELEGRAM_BOT_TOKEN", "CANARY"),
        ("TELEGRAM_BOT_TOKEN", f"bot{TOKEN}"),
        ("TELEGRAM_BOT_TOKEN", "12345:CANARY/../x"),
        ("TELEGRAM_BOT_TOKEN", "１２３:전각"),
        ("TELEGRAM_API_URL", "127.0.0.1:8081"),
        ("TELEGRAM_API_URL", "ftp://127.0.0.1"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot"),
        ("TELEGRAM_API_URL", f"https://api.telegram.org/bot{TOKEN}"),
        ("TELEGRAM_API_URL", "https://u:p@api.example"),
        ("TELEGRAM_API_URL", "https://api.example/?a=b"),
        ("TELEGRAM_ALLOWED_CHATS", "@team"),
        ("TELEGRAM_ALLOWED_CHATS", "[7, 8]"),
        ("TELEGRAM_ALLOWED_CHATS", "7;8"),
        ("TELEGRAM_ALLOWED_CHATS", "7,*"),
        ("TELEGRAM_ALLOWED_CHATS", ","),
        ("TELEGRAM_ALLOWED_CHATS", "9" * 19),
        ("TELEGRAM_ALLOWED_CHATS", "9" * 5000),
        ("TELEGRAM_ALLOWED_CHATS", TOKEN),
        ("TELEGRAM_ADMINS", "*"),
        ("TELEGRAM_ADMINS", "-1001234567890"),
        ("TELEGRAM_ADMINS", "0"),
        ("TELEGRAM_RICH_MESSAGES", "maybe"),
        ("TELEGRAM_WEBHOOK_URL", "bot.example.com/telegram"),
        ("TELEGRAM_WEBHOOK_URL", "https://"),
        ("TELEGRAM_WEBHOOK_PORT", "65536"),
        ("TELEGRAM_WEBHOOK_SECRET", "two words"),
        ("TELEGRAM_WEBHOOK_SECRET", "비밀"),
        ("TELEGRAM_WEBHOOK_SECRET", "x" * 257),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable_and_what_it_takes(name: str, value: str) -> None:
    error = refusal(**{name: value})
    (field,) = (field for field in Settings.model_fields.values() if field.validation_alias == name)
    assert str(error) == f"{name} has a wrong value; it takes {field.description}"
    assert "\n" not in str(error)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("GAKJU_KB", "GAKJU_STATE_DIR")])
def test_a_token_in_the_wrong_variable_is_not_shown_either(name: str) -> None:
    error = refusal(**{name: f"CANARY {TOKEN}"})
    assert "CANARY" not in f"{error!s} {error!r} {error.__cause__!s} {error.__cause__!r}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", TOKEN),
        ("TELEGRAM_WEBHOOK_SECRET", "CANARY"),
        ("DATABASE_URL", "postgresql://bot:CANARY@db/gakju"),
    ],
)
def test_a_secret_is_in_no_repr(name: str, value: str) -> None:
    found = of(**{name: value})
    assert "CANARY" not in f"{found!r} {found!s} {found.model_dump()!r} {found.model_dump_json()}"


@limits(deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_whatever_is_written_is_read_or_refused_in_one_line(value: str) -> None:
    for name in NAMES:
        try:
            of(**{name: value})
        except GakjuError as error:
            assert len(str(error).splitlines()) == 1


def test_a_line_of_an_env_file_is_a_setting_and_the_environment_goes_before_it(no_env_file: Path) -> None:
    no_env_file.write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nTELEGRAM_ALLOWED_CHATS=7, 8\nHOSTNAME=x\n", encoding="utf-8")
    found = of(TELEGRAM_ALLOWED_CHATS="9")
    assert secret(found.token) == TOKEN
    assert found.allowed_chats == frozenset({9})


def test_an_env_file_of_a_windows_editor_is_read(no_env_file: Path) -> None:
    no_env_file.write_bytes(f"TELEGRAM_BOT_TOKEN={TOKEN}\r\nGAKJU_KB=문서\r\n".encode("utf-8-sig"))
    found = of()
    assert secret(found.token) == TOKEN
    assert found.kb == Path("문서")


def test_an_env_file_that_is_not_utf_8_is_one_line(no_env_file: Path) -> None:
    no_env_file.write_bytes("GAKJU_KB=문서".encode("cp949"))
    assert str(refusal()) == ".env is not UTF-8; save it as UTF-8"


def test_a_folder_of_an_env_file_may_begin_with_a_tilde_as_in_a_shell(no_env_file: Path) -> None:
    no_env_file.write_text("GAKJU_KB=~/kb\n", encoding="utf-8")
    assert of().kb == Path.home() / "kb"


def test_what_must_not_be_lost_is_kept_in_the_folder_chosen_or_in_the_one_for_it(tmp_path: Path) -> None:
    assert state_folder(tmp_path) == tmp_path
    assert state_folder(None).name in ("gakju", "state")
