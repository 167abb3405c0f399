"""What is decided on proposed figures goes into the tables, whole or not at all; before that nothing is answered from them."""

import csv
import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Make, added
from hypothesis import given
from hypothesis import strategies as st

from bot import library, reviewing
from bot.cli.draft import review
from bot.cli.init import init
from bot.errors import ContentError, GakjuError
from bot.knowledge import proposals
from bot.knowledge.accepting import appended, slug
from bot.knowledge.proposals import COLUMNS, FIGURE, Proposal
from bot.language.hangul import nfc

NOTES = "---\ntitle: 새 소식\nlanguage: ko\ndate: 2025-03-02\n---\n\n"
NEWS = f"{NOTES}솔빛제과(Solbit)는 2025년에 손님 약 15만 명을 맞았다.\n\n해오름빵집(Haeoreum)은 직원 40명을 두었다.\n\n문의 02-1234-5678\n"


@pytest.fixture
def kb(make: Make) -> Path:
    return make({"corpus/news.md": NEWS})


def decide(kb: Path, decisions: dict[str, Proposal | str]) -> None:
    """Propose the figures of the news, and decide on those with these numbers."""
    _, rows = reviewing.propose(kb, "news")
    made = []
    for row in rows:
        decision = decisions.get(row.written, row)
        made.append(replace(row, decision=decision) if isinstance(decision, str) else decision)
    reviewing.save(kb, "news", made)


def state(kb: Path) -> dict[str, bytes]:
    return {str(path.relative_to(kb)): path.read_bytes() for path in sorted(kb.rglob("*")) if path.is_file()}


def rows_of(kb: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((kb / "facts" / name).read_text(encoding="utf-8"))))


# ── proposals are not answered ───────────────────────────────────────────────────────────────────


def test_a_proposal_is_never_loaded_for_answering_even_when_it_is_marked_accept(kb: Path) -> None:
    before = library.load(kb)
    decide(kb, {"약 15만 명": "accept", "40명": "accept"})
    assert (kb / "facts/drafts/news.csv").is_file()
    after = library.load(kb)
    assert after.facts == before.facts
    assert set(after.names.entities) == set(before.names.entities)
    assert [str(finding) for finding in library.findings(kb) if "drafts" in finding.path] == []


def test_what_a_spreadsheet_would_take_for_a_table_of_figures_in_the_drafts_folder_is_not_read_either(kb: Path) -> None:
    (kb / "facts/drafts").mkdir()
    (kb / "facts/drafts/bakeries.csv").write_text("id,nonsense\n", encoding="utf-8")
    assert library.load(kb).facts == library.load(kb).facts != ()


# ── accepting ────────────────────────────────────────────────────────────────────────────────────


def test_accepted_figures_are_answered_and_new_names_are_made(kb: Path) -> None:
    decide(kb, {"약 15만 명": "accept", "40명": "accept", "02-1234-5678": "accept"})
    made, doubtful = reviewing.accept(kb, "news")
    assert (len(made.facts), len(made.entities), len(made.metrics), len(made.exceptions)) == (2, 1, 1, 1)
    assert doubtful == []
    solbit, haeoreum = rows_of(kb, "news.csv")
    assert (solbit["entity"], solbit["metric"], solbit["value"], solbit["hedge"]) == (
        "solbit",
        "visitors",
        "150000",
        "about",
    )
    assert (haeoreum["entity"], haeoreum["metric"]) == ("haeoreum", "jikwon-su")
    assert rows_of(kb, "entities.csv")[-1]["name_ko"] == "해오름빵집"
    assert rows_of(kb, "metrics.csv")[-1]["counter_ko"] == "명"
    assert rows_of(kb, "exceptions.csv") == [
        {"passage": "news#p03", "quote": "문의 02-1234-5678", "reason": "전화번호"}
    ]
    assert {fact.id for fact in library.load(kb).facts} >= {"solbit-visitors-2", "haeoreum-jikwon-su"}
    assert [finding for finding in library.findings(kb) if finding.path.endswith("news.md")] == []
    assert not (kb / "facts/drafts/news.csv").exists()
    assert reviewing.propose(kb, "news")[1] == []


def test_what_is_not_decided_stays_and_a_decision_outlives_a_new_draft(kb: Path) -> None:
    decide(kb, {"40명": "accept"})
    assert {row.written: row.decision for row in reviewing.propose(kb, "news.md")[1]}["40명"] == "accept"
    reviewing.accept(kb, "news")
    left = reviewing.propose(kb, "news")[1]
    assert [(row.written, row.decision) for row in left] == [("약 15만 명", ""), ("02-1234-5678", "")]


def test_a_rejected_number_is_no_figure_from_then_on(kb: Path) -> None:
    decide(kb, {"40명": "reject", "약 15만 명": "reject"})
    rows = reviewing.saved(kb, "news")
    reviewing.save(kb, "news", [replace(row, reason="지난해 수치") if row.written == "40명" else row for row in rows])
    reviewing.accept(kb, "news")
    assert [row["reason"] for row in rows_of(kb, "exceptions.csv")] == ["검토에서 제외함", "지난해 수치"]
    left = [(row.kind, row.written) for row in reviewing.propose(kb, "news")[1]]
    assert left == [("no figure", "2025년"), ("no figure", "02-1234-5678")]  # a date is left that dates nothing now


