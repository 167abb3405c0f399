"""What text does a message have? HTML and entities as Telegram reads them, offsets in UTF-16 code units."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from .api import JSON, ApiError

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

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
_PLAIN = re.compile(r"[^&<]+")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]+(?=[\s>])))?""")
_FORMATS: Final = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "custom_emoji",
        "text_link",
        "text_mention",
        "date_time",
    }
)
_GIVEN: Final = _FORMATS | {"code", "pre", "blockquote", "expandable_blockquote"}
_FOUND: Final = {
    "url": re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’”]|\b(?:[a-z0-9-]+\.)+(?:com|org|net|me|kr)\b(?:/\S*)?"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b"),
    "bot_command": re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{3,31})?(?![\w/])"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}"),
    "email": re.compile(r"\b[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b"),
}


@dataclass
class Formatted:
    """A text after its markup has been read."""

    text: str
    entities: list[JSON] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # rules that were broken and that Telegram passes over in silence


def units(text: str) -> int:
    """The length of a text in UTF-16 code units, which is how Telegram counts."""
    return len(text) + sum(ch > "\uffff" for ch in text)


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def formatted(text: str, parse_mode: str | None = None, entities: list[JSON] | None = None) -> Formatted:
    """Read a text as the Bot API does: parse mode or entities, control characters, blanks at both ends.

    Raises:
        ApiError: the markup cannot be read.
    """
    if parse_mode and parse_mode.lower() == "html":
        result = parse_html(text)
        if entities:
            result.notes.append("both parse_mode and entities are given")
    elif parse_mode:
        raise ApiError(
            "this server reads no parse mode but HTML" if _is_markdown(parse_mode) else "unsupported parse_mode"
        )
    else:
        result = Formatted(text, [_checked(entity, text) for entity in entities or ()])
    result.notes += _nesting(result.entities)
    _trim(result)
    result.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    if len(result.entities) > ENTITY_LIMIT:
        result.notes.append(f"{len(result.entities)} entities; Telegram keeps the first {ENTITY_LIMIT}")
        del result.entities[ENTITY_LIMIT:]
    result.entities = _with_found(result.text, result.entities)
    return result


def _is_markdown(parse_mode: str) -> bool:
    return parse_mode.lower() in ("markdown", "markdownv2")


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: blanks and characters without a shape."""
    return all(ch.isspace() or ch in "\u2800\u3164\ufffc" or unicodedata.category(ch) in ("Cf", "Cc") for ch in text)


def find(text: str) -> list[JSON]:
    """The mentions, commands, links and tags that Telegram sees in a plain text."""
    found: list[JSON] = []
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            offset = units(text[: match.start()])
            entity = {"type": kind, "offset": offset, "length": units(match.group())}
            if not any(_overlap(entity, other) for other in found):
                found.append(entity)
    return sorted(found, key=lambda entity: int(entity["offset"]))


def _with_found(text: str, entities: list[JSON]) -> list[JSON]:
    taken = [entity for entity in entities if entity["type"] in ("code", "pre", "text_link", "text_mention")]
    found = [entity for entity in find(text) if not any(_overlap(entity, other) for other in taken)]
    both = [*entities, *(entity for entity in found if entity not in entities)]
    return sorted(both, key=lambda entity: (entity["offset"], -entity["length"]))[:ENTITY_LIMIT]


def _overlap(one: JSON, other: JSON) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _checked(entity: JSON, text: str) -> JSON:
    """An entity that came as JSON: within the text, on borders of characters, complete."""
    kind, offset, length = entity["type"], entity["offset"], entity["length"]
    total = units(text)
    if not (0 <= offset < total and 0 < length <= total - offset):
        raise ApiError(f"can't parse entities: {kind} at {offset} of {length} is not within the text of {total}")
    encoded = text.encode("utf-16-le")
    for at in (offset, offset + length):
        if at < total and 0xDC <= encoded[2 * at + 1] <= 0xDF:
            raise ApiError(f"can't parse entities: {kind} begins or ends in the middle of a character")
    need = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}
    if kind in need and need[kind] not in entity:
        raise ApiError(f"can't parse entities: Can't find field \"{need[kind]}\"")
    if kind == "text_link" and link(entity["url"]) is None:
        raise ApiError("can't parse entities: Entity URL is invalid")
    if kind not in _GIVEN and kind not in _FOUND and kind not in ("cashtag", "phone_number"):
        raise ApiError("can't parse entities: Unsupported type specified")
    return dict(entity)


def _nesting(entities: list[JSON]) -> list[str]:
    """Entities inside others where Telegram allows none; it drops one of the two."""
    notes = []
    for at, one in enumerate(entities):
        for other in entities[at + 1 :]:
            if not _overlap(one, other):
                continue
            kinds = {one["type"], other["type"]}
            if kinds & {"code", "pre"} and kinds - {"blockquote", "expandable_blockquote", "code", "pre"}:
                notes.append(f"{one['type']} and {other['type']} cannot be nested")
            elif kinds <= {"blockquote", "expandable_blockquote"} or kinds == {"text_link"}:
                notes.append(f"{one['type']} inside {other['type']}")
    return notes


def _trim(result: Formatted) -> None:
    """Drop the blanks at both ends, and what Telegram takes out of every text."""
    text = "".join(ch if ch == "\n" or ch >= " " else " " for ch in result.text.replace("\r", ""))
    if len(text) != len(result.text) and result.entities:
        result.notes.append("a carriage return moves every entity after it")
    left = units(text) - units(text.lstrip())
    result.text = text.strip()
    total = units(result.text)
    kept = []
    for entity in result.entities:
        start = max(0, entity["offset"] - left)
        end = min(total, entity["offset"] + entity["length"] - left)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    result.entities = kept


def link(url: str) -> str | None:
    """A link as Telegram keeps it, or None where it is none."""
    if not url or any(ch.isspace() or ch < " " for ch in url):
        return None
    parts = urlsplit(url if "://" in url or url.startswith("tg:") else f"http://{url}")
    if parts.scheme == "tg":
        return url
    if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname.strip("."):
        return None
    return parts.geturl() if parts.path else parts._replace(path="/").geturl()


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
        ch = html[at]
        if ch == "&":
            decoded, at = _reference(html, at, result.notes)
            out.append(decoded)
            length += units(decoded)
        elif ch != "<":
            plain = _PLAIN.match(html, at)
            assert plain is not None
            if ">" in plain.group():
                result.notes.append("a > that is not written &gt;")
            out.append(plain.group())
            length += units(plain.group())
            at = plain.end()
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
    if any("\ud800" <= ch <= "\udfff" for ch in result.text):
        raise _cannot(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
        )
    return result


def _cannot(why: str) -> ApiError:
    return ApiError(f"can't parse entities: {why}")


def _byte(html: str, at: int) -> int:
    return len(html[:at].encode("utf-8", "surrogatepass"))


def _reference(html: str, at: int, notes: list[str]) -> tuple[str, int]:
    """The character that "&…;" stands for; an & that begins none stands for itself."""
    match = _REFERENCE.match(html, at)
    if match is None:
        notes.append(f"& that is not written &amp;, in {html[at : at + 12]!r}")
        return "&", at + 1
    hexadecimal, decimal, named = match.groups()
    if named:
        return _NAMED[named], match.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < 0x10FFFF:
        notes.append(f"no character is {match.group()}")
        return "&", at + 1
    return chr(code), match.end()


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
        attributes[key] = _REFERENCE.sub(
            lambda found: _reference(found.group(), 0, notes)[0], (value or "").strip("\"'")
        )
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
