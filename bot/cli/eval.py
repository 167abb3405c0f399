"""`gakju eval`: question sets with known answers, scored.

A question is one JSON object a line: id, lang, category, question, context, kind (figure, passage or
abstain), numbers (alternatives, each a list of {value, unit} that must all be shown), names (slots, each a
list of spellings), gold (quotes), gold_all (whether every one must be cited) and also_ok (passages that
answer as well, such as P37).
"""

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import library
from bot.cli.opening import Ask, asking, open_base
from bot.errors import GakjuError
from bot.language import numbers
from bot.schema import Answer

SHOWN_ONLY = ("year", "date", "rank", "other")  # units of numbers that are shown and not computed with
CLOSE = 0.006  # how far a shown figure may be from the true one: the rounding of a written ratio


@dataclass(frozen=True)
class Score:
    """A question, its answer, and which of the checks that apply to it failed."""

    question: dict[str, Any]
    answer: Answer
    failed: tuple[str, ...]


def evaluate(files: list[Path], failures: bool, kb: Path | None) -> None:
    """Print a table of what passed, by category and language."""
    ask = asking(open_base(kb))
    scores = [score for path in files for score in scores_of(read(path), ask)]
    for line in table(scores):
        print(line)
    if failures:
        for item in scores:
            if item.failed:
                print(f"\n{item.question['id']} {item.question['question']} ({', '.join(item.failed)})")
                print(f"  {item.answer.kind}: {item.answer.text.splitlines()[0]}")


def read(path: Path) -> list[dict[str, Any]]:
    """The questions of a file.

    Raises:
        GakjuError: a line is no question; names file and line.
    """
    found: list[dict[str, Any]] = []
    for number, line in enumerate(library.read_text(path).splitlines(), 1):
        try:
            item = json.loads(line)
            item["id"], item["question"], item["lang"], item["kind"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise GakjuError(
                f"{path}:{number}: this is no question; write one JSON object with id, question, lang, kind"
            ) from error
        found.append(item)
    return found


def scores_of(questions: Iterable[dict[str, Any]], ask: Ask) -> Iterator[Score]:
    """Ask every question and check its answer."""
    for question in questions:
        answer = ask(question["question"], tuple(question.get("context") or ()))
        yield Score(question, answer, tuple(failures_of(question, answer)))


def failures_of(question: dict[str, Any], answer: Answer) -> Iterator[str]:
    """The checks that an answer fails."""
    if answer.language != question["lang"]:
        yield "language"
    if question["kind"] == "abstain":
        if answer.kind not in ("not_found", "clarify") or answer.facts:
            yield "abstained"
        return
    if question.get("numbers") and not any(_shows(group, answer) for group in question["numbers"]):
        yield "exact"
    text = answer.text.lower()
    if not all(any(name.lower() in text for name in slot) for slot in question.get("names") or ()):
        yield "names"
    if not _cited(question, answer, first=False):
        yield "cited"
    if question["kind"] == "passage" and not _cited(question, answer, first=True):
        yield "first"


def _shows(group: list[dict[str, Any]], answer: Answer) -> bool:
    """Whether the first facts, or the calculation, have every number, and the text shows it."""
    have = [value for fact in answer.facts[: max(2, 2 * len(group))] for value in (fact.value, fact.low, fact.high)]
    if answer.calculation:
        have += [answer.calculation.result, answer.calculation.low, answer.calculation.high]
    known = [float(value) for value in have if value is not None]
    known += [value * 12 for value in known] + [value / 12 for value in known]
    shown = {float(bound) for found in numbers.read(answer.text) for bound in (found.low, found.high)}
    shown |= {float(digits) for digits in re.findall(r"\d{1,15}(?:\.\d+)?", answer.text)}  # years, versions
    for number in group:
        value = float(number["value"])
        if number["unit"] not in SHOWN_ONLY and not any(math.isclose(value, other, rel_tol=CLOSE) for other in known):
            return False
        if number["unit"] != "date" and not any(math.isclose(value, other, rel_tol=CLOSE) for other in shown):
            return False
    return True


def _cited(question: dict[str, Any], answer: Answer, first: bool) -> bool:
    gold = question.get("gold") or []
    citations = answer.citations[:1] if first else answer.citations
    if not gold:
        return bool(citations)
    hits = [any(quote in citation.text for citation in citations) for quote in gold]
    if question.get("gold_all") and not first:
        return all(hits)
    also = {passage.lower() for passage in question.get("also_ok") or ()}
    return any(hits) or any(citation.passage in also for citation in citations)


def table(scores: list[Score]) -> Iterator[str]:
    """Lines of passed/asked for each category and language, then in all."""
    passed: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for item in scores:
        for category in (item.question.get("category", "all"), "all"):
            passed[category, item.question["lang"]].append(not item.failed)
    yield f"{'category':<12}{'ko':>16}{'en':>16}"
    for category in sorted({name for name, _ in passed}, key=lambda name: (name == "all", name)):
        yield f"{category:<12}" + "".join(f"{_share(passed[category, lang]):>16}" for lang in ("ko", "en"))
    answerable = [item for item in scores if item.question["kind"] != "abstain"]
    yield f"refused though answerable: {_share([item.answer.kind == 'not_found' for item in answerable])}"


def _share(values: list[bool]) -> str:
    return f"{sum(values)}/{len(values)} {sum(values) / len(values):.0%}" if values else "-"
