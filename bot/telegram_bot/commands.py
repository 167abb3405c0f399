"""A message that begins with a stroke → what the command does."""

import functools
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Message, Update

from bot.answer.gaps import gaps
from bot.phrases import say
from bot.render import chart, links
from bot.render.markup import escape, shorten
from bot.schema import Fact, Language
from bot.store import answers, people
from bot.store.answers import Asked
from bot.telegram_bot import keyboards, menus, questions
from bot.telegram_bot.addressed import Addressed, addressed, person_of
from bot.telegram_bot.desk import Desk, Handler, place_of
from bot.telegram_bot.lines import SILENCE, line, text
from bot.telegram_bot.outbox import Plan
from bot.telegram_bot.profile import FOR_ADMINS, SHOWN, admin_menu
from bot.telegram_bot.questions import ask, kept, told, unknown_command
from bot.telegram_bot.reports import gaps_html, stats_html

Command = Callable[[Message, Addressed, Desk, Language], Awaitable[Plan]]

HELP: dict[Language, str] = {
    "ko": "도움말",
    "en": "help",
}  # the question that every knowledge base answers with examples

TITLES = 20  # of articles that are named, while there is room


def command(run: Command) -> Handler:
    """`run`, given the message, what it says, and the language that its sender has menus in."""

    @functools.wraps(run)
    async def handler(update: Update, desk: Desk) -> Plan:
        message = update.message
        said = message and addressed(message, desk.me)
        if not message or not said:
            return SILENCE
        return await run(message, said, desk, await desk.language_of(message.from_user))

    return handler


