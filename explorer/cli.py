"""Berth without a window: recommend, export, check and self-check, each an exit status and plain words."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import TextIOWrapper
from typing import TYPE_CHECKING

from explorer.arguments import UsageError, build_parser
from explorer.core.errors import ExplorerError, PackError, did_you_mean, os_error_text
from explorer.core.model.pack import AnswerId, Pack, QuestionId
from explorer.core.session.session_state import SessionState
from explorer.core.session.share_code import FORMAT_HINT
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.catalog import find_pack_folder
from explorer.storage.packs.loader import display_path, load_pack
from explorer.storage.packs.table_reader import one_line
from explorer.storage.program_name import command_line
from explorer.storage.sessions.embedded import PICTURE_SUFFIXES

if TYPE_CHECKING:
    from explorer.core.solver.constraints import CompiledPack
    from explorer.core.verification.proof import VerificationResult
    from explorer.export.request.request import Options

log = logging.getLogger(__name__)

EXIT_OK, EXIT_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130
_HELP_OPTIONS = ("-h", "--help", "--version")


def is_command(arguments: Sequence[str]) -> bool:
    """Whether these arguments are for the command line; all others open the window."""
    if not arguments:
        return False
    first = arguments[0]
    return first in _HELP_OPTIONS or not (first.startswith("-") or _is_session_file(first) or _is_share_code(first))


def _is_session_file(word: str) -> bool:
    """Whether a word names a file that a session is in: its own, or a picture that carries one."""
    return word.lower().endswith((".berth", *PICTURE_SUFFIXES))


def _is_share_code(word: str) -> bool:
    """Whether a word is a code, or the part of one that stands for itself."""
    if word in COMMANDS:
        return False
    from explorer.storage.sessions.opening import complete_code  # noqa: PLC0415 (so that --help is at once there)

    return complete_code(word) is not None


def main(arguments: Sequence[str]) -> int:
    """Do what the words say; the exit status is 0 done, 1 a fault in content or answers, 2 wrong usage."""
    try:
        status = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _discard_stdout()  # whoever read has read enough
        return EXIT_OK
    except OSError as error:
        _discard_stdout()
        return _print_error(f"the answer could not be written: {os_error_text(error)}", EXIT_ERROR)
    return status


def _run(arguments: Sequence[str]) -> int:
    try:
        word = next(iter(arguments), "")
        if word not in COMMANDS and not word.startswith("-"):
            code = f"; {FORMAT_HINT}" if any(sign in ":0123456789" for sign in word) else ""
            raise UsageError(f"“{word}” is no word of Berth; {did_you_mean(word, COMMANDS)}{code}")
        wished = build_parser(COMMANDS, _print_versions).parse_args(arguments)
        log.info("Asked to %s, with the options %s.", word, _option_names(wished))
        do: Callable[[argparse.Namespace], int] = wished.do
        return do(wished)
    except SystemExit as end:  # argparse has shown its help
        return end.code if isinstance(end.code, int) else EXIT_OK
    except UsageError as error:
        return _print_error(str(error), EXIT_USAGE)
    except PackError as error:
        return _print_error(_pack_error_text(error), EXIT_ERROR)
    except ExplorerError as error:
        return _print_error(str(error), EXIT_ERROR)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.filename is None:
            raise
        return _report_crash(error)
    except Exception as error:
        return _report_crash(error)


def _option_names(wished: argparse.Namespace) -> str:
    """The options that were given, without their values."""
    given = (name for name, value in vars(wished).items() if value not in (None, False, [], "") and name != "do")
    return ", ".join(given) or "none"


def _report_crash(error: Exception) -> int:
    log.critical("An unexpected fault.", exc_info=error)
    return _print_error(
        f"something unexpected went wrong; “{command_line('--debug …')}” writes a log that says where",
        EXIT_ERROR,
    )


def _pack_error_text(error: PackError) -> str:
    """The first fault of a pack, and how many more there are, as one sentence."""
    first, more = error.problems[0], len(error.problems) - 1
    rest = f" (and {more} more, listed by “{command_line('check')}”)" if more else ""
    return f"the pack cannot be used: {first}{rest}"


def _print_error(sentence: str, status: int) -> int:
    if sys.stderr is not None:
        print(f"berth: {one_line(sentence)}", file=sys.stderr)
    return status


def _write_output(text: str) -> None:
    if sys.stdout is None:
        raise ExplorerError("there is nowhere to write the answer to: standard output is closed")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)


def _discard_stdout() -> None:
    """Keep Python from trying, and failing, to write the rest at its exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = None


