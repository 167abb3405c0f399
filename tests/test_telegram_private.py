"""A private chat: every text is a question."""

import re
from pathlib import Path

import pytest
from telegram_server import Person, Server

from bot.phrases import say
from bot.telegram_bot import inbox, limits

FIGURE = "솔빛제과 2024년 손님 몇 명?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(FIGURE, "12만 명", id="Korean"),
        pytest.param("how many visitors did Solbit have in 2024?", "120,000", id="English"),
    ],
)
def test_a_question_is_answered_in_its_own_language(
    server: Server, jieun: Person, question: str, expected: str
) -> None:
    assert expected in server.reply(jieun.writes(question)).text


def test_an_answer_quotes_its_source_in_a_block_with_a_link_to_the_passage(server: Server, jieun: Person) -> None:
    answer = server.reply(jieun.writes(FIGURE))
    assert "<blockquote>2024년에는 솔빛제과에 손님 12만 명이 다녀갔다.</blockquote>" in answer.html
    assert f'<a href="https://t.me/{server.bot["username"]}?start=bakeries_p03">' in answer.html


def test_a_question_that_the_documents_do_not_answer_is_refused_with_others_that_they_do(
    server: Server, jieun: Person
) -> None:
    refusal = server.reply(jieun.writes("솔빛제과 주소는?"))
    assert refusal.text.startswith(say("not_found", "ko"))
    offered = [button for button in refusal.buttons if button.text.startswith("솔빛제과")]
    jieun.presses(refusal, offered[0].text)
    answer = server.reply(refusal)
    assert answer.text.startswith(f"▸ {offered[0].text}")
    assert answer.button("[1]")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_start_says_what_this_is_with_three_questions_to_tap(server: Server, language: str) -> None:
    person = server.person("Somebody", language=language)
    welcome = server.reply(person.writes("/start"))
    assert ("정확한 수치" in welcome.text) == (language == "ko")
    assert len(welcome.buttons) == 3
    person.presses(welcome, welcome.buttons[1].text)
    answer = server.reply(welcome)
    assert welcome.buttons[1].text in answer.text
    assert answer.button("[1]")


def test_help_lists_the_commands(server: Server, ann: Person) -> None:
    text = server.reply(ann.writes("/help")).text
    for name in ("ask", "facts", "sources", "chart", "lang", "privacy", "forget"):
        assert f"/{name} " in text
    assert "/stats" not in text


def test_a_follow_up_leans_on_the_questions_of_the_same_person(server: Server, jieun: Person, ann: Person) -> None:
    server.reply(jieun.writes("솔빛제과 2024년 매출은?"))
    assert "30억" in server.reply(jieun.writes("그럼 달무리빵집은?")).text
    assert "30억" not in server.reply(ann.writes("그럼 달무리빵집은?")).text.splitlines()[0]


def test_what_a_follow_up_would_mean_on_its_own_is_one_tap_away(server: Server, jieun: Person) -> None:
    server.reply(jieun.writes("솔빛제과 2024년 매출은?"))
    answer = server.reply(jieun.writes("그럼 달무리빵집은?"))
    other = next(button for button in answer.buttons if button.text.startswith("앞 질문과 따로"))
    jieun.presses(answer, other.text)
    assert "달무리빵집" in server.reply(answer).text


def test_an_edited_question_edits_its_answer(server: Server, jieun: Person) -> None:
    question = jieun.writes(FIGURE)
    answer = server.reply(question)
    jieun.edits(question, "달무리빵집 2024년 매출은?")
    server.wait(lambda: "30억" in server.sent(jieun)[-1].text)
    assert [message.id for message in server.sent(jieun)] == [answer.id]
    assert "12만" not in server.sent(jieun)[-1].text


def test_an_edit_without_another_text_changes_nothing(server: Server, jieun: Person) -> None:
    question = jieun.writes(FIGURE)
    server.reply(question)
    jieun.edits(question, FIGURE)
    server.reply(jieun.writes("/sources"))
    assert not server.calls("editMessageText")
    assert len(server.sent(jieun)) == 2


def test_an_edit_that_is_answered_alike_edits_nothing(server: Server, jieun: Person) -> None:
    question = jieun.writes(FIGURE)
    answer = server.reply(question)
    jieun.edits(question, FIGURE.replace("?", "??"))
    jieun.presses(answer, "[1]")
    server.wait(lambda: server.calls("editMessageText"))
    assert len(server.calls("editMessageText")) == 1


