"""A reader of Telegram's HTML that is as strict as Telegram, and then some."""

import html
import re
import unicodedata
from dataclasses import dataclass, field

ATTRIBUTES = {
    "b": set[str](), "i": set[str](), "u": set[str](), "s": set[str](), "code": set[str](), "pre": set[str](),
    "a": {"href"}, "blockquote": {"expandable"},
}  # fmt: skip
TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z]+)(?P<attributes>(?: [a-z]+(?:=\"[^\"<>]*\")?)*)>"
    r"|(?P<entity>&(?:lt|gt|amp|quot|#x?[0-9a-f]+);)"
    r"|(?P<text>[^<>&]+)"
)


@dataclass
class Span:
    """A marked-up part of a message."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Message:
    """What Telegram makes of a page."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def all(self, tag: str) -> list[str]:
        return [span.text for span in self.spans if span.tag == tag]


def read(page: str, limit: int = 4096) -> Message:
    """What a page is, once its tags are read.

    Raises:
        AssertionError: Telegram would refuse it, or show what must not be shown.
    """
    message, open_, at = Message(), list[Span](), 0
    while at < len(page):
        token = TOKEN.match(page, at)
        assert token, f"no HTML of Telegram's at {page[at : at + 40]!r}"
        at = token.end()
        tag = token["tag"]
        if token["end"]:
            assert not token["attributes"]
            assert open_, f"</{tag}> of nothing"
            assert open_.pop().tag == tag, f"</{tag}> crosses another"
        elif tag:
            span = Span(tag, _attributes(token["attributes"]))
            assert tag in ATTRIBUTES, f"<{tag}> is not Telegram's"
            assert set(span.attributes) <= ATTRIBUTES[tag], f"<{tag}> has no such attribute"
            around = {other.tag for other in open_}
            assert not around & {"code", "pre"}
            assert tag not in around
            if tag == "a":
                assert span.attributes["href"].startswith(("http://", "https://"))
            open_.append(span)
            message.spans.append(span)
        else:
            said = html.unescape(token["entity"]) if token["entity"] else token["text"]
            message.text += said
            for span in open_:
                span.text += said
    assert not open_, f"<{open_[-1].tag}> is never closed"
    assert message.text.strip(), "nothing to send"
    assert len(message.text.encode("utf-16-le")) // 2 <= limit, "too long"
    assert len(message.spans) <= 100, "too many entities"
    assert not [char for char in message.text if hidden(char)], "invisible characters"
    return message


def hidden(char: str) -> bool:
    """Whether a character shows nothing, or turns others round."""
    return char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    """`text` as it may be shown."""
    spaced = re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
    return "".join(char for char in spaced if not hidden(char))


def _attributes(text: str) -> dict[str, str]:
    pairs = re.findall(r" ([a-z]+)(?:=\"([^\"]*)\")?", text)
    assert len(pairs) == len(dict(pairs)), "an attribute given twice"
    return {name: html.unescape(value) for name, value in pairs}
