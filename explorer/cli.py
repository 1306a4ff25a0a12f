"""Berth without a window: recommend, export, check and self-check, each an exit status and plain words."""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from explorer.core.pack import AnswerId, Pack, QuestionId
from explorer.core.problems import ExplorerError, PackError, did_you_mean, refusal
from explorer.core.saved import SavedSession
from explorer.core.short_code import HOW_TO_NAME
from explorer.core.workspace import Workspace
from explorer.render.theme import THEMES
from explorer.storage.command import command
from explorer.storage.embedded import PICTURES
from explorer.storage.packs import load_pack, near
from explorer.storage.reader import one_line
from explorer.storage.resources import shipped_pack
from explorer.storage.shelf import pack_folder

if TYPE_CHECKING:
    from explorer.core.proof import Proof
    from explorer.core.space import Space
    from explorer.export.request import Options

log = logging.getLogger(__name__)

DONE, FAULT, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
WORDS = ("recommend", "export", "tree", "check", "new-pack", "self-check")
_HELP = ("-h", "--help", "--version")
_LARGEST_DPI = 10_000
_LEAST_SIDE = 64
"""Pixels below which nobody makes out a drawing; a finger slipped."""
AROUND = ("title", "date", "source", "credit", "legend")
_WHICH_PACK = f"the folder of a pack, or the id of a shipped one; default: {shipped_pack().name}"


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
    if word in WORDS:
        return False
    from explorer.storage.openings import code_of  # noqa: PLC0415 (so that --help is at once there)

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


class _UsageError(Exception):
    """Words that are no command."""


def _run(arguments: Sequence[str]) -> int:
    try:
        word = next(iter(arguments), "")
        if word not in WORDS and not word.startswith("-"):
            code = f"; {HOW_TO_NAME}" if any(sign in ":0123456789" for sign in word) else ""
            raise _UsageError(f"“{word}” is no word of Berth; {did_you_mean(word, WORDS)}{code}")
        wished = _parser().parse_args(arguments)
        log.info("Asked to %s, with the options %s.", word, _named(wished))
        do: Callable[[argparse.Namespace], int] = wished.do
        return do(wished)
    except SystemExit as end:  # argparse has shown its help
        return end.code if isinstance(end.code, int) else DONE
    except _UsageError as error:
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


# ------------------------------------------------------------------------------------ words


class _Parser(argparse.ArgumentParser):
    """Takes words as they are spelled, and says what is wrong in one sentence."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        said = f"{message[0].lower()}{message[1:]}".rstrip(".")
        raise _UsageError(f"{said} (see {self.prog} --help)")


class _Version(argparse.Action):
    """Tells the version of everything, looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from explorer.storage.versions import as_lines, versions  # noqa: PLC0415

        _say(as_lines(versions()))
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=command(),
        description="Walk a decision, and see the architecture it leads to. "
        "Without a word, or with a SESSION.berth, a code or --pack PACK alone, the window opens.",
        epilog="exit status: 0 done (a conflict is an answer too), 1 a fault in the content or the answers, "
        "2 wrong usage; "
        "--debug with any word, or with none, writes berth.log here, which names no person, file or answer",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say what this is and what it rests on")
    words = parser.add_subparsers(title="words", metavar="WORD", required=True)

    recommend = words.add_parser("recommend", help="say what a set of answers comes to, and why")
    _add_answers(recommend)
    recommend.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    recommend.set_defaults(do=_recommend)

    export = words.add_parser("export", help="draw what a set of answers comes to into a file")
    export.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help="the file, whose ending says the kind: .png, .svg, .pdf, .pptx, .deck.pptx (the whole walk), "
        ".drawio, .md and .html (decision record), .mmd, .d2, .puml, .dsl, .dot, .csv, .outcome.json, "
        ".json (placed); with --scenarios the folder",
    )
    _add_answers(export)
    _add_batch(export)
    export.add_argument("--no-ghosts", action="store_true", help="leave out what is merely still possible")
    export.add_argument("--theme", choices=THEMES, help="default: light")
    size = export.add_mutually_exclusive_group()
    size.add_argument("--size", type=_size, metavar="WxH", help="exactly so many pixels: 1920x1080")
    size.add_argument("--scale", type=_positive, metavar="N", help="pixels to the point; default: 2")
    export.add_argument("--dpi", type=_dpi, metavar="N", help="the resolution that the PNG states")
    export.add_argument("--transparent", action="store_true", help="leave out the background")
    export.add_argument("--shape", type=_shape, metavar="W:H", help="spread over a page like that: 16:9")
    export.add_argument(
        "--around", type=_around, metavar="WORDS", help=f"say around it: {','.join(AROUND)}, or some of them"
    )
    export.add_argument("--outlines", action="store_true", help="letters as shapes, in an SVG")
    export.add_argument("--no-session", action="store_true", help="leave the session out of the picture")
    export.add_argument(
        "--icons", default="", metavar="PATH", help="a folder or zip of AWS Architecture Icons, or “own”"
    )
    export.add_argument("--template", type=Path, metavar="FILE", help="put slides into this .pptx or .potx")
    export.set_defaults(do=_export)

    tree = words.add_parser("tree", help="draw the whole decision as a map into a file")
    tree.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help="the file: .png, .svg, .pdf, .pptx, .drawio, .mmd, .d2, .puml, .dot or .json (placed)",
    )
    tree.add_argument("--pack", metavar="PACK", help=_WHICH_PACK)
    tree.add_argument(
        "--depth", type=_depth, metavar="N", help="every question, N deep; default: the headline questions"
    )
    tree.add_argument("--theme", choices=THEMES, help="default: light")
    tree.set_defaults(do=_tree)

    check = words.add_parser("check", help="look for every fault of a pack, and prove its rules")
    check.add_argument("pack", nargs="?", metavar="PACK", help=_WHICH_PACK)
    check.set_defaults(do=_check)

    new = words.add_parser("new-pack", help="write a small commented pack to begin with")
    new.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    new.set_defaults(do=_new_pack)

    proof = words.add_parser("self-check", help="try everything that a workshop needs, one line for each")
    proof.add_argument("--report", type=Path, metavar="FILE", help="write what was found to a file too")
    proof.set_defaults(do=_self_check)
    return parser


