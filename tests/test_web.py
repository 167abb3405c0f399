"""Updates that are posted to the bot and what an operator asks of it, over real HTTP on this machine."""

import asyncio
import json
import logging
import socket
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPResponse
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.errors import GakjuError
from bot.settings import Settings
from bot.telegram_bot import web
from bot.telegram_bot.metrics import Metrics
from bot.telegram_bot.web import Door, Receive, Server, Webhook, serve, status_door, webhook_door, webhook_of

SECRET = "CANARY-secret_of-this-test"  # noqa: S105
PATH = "/bot123456:CANARY-token/hook"
UPDATE = {"update_id": 7, "message": {"text": "CANARY 질문"}}
HOST = "127.0.0.1"
Result = TypeVar("Result")


class Inbox:
    """What was received, by a store that works or one that does not."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.updates: list[dict[str, Any]] = []
        self.problem = problem

    async def receive(self, update: dict[str, Any]) -> None:
        if self.problem:
            raise self.problem
        self.updates.append(update)


class Reply:
    """A response that has been read."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()


def hook(receive: Receive, path: str = PATH) -> Door:
    return webhook_door(HOST, 0, Webhook(f"https://bot.example{path}", SECRET), receive)


def status(parts: Mapping[str, bool], metrics: Metrics | None = None) -> Door:
    async def health() -> Mapping[str, bool]:
        return parts

    return status_door(HOST, 0, health, metrics or Metrics())


def serving(client: Callable[[int], Result], *doors: Door) -> Result:
    """What `client`, given the port, sees of a server that is stopped afterwards."""

    async def run() -> Result:
        server = await serve(*doors)
        try:
            return await asyncio.to_thread(client, server.ports[0])
        finally:
            await server.stop(5)

    return asyncio.run(run())


