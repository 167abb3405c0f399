"""How an answer looks in Telegram: the figure or the sentence first, then what proves it, and nothing that breaks."""

import re
from collections.abc import Callable

import pytest
from conftest import FILES, Ask, Make, added, changed
from hypothesis import given
from hypothesis import strategies as st
from telegram_html import Message, read, visible

from bot import library
from bot.answer import answer
from bot.answer.more import more
from bot.knowledge.base import Base
from bot.render.html import FEW, QUOTE, quotes, source, to_html
from bot.schema import Answer, Citation, Kind

MENTION = '</b><a href="tg://user?id=1">'
Show = Callable[..., Message]


def link(document: str, passage: str) -> str:
    return f"https://t.me/bakery_bot?start={document}_{passage}"


@pytest.fixture
def show(ask: Ask, base: Base) -> Show:
    """The one message of an answer."""

    def show(question: str, *context: str) -> Message:
        (page,) = to_html(ask(question, *context), base, link)
        return read(page)

    return show


def lines(message: Message) -> list[str]:
    return message.text.split("\n")


# ── what is said ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "first"),
    [
        pytest.param("달무리빵집 매출 얼마야?", "달무리빵집의 매출은 약 30억 원입니다 (2024년 기준). [1]", id="figure, ko"),
        pytest.param("Dalmuri's sales?", "Dalmuri's sales is about ₩3 billion (as of 2024). [1]", id="figure, en"),
        pytest.param("달무리빵집이랑 모래과자점 중에 매출 누가 더 높아?", "달무리빵집 쪽이 더 높습니다: 매출 약 30억 원. [1]", id="comparison"),
        pytest.param("솔빛제과랑 모래과자점 매출을 합치면?", "솔빛제과와 모래과자점의 매출을 합치면 21억~23억 원입니다. [1][2]", id="calculation"),
        pytest.param("솔빛제과 직원 수는?", "문서에서 답을 찾지 못했습니다.", id="not found"),
    ],
)  # fmt: skip
def test_the_figure_comes_first_in_bold(question: str, first: str, show: Show) -> None:
    message = show(question)
    assert lines(message)[0] == first
    assert message.all("b")[0] == first


def test_every_figure_that_is_stated_is_bold_and_its_note_is_not(make: Make) -> None:
    quote = "모래과자점은 중고 오븐을 9억 원에 샀다."
    won = f"solbit-oven-won,solbit,oven_price,900000000,,,KRW,,,bakeries#p07,{quote},,,"
    base = library.load(make(added("facts/bakeries.csv", won)))
    message = read(to_html(answer("솔빛제과 오븐 값", base), base)[0])
    assert message.all("b") == ["솔빛제과의 오븐 값은 150만 유로입니다. [1]", "솔빛제과의 오븐 값은 9억 원입니다. [2]"]
    assert lines(message)[2] == "참고: 운송비는 뺀 값입니다."


def test_how_a_question_was_read_stands_above_in_one_italic_line(show: Show) -> None:
    message = show("솔빚제과 매출?")
    assert lines(message)[0] == message.all("i")[0] == "‘솔빚제과’ → ‘솔빛제과’"
    assert message.all("b")[0] == lines(message)[1]


def test_a_list_says_once_what_its_figures_have_in_common(show: Show) -> None:
    message = show("매출 전부")
    assert lines(message)[:4] == [
        "매출 (2024년 기준)",
        "• 달무리빵집: 약 30억 원 [1]",
        "• 솔빛제과: 10억~12억 원 [2]",
        "• 모래과자점: 11억 원 [3]",
    ]
    assert message.text.count("•") == 3


def test_a_list_says_with_each_figure_what_is_its_own(show: Show) -> None:
    assert lines(show("솔빛제과 전부"))[:5] == [
        "솔빛제과",
        "• 손님 수: 약 8만 명 (2023년 기준) [1]",
        "• 손님 수: 12만 명 (2024년 기준) [2]",
        "• 매출: 10억~12억 원 (2024년 기준) [3]",
        "• 오븐 값: 150만 유로 [4]",
    ]