def _add_answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", metavar="PACK", help=_WHICH_PACK)
    parser.add_argument(
        "--answer",
        type=_answer,
        action="append",
        default=[],
        metavar="ID=VALUE",
        help="may be given many times",
    )
    parser.add_argument(
        "--session",
        metavar="FILE",
        help="take the answers of a .berth file or of a code; --answer overrides them",
    )
    parser.add_argument("--no-defaults", action="store_true", help="leave open what no answer decides")


def _add_batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scenarios",
        type=Path,
        metavar="FILE",
        help="draw every scenario of a TOML file into the folder OUT",
    )
    parser.add_argument("--formats", metavar="LIST", help="with --scenarios: svg,pptx or all; default: svg")
    parser.add_argument("--jobs", type=_count, metavar="N", help="with --scenarios: so many at once")


def _answer(text: str) -> tuple[str, str]:
    question, equals, answer = text.partition("=")
    if not (question.strip() and equals and answer.strip()):
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form ID=VALUE, such as gpu=yes")
    return question.strip(), answer.strip()


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().replace("×", "x").partition("x")
    sides = (width.strip(), height.strip())
    if not all(side.isascii() and side.isdigit() and len(side) < 10 and int(side) for side in sides):
        raise argparse.ArgumentTypeError(f"“{text}” is no size, which is WxH in pixels, such as 1920x1080")
    size = int(width), int(height)
    if min(size) < _LEAST_SIDE:
        raise argparse.ArgumentTypeError(
            f"“{text}” is too small to make anything out: {_LEAST_SIDE}x{_LEAST_SIDE} at least"
        )
    return size


def _shape(text: str) -> float:
    width, _, height = text.partition(":")
    aspect = _positive(width) / _positive(height)
    if not 0.2 <= aspect <= 5:
        raise argparse.ArgumentTypeError(f"“{text}” is no shape from 1:5 to 5:1, such as 16:9")
    return aspect


def _around(text: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in text.lower().split(",") if word.strip())
    for word in words:
        if word not in AROUND:
            raise argparse.ArgumentTypeError(f"“{word}” is none of {', '.join(AROUND)}")
    return words


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not (number > 0 and math.isfinite(number)):
        raise argparse.ArgumentTypeError(f"“{text}” is no number above 0")
    return number


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1 to 999")
    return int(text)


def _depth(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"“{text}” is no depth, which is a whole number from 1")
    return int(text)


def _dpi(text: str) -> float:
    number = _positive(text)
    if not 1 <= number <= _LARGEST_DPI:
        raise argparse.ArgumentTypeError(f"“{text}” is no resolution from 1 to {_LARGEST_DPI:,}")
    return number


# ------------------------------------------------------------------------------------ answers


def _prepared(wished: argparse.Namespace) -> tuple[Space, SavedSession]:
    from explorer.core.space import prepare  # noqa: PLC0415 (so that --help is at once there)
    from explorer.storage.openings import folder_for, source_of  # noqa: PLC0415 (as above)

    source = source_of(wished.session, wished.pack) if wished.session else None
    pack = load_pack(folder_for(wished.pack, source))
    return prepare(pack), _session(wished, pack)


