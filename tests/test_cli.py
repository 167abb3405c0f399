"""Every command, as a person or a script meets it: what is printed, where, and the exit status."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol

import pytest
from conftest import FILES, Make, added, changed

from bot import cli
from bot.answer import answer
from bot.knowledge.base import Base
from bot.schema import Answer

REPOSITORY = Path(__file__).parent.parent
COMMANDS = ("ask", "chat", "run", "facts", "check", "eval", "add", "remove", "list")


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *arguments: str, stdin: str = "", kb: Path | None = None) -> Done: ...


@pytest.fixture
def run(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `gakju` in this process, on the tiny knowledge base unless another is named."""

    def leave(status: int) -> NoReturn:
        raise SystemExit(status)

    def run(*arguments: str, stdin: str = "", kb: Path | None = None) -> Done:
        monkeypatch.setenv("GAKJU_KB", str(kb or root))
        monkeypatch.setattr("sys.argv", ["gakju", *arguments])
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        monkeypatch.setattr("os._exit", leave)
        monkeypatch.chdir(tmp_path)  # no one's .env
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        return Done(int(left.value.code or 0), out, err)

    return run


def assert_refused(done: Done, status: int, said: str) -> None:
    """One sensible line, and nothing else."""
    assert done.status == status
    assert done.out == ""
    assert done.err.startswith("gakju: ")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    assert "defect" not in done.err
    assert said in done.err


# ── ask ──────────────────────────────────────────────────────────────────────────────────────────


def test_ask_prints_the_answer_and_its_sources(run: Run) -> None:
    done = run("ask", "모래과자점 매출은?")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "모래과자점의 매출은 11억 원입니다 (2024년 기준). [1]\n\n"
        "[1] “모래과자점의 2024년 매출은 11억 원이다.” 골목 빵집 › 돈은 어디로 갔나, bakeries#p06\n"
    )


def test_ask_tells_how_a_question_was_read_and_what_else_to_ask(run: Run) -> None:
    assert run("ask", "Solbitt sales").out.startswith("(read “Solbitt” as “Solbit”)\n\n")
    done = run("ask", "솔빛제과 직원 연금은?")
    assert done.status == 0
    assert "\n- 솔빛제과의 손님 수는?\n" in done.out


def test_ask_json_is_the_answer_field_for_field(run: Run, base: Base) -> None:
    done = run("ask", "--json", "솔빛제과 손님 몇 명이야?")
    printed = json.loads(done.out)
    elapsed = printed.pop("elapsed_ms")
    assert isinstance(elapsed, float)
    assert {**printed, "elapsed_ms": None} == json.loads(answer("솔빛제과 손님 몇 명이야?", base).model_dump_json())
    assert list(printed) == [name for name in Answer.model_fields if name != "elapsed_ms"]
    assert done.out.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "question", "said"),
    [
        ("en", "모래과자점 매출은?", "Morae's sales is ₩1.1 billion"),
        ("ko", "Morae's sales?", "모래과자점의 매출은 11억 원"),
    ],
)
def test_lang_overrides_the_language_of_the_question(run: Run, language: str, question: str, said: str) -> None:
    assert run("ask", "--lang", language, question).out.startswith(said)


@pytest.mark.parametrize("arguments", [("ask", "--doc", "guide"), ("chat", "--doc", "빵 골목 안내서")])
def test_one_document_alone_can_be_asked(run: Run, arguments: tuple[str, ...]) -> None:
    question = "모래과자점 매출은?\n"
    done = run(*arguments, stdin=question) if arguments[0] == "chat" else run(*arguments, question)
    assert done.out.startswith("문서에서 답을 찾지 못했습니다")


