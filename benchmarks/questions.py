"""The questions of tests/questions/, and when a passage is the right one for them."""

import json
from dataclasses import dataclass
from pathlib import Path

from bot.schema import Language, Passage

FOLDER = Path(__file__).parent.parent / "tests" / "questions"


@dataclass(frozen=True)
class Question:
    """A question, and where the article answers it."""

    text: str
    language: Language
    context: tuple[str, ...]  # earlier questions, oldest first
    gold: tuple[str, ...]  # quotes that answer it; none where the article does not
    also_ok: frozenset[str]  # numbers of other passages that do: "p13"

    def answered_by(self, passage: Passage) -> bool:
        """Whether the passage holds one of the quotes, or is listed as just as good."""
        return passage.number in self.also_ok or any(quote in passage.text for quote in self.gold)


def load(name: str) -> list[Question]:
    """The questions of one file, in its order.

    Args:
        name: of a file in tests/questions/, without its ending: ko, en or holdout.
    """
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [
        Question(
            text=row["question"],
            language=row["lang"],
            context=tuple(row["context"]),
            gold=tuple(row["gold"]),
            also_ok=frozenset(number.lower() for number in row["also_ok"]),
        )
        for row in rows
    ]


def answerable(name: str) -> list[Question]:
    """Those questions of a file that the article answers."""
    return [question for question in load(name) if question.gold]
