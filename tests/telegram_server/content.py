"""What does a message say? Text, caption, rich text, picture and document, as the rules let them be."""

import re

from . import pictures
from .api import JSON, RICH_TAGS, ApiError, File
from .formatting import CAPTION_LIMIT, TEXT_LIMIT, formatted
from .text import Formatted, is_blank, units
from .world import World

RICH_LIMIT = 32_768
RICH_DEPTH = 16
UPLOAD_LIMIT = 50_000_000
_VOID = frozenset({"br", "hr", "img", "input"})


def read_text(world: World, method: str, params: JSON, name: str = "text") -> JSON:
    """The text of a message: its fields in the message.

    Raises:
        ApiError: it is empty, too long or cannot be read.
    """
    if not params[name]:
        raise ApiError("message text is empty")
    read = formatted(params[name], params.get("parse_mode"), params.get("entities"))
    _note(world, method, read)
    if is_blank(read.text):
        raise ApiError("text must be non-empty")
    if units(read.text) > TEXT_LIMIT:
        raise ApiError("message is too long")
    content: JSON = {"text": read.text}
    if read.entities:
        content["entities"] = read.entities
    preview = params.get("link_preview_options")
    if preview is not None:
        if preview.get("prefer_small_media") and preview.get("prefer_large_media"):
            raise ApiError("link preview can't be both small and large")
        content["link_preview_options"] = preview
    return content


def read_caption(world: World, method: str, params: JSON) -> JSON:
    """The caption below a picture or document; it may be empty."""
    read = formatted(params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities"))
    _note(world, method, read)
    if units(read.text) > CAPTION_LIMIT:
        raise ApiError("message caption is too long")
    content: JSON = {}
    if read.text:
        content["caption"] = read.text
    if read.entities:
        content["caption_entities"] = read.entities
    if params.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def read_rich(rich: JSON) -> JSON:
    """A rich message. What its markup means is not read: tags must be closed, and its length is limited."""
    if ("html" in rich) == ("markdown" in rich):
        raise ApiError("exactly one of the fields html or markdown must be used")
    source: str = rich["html"] if "html" in rich else rich["markdown"]
    if is_blank(source):
        raise ApiError("rich message must be non-empty")
    plain = re.sub(r"<[^>]*>", "", source) if "html" in rich else source
    if len(plain) > RICH_LIMIT:
        raise ApiError("rich message is too long")
    if "html" in rich:
        _rich_tags(source)
    return {"rich_message": {"blocks": [{"type": "paragraph", "text": plain}]}}


def _rich_tags(html: str) -> None:
    open_tags: list[str] = []
    for slash, name, void in re.findall(r"<(/?)([A-Za-z][\w-]*)[^>]*?(/?)>", html):
        tag = name.lower()
        if tag not in RICH_TAGS:
            raise ApiError(f'can\'t parse rich message: Unsupported start tag "{tag}"')
        if slash:
            if not open_tags or open_tags.pop() != tag:
                raise ApiError(f'can\'t parse rich message: Unmatched end tag "{tag}"')
        elif not void and tag not in _VOID:
            open_tags.append(tag)
            if len(open_tags) > RICH_DEPTH:
                raise ApiError("can't parse rich message: too deep")
    if open_tags:
        raise ApiError(f"can't parse rich message: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")


def read_media(world: World, kind: str, media: File | str) -> tuple[JSON, bytes]:
    """A picture or document: its fields in the message, and what is in it."""
    if isinstance(media, str):
        found = world.files.get(media)
        if found is None:  # an address too: nothing is fetched
            raise ApiError("wrong file identifier/HTTP URL specified")
        file = found
    else:
        file = media
    if not file.content:
        raise ApiError("file must be non-empty")
    if len(file.content) > UPLOAD_LIMIT:
        raise ApiError("Request Entity Too Large", code=413)
    if kind == "photo":
        width, height = pictures.size(file.content)
        stored = world.keep(file) if isinstance(media, File) else _stored(media, file)
        return {"photo": [{**stored, "width": width, "height": height}]}, file.content
    stored = world.keep(file) if isinstance(media, File) else _stored(media, file)
    return {"document": {**stored, "file_name": file.name, "mime_type": file.mime}}, file.content


def _stored(file_id: str, file: File) -> JSON:
    return {"file_id": file_id, "file_unique_id": f"U{file_id[-8:]}", "file_size": len(file.content)}


def _note(world: World, method: str, read: Formatted) -> None:
    for note in read.notes:
        world.broken(f"{method}: {note}")
