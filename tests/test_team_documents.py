"""What teams write: contacts, glossaries, runbooks, release notes, reports; and what their people ask of these."""

import pytest
from conftest import FILES, BaseOf, Make, quotes

from bot import library
from bot.answer import answer
from bot.answer.numbered import stands_in
from bot.answer.shapes import entries, only_lists, topic
from bot.knowledge.base import Base
from bot.schema import Word


def document(title: str, body: str, language: str = "ko") -> str:
    """A document as `gakju add` keeps it, its passages marked: what stands between empty lines is one."""
    passages = [f"# {title}", *body.strip().split("\n\n")]
    marked = "\n\n".join(f"<!-- p{number:02d} -->\n{text}" for number, text in enumerate(passages, 1))
    return f"---\ntitle: {title}\nlanguage: {language}\n---\n\n{marked}\n"


CONTACTS = """
이름 | 역할 | 전화 | 이메일 | 층
강민재 | 대표 | 010-1111-2222 | minjae@example.com | 5층
한가람 | CTO | 010-3333-4444 | river@example.com | 4층
배준호 | 총무 | 010-5555-6666 | junho@example.com | 5층
"""
FACTS = """
- 4층 현관 비밀번호: 4820
- 5층 현관 비밀번호: 7315
- 회의실: 노을(4인), 바다(6인)

- [ ] 오전 10시까지 출근
- [ ] 준비물
  - 신분증 사본
  - 통장 사본
- [ ] 팀 점심
"""
GLOSSARY = """
- P0: 모든 손님이 겪는 장애
- 코어타임: 모두가 연락이 되어야 하는 시간
- 올핸즈: 매월 첫째 목요일에 여는 회의
"""
HANDBOOK = """
코어타임에 늦을 때는 팀에 미리 알린다. P0가 나면 CTO에게 전화한다.

생일에는 케이크를 산다. 다음 올핸즈는 강당에서 한다.
"""
ERRORS = """
Errors return a JSON body with a code and a message.

code | name | meaning
429 | rate_limited | Too many requests in the window
503 | maintenance | The service is being repaired
507 | quota_exceeded | The workspace is full
"""
RELEASES = """
## v3.5.0 — 2024-07-30

- File locking: a file is locked while it is edited.
- Guests may be asked in.

## v3.4.0 — 2024-05-21

- Search is twice as fast.
"""
REPORT = """
2024년 4분기 MAU는 41만 8천 명으로 3분기보다 9.4% 늘었다.

분기 | MAU | WAU
2024 Q2 | 351,000 | 221,000
2024 Q3 | 382,000 | 249,000
2024 Q4 | 418,000 | 277,000
"""
OUTAGE = """
Author: Daniel Cho. Severity: SEV1. Status: reviewed.

## Root cause

The login outage was caused by a certificate that had expired.

## Timeline

- 14:03 The first alert comes in.
- 14:21 The morning deployment is rolled back.
"""
RUNBOOK = """
## 배포 롤백

이전 버전으로 되돌리려면 아래를 실행한다.

```bash
helm rollback app 12 --wait
```

## 회고

롤백에 13분을 썼지만 도움이 되지 않았다.
"""
PRICES = """
제품 | 1~9개 | 10개 이상
높이 책상 | {desk} | 650,000원
그물 의자 | 275,000원 | 259,000원

- 설치비는 책상 1대에 {fee}입니다.
- 섬은 배송비를 더 받습니다.
"""
VENDORS = """
Vendor | Supplies | Payment terms
Linak | Lift columns | net 45
Nordlack | Lacquer | prepaid
Saebyeok | Delivery | net 30
"""
PLANNER = """
- Rooms with sloped ceilings can be drawn, three of them side by side.
- The `--headless` mode of the planner:

```sh
planner render room.json --headless
```
"""
TEAM = {
    "corpus/price-2024.md": document("단가표 2024년", PRICES.format(desk="690,000원", fee="15,000원")),
    "corpus/price-2025.md": document("단가표 2025년", PRICES.format(desk="720,000원", fee="18,000원")),
    "corpus/vendors.md": document("Vendors", VENDORS, "en"),
    "corpus/planner.md": document("Room planner", PLANNER, "en"),
    "corpus/contacts.md": document("연락처", CONTACTS),
    "corpus/facts.md": document("사무실", FACTS),
    "corpus/glossary.md": document("용어집", GLOSSARY),
    "corpus/handbook.md": document("핸드북", HANDBOOK),
    "corpus/errors.md": document("Errors of the API", ERRORS, "en"),
    "corpus/releases.md": document("Release notes", RELEASES, "en"),
    "corpus/report.md": document("지표 보고서", REPORT),
    "corpus/outage.md": document("Login outage of August", OUTAGE, "en"),
    "corpus/runbook.md": document("런북", RUNBOOK),
}


