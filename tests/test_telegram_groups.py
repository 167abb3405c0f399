"""A group: the bot speaks only when it is spoken to, in reply, in the topic that it was spoken to in."""

from collections.abc import Callable

import pytest
from telegram_server import Chat, Person, Server
from telegram_server.text import find

from bot.phrases import say

FIGURE = "솔빛제과 2024년 손님 몇 명?"


@pytest.fixture
def team(server: Server, jieun: Person, ann: Person) -> Chat:
    return server.supergroup("Team", jieun, ann)


@pytest.fixture
def silent(server: Server, team: Chat, ann: Person) -> Callable[[], None]:
    """Asserts that nothing was said to all that went before: what comes after it is answered first."""

    def silent() -> None:
        last = server.reply(ann.writes(f"/ask@{server.bot['username']} how many visitors did Dalmuri have?", chat=team))
        assert [message.id for message in server.sent(team)] == [last.id]

    return silent


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"@gakju_test_bot {FIGURE}", id="mention"),
        pytest.param(f"{FIGURE} @Gakju_Test_Bot", id="mention behind, in other case"),
        pytest.param(f"/ask {FIGURE}", id="command"),
        pytest.param(f"/ask@gakju_test_bot {FIGURE}", id="command by name"),
        pytest.param(f"/ask @gakju_test_bot {FIGURE}", id="command and mention"),
    ],
)
def test_a_question_to_the_bot_is_answered_in_reply(server: Server, team: Chat, jieun: Person, text: str) -> None:
    question = jieun.writes(text, chat=team)
    answer = server.reply(question)
    assert "12만 명" in answer.text
    assert answer.reply_to == question.id


def test_a_basic_group_is_like_any_other(server: Server, jieun: Person) -> None:
    group = server.group("Group", jieun)
    question = jieun.writes(f"@gakju_test_bot {FIGURE}", chat=group)
    assert server.reply(question).reply_to == question.id


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FIGURE, id="a question to nobody"),
        pytest.param("@other_bot 솔빛제과 손님 몇 명?", id="a mention of another"),
        pytest.param("/ask@other_bot 솔빛제과 손님 몇 명?", id="another bot's command"),
        pytest.param("/nothing", id="an unknown command"),
        pytest.param("/help", id="a command that may be any bot's"),
        pytest.param("gakju_test_bot@example.com", id="an address"),
        pytest.param("@gakju_test_bot_2 솔빛제과 손님", id="a longer name"),
    ],
)
def test_what_is_not_meant_for_the_bot_is_met_with_silence(
    team: Chat, jieun: Person, text: str, silent: Callable[[], None]
) -> None:
    jieun.writes(text, chat=team)
    silent()


@pytest.mark.parametrize("kind", ["photo", "sticker", "voice", "location", "dice"])
def test_pictures_and_the_like_are_met_with_silence(
    team: Chat, jieun: Person, kind: str, silent: Callable[[], None]
) -> None:
    jieun.sends(kind, chat=team)
    silent()


def test_a_caption_that_mentions_the_bot_is_a_question(server: Server, team: Chat, jieun: Person) -> None:
    question = jieun.sends("photo", caption=f"@gakju_test_bot {FIGURE}", chat=team)
    assert "12만 명" in server.reply(question).text


def test_a_command_by_name_is_answered_in_a_group_too(server: Server, team: Chat, ann: Person) -> None:
    assert "Corner Bakeries" in server.reply(ann.writes("/sources@gakju_test_bot", chat=team)).text
    assert server.reply(ann.writes("/nothing@gakju_test_bot", chat=team)).text == say("unknown_command", "en")


@pytest.mark.parametrize("text", ["@gakju_test_bot /sources", "/sources @Gakju_Test_Bot", " @gakju_test_bot  /sources"])
def test_a_command_beside_the_bots_name_is_the_bots(server: Server, team: Chat, ann: Person, text: str) -> None:
    assert "Corner Bakeries" in server.reply(ann.writes(text, chat=team)).text


def test_what_follows_a_command_behind_the_bots_name_is_what_it_is_given(
    server: Server, team: Chat, jieun: Person
) -> None:
    assert "12만 명" in server.reply(jieun.writes(f"@gakju_test_bot /ask {FIGURE}", chat=team)).text
    facts = server.reply(jieun.writes("@gakju_test_bot /facts 달무리빵집", chat=team)).text
    assert "달무리빵집" in facts
    assert "모래과자점" not in facts