def test_the_figures_of_a_list_are_in_the_form_that_was_asked_for(show: Show) -> None:
    assert "• 달무리빵집: 약 3,000백만 원 [1]" in lines(show("매출 전부 백만 원 단위로"))


def test_a_comparison_lists_its_figures_below_the_winner(show: Show) -> None:
    message = show("손님 제일 많은 빵집은?")
    at = lines(message).index("손님 수 (2024년 기준)")
    assert lines(message)[at + 1 : at + 4] == ["• 솔빛제과: 12만 명 [1]", "• 달무리빵집: 9만 명 이상 [3]", "• 모래과자점: 5만 명 미만 [4]"]  # fmt: skip


def test_a_list_stands_as_its_text_where_the_base_lacks_a_figure_by_now(ask: Ask, make: Make) -> None:
    kept = [row for row in FILES["facts/bakeries.csv"].splitlines(keepends=True) if not row.startswith("morae-sales")]
    without = library.load(make({"facts/bakeries.csv": "".join(kept)}))
    (page,) = to_html(ask("매출 전부"), without, link)
    assert lines(read(page))[0] == "• 달무리빵집 매출: 약 30억 원 (2024년 기준) [1]"


def test_what_is_not_found_is_said_with_what_is_known_and_what_to_ask(show: Show) -> None:
    assert show("솔빛제과 직원 수는?").text == (
        "문서에서 답을 찾지 못했습니다.\n문서에 없는 말: 직원.\n솔빛제과에 대해 아는 것: 손님 수, 매출, 오븐 값 등.\n\n"
        "이렇게 물어보세요:\n• 솔빛제과의 손님 수는?\n• 솔빛제과의 매출은?\n• 솔빛제과의 오븐 값은?"
    )


def test_help_says_what_is_covered_with_examples_once(show: Show) -> None:
    message = show("help")
    assert lines(message)[0].startswith("Ask about Corner Bakeries · A Guide to Bread Alley.")
    assert lines(message)[1:3] == ["For example:", "• What is the number of visitors of Solbit?"]
    assert len(lines(message)) == 5


# ── what proves it ───────────────────────────────────────────────────────────────────────────────


def test_each_quote_is_followed_by_its_place_which_is_a_link(show: Show) -> None:
    message = show("솔빛제과 2024년 손님 수는?")
    assert message.all("blockquote") == [
        "2024년에는 솔빛제과에 손님 12만 명이 다녀갔다.",
        "2024년 솔빛제과를 찾은 손님은 12만 명이다.",
    ]
    assert "[1] 골목 빵집, p03 · 손님은 늘었다" in lines(message)
    assert "[2] 빵 골목 안내서, p02" in lines(message)
    assert [span.attributes["href"] for span in message.spans if span.tag == "a"] == [
        "https://t.me/bakery_bot?start=bakeries_p03",
        "https://t.me/bakery_bot?start=guide_p02",
    ]


def test_without_deep_links_a_place_is_text(ask: Ask, base: Base) -> None:
    message = read(to_html(ask("달무리빵집 매출 얼마야?"), base)[0])
    assert "[1] 골목 빵집, p06 · 돈은 어디로 갔나" in lines(message)
    assert not message.all("a")


def test_a_reader_of_the_other_language_gets_the_translation_beside_the_quote(show: Show) -> None:
    (quote,) = show("Dalmuri's sales?").all("blockquote")
    assert quote == "달무리빵집은 2024년에 매출 약 30억 원을 올렸다.\nDalmuri had sales of about 3 billion won in 2024."


def test_a_quote_that_answers_is_shown_once_and_first(show: Show) -> None:
    message = show("왜 모래과자점이 간판을 바꾸었어?")
    quote = "모래과자점은 간판을 바꾸었다. 이는 태풍에 글씨가 떨어져 나갔기 때문이다."
    assert message.all("blockquote") == [quote]
    assert message.text == f"{quote}\n[1] 빵 골목 안내서, p04"


