"""The text of an article → its passages.

An article is Markdown with front matter. A passage is one of its non-empty lines; its id counts them,
headings too. A translation is a second file of the same shape, aligned line by line.
"""

import re
from dataclasses import dataclass

from bot.errors import ContentError
from bot.language.hangul import nfc
from bot.schema import Document, Passage

HEADING = re.compile(r"^(#{1,6})\s+")
SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’')\]]*\s+(?=\S)")
FIELDS = {"title", "title_ko", "title_en", "date", "language", "source", "translation_of"}
DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")


@dataclass(frozen=True)
class Article:
    """A file of corpus/: its front matter and its lines, each with where it stands in the file."""

    path: str
    id: str
    front: dict[str, str]
    lines: tuple[tuple[int, str], ...]

    @property
    def translation_of(self) -> str | None:
        return self.front.get("translation_of")


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
        front[key.strip()] = value.strip().strip("\"'")
    if not end:
        raise ContentError(path, 1, "the front matter does not end", "close it with a line ---")
    for key in ("title", "language"):
        if not front.get(key):
            raise ContentError(path, 1, f"front matter has no {key}", f"add a line {key}: …")
    if front["language"] not in ("ko", "en"):
        raise ContentError(path, 1, f"language is {front['language']}", "write ko or en")
    if front.get("date") and not DATE.match(front["date"]):
        raise ContentError(path, 1, f"date is {front['date']}", "write it as 2025, 2025-11 or 2025-11-13")
    body = tuple((number, line.strip()) for number, line in enumerate(lines[end:], end + 1) if line.strip())
    if not body:
        raise ContentError(path, end, "the article is empty", "add its text below the front matter")
    return Article(path, identifier, front, body)


def document(article: Article) -> Document:
    """What an article's front matter says of it."""
    known = {key: value for key, value in article.front.items() if key in Document.model_fields}
    return Document(id=article.id, **known)


def passages(article: Article, translation: Article | None = None) -> list[Passage]:
    """The passages of an article, each with its line of the translation where the two have as many lines."""
    translated = [HEADING.sub("", line) for _, line in translation.lines] if translation else []
    if len(translated) != len(article.lines):
        translated = []
    found: list[Passage] = []
    section = ""
    for index, (line, raw) in enumerate(article.lines):
        text = HEADING.sub("", raw)
        heading = text != raw
        if heading and index:
            section = text
        found.append(
            Passage(
                id=f"{article.id}#p{index + 1:02d}",
                document=article.id,
                section=section,
                text=text,
                translation=translated[index] if translated else None,
                heading=heading,
                line=line,
            )
        )
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a passage, verbatim; joined by what stood between them they are the passage."""
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(text))]
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
