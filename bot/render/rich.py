"""A list of figures as one of Telegram's rich messages: a table whose markers lead to the quotes below it."""

from bot.answer.parts import ROW, Row, common, listed
from bot.answer.wording import capital, translated
from bot.knowledge.base import Base
from bot.phrases import COLUMNS
from bot.render.html import Link
from bot.render.markup import anchor, bold, escape, italic, line, to_plain
from bot.schema import Answer, Citation, Language

# Bot API 10.1, rich message limits:
CHARACTERS, BLOCKS = 32768, 500


def to_rich_message(answer: Answer, base: Base, link: Link | None = None) -> dict[str, str | bool] | None:
    """An InputRichMessage for sendRichMessage, or None where the answer is no table of figures or is too long.

    Args:
        answer: found in `base`.
        base: gives the figures in their parts.
        link: the address of a passage, where there is one.
    """
    found = listed(answer, base)
    if not found or answer.kind not in ("list", "comparison"):
        return None
    lines = [claim for claim in answer.claims if not claim.startswith(ROW)]
    blocks = [f"<p>{italic(line(answer.reading))}</p>"] if answer.reading else []
    lead = 0 if answer.claims[0].startswith(ROW) else 1
    blocks += [f"<p>{_linked(bold(line(claim)), answer)}</p>" for claim in lines[:lead]]
    blocks.append(_table(found, answer.language))
    blocks += [f"<p>{_linked(escape(line(claim)), answer)}</p>" for claim in lines[lead:]]
    blocks += [_footnote(citation, answer.language, link) for citation in answer.citations]
    page = "".join(blocks)
    if len(to_plain(page)) > CHARACTERS or len(blocks) + len(found) + 1 > BLOCKS:
        return None
    return {"html": page, "skip_entity_detection": True}


def _reference(marker: int) -> str:
    return f'<a href="#source-{marker}">[{marker}]</a>'


def _linked(text: str, answer: Answer) -> str:
    for citation in answer.citations:
        text = text.replace(f"[{citation.marker}]", _reference(citation.marker))
    return text


def _table(found: tuple[Row, ...], language: Language) -> str:
    """A row for each figure; a column that would say the same in each stands above them instead."""
    entity, metric, figure, as_of = COLUMNS[language][:4]
    alike = common(found)
    heads = [head for head, same in zip((entity, metric, as_of), alike, strict=True) if not same]
    caption = capital(" · ".join(filter(None, alike)))
    lines = [f"<tr>{''.join(f'<th>{escape(head)}</th>' for head in (*heads, figure))}</tr>"]
    for row in found:
        texts = (text for text, same in zip((row.entity, row.metric, row.as_of), alike, strict=True) if not same)
        cells = "".join(f"<td>{escape(text)}</td>" for text in texts)
        lines.append(f'<tr>{cells}<td align="right">{bold(row.value)} {_reference(row.marker)}</td></tr>')
    return (
        f"<table bordered striped>{f'<caption>{escape(caption)}</caption>' if caption else ''}{''.join(lines)}</table>"
    )


def _footnote(citation: Citation, language: Language, link: Link | None) -> str:
    """A quote with its translation and place, to be reached from its marker."""
    url = link(citation.document, citation.passage) if link else None
    translation = translated(citation, language)
    beside = f"<br>{italic(translation)}" if translation else ""
    quote = f'<tg-reference name="source-{citation.marker}">{escape(citation.quote)}</tg-reference>'
    place = anchor(f"{line(citation.title)}, {line(citation.passage)}", url)
    return f"<blockquote>{quote}{beside}<cite>[{citation.marker}] {place}</cite></blockquote>"