def test_what_is_said_after_a_quote_stands_apart_from_its_place(base: Base) -> None:
    found = claiming("빵.")
    found = found.model_copy(update={"text": found.text.replace("\n\n[1]", "\n그 밖의 말.\n- 하나\n\n[1]")})
    assert read(to_html(found, base)[0]).text == "빵.\n[1] 안내서, p02\n\n그 밖의 말.\n• 하나"


def test_a_translation_that_answers_is_said_once_and_its_original_quoted(show: Show) -> None:
    message = show("why does Solbit's bread not harden easily?")
    assert message.text.count("natural yeast") == 1
    assert message.all("blockquote") == [
        "솔빛제과는 새벽마다 제빵사들이 직접 기른 천연 효모를 쓴다. 이는 반죽이 오래 숙성되어 빵이 쉽게 굳지 않기 때문이다."
    ]


def test_a_few_quotes_are_shown_and_many_are_folded_into_one(show: Show) -> None:
    few, many = show("매출 전부"), show("솔빛제과 전부")
    assert len(few.all("blockquote")) == FEW
    (folded,) = [span for span in many.spans if span.tag == "blockquote"]
    assert "expandable" in folded.attributes
    assert folded.text.startswith("[1] 솔빛제과(Solbit)는 2023년에 손님 약 8만 명을 맞았다.\n골목 빵집, p03")
    assert "[5] 지난해 소금빵 하나의 값은 3,500원이었다.\n빵 골목 안내서, p02" in folded.text


def test_a_long_quote_is_folded_unless_it_is_the_answer(base: Base) -> None:
    text = "반죽을 오래 치댄다. " * 20 + "끝."
    proof = to_html(claiming(text, claim="반죽은 오래 치댑니다. [1]"), base)[0]
    answering = to_html(claiming(text), base)[0]
    assert [span.attributes for span in read(proof).spans if span.tag == "blockquote"] == [{"expandable": ""}]
    assert [span.attributes for span in read(answering).spans if span.tag == "blockquote"] == [{}]


def test_a_long_list_of_sources_goes_on_in_the_next_message(base: Base) -> None:
    cited = tuple(citation(marker, f"{marker}번 반죽을 오래 치댔다. " * 12) for marker in range(1, 31))
    text = "여러 반죽이 있습니다. " + "".join(f"[{one.marker}]" for one in cited)
    found = Answer(question="?", language="ko", kind="passage", text=text, citations=cited)
    pages = [read(page) for page in to_html(found, base, link)]
    assert len(pages) > 1
    shown = "\n".join(quote for page in pages for quote in page.all("blockquote"))
    assert all(f"[{one.marker}] {one.quote}" in shown for one in cited)


# ── hostile content ──────────────────────────────────────────────────────────────────────────────


def citation(marker: int, quote: str, /, **fields: str) -> Citation:
    known = {"document": "guide", "passage": "p02", "title": "안내서", "section": "", "text": quote, **fields}
    return Citation.model_validate({"marker": marker, "quote": quote, **known})


def claiming(quote: str, claim: str | None = None, **fields: str) -> Answer:
    """An answer that quotes, or claims something that a quote proves."""
    claim = claim or f"문서에 이렇게 나와 있습니다: “{quote}” [1]"
    cited = citation(1, quote, **fields)
    return Answer(question="?", language="ko", kind="passage", text=f"{claim}\n\n[1] 안내서", citations=(cited,))


def test_no_field_can_mark_up_or_mention(base: Base) -> None:
    found = claiming(MENTION, claim=f"{MENTION} [1]", title=MENTION, section=MENTION, document=MENTION, passage=MENTION)
    found = found.model_copy(update={"reading": MENTION, "suggestions": (MENTION,)})
    message = read(to_html(found, base, lambda *_: MENTION)[0])
    assert message.text.count(MENTION) == 7
    assert not message.all("a")


