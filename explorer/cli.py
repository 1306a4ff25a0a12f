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

from explorer.arguments import UsageError, parser_of
from explorer.core.errors import ExplorerError, PackError, did_you_mean, refusal
from explorer.core.model.pack import AnswerId, Pack, QuestionId
from explorer.core.session.session import SavedSession
from explorer.core.session.share_code import HOW_TO_NAME
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.catalog import pack_folder
from explorer.storage.packs.loader import load_pack, near
from explorer.storage.packs.table_reader import one_line
from explorer.storage.program_name import command
from explorer.storage.sessions.embedded import PICTURES

if TYPE_CHECKING:
    from explorer.core.solver.constraints import Space
    from explorer.core.verification.proof import Proof
    from explorer.export.request.request import Options

log = logging.getLogger(__name__)

DONE, FAULT, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
_HELP = ("-h", "--help", "--version")


def speaks(arguments: Sequence[str]) -> bool:
    """Whether these arguments are for the command line; all others open the window."""
    if not arguments:
        return False
    first = arguments[0]
    return first in _HELP or not (first.startswith("-") or _names_session(first) or _means_code(first))


def _names_session(word: str) -> bool:
    """Whether a word names a file that a session is in: its own, or a picture that carries one."""
    return word.lower().endswith((".berth", *PICTURES))


def _means_code(word: str) -> bool:
    """Whether a word is a code, or the part of one that stands for itself."""
    if word in DEEDS:
        return False
    from explorer.storage.sessions.opening import code_of  # noqa: PLC0415 (so that --help is at once there)

    return code_of(word) is not None


def main(arguments: Sequence[str]) -> int:
    """Do what the words say; the exit status is 0 done, 1 a fault in content or answers, 2 wrong usage."""
    try:
        status = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()  # whoever read has read enough
        return DONE
    except OSError as error:
        _let_go_of_stdout()
        return _complain(f"the answer could not be written: {refusal(error)}", FAULT)
    return status


def _run(arguments: Sequence[str]) -> int:
    try:
        word = next(iter(arguments), "")
        if word not in DEEDS and not word.startswith("-"):
            code = f"; {HOW_TO_NAME}" if any(sign in ":0123456789" for sign in word) else ""
            raise UsageError(f"“{word}” is no word of Berth; {did_you_mean(word, DEEDS)}{code}")
        wished = parser_of(DEEDS, _tell_versions).parse_args(arguments)
        log.info("Asked to %s, with the options %s.", word, _named(wished))
        do: Callable[[argparse.Namespace], int] = wished.do
        return do(wished)
    except SystemExit as end:  # argparse has shown its help
        return end.code if isinstance(end.code, int) else DONE
    except UsageError as error:
        return _complain(str(error), WRONG_USAGE)
    except PackError as error:
        return _complain(_of_pack(error), FAULT)
    except ExplorerError as error:
        return _complain(str(error), FAULT)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.filename is None:
            raise
        return _unexpected(error)
    except Exception as error:
        return _unexpected(error)


def _named(wished: argparse.Namespace) -> str:
    """The options that were given, without their values."""
    given = (
        name for name, value in vars(wished).items() if value not in (None, False, [], "") and name != "do"
    )
    return ", ".join(given) or "none"


def _unexpected(error: Exception) -> int:
    log.critical("An unexpected fault.", exc_info=error)
    return _complain(
        f"something unexpected went wrong; “{command('--debug …')}” writes a log that says where", FAULT
    )


def _of_pack(error: PackError) -> str:
    """The first fault of a pack, and how many more there are, as one sentence."""
    first, more = error.problems[0], len(error.problems) - 1
    rest = f" (and {more} more, listed by “{command('check')}”)" if more else ""
    return f"the pack cannot be used: {first}{rest}"


def _complain(sentence: str, status: int) -> int:
    if sys.stderr is not None:
        print(f"berth: {one_line(sentence)}", file=sys.stderr)
    return status


def _say(text: str) -> None:
    if sys.stdout is None:
        raise ExplorerError("there is nowhere to write the answer to: standard output is closed")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)