# ------------------------------------------------------------------------------------ answers


def _load_inputs(wished: argparse.Namespace) -> tuple[CompiledPack, SessionState]:
    from explorer.core.solver.constraints import compile_pack  # noqa: PLC0415 (so that --help is at once there)
    from explorer.storage.sessions.opening import pack_folder_for, parse_source  # noqa: PLC0415 (as above)

    source = parse_source(wished.session, wished.pack) if wished.session else None
    pack = load_pack(pack_folder_for(wished.pack, source))
    return compile_pack(pack), _load_session(wished, pack)


def _load_session(wished: argparse.Namespace, pack: Pack) -> SessionState:
    """The session that is named, if any, with the answers that are given beside it."""
    given = _parse_answers(wished.answer, pack)
    if wished.session is None:
        return SessionState(Workspace(answers=given))
    from explorer.storage.sessions.opening import open_with_pack, parse_source  # noqa: PLC0415 (rarely asked for)

    saved = open_with_pack(parse_source(wished.session, wished.pack), pack)
    if saved.warnings:
        _print_error(f"of the session “{wished.session}” not all is used: {'; '.join(saved.warnings)}", EXIT_OK)
    work = replace(saved.session.workspace, answers={**saved.session.answers, **given})
    return replace(saved.session, workspace=work)


def _parse_answers(pairs: Iterable[tuple[str, str]], pack: Pack) -> dict[QuestionId, AnswerId]:
    answers: dict[QuestionId, AnswerId] = {}
    for name, value in pairs:
        question = pack.question_by_id.get(QuestionId(name))
        if question is None:
            hint = did_you_mean(name, pack.question_by_id)
            raise ExplorerError(f"there is no question “{name}” in the pack {pack.id}; {hint}")
        known = {str(answer.id): answer.id for answer in question.answers}
        if value not in known:
            raise ExplorerError(f"“{value}” is no answer to “{name}”; {did_you_mean(value, known)}")
        if answers.setdefault(question.id, known[value]) != value:
            raise ExplorerError(f"“{name}” is answered twice, with “{answers[question.id]}” and “{value}”")
    return answers


# ------------------------------------------------------------------------------------ what the words do


def _recommend(wished: argparse.Namespace) -> int:
    from explorer.export.report.report import build_report, report_data  # noqa: PLC0415 (so that --help is at once there)

    space, saved = _load_inputs(wished)
    report = build_report(space, saved.answers, defaults=not wished.no_defaults)
    if wished.format == "json":
        known = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
        _write_output(json.dumps(report_data(report), ensure_ascii=not known, indent=2) + "\n")
    else:
        from explorer.export.report.text import report_text  # noqa: PLC0415 (only here)

        _write_output(report_text(report))
    return EXIT_OK


def _export(wished: argparse.Namespace) -> int:
    _use_offscreen_platform()
    # Qt, and only where something is drawn: the other words answer at once.
    from explorer.export import formats  # noqa: PLC0415
    from explorer.export.images import raster  # noqa: PLC0415
    from explorer.export.request import build  # noqa: PLC0415
    from explorer.export.request.request import CaptionParts, Options, SubjectKind  # noqa: PLC0415
    from explorer.export.unsupported_options import UnsupportedOptionError, check_unsupported_options  # noqa: PLC0415
    from explorer.storage.icons.source import load_icon_source  # noqa: PLC0415

    options = Options(
        wished.theme or "light",
        wished.size,
        wished.scale,
        wished.dpi,
        wished.transparent,
        aspect=wished.shape,
        caption=CaptionParts(sum(CaptionParts[word.upper()].value for word in set(wished.around or ()))),
        date=date.today().isoformat(),
        icons=load_icon_source(wished.icons),
        session=not wished.no_session,
        text_as_paths=wished.outlines,
        template=wished.template,
    )
    if wished.scenarios is not None:
        return _batch(wished, options)
    if wished.formats or wished.jobs:
        raise UsageError("--formats and --jobs go with --scenarios")
    try:
        check_unsupported_options(formats.format_of(wished.out, SubjectKind.ARCHITECTURE), _given_options(wished))
        space, saved = _load_inputs(wished)
        work = replace(saved.workspace, alternatives_shown=not wished.no_ghosts)
        request = build.request_for_session(
            space, replace(saved, workspace=work), options, defaults=not wished.no_defaults
        )
        formats.export_file(wished.out, request)
    except (formats.UnknownFormatError, UnsupportedOptionError, raster.ImageTooLargeError) as error:
        raise UsageError(str(error)) from error
    _write_output(f"Wrote {display_path(wished.out)}.\n")
    return EXIT_OK


