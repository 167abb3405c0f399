"""Telegram's HTML: nothing that is said can mark up, mislead or overflow a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram_html import hidden, read, visible

from bot.render.markup import (
    anchor,
    bold,
    clean,
    escape,
    italic,
    line,
    pages,
    quotation,
    shorten,
    to_plain,
    units,
)

MENTION = '</b><a href="tg://user?id=1">'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("10억~12억 원", "10억~12억 원", id="ordinary"),
        pytest.param("a\u202ecba\u202c", "acba", id="turned round"),
        pytest.param("\u2066\u200fx\u061c", "x", id="marks of direction"),
        pytest.param("솔\u200b빛\ufeff제\u00ad과", "솔빛제과", id="zero width"),
        pytest.param("a\x00b\x07c", "a b c", id="control"),
        pytest.param("a\tb\r\nc", "a b \nc", id="tabs and line ends"),
        pytest.param("a\ud800b", "ab", id="half a surrogate pair"),
        pytest.param("👩‍🍳", "👩🍳", id="joined emoji"),
        pytest.param("첫 줄\n둘째 줄", "첫 줄\n둘째 줄", id="lines"),
    ],
)
def test_what_is_invisible_or_turns_text_round_is_not_shown(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("mark", [escape, bold, italic, lambda text: anchor(text, "https://t.me/x")])
def test_no_text_is_a_tag(mark: object) -> None:
    assert callable(mark)
    message = read(mark(MENTION))
    assert message.text == MENTION
    assert all(span.attributes.get("href", "https://t.me/x") == "https://t.me/x" for span in message.spans)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        pytest.param("https://t.me/bot?start=a_p01", True, id="https"),
        pytest.param("http://example.org/?a=1&b='2'\"><b>", True, id="http, hostile"),
        pytest.param("tg://user?id=1", False, id="a mention"),
        pytest.param("javascript:alert(1)", False, id="a script"),
        pytest.param("HTTPS", False, id="no address"),
        pytest.param(None, False, id="none"),
    ],
)
def test_only_an_address_of_the_web_is_linked(url: str | None, linked: bool) -> None:
    message = read(anchor("여기", url))
    assert message.text == "여기"
    assert [span.attributes["href"] for span in message.spans] == ([url] if linked else [])


def test_nothing_is_not_marked_up() -> None:
    assert bold("") == italic("\u200b") == ""


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        pytest.param("짧다.", 10, "짧다.", id="as it is"),
        pytest.param("문이 열렸다. 빵이 나왔다. 줄이 길다.", 18, "문이 열렸다. 빵이 나왔다. …", id="after a sentence"),
        pytest.param("한 문장이 아주 길게 이어진다", 14, "한 문장이 아주 길게…", id="after a word"),
        pytest.param("가" * 30, 10, "가" * 8 + "…", id="within a word that is too long"),
        pytest.param("🥐" * 9, 9, "🥐" * 3 + "…", id="never within a character"),
    ],
)
def test_what_is_too_long_is_cut_after_a_sentence_or_a_word(text: str, limit: int, cut: str) -> None:
    assert shorten(text, limit) == cut


@given(text=st.text(), limit=st.integers(min_value=4, max_value=40))
def test_what_is_cut_is_a_beginning_that_fits(text: str, limit: int) -> None:
    cut = shorten(text, limit)
    assert units(cut) <= limit
    assert visible(text).startswith(cut.removesuffix("…").rstrip())


@given(text=st.text())
def test_a_text_is_measured_as_telegram_measures_it(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(text=st.text(alphabet=st.characters()))
def test_what_is_shown_has_no_hidden_character_and_loses_no_other(text: str) -> None:
    assert clean(text) == visible(text)
    assert not any(map(hidden, line(text)))
    assert line(text).split() == clean(text).split()


@given(text=st.text())
def test_plain_text_is_what_telegram_reads_in_a_page(text: str) -> None:
    assert to_plain(quotation(bold(text) + anchor(text, "https://t.me/?a=1&b=2"))) == clean(text) * 2


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


def test_blocks_share_a_message_while_they_fit() -> None:
    assert pages(["<b>a</b>", "\nb", "\n\nc"]) == ["<b>a</b>\nb\n\nc"]


def test_messages_are_split_between_blocks_only() -> None:
    blocks = [f"\n\n{quotation(bold('가' * 1500))}" for _ in range(5)]
    made = pages(blocks)
    assert [read(page).all("b") for page in made] == [["가" * 1500] * 2, ["가" * 1500] * 2, ["가" * 1500]]
    assert not any(page.startswith("\n") for page in made)


def test_a_message_has_no_more_entities_than_telegram_keeps() -> None:
    made = pages(f"\n{bold(str(number))}" for number in range(250))
    assert [len(read(page).spans) for page in made] == [100, 100, 50]


def test_a_block_that_is_too_long_by_itself_is_cut_outside_of_its_tags() -> None:
    made = pages(["앞" * 100, f"\n{quotation(bold('빵이 나왔다. ' * 900))}", "\n뒤"])
    first, second = (read(page).text for page in made)
    assert first == "앞" * 100
    assert second.startswith("빵이 나왔다.")
    assert second.endswith("빵이 나왔다. …\n뒤")


def test_a_block_with_nothing_to_see_is_left_out() -> None:
    assert pages(["\n", "<b></b>", "a", "\n\n"]) == ["a"]


@given(texts=st.lists(st.text(alphabet="가🥐<&> .\n", min_size=1, max_size=60).filter(str.strip), min_size=1))
def test_every_block_is_in_a_message_and_every_message_fits(texts: list[str]) -> None:
    made = [read(page, limit=130) for page in pages([f"\n{bold(text)}" for text in texts], limit=130, entities=5)]
    assert [text for message in made for text in message.all("b")] == texts
    assert all(len(message.spans) <= 5 for message in made)
