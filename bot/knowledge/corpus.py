"""The text of an article → its passages.

An article is Markdown with front matter. A passage is one of its non-empty lines; its id counts them,
headings too. A translation is a second file of the same shape, aligned line by line.

An article that has marks, lines such as `<!-- p07 -->`, is read by them instead: a passage is all that stands
between its mark and the next, line breaks and indents kept, and its id is its mark's. `marked` writes such a text;
a passage keeps its id there when others come and go.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import ContentError
from bot.language.dates import exists
from bot.language.hangul import nfc
from bot.language.sentences import starts as starts_of_sentences
from bot.schema import Document, Finding, Passage

HEADING = re.compile(r"^(#{1,6})\s+")
FENCED = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1[`~]*$|\Z)", re.MULTILINE | re.DOTALL)
FIELDS = {"title", "title_ko", "title_en", "date", "language", "source", "translation_of", "original", "next"}
DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")
QUOTED = re.compile(r"^([\"'])(.*)\1$")
MARK = re.compile(r"^<!-- (p\d{2,9}) -->$")
LIKE_A_MARK = re.compile(r"^<!-- *[pP] ?\d*\w* *-->$")
SECTION = " › "  # stands between the headings of a path
ESCAPED = re.compile(r"^\\+#")


@dataclass(frozen=True)
class Article:
    """A file of corpus/: its front matter and its lines, each with where it stands in the file."""

    path: str
    id: str
    front: dict[str, str]
    lines: tuple[tuple[int, str], ...]  # passages, where the article has marks
    marks: tuple[str, ...] = ()  # the number of each passage; empty where they are counted
    findings: tuple[Finding, ...] = ()  # what is wrong with the marks

    @property
    def translation_of(self) -> str | None:
        return self.front.get("translation_of")

    @property
    def is_added(self) -> bool:
        """Whether it was made from a file of another kind, which is kept beside it."""
        return bool(self.front.get("original"))


def parse(path: str, identifier: str, text: str) -> Article:
    """Read an article.

    Raises:
        ContentError: the front matter is missing, or a line of it cannot be read.
    """
    lines = nfc(text).removeprefix("\ufeff").splitlines()
    if not lines or lines[0].strip() != "---":
        raise ContentError(path, 1, "there is no front matter", "begin with a line ---, then title: and language:")
    front: dict[str, str] = {}
    end = 0
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            end = number
            break
        key, colon, value = line.partition(":")
        if not colon or key.strip() not in FIELDS:
            raise ContentError(
                path, number, f"front matter has {line.strip()!r}", f"use one of {', '.join(sorted(FIELDS))}"
            )
        front[key.strip()] = QUOTED.sub(r"\2", value.strip())
    if not end:
        raise ContentError(path, 1, "the front matter does not end", "close it with a line ---")
    for key in ("title", "language"):
        if not front.get(key):
            raise ContentError(path, 1, f"front matter has no {key}", f"add a line {key}: …")
    if front["language"] not in ("ko", "en"):
        raise ContentError(path, 1, f"language is {front['language']}", "write ko or en")
    if front.get("date") and not (DATE.match(front["date"]) and exists(front["date"])):
        raise ContentError(path, 1, f"date is {front['date']}", "write it as 2025, 2025-11 or 2025-11-13")
    if any(MARK.match(line) for line in lines[end:]):
        return _by_marks(path, identifier, front, lines, end)
    body = tuple((number, line.strip()) for number, line in enumerate(lines[end:], end + 1) if line.strip())
    if not body:
        raise ContentError(path, end, "the article is empty", "add its text below the front matter")
    return Article(path, identifier, front, body)


def _by_marks(path: str, identifier: str, front: dict[str, str], lines: list[str], end: int) -> Article:
    """An article whose passages are marked; what is wrong with the marks is told, and the rest is read all the same."""
    body: list[tuple[int, str]] = []
    marks: dict[str, int] = {}
    findings: list[Finding] = []
    mark, begun, held = "", end + 1, list[str]()

    def finish() -> None:
        text = "\n".join(held).strip()
        if mark in marks:
            wrong(begun, f"the mark {mark} stands in line {marks[mark]} too", "give each passage a number of its own")
        elif mark and not text:
            wrong(begun, f"the passage {mark} is empty", "write its text below the mark, or delete the mark")
        elif mark:
            marks[mark] = begun
            first = next(number for number, line in enumerate(held, 1) if line.strip())
            body.append((begun + first, text))
        elif text:
            first = next(number for number, line in enumerate(held) if line.strip())
            wrong(begun + first, "text stands before the first mark", "put a mark above it, such as <!-- p01 -->")

    def wrong(line: int, problem: str, remedy: str) -> None:
        findings.append(Finding(path=path, line=line, problem=problem, remedy=remedy))

    for number, line in enumerate(lines[end:], end + 1):
        if found := MARK.match(line):
            finish()
            mark, begun, held = found.group(1), number, []
            continue
        if LIKE_A_MARK.match(line):
            wrong(number, f"{line} is no mark", "write it as <!-- p07 -->, or put a space before it")
        held.append(line.rstrip())
    finish()
    return Article(path, identifier, front, tuple(body), tuple(marks), tuple(findings))


def marked(front: dict[str, str], body: Iterable[tuple[str, str]]) -> str:
    """The text of an article: `parse` reads the same front matter and passages out of it.

    Args:
        front: values of one line each.
        body: the number of each passage, such as p07, and its text, which has no blank edges: a heading, or `escaped`.
    """
    values = {key: f'"{value}"' if QUOTED.match(value) else value for key, value in front.items()}
    parts = ["---", *(f"{key}: {value}" for key, value in values.items()), "---"]
    for number, text in body:
        parts += ["", f"<!-- {number} -->", text]
    return "\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text of a passage that is no heading as `marked` takes it, though it may begin like one, or have a mark in it."""
    lines = (f" {line}" if LIKE_A_MARK.match(line) else line for line in text.split("\n"))
    return ("\\" if HEADING.match(text) or ESCAPED.match(text) else "") + "\n".join(lines)


