"""Questions that share a word or two with one of many articles, and are of something else."""

import pytest
from conftest import BaseOf, article

from bot.answer import answer

ENGLISH = {
    "corpus/orders.md": article(
        "Taking orders", "The waiter writes down the last order as the final one.", "The last one always wins."
    ),
    "corpus/tables.md": article("Tables", "Create a table with a name and as many columns as needed.", "Tables grow."),
    "corpus/stores.md": article(
        "Other stores", "Rows may also be kept in Postgres.", "A cup of rows is enough for a world of numbers."
    ),
    "corpus/lists.md": article("Lists", "Push a value to a list.", "Add another row."),
    "corpus/memo.md": article("Memos", "Every memo is kept for the one request that made it, and not shared."),
    "corpus/threads.md": article("Threads", "A thread ran for an hour.", "Twice a day it stopped.", "Two are enough."),
    "corpus/bell.md": article("The bell", "Notifications are shown under the bell."),
    "corpus/native.md": article("Other platforms", "React Native has tools of its own.", "They are not shown here."),
    **{f"corpus/page{n}.md": article(f"Page {n}", f"Nothing is said on page {n}.") for n in range(30)},
}
KOREAN = {
    "corpus/work.md": article("작업", "작업은 나중으로 예약된다.", "순서를 바꿀 수 있다.", language="ko"),
    "corpus/cache.md": article("캐시", "캐시는 한 번만 읽는다.", language="ko"),
    "corpus/tree.md": article("트리", "트리는 아래로 자란다.", language="ko"),
    **{f"corpus/page{n}.md": article(f"{n}쪽", f"{n}쪽에는 아무것도 없다.", language="ko") for n in range(30)},
}


@pytest.mark.parametrize(
    ("files", "question"),
    [
        pytest.param(ENGLISH, "who won the last world cup final", id="a name of two words that stand elsewhere"),
        pytest.param(ENGLISH, "add push notifications to react native", id="nothing but its name"),
        pytest.param(KOREAN, "회의실 예약은 어디서 하나요?", id="one word, and another that no article has"),
    ],
)
def test_a_question_is_refused_of_which_only_other_words_are_said(
    files: dict[str, str], question: str, base_of: BaseOf
) -> None:
    assert answer(question, base_of(files)).kind == "not_found"


@pytest.mark.parametrize(
    ("files", "question", "passage"),
    [
        pytest.param(ENGLISH, "how do I create a table", "tables#p02", id="no name"),
        pytest.param(ENGLISH, "can rows be kept in postgres", "stores#p02", id="the name is said"),
        pytest.param(ENGLISH, "are there tools for react native", "native#p02", id="the name and another word"),
        pytest.param(KOREAN, "작업 예약은 어디서 하나요?", "work#p02", id="both words"),
        pytest.param(ENGLISH, "why does a memo that I shared for two requests run twice?", "memo#p02", id="a reason"),
    ],
)
def test_one_is_answered_of_which_the_name_and_another_word_are_said(
    files: dict[str, str], question: str, passage: str, base_of: BaseOf
) -> None:
    found = answer(question, base_of(files)).citations[0]
    assert f"{found.document}#{found.passage}" == passage