def _session(wished: argparse.Namespace, pack: Pack) -> SavedSession:
    """The session that is named, if any, with the answers that are given beside it."""
    given = _given(wished.answer, pack)
    if wished.session is None:
        return SavedSession(Workspace(answers=given))
    from explorer.storage.openings import open_with, source_of  # noqa: PLC0415 (rarely asked for)

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
    from explorer.export.report import as_data, report_on  # noqa: PLC0415 (so that --help is at once there)

    space, saved = _prepared(wished)
    report = report_on(space, saved.answers, defaults=not wished.no_defaults)
    if wished.format == "json":
        known = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
        _say(json.dumps(as_data(report), ensure_ascii=not known, indent=2) + "\n")
    else:
        from explorer.export.report_text import as_text  # noqa: PLC0415 (only here)

        _say(as_text(report))
    return DONE


def _export(wished: argparse.Namespace) -> int:
    _draw_without_display()
    # Qt, and only where something is drawn: the other words answer at once.
    from explorer.export import asking, formats, raster  # noqa: PLC0415
    from explorer.export.request import Kind, Options, Words  # noqa: PLC0415
    from explorer.export.unheeded import UnheededError, refuse_unheeded  # noqa: PLC0415
    from explorer.storage.icons import source_at  # noqa: PLC0415

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
        raise _UsageError("--formats and --jobs go with --scenarios")
    try:
        refuse_unheeded(formats.format_of(wished.out, Kind.CASE), _given_options(wished))
        space, saved = _prepared(wished)
        work = replace(saved.workspace, ghosts=not wished.no_ghosts)
        request = asking.of_session(
            space, replace(saved, workspace=work), options, defaults=not wished.no_defaults
        )
        formats.export_file(wished.out, request)
    except (formats.UnknownFormatError, UnheededError, raster.TooLargeError) as error:
        raise _UsageError(str(error)) from error
    _say(f"Wrote {near(wished.out)}.\n")
    return DONE


def _given_options(wished: argparse.Namespace) -> list[str]:
    """The options that say how a file looks, as they were typed."""
    from explorer.export.unheeded import OPTIONS  # noqa: PLC0415 (Qt, as in _export)

    return [option for option in OPTIONS if getattr(wished, option.strip("-"), None)]


def _batch(wished: argparse.Namespace, options: Options) -> int:
    """Every scenario of a file, with a line on standard error as each is done."""
    from explorer.export import batch, bundle  # noqa: PLC0415 (Qt, as in _export)
    from explorer.export.contents import PAGE  # noqa: PLC0415
    from explorer.export.jobs import Order  # noqa: PLC0415
    from explorer.export.request import Kind  # noqa: PLC0415
    from explorer.storage.scenario_file import read_scenarios  # noqa: PLC0415

    if wished.session or wished.answer:
        raise _UsageError("--scenarios brings its own answers: leave --answer and --session out")
    folder = pack_folder(wished.pack)
    formats = wished.formats or "svg"
    try:
        bundle.formats_named(formats, Kind.CASE)
    except bundle.UnknownFormatNameError as error:
        raise _UsageError(str(error)) from error
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
    from explorer.core.space import prepare  # noqa: PLC0415 (Qt, as in _export)
    from explorer.core.tree import TooManyNodesError  # noqa: PLC0415
    from explorer.export import asking, formats, raster  # noqa: PLC0415
    from explorer.export.request import Kind, Options  # noqa: PLC0415
    from explorer.export.unheeded import UnheededError, refuse_unheeded  # noqa: PLC0415

    theme = wished.theme or "light"
    try:
        refuse_unheeded(formats.format_of(wished.out, Kind.MAP), _given_options(wished))
        space = prepare(load_pack(pack_folder(wished.pack)))
        drawn = asking.map_of(space, wished.depth, theme)
        formats.export_file(wished.out, asking.of_map(drawn, Options(theme)))
    except (formats.UnknownFormatError, UnheededError, raster.IllegibleError, TooManyNodesError) as error:
        raise _UsageError(str(error)) from error
    shown = drawn.shown
    outcomes = len(shown.nodes) - len({branch.source for branch in shown.branches})
    _say(f"Wrote {near(wished.out)}: {len(shown.nodes):,} nodes, {outcomes:,} of them ends.\n")
    return DONE


def _draw_without_display() -> None:
    """Spare Qt the search for a display, which it ends the process over; elsewhere there always is one."""
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _check(wished: argparse.Namespace) -> int:
    from explorer.storage.proving import open_pack, proved  # noqa: PLC0415 (so that --help is at once there)

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
    from explorer.storage.starter import new_pack  # noqa: PLC0415 (rarely asked for)

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
    from explorer.export.asking import ready  # noqa: PLC0415 (Qt, as in _export)
    from explorer.export.files import write_whole  # noqa: PLC0415
    from explorer.export.self_check import self_check  # noqa: PLC0415
    from explorer.export.surroundings import allow_display  # noqa: PLC0415
    from explorer.storage.versions import as_lines, versions  # noqa: PLC0415
    from explorer.ui.memory import usual_folder  # noqa: PLC0415

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
