"""Names in other letters than the articles have them in."""

import pytest
from conftest import FILES, Make, first_quote
from hypothesis import given
from hypothesis import strategies as st

from bot import library
from bot.answer import answer
from bot.answer.hearing import heard
from bot.knowledge.base import Base
from bot.language.sounds import heads, names_of, sound

KOREAN = """\
---
title: 회사 소개
language: ko
---

# 회사 소개

나래는 2019년에 세워진 회사다. 나래노트는 이 회사의 제품이다.

김도윤 대표가 제품을 맡고, 최민지 매니저는 Lumio 도입을 이끈다.
"""
ENGLISH = """\
---
title: People
language: en
---

# People

Doyun Kim looks after the Haneul cluster, which has four nodes.

Ryan and Rachel write the release notes.
"""


@pytest.mark.parametrize(
    ("latin", "hangul"),
    [
        ("Narae", "나래"),
        ("Lumio", "루미오"),
        ("Bitflow", "비트플로우"),
        ("Doyun", "도윤"),
        ("Park", "박"),
        ("Jung", "정"),
        ("Hyunwoo", "현우"),
        ("Haneul", "하늘"),
        ("Notion", "노션"),
        ("Grafana", "그라파나"),
        ("Cicero", "시세로"),
        ("Coupang", "쿠팡"),
    ],
)
def test_a_name_sounds_alike_in_both_scripts(latin: str, hangul: str) -> None:
    assert sound(latin) == sound(hangul)


@pytest.mark.parametrize(("one", "another"), [("나래", "노래"), ("Narae", "나라"), ("Lumio", "루미")])
def test_other_names_sound_otherwise(one: str, another: str) -> None:
    assert sound(one) != sound(another)


def test_a_korean_name_is_heard_with_and_without_surname_and_particles() -> None:
    assert {("kimtoyon", "김도윤"), ("toyon", "김도윤")} <= names_of("김도윤은 왔다")


@given(st.text(max_size=40))
def test_any_text_has_some_names_or_none(text: str) -> None:
    for heard_as, name in names_of(text):
        assert heard_as
        assert name in text


@given(st.text("가나다라마바사아자차카타파하는은이", min_size=2, max_size=9))
def test_a_word_is_its_head_and_its_particles(word: str) -> None:
    assert all(head + tail == word for head, tail in heads(word))


@pytest.fixture(params=["memory", "disk"])
def korean(request: pytest.FixtureRequest, make: Make) -> Base:
    return library.load(make({**dict.fromkeys(FILES), "corpus/company.md": KOREAN}), request.param)


@pytest.fixture(params=["memory", "disk"])
def english(request: pytest.FixtureRequest, make: Make) -> Base:
    return library.load(make({**dict.fromkeys(FILES), "corpus/people.md": ENGLISH}), request.param)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("when was Narae set up?", "2019년", id="a company"),
        pytest.param("narae set up when", "2019년", id="typed small"),
        pytest.param("what is Narae Note", "제품", id="one word there, two here"),
        pytest.param("What does Kim Doyun look after?", "김도윤", id="a person"),
        pytest.param("What does Doyun Kim look after?", "김도윤", id="the surname last"),
        pytest.param("what does Minji lead?", "최민지", id="a given name"),
        pytest.param("루미오 도입은 누가 이끌어?", "Lumio", id="a Latin name in Hangul"),
    ],
)
def test_a_name_is_found_in_korean_articles(korean: Base, question: str, said: str) -> None:
    assert said in first_quote(answer(question, korean))


@pytest.mark.parametrize("question", ["하늘 클러스터는 누가 봐?", "김도윤은 뭘 봐?", "도윤은 무슨 클러스터를 봐?"])
def test_a_name_is_found_in_english_articles(english: Base, question: str) -> None:
    assert "Haneul" in first_quote(answer(question, english))


def test_a_word_with_its_particle_is_no_name(english: Base) -> None:
    question = "저장 용량은 얼마야?"  # 량은 would sound as Ryan does
    assert heard(question, english) == (question, [])


def test_of_names_that_sound_alike_the_one_spelled_so_is_meant(make: Make) -> None:
    text = KOREAN.replace("최민지", "김도연")
    base = library.load(make({**dict.fromkeys(FILES), "corpus/company.md": text}))
    assert heard("Doyun, Doyeon", base)[0] == "김도윤, 김도연"


def test_a_name_that_no_article_has_any_longer_is_not_heard(make: Make) -> None:
    root = make({**dict.fromkeys(FILES), "corpus/company.md": KOREAN, "corpus/people.md": ENGLISH})
    assert heard("who leads Minji?", library.load(root, "disk"))[1] == [("Minji", "최민지")]
    (root / "corpus/company.md").unlink()
    assert heard("who leads Minji?", library.load(root, "disk"))[1] == []


def test_what_was_heard_is_told_and_the_language_stays(korean: Base) -> None:
    found = answer("Narae set up when", korean)
    assert found.language == "en"
    assert "나래" in (found.reading or "")


@pytest.mark.parametrize(
    "question", ["나래는 언제 세워졌어?", "who leads Lumio?", "What does Jaehyun lead?", "솔라나는 뭐야?"]
)
def test_a_name_that_is_there_or_that_nothing_sounds_like_stays(korean: Base, question: str) -> None:
    assert heard(question, korean) == (question, [])
