"""@bot and a question in any chat → answers to choose from.

Telegram keeps results for whoever asks the same; ours are personal, or the list of who is answered would not hold.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from telegram import Update

from bot.render.brief import inline_card
from bot.render.html import quotes, to_html
from bot.render.markup import line, shorten
from bot.schema import Answer
from bot.store.messages import Outgoing
from bot.telegram_bot.addressed import bare
from bot.telegram_bot.commands import HELP
from bot.telegram_bot.desk import Desk
from bot.telegram_bot.lines import SILENCE
from bot.telegram_bot.outbox import Plan
from bot.telegram_bot.questions import kept

CACHE_SECONDS = 5

Result = dict[str, Any]


async def on_inline_query(update: Update, desk: Desk) -> Plan:
    """Offer the answer to what was typed so far, and further passages."""
    query = update.inline_query
    if not query:
        return SILENCE
    question = kept(bare(query.query, desk.me))
    if not question:
        question = HELP[await desk.language_of(query.from_user)]
    await desk.answering.prepare(question, ())
    answer = desk.ask(question, ())
    params = {
        "inline_query_id": query.id,
        "results": list(_results(answer, question, desk)),
        "cache_time": CACHE_SECONDS,
        "is_personal": True,
    }
    return Plan((Outgoing("answerInlineQuery", params),), kind=answer.kind)


def _results(answer: Answer, question: str, desk: Desk) -> Iterator[Result]:
    yield article(answer, desk)
    for citation in desk.answering.further(question, ()):
        page = quotes((citation,), answer.language, desk.link)[0]
        title = shorten(line(citation.quote), 120)
        yield _article(title, f"{citation.title}, {citation.passage}", page)


def article(answer: Answer, desk: Desk) -> Result:
    """An answer as a result; only its first page fits."""
    title, description = inline_card(answer, desk.base)
    return _article(title, description, to_html(answer, desk.base, desk.link)[0])


def _article(title: str, description: str, page: str) -> Result:
    return {
        "type": "article",
        "id": hashlib.blake2b(page.encode("utf-8", "replace"), digest_size=16).hexdigest(),
        "title": title,
        "description": description,
        "input_message_content": {
            "message_text": page,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
    }
