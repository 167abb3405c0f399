"""The buttons under an answer, whoever presses them, however often, and whatever a press claims to be."""

from pathlib import Path

import pytest
from conftest import FILES, Make
from telegram_running import running
from telegram_server import Message, Person, Server

from bot import library
from bot.knowledge.base import Base
from bot.phrases import say

FIGURE = "솔빛제과 2024년 손님 몇 명?"


@pytest.fixture
def answer(server: Server, jieun: Person) -> Message:
    return server.reply(jieun.writes(FIGURE))


def told(server: Server, person: Person, message: Message, button: str) -> str | None:
    """What is said for a moment when a button is pressed."""
    pressed = person.presses(message, button)
    server.wait(lambda: pressed.answer)
    assert pressed.answer is not None
    return pressed.answer.get("text")


def test_a_press_does_not_wait_for_the_questions_of_its_chat(server: Server, jieun: Person) -> None:
    answer = server.reply(jieun.writes(FIGURE))
    server.fault("sendMessage", "429", retry_after=2, chat=jieun)
    question = jieun.writes(FIGURE)
    server.wait(lambda: len(server.calls("sendMessage")) == 2)
    pressed = jieun.presses(answer, "[1]")
    server.wait(lambda: pressed.answer)
    assert len(server.sent(jieun)) == 1
    server.reply(question)
    server.wait(lambda: "▸ p03" in answer.text)


def test_a_source_is_shown_in_full_between_its_neighbours_in_the_answers_place(
    server: Server, jieun: Person, answer: Message
) -> None:
    told(server, jieun, answer, "[1]")
    server.wait(lambda: "▸ p03" in answer.text)
    shown = answer
    assert "p02" in shown.text
    assert "p04" in shown.text
    assert "<b>2024년에는 솔빛제과에 손님 12만 명이 다녀갔다.</b>" in shown.html
    assert len(server.sent(jieun)) == 1


def test_a_source_can_be_read_in_translation_and_back(server: Server, jieun: Person, answer: Message) -> None:
    was, buttons = answer.html, [button.data for button in answer.buttons]
    told(server, jieun, answer, "[1]")
    server.wait(lambda: "▸ p03" in answer.text)
    told(server, jieun, answer, say("button_translation", "ko"))
    server.wait(lambda: "120,000 visitors" in answer.text)
    told(server, jieun, answer, say("button_original", "ko"))
    server.wait(lambda: "손님 12만 명" in answer.text)
    told(server, jieun, answer, say("button_back", "ko"))
    server.wait(lambda: answer.html == was)
    assert [button.data for button in answer.buttons] == buttons


def test_further_passages_take_the_answers_place(server: Server, jieun: Person) -> None:
    answer = server.reply(jieun.writes("솔빛제과는 뭐야?"))
    was = answer.html
    assert told(server, jieun, answer, say("button_more", "ko")) is None
    server.wait(lambda: answer.text.startswith(say("more", "ko")))
    told(server, jieun, answer, say("button_back", "ko"))
    server.wait(lambda: answer.html == was)


def test_further_passages_are_offered_only_where_there_are_any(server: Server, jieun: Person) -> None:
    questions = ("솔빛제과는 뭐야?", "솔빛제과는 왜 천연 효모를 써?", "돈은 어디로 갔나", "매출 전부", FIGURE)
    answers = [server.reply(jieun.writes(question)) for question in questions]
    offering = [one for one in answers if any(button.text == say("button_more", "ko") for button in one.buttons)]
    assert 0 < len(offering) < len(answers)
    for answer in offering:
        assert told(server, jieun, answer, say("button_more", "ko")) is None
    server.wait(lambda: all(answer.text.startswith(say("more", "ko")) for answer in offering))


def test_a_figure_is_copied_with_its_source(answer: Message) -> None:
    copied = answer.button(say("button_copy", "ko")).copy
    assert copied is not None
    assert "12만 명" in copied
    assert "bakeries#p03" in copied


def test_a_chart_is_sent_in_reply_once(server: Server, jieun: Person, answer: Message) -> None:
    assert told(server, jieun, answer, say("button_chart", "ko")) is None
    chart = server.reply(answer)
    assert chart.method == "sendPhoto"
    assert chart.reply_to == answer.id
    assert told(server, jieun, answer, say("button_chart", "ko")) == say("above", "ko")
    assert len(server.sent(jieun)) == 2


def test_a_question_on_a_button_is_asked_once(server: Server, jieun: Person) -> None:
    welcome = server.reply(jieun.writes("/start"))
    first = welcome.buttons[0].text
    presses = [jieun.presses(welcome, first) for _ in range(3)]
    server.wait(lambda: all(pressed.answer for pressed in presses))
    assert [pressed.answer and pressed.answer.get("text") for pressed in presses] == [
        None,
        say("above", "ko"),
        say("above", "ko"),
    ]
    assert len(server.sent(jieun)) == 2


