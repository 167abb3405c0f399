"""Deep links: from a passage to 64 characters and back."""

import re

import pytest
from conftest import Make
from hypothesis import given
from hypothesis import strategies as st

from bot import library
from bot.knowledge.base import Base
from bot.render.links import PAYLOAD, passage_of, payload

KOREAN = "빵-골목의-아주-긴-이름을-가진-문서"
LONG = "a-document-with-a-name-that-is-longer-than-all-that-a-payload-may-hold-in-itself"


@pytest.fixture
def named(make: Make) -> Base:
    """A base with documents whose ids fit no payload."""
    body = "---\ntitle: 문서\nlanguage: ko\n---\n\n# 문서\n\n빵 이야기.\n"
    return library.load(make({f"corpus/{name}.md": body for name in (KOREAN, LONG, "under_score")}))


def test_a_payload_says_the_document_and_the_passage() -> None:
    assert payload("great-misvaluation", "p06") == "great-misvaluation_p06"


@pytest.mark.parametrize("document", [KOREAN, LONG, "under_score", "bakeries"])
def test_a_payload_opens_the_passage_that_it_was_made_for(document: str, named: Base) -> None:
    made = payload(document, "p02")
    assert PAYLOAD.fullmatch(made)
    assert passage_of(made, named) == f"{document}#p02"


@pytest.mark.parametrize(
    "text",
    ["", "_", "bakeries", "bakeries_p99", "gone_p01", "p01", "bakeries#p01", payload("gone", "p01"),
     "0" * 20 + "_p01", payload(KOREAN, "p99"), "../../etc/passwd", "\ud800_p01"],
)  # fmt: skip
def test_a_payload_of_no_passage_opens_none(text: str, named: Base) -> None:
    assert passage_of(text, named) is None


@given(document=st.text(), number=st.integers(1, 10**6))
def test_any_document_has_a_payload_that_telegram_takes(document: str, number: int) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload(document, f"p{number:02}"))


@given(text=st.text())
def test_any_text_opens_a_passage_or_none(text: str, base: Base) -> None:
    assert passage_of(text, base) in (None, *base.passages)