def send(port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
    connection = HTTPConnection(HOST, port, timeout=20)
    try:
        connection.request(method, path, body, dict(headers or {}))
        return Reply(connection.getresponse())
    finally:
        connection.close()


def post(
    port: int,
    body: bytes | object = UPDATE,
    *,
    path: str = PATH,
    secret: str | None = SECRET,
    kind: str | None = "application/json",
) -> Reply:
    """What Telegram gets for an update that it posts, with something about it changed."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": kind}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return send(port, "POST", path, data, {name: value for name, value in headers.items() if value is not None})


SECRET_LINE = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"


def raw(port: int, lines: str) -> bytes:
    """What comes back for a request of which only the headers are sent, those in `lines` among them."""
    with socket.create_connection((HOST, port), timeout=20) as connection:
        connection.sendall(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{lines}\r\n".encode())
        return connection.recv(1000)


# ── updates ──────────────────────────────────────────────────────────────────────────────────────


def test_an_update_is_received_as_telegram_sent_it_and_acknowledged() -> None:
    inbox = Inbox()
    reply = serving(post, hook(inbox.receive))
    assert (reply.status, reply.body) == (200, b"")
    assert inbox.updates == [UPDATE]


def test_an_update_is_not_acknowledged_before_it_is_stored() -> None:
    async def run() -> None:
        storing, stored = asyncio.Event(), asyncio.Event()

        async def receive(_: dict[str, Any]) -> None:
            storing.set()
            await stored.wait()

        server = await serve(hook(receive))
        posted = asyncio.create_task(asyncio.to_thread(post, server.ports[0]))
        await storing.wait()
        assert not posted.done()
        stored.set()
        assert (await posted).status == 200
        await server.stop(5)

    asyncio.run(run())


def test_an_update_that_could_not_be_stored_is_asked_for_again() -> None:
    assert serving(post, hook(Inbox(OSError("the disk is full")).receive)).status == 503


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="an empty one"),
        pytest.param(SECRET[:-1], id="a shorter one"),
        pytest.param(f"{SECRET}x", id="a longer one"),
        pytest.param(f"{SECRET}, {SECRET}", id="two"),
        pytest.param(SECRET.lower(), id="in small letters"),
        pytest.param("\xe9" * len(SECRET), id="not in ASCII"),
    ],
)
def test_a_request_without_the_secret_is_refused(secret: str | None) -> None:
    inbox = Inbox()
    assert serving(lambda port: post(port, secret=secret), hook(inbox.receive)).status == 403
    assert not inbox.updates


def test_a_stranger_is_refused_before_a_body_is_read() -> None:
    reply = serving(lambda port: raw(port, "Content-Length: 1000\r\n"), hook(Inbox().receive))
    assert reply.startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize(("method", "path", "status"), [("POST", PATH, 403), ("POST", "/x", 404), ("GET", PATH, 405)])
def test_who_is_refused_is_told_that_the_connection_ends(method: str, path: str, status: int) -> None:
    reply = serving(lambda port: send(port, method, path, b"{}"), hook(Inbox().receive))
    assert (reply.status, reply.headers["Connection"]) == (status, "close")


@pytest.mark.parametrize("kind", [None, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
def test_an_update_is_json_by_its_content_type(kind: str | None) -> None:
    inbox = Inbox()
    assert serving(lambda port: post(port, kind=kind), hook(inbox.receive)).status == 415
    assert not inbox.updates


def test_a_content_type_may_name_its_encoding() -> None:
    kind = "Application/JSON; charset=utf-8"
    assert serving(lambda port: post(port, kind=kind), hook(Inbox().receive)).status == 200


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"update_id": 7', id="half of one"),
        pytest.param(b"\xff\xfe\xfd", id="no text"),
        pytest.param(b"[" * 200_000, id="nested deeply"),
        pytest.param(b'{"update_id": ' + b"9" * 5000 + b"}", id="a number of 5,000 digits"),
        pytest.param([UPDATE], id="a list"),
        pytest.param("7", id="a string"),
        pytest.param({}, id="no id"),
        pytest.param({"update_id": None}, id="no number: null"),
        pytest.param({"update_id": "7"}, id="no number: a string"),
        pytest.param({"update_id": 7.0}, id="no number: a fraction"),
        pytest.param({"update_id": True}, id="no number: true"),
        pytest.param({"update_id": -1}, id="below 0"),
        pytest.param({"update_id": 2**63}, id="more than 63 bits"),
    ],
)
def test_what_is_no_update_is_refused(body: object) -> None:
    inbox = Inbox()
    assert serving(lambda port: post(port, body), hook(inbox.receive)).status == 400
    assert not inbox.updates


def test_an_update_has_at_most_1_mb() -> None:
    inbox = Inbox()
    frame = b'{"update_id": 7, "text": "%s"}'
    largest = frame % (b"x" * ((1 << 20) - len(frame % b"")))

    def client(port: int) -> bytes:
        assert post(port, largest).status == 200
        return raw(port, f"{SECRET_LINE}Content-Length: {len(largest) + 1}\r\n")

    assert serving(client, hook(inbox.receive)).startswith(b"HTTP/1.1 400 ")
    assert len(inbox.updates) == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
def test_an_update_comes_by_post_only(method: str) -> None:
    reply = serving(lambda port: send(port, method, PATH), hook(Inbox().receive))
    assert (reply.status, reply.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "path", ["/", f"{PATH}/", f"{PATH}x", f"/x{PATH}", PATH.upper(), "/health", "/metrics", "/favicon.ico"]
)
def test_nothing_else_is_there(path: str) -> None:
    inbox = Inbox()
    reply = serving(lambda port: post(port, path=path), hook(inbox.receive))
    assert (reply.status, reply.body) == (404, b"")
    assert not inbox.updates


@pytest.mark.parametrize("path", ["", "/", "/a.b", "/a+(b)", "/%EB%B4%87", "/telegram/"])
def test_updates_come_to_the_path_of_the_webhooks_url_to_the_letter(path: str) -> None:
    inbox = Inbox()
    other = (path or "/").replace(".", "x").replace("+", "")
    serving(lambda port: [post(port, path=path or "/"), post(port, path=other)], hook(inbox.receive, path))
    assert len(inbox.updates) == (2 if other == (path or "/") else 1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.just("update_id"), inner, max_size=3),
    max_leaves=8,
)


@limits(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=50) | JSON.map(lambda value: json.dumps(value).encode()), min_size=1, max_size=10))
def test_whatever_is_posted_is_an_update_received_or_refused(bodies: list[bytes]) -> None:
    inbox = Inbox()
    statuses = serving(lambda port: [post(port, body).status for body in bodies], hook(inbox.receive))
    assert set(statuses) <= {200, 400}
    assert statuses.count(200) == len(inbox.updates)
    assert all(isinstance(update["update_id"], int) for update in inbox.updates)


def test_no_log_has_a_secret_a_token_or_what_people_wrote(caplog: pytest.LogCaptureFixture) -> None:
    def client(port: int) -> None:
        post(port)
        post(port, b'{"CANARY')
        post(port, secret="CANARY wrong")  # noqa: S106
        post(port, kind="CANARY")
        post(port, path=f"{PATH}/CANARY?CANARY")
        send(port, "GET", f"{PATH}?CANARY")
        post(port, b"CANARY" * 100_000)
        for wrong in ("Content-Length: CANARY", "Content-Length: 9999999", "CANARY", "X: CANARY\x01"):
            assert raw(port, f"{SECRET_LINE}{wrong}\r\n").startswith(b"HTTP/1.1 400 ")

    caplog.set_level(logging.DEBUG)
    for problem in (None, ValueError("INSERT INTO inbox … 'CANARY 질문'")):
        serving(client, hook(Inbox(problem).receive))
    assert "webhook: update 7 was not stored: ValueError" in caplog.text
    assert "webhook: 8 bytes were no update" in caplog.text
    assert "CANARY" not in caplog.text


def test_a_webhook_shows_its_secret_nowhere() -> None:
    door = hook(Inbox().receive)
    assert "CANARY-secret" not in f"{door!r} {Webhook('https://bot.example', SECRET)!r}"


def test_stopping_lets_what_is_being_stored_be_acknowledged_and_takes_no_more() -> None:
    async def run() -> None:
        storing, stored = asyncio.Event(), asyncio.Event()

        async def receive(_: dict[str, Any]) -> None:
            storing.set()
            await stored.wait()

        server = await serve(hook(receive))
        port = server.ports[0]
        posted = asyncio.create_task(asyncio.to_thread(post, port))
        await storing.wait()
        stopping = asyncio.create_task(server.stop(5))
        await asyncio.sleep(0)
        with pytest.raises(ConnectionRefusedError):
            await asyncio.to_thread(post, port)
        stored.set()
        assert (await posted).status == 200
        await stopping

    asyncio.run(run())


def test_stopping_does_not_wait_for_ever_for_a_store_that_hangs() -> None:
    async def run() -> None:
        storing = asyncio.Event()

        async def receive(_: dict[str, Any]) -> None:
            storing.set()
            await asyncio.Event().wait()

        server = await serve(hook(receive))
        posted = asyncio.create_task(asyncio.to_thread(post, server.ports[0]))
        await storing.wait()
        await server.stop(0.01)
        with pytest.raises(OSError):  # no answer: Telegram sends it again
            await posted

    asyncio.run(run())


# ── the webhook that the operator chose ──────────────────────────────────────────────────────────


def chosen(**variables: str) -> Settings:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        return Settings(_env_file=None)


def test_a_webhook_has_the_secret_that_was_set() -> None:
    found = webhook_of(chosen(TELEGRAM_WEBHOOK_URL="https://bot.example/tg", TELEGRAM_WEBHOOK_SECRET=SECRET))
    assert (found.url, found.secret) == ("https://bot.example/tg", SECRET)


def test_without_one_every_start_makes_a_secret_of_256_bits_that_telegram_takes() -> None:
    settings = chosen(TELEGRAM_WEBHOOK_URL="https://bot.example/tg")
    first, second = webhook_of(settings).secret, webhook_of(settings).secret
    assert first != second
    for secret in (first, second):
        assert len(secret) >= 256 / 6
        assert chosen(TELEGRAM_WEBHOOK_SECRET=secret).webhook_secret


@pytest.mark.parametrize("port", ["8080", "99999", "0"])
def test_a_webhook_is_at_a_port_that_telegram_calls(port: str) -> None:
    with pytest.raises(GakjuError, match=r"^TELEGRAM_WEBHOOK_URL has [^\n]*port[^\n]+$"):
        webhook_of(chosen(TELEGRAM_WEBHOOK_URL=f"https://bot.example:{port}/tg"))
    assert webhook_of(chosen(TELEGRAM_WEBHOOK_URL="https://bot.example:8443/tg")).url.endswith(":8443/tg")


def test_a_webhook_needs_an_address() -> None:
    with pytest.raises(GakjuError, match=r"^TELEGRAM_WEBHOOK_URL is not set; [^\n]+$"):
        webhook_of(chosen())


def test_telegram_posts_to_https_only_and_a_server_of_ones_own_to_http_too() -> None:
    http = "http://127.0.0.1:8080/tg"
    with pytest.raises(GakjuError, match=r"^TELEGRAM_WEBHOOK_URL begins with http://; [^\n]+$"):
        webhook_of(chosen(TELEGRAM_WEBHOOK_URL=http))
    assert webhook_of(chosen(TELEGRAM_WEBHOOK_URL=http, TELEGRAM_API_URL="http://127.0.0.1:8081")).url == http


# ── health and metrics ───────────────────────────────────────────────────────────────────────────


def get(port: int, path: str) -> Reply:
    return send(port, "GET", path)


@pytest.mark.parametrize(
    ("parts", "code", "said"),
    [
        ({"updates": True, "store": True}, 200, {"status": "ok", "updates": True, "store": True}),
        ({"updates": True, "store": False}, 503, {"status": "failing", "updates": True, "store": False}),
        ({"updates": False, "store": True}, 503, {"status": "failing", "updates": False, "store": True}),
    ],
    ids=["all is well", "the store does not answer", "no updates come"],
)
def test_health_is_good_when_every_part_is_well(parts: dict[str, bool], code: int, said: dict[str, object]) -> None:
    reply = serving(lambda port: get(port, "/health"), status(parts))
    assert (reply.status, json.loads(reply.body)) == (code, said)
    assert reply.headers["Content-Type"].startswith("application/json")
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_bot_that_cannot_say_how_it_is_is_not_well(caplog: pytest.LogCaptureFixture) -> None:
    async def health() -> Mapping[str, bool]:
        raise RuntimeError("CANARY")

    reply = serving(lambda port: get(port, "/health"), status_door(HOST, 0, health, Metrics()))
    assert (reply.status, json.loads(reply.body)["status"]) == (503, "failing")
    assert "CANARY" not in caplog.text + reply.body.decode()


def test_a_bot_that_hangs_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "HEALTH_SECONDS", 0.01)

    async def health() -> Mapping[str, bool]:
        await asyncio.Event().wait()
        return {}

    assert serving(lambda port: get(port, "/health"), status_door(HOST, 0, health, Metrics())).status == 503


def test_metrics_are_in_prometheus_text() -> None:
    metrics = Metrics()
    metrics.received("message")
    reply = serving(lambda port: get(port, "/metrics"), status({}, metrics))
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert 'gakju_updates_total{kind="message"} 1.0' in reply.body.decode()


@pytest.mark.parametrize("path", ["/health", "/metrics"])
def test_an_operator_only_looks(path: str) -> None:
    reply = serving(lambda port: send(port, "POST", path, b"x"), status({}))
    assert (reply.status, reply.headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize("path", ["/", "/health/", "/metrics/x", PATH])
def test_an_operator_sees_nothing_else(path: str) -> None:
    assert serving(lambda port: get(port, path), status({})).status == 404


def test_the_webhook_and_the_operator_may_share_a_port() -> None:
    inbox = Inbox()

    def client(port: int) -> list[int]:
        return [post(port).status, get(port, "/health").status, get(port, "/metrics").status, get(port, PATH).status]

    assert serving(client, hook(inbox.receive), status({})) == [200, 200, 200, 405]
    assert inbox.updates == [UPDATE]


@pytest.mark.parametrize(
    ("door", "variable"),
    [(webhook_door, "TELEGRAM_WEBHOOK_PORT"), (status_door, "GAKJU_HTTP_PORT")],
    ids=["webhook", "status"],
)
def test_a_port_that_is_taken_is_one_line_that_names_its_variable(door: Any, variable: str) -> None:
    async def run(port: int) -> Server:
        inside: tuple[Any, Any] = (Webhook("https://bot.example/tg", SECRET), Inbox().receive)
        return await serve(door(HOST, port, *inside))

    with socket.create_server((HOST, 0)) as taken, pytest.raises(GakjuError) as refused:
        asyncio.run(run(taken.getsockname()[1]))
    assert str(refused.value).startswith(f"{variable}: cannot listen at {HOST}, port ")
    assert "\n" not in str(refused.value)


def test_an_address_that_there_is_not_leaves_no_door_open() -> None:
    async def run() -> None:
        opened: list[int] = []
        original = Server.open

        def open_(self: Server, doors: list[Door]) -> None:
            original(self, doors)
            opened.extend(self.ports)

        with pytest.MonkeyPatch.context() as patch, pytest.raises(GakjuError, match=r"^GAKJU_HTTP_PORT: "):
            patch.setattr(Server, "open", open_)
            await serve(hook(Inbox().receive), status_door("192.0.2.1", 0, Inbox, Metrics()))  # type: ignore[arg-type]
        (port,) = opened
        with pytest.raises(ConnectionRefusedError):
            await asyncio.to_thread(post, port)

    asyncio.run(run())
