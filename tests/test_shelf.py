"""A large knowledge base: answered from disk as from memory, changed only where its files change, and never by half."""

import json
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import FILES, Files, Make, added, changed

from bot import cache, library
from bot.answer import answer
from bot.errors import GakjuError
from bot.knowledge.base import Base
from bot.shelf import analysing, filling
from bot.shelf.place import HIDDEN, POINTER, TABLES, place_of

QUESTIONS = (
    "솔빛제과 손님 몇 명이야?",
    "솔빛제과 2023년 손님은?",
    "How many visitors did Solbit have?",
    "달무리 매출이 솔빛제과의 몇 배야?",
    "어느 빵집의 매출이 가장 높아?",
    "which bakery had the most visitors",
    "모래과자점 보조금은 언제보다 늘었어?",
    "빵집들의 매출을 모두 알려줘",
    "what is the 3 billion won",
    "왜 빵이 쉽게 굳지 않아?",
    "밀가루 값이 왜 비싸졌어?",
    "What is Dalmuri?",
    "솔빛재과 매출",
    "solbitt sales",
    "thkfqlc 매출",
    "소금빵 얼마야?",
    "매출이 10억 원 넘는 빵집",
    "guide's date",
    "무슨 질문을 할 수 있어?",
    "오늘 날씨 어때?",
    "무화과 케이크 값은?",
    "골목 빵집 제목이 뭐야?",
)


def texts(base: Base, *questions: str) -> list[str]:
    return [answer(question, base).text for question in questions]


def alike(root: Path) -> None:
    """Whether the shelf answers as memory does."""
    memory, shelf = library.load(root, "memory"), library.load(root, "disk")
    assert shelf.records.remembered is not None
    for question in QUESTIONS:
        assert answer(question, shelf) == answer(question, memory)


# ── the same answers ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_from_disk_is_that_from_memory(question: str, base: Base, shelf: Base) -> None:
    assert answer(question, shelf) == answer(question, base)


def test_a_follow_up_from_disk_is_that_from_memory(base: Base, shelf: Base) -> None:
    context = ("솔빛제과 매출은?",)
    assert answer("손님은?", shelf, context) == answer("손님은?", base, context)


def test_what_is_read_from_disk_is_what_the_files_say(base: Base, shelf: Base) -> None:
    assert dict(shelf.passages) == dict(base.passages)
    assert dict(shelf.documents) == dict(base.documents)
    assert list(shelf.facts) == list(base.facts)
    assert len(shelf.facts) == len(base.facts)
    assert dict(shelf.names.entities) == dict(base.names.entities)
    assert dict(shelf.names.metrics) == dict(base.names.metrics)
    assert shelf.all_sentence_terms() == base.all_sentence_terms()
    assert shelf.sentence_length == base.sentence_length
    assert shelf.year == base.year
    assert shelf.records.readable == base.records.readable
    assert sorted(shelf.order, key=shelf.order.__getitem__) == list(base.order)
    for name in base.passages:
        assert shelf.near(name, 2, 1) == base.near(name, 2, 1)
        assert list(shelf.by_passage[name]) == list(base.by_passage[name])


