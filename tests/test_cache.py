"""What is kept between runs is only a help: damaged or missing, it is made again."""

import json
import os
from pathlib import Path

import pytest
from conftest import Make, changed

from bot import cache, library
from bot.answer import answer
from bot.errors import GakjuError

KEPT = cache.Kept(
    glosses=[("오븐", "oven")],
    aliases={"빵값": (["빵", "값"], [["=1"], []])},
    sentences={"a#p01": [["빵", "값"], ["오븐"]]},
    topics={"a#p01": ["오븐"]},
    names={"#price": ["빵"]},
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of this test's own."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    return cache.folder()


def test_the_cache_stands_in_the_folder_that_the_system_names(folder: Path, tmp_path: Path) -> None:
    assert folder.name == "gakju"
    assert folder.is_relative_to(tmp_path)


@pytest.mark.usefixtures("folder")
def test_what_was_written_is_read_back_under_its_stamp_and_no_other() -> None:
    assert cache.read("one") is None
    cache.write("one", KEPT)
    assert cache.read("one") == KEPT
    assert cache.read("two") is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"a#p01": [["', id="cut short"),
        pytest.param(b"[1, 2]", id="no table"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
    ],
)
def test_a_damaged_file_is_as_good_as_none(folder: Path, content: bytes) -> None:
    cache.write("one", KEPT)
    (folder / "one.json").write_bytes(content)
    assert cache.read("one") is None


def test_only_the_newest_files_are_kept(folder: Path) -> None:
    for number in range(cache.MOST + 3):
        cache.write(f"{number:02d}", KEPT)
        os.utime(folder / f"{number:02d}.json", (number, number))
    cache.write("last", KEPT)
    kept = sorted(path.stem for path in folder.iterdir())
    assert len(kept) == cache.MOST
    assert {"last", f"{cache.MOST + 2:02d}"} <= set(kept)
    assert "00" not in kept


def test_a_folder_that_cannot_be_made_is_done_without(folder: Path, make: Make) -> None:
    folder.parent.rmdir()
    folder.parent.write_text("a file stands where the folder would be", encoding="utf-8")
    cache.write("one", KEPT)
    assert cache.read("one") is None
    assert library.load(make()).facts


def test_a_base_is_the_same_from_the_cache_as_without_it(folder: Path, make: Make) -> None:
    root = make()
    first = library.load(root)
    assert len(list(folder.iterdir())) == 1
    second = library.load(root)
    assert second.all_sentence_terms() == first.all_sentence_terms()
    for question in ("솔빛제과 손님 몇 명이야?", "왜 빵이 쉽게 굳지 않아?", "What is Dalmuri?"):
        assert answer(question, second) == answer(question, first)


def test_a_changed_article_is_indexed_anew(folder: Path, make: Make) -> None:
    library.load(make())
    change = changed("corpus/guide.md", "작은 가게다.", "작은 가게다. 무화과를 키운다.")
    assert answer("무화과", library.load(make(change))).kind == "passage"
    assert len(list(folder.iterdir())) == 2


def test_a_base_with_an_error_is_not_kept(folder: Path, make: Make) -> None:
    with pytest.raises(GakjuError):
        library.load(make(changed("facts/bakeries.csv", "sales,1100000000", "sales,1")))
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param({"sentences": {"x": []}}, id="other passages"),
        pytest.param({"sentences": {"guide#p02": [["빵"]]}}, id="fewer sentences"),
        pytest.param({"sentences": {"guide#p02": 3}}, id="no lists"),
        pytest.param({"aliases": {"빵값": 3}}, id="no words"),
    ],
)
def test_a_file_of_another_shape_is_made_again(folder: Path, make: Make, kept: dict[str, object]) -> None:
    root = make()
    terms = library.load(root).all_sentence_terms()
    (path,) = folder.iterdir()
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | kept), encoding="utf-8")
    assert library.load(root).all_sentence_terms() == terms
