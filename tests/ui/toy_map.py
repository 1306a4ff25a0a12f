"""A tiny decision with rules, where to sleep on a hike, and its decision maps."""

from __future__ import annotations

from dataclasses import replace

from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.engine.decision_maps import DecisionMaps
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.theme import Theme, parse_theme
from explorer.storage.resources import theme_values
from tests.core.packs import toy_pack

HIKE = """
    shelter ? tent | hut
    rain ? yes | no
    food ? cook | buy | fast
    bed = mat | bunk
    roof = sheet | none
    meal = soup | bread
    must out: shelter=tent => bed=mat
    must in: shelter=hut => bed=bunk
    must wet: rain=yes, shelter=tent => roof=sheet
    must fair: rain=no => roof=none
    must house: shelter=hut => roof=none
    must warm: food=cook => meal=soup
    must cold: food=buy|fast => meal=bread
"""


def hike() -> CompiledPack:
    """Shelter and rain are the headline; in a hut the rain does not matter."""
    pack = toy_pack(HIKE)
    groups = {"food": "day"}
    questions = tuple(replace(q, is_headline=q.id != "food", group=groups.get(q.id, "night")) for q in pack.questions)
    return compile_pack(
        replace(pack, questions=questions, question_groups=(("night", "The night"), ("day", "The day")))
    )


def theme(name: str = "light") -> Theme:
    """A shipped theme."""
    return parse_theme(theme_values(name))


def maps() -> DecisionMaps:
    """The decision maps of the hike."""
    return DecisionMaps(hike(), {name: theme(name) for name in ("light", "dark")}, QtTextMetrics())
