"""Inline mode and guest mode: asked in chats that the bot is not in."""

from typing import Any

import pytest
from telegram_server import Person, Server

FIGURE = "솔빛제과 2024년 손님 몇 명?"


def results(server: Server, person: Person, words: str) -> dict[str, Any]:
    """What somebody is offered who types the bot's name and `words`."""
    query = person.inline(words)
    server.wait(lambda: query.answer)
    assert query.answer is not None
    return query.answer


def test_an_inline_question_offers_its_answer_first(server: Server, jieun: Person) -> None:
    first = results(server, jieun, FIGURE)["results"][0]
    assert "12만 명" in first["title"]
    assert "12만 명" in first["input_message_content"]["message_text"]
    assert "start=bakeries_p03" in first["input_message_content"]["message_text"]


def test_inline_results_are_for_the_asker_only_and_soon_forgotten(server: Server, jieun: Person) -> None:
    answer = results(server, jieun, FIGURE)
    assert answer["is_personal"] is True
    assert answer["cache_time"] <= 10


def test_further_passages_are_offered_after_the_answer(server: Server, jieun: Person) -> None:
    offered = results(server, jieun, "솔빛제과는 왜 천연 효모를 써?")["results"]
    assert "효모" in offered[0]["input_message_content"]["message_text"]
    assert len({result["id"] for result in offered}) == len(offered)


@pytest.mark.parametrize(("language", "words"), [("ko", "물어보세요"), ("en", "Ask about")])
def test_nothing_typed_yet_offers_help_in_the_persons_language(server: Server, language: str, words: str) -> None:
    person = server.person("Somebody", language=language)
    assert words in results(server, person, "")["results"][0]["input_message_content"]["message_text"]


def test_an_inline_question_without_an_answer_says_so(server: Server, jieun: Person) -> None:
    assert "찾지 못했습니다" in results(server, jieun, "솔빛제과 주소는?")["results"][0]["title"]


def test_a_chosen_result_is_sent_as_the_persons_own_message(server: Server, jieun: Person) -> None:
    query = jieun.inline(FIGURE)
    server.wait(lambda: query.answer)
    message = jieun.chooses(query, query.results[0]["id"])
    assert "12만 명" in message.text


def test_a_guest_is_answered_once_in_the_chat_where_the_bot_was_called(server: Server, jieun: Person) -> None:
    called = jieun.summons(f"@gakju_test_bot {FIGURE}")
    server.wait(lambda: called.answer)
    assert called.answer is not None
    assert "12만 명" in called.answer["result"]["input_message_content"]["message_text"]
    assert len(server.calls("answerGuestQuery")) == 1


@pytest.mark.parametrize(
    "words",
    [
        "/ask {}",
        "/ask@gakju_test_bot {}",
        "/facts {}",
        "@gakju_test_bot {}",
        "@Gakju_Test_Bot /ask {}",
        "{} @gakju_test_bot",
    ],
)
def test_our_name_and_the_command_are_no_part_of_what_is_asked_elsewhere(
    server: Server, jieun: Person, words: str
) -> None:
    plain = results(server, jieun, FIGURE)["results"][0]
    assert results(server, jieun, words.format(FIGURE))["results"][0] == plain
    called = jieun.summons(words.format(FIGURE))
    server.wait(lambda: called.answer)
    assert called.answer is not None
    assert called.answer["result"] == plain


@pytest.mark.parametrize("words", ["@gakju_test_bot", "@gakju_test_bot /facts", "/start@gakju_test_bot"])
def test_who_asks_nothing_elsewhere_is_told_in_their_language_what_to_ask(
    server: Server, jieun: Person, words: str
) -> None:
    called = jieun.summons(words)
    server.wait(lambda: called.answer)
    assert called.answer is not None
    assert called.answer["result"] == results(server, jieun, "")["results"][0]


@pytest.mark.parametrize("words", ["", "x" * 256, "<b>", "\u202e", "😀"])
def test_whatever_is_typed_inline_gets_results(server: Server, jieun: Person, words: str) -> None:
    assert results(server, jieun, words)["results"]
