"""Which text and entities does a message get? Parse mode or entities as they came, made as Telegram keeps them."""

from typing import Final

from .api import JSON, ApiError
from .html import parse_html
from .text import FOUND, Formatted, find, link, overlap, units

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
_CONTROLS: Final = {code: " " for code in range(32) if chr(code) != "\n"} | {ord("\r"): ""}

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


def _with_found(text: str, entities: list[JSON]) -> list[JSON]:
    taken = [entity for entity in entities if entity["type"] in ("code", "pre", "text_link", "text_mention")]
    found = [entity for entity in find(text) if not any(overlap(entity, other) for other in taken)]
    both = [*entities, *(entity for entity in found if entity not in entities)]
    return sorted(both, key=lambda entity: (entity["offset"], -entity["length"]))[:ENTITY_LIMIT]


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
    if kind not in _GIVEN and kind not in FOUND and kind not in ("cashtag", "phone_number"):
        raise ApiError("can't parse entities: Unsupported type specified")
    return dict(entity)


def _nesting(entities: list[JSON]) -> list[str]:
    """Entities inside others where Telegram allows none; it drops one of the two."""
    notes = []
    for at, one in enumerate(entities):
        for other in entities[at + 1 :]:
            if not overlap(one, other):
                continue
            kinds = {one["type"], other["type"]}
            if kinds & {"code", "pre"} and kinds - {"blockquote", "expandable_blockquote", "code", "pre"}:
                notes.append(f"{one['type']} and {other['type']} cannot be nested")
            elif kinds <= {"blockquote", "expandable_blockquote"} or kinds == {"text_link"}:
                notes.append(f"{one['type']} inside {other['type']}")
    return notes


def _trim(result: Formatted) -> None:
    """Drop the blanks at both ends, and what Telegram takes out of every text."""
    text = result.text.translate(_CONTROLS)
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