def test_a_batch_file_is_answered_line_by_line_with_its_ids(run: Run, tmp_path: Path) -> None:
    questions = [
        {"id": "a", "question": "모래과자점 매출은?"},
        {"id": 2, "question": "그럼 달무리빵집은?", "context": ["모래과자점 매출은?"]},
        {"question": "Morae's sales?", "context": None},
        {"id": "c", "question": ""},
    ]
    path = tmp_path / "batch.jsonl"
    lines = [json.dumps(question, ensure_ascii=False) for question in questions]
    path.write_text("\ufeff" + "\n\n".join(lines) + "\n", encoding="utf-8")
    done = run("ask", "--batch", str(path))
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, done.err) == (0, "")
    assert [found["id"] for found in answers] == ["a", 2, None, "c"]
    assert [[fact["id"] for fact in found["facts"]] for found in answers] == [
        ["morae-sales"], ["dalmuri-sales"], ["morae-sales"], [],
    ]  # fmt: skip
    assert {tuple(found) for found in answers} == {("id", *Answer.model_fields)}


@pytest.mark.parametrize("arguments", [("ask", "--batch"), ("ask", "--batch", "-")], ids=["no file", "-"])
def test_a_batch_is_read_from_standard_input_where_no_file_is_named(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, stdin='{"id": 1, "question": "모래과자점 매출은?"}\n')
    assert json.loads(done.out)["facts"][0]["id"] == "morae-sales"


def test_a_bad_line_of_a_batch_is_named_and_the_others_are_answered(run: Run) -> None:
    good = '{"id": 1, "question": "모래과자점 매출은?"}'
    done = run("ask", "--batch", stdin="\n".join([good, "매출은?", good, "[]", '{"id": 3}', "3", good]))
    assert done.status == 1
    assert len(done.out.splitlines()) == 3
    assert done.err.startswith('gakju: stdin:2: this is no {"id", "question", "context"}; write one JSON object a line')
    assert done.err.endswith("(4 such lines)\n")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('{"question": "매출은?", "context": 3}', id="context is a number"),
        pytest.param('{"question": "매출은?", "context": "그럼?"}', id="context is a text"),
        pytest.param('{"question": null}', id="question is null"),
        pytest.param('{"question": ["매출은?"]}', id="question is a list"),
        pytest.param("[" * 100_000, id="nested too deep"),
        pytest.param('{"id": ' + "9" * 5000 + ', "question": "매출은?"}', id="an endless number"),
    ],
)
def test_an_odd_line_of_a_batch_is_answered_or_named_and_ends_nothing(run: Run, line: str) -> None:
    done = run("ask", "--batch", stdin=f'{line}\n{{"id": "last", "question": "모래과자점 매출은?"}}\n')
    assert json.loads(done.out.splitlines()[-1])["id"] == "last"
    assert done.err.count("\n") <= 1
    assert "defect" not in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", id="empty"),
        pytest.param("솔빛 " * 7000, id="20,000 characters"),
        pytest.param("😀", id="emoji"),
        pytest.param("\x1b[31m빨강", id="control characters"),
        pytest.param("매출은?\udcff", id="bytes that are no text"),
        pytest.param("=1+1", id="formula"),
        pytest.param("--", id="only strokes"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
def test_any_question_is_answered_with_status_0(run: Run, question: str, options: tuple[str, ...]) -> None:
    done = run("ask", *options, "--", question)
    assert (done.status, done.err) == (0, "")
    assert done.out.strip()
    assert "\x1b" not in done.out


# ── chat ─────────────────────────────────────────────────────────────────────────────────────────


def test_chat_with_nothing_asked_says_nothing(run: Run) -> None:
    assert run("chat", stdin="") == Done(0, "", "")


# ── facts ────────────────────────────────────────────────────────────────────────────────────────


def test_facts_prints_a_table_with_tabs_in_a_pipe(run: Run) -> None:
    done = run("facts")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert rows[0] == ["대상", "지표", "값", "기준", "문단", "원문"]
    assert {len(row) for row in rows} == {6}
    assert len(rows) == 15
    assert rows[1] == [
        "솔빛제과", "손님 수", "약 8만 명", "2023년", "bakeries#p03", "솔빛제과(Solbit)는 2023년에 손님 약 8만 명을 맞았다.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "count", "said"),
    [
        pytest.param(["달무리"], 4, "달무리빵집\t매출\t약 30억 원\t2024년", id="Korean name"),
        pytest.param(["dalmuri"], 4, "Dalmuri\tsales\tabout ₩3 billion\t2024", id="English name"),
        pytest.param(["달무리", "--lang", "en"], 4, "Dalmuri\tsales\tabout ₩3 billion\t2024", id="other language"),
        pytest.param(["빵집"], 14, "모래과자점\t보조금\t3억 원\t2024년", id="a group"),
    ],
)
def test_facts_of_a_name_are_its_own_and_its_parts(run: Run, arguments: list[str], count: int, said: str) -> None:
    done = run("facts", *arguments)
    assert len(done.out.splitlines()) == count + 1
    assert said in done.out


def test_facts_csv_is_a_table_for_a_spreadsheet(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(run("facts", "--csv").out)))
    assert len(rows) == 15
    assert rows[6][2] == "10억~12억 원" or rows[5][2] == "10억~12억 원"
    assert "'" not in [cell for row in rows for cell in row]  # an empty cell is no formula


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_formula_is_neutralised_in_an_exported_table(run: Run, make: Make, sign: str) -> None:
    kb = make(changed("facts/entities.csv", ",모래과자점,", f',"{sign}HYPERLINK(""x"")",'))
    names = {row[0] for row in csv.reader(io.StringIO(run("facts", "--csv", kb=kb).out))}
    assert f'\'{sign}HYPERLINK("x")' in names
    assert not any(name.startswith(("=", "+", "-", "@")) for name in names)