def test_an_edit_that_is_answered_alike_brings_the_answer_back(server: Server, jieun: Person) -> None:
    question = jieun.writes(FIGURE)
    answer = server.reply(question)
    jieun.presses(answer, "[1]")
    server.wait(lambda: "▸" in server.sent(jieun)[-1].text)
    jieun.edits(question, FIGURE.replace("?", "??"))
    server.wait(lambda: server.sent(jieun)[-1].text == answer.text)


def test_buttons_of_an_edited_question_are_those_of_its_new_answer(server: Server, jieun: Person) -> None:
    question = jieun.writes(FIGURE)
    server.reply(question)
    jieun.edits(question, "달무리빵집 2024년 매출은?")
    server.wait(lambda: "30억" in server.sent(jieun)[-1].text)
    jieun.presses(server.sent(jieun)[-1], "[1]")
    server.wait(lambda: "p06" in server.sent(jieun)[-1].text and "p05" in server.sent(jieun)[-1].text)


def test_a_command_may_stand_under_a_picture(server: Server, jieun: Person) -> None:
    assert "12만 명" in server.reply(jieun.sends("photo", caption=f"/ask {FIGURE}")).text
    assert "/facts" in server.reply(jieun.sends("photo", caption="/help")).text


def test_an_album_is_spoken_to_once(server: Server, jieun: Person) -> None:
    pictures = [jieun.sends("photo", caption=FIGURE, album="a"), *(jieun.sends("photo", album="a") for _ in range(3))]
    assert "12만 명" in server.reply(pictures[0]).text
    server.reply(jieun.writes("/sources"))
    assert len(server.sent(jieun.chat)) == 2


def test_a_chart_that_may_not_be_sent_is_told_in_words(server: Server, jieun: Person) -> None:
    server.fault("sendPhoto", "400", description="Bad Request: not enough rights to send photos to the chat")
    told = server.reply(jieun.writes("/chart 손님 수"))
    assert "손님 수" in told.text