def test_digits_that_a_person_calls_a_figure_are_not_made_an_exception(kb: Path) -> None:
    decide(kb, {"02-1234-5678": "reject"})
    reviewing.accept(kb, "news")
    assert not (kb / "facts/exceptions.csv").exists()
    assert [row.decision for row in reviewing.propose(kb, "news")[1]] == ["", "", "reject"]


def test_accepting_twice_adds_nothing_twice(kb: Path) -> None:
    decide(kb, {"40명": "accept"})
    rows = reviewing.saved(kb, "news")
    reviewing.accept(kb, "news")
    before = state(kb)
    reviewing.save(kb, "news", rows)  # as if killed before the draft was written
    made, _ = reviewing.accept(kb, "news")
    assert (made.facts, made.entities, made.metrics) == ([], [], [])
    assert {name: data for name, data in state(kb).items() if "drafts" not in name} == {
        name: data for name, data in before.items() if "drafts" not in name
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"value": "150001"}, "which its quote does not say", id="a value that the quote lacks"),
        pytest.param({"hedge": ""}, "its quote says about", id="a hedge that the quote lacks"),
        pytest.param({"value": "15만"}, "value is 15만; write digits only", id="a value that is none"),
        pytest.param({"unit": "people"}, "unit is people; write one of", id="a unit that is none"),
        pytest.param({"quote": "손님 15만 명"}, "is not in news#p01", id="a quote that the passage lacks"),
        pytest.param({"entity": ""}, "its entity is empty; write it into its row", id="no entity"),
        pytest.param({"metric": " "}, "its metric is empty; write it into its row", id="no metric"),
    ],
)
def test_a_wrong_row_is_one_line_and_changes_nothing(kb: Path, change: dict[str, str], said: str) -> None:
    _, rows = reviewing.propose(kb, "news")
    accepted = [replace(row, decision="accept") for row in rows]
    reviewing.save(kb, "news", [replace(accepted[0], **change), *accepted[1:]])
    before = state(kb)
    with pytest.raises(GakjuError) as error:
        reviewing.accept(kb, "news")
    assert said in str(error.value)
    assert str(error.value).count("\n") == 0
    assert state(kb) == before


def test_all_rows_that_are_not_complete_are_told_at_once(kb: Path) -> None:
    _, rows = reviewing.propose(kb, "news")
    first, second, *_ = (replace(row, decision="accept", entity="") for row in rows if row.kind == FIGURE)
    reviewing.save(kb, "news", [first, second])
    with pytest.raises(GakjuError, match="its entity is empty") as error:
        reviewing.accept(kb, "news")
    assert f"{second.written} of {second.passage} (entity)" in str(error.value)


def test_an_error_that_was_there_before_does_not_stand_in_the_way(make: Make) -> None:
    wrong = added("facts/bakeries.csv", "x,nobody,sales,1,,,KRW,,,guide#p02,빵집,,,")
    kb = make({"corpus/news.md": NEWS, **wrong})
    decide(kb, {"40명": "accept"})
    assert len(reviewing.accept(kb, "news")[0].facts) == 1


def test_nothing_decided_and_no_such_document_are_said(kb: Path) -> None:
    with pytest.raises(
        GakjuError, match=r"nothing is decided on news; write accept or reject into facts/drafts/news\.csv"
    ):
        reviewing.accept(kb, "news")
    with pytest.raises(GakjuError, match="there is no document 'nowhere'; gakju list shows them all"):
        reviewing.propose(kb, "nowhere")
    with pytest.raises(GakjuError, match="there is no document 'new'; did you mean news"):
        reviewing.propose(kb, "new")
    with pytest.raises(GakjuError, match=r"bakeries\.en is a translation; its figures are those of bakeries"):
        reviewing.propose(kb, "bakeries.en")


def test_a_write_that_fails_leaves_the_file_as_it_was(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(kb, {"40명": "accept"})
    before = state(kb)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        reviewing.accept(kb, "news")
    assert state(kb) == before


# ── the table ────────────────────────────────────────────────────────────────────────────────────

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20).map(nfc)


