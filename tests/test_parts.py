"""An answer taken apart: what its text says can be had in parts, and is the same."""

import pytest
from conftest import Ask, Make
from hypothesis import given
from hypothesis import strategies as st

from bot import library
from bot.answer import answer
from bot.answer.parts import Row, common, listed, quoted, rows, unmarked
from bot.answer.wording import footnotes
from bot.knowledge.base import Base

QUESTIONS = [
    "달무리빵집 매출 얼마야?", "Dalmuri's sales?", "솔빛제과 오븐 값", "매출 전부", "솔빛제과 전부", "손님 제일 많은 빵집은?",
    "솔빛제과는 뭐야?", "왜 모래과자점이 간판을 바꾸었어?", "why does Solbit's bread not harden easily?", "help", "",
    "솔빛제과랑 모래과자점 매출을 합치면?", "솔빛제과 직원 수는?",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_its_claims_and_its_footnotes(question: str, ask: Ask, base: Base) -> None:
    found = ask(question)
    body = "\n".join(found.claims)
    below = (
        f"\n\n{footnotes(found.citations, body, found.language, of_many=base.has_several)}" if found.citations else ""
    )
    assert found.text == body + below


@given(question=st.sampled_from(QUESTIONS) | st.text(max_size=80))
def test_no_claim_is_a_footnote(question: str, base: Base) -> None:
    found = answer(question, base)
    assert not any(claim.startswith("[1] ") for claim in found.claims)
    assert all(f"[{citation.marker}]" in "".join(found.claims) for citation in found.citations)


def test_a_figure_is_said_in_its_parts(ask: Ask, base: Base) -> None:
    assert rows(ask("달무리빵집 매출 얼마야?"), base) == (Row("달무리빵집", "매출", "약 30억 원", "2024년", 1),)
    assert rows(ask("Solbit's oven price"), base) == (Row("Solbit", "price of the oven", "€1.5 million", "", 1),)


@pytest.mark.parametrize(
    "question", ["매출 전부", "매출 전부 백만 원 단위로", "list all sales", "손님 제일 많은 빵집은?"]
)
def test_the_parts_of_a_list_are_what_its_text_says(question: str, ask: Ask, base: Base) -> None:
    found = ask(question)
    lines = [claim for claim in found.claims if claim.startswith("- ")]
    for line, row in zip(lines, listed(found, base), strict=True):
        assert all(part in line for part in (row.entity, row.metric, row.value, row.as_of, f"[{row.marker}]"))


@pytest.mark.parametrize("question", ["달무리빵집 매출 얼마야?", "help", "왜 모래과자점이 간판을 바꾸었어?"])
def test_what_lists_no_figures_has_no_list(question: str, ask: Ask, base: Base) -> None:
    assert listed(ask(question), base) == ()


def test_figures_that_a_base_has_no_longer_have_no_parts(ask: Ask, make: Make) -> None:
    without = library.load(make({"facts/bakeries.csv": "id,entity,metric,value,unit,passage,quote\n"}))
    assert rows(ask("달무리빵집 매출 얼마야?"), without) == ()


def test_what_rows_have_in_common() -> None:
    one, other = Row("솔빛제과", "매출", "1", "2024년", 1), Row("모래과자점", "매출", "2", "2024년", 2)
    assert common((one, other)) == ("", "매출", "2024년")
    assert common((one,)) == ("솔빛제과", "매출", "2024년")


def test_a_claim_that_only_quotes_is_known_by_its_citation(ask: Ask) -> None:
    original, translated = ask("왜 모래과자점이 간판을 바꾸었어?"), ask("why does Solbit's bread not harden easily?")
    assert quoted(original.claims[0], original) == original.citations[0]
    assert quoted(original.claims[0], original, in_translation=True) is None
    assert quoted(translated.claims[0], translated) is None
    assert quoted(translated.claims[0], translated, in_translation=True) == translated.citations[0]
    figure = ask("달무리빵집 매출 얼마야?")
    assert quoted(figure.claims[0], figure) is None


def test_a_claim_can_be_had_without_its_markers(ask: Ask) -> None:
    found = ask("솔빛제과 2024년 손님 수는?")
    assert unmarked(found.claims[0], found) == "솔빛제과의 손님 수는 12만 명입니다 (2024년 기준)."
    assert unmarked("[9]는 표가 아니다 [9]", found) == "[9]는 표가 아니다 [9]"