# ── facts draft, facts accept ────────────────────────────────────────────────────────────────────

NEWS = "---\ntitle: 새 소식\nlanguage: ko\ndate: 2025-03-02\n---\n\n솔빛제과는 2025년에 손님 약 15만 명을 맞았다.\n"


def test_facts_draft_proposes_figures_and_facts_accept_takes_them_over(run: Run, make: Make) -> None:
    kb = make({"corpus/news.md": NEWS})
    done = run("facts", "draft", "news", kb=kb)
    header, row = done.out.splitlines()
    assert header.split("\t") == ["결정", "원문 표기", "대상", "지표", "값", "기준", "문단", "확인할 점"]
    assert row.split("\t") == ["", "약 15만 명", "solbit", "visitors", "about 150,000 count", "2025", "news#p01", ""]
    assert "facts/drafts/news.csv에 수치 1개와" in done.err
    path = kb / "facts/drafts/news.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\n,figure", "\naccept,figure"), encoding="utf-8")
    done = run("facts", "accept", "news", kb=kb)
    assert (done.status, done.out) == (0, "added: figures 1, new entities 0, new metrics 0, exceptions 0\n")
    assert "약 15만 명" in run("facts", "솔빛제과", kb=kb).out
    assert run("facts", "draft", "news", kb=kb).out == "news에는 더 제안할 수치가 없습니다.\n"


def test_facts_draft_review_in_a_pipe_says_how_to_do_it_in_a_spreadsheet(run: Run, make: Make) -> None:
    done = run("facts", "draft", "news", "--review", kb=make({"corpus/news.md": NEWS}))
    assert (done.status, done.err) == (0, "gakju: a review takes a terminal; none was made\n")
    assert "decision 칸에 accept나 reject를 적고 저장한 다음 gakju facts accept news" in done.out


def test_what_to_do_next_names_the_knowledge_base_that_was_named(run: Run, make: Make) -> None:
    kb = make({"corpus/news.md": NEWS})
    done = run("facts", "draft", "news", "--review", "--kb", str(kb))
    assert f"gakju facts accept news --kb {kb} 명령을" in done.out
    assert done.out.endswith(f"gakju facts draft news --kb {kb} --review\n")