@given(
    st.lists(
        st.builds(
            Proposal,
            decision=st.sampled_from(["", "accept", "reject"]),
            written=CELLS,
            quote=CELLS.map("q{}".format),
            entity=CELLS,
        ),
        max_size=4,
    )
)
def test_a_table_of_proposals_is_read_as_it_was_written(rows: list[Proposal]) -> None:
    assert proposals.read("a.csv", proposals.write(rows)) == rows


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "'="])
def test_no_cell_is_a_formula_in_a_spreadsheet(sign: str) -> None:
    row = Proposal(quote=f"{sign}HYPERLINK(1)", passage="a#p01")
    written = proposals.write([row])
    cells = next(iter(csv.DictReader(io.StringIO(written))))
    assert cells["quote"].startswith("'")
    assert proposals.read("a.csv", written) == [row]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_table_that_a_korean_spreadsheet_saved_is_read(kb: Path, encoding: str) -> None:
    _, rows = reviewing.propose(kb, "news")
    reviewing.path_of(kb, "news").write_bytes(proposals.write(rows).encode(encoding))
    assert reviewing.saved(kb, "news") == rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("decision,quote,passage\nyes,a,b\n", "a.csv:2: decision is 'yes'; leave it empty or write accept or reject"),
        ("quote,passage\n", "a.csv:1: the column decision is missing or unknown"),
        ("decision,quote,passage,colour\n", "a.csv:1: the column colour is missing or unknown"),
    ],
)
def test_a_mistake_in_a_table_names_its_line(text: str, said: str) -> None:
    with pytest.raises(ContentError) as error:
        proposals.read("a.csv", text)
    assert str(error.value).startswith(said)


def test_rows_are_added_below_what_stands_there_untouched() -> None:
    text = 'id,name_ko,name_en\n# odd "row"\na,가,A'
    assert appended("entities", text, [{"id": "b", "name_ko": "나, 다", "name_en": "B"}]) == text + '\nb,"나, 다",B\n'


def test_a_column_that_a_table_lacks_is_added_to_all_of_it() -> None:
    text = "id,name_ko,name_en\n\na,가,A\n"
    row = {"id": "b", "name_ko": "나", "name_en": "B", "counter_ko": "명"}
    assert appended("metrics", text, [row]) == "id,name_ko,name_en,counter_ko\n\na,가,A,\nb,나,B,명\n"


def test_remarks_above_the_names_of_the_columns_stay_remarks() -> None:
    text = '# Names, of "all"\n\nid,name_ko,name_en\n# odd\na,가,A\n'
    assert appended("metrics", text, [{"id": "b", "name_ko": "나", "name_en": "B"}]) == f"{text}b,나,B\n"
    counted = {"id": "b", "name_ko": "나", "name_en": "B", "counter_ko": "명"}
    assert appended("metrics", text, [counted]) == (
        '# Names, of "all"\n\nid,name_ko,name_en,counter_ko\n# odd\na,가,A,\nb,나,B,명\n'
    )


def test_figures_are_accepted_into_the_example_that_init_makes(tmp_path: Path) -> None:
    kb = tmp_path / "new"
    init(kb)
    (kb / "corpus/news.md").write_text(NEWS, encoding="utf-8")
    decide(kb, {"약 15만 명": "accept", "40명": "accept", "02-1234-5678": "accept"})
    made, _ = reviewing.accept(kb, "news")
    assert (len(made.facts), len(made.exceptions)) == (2, 1)
    assert [finding for finding in library.findings(kb) if finding.error] == []


@pytest.mark.parametrize(
    ("name", "identifier"),
    [("한빛전자", "hanbitjeonja"), ("직원 수", "jikwon-su"), ("Northwind Motors", "northwind-motors"), ("…", "item")],
)
def test_an_id_is_a_name_in_latin_letters(name: str, identifier: str) -> None:
    assert slug(name) == identifier


# ── one after another ────────────────────────────────────────────────────────────────────────────


def answering(*answers: str) -> Callable[[str, str], str]:
    """Type these answers in turn; `=` keeps what stands there."""
    waiting = list(answers)

    def ask(_: str, default: str) -> str:
        answer = waiting.pop(0)
        return default if answer == "=" else answer

    return ask


def test_a_person_accepts_corrects_rejects_skips_and_quits(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, rows = reviewing.propose(kb, "news")
    saves: list[int] = []
    typed = ("x", "c", "=", "직원|employees", "=", "=", "=", "=", "=", "2024", "s", "q")
    ask = answering("ㅁ", *typed)
    review([*rows, rows[0]], ask, lambda decided: saves.append(len(decided)), "ko")
    said = capsys.readouterr().out
    assert "[1/4] news#p01\n“솔빛제과(Solbit)는 2025년에 손님 약 15만 명을 맞았다.”" in said
    assert "해오름빵집|Haeoreum (새로 만듦)" in said
    assert "수치가 아님: 02-1234-5678 (전화번호)" in said
    assert saves == [4, 4]


def test_what_was_corrected_is_accepted_as_corrected_and_a_reason_goes_with_a_rejection(kb: Path) -> None:
    _, rows = reviewing.propose(kb, "news")
    review(
        rows,
        answering("r", "어림수", "c", "=", "employees", "=", "=", "=", "=", "=", "2024", "a"),
        lambda _: None,
        "ko",
    )
    assert [(row.decision, row.reason) for row in rows if row.kind != FIGURE or row.reason] == [
        ("reject", "어림수"),
        ("accept", "전화번호"),
    ]
    assert (rows[1].decision, rows[1].metric, rows[1].as_of) == ("accept", "employees", "2024")
    assert all(hasattr(rows[0], column) for column in COLUMNS)