def _given_options(wished: argparse.Namespace) -> list[str]:
    """The options that say how a file looks, as they were typed."""
    from explorer.export.unsupported_options import FORMAT_OPTIONS  # noqa: PLC0415 (Qt, as in _export)

    return [option for option in FORMAT_OPTIONS if getattr(wished, option.strip("-"), None)]


def _batch(wished: argparse.Namespace, options: Options) -> int:
    """Every scenario of a file, with a line on standard error as each is done."""
    from explorer.export.batch import (
        batch,
        bundle,
    )
    from explorer.export.batch.batch_jobs import BatchOptions  # noqa: PLC0415
    from explorer.export.batch.index_page import INDEX_FILE  # noqa: PLC0415
    from explorer.export.request.request import SubjectKind  # noqa: PLC0415
    from explorer.storage.sessions.scenario_file import read_scenario_file  # noqa: PLC0415

    if wished.session or wished.answer:
        raise UsageError("--scenarios brings its own answers: leave --answer and --session out")
    folder = find_pack_folder(wished.pack)
    formats = wished.formats or "svg"
    try:
        bundle.parse_formats(formats, SubjectKind.ARCHITECTURE)
    except bundle.UnknownFormatNameError as error:
        raise UsageError(str(error)) from error
    pack = load_pack(folder)
    scenarios = read_scenario_file(wished.scenarios, pack)
    order = BatchOptions(folder, wished.out, formats, options, not wished.no_ghosts, not wished.no_defaults)
    failed = 0
    for number, made in enumerate(batch.write_batch(order, scenarios, pack.title, wished.jobs), 1):
        failed += bool(made.error)
        _print_error(f"{number} of {len(scenarios)}: {made.job.name}{made.error and f': {made.error}'}", EXIT_OK)
    done = len(scenarios) - failed
    _write_output(
        f"Wrote {done:,} of {len(scenarios):,} scenarios to {display_path(wished.out)}: see {INDEX_FILE} there.\n"
    )
    return EXIT_ERROR if failed else EXIT_OK


def _tree(wished: argparse.Namespace) -> int:
    _use_offscreen_platform()
    from explorer.core.decision_map.map import MapTooLargeError  # noqa: PLC0415
    from explorer.core.solver.constraints import compile_pack  # noqa: PLC0415 (Qt, as in _export)
    from explorer.export import formats  # noqa: PLC0415
    from explorer.export.images import raster  # noqa: PLC0415
    from explorer.export.request import build  # noqa: PLC0415
    from explorer.export.request.request import Options, SubjectKind  # noqa: PLC0415
    from explorer.export.unsupported_options import UnsupportedOptionError, check_unsupported_options  # noqa: PLC0415

    theme = wished.theme or "light"
    try:
        check_unsupported_options(formats.format_of(wished.out, SubjectKind.DECISION_MAP), _given_options(wished))
        space = compile_pack(load_pack(find_pack_folder(wished.pack)))
        drawn = build.draw_decision_map(space, wished.depth, theme)
        formats.export_file(wished.out, build.request_for_map(drawn, Options(theme)))
    except (
        formats.UnknownFormatError,
        UnsupportedOptionError,
        raster.IllegibleError,
        MapTooLargeError,
    ) as error:
        raise UsageError(str(error)) from error
    shown = drawn.decision_map
    outcomes = len(shown.nodes) - len({branch.source for branch in shown.branches})
    _write_output(f"Wrote {display_path(wished.out)}: {len(shown.nodes):,} nodes, {outcomes:,} of them ends.\n")
    return EXIT_OK


