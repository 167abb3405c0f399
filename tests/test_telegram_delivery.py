"""Whatever goes wrong between the bot and Telegram, a question is answered once and only once."""

import asyncio
import http.client
import json
from pathlib import Path
from typing import Any

import pytest
from telegram_running import SECONDS, Running, running
from telegram_server import Person, Server
from telegram_server.updates import Update

from bot.knowledge.base import Base
from bot.phrases import say
from bot.telegram_bot import inbox, limits, lost, outbox, pages, polling, run

FIGURE = "솔빛제과 2024년 손님 몇 명?"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses after failures are short."""
    monkeypatch.setattr(outbox, "PAUSES_SECONDS", (0.01, 0.05))
    monkeypatch.setattr(polling, "PAUSES_SECONDS", (0.01, 0.05))


@pytest.fixture
def faulty() -> Server:
    """A server whose check is left to the test: looking for a message that is not there is answered with 400."""
    return Server()


def asked_once(server: Server, person: Person, question: str = FIGURE) -> str:
    """The text of the one answer to a question, after another question was answered too."""
    answer = server.reply(person.writes(question))
    last = server.reply(person.writes("/sources"))
    assert [message.id for message in server.sent(person)] == [answer.id, last.id]
    return answer.text


@pytest.mark.parametrize(
    ("kind", "times"),
    [
        ("429", 1),
        ("500", 1),
        ("502", 3),
        ("502_after", 1),
        ("504", 1),
        ("drop_before", 1),
        ("drop_before", 3),
        ("drop_after", 1),
        ("bad_json", 1),
    ],
)
def test_a_message_that_failed_is_sent_once(faulty: Server, base: Base, tmp_path: Path, kind: str, times: int) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("sendMessage", kind, times=times)  # type: ignore[arg-type]
        assert "12만 명" in asked_once(server, jieun)


@pytest.mark.parametrize("kind", ["502_after", "drop_after", "bad_json"])
def test_a_message_whose_answer_was_lost_is_recognised_by_its_buttons(
    faulty: Server, base: Base, tmp_path: Path, kind: str
) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("sendMessage", kind)  # type: ignore[arg-type]
        asked_once(server, jieun)
        assert len(server.calls("sendMessage")) == 2  # the answer, and that of what came after
        answer = server.sent(jieun)[0]
        pressed = jieun.presses(answer, "[1]")  # whose id is known after all
        server.wait(lambda: pressed.answer)
        assert pressed.answer is not None
        assert "text" not in pressed.answer


def test_a_line_without_buttons_is_recognised_by_its_words(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("sendMessage", "drop_after")
        asked_once(server, jieun, "/nothing")
        assert len(server.calls("sendMessage")) == 2


@pytest.mark.parametrize("kind", ["502_after", "drop_after"])
def test_a_chart_whose_answer_was_lost_is_sent_once(faulty: Server, base: Base, tmp_path: Path, kind: str) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("sendPhoto", kind)  # type: ignore[arg-type]
        asked_once(server, jieun, "/chart 달무리빵집")
        assert len(server.calls("sendPhoto")) == 1


def test_no_other_message_is_changed_in_search_of_a_lost_one(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun, ann = server.person("지은", language="ko"), server.person("Ann", language="en")
        team = server.supergroup("Team", jieun, ann)
        before = [server.reply(jieun.writes(f"/ask {FIGURE}", chat=team)) for _ in range(3)]
        was = [message.json for message in before]
        ann.writes("hello", chat=team)
        server.fault("sendMessage", "drop_before", chat=team)
        question = jieun.writes(f"/ask {FIGURE}", chat=team)
        for _ in range(3):
            ann.writes("hello", chat=team)
        server.reply(question)
        server.wait(lambda: len(server.sent(team)) == 4)
        assert [message.json for message in before] == was


def test_a_lost_message_is_found_though_its_question_is_long_ago(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun, ann = server.person("지은", language="ko"), server.person("Ann", language="en")
        server.fault("sendMessage", "429", retry_after=1, chat=jieun)
        server.fault("sendMessage", "drop_after", chat=jieun)
        question = jieun.writes(FIGURE)
        server.wait(lambda: server.calls("sendMessage", jieun))
        for _ in range(300):  # messages that others got in the meantime
            next(server.world.account_ids)
        server.reply(ann.writes("how many visitors did Dalmuri have in 2024?"))
        server.reply(question)
        server.reply(jieun.writes("/sources"))
        assert len(server.sent(jieun)) == 2


def test_a_lost_message_is_found_among_many_that_the_bot_does_not_see(base: Base, tmp_path: Path) -> None:
    with Server(privacy=True) as server, running(server, base, tmp_path):
        jieun, ann = server.person("지은", language="ko"), server.person("Ann", language="en")
        team = server.supergroup("Team", jieun, ann)
        server.on("sendMessage", lambda _: [ann.writes("hello", chat=team) for _ in range(30)])
        server.fault("sendMessage", "drop_after", chat=team)
        server.reply(jieun.writes(f"/ask {FIGURE}", chat=team))
        server.reply(jieun.writes("/sources@gakju_test_bot", chat=team))
        assert len(server.sent(team)) == 2


def test_what_may_have_been_sent_is_sent_again_where_it_could_be_too_many(base: Base, tmp_path: Path) -> None:
    with Server(privacy=True) as server, running(server, base, tmp_path):
        jieun, ann = server.person("지은", language="ko"), server.person("Ann", language="en")
        team = server.supergroup("Team", jieun, ann)
        server.on("sendMessage", lambda _: [ann.writes("hello", chat=team) for _ in range(70)])
        server.fault("sendMessage", "drop_after", chat=team)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(limits, "LOOKS_IN_GROUP", (100.0, 100))
            jieun.writes(f"/ask {FIGURE}", chat=team)
            server.wait(lambda: len(server.calls("editMessageReplyMarkup", team)) == lost.MOST_LOOKS)
            server.wait(lambda: len(server.sent(team)) == 2)
        server.reply(jieun.writes("/sources@gakju_test_bot", chat=team))
        first, again, sources = server.sent(team)
        assert first.text == again.text != sources.text


@pytest.mark.parametrize("question", [FIGURE, "/nothing"])
def test_what_took_effect_long_after_it_was_given_up_and_sent_again_is_deleted(
    faulty: Server, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    monkeypatch.setattr(outbox, "LATE_SECONDS", 0.05)
    monkeypatch.setattr(outbox, "TWIN_SECONDS", 0.5)
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("sendMessage", "504")
        answer = server.reply(jieun.writes(question))
        given_up, made_again = server.calls("sendMessage")
        assert given_up.params == made_again.params
        telegram = http.client.HTTPConnection("127.0.0.1", server.port)
        body, headers = json.dumps(given_up.params), {"Content-Type": "application/json"}
        telegram.request("POST", f"/bot{server.token}/sendMessage", body, headers)
        assert telegram.getresponse().status == 200
        telegram.close()
        assert len(server.sent(jieun)) == 2
        server.wait(lambda: [message.id for message in server.sent(jieun)] == [answer.id])
        last = server.reply(jieun.writes("/sources"))
        assert [message.id for message in server.sent(jieun)] == [answer.id, last.id]


def test_a_search_waits_as_long_as_it_is_told_to(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("sendMessage", "drop_after")
        server.fault("editMessageReplyMarkup", "429", retry_after=1)
        asked_once(server, jieun)
        first, second = server.calls("editMessageReplyMarkup")[:2]
        assert second.at - first.at >= 1


def test_a_refused_rate_is_waited_for_as_told(server: Server, jieun: Person) -> None:
    server.fault("sendMessage", "429", retry_after=1)
    asked_once(server, jieun)
    first, second = server.calls("sendMessage")[:2]
    assert second.at - first.at >= 1


def test_another_chat_does_not_wait_for_one_that_must(server: Server, jieun: Person, ann: Person) -> None:
    server.fault("sendMessage", "429", retry_after=1, chat=jieun)
    question = jieun.writes(FIGURE)
    server.wait(lambda: server.calls("sendMessage", jieun))
    server.reply(ann.writes("how many visitors did Dalmuri have in 2024?"))
    assert len(server.calls("sendMessage", jieun)) == 1
    server.reply(question)


@pytest.mark.parametrize("kind", ["502", "drop_before", "drop_after"])
@pytest.mark.parametrize("method", ["editMessageText", "answerInlineQuery"])
def test_edits_and_inline_answers_are_tried_again(
    faulty: Server, base: Base, tmp_path: Path, kind: str, method: str
) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        answer = server.reply(jieun.writes(FIGURE))
        server.fault(method, kind)  # type: ignore[arg-type]
        pressed = jieun.presses(answer, "[1]")
        server.wait(lambda: "▸ p03" in answer.text)
        query = jieun.inline(FIGURE)
        server.wait(lambda: query.answer and pressed.answer)


@pytest.mark.parametrize(
    ("kind", "calls"),
    [
        *((kind, 1) for kind in ("504", "drop_before", "drop_after", "bad_json")),
        *((kind, 2) for kind in ("429", "500", "502")),  # which hardly ever has an effect
    ],
)
def test_a_press_that_may_have_been_answered_is_not_answered_again(
    faulty: Server, base: Base, tmp_path: Path, kind: str, calls: int
) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        answer = server.reply(jieun.writes(FIGURE))
        server.fault("answerCallbackQuery", kind)  # type: ignore[arg-type]
        jieun.presses(answer, "[1]")
        server.wait(lambda: "▸ p03" in answer.text)
        server.reply(jieun.writes("/sources"))
        assert len(server.calls("answerCallbackQuery")) == calls


def test_where_nothing_else_is_on_its_way_few_ids_are_tried_for_a_lost_message(
    faulty: Server, base: Base, tmp_path: Path
) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.reply(jieun.writes("/sources"))
        server.fault("sendMessage", "drop_before")
        server.reply(jieun.writes(FIGURE))
        looks = server.calls("editMessageReplyMarkup")
        assert 0 < len(looks) <= 10


def test_who_blocked_the_bot_is_left_in_peace_and_others_answered(server: Server, jieun: Person, ann: Person) -> None:
    server.reply(jieun.writes(FIGURE))
    jieun.writes(FIGURE)
    jieun.blocks()
    assert server.reply(ann.writes("how many visitors did Dalmuri have in 2024?"))
    jieun.unblocks()
    assert server.reply(jieun.writes("/sources"))


@pytest.mark.parametrize(
    "description", ["bot was kicked from the supergroup chat", "user is deactivated", "bot was blocked by the user"]
)
def test_a_chat_that_is_closed_to_us_costs_one_request(
    faulty: Server, base: Base, tmp_path: Path, description: str
) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("sendMessage", "403", description=f"Forbidden: {description}")
        jieun.writes(FIGURE)
        server.reply(jieun.writes("/sources"))
        assert len(server.sent(jieun)) == 1
        assert len(server.calls("sendMessage")) == 2


def test_what_telegram_cannot_parse_is_sent_as_plain_text(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault(
            "sendMessage", "400", description='Bad Request: can\'t parse entities: Unsupported start tag "x" at byte 0'
        )
        assert "12만 명" in asked_once(server, jieun)
        assert "parse_mode" not in server.calls("sendMessage")[1].params


def test_an_answer_to_a_deleted_question_is_sent_without_quoting_it(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        team = server.supergroup("Team", jieun)
        server.fault("sendMessage", "400", description="Bad Request: message to be replied not found")
        jieun.writes(f"/ask {FIGURE}", chat=team)
        server.wait(lambda: server.sent(team))
        assert server.sent(team)[0].reply_to is None


@pytest.mark.parametrize("kind", ["500", "502", "409", "drop_before", "drop_after", "bad_json"])
def test_updates_are_asked_for_again(faulty: Server, base: Base, tmp_path: Path, kind: str) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("getUpdates", kind, times=2)  # type: ignore[arg-type]
        for _ in range(3):
            asked = server.reply(jieun.writes(FIGURE))
        assert asked
        assert len(server.sent(jieun)) == 3


def test_an_update_that_comes_twice_is_answered_once(server: Server, jieun: Person) -> None:
    server.duplicate()
    question = jieun.writes(FIGURE)
    server.reply(question)
    assert question.update_id is not None
    server.redeliver(question.update_id)
    server.reply(jieun.writes("/sources"))
    assert len(server.sent(jieun)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"message_id": 2**70},
        {"chat": {"id": -(2**70), "type": "private"}},
        {"from": {"id": 2**63, "is_bot": False, "first_name": "CANARY"}},
        {"reply_to_message": {"message_id": 2**64, "date": 0, "chat": {"id": 1, "type": "private"}}},
    ],
)
def test_an_update_with_a_number_that_is_no_id_is_skipped(
    server: Server, jieun: Person, change: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    message = {"message_id": 1, "date": 0, "chat": jieun.chat.json, "from": jieun.json, "text": "CANARY"}
    number = server.push({"message": {**message, **change}})
    server.reply(jieun.writes("/sources"))
    server.wait(lambda: not server.pending())
    skipped = [record.getMessage() for record in caplog.records if "skipped" in record.getMessage()]
    assert len(skipped) == 1
    assert str(number) in skipped[0]
    assert "CANARY" not in caplog.text
    assert len(server.sent()) == 1


def test_a_question_that_is_overtaken_by_its_edit_is_answered_once_as_it_reads_now(
    server: Server, jieun: Person
) -> None:
    sources = server.reply(jieun.writes("/sources")).text
    with server.world.changed:
        question = server.world.write(jieun.chat, jieun.json, {"text": FIGURE})
        edited = {**question.json, "text": "달무리빵집 2024년 매출은?", "edit_date": question.json["date"]}
        server.push({"edited_message": edited})
        server.push({"message": question.json})
    jieun.writes("/sources")
    server.wait(lambda: [message.text for message in server.sent(jieun)].count(sources) == 2)
    _, answer, _ = server.sent(jieun)
    assert "30억" in answer.text


@pytest.mark.parametrize("number", [2**70, 1.5, "1", None])
def test_an_update_without_an_id_stops_nothing(faulty: Server, base: Base, tmp_path: Path, number: object) -> None:
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.wait(lambda: server.calls("getUpdates"))
        with server.world.changed:
            server.updates.pending[server.updates.next_id] = Update(
                server.updates.next_id, "", {"update_id": number, "message": {}}
            )
            server.updates.next_id += 1
        server.reply(jieun.writes("/sources"))
        server.wait(lambda: not server.pending())


def test_answers_come_in_the_order_of_the_questions(server: Server, jieun: Person) -> None:
    for number in range(8):
        jieun.writes("솔빛제과 2024년 손님 몇 명?" if number % 2 else "달무리빵집 2024년 매출은?")
    server.wait(lambda: len(server.sent(jieun)) == 8)
    assert ["12만" in message.text for message in server.sent(jieun)] == [False, True] * 4


@pytest.mark.parametrize("method", ["setMyCommands", "setMyDescription", "setMyShortDescription", "deleteWebhook"])
def test_a_refused_optional_call_is_a_warning(
    faulty: Server, base: Base, tmp_path: Path, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    with faulty as server:
        server.fault(method, "400", description="Bad Request: no")
        with running(server, base, tmp_path):
            assert "12만 명" in asked_once(server, server.person("지은", language="ko"))
            server.wait(lambda: server.calls("setMyShortDescription"))
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_menus_are_set_in_both_languages_and_only_once(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server:
        for _ in range(2):
            with running(server, base, tmp_path):
                server.reply(server.person("Ann").writes("/sources"))
                server.wait(lambda: len(server.calls("setMyShortDescription")) == 2)
        assert len(server.calls("setMyCommands")) == 2
        assert {code for _, code in server.commands} == {"", "ko"}
        assert {language for _, language in server.texts} == {"", "ko"}


def test_what_cannot_be_finished_in_time_is_taken_up_at_the_next_start(
    faulty: Server, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "STOP_SECONDS", 0.1)
    with faulty as server:
        jieun = server.person("지은", language="ko")
        with running(server, base, tmp_path):
            server.fault("sendMessage", "429", retry_after=1)
            question = jieun.writes(FIGURE)
            server.wait(lambda: server.calls("sendMessage"))
        assert not server.sent(jieun)
        with running(server, base, tmp_path):
            assert "12만 명" in server.reply(question).text
            server.reply(jieun.writes("/sources"))
            assert len(server.sent(jieun)) == 2


def test_buttons_and_edits_work_after_a_new_start(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server:
        jieun = server.person("지은", language="ko")
        with running(server, base, tmp_path):
            question = jieun.writes(FIGURE)
            answer = server.reply(question)
        with running(server, base, tmp_path):
            jieun.presses(answer, "[1]")
            server.wait(lambda: "▸ p03" in answer.text)
            jieun.edits(question, "달무리빵집 2024년 매출은?")
            server.wait(lambda: "30억" in answer.text)
            server.check()


def test_a_strict_servers_limits_are_obeyed(faulty: Server, base: Base, tmp_path: Path) -> None:
    with faulty as server, running(server, base, tmp_path):
        server.flood = True
        jieun = server.person("지은", language="ko")
        for _ in range(3):
            jieun.writes(FIGURE)
        server.wait(lambda: len(server.sent(jieun)) == 3)
        server.check()


def test_a_long_answer_is_sent_in_order_and_edited_page_by_page(
    faulty: Server, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[list[str]] = [["one", "two", "three"], ["four"], ["five", "six"]]
    monkeypatch.setattr(pages, "to_html", lambda *_: found[0])
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        team = server.supergroup("Team", jieun)
        question = jieun.writes(f"/ask {FIGURE}", chat=team)
        server.wait(lambda: len(server.sent(team)) == 3)
        first, second, third = server.sent(team)
        assert [message.text for message in (first, second, third)] == ["one", "two", "three"]
        assert [message.reply_to for message in (first, second, third)] == [question.id, None, None]
        assert [bool(message.buttons) for message in (first, second, third)] == [False, False, True]
        del found[0]
        jieun.edits(question, "/ask 달무리빵집 2024년 매출은?")
        server.wait(lambda: [message.text for message in server.sent(team)] == ["four"])
        assert first.buttons
        jieun.presses(first, "[1]")
        server.wait(lambda: "▸" in first.text)
        del found[0]
        jieun.edits(question, "/ask 모래과자점 2024년 매출은?")
        server.wait(lambda: [message.text for message in server.sent(team)] == ["five", "six"])
        server.check()


def test_of_a_long_answer_whose_second_page_was_lost_each_page_is_sent_once(
    faulty: Server, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "to_html", lambda *_: ["one", "two", "three"])
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        server.fault("sendMessage", "drop_after", after=1)
        jieun.writes(FIGURE)
        server.wait(lambda: len(server.sent(jieun)) == 3)
        server.reply(jieun.writes("/sources"))
        assert [message.text for message in server.sent(jieun)][:3] == ["one", "two", "three"]


def test_what_came_just_before_the_end_is_confirmed(
    faulty: Server, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept = inbox.Inbox.accept
    bots: list[Running] = []

    async def accept_and_stop(self: inbox.Inbox, batch: list[dict[str, Any]], more: bool) -> None:
        accepting = asyncio.create_task(accept(self, batch, more))
        if batch:
            bots[0].end()
            await asyncio.sleep(SECONDS)  # the polling is told to stop here
        await accepting

    monkeypatch.setattr(inbox.Inbox, "accept", accept_and_stop)
    with faulty as server, running(server, base, tmp_path) as bot:
        bots.append(bot)
        server.reply(server.person("지은", language="ko").writes(FIGURE))
        bot.stop()
        assert not server.pending()


def test_a_defect_costs_one_answer_and_is_told_without_a_word_of_what_was_said(
    faulty: Server, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("CANARY")

    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        with monkeypatch.context() as patch:
            patch.setattr(pages, "to_html", fail)
            assert server.reply(jieun.writes(FIGURE)).text == say("defect", "ko")
        assert "12만 명" in server.reply(jieun.writes(FIGURE)).text
        with monkeypatch.context() as patch:
            patch.setattr(outbox.Outbox, "_carry_out", fail)
            jieun.writes(FIGURE)
            server.wait(lambda: not server.pending())
            server.wait(lambda: "left for the next start" in caplog.text)
        assert server.reply(jieun.writes("/sources"))
    assert caplog.text.count("KeyError at") == 2
    assert "CANARY" not in caplog.text
    with Server() as server, running(server, base, tmp_path):
        server.wait(lambda: server.calls("sendMessage"))  # what was left, to somebody whom this server does not know


@pytest.mark.parametrize("button", ["[1]", "👍"])
def test_a_button_that_is_still_handled_spoils_no_answer_of_an_edited_question(
    faulty: Server, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    monkeypatch.setattr(outbox, "PAUSES_SECONDS", (0.3,))
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        question = jieun.writes(FIGURE)
        answer = server.reply(question)
        method = "editMessageText" if button == "[1]" else "editMessageReplyMarkup"
        server.fault(method, "502", times=1)
        jieun.presses(answer, button)
        server.wait(lambda: any(call.fault for call in server.calls()))
        jieun.edits(question, "달무리빵집 2024년 매출은?")
        server.wait(lambda: len(server.calls(method)) == (3 if button == "[1]" else 2))  # failed, again, and the edit
        server.wait(lambda: "달무리빵집" in answer.text)
        expected = server.reply(jieun.writes("달무리빵집 2024년 매출은?"))
        assert answer.text == expected.text
        assert [one.text for one in answer.buttons] == [one.text for one in expected.buttons]
        assert [one.copy for one in answer.buttons] == [one.copy for one in expected.buttons]


def test_a_button_that_waits_for_an_edited_question_does_not_go_on_waiting(
    faulty: Server, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PATIENCE_SECONDS", 0.05)
    with faulty as server, running(server, base, tmp_path):
        jieun = server.person("지은", language="ko")
        question = jieun.writes(FIGURE)
        answer = server.reply(question)
        server.fault("editMessageText", "429", times=1, retry_after=2)
        jieun.edits(question, "달무리빵집 2024년 매출은?")
        server.wait(lambda: any(call.fault for call in server.calls("editMessageText")))
        pressed = jieun.presses(answer, "👍")
        server.wait(lambda: pressed.answer is not None, timeout=1.5)
        server.wait(lambda: "달무리빵집" in answer.text)