def test_the_article_that_ships_is_answered_from_disk_as_from_memory(tmp_path: Path) -> None:
    for name in ("corpus", "facts"):
        shutil.copytree(library.default_root() / name, tmp_path / name)
    memory, shelf = library.load(tmp_path, "memory"), library.load(tmp_path, "disk")
    for path in sorted((Path(__file__).parent / "questions").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[::12]:
            question = json.loads(line)
            context = tuple(question["context"])
            assert answer(question["question"], shelf, context) == answer(question["question"], memory, context)


def test_a_knowledge_base_without_figures_is_answered_from_disk(make: Make) -> None:
    root = make({name: None for name in FILES if name.startswith("facts/")})
    assert answer("밀가루 값이 왜 비싸졌어?", library.load(root, "disk")).kind == "passage"
    assert answer("무슨 질문을 할 수 있어?", library.load(root, "disk")).kind == "help"


def test_many_passages_are_read_by_several_processes_to_the_same_end(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make()
    monkeypatch.setattr(analysing, "FEW", 1)
    monkeypatch.setattr(analysing, "PASSAGES", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    alike(root)


def test_progress_is_told(make: Make) -> None:
    told: list[tuple[int, int]] = []
    library.load(make(), "disk", lambda done, count: told.append((done, count)))
    assert told == [(15, 15)]


# ── which engine ─────────────────────────────────────────────────────────────────────────────────


def test_a_small_knowledge_base_is_held_in_memory_and_a_large_one_is_not(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make()
    assert library.load(root).records.remembered is None
    assert not (root / HIDDEN).exists()
    monkeypatch.setattr(library, "MOST_IN_MEMORY", 14)
    assert library.load(root).records.remembered is not None
    monkeypatch.setattr(library, "MOST_IN_MEMORY", 15)  # translations are no passages of their own
    assert library.load(root).records.remembered is None
    monkeypatch.setattr(library, "MOST_ROWS", 5)
    assert library.load(root).records.remembered is not None
    assert library.load(root, "memory").records.remembered is None


# ── changes ──────────────────────────────────────────────────────────────────────────────────────

BREAD = """\
---
title: 새 빵집
language: ko
---

무화과 케이크는 오디과자점에서 판다. 무화과는 뒷마당에서 기른다.
"""

EXTRA = """\
---
title: Baking schools
language: en
date: 2023
---

The Marzipan School of Brotherhood (BSB) taught yeast to sixty bakers.
"""


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"corpus/berry.md": BREAD}, id="an article added"),
        pytest.param({"corpus/a.md": BREAD}, id="an article added before the others"),
        pytest.param({"corpus/extra.md": None}, id="one removed"),
        pytest.param(changed("corpus/bakeries.md", "독일제 오븐을 150만", "독일제 새 오븐을 150만") | changed("facts/bakeries.csv", "독일제 오븐을 150만", "독일제 새 오븐을 150만"), id="a passage and the quote from it"),
        pytest.param({"corpus/guide.md": FILES["corpus/guide.md"] + "\n무화과를 기른다.\n"}, id="a passage added"),
        pytest.param(changed("corpus/guide.md", "date: 2024-10", "date: 2025-10"), id="a date"),
        pytest.param({"corpus/bakeries.en.md": None}, id="a translation removed"),
        pytest.param(changed("corpus/bakeries.en.md", "for long", "for very long"), id="a translation changed"),
        pytest.param(changed("facts/guide.csv", "solbit-bread,solbit,bread_price,3500,KRW,2023", "solbit-bread,solbit,bread_price,3500,KRW,2022"), id="a figure"),
        pytest.param({"facts/guide.csv": None}, id="a table removed"),
        pytest.param({"facts/topics.csv": "passage,ko,en\nguide#p04,무화과|간판,fig\n"}, id="topics"),
        pytest.param({"facts/glossary.csv": "ko,en\n천연 효모,zymoid\n"}, id="a glossary"),
        pytest.param(added("facts/entities.csv", "berry,shop,bakery,밀가루가게,Flourshop,,"), id="a name"),
    ],
)  # fmt: skip
def test_after_a_change_the_shelf_is_as_if_it_were_new(make: Make, change: Files) -> None:
    extra: Files = {"corpus/extra.md": EXTRA}
    root = make(extra)
    library.load(root, "disk")
    make(extra | change)
    for name, content in change.items():
        if content is None:
            (root / name).unlink()
    memory, shelf = library.load(root, "memory"), library.load(root, "disk")
    assert dict(shelf.passages) == dict(memory.passages)
    assert list(shelf.passages) == list(memory.passages)
    assert list(shelf.facts) == list(memory.facts)
    assert shelf.all_sentence_terms() == memory.all_sentence_terms()
    for question in (*QUESTIONS, "무화과는 어디서 길러?", "zymoid", "fig"):
        assert answer(question, shelf) == answer(question, memory), question
    terms = {term for sentence in shelf.all_sentence_terms().values() for one in sentence for term in one}
    assert {term: shelf.retriever.idf(term) for term in terms} == pytest.approx(
        {term: memory.retriever.idf(term) for term in terms}
    )


