"""A caption says what a drawing is and where it comes from, and a legend only what needs one."""

from __future__ import annotations

from itertools import combinations

import pytest

from explorer.layout.architecture.place import layout_architecture
from explorer.layout.geometry import Box, bounding_box
from explorer.layout.graphviz.process import find_graphviz
from explorer.layout.page import PAGE_MARGIN
from explorer.render.architecture import compose
from explorer.render.caption import Caption, add_caption, page_shape_for
from explorer.render.picture import Picture, TextShape
from explorer.render.theme import parse_theme
from explorer.storage.resources import theme_values
from tests.layout.sketches import METRICS, architecture

pytestmark = pytest.mark.graphviz

SHOP = """
    group cloud
    users 0,0
    web 1,0 in cloud
    db 2,0 in cloud
    logs 2,1 in cloud
    users > web #1: requests
    web > db #2
"""
FULL = Caption(
    title="The shop",
    summary="Decided by four answers",
    date="23 November 2026",
    pack="Containers 1.0",
    credit="Facts checked against public documents. Not affiliated with anybody at all.",
)


def pictured(sketch: str, caption: Caption, aspect: float | None = None, warning: str = "") -> Picture:
    drawn, theme = architecture(sketch), parse_theme(theme_values("light"))
    shape = page_shape_for(caption, drawn.nodes, drawn.edges, METRICS, aspect, warning)
    placement = layout_architecture(drawn, METRICS, find_graphviz(), shape)
    return add_caption(compose(placement, theme), placement, caption, theme, METRICS, warning)


def words(picture: Picture) -> dict[str, Box]:
    return {
        shape.text: shape.box._replace(w=METRICS.width(shape.text, shape.size, shape.bold))
        for item in picture.items
        if item.description in ("caption", "legend")
        for shape in item.shapes
        if isinstance(shape, TextShape)
    }


def test_nothing_is_added_where_nothing_is_asked_for():
    assert pictured(SHOP, Caption()).items == pictured(SHOP, Caption(legend=False)).items
    assert words(pictured(SHOP, Caption())) == {}


def test_title_stands_above_the_drawing_and_where_it_comes_from_beneath():
    picture = pictured(SHOP, FULL)
    said, frame = words(picture), picture.item_by_id["group:cloud"].box
    assert said["The shop"].bottom <= said["Decided by four answers"].y
    assert said["Decided by four answers"].bottom < frame.y
    assert said["Containers 1.0 · 23 November 2026"].y > frame.bottom
    assert said[FULL.credit].y > said["Containers 1.0 · 23 November 2026"].y


@pytest.mark.parametrize("aspect", [None, 16 / 9, 4 / 3])
@pytest.mark.parametrize("more", ["", "db >> logs", "?queue 3,0 in cloud", "db >> logs\n?queue 3,0 in cloud"])
def test_a_caption_meets_nothing_and_stays_on_the_page(aspect, more):
    picture = pictured(SHOP + more, FULL, aspect)
    said = words(picture)
    page = Box(0, 0, *picture.size).expanded(-PAGE_MARGIN + 0.5)
    drawing = bounding_box(item.box for item in picture.items if item.description not in ("caption", "legend"))
    assert all(page.contains(box) and not box.overlaps(drawing) for box in said.values())
    assert not any(one.overlaps(other) for one, other in combinations(said.values(), 2))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", []),
        ("db >> logs", ["control, no traffic"]),
        ("?queue 3,0 in cloud", ["still possible instead"]),
        ("db >> logs\n?queue at db", ["control, no traffic", "still possible instead"]),
    ],
)
def test_a_legend_explains_only_the_lines_that_are_there(more, told):
    assert list(words(pictured(SHOP + more, Caption()))) == told


def test_a_legend_can_be_left_out():
    assert words(pictured(SHOP + "db >> logs", Caption(legend=False))) == {}


def test_what_is_too_long_for_the_page_ends_in_an_ellipsis():
    picture = pictured(SHOP, Caption(title="A title " * 40))
    (title,) = words(picture)
    assert title.endswith("…")
    assert words(picture)[title].right <= picture.size[0]


@pytest.mark.parametrize("caption", [FULL, Caption()], ids=["full", "none"])
@pytest.mark.parametrize("aspect", [None, 16 / 9])
def test_a_warning_stands_between_the_drawing_and_the_caption_on_the_same_page(caption, aspect):
    picture = pictured(SHOP, caption, aspect, "These answers clash.")
    band = picture.item_by_id["warning"].box
    assert band.y > picture.item_by_id["group:cloud"].box.bottom
    assert Box(0, 0, *picture.size).contains(band)
    assert not any(band.overlaps(box) for box in words(picture).values())
    if aspect is not None:
        assert picture.size[0] / picture.size[1] == pytest.approx(aspect)
