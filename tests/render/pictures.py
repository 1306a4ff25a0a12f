"""Test helpers: a small picture of two nodes and an edge, and access to its shapes."""

from explorer.layout.geometry import Box, Point
from explorer.render.picture import Icon, Item, ItemKind, Picture, Polyline, Stroke, TextShape


def node_item(name, x, y=40.0):
    """A node with an icon of 48 points and a label below it."""
    icon_box = Box(x, y, 48, 48)
    label = TextShape(name, Box(x - 10, y + 52, 68, 14), 12, "#000000")
    return Item(name, ItemKind.NODE, name, "decided", Box(x - 10, y, 68, 66), (Icon("box", icon_box), label))


def edge_item(source, target):
    """A straight edge between two nodes of a row."""
    a, b = (item.shapes[0].box for item in (source, target))
    points = (Point(a.right, a.center.y), Point(b.x, b.center.y))
    line = Polyline(points, Stroke("#333333", 1.25), arrow_head=True)
    bounds = Box(a.right, a.center.y, b.x - a.right, 0)
    return Item(f"{source.id}>{target.id}", ItemKind.EDGE, "", "decided", bounds, (line,))


HERE, THERE = node_item("here", 20), node_item("there", 220)
PICTURE = Picture((320, 140), "#ffffff", (edge_item(HERE, THERE), HERE, THERE))


def shapes_of(picture, item_id, kind):
    """The shapes of one kind of an item."""
    return [shape for shape in picture.item_by_id[item_id].shapes if isinstance(shape, kind)]
