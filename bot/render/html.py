"""An answer, a source and further passages, as Telegram shows them."""

from collections.abc import Callable, Iterable, Iterator

from bot.answer.parts import ROW, Row, common, listed, quoted
from bot.answer.wording import capital, translated
from bot.knowledge.base import Base
from bot.knowledge.corpus import SECTION
from bot.knowledge.headings import headings_above
from bot.phrases import say
from bot.render.markup import (
    anchor,
    bold,
    clean,
    escape,
    italic,
    line,
    pages,
    quotation,
    shorten,
    units,
)
from bot.schema import Answer, Citation, Language, Passage

Link = Callable[[str, str], str | None]  # document, passage → the address that opens it

FEW = 3  # citations that are shown in full; more are folded away under the figures that they prove
LONG, LONG_ALONE = 240, 160  # UTF-16 units of a quote with its translation, or without, that is folded
STATED = ("figure", "comparison", "calculation")  # kinds whose first line is the figure

# The most UTF-16 units of each thing in a message, so that what must stand together fits:
CLAIM, READING, QUOTE, TITLE, NAME = 1500, 400, 1200, 120, 60
FOLDED = 3000  # of a quotation with several citations in it
FOLDED_ENTITIES = 60
BESIDE, WHOLE = 700, 2200  # of the passages on either side of the one asked for, and of that one
ABOVE = 500  # passages among which the headings of one are looked for


def to_html(answer: Answer, base: Base, link: Link | None = None) -> list[str]:
    """The messages of an answer: how it was read, what it says, its sources, what else to ask.

    Args:
        answer: found in `base`.
        base: gives the figures of a list in their parts.
        link: the address of a passage, where there is one.
    """
    shown: list[Citation] = []
    blocks = list(_reading(answer))
    for block, citation in _claims(answer, base, link):
        blocks.append(block)
        shown += [citation] if citation else []
    rest = [citation for citation in answer.citations if citation not in shown]
    said = [citation for claim in answer.claims if (citation := quoted(claim, answer, in_translation=True))]
    blocks += _sources(rest, said, answer, link)
    blocks += _suggestions(answer)
    return pages(blocks) or ["…"]


def _reading(answer: Answer) -> Iterator[str]:
    if answer.reading:
        yield italic(shorten(line(answer.reading), READING))


def _claims(answer: Answer, base: Base, link: Link | None) -> Iterator[tuple[str, Citation | None]]:
    """The claims, each with the citation that it shows: a quote that is the answer is not repeated below it."""
    found = listed(answer, base)
    last: Citation | None = None
    listing = False
    for number, claim in enumerate(answer.claims):
        gap = "\n\n" if last else "\n"
        row = claim.startswith(ROW)
        last = quoted(claim, answer)
        if last:
            yield f"\n\n{_cited(last, '', link)}", last
        elif row and found:
            if not listing:  # where the first of them stands, all do
                yield from ((block, None) for block in _rows(found, answer.language))
        elif row:
            yield f"{gap}• {escape(shorten(claim.removeprefix(ROW), CLAIM))}", None
        else:
            text = shorten(claim, CLAIM)
            yield f"{gap}{bold(text) if _is_stated(claim, number, answer) else escape(text)}", None
        listing = row


def _is_stated(claim: str, number: int, answer: Answer) -> bool:
    """Whether a line is the figure itself, or that there is none."""
    marked = claim.endswith(tuple(f"[{citation.marker}]" for citation in answer.citations))
    if answer.kind == "figure":
        return marked
    return number == 0 and (answer.kind == "not_found" or (answer.kind in STATED and marked))


def _rows(found: tuple[Row, ...], language: Language) -> Iterator[str]:
    """A list of figures: what they have in common once, above them."""
    entity, metric, as_of = common(found)
    head = f"{_label(entity, metric, language)}{_as_of(as_of, language)}".strip()
    for number, row in enumerate(found):
        label = _label("" if entity else row.entity, "" if metric else row.metric, language)
        dated = "" if as_of else _as_of(row.as_of, language)
        said = f"• {escape(f'{label}: ' if label else '')}{bold(row.value)}{escape(dated)} [{row.marker}]"
        if number == 0:
            yield f"\n\n{bold(head)}\n{said}" if head else f"\n\n{said}"
        else:
            yield f"\n{said}"


def _label(entity: str, metric: str, language: Language) -> str:
    names = [shorten(name, NAME) for name in (entity, metric) if name]
    return capital((" " if language == "ko" else ", ").join(names))


def _as_of(period: str, language: Language) -> str:
    return say("as_of", language, period=period) if period else ""


def _suggestions(answer: Answer) -> list[str]:
    if not answer.suggestions or answer.kind == "help":
        return []  # those of help are among its claims
    asked = [f"• {escape(shorten(line(suggestion), QUOTE))}" for suggestion in answer.suggestions]
    return [f"\n\n{escape(say('try', answer.language))}\n{asked[0]}", *(f"\n{question}" for question in asked[1:])]


# ── sources ──────────────────────────────────────────────────────────────────────────────────────