def test_facts_of_a_knowledge_base_without_any_says_where_they_come_from(run: Run, make: Make) -> None:
    done = run("facts", "빵", kb=make({**dict.fromkeys(FILES), "corpus/news.md": NEWS}))
    assert done.err == "gakju: there are no figures yet; gakju facts draft DOC proposes those of a document\n"


def test_facts_accept_says_each_thing_that_is_wrong_and_changes_nothing(run: Run, make: Make) -> None:
    kb = make({"corpus/news.md": NEWS})
    run("facts", "draft", "news", kb=kb)
    path = kb / "facts/drafts/news.csv"
    text = path.read_text(encoding="utf-8").replace("\n,figure", "\naccept,figure").replace("150000", "15000")
    path.write_text(text, encoding="utf-8")
    done = run("facts", "draft", "news", "--accept", kb=kb)
    assert done.status == 1
    assert done.err.splitlines() == [
        "facts/news.csv:2: solbit-visitors-2 is 15,000 count, which its quote does not say; correct the value or the quote",
        "gakju: nothing was changed; correct the rows in facts/drafts/ and accept again",
    ]
    assert not (kb / "facts/news.csv").exists()


@pytest.mark.parametrize("arguments", [("draft",), ("accept",), ("draft", "a", "b")], ids=" ".join)
def test_facts_draft_takes_one_document(run: Run, arguments: tuple[str, ...]) -> None:
    done = run("facts", *arguments)
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_something_that_is_called_draft_is_shown_by_facts_show(run: Run, make: Make) -> None:
    kb = make(changed("facts/entities.csv", "Morae Cakes", "Morae Cakes|draft"))
    assert run("facts", "show", "draft", kb=kb).out == run("facts", "모래과자점", "--lang", "en", kb=kb).out


# ── facts --chart ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("suffix", "start"), [("png", b"\x89PNG"), ("SVG", b"<?xml"), ("pdf", b"%PDF")])
def test_a_chart_is_drawn_in_the_format_of_its_name(run: Run, tmp_path: Path, suffix: str, start: bytes) -> None:
    done = run("facts", "모래과자점", "--chart", f"sales.{suffix}")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"sales.{suffix}: ")
    assert (tmp_path / f"sales.{suffix}").read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [f"sales.{suffix}"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "c.png: 손님 수\n더 그릴 수 있는 것: 매출, 보조금, 소금빵 값\n", id="everything"),
        pytest.param(["매출"], "c.png: 매출\n", id="a measure"),
        pytest.param(["Revenue"], "c.png: sales\n", id="a measure by another name"),
        pytest.param(["Solbit"], "c.png: number of visitors\nCan be drawn as well: sales, ", id="an entity"),
    ],
)
def test_a_chart_tells_what_it_shows_and_what_else_could_be_drawn(run: Run, arguments: list[str], said: str) -> None:
    done = run("facts", *arguments, "--chart", "c.png")
    assert done.status == 0
    assert done.out.startswith(said)


def test_a_chart_is_the_old_one_until_the_new_one_is_whole(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "c.png"
    path.write_bytes(b"old")
    held = tmp_path / "held.png"
    held.hardlink_to(path)  # what another program may be reading
    assert run("facts", "매출", "--chart", str(path)).status == 0
    assert path.read_bytes().startswith(b"\x89PNG")
    assert held.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--chart", "c.gif"], "--chart is c.gif; its name has to end in .png, .svg or .pdf", id="format"),
        pytest.param(["--chart", "chart"], "its name has to end in .png, .svg or .pdf", id="no format"),
        pytest.param(["--chart", "no/where/c.png"], "no/where/c.png cannot be written: No such file", id="no folder"),
        pytest.param(["--chart", "folder.png"], "folder.png cannot be written: Is a directory", id="a folder"),
        pytest.param(["오븐 값", "--chart", "c.png"], "the figures of 오븐 값 make no chart, which takes two of one "
                     "measure and unit; these do: 손님 수, 매출, 보조금, 소금빵 값", id="nothing to draw"),
    ],
)  # fmt: skip
def test_a_chart_that_cannot_be_drawn_is_one_line_and_leaves_nothing(
    run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "folder.png").mkdir()
    assert_refused(run("facts", *arguments), 1, said)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]
    assert list((tmp_path / "folder.png").iterdir()) == []


