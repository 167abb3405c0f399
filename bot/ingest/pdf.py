"""A PDF → a draft: its lines are put together to paragraphs by where they stand and how large they are."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
from pypdfium2 import raw

from bot.errors import DocumentError
from bot.ingest.dates import date
from bot.ingest.draft import Block, Draft
from bot.ingest.pdf_tables import Cell, tables
from bot.ingest.text import ENDS, MARKER, block
from bot.language.hangul import is_syllable

PAGES = 2000
END = 2**16  # bytes, in which a PDF says that it ends
LARGER = 1.12  # times the size of the running text: a heading
HEADING = 120  # characters, the longest heading
GAP = 1.45  # times the usual distance of lines: a new paragraph
FULL = 0.8  # of the width of the page's text: a shorter line that ends a sentence ends its paragraph
EDGE = 3  # lines at the top and at the bottom of a page that may be its header and footer
REPEATED = 0.5  # of the pages
BOTH = 2  # pages
APART = 0.9  # times the size of a line's letters: so far apart are the cells of a row
CLOSE = 0.4  # the same for a row whose cells stand below, or above, those of a table
SOFT_HYPHENS = "\x02\ufffe\u00ad"
LEADER = re.compile(r"(?:[.·…] ?){5,}")
PAGE_NUMBER = re.compile(
    r"^\W*(?:page|쪽|페이지)?\W*(?:\d{1,4}|[ivxl]{1,7})\W*(?:(?:/|of|중)\W*\d{1,4}\W*)?(?:쪽|페이지)?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A line of a page: where it begins and ends, how high it stands (upwards), and the size of its letters."""

    text: str
    left: float
    right: float
    height: float
    size: float
    page: int
    spaced: bool = False  # ends with a space
    cells: tuple[Cell, ...] = ()  # its parts that stand far from each other
    close: tuple[Cell, ...] = ()  # and those that stand a little apart


def read(data: bytes) -> Draft:
    """Read a PDF.

    Raises:
        DocumentError: it is encrypted, damaged, or has too many pages.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise DocumentError("it is encrypted", "save it without a password") from error
        raise DocumentError("it is damaged, or no PDF at all", "open it in a PDF reader and save it again") from error
    if b"%%EOF" not in data[-END:]:  # its pages may be found all the same, but not all of them
        raise DocumentError("it is cut off", "get it again, or open it in a PDF reader and save it")
    with pdf:
        if len(pdf) > PAGES:
            raise DocumentError(f"it has {len(pdf):,} pages, more than {PAGES:,}", "divide it into smaller files")
        about = pdf.get_metadata_dict()
        try:
            pages = [list(lines(pdf, number)) for number in range(len(pdf))]
        except pypdfium2.PdfiumError as error:
            raise DocumentError("a page of it is damaged", "open it in a PDF reader and save it again") from error
    body = [line for page in _without_edges([_rows_joined(page) for page in pages]) for line in page]
    draft = Draft(
        title=_title(about.get("Title", "")), saved=date(about.get("ModDate", "") or about.get("CreationDate", ""))
    )
    draft.blocks += list(blocks(body))
    return draft


def _title(text: str) -> str:
    """A title as its author wrote it, not one that a program made of the file's name."""
    return "" if re.search(r"\.\w{2,5}$|^(?:Microsoft|untitled|제목 없음)", text.strip(), re.IGNORECASE) else text


def lines(pdf: Any, number: int) -> Iterator[Line]:
    """The lines of a page."""
    page = pdf[number]
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        text = text_page.get_text_range() if count else ""
        index = 0
        for whole in re.split("(\r\n|\r|\n)", text):
            length = len(whole.encode("utf-16-le", "surrogatepass")) // 2
            if whole.strip():
                stripped = whole.rstrip(" \t\u00a0")
                lead = len(whole) - len(whole.lstrip())
                first = raw.FPDFText_GetCharIndexFromTextIndex(text_page, index + lead)
                last = raw.FPDFText_GetCharIndexFromTextIndex(
                    text_page, index + length - 1 - (len(whole) - len(stripped))
                )
                left, bottom, _, _ = text_page.get_charbox(max(first, 0), loose=True)
                _, _, right, _ = text_page.get_charbox(max(last, 0), loose=True)
                size = raw.FPDFText_GetFontSize(text_page, max(first, 0))
                words = tuple(_words(text_page, whole, index))
                cells, close = (tuple(_parted(words, apart * size)) for apart in (APART, CLOSE))
                yield Line(whole.strip(), left, right, bottom, round(size, 1), number, whole != stripped, cells, close)
            index += length
    finally:
        text_page.close()
        page.close()


def _words(text_page: Any, whole: str, index: int) -> Iterator[Cell]:
    """The words of a line, and where they stand; `index` is where it begins."""

    def box(at: int) -> tuple[float, float]:
        units = len(whole[:at].encode("utf-16-le", "surrogatepass")) // 2
        char = raw.FPDFText_GetCharIndexFromTextIndex(text_page, index + units)
        left, _, right, _ = text_page.get_charbox(max(char, 0), loose=True)
        return left, right

    for match in re.finditer(r"\S+", whole):
        yield Cell(match.group(), box(match.start())[0], box(match.end() - 1)[1])


def _parted(words: tuple[Cell, ...], apart: float) -> Iterator[Cell]:
    """The parts of a line that stand so far apart, as the cells of a table do."""
    held = words[0]
    for word in words[1:]:
        if word.left - held.right > apart:
            yield held
            held = word
        else:
            held = Cell(f"{held.text} {word.text}", held.left, word.right)
    yield held


