"""The words of the command line and what may follow each: taken as they are spelled, or told why not."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from explorer.render.theme import THEMES
from explorer.storage.program_name import command_line
from explorer.storage.resources import default_pack_folder

CAPTION_PARTS = ("title", "date", "source", "credit", "legend")
_MAX_DPI = 10_000
_MIN_SIDE = 64
"""Pixels below which nobody makes out a drawing; a finger slipped."""
_PACK_HELP = f"the folder of a pack, or the id of a shipped one; default: {default_pack_folder().name}"


class UsageError(Exception):
    """Words that are no command; its text says why."""


class _Parser(argparse.ArgumentParser):
    """Takes words as they are spelled, and says what is wrong in one sentence."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        said = f"{message[0].lower()}{message[1:]}".rstrip(".")
        raise UsageError(f"{said} (see {self.prog} --help)")


class _PrintAndExit(argparse.Action):
    """Tells something, looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        self.const()
        parser.exit()


def build_parser(
    deeds: Mapping[str, Callable[[argparse.Namespace], int]], tell_version: Callable[[], None]
) -> argparse.ArgumentParser:
    """What takes the words of the command line apart; `do` in what it gives is the deed of the word."""
    parser = _Parser(
        prog=command_line(),
        description="Walk a decision, and see the architecture it leads to. "
        "Without a word, or with a SESSION.berth, a code or --pack PACK alone, the window opens.",
        epilog="exit status: 0 done (a conflict is an answer too), 1 a fault in the content or the answers, "
        "2 wrong usage; "
        "--debug with any word, or with none, writes berth.log here, which names no person, file or answer",
    )
    parser.add_argument(
        "--version",
        action=_PrintAndExit,
        nargs=0,
        const=tell_version,
        help="say what this is and what it rests on",
    )
    words = parser.add_subparsers(title="words", metavar="WORD", required=True)

    recommend = words.add_parser("recommend", help="say what a set of answers comes to, and why")
    _add_answers(recommend)
    recommend.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    recommend.set_defaults(do=deeds["recommend"])

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
    size.add_argument("--scale", type=_positive_number, metavar="N", help="pixels to the point; default: 2")
    export.add_argument("--dpi", type=_dpi, metavar="N", help="the resolution that the PNG states")
    export.add_argument("--transparent", action="store_true", help="leave out the background")
    export.add_argument("--shape", type=_aspect_ratio, metavar="W:H", help="spread over a page like that: 16:9")
    export.add_argument(
        "--around",
        type=_caption_parts,
        metavar="WORDS",
        help=f"say around it: {','.join(CAPTION_PARTS)}, or some of them",
    )
    export.add_argument("--outlines", action="store_true", help="letters as shapes, in an SVG")
    export.add_argument("--no-session", action="store_true", help="leave the session out of the picture")
    export.add_argument(
        "--icons", default="", metavar="PATH", help="a folder or zip of AWS Architecture Icons, or “own”"
    )
    export.add_argument("--template", type=Path, metavar="FILE", help="put slides into this .pptx or .potx")
    export.set_defaults(do=deeds["export"])

    tree = words.add_parser("tree", help="draw the whole decision as a map into a file")
    tree.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help="the file: .png, .svg, .pdf, .pptx, .drawio, .mmd, .d2, .puml, .dot or .json (placed)",
    )
    tree.add_argument("--pack", metavar="PACK", help=_PACK_HELP)
    tree.add_argument(
        "--depth", type=_depth, metavar="N", help="every question, N deep; default: the headline questions"
    )
    tree.add_argument("--theme", choices=THEMES, help="default: light")
    tree.set_defaults(do=deeds["tree"])

    check = words.add_parser("check", help="look for every fault of a pack, and prove its rules")
    check.add_argument("pack", nargs="?", metavar="PACK", help=_PACK_HELP)
    check.set_defaults(do=deeds["check"])

    new = words.add_parser("new-pack", help="write a small commented pack to begin with")
    new.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    new.set_defaults(do=deeds["new-pack"])

    proof = words.add_parser("self-check", help="try everything that a workshop needs, one line for each")
    proof.add_argument("--report", type=Path, metavar="FILE", help="write what was found to a file too")
    proof.set_defaults(do=deeds["self-check"])
    return parser


def _add_answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", metavar="PACK", help=_PACK_HELP)
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
    parser.add_argument("--jobs", type=_job_count, metavar="N", help="with --scenarios: so many at once")


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
    if min(size) < _MIN_SIDE:
        raise argparse.ArgumentTypeError(
            f"“{text}” is too small to make anything out: {_MIN_SIDE}x{_MIN_SIDE} at least"
        )
    return size


def _aspect_ratio(text: str) -> float:
    width, _, height = text.partition(":")
    aspect = _positive_number(width) / _positive_number(height)
    if not 0.2 <= aspect <= 5:
        raise argparse.ArgumentTypeError(f"“{text}” is no shape from 1:5 to 5:1, such as 16:9")
    return aspect


def _caption_parts(text: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in text.lower().split(",") if word.strip())
    for word in words:
        if word not in CAPTION_PARTS:
            raise argparse.ArgumentTypeError(f"“{word}” is none of {', '.join(CAPTION_PARTS)}")
    return words


def _positive_number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not (number > 0 and math.isfinite(number)):
        raise argparse.ArgumentTypeError(f"“{text}” is no number above 0")
    return number


def _job_count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1 to 999")
    return int(text)


def _depth(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"“{text}” is no depth, which is a whole number from 1")
    return int(text)


def _dpi(text: str) -> float:
    number = _positive_number(text)
    if not 1 <= number <= _MAX_DPI:
        raise argparse.ArgumentTypeError(f"“{text}” is no resolution from 1 to {_MAX_DPI:,}")
    return number