@pytest.mark.parametrize(
    "text",
    [
        f"@other_bot {FIGURE}",
        f"  @Other_Bot {FIGURE}",
        f"/sources@other_bot {FIGURE}",
        f"@gakju_test_bot /x@other_bot {FIGURE}",
    ],
)
def test_a_reply_to_the_bot_that_begins_with_another_bots_name_is_for_that_one(
    server: Server, team: Chat, jieun: Person, text: str
) -> None:
    answer = server.reply(jieun.writes("/ask 솔빛제과 2024년 매출은?", chat=team))
    jieun.writes(text, chat=team, reply_to=answer)
    question = jieun.writes("그럼 @jieun 달무리빵집은?", chat=team, reply_to=answer)
    assert server.reply(question).reply_to == question.id
    assert len(server.sent(team)) == 2


@pytest.mark.parametrize(
    "text", ["@someone_else 솔빛제과 손님", "솔빛제과 손님 @someone_else", "@Some1 @somebody_2024 솔빛제과 손님"]
)
def test_the_names_of_people_are_no_part_of_what_is_asked(server: Server, team: Chat, jieun: Person, text: str) -> None:
    answer = server.reply(jieun.writes(f"@gakju_test_bot {text}", chat=team)).text
    assert answer == server.reply(jieun.writes("/ask 솔빛제과 손님", chat=team)).text
    assert "12만 명" in answer


def test_the_name_of_a_person_who_has_none_with_an_at_is_no_part_of_it_either(
    server: Server, jieun: Person, ann: Person
) -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 9, "user": ann.json}
    answer = server.reply(jieun.writes("Ann Smith 솔빛제과 손님", entities=[entity])).text
    assert answer == server.reply(jieun.writes("솔빛제과 손님")).text


def test_a_reply_to_the_bot_needs_no_mention(server: Server, team: Chat, jieun: Person) -> None:
    answer = server.reply(jieun.writes("/ask 솔빛제과 2024년 매출은?", chat=team))
    question = jieun.writes("그럼 달무리빵집은?", chat=team, reply_to=answer)
    assert "30억" in server.reply(question).text


def test_a_reply_to_an_answer_that_somebody_else_got_leans_on_it(
    server: Server, team: Chat, jieun: Person, ann: Person
) -> None:
    answer = server.reply(jieun.writes("/ask 솔빛제과 2024년 매출은?", chat=team))
    assert "3 billion" in server.reply(ann.writes("and Dalmuri?", chat=team, reply_to=answer)).text


def test_a_command_in_reply_to_the_bot_needs_no_name(server: Server, team: Chat, jieun: Person) -> None:
    answer = server.reply(jieun.writes("/ask 솔빛제과 2024년 매출은?", chat=team))
    assert "골목 빵집" in server.reply(jieun.writes("/sources", chat=team, reply_to=answer)).text


def test_a_stroke_that_is_no_command_is_one_word_more(server: Server, team: Chat, jieun: Person) -> None:
    answer = server.reply(jieun.writes("/ask 솔빛제과 2024년 매출은?", chat=team))
    question = jieun.writes(f"/ {FIGURE}", chat=team, reply_to=answer)
    assert "12만 명" in server.reply(question).text


def test_a_reply_to_somebody_else_is_none_of_its_business(
    team: Chat, jieun: Person, ann: Person, silent: Callable[[], None]
) -> None:
    jieun.writes(FIGURE, chat=team, reply_to=ann.writes("hello", chat=team))
    silent()


@pytest.mark.parametrize("call", ["@gakju_test_bot", "/ask", "/ask@gakju_test_bot"])
def test_who_only_calls_the_bot_in_reply_to_a_question_asks_that_question(
    server: Server, team: Chat, jieun: Person, ann: Person, call: str
) -> None:
    question = jieun.writes(FIGURE, chat=team)
    call_ = ann.writes(call, chat=team, reply_to=question)
    answer = server.reply(call_)
    assert "12만 명" in answer.text
    assert answer.reply_to == call_.id


def test_who_only_calls_the_bot_is_asked_what_for(server: Server, team: Chat, ann: Person) -> None:
    assert server.reply(ann.writes("@gakju_test_bot", chat=team)).text == say("empty", "en")


def test_who_calls_the_bot_in_reply_to_its_answer_does_not_ask_that_answer(
    server: Server, team: Chat, ann: Person
) -> None:
    answer = server.reply(ann.writes("/ask how many visitors did Dalmuri have?", chat=team))
    assert server.reply(ann.writes("@gakju_test_bot", chat=team, reply_to=answer)).text == say("empty", "en")


