"""Who is answered: the list holds for every kind of update."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram_running import running
from telegram_server import Person, Server

from bot.errors import GakjuError
from bot.knowledge.base import Base
from bot.phrases import say
from bot.settings import Settings
from bot.telegram_bot.access import CLOSED, Access, check_closed

FIGURE = "솔빛제과 2024년 손님 몇 명?"


@pytest.fixture
def closed() -> Iterator[Server]:
    with Server() as server:
        yield server
        server.check()


@pytest.fixture
def member(closed: Server) -> Person:
    return closed.person("Member", language="ko")


@pytest.fixture
def stranger(closed: Server, member: Person, base: Base, tmp_path: Path) -> Iterator[Person]:
    """Somebody who is not on the list of a bot that answers only `member`."""
    with running(closed, base, tmp_path, TELEGRAM_ALLOWED_CHATS=str(member.id)):
        yield closed.person("Stranger", language="en")


def test_who_is_on_the_list_is_answered(closed: Server, member: Person, stranger: Person) -> None:
    assert "12만 명" in closed.reply(member.writes(FIGURE)).text
    assert not closed.sent(stranger)


def test_a_stranger_is_told_once_an_hour_what_to_give_the_admin(
    closed: Server, member: Person, stranger: Person
) -> None:
    refusal = closed.reply(stranger.writes(FIGURE))
    assert refusal.text == say("not_allowed", "en", id=stranger.id)
    for text in (FIGURE, "/start", "/privacy"):
        stranger.writes(text)
    closed.reply(member.writes(FIGURE))
    closed.wait(lambda: not closed.pending())
    assert [message.id for message in closed.sent(stranger)] == [refusal.id]


def test_edits_inline_questions_and_guests_are_checked_too(closed: Server, member: Person, stranger: Person) -> None:
    message = stranger.writes(FIGURE)
    closed.reply(message)
    stranger.edits(message, "달무리빵집 2024년 매출은?")
    inline = stranger.inline(FIGURE)
    guest = stranger.summons(f"@gakju_test_bot {FIGURE}")
    closed.wait(lambda: inline.answer)
    assert inline.answer is not None
    assert inline.answer["results"] == []
    assert inline.answer["is_personal"] is True
    closed.reply(member.writes(FIGURE))
    assert guest.answer is None
    assert len(closed.sent(stranger)) == 1


def test_a_strangers_press_is_refused(closed: Server, member: Person, stranger: Person) -> None:
    group = closed.supergroup("Group", member, stranger)
    answer = closed.reply(member.writes(f"/ask {FIGURE}", chat=group))
    was = answer.html
    pressed = stranger.presses(answer, "[1]")
    closed.wait(lambda: pressed.answer)
    assert pressed.answer is not None
    assert pressed.answer["text"] == say("not_allowed_here", "en")
    assert answer.html == was


def test_a_stranger_in_a_group_is_met_with_silence_and_a_member_answered(
    closed: Server, member: Person, stranger: Person
) -> None:
    group = closed.supergroup("Group", member, stranger)
    stranger.writes(f"/ask {FIGURE}", chat=group)
    answer = closed.reply(member.writes(f"/ask {FIGURE}", chat=group))
    assert [message.id for message in closed.sent(group)] == [answer.id]


def test_all_in_a_group_on_the_list_are_answered_there_also_when_it_becomes_a_supergroup(
    closed: Server, base: Base, tmp_path: Path
) -> None:
    somebody = closed.person("Somebody", language="ko")
    group = closed.group("Group", somebody)
    with running(closed, base, tmp_path, TELEGRAM_ALLOWED_CHATS=str(group.id)):
        assert "12만 명" in closed.reply(somebody.writes(f"/ask {FIGURE}", chat=group)).text
        team = closed.migrate(group)
        assert "12만 명" in closed.reply(somebody.writes(f"/ask {FIGURE}", chat=team)).text
    with running(closed, base, tmp_path, TELEGRAM_ALLOWED_CHATS=str(group.id)):  # after a new start as well
        assert "12만 명" in closed.reply(somebody.writes(f"/ask {FIGURE}", chat=team)).text


def test_a_guest_is_answered_as_the_person_that_they_are_whatever_the_chat(
    closed: Server, base: Base, tmp_path: Path
) -> None:
    member, stranger = closed.person("Member", language="ko"), closed.person("Stranger", language="en")
    chat = closed.foreign("Somewhere", member, stranger)
    listed = f"{chat.id},{member.id}"
    with running(closed, base, tmp_path, TELEGRAM_ALLOWED_CHATS=listed):
        refused, answered = (person.summons(f"@gakju_test_bot {FIGURE}", chat) for person in (stranger, member))
        closed.wait(lambda: answered.answer)
        closed.reply(member.writes(FIGURE))
        assert refused.answer is None


def test_admins_are_answered_and_see_reports(closed: Server, base: Base, tmp_path: Path) -> None:
    admin, other = closed.person("Admin", language="ko"), closed.person("Other", language="ko")
    with running(closed, base, tmp_path, TELEGRAM_ADMINS=str(admin.id), TELEGRAM_ALLOWED_CHATS=str(other.id)):
        for question in ("솔빛제과 주소는?", "솔빛제과의 주소", "솔빛제과는 주소가 어디야?"):
            closed.reply(other.writes(question))
        answer = closed.reply(admin.writes(FIGURE))
        pressed = admin.presses(answer, "👍")
        closed.wait(lambda: pressed.answer)
        stats = closed.reply(admin.writes("/stats")).text
        assert say("stats_questions", "ko", count=4, people=2, chats=2) in stats
        assert "답 없음: 3" in stats
        assert say("stats_votes", "ko", good=1, bad=0) in stats
        assert say("stats_waiting", "ko", count=0) in stats
        gaps = closed.reply(admin.writes("/gaps")).text
        assert say("gap", "ko", times=3, people=1) in gaps
        assert str(other.id) not in gaps
        assert closed.reply(other.writes("/gaps")).text == say("unknown_command", "ko")
        assert closed.reply(other.writes("/stats")).text == say("unknown_command", "ko")
        closed.reply(admin.writes("/start"))
        closed.wait(lambda: any(scope != "default" for scope, _ in closed.commands))


def test_what_people_ask_is_not_shown_to_a_group(closed: Server, base: Base, tmp_path: Path) -> None:
    admin = closed.person("Admin", language="ko")
    team = closed.supergroup("Team", admin)
    with running(closed, base, tmp_path, TELEGRAM_ADMINS=str(admin.id)):
        closed.reply(admin.writes("솔빛제과 주소는?"))
        for command in ("/gaps", "/stats"):
            said = closed.reply(admin.writes(f"{command}@gakju_test_bot", chat=team)).text
            assert said == say("only_private", "ko")


@pytest.mark.parametrize(
    ("allowed", "chat", "person", "answered"),
    [
        ("*", 1, 2, True),
        (frozenset({2}), 1, 2, True),
        (frozenset({1}), 1, 2, True),
        (frozenset({-5}), 1, 2, False),
        (frozenset(), None, 2, False),
        (frozenset(), 1, None, False),
        (frozenset({2}), None, 2, True),
        (frozenset(), 1, 9, True),
    ],
)
def test_a_chat_or_a_person_on_the_list_or_an_admin_is_answered(
    allowed: frozenset[int] | str, chat: int | None, person: int | None, answered: bool
) -> None:
    access = Access("*" if allowed == "*" else frozenset(allowed), frozenset({9}))  # type: ignore[arg-type]
    assert access.allows(chat, person) is answered


def test_only_a_group_on_the_list_moves_with_its_new_id() -> None:
    access = Access(frozenset({-5}), frozenset(), {-5: -1005, -6: -1006})
    assert access.allows(-1005, None)
    assert not access.allows(-1006, None)


def test_a_knowledge_base_of_ones_own_is_served_to_those_on_a_list_only() -> None:
    nobody = Settings(_env_file=None)
    assert check_closed(nobody, ships=True) == "*"
    with pytest.raises(GakjuError, match="TELEGRAM_ALLOWED_CHATS") as error:
        check_closed(nobody, ships=False)
    assert str(error.value) == CLOSED
    everybody = Settings(_env_file=None, TELEGRAM_ALLOWED_CHATS="*")
    assert check_closed(everybody, ships=False) == "*"
