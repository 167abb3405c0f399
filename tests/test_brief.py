"""An answer in a line or two: what is copied, and what is chosen among inline results."""

import pytest
from conftest import Ask
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import answer
from bot.knowledge.base import Base
from bot.render.brief import BELOW, COPIED, HEAD, copy_text, inline_card
from bot.render.markup import units
from bot.schema import Answer, Citation


@pytest.mark.parametrize(
    ("question", "copied"),
    [
        pytest.param("달무리빵집 매출 얼마야?", "달무리빵집 매출: 약 30억 원 (2024년 기준) — 골목 빵집, bakeries#p06", id="figure, ko"),
        pytest.param("Dalmuri's sales?", "Dalmuri, sales: about ₩3 billion (as of 2024) — Corner Bakeries, bakeries#p06", id="figure, en"),
        pytest.param("솔빛제과 오븐 값", "솔빛제과 오븐 값: 150만 유로 — 골목 빵집, bakeries#p07", id="undated"),
        pytest.param("손님 제일 많은 빵집은?", "솔빛제과 손님 수: 12만 명 (2024년 기준) — 골목 빵집, bakeries#p03", id="comparison"),
        pytest.param("솔빛제과랑 모래과자점 매출을 합치면?", "솔빛제과와 모래과자점의 매출을 합치면 21억~23억 원입니다. — 골목 빵집, bakeries#p06", id="calculation"),
        pytest.param("왜 모래과자점이 간판을 바꾸었어?", "“모래과자점은 간판을 바꾸었다. 이는 태풍에 글씨가 떨어져 나갔기 때문이다.” — 빵 골목 안내서, guide#p04", id="passage"),
        pytest.param("why did Dalmuri's red bean bread become expensive?", "“Dalmuri's red bean bread became expensive because the price of flour soared.” (translation) — Corner Bakeries, bakeries#p11", id="in translation"),
        pytest.param("매출 전부", None, id="a list is no single thing"),
        pytest.param("솔빛제과 직원 수는?", None, id="nothing found"),
        pytest.param("help", None, id="nothing claimed"),
    ],
)  # fmt: skip
def test_a_figure_is_copied_with_its_hedge_date_and_source(
    question: str, copied: str | None, ask: Ask, base: Base
) -> None:
    assert copy_text(ask(question), base) == copied


@pytest.mark.parametrize(
    ("quote", "title", "end"),
    [
        pytest.param("가" * 100, "안내서", "” — 안내서, guide#p02", id="with its title"),
        pytest.param("가" * 200, "아주 긴 제목 " * 10, "” — guide#p02", id="without, where there is no room"),
        pytest.param("가" * 300, "안내서", None, id="not at all rather than cut"),
    ],
)
def test_what_is_copied_is_never_cut(quote: str, title: str, end: str | None, base: Base) -> None:
    copied = copy_text(saying(quote, title), base)
    assert copied is None if end is None else copied == f"“{quote}{end}"


@pytest.mark.parametrize(
    ("question", "title", "below"),
    [
        pytest.param("달무리빵집 매출 얼마야?", "달무리빵집의 매출은 약 30억 원입니다 (2024년 기준).", "“달무리빵집은 2024년에 매출 약 30억 원을 올렸다.” 골목 빵집, p06", id="figure"),
        pytest.param("매출 전부", "매출", "달무리빵집: 약 30억 원; 솔빛제과: 10억~12억 원; 모래과자점: 11억 원", id="list"),
        pytest.param("솔빛제과 전부", "솔빛제과", "손님 수: 약 8만 명; 손님 수: 12만 명; 매출: 10억~12억 원; 오븐 값: 150만 유로; 소금빵 값: 3,500원", id="all of one"),
        pytest.param("왜 모래과자점이 간판을 바꾸었어?", "모래과자점은 간판을 바꾸었다. 이는 태풍에 글씨가 떨어져 나갔기 때문이다.", "빵 골목 안내서, p04", id="passage"),
        pytest.param("why did Dalmuri's red bean bread become expensive?", "Dalmuri's red bean bread became expensive because the price of flour soared.", "“달무리빵집의 단팥빵은 밀가루 값이 폭등한 탓에 비싸졌다.” Corner Bakeries, p11", id="in translation"),
        pytest.param("솔빛제과 직원 수는?", "문서에서 답을 찾지 못했습니다.", "문서에 없는 말: 직원. 솔빛제과에 대해 아는 것: 손님 수, 매출, 오븐 값 등.", id="nothing found"),
        pytest.param("", "무엇이 궁금한지 적어 주세요.", "", id="nothing asked"),
    ],
)  # fmt: skip
def test_a_card_has_the_answer_above_and_what_proves_it_below(
    question: str, title: str, below: str, ask: Ask, base: Base
) -> None:
    assert inline_card(ask(question), base) == (title, below)


def saying(quote: str, title: str) -> Answer:
    cited = Citation(marker=1, document="guide", passage="p02", title=title, section="", quote=quote, text=quote)
    text = f"문서에 이렇게 나와 있습니다: “{quote}” [1]\n\n[1] {title}"
    return Answer(question="?", language="ko", kind="passage", text=text, citations=(cited,))


@given(quote=st.text(max_size=400), title=st.text(max_size=300))
def test_whatever_is_said_fits_a_button_and_a_card(quote: str, title: str, base: Base) -> None:
    found = saying(quote, title)
    copied = copy_text(found, base)
    assert copied is None or units(copied) <= COPIED
    head, below = inline_card(found, base)
    assert 0 < units(head) <= HEAD
    assert units(below) <= BELOW
    assert "\n" not in head + below


@given(question=st.text(max_size=100))
def test_every_answer_has_a_card(question: str, base: Base) -> None:
    assert inline_card(answer(question, base), base)[0]