@pytest.mark.parametrize("where", ["a home that cannot be written", "a home"])
def test_a_chart_needs_no_home_and_leaves_nothing_but_a_cache(root: Path, tmp_path: Path, where: str) -> None:
    home, between = tmp_path / "home", tmp_path / "between"
    between.mkdir()
    if where == "a home":
        home.mkdir()
    else:
        home.write_text("")  # nothing can be made below a file, whoever asks
    places = {name: str(home) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")}
    arguments = ("facts", "매출", "--kb", str(root), "--chart", str(tmp_path / "c.png"))
    done = gakju(*arguments, stdin=b"", TMPDIR=str(between), **places)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")
    assert list(between.iterdir()) == []
    assert not home.is_dir() or {path.name for path in home.iterdir()} <= {"gakju", "Library"}


# ── check and eval ───────────────────────────────────────────────────────────────────────────────


def test_check_of_a_good_knowledge_base_is_ok(run: Run) -> None:
    assert run("check") == Done(0, "OK\n", "")


def test_check_lists_every_finding_and_exits_with_1(run: Run, make: Make) -> None:
    kb = make(
        changed("facts/bakeries.csv", "sales,1100000000", "sales,1200000000")
        | changed("corpus/guide.md", "작은 가게다", "작은 가게 3호다")
    )
    done = run("check", kb=kb)
    assert done.status == 1
    assert [line.split(": ")[0] for line in done.out.splitlines()] == ["corpus/guide.md:12", "facts/bakeries.csv:9"]
    assert [" warning: " in line for line in done.out.splitlines()] == [True, False]
    assert done.err == "gakju: 1 error, 1 warning\n"


def test_check_of_a_table_that_cannot_be_read_is_one_line(run: Run, make: Make) -> None:
    done = run("check", kb=make(changed("facts/bakeries.csv", "sales,1100000000", "sales,11억")))
    assert_refused(done, 1, "facts/bakeries.csv:9: value is 11억; write digits only")


def test_eval_prints_what_passed_by_category_and_language(run: Run, tmp_path: Path) -> None:
    quote, value = "모래과자점의 2024년 매출은 11억 원이다.", {"value": 1.1e9, "unit": "KRW"}
    common = {"category": "figure", "kind": "figure", "gold": [quote]}
    questions = [
        {"id": "1", "lang": "ko", "question": "모래과자점 매출은?", "numbers": [[value]], **common},
        {"id": "2", "lang": "ko", "question": "달무리빵집 매출은?", "numbers": [[value]], **common},
        {"id": "3", "lang": "en", "question": "Morae's sales?", "numbers": [[value]], **common},
        {"id": "4", "lang": "ko", "category": "abstain", "question": "한라산 높이는?", "kind": "abstain"},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(question) for question in questions), encoding="utf-8")
    done = run("eval", "--failures", str(path))
    assert done.status == 0
    assert [line.split() for line in done.out.splitlines()[:5]] == [
        ["category", "ko", "en"],
        ["abstain", "1/1", "100%", "-"],
        ["figure", "1/2", "50%", "1/1", "100%"],
        ["all", "2/3", "67%", "1/1", "100%"],
        ["refused", "though", "answerable:", "0/3", "0%"],
    ]
    assert "2 달무리빵집 매출은? (exact)" in done.out


def test_eval_names_a_line_that_is_no_question(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "1"}\n', encoding="utf-8")
    assert_refused(run("eval", str(path)), 1, "set.jsonl:1: this is no question; write one JSON object with id")


# ── help and mistakes ────────────────────────────────────────────────────────────────────────────


