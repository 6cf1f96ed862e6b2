"""The command ``sensational``: arguments in, words out; no logic.

A new command is one line in :data:`COMMANDS` and a click command in its own module, which is imported
when the command is called: ``--help`` imports click and nothing else.

Exit codes: 0 done; 1 a check was not passed, or the user stopped it or closed the pipe; 2 something
could not be done, and a line on standard error says what.
"""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sensational import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from sensational.analysis import Analysis
    from sensational.article import Article
    from sensational.report.chart import ChartForm

COMMANDS: dict[str, tuple[str, str]] = {
    # name: (where its click command stands, its line in --help)
    "agreement": ("sensational.commands.agreement:agreement", "Compare coders with each other and the tool."),
    "coding-sheet": ("sensational.commands.coding_sheet:coding_sheet", "Draw articles for people to judge."),
    "corpus": ("sensational.commands.corpus:corpus", "Score many articles, from tables or folders."),
    "doctor": ("sensational.commands.doctor:doctor", "Check the installation, for bug reports."),
    "evaluate": ("sensational.commands.evaluate:evaluate", "Measure the tool on labelled sets."),
    "summary": ("sensational.commands.summary:summary", "Sum up a scored corpus, by group."),
    "worksheet": ("sensational.commands.worksheet:worksheet", "Make a worksheet and its key for a class."),
    "serve": ("sensational.commands.serve:serve", "Open a page to guess and see, also for a class."),
    "train": ("sensational.commands.train:train", "Train the models of the package again."),
}
"""Commands of other modules, as ``"package.module:attribute"``."""

_STDIN = "-"
_ADDRESS_WITHOUT_SCHEME = re.compile(r"www\.|[\w.-]+\.[a-z]{2,}/", re.I)


class _Commands(click.Group):
    """The commands of this file and, imported when called, those of :data:`COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *sorted(COMMANDS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self.commands[name].get_short_help_str(70)) for name in super().list_commands(ctx)]
        rows += [(name, COMMANDS[name][1]) for name in sorted(COMMANDS)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Failure(Exception):  # noqa: N818 - it is what a user reads, not a fault of the program
    """Something that a user can put right: what was wrong; what to do."""


_COMPLETION = """\b
Completion with the Tab key, for the shell that you are in:
  bash  eval "$(_SENSATIONAL_COMPLETE=bash_source sensational)"
  zsh   eval "$(_SENSATIONAL_COMPLETE=zsh_source sensational)"
  fish  _SENSATIONAL_COMPLETE=fish_source sensational | source
