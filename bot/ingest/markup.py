"""Markdown as people write it → Markdown alone: the tags of MDX and HTML, directives and comments taken out.

Their words stay. Code, in a fence or between backticks, is not touched.
"""

import re
from collections.abc import Callable
from html import unescape

FENCE = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(`{3,}|~{3,})(.*)$")
CODE_SPAN = re.compile(r"(?<!`)(`{1,8})(?!`)(?:.|\n(?!\n)){1,1000}?(?<!`)\1(?!`)")
MODULE = re.compile(r"^(?:import\s+(?:[^'\"\n]+\s+from\s+)?['\"][^'\"\n]+['\"];?|export\s+(?:\*|\{).*)\s*$")
EXPORT = re.compile(r"^export\s+(?:default|const|let|var|function|class)\b")
COMMENTS = (("<!--", "-->"), ("{/*", "*/}"), ("<script", "</script>"), ("<style", "</style>"))
# Lengths are bounded, and nothing is tried twice: a file may be made to take a pattern for ever.
ATTRIBUTES = r"(?:\s(?:=>|[^<>\"'{}]|\"[^\"]{0,1000}\"|'[^']{0,1000}'|\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}\})*+)?+"
COMPONENT = re.compile(rf"<(/?)([A-Z][\w.]*)({ATTRIBUTES}/?)>")
PARTS_OF_HTML = (
    "a|abbr|article|aside|b|blockquote|br|button|center|cite|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|"
    "font|footer|header|hr|i|iframe|img|input|ins|kbd|label|li|main|mark|nav|ol|p|picture|q|s|samp|section|small|source|"
    "span|strong|sub|summary|sup|svg|path|table|tbody|td|template|tfoot|th|thead|tr|tt|u|ul|var|video|code|pre|h[1-6]"
)
TAG = re.compile(rf"<(/?)({PARTS_OF_HTML})\b({ATTRIBUTES})/?>", re.IGNORECASE)
DIVIDES = re.compile(
    "article|aside|blockquote|center|d[dlt]|details|div|fig\\w+|footer|h[1-6]|header|hr|li|main|nav|[ou]l|p|section|summary|t\\w+",
    re.IGNORECASE,
)
TABLE = re.compile(r"<(table|pre)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
ALT = re.compile(r"\b(?:alt|titleText|title|label)=(?:\"([^\"]*)\"|'([^']*)')")
PARAMETER = re.compile(r"\b(?:query|path|body|header)=[\"']")
ATTRIBUTE = re.compile(r"\b([\w-]+)=(?:\"([^\"]*)\"|'([^']*)')")
SHORTCODE = re.compile(r"\{\{[<%](.{0,500}?)[%>]\}\}", re.DOTALL)
SHOWN = re.compile(r"\btext=\"([^\"]*)\"")
LIQUID = re.compile(r"\{%[-\s].{0,500}?%\}|\{\*[^{}\n]*\*\}|\{![^{}\n]*!\}")
ANCHOR = re.compile(r"^(#{1,6}\s.*?)\s*\{\s*[#.:][^{}]*\}\s*$")
DIRECTIVE = re.compile(r"^[ \t]*(?::{3,}|/{3,})\s*(?:\{?[\w-]+\}?)?\s*(?:\{[^}]*\})?(?:\|\s*)?(.*?)\s*$")
INDENTED = re.compile(r"^( *)(?:!!!|\?\?\?\+?|===\+?)\s+(?:[\w-]+)?\s*(?:\"([^\"]*)\")?\s*$")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
CALLOUT = re.compile(r"^([ \t>]*>[ \t]*)\[!\w+\][-+]?[ \t]*", re.MULTILINE)
TERMINAL = re.compile(r"<(Terminal|Console|Shell|CodeBlock)\w*[^>]*>\s*\n(.*?)\n\s*</\1\w*>", re.DOTALL)
GLOSSED = re.compile(r"(?<=[가-힣`])<sup>\s*([A-Za-z][^<>]*?)\s*</sup>", re.IGNORECASE)  # 메모된<sup>Memoized</sup>
SPACE = re.compile(r"\{(['\"`])\s*\1\}")
STYLED = re.compile(r"</?(?:font|u|b|i|span|strong|em)\b[^<>]*>")
HELD = "\ue000{}\ue001"
HELD_AGAIN = re.compile("\ue000(\\d+)\ue001")


def cleaned(text: str, html_block: Callable[[str], str]) -> str:
    r"""`text` as plain Markdown.

    Args:
        text: lines end in \\n; it has no characters of the private use area.
        html_block: makes Markdown of a table or preformatted text in HTML.
    """
    held: list[str] = []

    def hold(code: str) -> str:
        held.append(code)
        return HELD.format(len(held) - 1)

    text = _undirected(_code_held(text, hold))
    text = CODE_SPAN.sub(lambda match: hold(match.group()), text)
    for opening, closing in COMMENTS:
        text = _without(text, opening, closing)
    text = TERMINAL.sub(lambda match: "\n" + hold(f"```\n{match.group(2)}\n```") + "\n", text)
    text = TABLE.sub(lambda match: f"\n\n{html_block(_released(match.group(), held))}\n\n", text)
    text = SHORTCODE.sub(lambda match: " ".join(SHOWN.findall(match.group(1))), LIQUID.sub("", text))
    text = _untagged(SPACE.sub(" ", text))
    text = FOOTNOTE.sub(r"(\1)", CALLOUT.sub(r"\1", text))
    text = "\n".join(ANCHOR.sub(r"\1", part) for part in text.split("\n"))
    return _released(text, held)


def _without(text: str, opening: str, closing: str) -> str:
    """The text without what stands between two marks; an opening that is never closed is text."""
    kept: list[str] = []
    end = 0
    while (start := text.find(opening, end)) >= 0 and (closed := text.find(closing, start + len(opening))) >= 0:
        kept.append(text[end:start])
        end = closed + len(closing)
    return "".join([*kept, text[end:]])


def _code_held(text: str, hold: Callable[[str], str]) -> str:
    """The text with each block of code in a fence put aside; lines that import or export are left out."""
    kept: list[str] = []
    code: list[str] = []
    fence = ""
    exported = False
    for part in text.split("\n"):
        match = FENCE.match(part)
        if fence:
            code.append(part)
            if match and match.group(1).startswith(fence) and not match.group(2).strip():
                kept.append(hold(_unstyled(code)))
                fence, code = "", []
        elif match and "`" not in match.group(2):
            fence, code, exported = match.group(1), [part], False
        elif exported or EXPORT.match(part):
            exported = bool(part.strip())
        elif not MODULE.match(part):
            kept.append(part)
    if code:
        kept.append(hold("\n".join(code)))
    return "\n".join(kept)


def _unstyled(code: list[str]) -> str:
    """What a terminal shows, without the tags that colour it."""
    first = code[0].lstrip(" `~")
    if first.startswith(("console", "termynal", "terminal")):
        return "\n".join([code[0], *(unescape(STYLED.sub("", part)) for part in code[1:])])
    return "\n".join(code)


def _released(text: str, held: list[str]) -> str:
    while HELD_AGAIN.search(text):  # what was put aside may stand in what was
        text = HELD_AGAIN.sub(lambda match: held[int(match.group(1))], text)
    return text


def _undirected(text: str) -> str:
    """`:::tip Title`, `/// note | Title`, `!!! note "Title"`: the title stays, an indented body comes to the margin."""
    kept: list[str] = []
    depth = -1  # the indent of what a directive's body is indented by
    for whole in text.split("\n"):
        part = whole
        if depth >= 0 and part.strip():
            inside = part.startswith(" " * (depth + 4))
            part = part[depth + 4 :] if inside else part
            depth = depth if inside else -1
        if match := INDENTED.match(part):
            depth = len(match.group(1)) if depth < 0 else depth
            kept += ["", match.group(2) or "", ""]
        elif match := DIRECTIVE.match(part):
            kept += ["", match.group(1), ""]
        else:
            kept.append(part)
    return "\n".join(kept)


def _untagged(text: str) -> str:
    """The text without tags; those that no other tag closes are words."""
    closed = set(re.findall(r"</([A-Z][\w.]*)\s*>", text))

    def component(match: re.Match[str]) -> str:
        closing, name, attributes = match.groups()
        alone = _is_alone(match)
        in_word = re.match(r"[A-Za-z0-9_.]", text[match.start() - 1 : match.start()])  # List<String>
        if not (closing or name in closed or alone or (attributes.endswith("/") and not in_word)):
            return match.group()
        said = "" if closing else _alt(attributes)
        return f"\n\n{said}\n\n" if alone or said else ""

    def tag(match: re.Match[str]) -> str:
        closing, name, attributes = match.groups()
        name = name.lower()
        if name == "br":
            return "\n" if text[match.end() : match.end() + 1] != "\n" else ""
        if name == "img":
            return _alt(attributes)
        if name in ("code", "kbd", "samp", "tt"):
            return "`"
        if re.fullmatch("h[1-6]", name):
            return "\n\n" if closing else f"\n\n{'#' * int(name[1])} "
        if name == "li":
            return "\n" if closing else "\n- "
        return "\n\n" if DIVIDES.fullmatch(name) else ""

    text = GLOSSED.sub(r"(\1)", COMPONENT.sub(component, text))
    return TAG.sub(tag, text) if "<" in text else text


def _is_alone(match: re.Match[str]) -> bool:
    text = match.string
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    end = text.find("\n", match.end())
    after = text[match.end() : end if end >= 0 else len(text)]
    return not (before.strip(" \t>") or after.strip())


def _alt(attributes: str) -> str:
    if PARAMETER.search(attributes):  # of an API, which its attributes describe
        said = ((match[1], match[2] or match[3] or "") for match in ATTRIBUTE.finditer(attributes))
        return " · ".join(f"{name}: `{value}`" for name, value in said if value)
    found = ALT.search(attributes)
    return " ".join((found.group(1) or found.group(2) or "").split()) if found else ""
