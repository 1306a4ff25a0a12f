"""The path of a connector as a presentation program draws it."""

from explorer.export.slides.connectors import BentConnector
from explorer.layout.geometry import Point

_FULL_SHARE = 100_000


def connector_path(shape: BentConnector) -> tuple[Point, ...]:
    """Return the path of a connector as a presentation program draws it: the inverse of `bent_connector`."""
    w, h = shape.box.w, shape.box.h
    if shape.preset == "straightConnector1":
        corners = [(0.0, 0.0), (w, h)]
    else:
        corners = [(0.0, 0.0)]
        for index, share in enumerate(shape.adjustments):
            before = corners[-1]
            at = share / _FULL_SHARE
            corners.append((w * at, before[1]) if index % 2 == 0 else (before[0], h * at))
        before = corners[-1]
        horizontal = len(shape.adjustments) % 2 == 0
        corners += [(w, before[1]) if horizontal else (before[0], h), (w, h)]
    center = shape.box.center
    found = []
    for u, v in corners:
        across = (w - u if shape.flip_h else u) - w / 2
        down = (h - v if shape.flip_v else v) - h / 2
        if shape.rotated:
            across, down = -down, across
        found.append(Point(center.x + across, center.y + down))
    return tuple(found)
