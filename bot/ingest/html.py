"""A page of HTML → a draft of its main content."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from bot.errors import DocumentError
from bot.ingest.dates import date
from bot.ingest.decoding import decoded
from bot.ingest.draft import Block, Draft, list_blocks
from bot.ingest.shaping import line

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "canvas",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "nav",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "dialog",
        "menu",
    ]
)
AROUND = frozenset(("header", "footer", "aside"))  # dropped where they stand beside the main content
ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu"))
BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "td",
        "th",
        "ul",
        "caption",
        "legend",
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
DEPTH = 200  # elements inside each other; what is deeper is read as plain text
DATES = (
    "//meta[@property='article:published_time' or @property='article:modified_time']/@content",
    "//meta[@name='date' or @name='dcterms.date' or @name='DC.date' or @itemprop='datePublished']/@content",
    "//time/@datetime",
)


def read(data: bytes) -> Draft:
    """Read a page. No address in it is ever asked for anything.

    Raises:
        DocumentError: it is no text, or has no content.
    """
    named = CHARSET.search(data[:4096])
    root = _parsed(decoded(data, named.group(1).decode("ascii") if named else ""))
    title, heading = line(root.findtext(".//title") or ""), root.find(".//h1")
    first = _heading(heading) if heading is not None else ""
    if not title or (first and re.match(r"\s*[-–—|:·]\s", title.removeprefix(first)) and title.startswith(first)):
        title = first or title  # without the name of the site
    dates = (date(str(found)) for path in DATES for found in root.xpath(path)[:5])
    draft = Draft(title=title, date=next((found for found in dates if found), ""))
    draft.blocks += list(_Reading().blocks(_main(root), 0))
    return draft


def to_markdown(markup: str) -> str:
    """A table or preformatted text in HTML as Markdown has it."""
    lines: list[str] = []
    for block in _Reading().blocks(_parsed(markup), 0):
        if block.kind == "rows":
            rows = [[cell.replace("|", "\\|") for cell in row] for row in block.cells]
            width = max(map(len, rows))
            rows = [row + [""] * (width - len(row)) for row in rows]
            lines += ["", *("| " + " | ".join(row) + " |" for row in (rows[0], ["---"] * width, *rows[1:])), ""]
        elif block.kind == "code":
            lines += ["", "```" + block.text, "```", ""]
        else:
            lines += ["", block.text or "\n".join(block.parts), ""]
    return "\n".join(lines)


def _parsed(text: str) -> etree._Element:
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentError("there is no text in it", "add a page that has text") from error
    return root


def _main(root: etree._Element) -> etree._Element:
    """The element that holds the content: main, the only article, or all."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1 and len("".join(found[0].itertext()).split()) > 10:
            return found[0]
    body = root.find("body")
    return root if body is None else body


class _Reading:
    """One walk over a tree, in its order: text is gathered until something ends it."""

    def __init__(self) -> None:
        self._held: list[str] = []

    def blocks(self, element: etree._Element, depth: int) -> Iterator[Block]:
        yield from self._inside(element, depth, top=True)
        yield from self._text()

    def _text(self) -> Iterator[Block]:
        text = "".join(self._held)
        self._held = []
        if text.strip():
            yield Block("text", text)

    def _inside(self, element: etree._Element, depth: int, top: bool = False) -> Iterator[Block]:
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, depth + 1, top)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._held.append(re.sub(r"\s+", " ", text))

    def _element(self, element: etree._Element, depth: int, top: bool) -> Iterator[Block]:
        tag = str(element.tag).lower()
        if tag in DROPPED or element.get("role") in ROLES or element.get("hidden") is not None:
            return
        if tag in AROUND and (top or tag == "footer"):
            return
        if depth > DEPTH:
            self._say(" ".join(element.itertext()))
        elif tag in HEADINGS:
            yield from self._text()
            yield Block("heading", _heading(element), level=HEADINGS[tag])
        elif tag == "pre":
            yield from self._text()
            yield Block("code", _language(element) + "\n" + "".join(element.itertext()))
        elif tag in ("ul", "ol"):
            yield from self._text()
            yield from list_blocks(_items(element, "", depth))
        elif tag == "table":
            yield from self._text()
            yield from _table(element, depth)
        elif tag == "br":
            self._held.append("\n")
        elif tag == "img":
            self._held.append(element.get("alt") or "")
        elif tag in ("code", "kbd", "samp", "tt"):
            text = line("".join(element.itertext()))
            self._held.append(f"`{text}`" if text else "")
        elif tag == "dt":
            yield from self._text()
            yield from self._inside(element, depth)
            self._held.append(": ")
        elif tag == "dd":
            yield from self._inside(element, depth)
            yield from self._text()
        elif tag in BREAKS:
            yield from self._text()
            yield from self._inside(element, depth, top and tag in ("div", "body", "section"))
            yield from self._text()
        else:
            yield from self._inside(element, depth)


def _heading(element: etree._Element) -> str:
    """The words of a heading, without the sign of the link to it."""
    return line("".join(_words(element))).strip("§¶ ")


def _words(element: etree._Element) -> Iterator[str]:
    """The words inside of an element, without what is dropped."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            yield _shown(node)
        elif node is not element:
            yield " " if node.tag in BREAKS else "\n" if node.tag == "br" else ""
            yield node.tail or ""


def _shown(node: etree._Element) -> str:
    if node.tag in DROPPED:
        for inner in list(node):
            node.remove(inner)
        return ""
    return (node.get("alt") or "") if node.tag == "img" else (node.text or "")


def _language(element: etree._Element) -> str:
    """The language that a block of code is said to be in."""
    classes = " ".join(node.get("class") or "" for node in (element, *element.findall("code")))
    found = re.search(r"\b(?:language|lang|highlight-source)-([\w+#-]+)", classes)
    return found.group(1) if found else ""


def _items(element: etree._Element, indent: str, depth: int) -> Iterator[str | Block]:
    number = 0
    for item in element:
        if not isinstance(item.tag, str):
            continue
        number += 1
        mark = f"{number}. " if element.tag == "ol" else "- "
        lines: list[str] = []
        for block in _Reading().blocks(item, depth + 1):
            if block.kind == "text":
                text = line(block.text)
                lines.append(f"{indent}{mark}{text}" if not lines and mark else f"{indent}  {text}")
                mark = ""
            elif block.kind == "items":
                lines += [f"{indent}  {row}" for part in block.parts for row in part.split("\n")]
            else:
                if lines:
                    yield "\n".join(lines)
                lines = []
                yield block
        if lines:
            yield "\n".join(lines)


def _table(element: etree._Element, depth: int) -> Iterator[Block]:
    """A table; one that only lays a page out, with tables, lists or headings in its cells, is read cell by cell."""
    if element.find(".//table") is not None or any(
        element.find(f".//{tag}") is not None for tag in ("h1", "h2", "pre")
    ):
        for cell in element.iter("td", "th", "caption"):
            if not any(above.tag in ("td", "th") for above in _until(cell, element)):
                yield from _Reading().blocks(cell, depth + 1)
        return
    if (caption := element.find("caption")) is not None:
        yield Block("text", "".join(_words(caption)))
    rows = list(element.iter("tr"))
    cells = tuple(tuple(line("".join(_words(cell))) for cell in row if cell.tag in ("td", "th")) for row in rows)
    header = bool(rows) and (rows[0].getparent().tag == "thead" or all(cell.tag == "th" for cell in rows[0]))
    yield Block("rows", cells=tuple(row for row in cells if row), header=header)


def _until(node: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    for above in node.iterancestors():
        if above is top:
            return
        yield above
