"""Documents into a knowledge base and out of it: what is stored, what keeps its id, and what a crash leaves."""

import fcntl
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import FILES, Make

from bot import adding, library, storage
from bot.adding import Outcome, add, remove, sources
from bot.answer import answer
from bot.cli.init import init
from bot.errors import DocumentError, GakjuError
from bot.ingest import kinds
from bot.ingest.draft import Document
from bot.ingest.reader import Reader
from bot.knowledge.corpus import parse, passages
from bot.stored import slug

ROOT = Path(__file__).parent.parent
TEXT = """---
title: 빵집 안내
date: 2024-03-05
---
# 빵집 안내

이 빵집은 아침 여섯 시에 문을 연다.

## 값

호밀빵 하나의 값은 삼천 원이다.

```sh
make bread

make cake
```
"""

Bring = Callable[..., list[Outcome]]


def here(_: Reader, data: bytes, name: str) -> Document:
    """Read in this process, which is quicker than to start another."""
    return kinds.read(data, Path(name).stem, Path(name).suffix)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of documents."""
    files = {
        "빵집.md": TEXT,
        "가게/떡집 안내.txt": "떡집은 일곱 시에 문을 연다.",
        "가게/.숨음.md": "# 숨음",
        "표.xlsx": "x",
    }
    for name, text in files.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "docs"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return tmp_path / "kb"


@pytest.fixture
def bring(kb: Path, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """Add files and folders to the knowledge base."""
    monkeypatch.setattr(Reader, "read", here)

    def bring(*paths: Path) -> list[Outcome]:
        found, others = sources(paths, kb)
        return [*others, *add(kb, found, lambda: None)]

    return bring


def test_files_of_one_name_in_two_folders_are_told_apart_or_refused(bring: Bring, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        (folder / "x.md").write_text(f"# X\n\nThis is {folder.name}.\n", encoding="utf-8")
    assert [outcome.document for outcome in bring(here, there)] == ["x", "x-2"]
    (here / "x.md").write_text("# X\n\nThis is here again.\n", encoding="utf-8")
    (alone,) = bring(here)
    assert (alone.status, alone.problem.partition(";")[0]) == (
        "failed",
        "it may be x or x-2, which were made from files of this name",
    )
    assert [(one.document, one.status) for one in bring(here, there)] == [("x", "updated"), ("x-2", "unchanged")]


def test_a_file_that_is_named_twice_is_one(bring: Bring, folder: Path) -> None:
    assert [outcome.status for outcome in bring(folder / "빵집.md", folder / "빵집.md")] == ["added"]


def test_a_folder_that_cannot_be_read_keeps_no_other_from_being_added(
    bring: Bring, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        if path.name == "가게":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    outcomes = bring(folder)
    assert [outcome.problem for outcome in outcomes if outcome.status == "failed"] == [
        "Permission denied; its files are left out"
    ]
    assert "added" in [outcome.status for outcome in outcomes]


def stored(kb: Path) -> dict[str, str]:
    """Every file of the knowledge base that is not hidden."""
    return {
        path.relative_to(kb / "corpus").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((kb / "corpus").rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def numbers(kb: Path, document: str) -> dict[str, str]:
    """The number of each passage of a document, by its text."""
    text = (kb / "corpus" / f"{document}.md").read_text(encoding="utf-8")
    return {passage.text: passage.number for passage in passages(parse("a", document, text))}


# ── what is stored ───────────────────────────────────────────────────────────────────────────────


def test_a_document_is_a_text_with_marked_passages_and_its_original(folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder / "빵집.md")
    files = stored(kb)
    (original,) = (name for name in files if name.startswith("originals/"))
    assert files[original] == TEXT
    assert (
        files["빵집.md"]
        == f"""---
title: 빵집 안내
date: 2024-03-05
language: ko
source: 빵집.md
original: {original}
next: 6
---

<!-- p01 -->
# 빵집 안내

<!-- p02 -->
이 빵집은 아침 여섯 시에 문을 연다.

<!-- p03 -->
## 값

<!-- p04 -->
호밀빵 하나의 값은 삼천 원이다.

