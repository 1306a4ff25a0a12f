"""A tiny decision with rules, where to sleep on a hike, and a mapper for it."""

from __future__ import annotations

from dataclasses import replace

from explorer.core.solver.constraints import Space, prepare
from explorer.engine.maps import Maps
from explorer.qt.text_metrics import QtRuler
from explorer.render.theme import Theme, theme_of
from explorer.storage.resources import theme_values
from tests.core.packs import toy

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


def hike() -> Space:
    """Shelter and rain are the headline; in a hut the rain does not matter."""
    pack = toy(HIKE)
    groups = {"food": "day"}
    questions = tuple(
        replace(q, headline=q.id != "food", group=groups.get(q.id, "night")) for q in pack.questions
    )
    return prepare(replace(pack, questions=questions, groups=(("night", "The night"), ("day", "The day"))))


def theme(name: str = "light") -> Theme:
    """A shipped theme."""
    return theme_of(theme_values(name))


def maps() -> Maps:
    """The mapper of the hike."""
    return Maps(hike(), {name: theme(name) for name in ("light", "dark")}, QtRuler())
