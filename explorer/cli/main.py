"""Runs a command: parses the arguments, prints errors as one line and returns the exit status."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from explorer.cli.commands import COMMANDS
from explorer.cli.output import (
    EXIT_ERROR,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_USAGE,
    UsageError,
    discard_stdout,
    print_message,
    write_output,
)
from explorer.cli.parser import DEBUG, parse
from explorer.core.errors import ExplorerError, PackError, os_error_text
from explorer.storage.program_name import command_line

log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; without one, open the window.

    Returns the exit status: 0 success, 1 an error in content or answers, 2 wrong usage.
    """
    arguments = _start_logging(arguments)
    try:
        status = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        discard_stdout()  # the reader, such as `head`, has closed the pipe: not an error
        return EXIT_OK
    except OSError as error:
        discard_stdout()
        return _fail(f"Cannot write the result: {os_error_text(error)}.")
    return status


def _start_logging(arguments: Sequence[str]) -> Sequence[str]:
    """Start the log if `--debug` is given; return the other arguments."""
    if DEBUG not in arguments:
        return arguments
    from explorer.diagnostics.log import start_log  # noqa: PLC0415 (needed only with --debug)

    if path := start_log(Path.cwd()):
        print_message(f"The log is “{path}”. It contains no names, files or answers.")
    return [argument for argument in arguments if argument != DEBUG]


def _run(arguments: Sequence[str]) -> int:
    try:
        options = parse(arguments, _print_versions)
        log.info("Running %s with the options %s.", options.command, _option_names(options))
        return COMMANDS[options.command].run(options)
    except SystemExit as end:  # argparse has printed its help
        return end.code if isinstance(end.code, int) else EXIT_OK
    except UsageError as error:
        return _fail(str(error), EXIT_USAGE)
    except PackError as error:
        return _fail(_pack_error_text(error))
    except ExplorerError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.filename is None:
            raise  # of standard output: see main
        return _report_crash(error)
    except Exception as error:
        return _report_crash(error)


def _option_names(options: argparse.Namespace) -> str:
    """The given options, without their values, which may be private."""
    given = (name for name, value in vars(options).items() if value not in (None, False, [], ""))
    return ", ".join(name for name in given if name != "command") or "none"


def _fail(sentence: str, status: int = EXIT_ERROR) -> int:
    print_message(sentence)
    return status


def _report_crash(error: Exception) -> int:
    log.critical("Unexpected error.", exc_info=error)
    return _fail(f"Unexpected error. Run “{command_line('--debug …')}” to write a log of it.")


def _pack_error_text(error: PackError) -> str:
    """The first problem of a pack, and how many more there are."""
    first, more = error.problems[0], len(error.problems) - 1
    rest = f" (and {more} more: run “{command_line('check')}” to list them)" if more else ""
    return f"Cannot use the pack: {first}{rest}"


def _print_versions() -> None:
    from explorer.diagnostics.versions import format_versions, installed_versions  # noqa: PLC0415 (rarely needed)

    write_output(format_versions(installed_versions()))