<!-- p05 -->
```sh
make bread

make cake
```
"""
    )


def test_what_was_added_is_answered_from(folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder)
    (kb / "facts").mkdir()
    assert library.findings(kb) == []
    found = answer("호밀빵 값이 얼마야?", library.load(kb))
    assert [(citation.document, citation.section) for citation in found.citations][:1] == [("빵집", "값")]


def test_of_a_folder_all_files_of_known_kinds_are_added(folder: Path, bring: Bring) -> None:
    assert {(outcome.name, outcome.status, outcome.document) for outcome in bring(folder)} == {
        ("표.xlsx", "skipped", ""),
        ("빵집.md", "added", "빵집"),
        ("가게/떡집 안내.txt", "added", "가게-떡집-안내"),
    }


def test_a_knowledge_base_in_the_folder_that_is_added_is_not_added_to_itself(
    folder: Path, kb: Path, bring: Bring
) -> None:
    bring(folder)
    assert [outcome.status for outcome in bring(folder, kb.parent)] == [
        "skipped",
        "skipped",
        *["unchanged"] * 2,
        *["added"] * 2,
    ]
    assert not any("corpus" in name for name in stored(kb))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("learn/react-compiler/installation.md", "learn-react-compiler-installation"),
        ("reference/react/useState.md", "reference-react-useState"),
        (unicodedata.normalize("NFD", "한글 이름.md"), "한글-이름"),
        ("../../etc/passwd", "etc-passwd"),
        ("-rf.md", "rf"),
        ("a\nb.md", "a-b"),
        ("v1.2 (final).pdf", "v1-2-final"),
        ("….md", "document"),
        ("가" * 200 + ".md", "가" * 60),
    ],
)
def test_an_id_is_the_path_in_letters_and_digits(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_that_clash_get_a_number(folder: Path, kb: Path, bring: Bring) -> None:
    (folder / "빵집.txt").write_text("다른 빵집이다.", encoding="utf-8")
    bring(folder / "빵집.md", folder / "빵집.txt")
    assert {"빵집.md", "빵집-2.md"} <= stored(kb).keys()


def test_an_article_that_was_written_by_hand_is_not_overwritten(make: Make, tmp_path: Path, bring: Bring) -> None:
    make({})
    (tmp_path / "guide.md").write_text(TEXT, encoding="utf-8")
    assert [outcome.document for outcome in bring(tmp_path / "guide.md")] == ["guide-2"]


@pytest.mark.parametrize(
    "name", ["a b.md", "-rf.md", "줄\n바꿈.md", unicodedata.normalize("NFD", "한글.md"), "나\udcff.md"]
)
def test_a_file_of_any_name_is_added_below_the_knowledge_base(
    name: str, tmp_path: Path, kb: Path, bring: Bring
) -> None:
    path = tmp_path / "docs" / name
    path.parent.mkdir()
    try:
        path.write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("the file system has no such names")
    (outcome,) = bring(path.parent)
    assert outcome.status == "added"
    assert "\n" not in outcome.name
    assert len(stored(kb)) == 2
    assert library.read_content(kb).articles[0].front["title"] == "빵집 안내"


def test_the_same_path_in_two_languages_is_two_documents(tmp_path: Path, kb: Path, bring: Bring) -> None:
    for language, text in (("ko", "# 빵\n\n빵을 굽는다."), ("en", "# Bread\n\nBread is baked.")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "bread.md").write_text(text, encoding="utf-8")
        bring(tmp_path / language)
    assert {"bread.md", "bread-2.md"} <= stored(kb).keys()
    assert [outcome.status for outcome in bring(tmp_path / "ko", tmp_path / "en")] == ["unchanged", "unchanged"]


# ── adding again ─────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_has_not_changed_is_not_touched(folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder)
    before = {path: path.stat().st_mtime_ns for path in (kb / "corpus").rglob("*.md")}
    assert [outcome.status for outcome in bring(folder)] == ["skipped", "unchanged", "unchanged"]
    assert {path: path.stat().st_mtime_ns for path in (kb / "corpus").rglob("*.md")} == before


def test_a_file_that_has_not_changed_is_read_again_if_told_to(folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder)
    before = stored(kb)
    text = next((kb / "corpus").glob("*.md"))
    text.write_text(text.read_text(encoding="utf-8").rpartition("<!--")[0], encoding="utf-8")  # as if read less well
    found, _ = sources([folder], kb)
    again = list(add(kb, found, lambda: None, again=True))
    assert {outcome.status for outcome in again} == {"updated"}
    assert stored(kb) == before


def test_a_link_out_of_a_folder_is_not_followed(folder: Path, tmp_path: Path, bring: Bring) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n\nNobody may read this.\n", encoding="utf-8")
    (folder / "out.md").symlink_to(secret)
    (folder / "in.md").symlink_to(folder / "빵집.md")
    statuses = {outcome.name: outcome.status for outcome in bring(folder)}
    assert (statuses["out.md"], statuses["in.md"]) == ("skipped", "added")


def test_passages_that_have_not_changed_keep_their_ids_and_no_number_is_used_again(
    folder: Path, kb: Path, bring: Bring
) -> None:
    bring(folder)
    before = numbers(kb, "빵집")
    path = folder / "빵집.md"
    path.write_text(
        TEXT.replace("## 값", "새 문단이 여기에 생겼고 길다.\n\n## 값").replace("make cake", "make pie"),
        encoding="utf-8",
    )
    assert [outcome.status for outcome in bring(path)] == ["updated"]
    after = numbers(kb, "빵집")
    assert after["새 문단이 여기에 생겼고 길다."] == "p06"
    assert after["```sh\nmake bread\n\nmake pie\n```"] == "p07"
    assert {text: number for text, number in after.items() if text in before} == {
        text: number for text, number in before.items() if "cake" not in text
    }
    path.write_text(TEXT.replace("이 빵집은 아침 여섯 시에 문을 연다.", ""), encoding="utf-8")
    bring(path)
    path.write_text(TEXT, encoding="utf-8")
    bring(path)
    assert numbers(kb, "빵집")["이 빵집은 아침 여섯 시에 문을 연다."] == "p09"


def test_a_passage_of_which_a_row_or_a_sentence_changes_keeps_its_id(folder: Path, kb: Path, bring: Bring) -> None:
    path = folder / "값.md"
    table = "| 빵 | 값 |\n| --- | --- |\n| 식빵 | 3,000원 |\n| 호밀빵 | 5,000원 |\n"
    prose = "빵집은 여섯 시에 연다. 월요일에는 쉰다. 주차장은 없다."
    path.write_text(f"# 값\n\n{table}\n{prose}\n", encoding="utf-8")
    bring(path)
    path.write_text(
        f"# 값\n\n{prose.replace('없다', '있다')}\n\n{table.replace('5,000', '5,500')}\n새 문장이다.\n",
        encoding="utf-8",
    )
    (outcome,) = bring(path)
    assert outcome.gone == ()
    assert [(text.split("\n")[0][:8], number) for text, number in numbers(kb, "값").items()] == [
        ("값", "p01"),
        ("빵집은 여섯 시", "p03"),
        ("빵 | 값", "p02"),
        ("새 문장이다.", "p04"),
    ]


def test_an_update_keeps_only_the_new_original(folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder / "빵집.md")
    (folder / "빵집.md").write_text(TEXT + "\n끝으로 한 마디 더 하겠다.\n", encoding="utf-8")
    bring(folder / "빵집.md")
    (original,) = (text for name, text in stored(kb).items() if name.startswith("originals/"))
    assert original.endswith("더 하겠다.\n")


def test_what_looks_like_a_mark_or_a_heading_is_read_back_as_it_was(tmp_path: Path, kb: Path, bring: Bring) -> None:
    text = "# 이것은 글이다.\n\n\\# 이것도 글이다.\n\n처음이다.\n<!-- p07 -->\n끝이다."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    bring(tmp_path / "a.txt")
    assert list(numbers(kb, "a")) == ["# 이것은 글이다.", "\\# 이것도 글이다.", "처음이다.\n <!-- p07 -->\n끝이다."]
    (tmp_path / "a.txt").write_text(text + "\n\n더 있다.", encoding="utf-8")
    bring(tmp_path / "a.txt")
    assert list(numbers(kb, "a").values()) == ["p01", "p02", "p03", "p04"]


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────────


def test_a_wrong_file_is_told_and_the_others_are_added(folder: Path, kb: Path, bring: Bring) -> None:
    (folder / "나쁨.pdf").write_text("PDF가 아니다.", encoding="utf-8")
    outcomes = {outcome.name: outcome for outcome in bring(folder, folder / "없음.md")}
    assert outcomes["나쁨.pdf"].problem == "it is text, but is named .pdf; name it .txt if that is so"
    assert outcomes[str(folder / "없음.md")].problem == "there is no such file; check its name"
    assert outcomes["빵집.md"].status == "added"
    assert not any("나쁨" in name for name in stored(kb))


def test_a_file_that_has_become_wrong_leaves_its_document_as_it_was(folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder)
    before = stored(kb)
    (folder / "빵집.md").write_bytes(b"")
    bring(folder)
    assert stored(kb) == before


def test_a_full_disk_leaves_the_document_as_it_was(
    folder: Path, kb: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(folder / "빵집.md")
    before = stored(kb)
    (folder / "빵집.md").write_text(TEXT + "\n더 있다.\n", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (outcome,) = bring(folder / "빵집.md")
    assert outcome.problem == "No space left on device; check the file and the disk"
    assert stored(kb) == before


def test_the_knowledge_base_that_ships_is_not_written_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "PACKAGE", folder)
    with pytest.raises(GakjuError, match="ships in the package"):
        list(add(folder / "content", [], lambda: None))
    assert not (folder / "content").exists()


def test_two_writers_do_not_interleave(folder: Path, kb: Path) -> None:
    (kb / "corpus").mkdir(parents=True)
    waited: list[str] = []
    with (kb / "corpus" / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        def wait() -> None:
            waited.append("")
            fcntl.flock(lock, fcntl.LOCK_UN)

        found, _ = sources([folder], kb)
        assert [outcome.status for outcome in add(kb, found, wait)] == ["added", "added"]
    assert waited == [""]


# ── out ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["가게-떡집-안내", "가게-떡집-안내.md", unicodedata.normalize("NFD", "가게/떡집 안내.txt")]
)
def test_a_document_is_removed_with_its_original(name: str, folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder / "빵집.md")
    before = stored(kb)
    bring(folder)
    assert [(outcome.status, outcome.document) for outcome in remove(kb, [name], lambda: None)] == [
        ("removed", "가게-떡집-안내")
    ]
    assert stored(kb) == before


def test_what_is_not_there_or_was_written_by_hand_is_not_removed(make: Make) -> None:
    root = make({})
    said = [outcome.problem for outcome in remove(root, ["없음", "guide"], lambda: None)]
    assert said == [
        "there is no such document; gakju list names all",
        "it was written by hand; delete corpus/guide.md yourself if you mean it",
    ]
    assert (root / "corpus" / "guide.md").read_text(encoding="utf-8") == FILES["corpus/guide.md"]


# ── killed ───────────────────────────────────────────────────────────────────────────────────────

KILLED = """
import os, signal, sys
from pathlib import Path
from bot.adding import add, remove, sources
from bot.ingest import kinds
from bot.ingest.reader import Reader