@pytest.fixture(scope="module", params=["memory", "disk"])
def team(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Base:
    root = tmp_path_factory.mktemp("team")
    for name, text in TEAM.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return library.load(root, request.param)


# ── numbers, times and periods tell which is meant ───────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("what does error 429 mean", "rate_limited", id="a code"),
        pytest.param("error 507", "quota_exceeded", id="a code and a word"),
        pytest.param("5층 현관 비밀번호", "7315", id="a floor"),
        pytest.param("what happened at 14:21", "rolled back", id="a time of day"),
        pytest.param("14시 21분에 무슨 일이 있었어?", "rolled back", id="a time of day, in other words"),
        pytest.param("2024년 3분기 MAU 몇 명?", "382,000", id="a quarter, in the row of another language"),
        pytest.param("MAU in Q2 2024", "351,000", id="a quarter, in English"),
    ],
)
def test_what_a_number_or_a_period_singles_out_is_quoted(team: Base, question: str, said: str) -> None:
    assert said in " ".join(quotes(answer(question, team)))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("what does error 418 mean", id="a code that is only a part of a number"),
        pytest.param("3층 현관 비밀번호", id="a floor that there is none of"),
        pytest.param("what happened at 15:40", id="a time that nothing is told of"),
        pytest.param("v3.9.0 변경 사항", id="a version that there is none of"),
        pytest.param("what is 2+2", id="a sum"),
    ],
)
def test_what_no_number_singles_out_is_refused(team: Base, question: str) -> None:
    assert answer(question, team).kind == "not_found"


@pytest.mark.parametrize(
    ("number", "text", "stands"),
    [
        ("418", "418,000 users", False),
        ("418", "error 418.", True),
        ("9", "09:31", True),
        ("3.5", "3.5.1", False),
        ("14", "at 14:21", True),
        ("4", "v4", True),
    ],
)
def test_a_number_stands_in_a_text_as_itself(number: str, text: str, stands: bool) -> None:
    assert stands_in(Word(surface=number, terms=(number,), number=True), text) is stands


# ── tables, lists and headings ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("배준호 번호", "010-5555-6666", id="what a column is called by others"),
        pytest.param("강민재 이메일", "minjae@example.com", id="a column"),
        pytest.param("CTO 누구야", "한가람", id="who holds an office"),
    ],
)
def test_a_row_is_read_with_the_names_of_its_columns(team: Base, question: str, said: str) -> None:
    found = answer(question, team)
    assert said in found.text
    assert "이름:" in found.text


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        pytest.param("바다 회의실은 몇 명이 써?", True, id="people"),
        pytest.param("how many rooms can be drawn side by side?", True, id="a number in words"),
        pytest.param("올핸즈에 몇 명이 와?", False, id="a text without any number"),
        pytest.param("책상 설치비에 몇 명이 와?", False, id="desks are no people"),
    ],
)
def test_how_many_there_are_is_told_by_what_counts_them(team: Base, question: str, answered: bool) -> None:
    assert (answer(question, team).kind != "not_found") is answered


@pytest.mark.parametrize(
    "question", ["Who is the CEO of Saebyeok Delivery?", "Who is the president of Nordlack Lacquer?"]
)
def test_who_holds_an_office_is_not_told_by_what_does_not_name_it(team: Base, question: str) -> None:
    assert answer(question, team).kind == "not_found"


@pytest.mark.parametrize("question", ["높이 책상 10개 이상 사면 얼마야?", "높이 책상 10개 이상이면 얼마야?"])
def test_to_buy_is_no_thing_that_must_be_told_of(team: Base, question: str) -> None:
    assert "10개 이상: 650,000원" in answer(question, team).text


def test_rows_of_two_editions_are_read_with_the_names_of_their_columns(team: Base) -> None:
    newer, older = answer("높이 책상 10개 이상 단가는?", team).text.split("\n")[:2]
    assert "2025년 문서의 표에" in newer
    assert "1~9개: 720,000원 · 10개 이상: 650,000원" in newer
    assert "그 전의 2024년 문서의 표에는" in older
    assert "1~9개: 690,000원" in older


def test_what_the_names_of_columns_say_is_not_looked_for_in_the_rows(team: Base) -> None:
    found = answer("What are the payment terms of Linak?", team)
    assert "Vendor: Linak · Supplies: Lift columns · Payment terms: net 45" in found.text
    assert "Nordlack" not in found.text


def test_a_number_is_told_by_the_item_that_has_it_alone(team: Base) -> None:
    assert quotes(answer("설치비 얼마야?", team)) == [
        "설치비는 책상 1대에 18,000원입니다.",
        "설치비는 책상 1대에 15,000원입니다.",
    ]


