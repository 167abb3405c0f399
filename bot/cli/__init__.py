"""What does each command do?

Only typer is imported here: what a command needs is imported when it runs, so that `gakju --help` is quick.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.errors import GakjuError

UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # typer does not export it

app = typer.Typer(
    name="gakju",
    help="Cited answers from your articles, in Korean and English, with no language model.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
FACTS_HELP = "Show the figures: gakju facts [NAME] [--csv] [--chart FILE] [--lang ko|en] [--kb DIR]; or find new ones in a document."
Doc = Annotated[
    str | None, typer.Option("--doc", metavar="DOC", help="Ask one document alone: its id (see list), or its title.")
]


def _path(typed: str) -> Path:
    """A path; an empty one, as of a variable that is not set, would be the current folder."""
    if not typed:
        raise typer.BadParameter("an empty name is no file or folder")
    return Path(typed)


KB = Annotated[
    Path | None,
    typer.Option("--kb", metavar="DIR", parser=_path, help="A folder with corpus/ and facts/; GAKJU_KB names one too."),
]


def _version(shown: bool) -> None:
    if shown:
        from importlib.metadata import version

        print(version("gakju"))
        raise typer.Exit


@app.callback()
def gakju(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Cited answers from your articles, in Korean and English, with no language model."""


@app.command()
def ask(
    question: Annotated[
        list[str] | None, typer.Argument(metavar="QUESTION", help="A question; with --batch a file of questions.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    batch: Annotated[bool, typer.Option("--batch", help="Read JSON lines (a file, or standard input).")] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="ko|en", help="Answer in this language.")] = None,
    doc: Doc = None,
    kb: KB = None,
) -> None:
    """Answer one question, or many as JSON lines."""
    from bot.cli.ask import ask as run

    run(" ".join(question) if question else None, json, batch, lang, doc, kb)


@app.command()
def chat(doc: Doc = None, kb: KB = None) -> None:
    """Ask one question after another; what a question leaves out is taken from those before."""
    from bot.cli.chat import chat as run

    run(kb, doc)


@app.command()
def telegram(
    webhook: Annotated[bool, typer.Option("--webhook", help="Let Telegram call, at TELEGRAM_WEBHOOK_URL.")] = False,
    kb: KB = None,
) -> None:
    """Answer in Telegram."""
    from bot.cli.telegram import telegram as run

    run(kb, webhook)


@app.command("run")
def run_(kb: KB = None) -> None:
    """Answer in Telegram where TELEGRAM_BOT_TOKEN is set, else chat in the terminal."""
    from bot.settings import settings

    if settings().token:
        from bot.cli.telegram import telegram as run

        run(kb, webhook=False)
    else:
        from bot.cli.chat import chat as talk

        talk(kb)


@app.command()
def gaps(
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
    kb: KB = None,
) -> None:
    """Show what people asked the bot and the documents could not answer."""
    from bot.cli.gaps import gaps as run

    run(json, kb)


class _Facts(TyperGroup):
    """`gakju facts` with the name of no command shows figures: `gakju facts NAME` is `gakju facts show NAME`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


facts_app = typer.Typer(cls=_Facts, rich_markup_mode=None, help=FACTS_HELP)
app.add_typer(facts_app, name="facts")


@facts_app.command("show")
def facts(
    name: Annotated[
        str | None, typer.Argument(help="Only the figures of this entity or measure, under any of its names.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE", parser=_path, help="Draw a chart: a .png, .svg or .pdf file."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="ko|en", help="Names and figures in this language.")
    ] = None,
    kb: KB = None,
) -> None:
    """Show the figures, each with the passage that it was read from; `show` may be left out."""
    from bot.cli.facts import facts as run

    run(name, csv, chart, lang, kb)


@facts_app.command()
def draft(
    document: Annotated[str, typer.Argument(metavar="DOC", help="A document, by its id or the name of its file.")],
    review: Annotated[bool, typer.Option("--review", help="Go through the proposals, one after another.")] = False,
    take: Annotated[bool, typer.Option("--accept", help="The same as gakju facts accept DOC.")] = False,
    kb: KB = None,
) -> None:
    """Propose figures from a document's text, for a person to accept, correct or reject."""
    from bot.cli.draft import draft as run

    run(document, review, take, kb)


@facts_app.command()
def accept(
    document: Annotated[str, typer.Argument(metavar="DOC", help="A document whose proposals were reviewed.")],
    kb: KB = None,
) -> None:
    """Take the accepted figures into the tables, if the check has nothing against it."""
    from bot.cli.draft import accept as run

    run(document, kb)


@app.command()
def check(kb: KB = None) -> None:
    """Check the whole knowledge base; each finding says where, what is wrong, and what to do."""
    from bot.cli.check import check as run

    run(kb)


@app.command()
def add(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE|FOLDER…", parser=_path, help="Markdown, text, HTML, PDF and DOCX.")
    ],
    kb: KB = None,
    again: Annotated[bool, typer.Option("--again", help="Read files that have not changed too.")] = False,
) -> None:
    """Add documents to a knowledge base, or update them; their originals are kept."""
    from bot.cli.documents import add as run

    run(paths, kb, again)


@app.command()
def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOC…", help="Ids, as gakju list shows them.")],
    kb: KB = None,
) -> None:
    """Take documents that were added out of a knowledge base again."""
    from bot.cli.documents import remove as run

    run(documents, kb)


@app.command("list")
def list_(kb: KB = None) -> None:
    """List the documents of a knowledge base."""
    from bot.cli.documents import list_documents as run

    run(kb)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", parser=_path, help="A folder that is new or empty.")],
) -> None:
    """Make a knowledge base with an example of everything."""
    from bot.cli.init import init as run

    run(folder)


@app.command("eval")
def eval_(
    files: Annotated[list[Path], typer.Argument(parser=_path, help="Question sets, as tests/questions has them.")],
    failures: Annotated[bool, typer.Option("--failures", help="List the questions that failed.")] = False,
    kb: KB = None,
) -> None:
    """Score question sets with known answers on this knowledge base."""
    from bot.cli.eval import evaluate as run

    run(files, failures, kb)


def main() -> None:
    """Run a command; an error is one line on stderr, and never a traceback."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # it was closed
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  # for as long as we run
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.argv[1:2] in (["telegram"], ["run"]):  # what goes on until it is told to stop, and may be while it starts
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    try:
        status = app(standalone_mode=False)
    except UsageError as error:
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        print(f"gakju: {message} (gakju --help lists what there is)", file=sys.stderr)
        status = 2
    except GakjuError as error:
        print(f"gakju: {error}", file=sys.stderr)
        status = 1
    except (KeyboardInterrupt, EOFError, typer.Abort):
        status = 130
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # the reader of the pipe has gone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 0
        else:
            where = f"{error.filename}: " if error.filename else ""
            print(f"gakju: {where}{error.strerror}", file=sys.stderr)
            status = 1
    except Exception as error:  # the edge: a defect is one line here too
        print(f"gakju: this is a defect of the program: {type(error).__name__}: {error}", file=sys.stderr)
        status = 1
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status or 0)  # giving back the memory of an index one object at a time takes a tenth of the whole
