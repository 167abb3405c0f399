"""An answer as messages: sent, edited into those that are there, and what may take its place in them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.render.html import quotes, source, to_html
from bot.render.markup import TEXT, italic, to_plain, units
from bot.render.rich import to_rich_message
from bot.schema import Answer, Citation, Language
from bot.store.answers import Asked
from bot.store.messages import Outgoing
from bot.telegram_bot import keyboards
from bot.telegram_bot.answerer import STATED
from bot.telegram_bot.desk import Desk, Place
from bot.telegram_bot.keyboards import Markup
from bot.telegram_bot.lines import text

Body = dict[str, Any]


def alone(answer: Answer, asked: Asked, desk: Desk) -> Answer | None:
    """The answer to a follow-up as if nothing had been asked before, where it has one and it is another."""
    if not answer.reading or not asked.context:
        return None
    found = desk.ask(asked.question, ())
    return found if found.citations and found.text != answer.text else None


def buttons(answer: Answer, asked: Asked, desk: Desk, votes: tuple[int, int] = (0, 0)) -> Markup:
    """What stands under an answer."""
    there_is_more = answer.kind not in STATED and bool(desk.answering.further(asked.question, asked.context))
    return keyboards.under(answer, asked.id, desk.base, alone(answer, asked, desk), there_is_more, votes)


def bodies(answer: Answer, asked: Asked, desk: Desk, votes: tuple[int, int] = (0, 0)) -> list[Body]:
    """The messages of an answer, its buttons under the last."""
    pages = _pages(answer, desk)
    below = _with(buttons(answer, asked, desk, votes))
    if desk.rich and len(pages) == 1 and (rich := to_rich_message(answer, desk.base, desk.link)):
        return [{"rich_message": rich, **below}]
    return [*(text(page) for page in pages[:-1]), text(pages[-1], **below)]


def sent(answer: Answer, asked: Asked, desk: Desk, place: Place, heading: str = "") -> tuple[Outgoing, ...]:
    """The requests that send an answer; `heading` is the question, where nobody typed it."""
    made = bodies(answer, asked, desk)
    if heading and "text" in made[0]:
        headed = f"{italic(f'▸ {heading}')}\n\n{made[0]['text']}"
        made[0] = {**made[0], "text": headed} if units(to_plain(headed)) <= TEXT else made[0]
    first, *others = made
    rest = Place(place.chat, place.thread)  # one page is a reply, the others follow it
    return (
        _sending(first, asked.id, answer, desk, place),
        *(_sending(body, asked.id, answer, desk, rest) for body in others),
    )


@lru_cache(1024)  # many ask the same
def _pages(answer: Answer, desk: Desk) -> list[str]:
    return to_html(answer, desk.base, desk.link)


def _sending(body: Body, name: str, answer: Answer, desk: Desk, place: Place) -> Outgoing:
    if "rich_message" not in body:
        return place.send("sendMessage", body, name)
    return place.send("sendRichMessage", body, name, otherwise=_plain(body, answer, desk))


def _plain(body: Body, answer: Answer, desk: Desk) -> Body:
    """A message as HTML, which is all that sendMessage knows."""
    if "rich_message" not in body:
        return body
    return text(*_pages(answer, desk), **_with(body.get("reply_markup", {})))


def edited(answer: Answer, asked: Asked, desk: Desk, place: Place, messages: Sequence[int]) -> tuple[Outgoing, ...]:
    """The requests that make an answer of the messages that show another one."""
    made = bodies(answer, asked, desk)
    rest = Place(place.chat, place.thread)
    edits = [
        replace(
            edit(place.chat, message, body),
            shows=asked.id,
            otherwise=(rest if number else place).send("sendMessage", _plain(body, answer, desk)).params,
        )
        for number, (message, body) in enumerate(zip(messages, made, strict=False))
    ]
    more_pages = [_sending(body, asked.id, answer, desk, rest) for body in made[len(messages) :]]
    surplus = [
        Outgoing("deleteMessage", {"chat_id": place.chat, "message_id": message}) for message in messages[len(made) :]
    ]
    return (*edits, *more_pages, *surplus)


def edit(chat: int, message: int, body: Body) -> Outgoing:
    """The request that makes a message show something else."""
    return Outgoing("editMessageText", {"chat_id": chat, "message_id": message, **body})


def source_view(citation: Citation, name: str, desk: Desk, language: Language, translated: bool) -> Body | None:
    """A source of an answer in full with its neighbours, in the answer's place; None where it is gone."""
    page = source(desk.base, citation.document, citation.passage, language, citation.quote, in_translation=translated)
    return text(page, **_with(keyboards.under_source(citation, name, language, translated))) if page else None


def more_view(answer: Answer, asked: Asked, desk: Desk) -> Body | None:
    """Further passages, in the answer's place; None where there are none."""
    found = desk.answering.further(asked.question, asked.context)
    if not found:
        return None
    page = quotes(found, answer.language, desk.link)[0]
    return text(page, **_with(keyboards.back(asked.id, answer.language)))


def _with(markup: Markup | Body) -> Body:
    """The param of buttons, where there are any."""
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}