def _let_go_of_stdout() -> None:
    """Keep Python from trying, and failing, to write the rest at its exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = None


# ------------------------------------------------------------------------------------ answers


def _prepared(wished: argparse.Namespace) -> tuple[Space, SavedSession]:
    from explorer.core.solver.constraints import prepare  # noqa: PLC0415 (so that --help is at once there)
    from explorer.storage.sessions.opening import folder_for, source_of  # noqa: PLC0415 (as above)

    source = source_of(wished.session, wished.pack) if wished.session else None
    pack = load_pack(folder_for(wished.pack, source))
    return prepare(pack), _session(wished, pack)


def _session(wished: argparse.Namespace, pack: Pack) -> SavedSession:
    """The session that is named, if any, with the answers that are given beside it."""
    given = _given(wished.answer, pack)
    if wished.session is None:
        return SavedSession(Workspace(answers=given))
    from explorer.storage.sessions.opening import open_with, source_of  # noqa: PLC0415 (rarely asked for)

    saved = open_with(source_of(wished.session, wished.pack), pack)
    if saved.remarks:
        _complain(f"of the session “{wished.session}” not all is used: {'; '.join(saved.remarks)}", DONE)
    work = replace(saved.session.workspace, answers={**saved.session.answers, **given})
    return replace(saved.session, workspace=work)


def _given(pairs: Iterable[tuple[str, str]], pack: Pack) -> dict[QuestionId, AnswerId]:
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
    from explorer.export.report.report import as_data, report_on  # noqa: PLC0415 (so that --help is at once there)

    space, saved = _prepared(wished)
    report = report_on(space, saved.answers, defaults=not wished.no_defaults)
    if wished.format == "json":
        known = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
        _say(json.dumps(as_data(report), ensure_ascii=not known, indent=2) + "\n")
    else:
        from explorer.export.report.text import as_text  # noqa: PLC0415 (only here)

        _say(as_text(report))
    return DONE


def _export(wished: argparse.Namespace) -> int:
    _draw_without_display()
    # Qt, and only where something is drawn: the other words answer at once.
    from explorer.export import formats  # noqa: PLC0415
    from explorer.export.images import raster  # noqa: PLC0415
    from explorer.export.request import build  # noqa: PLC0415
    from explorer.export.request.request import Kind, Options, Words  # noqa: PLC0415
    from explorer.export.unsupported_options import UnheededError, refuse_unheeded  # noqa: PLC0415
    from explorer.storage.icons.source import source_at  # noqa: PLC0415

    options = Options(
        wished.theme or "light",
        wished.size,
        wished.scale,
        wished.dpi,
        wished.transparent,
        aspect=wished.shape,
        words=Words(sum(Words[word.upper()].value for word in set(wished.around or ()))),
        date=date.today().isoformat(),
        icons=source_at(wished.icons),
        session=not wished.no_session,
        outlines=wished.outlines,
        template=wished.template,
    )
    if wished.scenarios is not None:
        return _batch(wished, options)
    if wished.formats or wished.jobs:
        raise UsageError("--formats and --jobs go with --scenarios")
    try:
        refuse_unheeded(formats.format_of(wished.out, Kind.CASE), _given_options(wished))
        space, saved = _prepared(wished)
        work = replace(saved.workspace, ghosts=not wished.no_ghosts)
        request = build.of_session(
            space, replace(saved, workspace=work), options, defaults=not wished.no_defaults
        )
        formats.export_file(wished.out, request)
    except (formats.UnknownFormatError, UnheededError, raster.TooLargeError) as error:
        raise UsageError(str(error)) from error
    _say(f"Wrote {near(wished.out)}.\n")
    return DONE


def _given_options(wished: argparse.Namespace) -> list[str]:
    """The options that say how a file looks, as they were typed."""
    from explorer.export.unsupported_options import OPTIONS  # noqa: PLC0415 (Qt, as in _export)

    return [option for option in OPTIONS if getattr(wished, option.strip("-"), None)]


def _batch(wished: argparse.Namespace, options: Options) -> int:
    """Every scenario of a file, with a line on standard error as each is done."""
    from explorer.export.batch import (
        batch,
        bundle,
    )
    from explorer.export.batch.batch_jobs import Order  # noqa: PLC0415
    from explorer.export.batch.index_page import PAGE  # noqa: PLC0415
    from explorer.export.request.request import Kind  # noqa: PLC0415
    from explorer.storage.sessions.scenario_file import read_scenarios  # noqa: PLC0415

    if wished.session or wished.answer:
        raise UsageError("--scenarios brings its own answers: leave --answer and --session out")
    folder = pack_folder(wished.pack)
    formats = wished.formats or "svg"
    try:
        bundle.formats_named(formats, Kind.CASE)
    except bundle.UnknownFormatNameError as error:
        raise UsageError(str(error)) from error
    pack = load_pack(folder)
    scenarios = read_scenarios(wished.scenarios, pack)
    order = Order(folder, wished.out, formats, options, not wished.no_ghosts, not wished.no_defaults)
    failed = 0
    for number, made in enumerate(batch.write(order, scenarios, pack.title, wished.jobs), 1):
        failed += bool(made.fault)
        _complain(f"{number} of {len(scenarios)}: {made.job.name}{made.fault and f': {made.fault}'}", DONE)
    done = len(scenarios) - failed
    _say(f"Wrote {done:,} of {len(scenarios):,} scenarios to {near(wished.out)}: see {PAGE} there.\n")
    return FAULT if failed else DONE


def _tree(wished: argparse.Namespace) -> int:
    _draw_without_display()
    from explorer.core.decision_map.map import TooManyNodesError  # noqa: PLC0415
    from explorer.core.solver.constraints import prepare  # noqa: PLC0415 (Qt, as in _export)
    from explorer.export import formats  # noqa: PLC0415
    from explorer.export.images import raster  # noqa: PLC0415
    from explorer.export.request import build  # noqa: PLC0415
    from explorer.export.request.request import Kind, Options  # noqa: PLC0415
    from explorer.export.unsupported_options import UnheededError, refuse_unheeded  # noqa: PLC0415

    theme = wished.theme or "light"
    try:
        refuse_unheeded(formats.format_of(wished.out, Kind.MAP), _given_options(wished))
        space = prepare(load_pack(pack_folder(wished.pack)))
        drawn = build.map_of(space, wished.depth, theme)
        formats.export_file(wished.out, build.of_map(drawn, Options(theme)))
    except (formats.UnknownFormatError, UnheededError, raster.IllegibleError, TooManyNodesError) as error:
        raise UsageError(str(error)) from error
    shown = drawn.shown
    outcomes = len(shown.nodes) - len({branch.source for branch in shown.branches})
    _say(f"Wrote {near(wished.out)}: {len(shown.nodes):,} nodes, {outcomes:,} of them ends.\n")
    return DONE


def _draw_without_display() -> None:
    """Spare Qt the search for a display, which it ends the process over; elsewhere there always is one."""
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _check(wished: argparse.Namespace) -> int:
    from explorer.storage.packs.compiled import open_pack, proved  # noqa: PLC0415 (so that --help is at once there)

    folder = pack_folder(wished.pack)
    told = ""
    try:
        space = open_pack(folder)
        proof, problems = proved(folder, space)
        told = "" if problems else _proven(space.pack, proof)
    except PackError as error:
        problems = error.problems
    _say(told or "".join(f"{problem}\n" for problem in problems))
    return FAULT if problems else DONE


def _new_pack(wished: argparse.Namespace) -> int:
    from explorer.storage.packs.template import new_pack  # noqa: PLC0415 (rarely asked for)

    new_pack(wished.folder)
    where = f'"{near(wished.folder)}"' if " " in near(wished.folder) else near(wished.folder)
    _say(
        f"Wrote {where}: six commented files, a sound pack to change. Open it with --pack {where}, and what "
        f"you save is seen at once; prove it with check {where}.\n"
    )
    return DONE


def _proven(pack: Pack, proof: Proof) -> str:
    """What was counted while nothing was found wrong."""
    lines = [f"{pack.title}, {pack.id} {pack.version}, as of {pack.as_of}: no fault found."]
    for kind, count in (("complete", proof.complete), ("complete and partial", proof.partial)):
        lines.append(
            f"{count.total:,} {kind} combinations: {count.decided:,} decided, {count.open:,} open, "
            f"{count.conflict:,} in conflict."
        )
    lines.append(
        f"{proof.outcomes:,} distinct outcomes; {proof.clashes:,} smallest sets of answers that clash."
    )
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
    from explorer.diagnostics.environment import allow_display  # noqa: PLC0415
    from explorer.diagnostics.self_check import self_check  # noqa: PLC0415
    from explorer.diagnostics.versions import as_lines, versions  # noqa: PLC0415
    from explorer.export.request.build import ready  # noqa: PLC0415 (Qt, as in _export)
    from explorer.storage.atomic_write import write_whole  # noqa: PLC0415
    from explorer.ui.shell.settings import usual_folder  # noqa: PLC0415

    allow_display()
    ready().setApplicationName("Berth")  # as the window is called, since its folder bears the name
    said = [as_lines(versions()), "\n"]
    _say("".join(said))
    failed = []
    for finding in self_check(usual_folder()):
        failed += [] if finding.holds else [finding.name]
        said.append(f"{'ok' if finding.holds else 'FAILED':<8}{finding.name:<14}{one_line(finding.told)}\n")
        _say(said[-1])
    said.append(f"\nNot everything works: see {', '.join(failed)}.\n" if failed else "\nEverything works.\n")
    _say(said[-1])
    if wished.report:
        write_whole(wished.report, "".join(said).encode())
    return FAULT if failed else DONE


def _tell_versions() -> None:
    from explorer.diagnostics.versions import as_lines, versions  # noqa: PLC0415 (so that --help is at once there)

    _say(as_lines(versions()))


DEEDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "recommend": _recommend,
    "export": _export,
    "tree": _tree,
    "check": _check,
    "new-pack": _new_pack,
    "self-check": _self_check,
}
"""The words, and what each does: the exit status comes of it."""
