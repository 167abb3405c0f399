"""An answer, or a table, for a terminal or a pipe."""

import re
from typing import TYPE_CHECKING

from bot.phrases import say
from bot.schema import Answer

if TYPE_CHECKING:
    from rich.text import Text

READING = {"ko": "({reading})", "en": "({reading})"}
NOTE = re.compile(r"^(참고|Note|계산|Working):")


def to_text(answer: Answer) -> str:
    """The whole answer in plain text: how it was read, what it says, its sources, what else to ask."""
    parts = [answer.text]
    if answer.reading:
        parts.insert(0, READING[answer.language].format(reading=answer.reading))
    if answer.suggestions and answer.kind != "help":
        parts.append(
            "\n".join([say("try", answer.language), *(f"- {suggestion}" for suggestion in answer.suggestions)])
        )
    return "\n\n".join(parts) if len(parts) > 1 else parts[0]


def to_rich(answer: Answer) -> "Text":
    """`to_text`, coloured: claims stand out, sources and readings step back."""
    from rich.text import Text

    shown = Text()
    footnote = False
    for line in to_text(answer).split("\n"):
        footnote = re.match(r"\[\d+\] ", line) is not None
        reading = answer.reading is not None and line.strip("()") == answer.reading
        style = (
            "dim" if footnote or reading or NOTE.match(line) else "bold" if line == answer.text.split("\n")[0] else ""
        )
        shown.append(line + "\n", style=style)
    shown.highlight_regex(r"\[\d+\]", "cyan")
    shown.rstrip()
    return shown


def cell(text: str) -> str:
    """A cell of an exported table that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(tuple("=+-@\t\r")) else text