left = int(sys.argv[1])

def counted(act):
    def run(*args, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*args, **named)
    return run

for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink")):
    setattr(owner, name, counted(getattr(owner, name)))
Reader.read = lambda _, data, name: kinds.read(data, Path(name).stem, Path(name).suffix)
if sys.argv[2] == "add":
    list(add(Path(sys.argv[3]), sources([Path(sys.argv[4])], Path(sys.argv[3]))[0], print))
else:
    list(remove(Path(sys.argv[3]), ["빵집"], print))
"""


def killed_at(step: int, *arguments: object) -> bool:
    """Whether the process was killed before this step, or had done all."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(step), *map(str, arguments)], cwd=ROOT, check=False)
    assert done.returncode in (0, -9)
    return done.returncode == -9


def test_killed_at_any_step_a_document_is_old_or_new_and_adding_again_mends_the_rest(
    folder: Path, kb: Path, bring: Bring
) -> None:
    (folder / "가게" / "떡집 안내.txt").unlink()
    bring(folder)
    new = TEXT.replace("호밀빵", "보리빵")
    old = stored(kb)
    (folder / "빵집.md").write_text(new, encoding="utf-8")
    step, seen = 1, set()
    while killed_at(step, "add", kb, folder):
        text = (kb / "corpus" / "빵집.md").read_text(encoding="utf-8")
        original = kb / "corpus" / parse("a", "a", text).front["original"]
        assert original.read_text(encoding="utf-8") == (new if "보리빵" in text else TEXT)
        assert "보리빵" in text or text == old["빵집.md"]
        seen.add("보리빵" in text)
        assert [outcome.status for outcome in bring(folder)][-1] == ("unchanged" if "보리빵" in text else "updated")
        assert [original.read_text(encoding="utf-8") for original in (kb / "corpus" / "originals").iterdir()] == [new]
        assert not list((kb / "corpus").glob(f".*{storage.DRAFT}"))
        for name in stored(kb):
            (kb / "corpus" / name).unlink()
        for name, content in old.items():
            (kb / "corpus" / name).write_text(content, encoding="utf-8")
        step += 1
    assert seen == {False, True}
    assert step > 6


