"""What does Telegram's HTML say? Text and entities, or the error that Telegram answers with."""

import re
from typing import Final

from .api import JSON, ApiError
from .text import Formatted, cut, link, units

_TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ATTRIBUTES: Final = {
    "span": {"class"},
    "a": {"href"},
    "tg-emoji": {"emoji-id"},
    "tg-time": {"unix", "format"},
    "code": {"class"},
    "blockquote": {"expandable"},
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z])|);?")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]+(?=[\s>])))?""")


def parse_html(html: str) -> Formatted:
    """Read Telegram's HTML.

    Raises:
        ApiError: a tag that is unknown, not closed, closed twice or crossed, in Telegram's words with the byte where.
    """
    result = Formatted("")
    out: list[str] = []
    length = 0  # of what is in `out`, in UTF-16 code units
    open_tags: list[tuple[str, JSON, int]] = []
    at = 0
    while at < len(html):
        if html[at] != "<":
            end = html.find("<", at) % (len(html) + 1)  # -1, for no other tag, is the end
            if ">" in html[at:end]:
                result.notes.append("a > that is not written &gt;")
            out.append(_decoded(html[at:end], result.notes))
            length += units(out[-1])
            at = end
        elif html.startswith("</", at):
            at = _close(html, at, open_tags, out, length, result)
        else:
            name, attributes, at = _open(html, at, result.notes)
            open_tags.append((name, attributes, length))
    if open_tags:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    for entity in result.entities:
        if entity["type"] == "code":
            entity.pop("language", None)  # only <pre> has one
    result.text = "".join(out)
    if _SURROGATE.search(result.text):
        raise _cannot(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
        )
    return result


def _cannot(why: str) -> ApiError:
    return ApiError(f"can't parse entities: {why}")


def _byte(html: str, at: int) -> int:
    return len(html[:at].encode("utf-8", "surrogatepass"))


def _decoded(text: str, notes: list[str]) -> str:
    """A text with every "&…;" as the character that it stands for; an & that begins none stands for itself."""

    def character(match: re.Match[str]) -> str:
        hexadecimal, decimal, named = match.groups()
        if named:
            return _NAMED[named]
        code = int(hexadecimal or "0", 16) or int(decimal or "0")
        if 0 < code < 0x10FFFF:
            return chr(code)
        notes.append(f"& that is not written &amp;, in {text[match.start() : match.start() + 12]!r}")
        return match.group()

    return _REFERENCE.sub(character, text)


def _open(html: str, at: int, notes: list[str]) -> tuple[str, JSON, int]:
    """A start tag's name, its attributes, and where it ends."""
    match = re.compile(r"<([^\s>]*)").match(html, at)
    assert match is not None
    name, end = match.group(1).lower(), match.end()
    if end == len(html):
        raise _cannot(f"Unclosed start tag at byte offset {_byte(html, at)}")
    if name not in _TAGS:
        raise _cannot(f'Unsupported start tag "{name}" at byte offset {_byte(html, at)}')
    attributes: JSON = {}
    while attribute := _ATTRIBUTE.match(html, end):
        key, value = attribute.groups()
        end = attribute.end()
        if key not in _ATTRIBUTES.get(name, ()):
            notes.append(f"<{name}> has no attribute {key}")
        attributes[key] = _decoded((value or "").strip("\"'"), notes)
    while end < len(html) and html[end].isspace():
        end += 1
    if end == len(html):
        raise _cannot(f'Unclosed start tag "{name}" at byte offset {_byte(html, at)}')
    if html[end] != ">":
        raise _cannot(f'Empty attribute name in the tag "{name}" at byte offset {_byte(html, at)}')
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {_byte(html, at)}')
    return name, attributes, end + 1


def _close(
    html: str, at: int, open_tags: list[tuple[str, JSON, int]], out: list[str], length: int, result: Formatted
) -> int:
    """Read an end tag, and keep the entity that it completes; returns where the tag ends."""
    if not open_tags:
        raise _cannot(f"Unexpected end tag at byte offset {_byte(html, at)}")
    match = re.compile(r"</([^\s>]*)\s*").match(html, at)
    assert match is not None
    if not html.startswith(">", match.end()):
        raise _cannot(f"Unclosed end tag at byte offset {_byte(html, at)}")
    name, attributes, start = open_tags.pop()
    found = match.group(1).lower()
    if found and found != name:
        raise _cannot(f'Unmatched end tag at byte offset {_byte(html, at)}, expected "</{name}>", found "</{found}>"')
    if length > start:
        covered = cut("".join(out), start, length - start)
        entity = _entity(name, attributes, covered, result)
        if entity is not None:
            result.entities.append({"type": entity.pop("type"), "offset": start, "length": length - start, **entity})
    return match.end() + 1


def _entity(name: str, attributes: JSON, covered: str, result: Formatted) -> JSON | None:
    """What a tag makes of the text that it covers, which has just been closed."""
    if name == "a":
        url = attributes.get("href") or covered
        if match := re.fullmatch(r"tg:/?/?user\?id=(\d+)", url):
            return {"type": "text_mention", "user": {"id": int(match.group(1)), "is_bot": False, "first_name": covered}}
        kept = link(url)
        if kept is None:
            result.notes.append(f"{url!r} is no link: Telegram drops it")
            return None
        return {"type": "text_link", "url": kept}
    if name == "tg-emoji":
        if not attributes.get("emoji-id", "").isdecimal():
            raise ApiError("Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": attributes["emoji-id"]}
    if name == "tg-time":
        if not re.fullmatch(r"\d{1,12}", attributes.get("unix", "")):
            raise _cannot("Invalid date-time specified")
        when: JSON = {"type": "date_time", "unix_time": int(attributes["unix"])}
        if "format" in attributes:
            if not re.fullmatch(r"r|w?[dD]?[tT]?", attributes["format"]):
                raise _cannot("Invalid date-time format specified")
            when["date_time_format"] = attributes["format"]
        return when
    if name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if name == "pre" and result.entities and result.entities[-1]["type"] == "code":
        inner = result.entities[-1]  # <pre><code class="language-…"> is one entity
        if "language" in inner and units(covered) == inner["length"]:
            result.entities.pop()
            return {"type": "pre", "language": inner["language"]}
    if name == "code" and attributes.get("class", "").startswith("language-"):
        return {"type": "code", "language": attributes["class"].removeprefix("language-")}
    return {"type": _TAGS[name]}
