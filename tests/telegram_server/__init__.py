"""What would Telegram say? A Bot API server as strict as Telegram's, which tests and benchmarks drive the bot through.

with Server() as server:  # TELEGRAM_API_URL=server.url, TELEGRAM_BOT_TOKEN=server.token
    jieun = server.person("지은")
    question = jieun.writes("딥시크 몸값은?")
    assert "150억" in server.reply(question).text
    server.check()  # no rule of the Bot API was broken, no pressed button left unanswered
"""

from .api import ApiError
from .people import Person
from .server import Server
from .things import Button, Call, Chat, Message, Query

__all__ = ["ApiError", "Button", "Call", "Chat", "Message", "Person", "Query", "Server"]
