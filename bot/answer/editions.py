"""A passage that answers → what another edition of its document says of the same: last year's policy, this year's."""

import re
from functools import lru_cache

from bot.answer.passages import PassageEvidence
from bot.knowledge.base import Base
from bot.language import periods
from bot.language.tables import cell, table
from bot.schema import Document

ALIKE = 0.6  # of the terms of the shorter of two sentences, for both to tell of the same
ALIKE_BELOW = 0.4  # of the terms of the shorter of two passages under one heading
ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")  # what a title has in brackets
NO_LETTER = re.compile(r"[\W\d_]+")
COUNTED = re.compile(r"\d")


def in_force(item: PassageEvidence, same: list[PassageEvidence], base: Base) -> list[PassageEvidence]:
    """The edition in force of what a passage says, and the last before it that says otherwise, if one does.

    Args:
        item: a passage that answers.
        same: what other editions say of the same, the best first.
        base: the knowledge base.
    """
    of_each = {_document(one, base).id: one for one in reversed([item, *same])}  # its best
    dated = sorted(of_each.values(), key=lambda one: date_of(one, base), reverse=True)
    otherwise = [one for one in dated[1:] if one.sentence.text != dated[0].sentence.text]
    return [dated[0], *otherwise[:1]]


def is_edition(other: PassageEvidence, item: PassageEvidence, base: Base) -> bool:
    """Whether two passages tell of the same in two editions of a document."""
    if base.passages[other.hit.passage].heading:
        return False
    own, its = _document(item, base), _document(other, base)
    if own.id == its.id or own.language != its.language or not _date(own) or _date(its) in ("", _date(own)):
        return False
    if _stem(own.title) != _stem(its.title):
        return False
    if _is_alike(item.sentence.terms, other.sentence.terms, ALIKE):
        return True
    one, another = base.passages[item.hit.passage], base.passages[other.hit.passage]
    texts = base.passage_terms(one.id), base.passage_terms(another.id)
    return bool(one.section) and _stem(one.section) == _stem(another.section) and _is_alike(*texts, ALIKE_BELOW)


def _document(item: PassageEvidence, base: Base) -> Document:
    return base.documents[base.passages[item.hit.passage].document]


def date_of(item: PassageEvidence, base: Base) -> str:
    """The date of a passage's document: its own, or the newest period of its title."""
    return _date(_document(item, base))


def _date(document: Document) -> str:
    return document.date or max((p for p in periods.find(document.title, None) if not p.startswith("-")), default="")


@lru_cache(1024)
def _stem(title: str) -> str:
    """A title without what tells its editions apart: dates, numbers, what stands in brackets."""
    words = NO_LETTER.sub(" ", ASIDE.sub(" ", title.lower())).split()
    return " ".join(word for word in words if word not in _marks())


@lru_cache(1)
def _marks() -> frozenset[str]:
    """Words that mark an edition: 개정, v, revised."""
    return frozenset(form for row in table("editions") for form in cell(row["forms"]))


def _is_alike(first: frozenset[str], second: frozenset[str], least: float) -> bool:
    """Whether the terms of two texts are those of the same, whatever their figures."""
    one, other = _said(first), _said(second)
    return bool(one and other) and len(one & other) >= least * min(len(one), len(other))


def _said(terms: frozenset[str]) -> set[str]:
    return {term for term in terms if term.startswith("=") or not COUNTED.search(term)}
