"""The arguments of each command: names, types and help texts."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from explorer.cli import value_types
from explorer.render.theme import THEMES
from explorer.storage.resources import default_pack_folder

_PACK_HELP = f"a pack's folder, or the id of a shipped pack; default: {default_pack_folder().name}"
_ICONS_HELP = "a folder or zip of AWS Architecture Icons, or “own” for Berth's glyphs"


def add_open_arguments(parser: ArgumentParser) -> None:
    """Arguments of `open`."""
    parser.add_argument(
        "session", nargs="?", metavar="SESSION", help="a .berth file, an exported picture or a share code"
    )
    parser.add_argument("--pack", metavar="PACK", help=_PACK_HELP)
    parser.add_argument("--icons", metavar="PATH", help=_ICONS_HELP)


def add_recommend_arguments(parser: ArgumentParser) -> None:
    """Arguments of `recommend`."""
    _add_answer_arguments(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


CSV_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def add_export_arguments(parser: ArgumentParser) -> None:
    """Arguments of `export`."""
    parser.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help="the file; its extension selects the format: .png, .svg, .pdf, .pptx, .deck.pptx (every question), "
        ".drawio, .drawio.svg, .drawio.png, .md and .html (decision record), .mmd, .d2, .puml, .dsl, .dot, .csv, "
        ".outcome.json, .json (placed); with --scenarios the folder",
    )
    _add_answer_arguments(parser)
    parser.add_argument(
        "--scenarios",
        type=Path,
        metavar="FILE",
        help="export every scenario of a TOML file into the folder OUT",
    )
    parser.add_argument(
        "--formats", metavar="LIST", help="with --scenarios: formats, such as svg,pptx, or all; default: svg"
    )
    parser.add_argument(
        "--jobs", type=value_types.job_count, metavar="N", help="with --scenarios: number of worker processes"
    )
    parser.add_argument("--no-ghosts", action="store_true", help="hide alternatives")
    parser.add_argument("--theme", choices=THEMES, help="default: light")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--size", type=value_types.pixel_size, metavar="WxH", help="size in pixels, such as 1920x1080")
    size.add_argument("--scale", type=value_types.positive_number, metavar="N", help="pixels per point; default: 2")
    parser.add_argument("--dpi", type=value_types.resolution, metavar="N", help="resolution written into the PNG")
    parser.add_argument("--transparent", action="store_true", help="omit the background")
    parser.add_argument(
        "--shape", type=value_types.aspect_ratio, metavar="W:H", help="stretch to an aspect ratio, such as 16:9"
    )
    parser.add_argument(
        "--around",
        type=value_types.caption_parts,
        metavar="PARTS",
        help=f"caption parts to add: {','.join(value_types.CAPTION_PARTS)}, or some of them",
    )
    parser.add_argument("--outlines", action="store_true", help="text as paths, in an SVG")
    parser.add_argument("--no-session", action="store_true", help="do not embed the session in the picture")
    parser.add_argument("--icons", default="", metavar="PATH", help=_ICONS_HELP)
    parser.add_argument("--template", type=Path, metavar="FILE", help="use this .pptx or .potx for slides")
    parser.add_argument(
        "--separator", choices=tuple(CSV_SEPARATORS), help="column separator of CSV files; default: comma"
    )


def add_tree_arguments(parser: ArgumentParser) -> None:
    """Arguments of `tree`."""
    parser.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help="the file: .png, .svg, .pdf, .pptx, .drawio, .drawio.svg, .drawio.png, .mmd, .d2, .puml, .dot "
        "or .json (placed)",
    )
    parser.add_argument("--pack", metavar="PACK", help=_PACK_HELP)
    parser.add_argument(
        "--depth",
        type=value_types.depth,
        metavar="N",
        help="all questions, to a depth of N; default: the headline questions",
    )
    parser.add_argument("--theme", choices=THEMES, help="default: light")


def add_check_arguments(parser: ArgumentParser) -> None:
    """Arguments of `check`."""
    parser.add_argument("pack", nargs="?", metavar="PACK", help=_PACK_HELP)


def add_new_pack_arguments(parser: ArgumentParser) -> None:
    """Arguments of `new-pack`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")


def add_self_check_arguments(parser: ArgumentParser) -> None:
    """Arguments of `self-check`."""
    parser.add_argument("--report", type=Path, metavar="FILE", help="also write the results to a file")


def _add_answer_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--pack", metavar="PACK", help=_PACK_HELP)
    parser.add_argument(
        "--answer",
        type=value_types.answer,
        action="append",
        default=[],
        metavar="ID=VALUE",
        help="an answer; repeat the option for more",
    )
    parser.add_argument(
        "--session",
        metavar="FILE",
        help="take the answers of a .berth file or a share code; --answer overrides them",
    )
    parser.add_argument("--no-defaults", action="store_true", help="do not apply defaults")