def _use_offscreen_platform() -> None:
    """Spare Qt the search for a display, which it ends the process over; elsewhere there always is one."""
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _check(wished: argparse.Namespace) -> int:
    from explorer.storage.packs.compiled import load_compiled_pack, verify_pack  # noqa: PLC0415 (so that --help is at once there)

    folder = find_pack_folder(wished.pack)
    told = ""
    try:
        space = load_compiled_pack(folder)
        proof, problems = verify_pack(folder, space)
        told = "" if problems else _format_verification(space.pack, proof)
    except PackError as error:
        problems = error.problems
    _write_output(told or "".join(f"{problem}\n" for problem in problems))
    return EXIT_ERROR if problems else EXIT_OK


def _new_pack(wished: argparse.Namespace) -> int:
    from explorer.storage.packs.template import write_pack_template  # noqa: PLC0415 (rarely asked for)

    write_pack_template(wished.folder)
    where = f'"{display_path(wished.folder)}"' if " " in display_path(wished.folder) else display_path(wished.folder)
    _write_output(
        f"Wrote {where}: six commented files, a sound pack to change. Open it with --pack {where}, and what "
        f"you save is seen at once; prove it with check {where}.\n"
    )
    return EXIT_OK


def _format_verification(pack: Pack, proof: VerificationResult) -> str:
    """What was counted while nothing was found wrong."""
    lines = [f"{pack.title}, {pack.id} {pack.version}, as of {pack.as_of}: no fault found."]
    for kind, count in (("complete", proof.complete), ("complete and partial", proof.partial)):
        lines.append(
            f"{count.total:,} {kind} combinations: {count.decided:,} decided, {count.open:,} open, "
            f"{count.conflict:,} in conflict."
        )
    lines.append(f"{proof.outcomes:,} distinct outcomes; {proof.conflict_sets:,} smallest sets of answers that clash.")
    tables = {
        "question": pack.questions,
        "rule": pack.rules,
        "trap": pack.traps,
        "takeaway": pack.takeaways,
        "component": pack.components,
        "edge": pack.edges,
    }
    counted = (f"{len(table)} {name}{'' if len(table) == 1 else 's'}" for name, table in tables.items())
    lines.append(f"{', '.join(counted)}.")
    return "".join(f"{one_line(line)}\n" for line in lines)


def _self_check(wished: argparse.Namespace) -> int:
    from explorer.diagnostics.environment import allow_missing_display  # noqa: PLC0415
    from explorer.diagnostics.self_check import run_self_check  # noqa: PLC0415
    from explorer.diagnostics.versions import format_versions, installed_versions  # noqa: PLC0415
    from explorer.export.request.build import ensure_qt  # noqa: PLC0415 (Qt, as in _export)
    from explorer.storage.atomic_write import write_atomically  # noqa: PLC0415
    from explorer.ui.shell.settings import user_data_folder  # noqa: PLC0415

    allow_missing_display()
    ensure_qt().setApplicationName("Berth")  # as the window is called, since its folder bears the name
    said = [format_versions(installed_versions()), "\n"]
    _write_output("".join(said))
    failed = []
    for finding in run_self_check(user_data_folder()):
        failed += [] if finding.ok else [finding.name]
        said.append(f"{'ok' if finding.ok else 'FAILED':<8}{finding.name:<14}{one_line(finding.detail)}\n")
        _write_output(said[-1])
    said.append(f"\nNot everything works: see {', '.join(failed)}.\n" if failed else "\nEverything works.\n")
    _write_output(said[-1])
    if wished.report:
        write_atomically(wished.report, "".join(said).encode())
    return EXIT_ERROR if failed else EXIT_OK


def _print_versions() -> None:
    from explorer.diagnostics.versions import format_versions, installed_versions  # noqa: PLC0415 (so that --help is at once there)

    _write_output(format_versions(installed_versions()))


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "recommend": _recommend,
    "export": _export,
    "tree": _tree,
    "check": _check,
    "new-pack": _new_pack,
    "self-check": _self_check,
}
"""The words, and what each does: the exit status comes of it."""