def test_only_what_has_changed_is_read_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make()
    library.load(root, "disk")
    counts: list[int] = []
    monkeypatch.setattr(filling, "analyse_all", counting(counts))
    (root / "corpus" / "berry.md").write_text(BREAD, encoding="utf-8")
    assert "무화과" in texts(library.load(root, "disk"), "무화과는 어디서 길러?")[0]
    assert counts == [1]
    library.load(root, "disk")
    assert counts == [1]
    make(changed("corpus/guide.md", "작은 가게다", "작고 예쁜 가게다"))
    library.load(root, "disk")
    assert counts == [1, 1]


def counting(counts: list[int]) -> Callable[..., object]:
    """`analyse_all`, counted."""
    whole = analysing.analyse_all

    def counted(tasks: Any, count: int, *more: Any) -> object:
        counts.append(count)
        return whole(tasks, count, *more)

    return counted


def test_a_file_that_was_only_touched_is_not_read_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make()
    library.load(root, "disk")
    os.utime(root / "corpus" / "guide.md", (1, 1))
    monkeypatch.setattr(filling, "analyse_all", None)
    assert library.load(root, "disk").records.remembered is not None


def test_a_word_that_is_in_no_article_any_longer_is_not_known(make: Make) -> None:
    root = make()
    before = library.load(root, "disk")
    (root / "corpus" / "bakeries.en.md").unlink()
    after = library.load(root, "disk")
    assert "yeast" in before.words
    assert "yeast" not in after.words


def test_a_base_that_was_opened_before_a_change_answers_as_before(make: Make) -> None:
    root = make()
    before = library.load(root, "disk")
    (root / "corpus" / "berry.md").write_text(BREAD, encoding="utf-8")
    after = library.load(root, "disk")
    assert "오디과자점" in texts(after, "무화과 케이크는 어디서 팔아?")[0]
    assert "오디과자점" not in texts(before, "무화과 케이크는 어디서 팔아?")[0]
    assert dict(before.passages).keys() < dict(after.passages).keys()


# ── a bot that runs on ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("engine", ["memory", "disk"])
def test_a_bot_that_runs_on_sees_a_change_when_it_looks(make: Make, engine: library.Engine) -> None:
    root = make()
    base = library.load(root, engine)
    assert library.refresh(base, root, engine) is base
    (root / "corpus" / "berry.md").write_text(BREAD, encoding="utf-8")
    after = library.refresh(base, root, engine)
    assert "오디과자점" in texts(after, "무화과 케이크는 어디서 팔아?")[0]
    assert library.refresh(after, root, engine) is after


