"""The server as a process, for benchmarks: `python -m tests.telegram_server`. Paths below /control/ drive it.

POST /control/load {"chats": 100, "texts": […], "timeout": 120}   asks, and answers when all are answered
POST /control/push {"message": {…}}                              queues an update
POST /control/stop                                               ends the process
GET  /control/sent, /control/calls?method=…, /control/violations  what the bot did
"""

import argparse
import asyncio
import json
import sys
import threading
from typing import Any

from tornado.web import HTTPError, RequestHandler

from .api import JSON
from .load import load
from .server import TOKEN, Server


class ControlHandler(RequestHandler):
    def initialize(self, server: Server, stopped: threading.Event) -> None:
        self.server = server
        self.stopped = stopped

    def get(self, name: str) -> None:
        shown: Any
        if name == "sent":
            shown = [{**message.json, "method": message.method} for message in self.server.sent()]
        elif name == "calls":
            shown = [
                {"method": call.method, "chat_id": call.chat_id, "code": call.code, "description": call.description}
                for call in self.server.calls(self.get_query_argument("method", None))
            ]
        elif name == "violations":
            shown = self.server.violations
        else:
            raise HTTPError(404)
        self.finish(json.dumps(shown, ensure_ascii=False))

    async def post(self, name: str) -> None:
        body: JSON = json.loads(self.request.body or b"{}")
        shown: JSON = {}
        if name == "load":
            texts, chats, timeout = body["texts"], body.get("chats", 100), body.get("timeout", 120)
            shown = (await asyncio.to_thread(load, self.server, texts, chats=chats, timeout=timeout)).json()
        elif name == "push":
            shown = {"update_id": self.server.push(body)}
        elif name == "stop":
            self.stopped.set()
        else:
            raise HTTPError(404)
        self.finish(shown)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server", description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="gakju_test_bot")
    parser.add_argument("--flood", action="store_true", help="keep Telegram's limits of rate")
    given = parser.parse_args()
    stopped = threading.Event()
    server = Server(given.token, given.username, flood=given.flood, port=given.port)
    server.routes.append((r"/control/(\w+)", ControlHandler, {"server": server, "stopped": stopped}))
    with server:
        started = {"url": server.url, "token": server.token, "username": given.username}
        sys.stdout.write(json.dumps(started) + "\n")
        sys.stdout.flush()
        stopped.wait()


if __name__ == "__main__":
    main()