def test_a_press_that_waits_for_those_before_it_is_noticed_soon(
    server: Server, jieun: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PATIENCE_SECONDS", 0.05)
    answer = server.reply(jieun.writes(FIGURE))
    server.fault("editMessageReplyMarkup", "delay", seconds=1.0)
    jieun.presses(answer, "👍")
    waiting = jieun.presses(answer, "[1]")
    server.wait(lambda: waiting.answer)
    assert "▸ p03" not in answer.text
    server.wait(lambda: "▸ p03" in answer.text)
    assert len(server.calls("answerCallbackQuery")) == 2, "and not once more when it is its turn"


def test_a_button_whose_edit_was_refused_may_be_pressed_again(server: Server, jieun: Person) -> None:
    answer = server.reply(jieun.writes(FIGURE))
    server.fault("editMessageText", "400")
    jieun.presses(answer, "[1]")
    jieun.presses(answer, "[1]")
    server.wait(lambda: "▸ p03" in answer.text)


def test_a_picture_is_answered_by_its_caption_and_without_one_by_a_polite_line(server: Server, jieun: Person) -> None:
    assert "12만 명" in server.reply(jieun.sends("photo", caption=FIGURE)).text
    assert server.reply(jieun.sends("photo")).text == say("only_text", "ko")
    assert server.reply(jieun.sends("sticker")).text == say("only_text", "ko")


def test_commands_are_in_the_language_of_the_person(server: Server, ann: Person, jieun: Person) -> None:
    assert server.reply(ann.writes("/nothing")).text == say("unknown_command", "en")
    assert server.reply(jieun.writes("/nothing")).text == say("unknown_command", "ko")


@pytest.mark.parametrize("typed", ["ko", "한국어", "KO"])
def test_a_language_is_chosen_by_its_name_or_by_what_its_button_says(server: Server, ann: Person, typed: str) -> None:
    assert server.reply(ann.writes(f"/lang {typed}")).text == say("language_chosen", "ko")


def test_a_chosen_language_holds_for_menus_and_not_for_answers(server: Server, ann: Person) -> None:
    menu = server.reply(ann.writes("/lang"))
    pressed = ann.presses(menu, "한국어")
    server.wait(lambda: pressed.answer)
    assert pressed.answer is not None
    assert pressed.answer["text"] == say("language_chosen", "ko")
    server.wait(lambda: server.sent(ann)[-1].text == say("choose_language", "ko"))
    assert "어떤" in server.sent(ann)[-1].text
    assert "안녕하세요" in server.reply(ann.writes("/start")).text
    assert "120,000" in server.reply(ann.writes("how many visitors did Solbit have in 2024?")).text


def test_figures_are_listed_page_by_page(server: Server, jieun: Person) -> None:
    first = server.reply(jieun.writes("/facts"))
    assert "1/2" in first.text
    jieun.presses(first, "›")
    server.wait(lambda: "2/2" in server.sent(jieun)[-1].text)
    jieun.presses(server.sent(jieun)[-1], "‹")
    server.wait(lambda: "1/2" in server.sent(jieun)[-1].text)


def test_the_figures_of_one_thing_are_listed_by_any_of_its_names(server: Server, ann: Person) -> None:
    assert "Dalmuri" in server.reply(ann.writes("/facts 달무리")).text
    assert "Solbit" not in server.reply(ann.writes("/facts dalmuri")).text
    assert server.reply(ann.writes("/facts xyz")).text == say("unknown_name", "en", name="xyz")


def test_an_edited_question_whose_answer_was_deleted_is_answered_anew(server: Server, jieun: Person) -> None:
    question = jieun.writes("솔빛제과 2024년 손님 몇 명?")
    jieun.deletes(server.reply(question))
    jieun.edits(question, "달무리빵집 2024년 매출은?")
    server.wait(lambda: server.sent(jieun))
    (answer,) = server.sent(jieun)
    assert "30억" in answer.text
    pressed = jieun.presses(answer, "[1]")
    server.wait(lambda: pressed.answer and "▸" in answer.text)
    jieun.edits(question, "모래과자점 2024년 매출은?")
    server.wait(lambda: "11억" in answer.text)
    assert len(server.sent(jieun)) == 1


def test_a_name_that_is_not_known_stands_in_its_quotation_marks(server: Server, jieun: Person) -> None:
    assert "‘<b>&’" in server.reply(jieun.writes("/facts <b>&")).text


def test_documents_are_listed(server: Server, ann: Person) -> None:
    text = server.reply(ann.writes("/sources")).text
    assert "Corner Bakeries" in text
    assert "A Guide to Bread Alley" in text


@pytest.mark.parametrize("words", ["달무리빵집", "2024년 빵집 매출 비교", ""], ids=["name", "question", "last answer"])
def test_a_chart_is_drawn_of_a_name_a_question_or_the_last_answer(server: Server, jieun: Person, words: str) -> None:
    server.reply(jieun.writes("2024년 달무리빵집 매출은?"))
    chart = server.reply(jieun.writes(f"/chart {words}".strip()))
    assert chart.method == "sendPhoto"
    assert "bakeries#p0" in chart.text


def test_a_chart_of_nothing_named_is_of_the_measure_that_matters_most(server: Server, jieun: Person) -> None:
    first = server.reply(jieun.writes("/chart"))
    assert first.method == "sendPhoto"
    server.reply(jieun.writes("오늘 날씨"))
    assert server.reply(jieun.writes("/chart")).text == first.text


def test_a_chart_of_what_has_no_figures_is_refused_with_what_to_write(server: Server, jieun: Person) -> None:
    assert server.reply(jieun.writes("/chart 오늘 날씨")).text == say("no_chart", "ko")


def test_a_deep_link_opens_a_passage_and_leads_on_from_there(server: Server, ann: Person) -> None:
    opened = server.reply(ann.start("bakeries_p06"))
    assert "▸ p06" in opened.text
    assert "솔빛제과의 2024년 매출은" in opened.text
    ann.presses(opened, say("button_translation", "en"))
    server.wait(lambda: "Solbit's sales in 2024" in server.sent(ann)[-1].text)
    ann.presses(server.sent(ann)[-1], "p07 ›")
    server.wait(lambda: "▸ p07" in server.sent(ann)[-1].text)
    assert "German oven" in server.sent(ann)[-1].text


@pytest.mark.parametrize("payload", ["bakeries_p99", "gone_p01", "0123456789abcdef0123_p02"])
def test_a_deep_link_to_a_passage_that_is_gone_says_so(server: Server, ann: Person, payload: str) -> None:
    assert server.reply(ann.start(payload)).text == say("no_passage", "en")


@pytest.mark.parametrize("payload", ["x", "-_-", "newsletter", "a" * 64])
def test_a_link_to_no_passage_is_welcomed(server: Server, ann: Person, payload: str) -> None:
    assert server.reply(ann.start(payload)).text == server.reply(ann.start("")).text


@pytest.mark.parametrize("text", ["???", "😀", "…", "\u3164"])
def test_what_asks_nothing_is_answered_in_the_language_of_its_sender(server: Server, ann: Person, text: str) -> None:
    assert server.reply(ann.writes(text)).text == say("empty", "en")


def test_a_reply_leans_on_the_answer_that_it_replies_to(server: Server, jieun: Person) -> None:
    first = server.reply(jieun.writes("솔빛제과 2024년 매출은?"))
    server.reply(jieun.writes("솔빛제과 손님은?"))
    assert "30억" in server.reply(jieun.writes("그럼 달무리빵집은?", reply_to=first)).text
    assert "9만 명" in server.reply(jieun.writes("그럼 달무리빵집은?")).text


def test_a_question_that_is_edited_into_one_that_asks_nothing_keeps_its_answer(server: Server, ann: Person) -> None:
    question = ann.writes("how many visitors did Solbit have in 2024?")
    answer = server.reply(question)
    was = answer.text
    ann.edits(question, "…")
    server.reply(ann.writes("/sources"))
    assert answer.text == was


def test_a_reply_to_a_chart_leans_on_the_answer_that_it_is_of(server: Server, jieun: Person) -> None:
    answer = server.reply(jieun.writes("매출이 가장 많은 빵집은?"))
    jieun.presses(answer, say("button_chart", "ko"))
    chart = server.reply(answer)
    server.reply(jieun.writes("솔빛제과 손님은?"))
    assert "30억" in server.reply(jieun.writes("그럼 달무리빵집은?", reply_to=chart)).text


def test_forgetting_deletes_what_a_person_asked_and_voted(server: Server, jieun: Person) -> None:
    answer = server.reply(jieun.writes("솔빛제과 2024년 매출은?"))
    jieun.presses(answer, "👍")
    assert server.reply(jieun.writes("/forget")).text == say("forgotten", "ko")
    pressed = jieun.presses(answer, "[1]")
    server.wait(lambda: pressed.answer)
    assert pressed.answer is not None
    assert pressed.answer["text"] == say("stale", "ko")
    assert "30억" not in server.reply(jieun.writes("그럼 달무리빵집은?")).text.splitlines()[0]


def test_what_is_forgotten_is_in_no_file_any_more(server: Server, jieun: Person, tmp_path: Path) -> None:
    def files() -> list[str]:
        return [file.name for file in tmp_path.rglob("*") if file.is_file() and b"CANARY" in file.read_bytes()]

    server.reply(jieun.writes("솔빛제과 CANARY?"))
    assert files()
    server.reply(jieun.writes("/forget"))
    assert files() == []


def test_what_is_kept_is_told_with_a_button_that_deletes_it(server: Server, ann: Person) -> None:
    told = server.reply(ann.writes("/privacy"))
    assert "90 days" in told.text
    pressed = ann.presses(told, say("button_forget", "en"))
    server.wait(lambda: pressed.answer)
    assert pressed.answer is not None
    assert pressed.answer["text"] == say("forgotten", "en")


@pytest.mark.parametrize(
    "text",
    [
        "?",
        "😀😀😀",
        "가" * 4096,
        "\u202e\u200b",
        "<b>bold</b> &amp; <script>alert(1)</script>",
        "</b><a href='tg://user?id=1'>x</a>",
        "../../etc/passwd",
        "솔빛제과".encode().decode() + "\u0301" * 50,
        "=cmd|' /C calc'!A0",
        "9" * 400,
        "{entity} {0} %s %n",
        "ㅋㅋㅋㅋ",
        "_*[]()~`>#+-=|{}.!",
        "%00%0a",
    ],
)
def test_whatever_is_written_gets_one_answer_without_a_tag_of_the_writers(
    server: Server, jieun: Person, text: str
) -> None:
    answer = server.reply(jieun.writes(text))
    assert "<script" not in answer.html
    assert "tg://user" not in re.sub("&lt;.*?&gt;", "", answer.html)
    server.reply(jieun.writes("/sources"))
    assert len(server.sent(jieun)) == 2


def test_when_people_ask_faster_than_anyone_types_they_are_asked_once_to_slow_down(
    server: Server, jieun: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PERSON", (0.001, 3))
    for _ in range(6):
        jieun.writes(FIGURE)
    last = server.person("Last").writes(FIGURE)
    server.reply(last)
    server.wait(lambda: len(server.sent(jieun)) == 4)
    assert [message.text for message in server.sent(jieun)].count(say("too_fast", "ko")) == 1