def document(article: Article) -> Document:
    """What an article's front matter says of it."""
    known = {key: value for key, value in article.front.items() if key in Document.model_fields}
    return Document(id=article.id, **known)


def _unescaped(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text


def passages(article: Article, translation: Article | None = None) -> list[Passage]:
    """The passages of an article, each with its translation: that of its mark where both are marked, else of its line where both have as many."""
    numbers = article.marks or tuple(f"p{count:02d}" for count in range(1, len(article.lines) + 1))
    translated = _translated(article, translation, numbers) if translation else {}
    found: list[Passage] = []
    path: list[tuple[int, str]] = []  # the headings that a passage stands under, each with its level
    for index, (number, (line, raw)) in enumerate(zip(numbers, article.lines, strict=True)):
        match = HEADING.match(raw)
        text = raw[match.end() :] if match else _unescaped(raw) if article.marks else raw
        level = len(match.group(1)) if match else 0
        if level == 1 and text == article.front["title"]:
            path = []  # the title is above all sections, and no part of their paths
        elif match and (index or (article.marks and level > 1)):
            path = [*(above for above in path if article.marks and above[0] < level), (level, text)]
        found.append(
            Passage(
                id=f"{article.id}#{number}",
                document=article.id,
                section=SECTION.join(name for _, name in path),
                text=text,
                translation=translated.get(number),
                heading=match is not None,
                line=line,
            )
        )
    return found


def _translated(article: Article, translation: Article, numbers: tuple[str, ...]) -> dict[str, str]:
    texts = [_unescaped(HEADING.sub("", text)) for _, text in translation.lines]
    if article.marks and translation.marks:
        return dict(zip(translation.marks, texts, strict=True))
    return dict(zip(numbers, texts, strict=True)) if len(texts) == len(numbers) else {}


def sentences(text: str) -> list[str]:
    """The sentences of a passage, verbatim; a line ends one too, and a block of code is one.

    Joined by what stood between them they are the passage.
    """
    code = [match.span() for match in FENCED.finditer(text)] if "\n" in text else []
    starts = [start for start in starts_of_sentences(text) if not any(first < start < last for first, last in code)]
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
