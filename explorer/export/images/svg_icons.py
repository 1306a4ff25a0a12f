"""Embeds icons in an SVG image: copies their shapes and makes their ids unique."""

from __future__ import annotations

import re
from base64 import b64encode
from xml.etree import ElementTree as ET

from explorer.layout.geometry import Box
from explorer.qt.fonts import printable
from explorer.storage.icons.source import IconSource

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
XLINK_NAMESPACE = "http://www.w3.org/1999/xlink"

_FALLBACK_ICON = "unknown"
_ROOT_ATTRIBUTES = {"viewBox", "width", "height", "x", "y", "version", "id", "preserveAspectRatio", "class"}
_URL_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")


class SvgIcons:
    """Embeds icons by name: as shapes, or as an image if the icon has its own style sheet.

    Shapes are copied, not referenced, because every program can show and edit these.
    """

    def __init__(self, source: IconSource, id_prefix: str = "") -> None:
        self._source, self._id_prefix = source, id_prefix
        self._icon_count = 0

    def element(self, name: str, box: Box) -> ET.Element | None:
        """Return the icon fitted into a box, or the fallback icon if there is none of that name."""
        data = self._source.svg(name) or self._source.svg(_FALLBACK_ICON)
        if data is None:
            return None
        root = ET.fromstring(data)
        view_box = _view_box(root)
        if view_box is None or root.find(f".//{{{SVG_NAMESPACE}}}style") is not None:
            return _image_element(data, box)
        self._icon_count += 1
        return _shape_group(root, view_box, box, f"{self._id_prefix}icon{self._icon_count}-")


def _view_box(root: ET.Element) -> tuple[float, float, float, float] | None:
    """Return the visible area of the icon in its own units."""
    try:
        x, y, w, h = (float(side) for side in root.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        try:
            x, y, w, h = 0.0, 0.0, float(root.get("width", "")), float(root.get("height", ""))
        except ValueError:
            return None
    return (x, y, w, h) if w > 0 and h > 0 else None


def _shape_group(root: ET.Element, view_box: tuple[float, float, float, float], box: Box, prefix: str) -> ET.Element:
    x, y, w, h = view_box
    scale = min(box.w / w, box.h / h)
    left, top = box.center.x - (x + w / 2) * scale, box.center.y - (y + h / 2) * scale
    group = ET.Element(
        f"{{{SVG_NAMESPACE}}}g", {key: value for key, value in root.items() if key not in _ROOT_ATTRIBUTES}
    )
    group.set("transform", f"translate({left:.3f} {top:.3f}) scale({scale:.5f})")
    group.extend(root)
    for element in group.iter():
        element.tail = None
        if element.text is not None:
            element.text = printable(element.text).strip() or None
        for key, value in element.items():
            if key == "id":
                element.set(key, prefix + value)
            elif key.rpartition("}")[2] == "href":
                del element.attrib[key]
                element.set(f"{{{XLINK_NAMESPACE}}}href", f"#{prefix}{value.strip().removeprefix('#')}")
            else:
                element.set(key, _URL_REFERENCE.sub(rf"url(#{prefix}\1)", value))
    for parent in list(group.iter()):
        for child in [c for c in parent if c.tag in (f"{{{SVG_NAMESPACE}}}title", f"{{{SVG_NAMESPACE}}}desc")]:
            parent.remove(child)  # the item itself has a title
    return group


def _image_element(data: bytes, box: Box) -> ET.Element:
    url = f"data:image/svg+xml;base64,{b64encode(data).decode()}"
    attributes = {"x": f"{box.x:.2f}", "y": f"{box.y:.2f}", "width": f"{box.w:.2f}", "height": f"{box.h:.2f}"}
    return ET.Element(f"{{{SVG_NAMESPACE}}}image", {**attributes, f"{{{XLINK_NAMESPACE}}}href": url})