async def _start(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Say what this is, with questions to begin with; or open the passage that a link leads to."""
    if said.text:
        passage = links.passage_of(said.text, desk.base)
        view = passage and menus.passage_menu(desk, passage, language, translated=False)
        if view:
            return Plan((place_of(message).send("sendMessage", view, "passage"),))
        if links.is_of_passage(said.text):
            return Plan((line(message, "no_passage", language),))
    titles = ", ".join(document.name(language) for document in desk.base.records.latest(TITLES))
    plan = _with_examples(message, escape(say("start", language, titles=shorten(titles, 500))), desk, language)
    if desk.access.is_admin(person_of(message)) and message.chat.type == message.chat.PRIVATE:
        return replace(plan, outgoing=(*plan.outgoing, admin_menu(message.chat.id, language)))
    return plan


async def _help(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """List what can be done."""
    names = [*SHOWN, *(FOR_ADMINS if desk.access.is_admin(person_of(message)) else ())]
    rows = "\n".join(f"/{name} {escape(say(f'menu_{name}', language))}" for name in names)
    page = f"{escape(say('how', language, bot=f'@{desk.me.username}'))}\n\n{rows}"
    return _with_examples(message, page, desk, language)


def _with_examples(message: Message, page: str, desk: Desk, language: Language) -> Plan:
    place = place_of(message)
    answer = desk.ask(HELP[language], ())
    asked = Asked(
        id=answers.new_id(),
        chat=place.chat,
        thread=place.thread,
        question_message=message.message_id,
        person=person_of(message),
        question=HELP[language],
        context=(),
        language=language,
        kind=answer.kind,
    )
    buttons = keyboards.under(answer, asked.id, desk.base)
    params = text(page, **({"reply_markup": buttons} if buttons["inline_keyboard"] else {}))
    return Plan((place.send("sendMessage", params, asked.id),), (functools.partial(answers.add, asked=asked),))


async def _ask(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Answer what follows the command."""
    return await ask(message, said.text, desk)


async def _facts(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Show the figures, all or those of what is named."""
    entity = None
    if said.text:
        mentions = desk.base.names.find_entities(kept(said.text))
        if not mentions:
            return Plan((line(message, "unknown_name", language, name=shorten(said.text, 60)),))
        entity = mentions[0].id
    return Plan((place_of(message).send("sendMessage", menus.facts_menu(desk, language, entity, 0), "facts"),))


async def _sources(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Show the documents."""
    return Plan((place_of(message).send("sendMessage", menus.sources_menu(desk, language, 0), "sources"),))


async def _chart(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Draw the figures of what is named, or of the answer to a question: the last one where none is given.

    Where that has none either, those of the measure that matters most.
    """
    question = kept(said.text)
    facts: tuple[Fact, ...] = ()
    highlight: list[str] = []
    if question:
        for mention in desk.base.names.find_entities(question):
            if mention.surface == question:
                # its own before those of what it is a part of, the measure that matters most before others
                order = desk.base.names.order
                own = sorted(
                    desk.base.by_entity[mention.id],
                    key=lambda fact: (fact.entity != mention.id, order[fact.metric]),
                )
                highlight = [fact.id for fact in own]
                facts = next(iter(chart.groups(own, desk.base)), ())
        context: tuple[str, ...] = ()
    else:
        place, person = place_of(message), person_of(message)
        *context_list, question = await desk.store.run(
            lambda db: answers.earlier(db, person, place.chat, place.thread)
        ) or ("",)
        context = tuple(context_list)
    if question and not facts:
        answer = desk.ask(question, context)
        facts, highlight = chart.chartable(answer, desk.base), [figure.id for figure in answer.facts]
    if not facts and not said.text:
        order = desk.base.names.order
        every = sorted(desk.base.facts, key=lambda fact: order[fact.metric])
        facts, highlight = next(iter(chart.groups(every, desk.base)), ()), []
    if not facts:
        return Plan((line(message, "no_chart", language),))
    photo = await menus.chart_photo(facts, desk, language, highlight)
    return Plan((place_of(message).send("sendPhoto", photo, "chart", otherwise={"text": photo["caption"]}),))


async def _lang(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Choose the language of menus: by its name, or from a menu."""
    user = message.from_user
    if user is None or message.sender_chat:  # who is anonymous shares an account with all who are
        return SILENCE
    if named := menus.language_named(said.text):
        chosen = menus.LANGUAGES[named]
        told = line(message, "language_chosen", chosen or language)
        return Plan((told,), (lambda db: people.choose_language(db, user.id, chosen),))
    chosen = await desk.store.run(lambda db: people.language(db, user.id))
    return Plan((place_of(message).send("sendMessage", menus.language_menu(chosen, language), "lang"),))


async def _privacy(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Say what is kept."""
    return Plan((place_of(message).send("sendMessage", menus.privacy_menu(language), "privacy"),))


async def _forget(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Delete what is kept of the sender."""
    return Plan((line(message, "forgotten", language),), (menus.forgetting(person_of(message)),))


async def _not_for(message: Message, said: Addressed, desk: Desk) -> Plan | None:
    """What an admin's command is met with from others, and in a group, whose members are not to see what is asked."""
    if not desk.access.is_admin(person_of(message)):
        return await unknown_command(message, said, desk)
    if message.chat.type != message.chat.PRIVATE:
        return await told(message, "only_private", desk)
    return None


async def _stats(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Show an admin what was asked, in numbers."""
    if refusal := await _not_for(message, said, desk):
        return refusal
    found = await desk.store.run(answers.stats)
    others = replace(found, waiting=max(0, found.waiting - 1))  # this message waits for what it asks
    return Plan((place_of(message).send("sendMessage", text(stats_html(others, language))),))


async def _gaps(message: Message, said: Addressed, desk: Desk, language: Language) -> Plan:
    """Show an admin what could not be answered."""
    if refusal := await _not_for(message, said, desk):
        return refusal
    found = gaps(await desk.store.run(answers.unanswered), desk.base, desk.ask)
    return Plan((place_of(message).send("sendMessage", text(gaps_html(found, language))),))


async def on_message(update: Update, desk: Desk) -> Plan:
    """Do what a command says that stands under a picture, where the library does not look for one; or answer."""
    said = update.message and addressed(update.message, desk.me)
    run = COMMANDS.get(said.command or "") if said else None
    return await (run or questions.on_message)(update, desk)


COMMANDS: dict[str, Handler] = {
    "start": command(_start),
    "help": command(_help),
    "ask": command(_ask),
    "facts": command(_facts),
    "sources": command(_sources),
    "chart": command(_chart),
    "lang": command(_lang),
    "privacy": command(_privacy),
    "forget": command(_forget),
    "stats": command(_stats),
    "gaps": command(_gaps),
}