def test_a_vote_is_counted_changed_and_taken_back(server: Server, jieun: Person, ann: Person) -> None:
    team = server.supergroup("Team", jieun, ann)
    answer = server.reply(jieun.writes(f"/ask {FIGURE}", chat=team))

    def thumbs() -> list[str]:
        return [button.text for button in answer.buttons if button.text[0] in "👍👎"]

    assert told(server, jieun, answer, "👍") == say("thanks", "ko")
    server.wait(lambda: thumbs() == ["👍 1", "👎"])
    told(server, ann, answer, "👍 1")
    server.wait(lambda: thumbs() == ["👍 2", "👎"])
    told(server, ann, answer, "👎")
    server.wait(lambda: thumbs() == ["👍 1", "👎 1"])
    assert told(server, ann, answer, "👎 1") == say("vote_taken_back", "ko")
    server.wait(lambda: thumbs() == ["👍 1", "👎"])


def test_votes_are_still_there_when_one_comes_back_from_a_source(
    server: Server, jieun: Person, answer: Message
) -> None:
    was = answer.html
    told(server, jieun, answer, "👍")
    server.wait(lambda: any(button.text == "👍 1" for button in answer.buttons))
    told(server, jieun, answer, "[1]")
    server.wait(lambda: "▸ p03" in answer.text)
    told(server, jieun, answer, say("button_back", "ko"))
    server.wait(lambda: answer.html == was)
    assert answer.button("👍 1")


def test_the_same_press_twice_is_answered_twice_and_changes_nothing_more(
    server: Server, jieun: Person, answer: Message
) -> None:
    first, second = jieun.presses(answer, "[1]"), jieun.presses(answer, "[1]")
    server.wait(lambda: first.answer and second.answer)
    server.reply(jieun.writes("/sources"))
    assert "▸ p03" in answer.text
    assert len(server.calls("editMessageText")) == 1


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "lang.ko",
        "facts.p1",
        "passage.t.0123456789abcdef",
        "privacy.forget",
        "AAAAAAAAAAAA.s1",
        "{id}.s99",
        "{id}.q0",
        "{id}.zz",
        "{id}",
        "{id}.s1.x y",
        "{id}.s" + "9" * 30,
        "é" * 30,
        "'; DROP TABLE answers; --",
    ],
)
def test_a_forged_press_is_told_so_and_changes_nothing(server: Server, ann: Person, answer: Message, data: str) -> None:
    name, was = (answer.button("[1]").data or "").partition(".")[0], answer.html
    pressed = ann.forges(answer, data.replace("{id}", name))
    server.wait(lambda: pressed.answer)
    assert pressed.answer is not None
    assert pressed.answer["text"] == say("stale", "en")
    assert answer.html == was


def test_a_source_that_changed_or_is_gone_is_told_and_not_shown_as_what_was_cited(
    base: Base, make: Make, tmp_path: Path
) -> None:
    old = "2024년에는 솔빛제과에 손님 12만 명이 다녀갔다."
    text = FILES["corpus/bakeries.md"].replace(old, "2024년 솔빛제과의 손님은 따로 세지 않았다.")
    left_out = (old, "solbit,sales")
    rows = [row for row in FILES["facts/bakeries.csv"].splitlines(True) if not any(one in row for one in left_out)]
    other = library.load(make({"corpus/bakeries.md": text, "facts/bakeries.csv": "".join(rows)}))
    with Server() as server:
        jieun = server.person("지은", language="ko")
        with running(server, base, tmp_path):
            answer = server.reply(jieun.writes(FIGURE))
            refusal = server.reply(jieun.writes("솔빛제과 주소는?"))
            was = answer.text
        with running(server, other, tmp_path):
            assert told(server, jieun, answer, "[1]") == say("source_changed", "ko")
            assert told(server, jieun, answer, "👍") == say("thanks", "ko")
            server.wait(lambda: any(button.text == "👍 1" for button in answer.buttons))
            assert told(server, jieun, answer, "[1]") == say("source_changed", "ko")
            assert answer.text == was
            assert told(server, jieun, answer, "[2]") is None
            server.wait(lambda: "▸ p02" in answer.text)
            offered = [button.text for button in refusal.buttons if button.text.endswith("?")]
            assert [told(server, jieun, refusal, label) for label in offered] == [None, *[say("stale", "ko")] * 2]
            server.check()


def test_a_vote_that_is_forged_under_a_source_leaves_its_buttons(
    server: Server, jieun: Person, answer: Message
) -> None:
    vote = answer.button("👍").data or ""
    told(server, jieun, answer, "[1]")
    server.wait(lambda: "▸ p03" in answer.text)
    pressed = jieun.forges(answer, vote)
    server.wait(lambda: pressed.answer)
    told(server, jieun, answer, say("button_translation", "ko"))
    server.wait(lambda: "120,000 visitors" in answer.text)


def test_a_button_of_one_message_does_nothing_under_another(server: Server, ann: Person, answer: Message) -> None:
    other = server.reply(ann.writes("how many visitors did Dalmuri have in 2024?"))
    was = other.html
    pressed = ann.forges(other, answer.button("[1]").data or "")
    server.wait(lambda: pressed.answer)
    assert pressed.answer is not None
    assert pressed.answer["text"] == say("stale", "en")
    assert other.html == was


def test_a_press_under_a_message_that_was_deleted_meanwhile_is_answered(
    server: Server, jieun: Person, answer: Message
) -> None:
    server.fault("editMessageText", "400", description="Bad Request: message to edit not found")
    told(server, jieun, answer, "[1]")
    assert server.reply(jieun.writes("/sources"))