def test_code_that_a_quote_leads_to_is_told_with_it(team: Base) -> None:
    assert "planner render room.json" in quotes(answer("What is the headless mode of the planner?", team))[-1]


@pytest.mark.parametrize("question", ["강민재 생일", "배준호 생일이 언제야?"])
def test_what_is_told_of_others_is_not_told_of_a_name(team: Base, question: str) -> None:
    assert answer(question, team).kind == "not_found"


def test_an_item_is_quoted_with_what_stands_beneath_it(team: Base) -> None:
    assert "- [ ] 준비물\n  - 신분증 사본\n  - 통장 사본" in " ".join(quotes(answer("준비물 뭐야?", team)))


def test_the_heading_that_a_quote_stands_under_is_told(team: Base) -> None:
    assert "v3.5.0 — 2024-07-30" in answer("which version added file locking?", team).text


@pytest.mark.parametrize("question", ["when was v3.4.0 released?", "v3.4.0 언제 나왔어?"])
def test_a_date_that_stands_in_a_heading_is_quoted_from_it(team: Base, question: str) -> None:
    assert quotes(answer(question, team)) == ["v3.4.0 — 2024-05-21"]


def test_the_heading_is_not_told_where_there_is_one_article(make: Make) -> None:
    one = {**dict.fromkeys(FILES), "corpus/releases.md": TEAM["corpus/releases.md"]}
    assert "›" not in answer("who may be asked in?", library.load(make(one))).text


# ── definitions, reasons, commands ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("P0가 뭐야", "모든 손님이 겪는 장애", id="a term"),
        pytest.param("코어타임 뭐야", "연락이 되어야 하는 시간", id="a term of two words"),
        pytest.param("올핸즈 언제야?", "첫째 목요일", id="a term that begins as a year does"),
        pytest.param("What caused the login outage?", "certificate", id="a reason"),
        pytest.param("롤백 명령", "helm rollback", id="a command"),
        pytest.param("rollback command", "helm rollback", id="a command, across languages"),
    ],
)
def test_the_kind_of_sentence_that_is_asked_for_is_quoted(team: Base, question: str, said: str) -> None:
    assert said in " ".join(quotes(answer(question, team)))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("- P0: everything is down", {"p0"}),
        ("**Core time** — when all are there", {"coretime"}),
        ("배준호 | 총무 | 5층", {"배준호", "총무", "5층"}),
        ("MAU는 고유 사용자 수다.", set()),
    ],
)
def test_an_entry_is_of_what_stands_before_its_colon_or_in_its_cells(text: str, terms: set[str]) -> None:
    assert entries(text) == terms


def test_a_topic_is_what_a_sentence_begins_with() -> None:
    assert "mau" in topic("MAU는 고유 사용자 수다.")
    assert "churn" in topic("Churn is the share of those who leave.")
    assert not topic("It grew.")


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("Author: Daniel. Severity: SEV1.", True),
        ("- 상태: 승인됨\n- 날짜: 2024-09-05", True),
        ("a | b\n1 | 2", True),
        ("The outage was caused by a certificate.", False),
    ],
)
def test_labels_and_tables_are_told_from_sentences(text: str, lists: bool) -> None:
    assert only_lists(text) is lists


# ── names of variables, and articles in two languages ────────────────────────────────────────────


def test_a_variable_that_no_article_has_is_no_other(base_of: BaseOf) -> None:
    table = "Variable | Default | Meaning\nAPP_SESSION_TTL | 43200 | seconds\nAPP_PORT | 8080 | port"
    files = {"corpus/a.md": document("Settings", table, "en"), "corpus/b.md": document("Other", "Nothing.", "en")}
    base = base_of(files)
    assert "43200" in answer("what is the default of APP_SESSION_TTL", base).text
    assert answer("what is the default of APP_CACHE_TTL", base).kind == "not_found"


@pytest.mark.parametrize(
    ("english", "foreign"),
    [
        pytest.param(0, True, id="none"),
        pytest.param(2, True, id="few"),
        pytest.param(4, False, id="many"),
    ],
)
def test_where_few_articles_are_in_the_language_of_a_question_translations_are_searched_for(
    base_of: BaseOf, english: int, foreign: bool
) -> None:
    files = {f"corpus/e{n}.md": document(f"Desk {n}", f"Desk {n} is closed.", "en") for n in range(english)}
    files |= {f"corpus/k{n}.md": document(f"{n}번 안내", f"{n}번 창구는 닫혔다.") for n in range(8 - english)}
    assert base_of(files).is_foreign("en") is foreign