def test_help_lists_every_command(run: Run) -> None:
    done = run("--help")
    assert done.status == 0
    assert all(f"\n  {command}" in done.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_takes_a_knowledge_base(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert "--kb" in done.out


def test_the_version_is_a_number(run: Run) -> None:
    done = run("--version")
    assert done.status == 0
    assert done.out.strip().replace(".", "").isdigit()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["nothing"], "nothing", id="unknown command"),
        pytest.param(["ask", "--nothing"], "--nothing", id="unknown option"),
        pytest.param(["remove"], "DOC…", id="no document to remove"),
        pytest.param(["eval"], "files", id="no file to score"),
        pytest.param(["ask", "--lang"], "--lang", id="no language"),
    ],
)
def test_a_mistake_of_usage_is_one_line_and_status_2(run: Run, arguments: list[str], said: str) -> None:
    assert_refused(run(*arguments), 2, said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["ask", "매출은?", "--kb", "nowhere"], "nowhere is no knowledge base", id="no knowledge base"),
        pytest.param(["check", "--kb", "nowhere"], "nowhere is no knowledge base", id="nothing to check"),
        pytest.param(["facts", "--kb", "nowhere"], "nowhere is no knowledge base", id="nothing to show"),
        pytest.param(["chat", "--kb", "nowhere"], "nowhere is no knowledge base", id="nothing to talk about"),
        pytest.param(["facts", "한라산"], "nothing is known as '한라산'", id="unknown name"),
        pytest.param(["facts", "솔빈제과"], "did you mean 솔빛제과?", id="misspelt name"),
        pytest.param(["ask"], "there is no question", id="no question"),
        pytest.param(["ask", "--batch", "nowhere.jsonl"], "nowhere.jsonl: No such file", id="no batch"),
        pytest.param(["eval", "nowhere.jsonl"], "nowhere.jsonl: No such file", id="no question set"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_1(run: Run, arguments: list[str], said: str) -> None:
    assert_refused(run(*arguments), 1, said)


def test_a_language_that_there_is_not_is_one_line(run: Run) -> None:
    done = run("ask", "--lang", "fr", "매출은?")
    assert_refused(done, done.status, "fr")
    assert done.status in (1, 2)


def test_a_batch_that_is_no_text_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_bytes(b"\xff\xfe\x00")
    assert_refused(run("ask", "--batch", str(tmp_path / "batch.jsonl")), 1, "batch.jsonl")


def test_a_question_set_that_is_no_text_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_bytes(b"\xff\xfe\x00")
    assert_refused(run("eval", str(tmp_path / "set.jsonl")), 1, "set.jsonl")


def test_a_folder_in_the_place_of_an_article_is_one_line(run: Run, make: Make) -> None:
    kb = make()
    (kb / "corpus" / "folder.md").mkdir()
    assert_refused(run("ask", "매출은?", kb=kb), 1, "folder.md")


@pytest.mark.parametrize("command", [("ask", "매출은?"), ("facts",), ("chat",)], ids=lambda command: command[0])
def test_a_knowledge_base_with_an_error_is_not_served(run: Run, make: Make, command: tuple[str, ...]) -> None:
    kb = make(added("facts/bakeries.csv", "x,nobody,sales,1,,,KRW,,,guide#p02,빵집,,,"))
    assert_refused(run(*command, kb=kb), 1, "facts/bakeries.csv:14: there is no entity nobody; add it")


def test_the_knowledge_base_of_the_option_comes_before_that_of_the_variable(run: Run, root: Path) -> None:
    done = run("ask", "모래과자점 매출은?", "--kb", str(root), kb=Path("nowhere"))
    assert "11억 원" in done.out


def test_the_words_of_a_question_need_no_quotes(run: Run, root: Path) -> None:
    assert run("ask", "모래과자점", "매출은?", kb=root).out == run("ask", "모래과자점 매출은?", kb=root).out


@pytest.mark.parametrize(
    "line", ['{"question": "매출은?", "context": "모래과자점"}', '{"question": 5}', '{"context": []}']
)
def test_a_line_of_a_batch_that_is_of_another_kind_is_not_answered(
    run: Run, root: Path, tmp_path: Path, line: str
) -> None:
    (tmp_path / "asked.jsonl").write_text(line, encoding="utf-8")
    assert_refused(run("ask", "--batch", str(tmp_path / "asked.jsonl"), kb=root), 1, "the context as a list of texts")


@pytest.mark.parametrize(
    "command", [("add", ""), ("init", ""), ("list", "--kb", ""), ("facts", "--chart", ""), ("eval", "")], ids=" ".join
)
def test_an_empty_name_is_not_taken_for_the_current_folder(run: Run, root: Path, command: tuple[str, ...]) -> None:
    assert_refused(run(*command, kb=root), 2, "an empty name is no file or folder")


# ── as a process of its own ──────────────────────────────────────────────────────────────────────


def gakju(*arguments: str, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=REPOSITORY,
        input=stdin,
        capture_output=True,
        env={**os.environ, **variables},
        check=False,
    )


def test_a_conversation_goes_on_after_a_word_that_asks_nothing(run: Run) -> None:
    done = run("chat", stdin="솔빛제과 2024년 매출은?\n네\n그럼 달무리빵집은?\n")
    assert "30억" in done.out


@pytest.mark.parametrize(
    ("closed", "arguments"),
    [
        pytest.param("<&-", "ask --batch", id="nothing to read from"),
        pytest.param("<&-", "chat", id="nobody who types"),
        pytest.param(">&-", "ask 매출은?", id="nowhere to print to"),
    ],
)
def test_a_closed_stream_is_an_empty_one(root: Path, closed: str, arguments: str) -> None:
    command = f'exec "{sys.executable}" -m bot {arguments} {closed}'
    environment = {**os.environ, "GAKJU_KB": str(root)}
    done = subprocess.run(["sh", "-c", command], cwd=REPOSITORY, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", ["chat", "run"])
def test_chat_answers_the_lines_of_a_pipe_and_a_follow_up_leans_on_those_before(root: Path, command: str) -> None:
    done = gakju(command, "--kb", str(root), stdin="달무리빵집 매출은?\n\n그럼 모래과자점은?\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = done.stdout.decode().split("bakeries#p06\n\n")[:2]
    assert first.startswith("달무리빵집의 매출은 약 30억 원입니다")
    assert "매출" in second.split("\n")[0]  # how it was read
    assert "\n\n모래과자점의 매출은 11억 원입니다" in second


def test_what_is_printed_is_utf_8_whatever_the_locale(root: Path) -> None:
    done = gakju("ask", "모래과자점 매출은?", "--kb", str(root), LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("모래과자점의 매출은 11억 원입니다")


def test_a_process_ends_with_the_status_of_its_command() -> None:
    assert gakju("nothing").returncode == 2
    assert gakju("ask", "매출은?", "--kb", "nowhere").returncode == 1


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "ascii"])
def test_what_is_piped_in_is_read_as_utf_8_whatever_the_locale(root: Path, encoding: str) -> None:
    lines = '{"id": "가", "question": "모래과자점 매출은?"}\n'.encode()
    done = gakju("ask", "--batch", "--kb", str(root), stdin=lines, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert (found["id"], found["facts"][0]["id"]) == ("가", "morae-sales")


def test_a_line_that_is_no_text_is_named_and_the_others_are_answered(root: Path) -> None:
    lines = b'{"id": 1, "question": "Morae sales?"}\n\xff\xfe\n{"id": 3, "question": "Morae sales?"}\n'
    done = gakju("ask", "--batch", "--kb", str(root), stdin=lines)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 3]
    assert done.returncode == 1
    assert done.stderr.startswith(b"gakju: stdin:2: ")


def test_a_reader_that_goes_away_ends_a_command_without_a_word(root: Path) -> None:
    arguments = [sys.executable, "-m", "bot", "facts", "--kb", str(root)]
    with subprocess.Popen(arguments, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
