"""What the documents could not answer: questions that ask alike, together."""

import json
from pathlib import Path

import pytest
from conftest import Ask
from test_store import asked

from bot.answer import answer
from bot.answer.gaps import Unanswered, gaps, likeness, words_of
from bot.answer.other import others
from bot.cli.gaps import gaps as print_gaps
from bot.knowledge.base import Base
from bot.store import answers
from bot.store.engine import engine, reading


def unanswered(*questions: str, people: str = "abcdefgh") -> list[Unanswered]:
    return [
        Unanswered(question, (), person, float(number))
        for number, (question, person) in enumerate(zip(questions, people * 9, strict=False))
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("솔빛제과 주소는?", "솔빛제과의 주소가 어디야?"),
        ("솔빛제과 주소", "solbit 주소 알려줘"),
        ("솔빛제과 직원은?", "how many employees does Solbit have?"),
    ],
)
def test_questions_for_the_same_in_other_words_ask_alike(base: Base, one: str, other: str) -> None:
    assert len(gaps(unanswered(one, other), base, lambda question, _: answer(question, base))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("솔빛제과 주소는?", "달무리빵집 주소는?"),
        ("솔빛제과 주소는?", "솔빛제과 전화번호는?"),
        ("오늘 날씨?", "내일 환율?"),
    ],
)
def test_questions_for_something_else_do_not(base: Base, one: str, other: str) -> None:
    assert len(gaps(unanswered(one, other), base, lambda question, _: answer(question, base))) == 2


def test_gaps_are_counted_with_their_people_the_most_asked_first(base: Base) -> None:
    questions = ("오늘 날씨?", "솔빛제과 주소는?", "솔빛제과 주소 어디?", "솔빛제과의 주소")
    found = gaps(unanswered(*questions, people="abba"), base, lambda question, _: answer(question, base))
    assert [(len(gap.questions), gap.people, gap.last.question) for gap in found] == [
        (3, 2, "솔빛제과의 주소"),
        (1, 1, "오늘 날씨?"),
    ]


def test_a_gap_that_the_documents_fill_by_now_is_marked(base: Base) -> None:
    found = gaps(
        unanswered("솔빛제과 2024년 손님은?", "솔빛제과 주소는?"), base, lambda question, _: answer(question, base)
    )
    assert {gap.last.question: gap.answered for gap in found} == {
        "솔빛제과 2024년 손님은?": True,
        "솔빛제과 주소는?": False,
    }


@pytest.mark.parametrize("text", ["", "?", "😀", "ㅋㅋ", "는 은 이"])
def test_what_has_no_weighty_word_is_like_itself_only(base: Base, text: str) -> None:
    words = words_of(text, base)
    assert likeness(words, words) == 1
    assert likeness(words, words_of("솔빛제과 주소", base)) == 0


def test_the_command_prints_a_line_for_each_gap(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GAKJU_STATE_DIR", str(tmp_path))
    with reading(engine(None, tmp_path)) as db:
        for number, question in enumerate(("솔빛제과 주소는?", "솔빛제과의 주소", "오늘 날씨?")):
            day = 1_750_000_000.0 + number
            answers.add(db, asked(f"a{number}", question, kind="not_found", person=number, asked=day))
    print_gaps(as_json=False, kb=root)
    header, first, second = capsys.readouterr().out.splitlines()
    assert header.split("\t") == ["times", "people", "last", "now", "question"]
    assert first.split("\t")[:2] + first.split("\t")[3:] == ["2", "2", "", "솔빛제과의 주소"]
    assert second.split("\t")[4] == "오늘 날씨?"
    print_gaps(as_json=True, kb=root)
    record = json.loads(capsys.readouterr().out.splitlines()[0])
    assert record["questions"] == ["솔빛제과 주소는?", "솔빛제과의 주소"]
    assert len(record["people"]) == 2


def test_the_command_prints_only_the_header_where_nothing_was_asked(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GAKJU_STATE_DIR", str(tmp_path / "new"))
    print_gaps(as_json=False, kb=root)
    assert len(capsys.readouterr().out.splitlines()) == 1


# ── other readings ───────────────────────────────────────────────────────────────────────────────


def test_what_was_read_as_of_one_period_can_be_asked_as_of_another(ask: Ask, base: Base) -> None:
    found = ask("솔빛제과와 달무리빵집 손님 수 비교")
    assert found.reading == "2024년 기준으로 읽음"
    assert others(found, base) == ("2023년 기준 솔빛제과와 달무리빵집 손님 수 비교",)


def test_a_name_alone_can_be_asked_for_another_of_its_figures(ask: Ask, base: Base) -> None:
    found = ask("달무리빵집 얼마?")
    assert found.reading == "‘손님 수’ 기준으로 읽음"
    assert others(found, base) == ("달무리빵집의 매출은?", "달무리빵집의 보조금은?")
    assert all(ask(question).kind == "figure" for question in others(found, base))


def test_a_question_that_was_misspelt_has_no_other_reading(ask: Ask, base: Base) -> None:
    found = ask("솔빗제과 2024년 손님 수는?")
    assert found.reading
    assert others(found, base) == ()


def test_a_plain_question_has_no_other_reading(ask: Ask, base: Base) -> None:
    assert others(ask("솔빛제과 2024년 손님 수는?"), base) == ()
    assert others(ask("솔빛제과 주소는?"), base) == ()