@pytest.mark.parametrize("engine", ["memory", "disk"])
def test_a_mistake_in_the_files_keeps_the_base_that_is_served(make: Make, engine: library.Engine) -> None:
    root = make()
    base = library.load(root, engine)
    make(changed("facts/bakeries.csv", "sales,1100000000", "sales,1200000000"))
    with pytest.raises(GakjuError, match=r"^facts/bakeries.csv:9: morae-sales is 1,200,000,000 KRW"):
        library.refresh(base, root, engine)
    assert "11억" in texts(base, "모래과자점 매출은?")[0]
    make()
    assert texts(library.refresh(base, root, engine), *QUESTIONS) == texts(base, *QUESTIONS)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(changed("facts/bakeries.csv", "sales,1100000000", "sales,1200000000"), id="a figure"),
        pytest.param(changed("facts/bakeries.csv", "morae-sales,", "solbit-sales,"), id="an id twice"),
        pytest.param(changed("corpus/bakeries.md", "모래과자점의 2024년 매출은 11억", "모래과자점의 매출은 11억"), id="a quote"),
        pytest.param({"corpus/guide.md": None, "facts/guide.csv": None}, id="an introduction"),
        pytest.param({"corpus/bakeries.en.md": FILES["corpus/bakeries.en.md"] + "\nMore.\n"}, id="a translation"),
        pytest.param({"facts/topics.csv": "passage,ko,en\nnone#p01,무화과,fig\n"}, id="topics"),
        pytest.param(changed("facts/entities.csv", "solbit,shop,bakery", "solbit,shop,cake"), id="a group"),
        pytest.param(changed("facts/metrics.csv", "소금빵 값,price of salt bread,,,{entity}", "소금빵 값,price of salt bread,,,{entty}"), id="a phrase"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_as_it_is_from_memory(make: Make, tmp_path: Path, change: Files) -> None:
    root = make()
    library.load(root, "disk")
    make(change)
    for name in (name for name, content in change.items() if content is None):
        (root / name).unlink()
    said = []
    for engine in ("memory", "disk"):
        with pytest.raises(GakjuError) as error:
            library.load(root, engine)  # type: ignore[arg-type,unused-ignore]
        said.append(str(error.value))
    new = shutil.copytree(root, tmp_path / "new", ignore=shutil.ignore_patterns(HIDDEN))
    with pytest.raises(GakjuError) as error:
        library.load(new, "disk")
    assert said == [str(error.value)] * 2


# ── accidents ────────────────────────────────────────────────────────────────────────────────────


def current(root: Path) -> Path:
    """The folder of the shelf that is in use."""
    place = place_of(root)
    assert place
    found = place.current()
    assert found
    return found


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda shelf: (shelf / TABLES).write_bytes(b""), id="empty tables"),
        pytest.param(lambda shelf: (shelf / TABLES).write_bytes(os.urandom(9999)), id="no tables"),
        pytest.param(lambda shelf: os.truncate(shelf / TABLES, 8192), id="tables cut short"),
        pytest.param(lambda shelf: shutil.rmtree(shelf / "index"), id="no index"),
        pytest.param(lambda shelf: (shelf / "index" / "meta.json").write_text("{}"), id="no description of the index"),
        pytest.param(shutil.rmtree, id="no shelf"),
        pytest.param(lambda shelf: (shelf.parent / POINTER).write_bytes(b"../../etc\xff"), id="a pointer to nowhere"),
    ],
)
def test_a_damaged_shelf_is_made_again(
    make: Make, damage: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    root = make()
    before = texts(library.load(root, "disk"), *QUESTIONS)
    damage(current(root))
    with caplog.at_level(logging.WARNING):
        assert texts(library.load(root, "disk"), *QUESTIONS) == before
    assert len(list((root / HIDDEN).iterdir())) == 3  # a shelf, the pointer and the lock


def test_a_shelf_of_another_program_is_made_again(make: Make) -> None:
    root = make()
    before = current_of(root)
    db = sqlite3.connect(before / TABLES)
    db.execute("UPDATE meta SET value = '\"another\"' WHERE key = 'program'")
    db.commit()
    db.close()
    assert current_of(root) != before


def current_of(root: Path) -> Path:
    library.load(root, "disk")
    return current(root)


KILLER = """
import os, signal, sys
from pathlib import Path
from bot import library
from bot.search import tantivy
from bot.shelf import building, place, tables

root, moment, number = sys.argv[1:]
calls = 0

def reached(name):
    global calls
    calls += name == moment
    if calls == int(number):
        os.kill(os.getpid(), signal.SIGKILL)

def traced(make):
    def made(*arguments):
        db = make(*arguments)
        db.set_trace_callback(lambda query: query == "COMMIT" and reached("tables"))
        return db
    return made

def before(kind, method, name):
    whole = getattr(kind, method)
    setattr(kind, method, lambda *arguments: (reached(name), whole(*arguments))[1])

before(tantivy.Writer, "commit", "index")
before(tantivy.Writer, "close", "end")
before(place.Place, "point", "pointer")
building.create, building.open_to_write = traced(tables.create), traced(tables.open_to_write)
library.load(Path(root), "disk")
"""


def killed(root: Path, moment: str, number: int) -> None:
    """Open a knowledge base in a process that is killed right before it does something for the so-manieth time."""
    command = [sys.executable, "-c", KILLER, str(root), moment, str(number)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        pytest.param("index", 1, id="before the index has the new passages"),
        pytest.param("tables", 1, id="before the tables have them"),
        pytest.param("index", 2, id="before the index has lost the old ones"),
        pytest.param("end", 1, id="before it ends"),
    ],
)
def test_a_process_that_is_killed_in_a_change_leaves_the_old_or_the_new(make: Make, moment: str, number: int) -> None:
    root = make()
    library.load(root, "disk")
    change = changed("corpus/guide.md", "작은 가게다.", "작은 가게다. 무화과를 키운다.")
    make(change)
    killed(root, moment, number)
    make()
    alike(root)
    make(change)
    killed(root, moment, number)
    alike(root)
    assert "무화과" in texts(library.load(root, "disk"), "무화과")[0]