Put the line into the start-up file of your shell to have it always.
"""


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    no_args_is_help=False,
    epilog=_COMPLETION,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="sensational", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Set each loaded term of a headline against what its article's body supports.

    The number, 0 to 100, says how far the headline outruns its body; the ledger says why.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _a_file(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Lets the shell complete names of files. ``click.Path`` would also judge what is given."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def article_arguments(command: Callable[..., Any]) -> Callable[..., Any]:
    """FILE..., --headline, --body and --fetch, alike in every command that reads articles."""
    for option in (
        click.option("--fetch", is_flag=True,
                     help="Fetch each FILE that is a web address (http or https) from the public internet."),
        click.option("--body", metavar="FILE", shell_complete=_a_file,
                     help="File with the body, or -; needs --headline."),
        click.option("--headline", metavar="TEXT",
                     help="The headline, if FILE does not begin with it, or another line was read."),
        click.argument("files", nargs=-1, metavar="[FILE|-]...", shell_complete=_a_file),
    ):  # fmt: skip
        command = option(command)
    return command


@cli.command()
@article_arguments
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Words to read, or JSON with one object per line.",
)  # fmt: skip
def score(files: tuple[str, ...], headline: str | None, body: str | None, fetch: bool, form: str) -> None:
    """Set headlines against their articles, term by term.

    FILE is a text file whose first line is the headline, a saved web page, or - for standard input. With
    --fetch, it may be the address of a page.
    """

    def show(article: Article, analysis: Analysis, name: str, first: bool) -> None:
        if form == "json":
            _write(as_json(analysis))
        else:
            _print_report(article, analysis, first)

    each_article(files, headline, body, fetch, show)


@cli.command()
@article_arguments
@click.option(
    "--output", metavar="DIR", type=click.Path(path_type=Path), default=Path("reports"), show_default=True,
    help="Folder for the reports; created if missing.",
)  # fmt: skip
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True,
              help="Paper of the PDF.")  # fmt: skip
@click.option("--chart", type=click.Choice(["png", "svg"]), help="Also write the chart as an image.")
def report(
    files: tuple[str, ...], headline: str | None, body: str | None, fetch: bool, output: Path, paper: str,
    chart: ChartForm | None,
) -> None:  # fmt: skip
    """Write a report on each article, as a web page and as a PDF.

    FILE is a text file whose first line is the headline, a saved web page, or - for standard input. With
    --fetch, it may be the address of a page. A file of the same name is replaced, and that is said.
    """
    used: set[str] = set()

    def write(article: Article, analysis: Analysis, name: str, first: bool) -> None:
        from sensational.report.files import safe_name, write_report
        from sensational.report.sentences import brief
        from sensational.rewrite import fitting_of

        stem = _unused(safe_name(file_stem(name, article)), used)
        try:
            written = write_report(
                article, analysis, output, stem, "us-letter" if paper == "letter" else "a4",
                fitting_of(article, analysis), chart,
            )  # fmt: skip
        except OSError as problem:
            raise Failure(
                f"the report cannot be written to {output} ({_why(problem)}); choose another --output"
            ) from problem
        _write("\n".join([*written, brief(analysis)]))
        if chart and analysis.status != "scored":
            complain(name, "no chart was drawn, because the article was not scored")

    each_article(files, headline, body, fetch, write)


def file_stem(name: str, article: Article) -> str:
    """What the files about an article are called: after its file or, if it has none, its headline."""
    return article.headline[:60] if name == _STDIN or is_address(name) else Path(name).stem


def _unused(stem: str, used: set[str]) -> str:
    """``stem``, or with a number where an article of this run already took it."""
    name, count = stem, 1
    while name.casefold() in used:
        count += 1
        name = f"{stem}-{count}"
    used.add(name.casefold())
    return name


def as_json(analysis: Analysis) -> str:
    """The analysis as one line of JSON in ASCII (see :func:`sensational.analysis.to_json`)."""
    from sensational.analysis import to_json

    return to_json(analysis)


def _print_report(article: Article, analysis: Analysis, first: bool) -> None:
    from rich.console import Console

    from sensational.report.terminal import print_report

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    if not first:
        console.print("\n" + "─" * min(console.width, 88) + "\n")
    print_report(article, analysis, console)


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


def each_article(
    files: tuple[str, ...],
    headline: str | None,
    body: str | None,
    fetch: bool,
    use: Callable[[Article, Analysis, str, bool], None],
) -> None:
    """Reads, scores and uses each article; one that fails is named on standard error and left out.

    Args:
        files: names of articles; - for standard input.
        headline: as given apart from the file.
        body: the file of the body, where the headline is given.
        fetch: whether an address may be fetched.
        use: what is done with each: article, analysis, name, and whether it is the first.

    Raises:
        click.UsageError: the arguments do not go together.
        SystemExit: with 2, after the last, if any failed.
    """
    names = _names(files, headline, body)
    failed = 0
    for position, name in enumerate(names):
        try:
            article = _read(name, headline, fetch)
            from sensational.scorer import score_article

            use(article, score_article(article), name, position == 0)
        except Failure as problem:
            failed += 1
            complain(name, str(problem))
        except BrokenPipeError:
            raise
        except Exception as problem:
            if _debugging() or _closed(problem):
                raise
            failed += 1
            complain(name, _unexpected(problem))
    if failed:
        if len(names) > 1:
            others = "; the others are" if failed < len(names) else ""
            complain("", f"{failed} of {len(names)} articles could not be done{others}")
        raise SystemExit(2)


def _names(files: tuple[str, ...], headline: str | None, body: str | None) -> tuple[str, ...]:
    if body is not None:
        if files:
            raise click.UsageError("give either FILE or --body, not both")
        if headline is None:
            raise click.UsageError("--body needs --headline")
        return (body,)
    if not files:
        raise click.UsageError("no FILE given" if headline is None else "no FILE or --body given")
    if headline is not None and len(files) > 1:
        raise click.UsageError("--headline goes with one FILE")
    if files.count(_STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")
    return files


def is_address(name: str) -> bool:
    """Whether what was given for a file is the address of a web page."""
    return name.strip().lower().startswith(("http://", "https://"))


def _read(name: str, headline: str | None, fetch: bool) -> Article:
    """The article in a file, on standard input or, if that was asked for, at an address.

    Raises:
        Failure: it cannot be read.
    """
    from sensational.corpus.inputs import table_form
    from sensational.reading import ReadingError, read

    if is_address(name):
        return _fetched(name, headline, fetch)
    if os.path.isfile(name) and table_form(Path(name)):
        raise Failure("it is a table; use sensational corpus")
    try:
        return read(name, headline=headline)
    except ReadingError as problem:
        remedy = problem.remedy[:1].lower() + problem.remedy[1:]
        if _ADDRESS_WITHOUT_SCHEME.match(name) and not os.path.exists(name):
            remedy += "; for a web address, begin with https:// and add --fetch"
        raise Failure(f"{problem.problem}; {remedy}") from problem
    except OSError as problem:
        raise Failure(f"it cannot be read ({_why(problem)}); check the name and your rights") from problem


def _fetched(address: str, headline: str | None, fetch: bool) -> Article:
    """The article at an address.

    Raises:
        Failure: nobody asked for it to be fetched, it cannot be, or there is no article.
    """
    if not fetch:
        raise Failure(
            "this is a web address, and nothing is fetched unless you ask for it; add --fetch, or save the "
            "page from your browser and give the file"
        )
    from sensational.reading import ReadingError
    from sensational.web.fetch import UnknownHostError, fetched_article

    try:
        return fetched_article(address, headline)
    except UnknownHostError as problem:
        raise Failure(
            f"{problem.problem}; check the address and your connection, or save the page and give the file"
        ) from problem
    except ReadingError as problem:
        raise Failure(f"{problem.problem}; save the page from your browser and give the file") from problem


def _why(problem: OSError) -> str:
    return (problem.strerror or type(problem).__name__).lower()


def complain(name: str, message: str) -> None:
    """One line on standard error: ``sensational: NAME: what was wrong; what to do``."""
    from sensational.report.safe import one_line

    shown = {"": "", _STDIN: "standard input: "}.get(name, f"{name}: ")
    for write in (sys.stdout.flush, partial(_say, one_line(f"sensational: {shown}{message}"))):
        with suppress(OSError):  # the complaint may be of the very place that nothing can be written to
            write()


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _debugging() -> bool:
    return os.environ.get("SENSATIONAL_DEBUG", "") not in ("", "0")


def _unexpected(problem: Exception) -> str:
    from sensational.lexicon.loader import LexiconError
    from sensational.verifier.model import VerifierError

    if isinstance(problem, LexiconError):  # users may edit the lists
        return f"the word lists cannot be read: {problem}"
    if isinstance(problem, VerifierError):
        return str(problem)
    if isinstance(problem, OSError) and problem.errno is not None:
        return f"{problem.filename or 'writing'}: {_why(problem)}; see to that, and run it again"
    if isinstance(problem, MemoryError):
        return "memory ran out; run it on a machine with more"
    said = " ".join(str(problem).split())[:200]
    return (
        f"unexpected {type(problem).__name__}{': ' + said if said else ''}; this is a fault of the program: "
        "set SENSATIONAL_DEBUG=1 to see where, and report that with the article"
    )


def _closed(problem: BaseException) -> bool:
    """True if whoever read our output has gone away (on Windows that is EINVAL)."""
    if isinstance(problem, BrokenPipeError):
        return True
    return os.name == "nt" and isinstance(problem, OSError) and problem.errno == errno.EINVAL


# Reading the word lists makes very many small objects that stay; to look through them for cycles over and
# over takes a tenth of a second of the first score.
_OBJECTS_BETWEEN_COLLECTIONS = 200_000


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit; ``arguments`` are those of the process where None."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without our signs shows "?" for them
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    code = 0
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except OSError as problem:
        if _closed(problem):
            code = 1
        elif _debugging():
            raise
        elif code != 2:  # otherwise it has been said
            complain("", _unexpected(problem))
            code = 2
        # Nobody reads on, or the disk is full; and Python must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _open_what_is_closed() -> None:
    """A stream that we were begun without (``>&-``) goes nowhere, not into a file that gets its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def _run(arguments: list[str] | None) -> int:
    try:
        result = cli.main(args=arguments, prog_name="sensational", standalone_mode=False)
    except click.UsageError as problem:
        command = problem.ctx.command_path if problem.ctx else "sensational"
        message = _ended(problem.format_message())
        complain("", f"{message}{' See' if message.endswith('?') else '; see'} {command} --help")
        return 2
    except click.ClickException as problem:
        complain("", problem.format_message())
        return 2
    except (click.Abort, KeyboardInterrupt):
        complain("", "stopped")
        return 1
    except SystemExit as problem:
        return problem.code if isinstance(problem.code, int) else 2
    except Exception as problem:
        if _debugging() or _closed(problem):
            raise
        complain("", _unexpected(problem))
        return 2
    return result if isinstance(result, int) else 0


def _ended(message: str) -> str:
    message = " ".join(message.split()).rstrip(".")
    return message[:1].lower() + message[1:]