def test_killed_at_any_step_a_document_is_there_or_removed(folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder)
    step = 1
    while killed_at(step, "remove", kb):
        files = stored(kb)
        if "빵집.md" in files:
            assert any(name.startswith("originals/빵집") for name in files)
        bring(folder)
        assert len(stored(kb)) == 4
        step += 1
    assert step > 2
    assert len(stored(kb)) == 2


def test_facts_of_passages_that_have_gone_are_told_of(folder: Path, kb: Path, bring: Bring) -> None:
    bring(folder / "빵집.md")
    (kb / "facts").mkdir()
    (kb / "facts" / "빵집.csv").write_text("id,passage\n1,빵집#p04\n2,빵집#p04\n3,빵집#p02\n", encoding="utf-8")
    (folder / "빵집.md").write_text(TEXT.replace("호밀빵", "보리빵"), encoding="utf-8")
    (outcome,) = bring(folder / "빵집.md")
    assert outcome.gone == ("빵집#p04",)
    assert adding.dangling(kb, set(outcome.gone)) == [("facts/빵집.csv", 2)]
    assert gakju("remove", "빵집", "--kb", kb, cwd=folder).err == [
        "gakju: facts/빵집.csv: 1 row names a passage of what has gone; gakju check lists them"
    ]


def test_facts_that_quote_what_a_passage_says_no_more_are_told_of(folder: Path, kb: Path, bring: Bring) -> None:
    path = folder / "값.md"
    path.write_text("# 값\n\n식빵은 3,000원이다. 호밀빵은 5,000원이다.\n", encoding="utf-8")
    bring(path)
    (kb / "facts").mkdir()
    rows = '# 값\nid,passage,quote\n1,값#p02,"식빵은 3,000원이다."\n2,값#p02,"호밀빵은 5,000원이다."\n'
    (kb / "facts" / "값.csv").write_text(rows, encoding="utf-8")
    path.write_text("# 값\n\n식빵은 3,000원이다. 호밀빵은 5,500원이다.\n", encoding="utf-8")
    assert gakju("add", path, "--kb", kb, cwd=folder).err == [
        "gakju: facts/값.csv: 1 row quotes what is there no more; gakju check lists them"
    ]