def quotes(citations: Iterable[Citation], language: Language, link: Link | None = None) -> list[str]:
    """Further passages, as messages: each quote with its translation and its place; that there is none where so."""
    blocks = [f"\n\n{_cited(citation, translated(citation, language), link)}" for citation in citations]
    head = say("more" if blocks else "no_more", language)
    return pages([bold(head) if blocks else escape(head), *blocks])


def _sources(citations: list[Citation], said: list[Citation], answer: Answer, link: Link | None) -> Iterator[str]:
    """Quotes with their places, in translation too where that was not `said`; folded where the answer has many."""
    texts = ["" if citation in said else translated(citation, answer.language) for citation in citations]
    together = list(zip(citations, texts, strict=True))
    if len(answer.citations) <= FEW:
        yield from (f"\n\n{_cited(citation, text, link, fold=True)}" for citation, text in together)
        return
    entries = (
        f"\n\n[{citation.marker}] {_quote(citation, text)}\n{_place(citation, link)}" for citation, text in together
    )
    for inside in pages(entries, FOLDED, FOLDED_ENTITIES):
        yield f"\n\n{quotation(inside, folded=True)}"


def _cited(citation: Citation, translation: str, link: Link | None, fold: bool = False) -> str:
    folded = fold and units(citation.quote) + units(translation) > (LONG if translation else LONG_ALONE)
    return f"{quotation(_quote(citation, translation), folded)}\n[{citation.marker}] {_place(citation, link)}"


def _quote(citation: Citation, translation: str) -> str:
    beside = f"\n{italic(shorten(translation, QUOTE))}" if translation else ""
    return f"{escape(shorten(citation.quote, QUOTE))}{beside}"


def _place(citation: Citation, link: Link | None) -> str:
    url = link(citation.document, citation.passage) if link else None
    place = anchor(f"{shorten(line(citation.title), TITLE)}, {line(citation.passage)}", url)
    section = shorten(line(citation.section), NAME)
    return f"{place} · {escape(section)}" if section else place


def source(
    base: Base,
    document: str,
    passage: str,
    language: Language,
    quote: str = "",
    neighbours: int = 1,
    in_translation: bool = False,
) -> str | None:
    """One passage in full between its neighbours, on one page.

    Args:
        base: the knowledge base.
        document: its document's id.
        passage: its number in it, such as p06.
        language: of the title.
        quote: the words of it to stand out.
        neighbours: how many passages before and after it to show.
        in_translation: its translation and theirs, where there are.

    Returns:
        None where there is no such passage (any longer).
    """
    here = base.passages.get(f"{document}#{passage}")
    if here is None:
        return None
    title = shorten(line(base.documents[document].name(language)), TITLE)
    label = f" ({say('in_translation', language)})" if in_translation and here.translation else ""
    blocks = [f"{bold(title)}{escape(label)}"]
    section = _section_in_translation(here, base) if label else here.section
    if section and not here.heading:
        blocks.append(f"\n{escape(shorten(line(section), TITLE))}")
    for other in _around(here, neighbours, base):
        if other.id == here.id:
            said = _marked_in_translation(here, quote, base) if label else _marked(here.text, quote)
            blocks.append(f"\n\n<b>▸ {escape(other.number)}</b>\n{quotation(said)}")
        else:
            text = (other.translation if in_translation else None) or other.text
            text = shorten(text, BESIDE // max(1, neighbours))
            blocks.append(f"\n\n{escape(other.number)}\n{bold(text) if other.heading else escape(text)}")
    return pages(blocks)[0]


def _section_in_translation(here: Passage, base: Base) -> str:
    """The translations of the headings that a passage stands under; "" where one has none."""
    above = headings_above(here.id, ABOVE, base)
    path = [heading.translation or "" for heading in reversed(above)]
    return SECTION.join(path) if above and above[0].section == here.section and all(path) else ""


def _around(here: Passage, neighbours: int, base: Base) -> list[Passage]:
    return [base.passages[name] for name in base.near(here.id, neighbours, neighbours)]


def _marked(text: str, quote: str) -> str:
    """A passage with its quote in bold; where it is too long, from the quote on."""
    text, quote = clean(text), clean(quote)
    start = text.find(quote)
    hidden = units(text[: start + len(quote)]) > WHOLE
    before, found, after = shorten(text[start:] if hidden else text, WHOLE).partition(quote or text)
    if not found:  # the quote itself was cut, or there is none
        return bold(before) if hidden else escape(before)
    return f"{'… ' if hidden else ''}{escape(before)}{bold(found) if quote else escape(found)}{escape(after)}"


def _marked_in_translation(here: Passage, quote: str, base: Base) -> str:
    """The translation of a passage, with the sentences of its quote in bold."""
    sentences = base.sentences(here.id)
    whole = here.translation or ""
    if units(whole) > WHOLE or not quote or not all(sentence.translation for sentence in sentences):
        return escape(shorten(whole, WHOLE))
    said = [(s.translation or "", s.text in quote or quote in s.text) for s in sentences]
    return " ".join(bold(text) if strong else escape(text) for text, strong in said)
