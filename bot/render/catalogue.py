"""What a knowledge base holds: its figures and its documents, page by page as Telegram shows them."""

from bot.answer.wording import capital, grouped, value
from bot.knowledge.base import Base
from bot.language import periods
from bot.phrases import say
from bot.render.html import Link
from bot.render.markup import anchor, bold, escape, line, shorten
from bot.schema import Document, Fact, Language, Query

FIGURES, DOCUMENTS = 12, 15  # of a page
NAME, FIGURE, TITLE = 60, 120, 150  # UTF-16 units of each, so that a page fits a message


def facts_html(
    base: Base, language: Language, entity: str | None = None, page: int = 0, link: Link | None = None
) -> tuple[str, int]:
    """A page of the figures, those of one thing together, and how many pages there are.

    Args:
        base: the knowledge base.
        language: of names and figures.
        entity: the id of what they are to be of, or of what that belongs to; all where None.
        page: from 0; one beyond the last is the last.
        link: the address of a passage, where there is one.
    """
    wanted = list(base.facts)
    if entity is not None:  # what is of the thing itself is within it too
        wanted = list({fact.id: fact for fact in (*base.by_entity[entity], *base.matching(within=entity))}.values())
    places: dict[str, list[Fact]] = {} if entity is None else {entity: []}  # its own come first
    for fact in wanted:
        if entity is None or fact.entity == entity or entity in base.names.family(fact.entity):
            places.setdefault(fact.entity, []).append(fact)
    found = [fact for facts in places.values() for fact in facts]
    if not found:
        return escape(say("no_figures", language)), 1
    page, count = _page(page, len(found), FIGURES)
    lines = [f"{bold(say('all_figures', language, count=len(found)))}{_of(page, count, language)}"]
    before = ""
    for group in grouped(found[page * FIGURES : (page + 1) * FIGURES]):
        name = base.names.entities[group[0].entity].name(language)
        if name != before:
            lines.append(f"\n{bold(shorten(capital(line(name)), NAME))}")
            before = name
        lines.append(_figure(group, base, language, link))
    return "\n".join(lines), count


def _figure(group: list[Fact], base: Base, language: Language, link: Link | None) -> str:
    """One figure with every place that gives it."""
    fact = group[0]
    metric = shorten(capital(line(base.names.metrics[fact.metric].name(language))), NAME)
    said = shorten(line(value(fact, base, Query(question="", language=language))), FIGURE)
    as_of = say("as_of", language, period=periods.write(fact.as_of, language)) if fact.as_of else ""
    passages = dict.fromkeys(other.passage for other in group[:2])  # more places than these say nothing more
    marks = " ".join(_mark(base.passages[name].document, base.passages[name].number, link) for name in passages)
    return f"• {escape(metric)}: {escape(said + as_of)} {marks}"


def _mark(document: str, passage: str, link: Link | None) -> str:
    return anchor(passage, link(document, passage) if link else None)


def sources_html(base: Base, language: Language, page: int = 0, link: Link | None = None) -> tuple[str, int]:
    """A page of the documents, the newest first, and how many pages there are."""
    passages = base.records.sizes
    documents = sorted(base.documents.values(), key=lambda document: document.date, reverse=True)
    page, count = _page(page, len(documents), DOCUMENTS)
    head = f"{bold(say('all_documents', language, count=len(documents)))}{_of(page, count, language)}\n"
    shown = documents[page * DOCUMENTS : (page + 1) * DOCUMENTS]
    return "\n".join([head, *(_document(one, passages[one.id], language, link) for one in shown)]), count


def _document(document: Document, passages: int, language: Language, link: Link | None) -> str:
    title = anchor(shorten(line(document.name(language)), TITLE), link(document.id, "p01") if link else None)
    dated = periods.write(document.date, language) if document.date else ""
    said = [escape(part) for part in (dated, say("passages", language, count=passages)) if part]
    return f"• {title}\n   {' · '.join(said)}"


def _page(page: int, things: int, most: int) -> tuple[int, int]:
    """A page that there is, and how many there are."""
    count = max(1, -(-things // most))
    return min(max(page, 0), count - 1), count


def _of(page: int, count: int, language: Language) -> str:
    return escape(f" · {say('page', language, page=page + 1, pages=count)}") if count > 1 else ""