def test_a_link_that_is_hostile_stays_one_link(base: Base) -> None:
    (page,) = to_html(claiming("빵."), base, lambda *_: 'https://t.me/x"><b>&<')
    (span,) = [span for span in read(page).spans if span.tag == "a"]
    assert span.attributes == {"href": 'https://t.me/x"><b>&<'}


anything = st.text(max_size=80) | st.sampled_from(
    [MENTION, "&amp;", "\u202e거꾸로", "빵\u200b집", "🥐" * 30, "<b>", ""]
)
long = st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=30), st.integers(1, 400))
KINDS: tuple[Kind, ...] = ("figure", "comparison", "calculation", "list", "passage", "entity")


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Answers made as real ones are, with any text in every field."""
    cited: list[Citation] = []
    for marker in range(1, draw(st.integers(1, 6)) + 1):
        before, quote, after = draw(anything), draw(anything | long), draw(anything)
        fields = {name: draw(anything) for name in ("document", "passage", "title", "section")}
        cited.append(citation(marker, quote, **{**fields, "text": before + quote + after}))
    claims = [*draw(st.lists(anything | long, min_size=1, max_size=4)), f"- {draw(anything)} [1]"]
    claims.append(f"문서에 이렇게 나와 있습니다: “{cited[0].quote}” [1]")
    foot = "\n".join(f"[{one.marker}] “{one.quote}” {one.title}" for one in cited)
    return Answer(
        question=draw(anything),
        language=draw(st.sampled_from(("ko", "en"))),
        kind=draw(st.sampled_from(KINDS)),
        text="\n".join(draw(st.permutations(claims))) + f"\n\n{foot}",
        reading=draw(st.none() | anything),
        citations=tuple(cited),
        suggestions=tuple(draw(st.lists(anything, max_size=3))),
    )


@given(found=answers())
def test_whatever_is_said_telegram_can_read_it_and_the_quotes_are_word_for_word(found: Answer, base: Base) -> None:
    messages = [read(page) for page in to_html(found, base, link)]
    shown = "\n".join(quote for message in messages for quote in message.all("blockquote"))
    for one in found.citations:
        quote = visible(one.quote)
        if len(quote.encode("utf-16-le")) // 2 <= QUOTE:
            assert quote in shown


@given(question=st.text(max_size=200))
def test_any_question_is_answered_in_messages_that_telegram_can_read(question: str, base: Base) -> None:
    for page in to_html(answer(question, base), base, link):
        read(page)


# ── a source in full ─────────────────────────────────────────────────────────────────────────────


def test_a_source_is_shown_between_its_neighbours_with_its_quote_in_bold(base: Base) -> None:
    page = source(base, "bakeries", "p04", "ko", "모래과자점(Morae)의 2024년 손님은 5만 명 미만이다.")
    assert page is not None
    message = read(page)
    assert message.text == (
        "골목 빵집\n손님은 늘었다\n\n"
        "p03\n솔빛제과(Solbit)는 2023년에 손님 약 8만 명을 맞았다. 2024년에는 솔빛제과에 손님 12만 명이 다녀갔다.\n\n"
        "▸ p04\n달무리빵집(Dalmuri)은 2024년에 손님 9만 명 이상을 맞았다. 모래과자점(Morae)의 2024년 손님은 5만 명 미만이다.\n\n"
        "p05\n돈은 어디로 갔나"
    )
    assert message.all("b") == [
        "골목 빵집",
        "▸ p04",
        "모래과자점(Morae)의 2024년 손님은 5만 명 미만이다.",
        "돈은 어디로 갔나",
    ]
    assert message.all("blockquote") == [base.passages["bakeries#p04"].text]


def test_a_source_is_shown_in_translation_with_the_same_sentence_in_bold(base: Base) -> None:
    quote = "모래과자점(Morae)의 2024년 손님은 5만 명 미만이다."
    page = source(base, "bakeries", "p04", "en", quote, in_translation=True)
    assert page is not None
    message = read(page)
    assert lines(message)[:2] == ["Corner Bakeries (translation)", "More visitors"]
    assert message.all("blockquote") == [
        "Dalmuri had 90,000 visitors or more in 2024. Morae had under 50,000 visitors in 2024."
    ]
    assert "Morae had under 50,000 visitors in 2024." in message.all("b")


def test_a_section_in_translation_is_all_of_its_headings_or_none(make: Make) -> None:
    text = "---\ntitle: x\nlanguage: {}\n---\n\n<!-- p01 -->\n## {}\n\n<!-- p02 -->\n### {}\n\n<!-- p03 -->\n{}\n"
    article = text.format("ko", "위", "아래", "소금빵은 짜다.")
    whole = text.format("en\ntranslation_of: x", "Above", "Below", "Salt bread is salty.")
    for translation, expected in ((whole, "Above › Below"), (whole.replace("<!-- p02 -->\n### Below\n\n", ""), "")):
        base = library.load(make({"corpus/x.md": article, "corpus/x.en.md": translation}))
        page = source(base, "x", "p03", "en", in_translation=True)
        assert page is not None
        assert lines(read(page))[1] == expected


def test_without_a_quote_nothing_of_a_source_stands_out(base: Base) -> None:
    for in_translation in (False, True):
        page = source(base, "bakeries", "p04", "ko", in_translation=in_translation)
        assert page is not None
        assert read(page).all("b")[1:3] == ["▸ p04", "Where the money went" if in_translation else "돈은 어디로 갔나"]


def test_a_source_without_translation_is_shown_in_the_original(base: Base) -> None:
    page = source(base, "guide", "p03", "en", in_translation=True)
    assert page is not None
    assert lines(read(page))[0] == "A Guide to Bread Alley"
    assert read(page).all("blockquote") == [base.passages["guide#p03"].text]


@pytest.mark.parametrize(("passage", "near"), [("p01", ["p01", "p02", "p03"]), ("p04", ["p02", "p03", "p04"])])
def test_neighbours_are_of_the_same_document(passage: str, near: list[str], base: Base) -> None:
    page = source(base, "guide", passage, "ko", neighbours=2)
    assert page is not None
    assert [name for line in lines(read(page)) for name in re.findall(r"^(?:▸ )?(p\d+)$", line)] == near


def test_a_source_that_is_there_no_longer_is_none(base: Base) -> None:
    assert source(base, "guide", "p99", "ko") is None
    assert source(base, "gone", "p01", "ko") is None


def test_a_very_long_source_fits_a_message_and_keeps_its_quote(make: Make) -> None:
    long = "오래 걸린 반죽 이야기가 이어진다. " * 300
    text = f"{long}솔빛제과는 이 골목에서 가장 오래된 빵집이다. {long}"
    old = "달무리빵집은 바닷가에 있는 작은 가게다. 소금빵 하나를 4,200원에 판다."
    files = changed("corpus/guide.md", old, f"{text}{old}\n\n{long}")
    base = library.load(make(files))
    quote = "솔빛제과는 이 골목에서 가장 오래된 빵집이다."
    page = source(base, "guide", "p03", "ko", quote)
    assert page is not None
    message = read(page)
    assert quote in message.all("b")
    assert message.all("blockquote")[0].startswith(f"… {quote}")
    assert lines(message)[-2] == "p04"


def test_further_passages_are_shown_as_quotes_with_their_places(base: Base) -> None:
    found = more("솔빛제과는 뭐야?", base, skip=frozenset({"guide#p02"}))
    message = read(quotes(found, "ko", link)[0])
    assert lines(message)[0] == message.all("b")[0] == "더 찾은 문단"
    assert message.all("blockquote") == [one.quote for one in found]
    assert len(message.all("a")) == len(found) == 2


def test_that_there_are_no_further_passages_is_said() -> None:
    assert quotes((), "ko") == ["이 질문에 맞는 문단이 더는 없습니다."]
    assert quotes((), "en") == ["No further passage fits this question."]
