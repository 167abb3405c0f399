"""`gakju gaps`: what people asked the bot and the documents could not answer."""

import json
from datetime import datetime
from pathlib import Path

from bot.answer.gaps import Gap
from bot.answer.gaps import gaps as gaps_of
from bot.cli.opening import asking, open_base
from bot.settings import settings, state_folder
from bot.store import answers
from bot.store.engine import engine, reading

HEADER = ("times", "people", "last", "now", "question")


def gaps(as_json: bool, kb: Path | None) -> None:
    """Print a line for each gap, the most asked first: how often, by how many people, when last, and a question."""
    chosen = settings()
    url = chosen.database_url.get_secret_value() if chosen.database_url else None
    with reading(engine(url, state_folder(chosen.state_dir))) as db:
        asked = answers.unanswered(db)
    base = open_base(kb)
    found = gaps_of(asked, base, asking(base))
    if not as_json:
        print("\t".join(HEADER))
    for gap in found:
        print(json.dumps(_record(gap), ensure_ascii=False) if as_json else "\t".join(_row(gap)))


def _row(gap: Gap) -> tuple[str, ...]:
    now = "answered" if gap.answered else ""
    return str(len(gap.questions)), str(gap.people), _day(gap.last.asked), now, gap.last.question


def _record(gap: Gap) -> dict[str, object]:
    return {
        "times": len(gap.questions),
        "people": sorted({question.person for question in gap.questions}),
        "last": _day(gap.last.asked),
        "answered": gap.answered,
        "questions": list(dict.fromkeys(question.question for question in gap.questions)),
    }


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().date().isoformat()
