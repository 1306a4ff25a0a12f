"""The parser of the command line, built from the command table."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from explorer.cli.commands import COMMANDS, OPEN
from explorer.cli.output import UsageError, as_sentence
from explorer.core.errors import did_you_mean
from explorer.core.session.share_code import FORMAT_HINT
from explorer.storage.program_name import command_line
from explorer.storage.sessions.embedded import PICTURE_SUFFIXES

DEBUG = "--debug"
_HELP_OPTIONS = ("-h", "--help", "--version")


def command_of(arguments: Sequence[str]) -> str:
    """Return the name of the command: the first argument, or `open` if that is an option, a session or nothing.

    Raises UsageError for any other first argument.
    """
    first = arguments[0] if arguments else ""
    if first in COMMANDS:
        return first
    if not first or first.startswith("-") or _is_session_file(first) or _is_share_code(first):
        return OPEN
    hint = as_sentence(did_you_mean(first, COMMANDS))
    looks_like_code = any(sign in ":0123456789" for sign in first)
    code_hint = f" {as_sentence(FORMAT_HINT)}" if looks_like_code else ""
    raise UsageError(f"Unknown command “{first}”. {hint}{code_hint}")


def parse(arguments: Sequence[str], print_versions: Callable[[], None]) -> argparse.Namespace:
    """Parse arguments into options, among them `command`, the command's name; UsageError if that fails.

    For `--help` and `--version` the text is printed and SystemExit raised.
    """
    shows_help = bool(arguments) and arguments[0] in _HELP_OPTIONS
    name = None if shows_help else command_of(arguments)
    given = list(arguments)
    if name is not None and given[:1] != [name]:
        given.insert(0, name)
    return _build_parser(print_versions).parse_args(given)


def _is_session_file(argument: str) -> bool:
    return argument.lower().endswith((".berth", *PICTURE_SUFFIXES))


def _is_share_code(argument: str) -> bool:
    # Imported here because it reads every shipped pack's header, which `--help` does not need.
    from explorer.storage.sessions.opening import complete_code  # noqa: PLC0415

    return complete_code(argument) is not None


class _Parser(argparse.ArgumentParser):
    """Accepts options only by their full names, and raises UsageError instead of exiting."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{as_sentence(message)} See “{self.prog} --help”.")


class _PrintVersions(argparse.Action):
    """Prints the versions, which are collected only when the option is given."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        self.const()
        parser.exit()


def _build_parser(print_versions: Callable[[], None]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=command_line(),
        description="Answer questions and get an explained architecture. "
        "Without a command, or with only a session, a share code or --pack, the window opens.",
        epilog="Exit status: 0 success (a conflict is also a result), 1 an error in the content or the answers, "
        f"2 wrong usage. {DEBUG}, with or without a command, writes the log berth.log into the current folder; "
        "it contains no names, files or answers.",
    )
    parser.add_argument(
        "--version",
        action=_PrintVersions,
        nargs=0,
        const=print_versions,
        help="show version and dependency versions",
    )
    subparsers = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        command.add_arguments(subparsers.add_parser(name, help=command.help))
    return parser