def _without_edges(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without the header and footer that most of them repeat, and without their numbers."""
    if len(pages) == BOTH:
        return _without_same(pages)
    seen = Counter(key for page in pages for key in {_pattern(line) for line in _edges(page)})
    least = max(3, REPEATED * len(pages))
    return [
        [
            line
            for line in page
            if line not in _edges(page)
            or (seen[_pattern(line)] < least and not (len(pages) > 1 and PAGE_NUMBER.match(line.text)))
        ]
        for page in pages
    ]


def _without_same(pages: list[list[Line]]) -> list[list[Line]]:
    """Two pages without the first and last lines that both have in the same place, and without their numbers."""

    def is_edge(line: Line, page: list[Line]) -> bool:
        if PAGE_NUMBER.match(line.text):
            return line in _edges(page)
        heights = [other.height for other in page]
        outermost = line.height in (max(heights), min(heights))
        return outermost and all(
            any(other.text == line.text and abs(other.height - line.height) < 1 for other in each) for each in pages
        )

    return [[line for line in page if not is_edge(line, page)] for page in pages]


def _edges(page: list[Line]) -> list[Line]:
    ordered = sorted(page, key=lambda line: -line.height)
    return [*ordered[:EDGE], *ordered[-EDGE:]]


def _pattern(line: Line) -> str:
    """What a line has in common with its like on other pages: numbers may differ, but not those of a sentence."""
    return line.text if ENDS.search(line.text) else re.sub(r"\d+", "#", line.text)


def blocks(found: list[Line]) -> Iterator[Block]:
    """Lines → headings, paragraphs, lists and tables."""
    if not found:
        return
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0]
    larger = sorted({line.size for line in found if _is_heading(line, body)}, reverse=True)
    gaps = [gap for above, line in itertools.pairwise(found) if (gap := _gap(above, line)) > 0]
    usual = statistics.median(gaps) if gaps else 0.0
    right = max(line.right for line in found)
    spaced = any(line.spaced for line in found)
    held: list[Line] = []
    done = 0
    for start, end, cells in (*tables(found), (len(found), len(found), ())):
        for line in found[done:start]:
            if held and _begins(held, line, body, usual, right):
                yield _block(held, body, larger, spaced)
                held = []
            held.append(line)
        if held:
            yield _block(held, body, larger, spaced)
            held = []
        if cells:
            yield Block("rows", cells=cells)
        done = end


def _rows_joined(page: list[Line]) -> list[Line]:
    """Lines of a page, those that follow each other at one height as one."""
    found: list[Line] = []
    for line in page:
        above = found[-1] if found else None
        if above and abs(above.height - line.height) < 1 and line.left > above.right and above.size == line.size:
            found[-1] = replace(
                above,
                text=f"{above.text} {line.text}",
                right=line.right,
                cells=(*above.cells, *line.cells),
                close=(*above.close, *line.close),
                spaced=line.spaced,
            )
        else:
            found.append(line)
    return found


def _is_heading(line: Line, body: float) -> bool:
    return line.size > body * LARGER and len(line.text) <= HEADING and not re.search(r"[.!?。]$", line.text)


def _gap(above: Line, line: Line) -> float:
    return above.height - line.height if above.page == line.page else 0.0


def _begins(held: list[Line], line: Line, body: float, usual: float, right: float) -> bool:
    """Whether a line begins something new."""
    above = held[-1]
    if line.size != above.size and (_is_heading(line, body) or _is_heading(above, body)):
        return True
    if above.page != line.page:
        return bool(ENDS.search(above.text)) or _is_heading(above, body)
    gap = _gap(above, line)
    if usual and not _is_heading(line, body) and (gap > usual * GAP or gap < -usual):
        return True
    if MARKER.match(line.text):
        return not MARKER.match(held[0].text)
    if MARKER.match(held[0].text) and line.left < held[0].left + 1:
        return line.left < held[0].left - 1 or bool(ENDS.search(above.text))
    if LEADER.search(above.text):  # a line of a table of contents
        return True
    width = right - min(other.left for other in held)
    return bool(ENDS.search(above.text)) and above.right - above.left < width * FULL


def _block(held: list[Line], body: float, larger: list[float], spaced: bool) -> Block:
    texts = [LEADER.sub(" … ", line.text) for line in _joined(held, spaced)]
    if _is_heading(held[0], body) and len(" ".join(texts)) <= 2 * HEADING:
        return Block("heading", " ".join(texts), level=min(larger.index(held[0].size) + 1, 6))
    if len(texts) > 1 and MARKER.match(texts[0]):
        return block(texts)
    return Block("text", "\n".join(texts))


def _joined(held: list[Line], spaced: bool) -> Iterator[Line]:
    """The lines of a paragraph as one, or one for each item of a list."""
    current: Line | None = None
    for line in held:
        if current is None:
            current = line
        elif MARKER.match(line.text) and MARKER.match(held[0].text):
            yield current
            current = line
        else:
            current = replace(line, text=_put_together(current, line, spaced))
    if current:
        yield replace(current, text=current.text.rstrip(SOFT_HYPHENS))


def _put_together(above: Line, line: Line, spaced: bool) -> str:
    """A line after the one that it goes on from."""
    text = above.text
    if text[-1] in SOFT_HYPHENS:
        return text.rstrip(SOFT_HYPHENS) + line.text
    if re.search(r"[a-z]-$", text) and re.match(r"[a-z]", line.text):
        return text[:-1] + line.text
    # Where lines end with a space after a whole word, one that does not was broken inside of a word.
    if spaced and not above.spaced and is_syllable(text[-1]) and is_syllable(line.text[0]):
        return text + line.text
    return f"{text} {line.text}"
