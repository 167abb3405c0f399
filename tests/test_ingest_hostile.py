"""Broken, lying and hostile files: each ends in one line that says what is wrong and what to do."""

import io
import os
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ingest_formats import PAGE, everything, pdf, word
from test_ingest_markdown import assert_document

from bot.errors import DocumentError
from bot.ingest import child
from bot.ingest.reader import BYTES, Reader

WORD = word(everything)
PDF = pdf([[(50, 700, 10, "빵을 굽는다.")]])
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
BOMB = "".join(f'<!ENTITY {name} "{f"&{before};" * 30}">' for before, name in zip("abcdefg", "bcdefgh", strict=True))


def repacked(changes: dict[str, bytes]) -> bytes:
    """The Word file with parts of it changed or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, data in parts.items():
            new.writestr(name, data)
    return file.getvalue()


def body(xml: str) -> bytes:
    return repacked({"word/document.xml": BODY.format(xml).encode()})


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, data)
    return file.getvalue()


def lying() -> bytes:
    """A Word file whose directory claims that a part is small: it is inflated for all that."""
    data = bytearray(repacked({"word/media/a.bin": b"\0" * 1_000_000}))
    size = (1_000_000).to_bytes(4, "little")
    for _ in range(2):
        at = data.find(size)
        data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def looped() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>"  # fmt: skip


def encrypted_zip() -> bytes:
    data = bytearray(WORD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def encrypted_pdf() -> bytes:
    key = b"<" + b"00" * 32 + b">"
    encrypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O " + key + b" /U " + key + b" /P -1 >> /ID [<00> <00>] "
    return PDF.replace(b"trailer << ", b"trailer << " + encrypt)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("a.md", b"", "it is empty; add a file that has text", id="empty"),
        pytest.param("a.md", b" \n\n\t", "it is empty; add a file that has text", id="only spaces"),
        pytest.param("a.txt", b"\0" * 5000, "it is empty; add a file that has text", id="NUL bytes"),
        pytest.param("a.md", b"---\ntitle: x\n---\n\n***\n", "there is no text in it", id="no words"),
        pytest.param("a.txt", bytes(range(256)) * 20, "it is no text; add Markdown", id="bytes"),
        pytest.param("a.md", b"\x89PNG\r\n\x1a\n", "it is a picture; add a file that has text", id="picture"),
        pytest.param("a.pdf", "빵을 굽는다.".encode(), "it is text, but is named .pdf; name it .txt", id="text named PDF"),
        pytest.param("a.docx", b"Bread.", "it is text, but is named .docx; name it .txt", id="text named Word"),
        pytest.param("a.md", PDF, "it is a PDF, but is named .md; name it .pdf", id="PDF named Markdown"),
        pytest.param("a.pdf", WORD, "it is a Word file or another zip, but is named .pdf", id="Word named PDF"),
        pytest.param("a.docx", zipped("a", b"b"), "it is a zip file, not a Word file", id="zip named Word"),
        pytest.param("a.docx", zipped("xl/workbook.xml", b"b"), "it is a spreadsheet, not a Word file", id="spreadsheet"),
        pytest.param("a.docx", b"\xd0\xcf\x11\xe0" + b"\1" * 99, "it is an old or encrypted Office file", id="old Word"),
        pytest.param("a.docx", encrypted_zip(), "it is encrypted; save it without a password", id="encrypted Word"),
        pytest.param("a.docx", WORD[:-300], "it is damaged or cut off; open it in Word", id="truncated Word"),
        pytest.param("a.docx", lying(), "it is damaged or cut off; open it in Word", id="Word that lies of its size"),
        pytest.param("a.docx", body("<w:p>"), "it is damaged; open it in Word", id="broken XML"),
        pytest.param("a.docx", body("<w:sdt>" * 3000 + "</w:sdt>" * 3000), "it is damaged; open it in Word", id="deep XML"),
        pytest.param(
            "a.docx",
            repacked({"word/media/a.bin": b"\0" * (130 * 2**20)}),
            "it inflates to more than a document may; open it in Word",
            id="zip bomb",
        ),
        pytest.param(
            "a.docx",
            body("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_900_000),
            "inflates to more than a document may",
            id="bomb of XML",
        ),
        pytest.param("a.pdf", PDF[: len(PDF) // 3], "it is damaged, or no PDF at all", id="truncated PDF"),
        pytest.param("a.pdf", b"%PDF-1.7\n" + os.urandom(3000), "it is damaged, or no PDF at all", id="PDF of noise"),
        pytest.param("a.pdf", encrypted_pdf(), "it is encrypted; save it without a password", id="encrypted PDF"),
        pytest.param("a.pdf", looped(), "", id="PDF whose pages are themselves"),
        pytest.param("a.pdf", pdf([[]]), "there is no text in it; add a file that has text", id="PDF of pictures"),
        pytest.param("a.pdf", pdf([[]] * 2001), "it has 2,001 pages, more than 2,000; divide it", id="pages"),
        pytest.param("a.txt", b"a" * (BYTES + 1), "it is larger than 50 MB; divide it into smaller files", id="huge"),
        pytest.param("a.txt", b"a" * 21_000_000, "its text is longer than 20,000,000 characters", id="one long line"),
        pytest.param("a.txt", b"a b.\n\n" * 20_001, "it has more than 20,000 passages", id="passages"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_in_one_line(reader: Reader, name: str, data: bytes, said: str) -> None:
    with pytest.raises(DocumentError) as error:
        reader.read(data, name)
    assert said in str(error.value)
    assert "; " in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_of_a_pdf_that_is_cut_off_nothing_is_read(reader: Reader, share: float) -> None:
    whole = pdf([[(50, 700, 10, f"{number}쪽에 있는 문장이다.")] for number in range(20)])
    with pytest.raises(DocumentError, match=r"it is damaged|it is cut off"):
        reader.read(whole[: int(len(whole) * share)], "a.pdf")
    assert len(reader.read(whole, "a.pdf").passages) == 20


def test_entities_of_xml_are_not_expanded(reader: Reader) -> None:
    xml = f'<!DOCTYPE w [<!ENTITY a "{"ha" * 50}">{BOMB}<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    text = BODY.format("<w:p><w:r><w:t>빵이다.</w:t></w:r><w:r><w:t>&h;&x;</w:t></w:r></w:p>")
    try:
        found = reader.read(repacked({"word/document.xml": (xml + text).encode()}), "a.docx")
    except DocumentError as error:
        assert "damaged" in str(error)
    else:
        assert found.passages == ("빵이다.",)


def test_no_address_in_a_file_is_asked_for_anything(reader: Reader) -> None:
    asked = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        relation = f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="{address}" TargetMode="External"/></Relationships>'
        with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
            relations = archive.read("word/_rels/document.xml.rels").decode()
        changed = relations.replace("</Relationships>", relation).encode()
        reader.read(repacked({"word/_rels/document.xml.rels": changed}), "a.docx")
        reader.read(PAGE.replace("http://127.0.0.1:9/a.png", address).encode(), "a.html")
        reader.read(f'<!DOCTYPE html SYSTEM "{address}"><html><body><p>빵.</p>'.encode(), "a.html")
        reader.read(f"![빵]({address})\n\n<img src='{address}'>".encode(), "a.md")
        try:
            server.accept()
            asked.set()
        except TimeoutError:
            pass
    assert not asked.is_set()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.md", b"`" * 100_000, id="backticks"),
        pytest.param("a.md", b"<A a='" * 20_000, id="tags left open"),
        pytest.param("a.md", b"{{<" * 50_000 + b"<!--" * 50_000, id="marks left open"),
        pytest.param("a.md", b"[" * 20_000 + b"x", id="brackets"),
        pytest.param("a.md", b">" * 20_000 + b"x", id="quotes in quotes"),
        pytest.param("a.md", b"".join(b" " * n + b"- x\n" for n in range(300)), id="lists in lists"),
        pytest.param("a.html", b"<html>" + b"<div>" * 100_000 + b"x", id="elements in elements"),
        pytest.param("a.html", b"<html>" + b"<ul><li>x" * 20_000, id="lists of HTML"),
        pytest.param("a.html", b"<html>" + b"<table><tr><td>x" * 5_000, id="tables of HTML"),
        pytest.param("a.docx", body("<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80), id="tables of Word"),
    ],
)
def test_what_is_nested_or_left_open_without_end_is_read_or_refused_in_time(
    reader: Reader, name: str, data: bytes
) -> None:
    try:
        reader.read(data, name)
    except DocumentError as error:
        assert "\n" not in str(error)


def test_after_a_file_that_ends_the_child_the_next_is_read() -> None:
    with Reader(seconds=0.001) as reader:
        with pytest.raises(DocumentError, match="it takes too long to read; divide it"):
            reader.read(b"x", "a.md")
        reader._seconds = 60
        assert reader.read("빵을 굽는다.".encode(), "a.md").passages == ("빵을 굽는다.",)


def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_is_read(reader: Reader) -> None:
    with pytest.raises(DocumentError, match="more memory"):
        reader.read(body("<w:p><w:r><w:t>a.</w:t></w:r></w:p>" * 1_200_000), "a.docx")
    assert reader.read(b"Bread.", "a.md").passages == ("Bread.",)


def test_a_defect_of_a_reader_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(child, "read", fail)
    assert child.answer(b"x", "x", ".md")["problem"] == "it is damaged (ZeroDivisionError)"


@given(st.binary(max_size=400), st.sampled_from([".md", ".txt", ".html", ".pdf", ".docx", ""]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_document_or_one_line_that_says_why_not(data: bytes, suffix: str) -> None:
    assert_document(data, suffix)


@given(st.sampled_from([(WORD, ".docx"), (PDF, ".pdf"), (PAGE.encode(), ".html")]), st.data())
@settings(max_examples=150, deadline=None)
def test_a_file_with_any_of_its_bytes_changed_is_a_document_or_refused(
    file: tuple[bytes, str], data: st.DataObject
) -> None:
    content, suffix = bytearray(file[0]), file[1]
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    answer = child.answer(bytes(content), "x", suffix)
    assert "passages" in answer or "\n" not in answer["problem"]


REACHING_OUT = """
import pathlib, socket, subprocess, sys
from bot.ingest import child
child.limit()
for act in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: subprocess.run(["true"]),
    lambda: pathlib.Path(sys.argv[1]).write_text("x"),
):
    try:
        act()
    except OSError:
        print("refused")
"""


def test_the_child_may_not_reach_out(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REACHING_OUT, str(tmp_path / "a")], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines() == ["refused"] * 3
