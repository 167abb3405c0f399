"""The buttons under messages, and what a press says.

A button's data is the id of an answer, which no one can guess, and what to do; or the name of a menu and what to do.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.answer.other import others
from bot.knowledge.base import Base
from bot.phrases import say
from bot.render.brief import copy_text
from bot.render.chart import chartable
from bot.render.markup import line, shorten
from bot.schema import Answer, Citation, Language

Button = dict[str, Any]
Markup = dict[str, list[list[Button]]]

A_ROW = 6  # buttons of a few letters
MOST_SOURCES = 24
LABEL = 60  # UTF-16 units of a button that is a question
DATA = re.compile(
    r"(?P<shows>[A-Za-z0-9_-]{1,32})\.(?P<action>[a-z]+)(?P<number>\d{0,6})(?:\.(?P<rest>[A-Za-z0-9_-]{1,24}))?"
)


@dataclass(frozen=True)
class Press:
    """What a button's data says: what its message shows, what to do, and with which part of it."""

    shows: str
    action: str
    number: int = 0
    rest: str = ""

    @property
    def view(self) -> str:
        """The view of its message that it asks for."""
        return f"{self.action}{self.number}.{self.rest}"


def read(data: str) -> Press | None:
    """What a button's data says; None where it is no button's of ours."""
    match = DATA.fullmatch(data)
    return Press(match["shows"], match["action"], int(match["number"] or 0), match["rest"] or "") if match else None


def short(name: str) -> str:
    """A name of any length as a button's data can have it."""
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).hexdigest()


def mark(citation: Citation) -> str:
    """The words that a button leads to: whether the source still has them is seen by it."""
    return short(f"{citation.document} {citation.quote}")


def button(text: str, shows: str, action: str, number: int | str = "", rest: str = "") -> Button:
    return {"text": text, "callback_data": f"{shows}.{action}{number}{f'.{rest}' if rest else ''}"}


def markup(*rows: Sequence[Button]) -> Markup:
    return {"inline_keyboard": [list(row) for row in rows if row]}


def rows_of(buttons: Iterable[Button], most: int = A_ROW) -> list[list[Button]]:
    listed = list(buttons)
    return [listed[at : at + most] for at in range(0, len(listed), most)]


def further(answer: Answer, alone: Answer | None, base: Base) -> tuple[tuple[str, str], ...]:
    """What an answer offers to ask, each with the label of its button: what is known instead, or other readings.

    Args:
        answer: found in `base`.
        alone: the answer to the same question as if nothing had been asked before, where that is another.
        base: the knowledge base.
    """
    if answer.suggestions:
        return tuple((question, question) for question in answer.suggestions)
    found = [(question, question) for question in others(answer, base)]
    if alone is not None:
        found.insert(0, (answer.question, say("alone", answer.language, question=answer.question)))
    return tuple(found)


def under(
    answer: Answer,
    name: str,
    base: Base,
    alone: Answer | None = None,
    more: bool = False,
    votes: tuple[int, int] = (0, 0),
) -> Markup:
    """What stands under an answer.

    Args:
        answer: found in `base`.
        name: its id.
        base: the knowledge base.
        alone: as `further` takes it.
        more: whether there are further passages.
        votes: how many found it good, and bad.
    """
    language = answer.language
    if answer.kind == "clarify" and not answer.suggestions:
        return markup()
    sources = [button(f"[{c.marker}]", name, "s", c.marker, mark(c)) for c in answer.citations[:MOST_SOURCES]]
    asks = [
        [button(shorten(line(label), LABEL), name, "q", number, short(question))]
        for number, (question, label) in enumerate(further(answer, alone, base))
    ]
    tools: list[Button] = []
    if more:
        tools.append(button(say("button_more", language), name, "m"))
    charted, copied = _offers(answer, base)
    if charted:
        tools.append(button(say("button_chart", language), name, "c"))
    if copied:
        tools.append({"text": say("button_copy", language), "copy_text": {"text": copied}})
    thumbs = [] if answer.kind in ("help", "clarify") else _thumbs(name, votes)
    return markup(*rows_of(sources), *asks, tools, thumbs)


@lru_cache(1024)  # many ask the same
def _offers(answer: Answer, base: Base) -> tuple[bool, str | None]:
    """Whether a chart can be drawn of an answer, and what can be copied of it."""
    return bool(chartable(answer, base)), copy_text(answer, base)


def _thumbs(name: str, votes: tuple[int, int]) -> list[Button]:
    good, bad = (f" {count}" if count else "" for count in votes)
    return [button(f"👍{good}", name, "u"), button(f"👎{bad}", name, "d")]


def voted(shown: Markup, name: str, votes: tuple[int, int]) -> Markup:
    """What stands under an answer, as it is shown, with other counts of votes."""
    thumbs = {button["callback_data"]: button for button in _thumbs(name, votes)}
    return markup(*([thumbs.get(one.get("callback_data"), one) for one in row] for row in shown["inline_keyboard"]))


def under_source(citation: Citation, name: str, language: Language, translated: bool) -> Markup:
    """What stands under a source that took the place of its answer."""
    back = button(say("button_back", language), name, "b")
    if citation.translation is None:
        return markup([back])
    key, action = ("button_original", "s") if translated else ("button_translation", "t")
    return markup([back, button(say(key, language), name, action, citation.marker, mark(citation))])


def back(name: str, language: Language) -> Markup:
    """What stands under further passages that took the place of an answer."""
    return markup([button(say("button_back", language), name, "b")])