# ── the commands ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Done:
    status: int
    out: list[str]
    err: list[str]


def gakju(*arguments: object, cwd: Path) -> Done:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=cwd,
        check=False,
    )
    return Done(done.returncode, done.stdout.splitlines(), done.stderr.splitlines())


def test_documents_are_added_listed_and_removed(folder: Path, kb: Path) -> None:
    (folder / "나쁨.pdf").write_text("PDF가 아니다.", encoding="utf-8")
    done = gakju("add", folder, "--kb", kb, cwd=folder)
    assert done == Done(
        1,
        [
            "skipped\t표.xlsx\tfiles of its kind are not read",
            "added\t가게-떡집-안내\t1 passage",
            "added\t빵집\t5 passages",
            "2 added, 1 skipped, 1 failed; 6 passages",
        ],
        [
            "gakju: 나쁨.pdf: it is text, but is named .pdf; name it .txt if that is so",
            f"gakju: {kb} is a new knowledge base",
        ],
    )
    assert gakju("list", "--kb", kb, cwd=folder).out == [
        "가게-떡집-안내\tko\t\t1\t떡집 안내\t가게/떡집 안내.txt",
        "빵집\tko\t2024-03-05\t5\t빵집 안내\t빵집.md",
    ]
    assert gakju("add", folder / "빵집.md", "--kb", kb, cwd=folder).out == ["unchanged\t빵집", "1 unchanged"]
    assert gakju("remove", "빵집", "--kb", kb, cwd=folder) == Done(0, ["removed\t빵집", "1 removed"], [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "a.md"), "name the knowledge base with --kb DIR, or with GAKJU_KB"),
        (("add", "a.md", "--kb", "a.md"), "a.md is no folder"),
        (("remove", "a", "--kb", "none"), "none is no knowledge base"),
    ],
)
def test_a_command_that_does_not_say_where_is_one_line(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    done = gakju(*arguments, cwd=folder)
    assert done.status == 2
    assert done.out == []
    assert len(done.err) == 1
    assert said in done.err[0]


def test_a_new_knowledge_base_passes_its_check_and_answers(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init(kb)
    assert "gakju add --kb" in capsys.readouterr().out
    assert library.findings(kb) == []
    assert "약 12만 명" in answer("한라호 승객 몇 명?", library.load(kb)).text


def test_a_folder_that_has_something_in_it_is_not_made_a_knowledge_base(folder: Path) -> None:
    before = sorted(folder.iterdir())
    with pytest.raises(GakjuError, match="is not empty; name a new folder"):
        init(folder)
    assert sorted(folder.iterdir()) == before


def test_a_reader_in_a_child_says_the_same() -> None:
    with Reader() as reader:
        assert reader.read(TEXT.encode(), "a.md") == here(reader, TEXT.encode(), "a.md")
        with pytest.raises(DocumentError, match="it is empty"):
            reader.read(b"", "a.md")