def test_an_answer_stays_in_its_topic_and_in_general_names_none(server: Server, jieun: Person) -> None:
    forum = server.forum("Forum", jieun, topics=("빵",))
    topic = forum.topics["빵"]
    assert server.reply(jieun.writes(f"/ask {FIGURE}", chat=forum, topic=topic)).topic == topic
    general = server.reply(jieun.writes(f"/ask {FIGURE}", chat=forum))
    assert general.topic is None
    assert "message_thread_id" not in general.params


def test_a_message_that_names_the_general_topic_is_answered_without_it(server: Server, jieun: Person) -> None:
    forum = server.forum("Forum", jieun, topics=("빵",))
    with server.world.changed:
        topic = {"message_thread_id": 1, "is_topic_message": True}
        text = f"/ask@gakju_test_bot {FIGURE}"
        question = server.world.write(forum, jieun.json, {"text": text, "entities": find(text), **topic})
        server.tell(question, "message")
    server.wait(lambda: server.sent(forum))
    (call,) = server.calls("sendMessage", forum)
    assert "message_thread_id" not in call.params


def test_a_message_in_a_topic_is_no_reply_to_who_began_the_topic(server: Server, jieun: Person) -> None:
    forum = server.forum("Forum", jieun, topics=("빵",))
    jieun.writes(FIGURE, chat=forum, topic=forum.topics["빵"])
    last = server.reply(jieun.writes(f"/ask {FIGURE}", chat=forum))
    assert [message.id for message in server.sent(forum)] == [last.id]


def test_follow_ups_are_of_one_person_in_one_topic(server: Server, jieun: Person, ann: Person) -> None:
    forum = server.forum("Forum", jieun, ann, topics=("빵", "빵2"))
    here, there = forum.topics["빵"], forum.topics["빵2"]
    server.reply(jieun.writes("/ask 솔빛제과 2024년 매출은?", chat=forum, topic=here))
    follow_up = "/ask 그럼 달무리빵집은?"
    assert "30억" not in server.reply(jieun.writes(follow_up, chat=forum, topic=there)).text.splitlines()[0]
    assert "30억" not in server.reply(ann.writes(follow_up, chat=forum, topic=here)).text.splitlines()[0]
    assert "30억" in server.reply(jieun.writes(follow_up, chat=forum, topic=here)).text


def test_an_edit_counts_where_the_question_was_answered(server: Server, team: Chat, jieun: Person) -> None:
    question = jieun.writes(f"@gakju_test_bot {FIGURE}", chat=team)
    answer = server.reply(question)
    jieun.edits(question, "달무리빵집 2024년 매출은?")  # without our name
    server.wait(lambda: "30억" in server.sent(team)[-1].text)
    assert [message.id for message in server.sent(team)] == [answer.id]


def test_an_edit_that_is_now_for_another_bot_changes_nothing(server: Server, team: Chat, jieun: Person) -> None:
    question = jieun.writes(f"/ask {FIGURE}", team)
    answer = server.reply(question)
    before = answer.text
    for text in ("/ask@other_bot 뭐야?", "@other_bot 달무리빵집 매출?"):
        jieun.edits(question, text)
        server.reply(jieun.writes("/ask 달무리빵집 매출?", team))
        assert answer.text == before


def test_an_edit_that_now_calls_the_bot_is_answered(server: Server, team: Chat, jieun: Person) -> None:
    question = jieun.writes(FIGURE, chat=team)
    jieun.edits(question, f"@gakju_test_bot {FIGURE}")
    assert server.reply(question).reply_to == question.id


def test_an_edit_of_what_was_never_asked_is_met_with_silence(
    team: Chat, jieun: Person, silent: Callable[[], None]
) -> None:
    message = jieun.writes("안녕", chat=team)
    jieun.edits(message, FIGURE)
    silent()


def test_an_anonymous_admin_is_answered(server: Server, team: Chat) -> None:
    question = server.anonymous(team, f"/ask {FIGURE}")
    assert "12만 명" in server.reply(question).text


def test_what_was_sent_through_a_bot_or_a_channel_is_met_with_silence(
    server: Server, team: Chat, jieun: Person, silent: Callable[[], None]
) -> None:
    server.via_bot(jieun, f"@gakju_test_bot {FIGURE}", chat=team)
    channel = server.channel("News")
    server.posts(channel, f"@gakju_test_bot {FIGURE}")
    silent()
    assert not server.sent(channel)


def test_a_group_that_becomes_a_supergroup_is_answered_there(server: Server, jieun: Person) -> None:
    group = server.group("Group", jieun)
    server.reply(jieun.writes("/ask 솔빛제과 2024년 매출은?", chat=group))
    team = server.migrate(group)
    assert "30억" in server.reply(jieun.writes("/ask 그럼 달무리빵집은?", chat=team)).text
