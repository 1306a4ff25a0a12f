"""A caption shows title, source and credit around a drawing, and a legend for dashed lines only."""

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


def captioned_picture(sketch: str, caption: Caption, aspect: float | None = None, warning: str = "") -> Picture:
    drawn, theme = architecture(sketch), parse_theme(theme_values("light"))
    shape = page_shape_for(caption, drawn.nodes, drawn.edges, METRICS, aspect, warning)
    placement = layout_architecture(drawn, METRICS, find_graphviz(), shape)
    return add_caption(compose(placement, theme), placement, caption, theme, METRICS, warning)


def caption_texts(picture: Picture) -> dict[str, Box]:
    return {
        shape.text: shape.box._replace(w=METRICS.width(shape.text, shape.size, shape.bold))
        for item in picture.items
        if item.description in ("caption", "legend")
        for shape in item.shapes
        if isinstance(shape, TextShape)
    }


def test_an_empty_caption_adds_nothing():
    assert captioned_picture(SHOP, Caption()).items == captioned_picture(SHOP, Caption(legend=False)).items
    assert caption_texts(captioned_picture(SHOP, Caption())) == {}


def test_title_and_summary_are_above_the_drawing_and_the_source_is_below():
    picture = captioned_picture(SHOP, FULL)
    texts, frame = caption_texts(picture), picture.item_by_id["group:cloud"].box
    assert texts["The shop"].bottom <= texts["Decided by four answers"].y
    assert texts["Decided by four answers"].bottom < frame.y
    assert texts["Containers 1.0 · 23 November 2026"].y > frame.bottom
    assert texts[FULL.credit].y > texts["Containers 1.0 · 23 November 2026"].y


@pytest.mark.parametrize("aspect", [None, 16 / 9, 4 / 3])
@pytest.mark.parametrize("more", ["", "db >> logs", "?queue 3,0 in cloud", "db >> logs\n?queue 3,0 in cloud"])
def test_a_caption_overlaps_nothing_and_is_inside_the_page(aspect, more):
    picture = captioned_picture(SHOP + more, FULL, aspect)
    texts = caption_texts(picture)
    page = Box(0, 0, *picture.size).expanded(-PAGE_MARGIN + 0.5)
    drawing = bounding_box(item.box for item in picture.items if item.description not in ("caption", "legend"))
    assert all(page.contains(box) and not box.overlaps(drawing) for box in texts.values())
    assert not any(one.overlaps(other) for one, other in combinations(texts.values(), 2))


@pytest.mark.parametrize(
    ("more", "legend"),
    [
        ("", []),
        ("db >> logs", ["control, no traffic"]),
        ("?queue 3,0 in cloud", ["possible alternative"]),
        ("db >> logs\n?queue at db", ["control, no traffic", "possible alternative"]),
    ],
)
def test_the_legend_explains_only_the_lines_that_the_drawing_has(more, legend):
    assert list(caption_texts(captioned_picture(SHOP + more, Caption()))) == legend


def test_the_legend_can_be_left_out():
    assert caption_texts(captioned_picture(SHOP + "db >> logs", Caption(legend=False))) == {}


def test_a_title_that_is_too_long_for_the_page_is_shortened():
    picture = captioned_picture(SHOP, Caption(title="A title " * 40))
    (title,) = caption_texts(picture)
    assert title.endswith("…")
    assert caption_texts(picture)[title].right <= picture.size[0]


@pytest.mark.parametrize("caption", [FULL, Caption()], ids=["full", "none"])
@pytest.mark.parametrize("aspect", [None, 16 / 9])
def test_a_warning_is_between_the_drawing_and_the_footer(caption, aspect):
    picture = captioned_picture(SHOP, caption, aspect, "These answers conflict.")
    band = picture.item_by_id["warning"].box
    assert band.y > picture.item_by_id["group:cloud"].box.bottom
    assert Box(0, 0, *picture.size).contains(band)
    assert not any(band.overlaps(box) for box in caption_texts(picture).values())
    if aspect is not None:
        assert picture.size[0] / picture.size[1] == pytest.approx(aspect)