@pytest.mark.parametrize(("moment", "number"), [("tables", 1), ("index", 1), ("tables", 2), ("end", 1), ("pointer", 1)])
def test_a_process_that_is_killed_while_it_makes_a_shelf_leaves_the_one_before(
    make: Make, moment: str, number: int
) -> None:
    root = make()
    before = current_of(root)
    change = added("facts/entities.csv", "berry,shop,bakery,밀가루가게,Flourshop,,")
    make(change)
    killed(root, moment, number)
    assert current(root) == before
    make()
    assert current_of(root) == before
    make(change)
    alike(root)
    assert len(list((root / HIDDEN).iterdir())) == 3


def test_a_folder_that_cannot_be_written_keeps_its_shelf_in_the_users_cache(make: Make) -> None:
    root = make({HIDDEN: "a file stands where the folder would be"})
    alike(root)
    assert list(cache.folder().glob("shelf-*/*/" + TABLES))
    shutil.rmtree(cache.folder())


def test_where_nothing_can_be_written_all_is_held_in_memory(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.write_text("a file stands where the folder would be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    monkeypatch.setenv("HOME", str(home))
    base = library.load(make({HIDDEN: "here too"}), "disk")
    assert base.records.remembered is None


def test_a_shelf_on_a_disk_that_is_only_read_is_used(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make()
    before = texts(library.load(root, "disk"), *QUESTIONS)
    monkeypatch.setattr(os, "access", lambda *_: False)
    base = library.load(root, "disk")
    assert base.records.remembered is not None
    assert texts(base, *QUESTIONS) == before


def test_two_processes_may_open_a_knowledge_base_at_once(make: Make) -> None:
    root = make()
    script = """
import sys
from pathlib import Path
from bot import library
from bot.answer import answer
print(answer("무화과 케이크는 어디서 팔아?", library.load(Path(sys.argv[1]), "disk")).text)
"""
    (root / "corpus" / "berry.md").write_text(BREAD, encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-c", script, str(root)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(3)]
    said = [process.communicate(timeout=60)[0] for process in running]
    assert all("오디과자점" in one for one in said)
    assert len(list((root / HIDDEN).iterdir())) == 3


def test_a_bot_does_not_wait_for_another_that_writes(make: Make) -> None:
    root = make()
    base = library.load(root, "disk")
    place = place_of(root)
    assert place
    (root / "corpus" / "berry.md").write_text(BREAD, encoding="utf-8")
    with place.lock() as held:
        assert held
        started = time.perf_counter()
        assert library.refresh(base, root, "disk") is base
        assert time.perf_counter() - started < 5
    assert library.refresh(base, root, "disk") is not base
