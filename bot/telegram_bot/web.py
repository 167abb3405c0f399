"""HTTP in: updates that Telegram posts, and what an operator asks of the running bot.

Nothing of a request is ever logged but its length: a body is what people wrote, a header a secret, and a path may be one.
"""

import asyncio
import hmac
import json
import logging
import re
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from bot.errors import GakjuError
from bot.settings import TELEGRAM, Settings
from bot.telegram_bot.metrics import CONTENT_TYPE, Metrics

Receive = Callable[[dict[str, Any]], Awaitable[None]]
Health = Callable[[], Awaitable[Mapping[str, bool]]]
Rule = tuple[str, type[RequestHandler], dict[str, Any]]

LARGEST = 1 << 20  # bytes of an update; Telegram's are some kilobytes
BODY_SECONDS = 10  # for a body to arrive
IDLE_SECONDS = 120  # for a next request on the same connection
HEALTH_SECONDS = 2  # for the health check itself
PORTS = (443, 80, 88, 8443)  # of a webhook, as Telegram takes them
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105

log = logging.getLogger(__name__)


class FullError(Exception):
    """More waits already than may: Telegram is to send it again later."""


@dataclass(frozen=True)
class Webhook:
    """What Telegram is told: where to post updates, and what to say so that we believe it."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Door:
    """An address to listen at, the variable that chose it, and what is behind it."""

    listen: str
    port: int
    variable: str
    rules: tuple[Rule, ...] = field(repr=False)


def webhook_of(chosen: Settings) -> Webhook:
    """The webhook that the operator chose; without a secret of theirs, one of 256 bits that lasts until the next start.

    Raises:
        GakjuError: there is no URL, or one that Telegram would not post to.
    """
    url = chosen.webhook_url
    if url is None:
        raise GakjuError("TELEGRAM_WEBHOOK_URL is not set; --webhook needs the https:// address of this bot")
    if url.startswith("http:") and chosen.api_url == TELEGRAM:
        raise GakjuError(
            "TELEGRAM_WEBHOOK_URL begins with http://; Telegram takes https://, only a Bot API server of one's own http://"
        )
    try:
        port = urlsplit(url).port
    except ValueError:
        raise GakjuError("TELEGRAM_WEBHOOK_URL has a port that is none; a port is 1 to 65535") from None
    if port not in (None, *PORTS) and chosen.api_url == TELEGRAM:
        raise GakjuError(
            f"TELEGRAM_WEBHOOK_URL has the port {port}; Telegram takes {', '.join(map(str, PORTS))}, only a Bot API server of one's own any"
        )
    secret = chosen.webhook_secret.get_secret_value() if chosen.webhook_secret else secrets.token_urlsafe(32)
    return Webhook(url, secret)


def webhook_door(listen: str, port: int, webhook: Webhook, receive: Receive) -> Door:
    """Where updates come in: each is acknowledged after `receive` returned, and sent again by Telegram if it raised."""
    path = urlsplit(webhook.url).path or "/"
    rule = (path, _Updates, {"secret": webhook.secret.encode(), "receive": receive})
    return Door(listen, port, "TELEGRAM_WEBHOOK_PORT", (rule,))


def status_door(listen: str, port: int, health: Health, metrics: Metrics) -> Door:
    """Where an operator looks: /health, 200 if all that `health` names is well and 503 if not, and /metrics."""
    rules = (("/health", _Health, {"health": health}), ("/metrics", _Metrics, {"metrics": metrics}))
    return Door(listen, port, "GAKJU_HTTP_PORT", rules)


class Server:
    """A server that runs, until it is told to stop."""

    def __init__(self) -> None:
        self.ports: list[int] = []  # one for each address, in the order of the doors
        self.busy: set[asyncio.Task[Any]] = set()  # updates being stored
        self._servers: list[HTTPServer] = []

    def open(self, doors: list[Door]) -> None:
        """Listen at the one address that `doors` share."""
        first = doors[0]
        app = Application(
            [(_exactly(path), handler, arguments) for door in doors for path, handler, arguments in door.rules],
            default_handler_class=_Nothing,
            log_function=lambda _: None,
            busy=self.busy,
        )
        family = socket.AF_INET6 if ":" in first.listen else socket.AF_INET
        try:
            listening = socket.create_server((first.listen, first.port), family=family)
        except OSError as error:
            reason = (error.strerror or "").partition(" (")[0]
            raise GakjuError(
                f"{first.variable}: cannot listen at {first.listen}, port {first.port}: {reason}"
            ) from error
        listening.setblocking(False)
        server = HTTPServer(app, max_body_size=LARGEST, body_timeout=BODY_SECONDS, idle_connection_timeout=IDLE_SECONDS)
        server.add_socket(listening)
        self._servers.append(server)
        self.ports.append(listening.getsockname()[1])

    async def stop(self, seconds: float) -> None:
        """Take no more; let what is being stored be stored and acknowledged, for so many seconds at most."""
        for server in self._servers:
            server.stop()
        if self.busy:
            await asyncio.wait(self.busy, timeout=seconds)
        for server in self._servers:
            await server.close_all_connections()


async def serve(*doors: Door) -> Server:
    """Open every door; those at one address share it.

    Raises:
        GakjuError: an address cannot be listened at; none is then.
    """
    # Of a malformed request, tornado says what it was at INFO.
    logging.getLogger("tornado.general").setLevel(logging.WARNING)
    at: dict[tuple[str, int], list[Door]] = {}
    for door in doors:
        at.setdefault((door.listen, door.port), []).append(door)
    server = Server()
    try:
        for shared in at.values():
            server.open(shared)
    except GakjuError:
        await server.stop(0)
        raise
    return server


def _exactly(path: str) -> str:
    return re.escape(path) + "$"


@stream_request_body
class _Handler(RequestHandler):
    """Reads no body, says nothing but a status, and logs no request."""

    def data_received(self, chunk: bytes) -> None:
        """What nobody asked for is dropped as it comes."""

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")

    def write_error(self, status_code: int, **_: Any) -> None:
        self.clear_header("Content-Type")
        self.set_header("Connection", "close")  # a body that was not read cannot be told from a next request
        if status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.set_header("Allow", ", ".join(self.SUPPORTED_METHODS))
        self.finish()

    def log_exception(
        self, typ: type[BaseException] | None, value: BaseException | None, _: TracebackType | None
    ) -> None:
        if not isinstance(value, HTTPError):
            log.error("%s: %s", type(self).__name__, typ and typ.__name__)


class _Nothing(_Handler):
    def prepare(self) -> None:
        raise HTTPError(HTTPStatus.NOT_FOUND)


class _Updates(_Handler):
    SUPPORTED_METHODS = ("POST",)

    def initialize(self, secret: bytes, receive: Receive) -> None:
        self.secret = secret
        self.receive = receive
        self.body = bytearray()

    def prepare(self) -> None:
        """Refuse a stranger before anything of the body is read."""
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret):
            log.warning("webhook: refused a request without the secret")
            raise HTTPError(HTTPStatus.FORBIDDEN)
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise HTTPError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)

    def data_received(self, chunk: bytes) -> None:
        self.body += chunk

    async def post(self) -> None:
        update = _update(self.body)
        if update is None:
            log.warning("webhook: %d bytes were no update", len(self.body))
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        task = asyncio.current_task()
        assert task
        self.settings["busy"].add(task)
        task.add_done_callback(self.settings["busy"].discard)
        try:
            await self.receive(update)
        except FullError:
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from None
        except Exception as error:  # the edge: whatever it was, Telegram has to send the update again
            # Its text may be that of the statement that failed, people's words in it.
            log.error("webhook: update %d was not stored: %s", update["update_id"], type(error).__name__)
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from None


def _update(body: bytes | bytearray) -> dict[str, Any] | None:
    """The update that a body is, or None if it is none."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict):
        return None
    number = update.get("update_id")
    if type(number) is not int or not 0 <= number < 2**63:  # a bool is an int
        return None
    return update


class _Health(_Handler):
    SUPPORTED_METHODS = ("GET",)

    def initialize(self, health: Health) -> None:
        self.health = health

    async def get(self) -> None:
        try:
            parts = dict(await asyncio.wait_for(self.health(), HEALTH_SECONDS))
        except Exception as error:  # the edge: what cannot say how it is, is not well
            log.error("health: %s", type(error).__name__)
            parts = {"health": False}
        well = all(parts.values())
        self.set_status(HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)
        self.finish({"status": "ok" if well else "failing", **parts})


class _Metrics(_Handler):
    SUPPORTED_METHODS = ("GET",)

    def initialize(self, metrics: Metrics) -> None:
        self.metrics = metrics

    def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(self.metrics.text())
