"""An SVG is accepted unmodified or rejected; an accepted one runs, loads and repeats nothing."""

from contextlib import suppress
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.storage.icons.source import GLYPH_FOLDER
from explorer.storage.icons.svg_sanitizer import MAX_SVG_BYTES, UnsafeSvgError, validate_svg
from explorer.storage.resources import resource_path
from tests.storage.aws_package import svg

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
NESTED = "".join(f'<g id="g{n}"><use href="#g{n + 1}"/><use href="#g{n + 1}"/></g>' for n in range(30))

HOSTILE = {
    "a script": (svg("<script>alert(1)</script>"), "“script”"),
    "an event": (svg('<path d="M0 0" onload="alert(1)"/>'), "script"),
    "an animation": (svg('<path d="M0 0"><set attributeName="href" to="x"/></path>'), "“set”"),
    "an image": (svg('<image href="http://example.org/x.png"/>'), "“image”"),
    "foreign content": (svg('<foreignObject><p xmlns="x"/></foreignObject>'), "“foreignObject”"),
    "a filter": (svg('<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'), "“filter”"),
    "an element of another namespace": (svg('<x:path xmlns:x="urn:x" d="M0 0"/>'), "“path”"),
    "text": (svg("<text>words</text>"), "“text”"),
    "an external link": (svg('<use xlink:href="file:///etc/passwd#x"/>', XLINK), "external link"),
    "a use of nothing": (svg('<use href="#"/>'), "does not exist"),
    "a use of a missing element": (svg('<use href="#gone"/>'), "“#gone”"),
    "a data link": (svg('<use href="data:image/svg+xml,x"/>'), "external link"),
    "an external color": (svg('<path d="M0 0" fill="url(http://example.org/#x)"/>'), "external link"),
    "an external color and a local one": (
        svg('<path d="M0 0" style="fill:url(#a);stroke:url(//example.org)"/>'),
        "external link",
    ),
    "another base": (svg('<g xml:base="http://example.org/"/>'), "external link"),
    "an import": (svg("<style>@import 'http://example.org/x.css';</style>"), "style sheet"),
    "an escaped style": (svg(r'<path d="M0 0" style="fill:\75rl(http://x)"/>'), "style sheet"),
    "a style in two pieces": (svg("<style>a{fill:ur<!-- -->l(http://x)}</style>"), "external link"),
    "entities": (BILLION.encode() + svg("&b;"), "document type"),
    "an external entity": (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + svg("&e;"),
        "document type",
    ),
    "a style sheet instruction": (b'<?xml-stylesheet href="x.xsl"?>' + svg(), "instruction"),
    "another encoding": (svg().decode().encode("utf-16"), "UTF-8"),
    "another declared encoding": (b'<?xml version="1.0" encoding="utf-7"?>' + svg(), "UTF-8"),
    "a circle": (
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "nested <use>",
    ),
    "a circle of gradients": (
        svg('<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'),
        "circular",
    ),
    "a mask that masks itself": (svg('<mask id="m"><g mask="url(#m)"/></mask>'), "circular"),
    "a million copies": (svg(NESTED), "nested <use>"),
    "too many copies": (svg('<g id="a"/>' + '<use href="#a"/>' * 101), "too many <use>"),
    "too many shapes": (svg("<g/>" * 4001), "too many or too deeply nested"),
    "too deep": (svg("<g>" * 70 + "</g>" * 70), "too many or too deeply nested"),
    "an SVG within": (svg("<svg/>"), "single <svg> root"),
    "endless dashes": (svg('<path d="M0 0h9" stroke-dasharray="0.0000001"/>'), "dashed"),
    "endless dashes in a style": (svg('<path d="M0 0h9" style="stroke-dasharray:0.0001"/>'), "dashed"),
    "a huge number": (svg('<path d="M0 0h1e300"/>'), "1e300"),
    "a huge scale": (svg('<g transform="scale(900)"><g transform="scale(900)"/></g>'), "scale"),
    "a huge size": (svg(attributes='width="100000" height="64"'), "100000"),
    "a huge view box": (svg(attributes='viewBox="0 0 1e5 1e5"'), "view box"),
    "an empty view box": (svg(attributes='viewBox="0 0 0 0"'), "view box"),
    "no size": (svg(attributes=""), "neither a size"),
    "a size that is not a number": (svg(attributes='width="nan" height="64"'), "nan"),
    "a coordinate that is not a number": (svg('<rect width="nan" height="NaN"/>'), "nan"),
    "an infinite coordinate": (svg('<circle r="Infinity"/>'), "Infinity"),
    "an external link in capitals": (svg('<use HREF="http://x#a"/>'), "external link"),
    "an external link in mixed case": (svg('<a><path d="M0 0"/></a>'), "“a”"),
    "an external source in capitals": (svg('<path d="M0 0" SRC="http://x#a"/>'), "external link"),
    "an XLink in capitals": (svg('<use xlink:HREF="http://x#a"/>', XLINK), "external link"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="foo"?>' + svg(), "UTF-8"),
    "too many bytes": (svg("<!--" + "x" * MAX_SVG_BYTES + "-->"), "KB"),
    "another format": (b"\x89PNG\r\n", "not valid XML"),
    "a page of HTML": (b"<html><body/></html>", "“html”"),
    "nothing": (b"", "not valid XML"),
    "truncated": (svg()[:-3], "not valid XML"),
}


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_an_unsafe_svg_is_rejected_with_the_reason(data, reason):
    with pytest.raises(UnsafeSvgError) as caught:
        validate_svg(data)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "inside",
    [
        "<title>Arch</title><desc>x</desc><!-- Sketch --><g id='a'><circle r='3'/></g><use href='#a'/>",
        "<defs><linearGradient id='a' x1='0%'><stop offset='0' stop-color='#C8511B'/></linearGradient></defs>"
        "<g transform='translate(-12.5, 3)'><path d='M0,0 L3e1,.5Z' fill='url(#a)'/></g>",
        "<style>.a{fill:#e7157b}</style><rect class='a' width='64' height='64' stroke-dasharray='none'/>",
        "<clipPath id='c'><path d='M0 0h9'/></clipPath><g clip-path='url(\"#c\")'/>",
    ],
)
def test_the_elements_of_icons_are_accepted_unmodified(inside):
    data = b'<?xml version="1.0" encoding="UTF-8"?>\n' + svg(inside)
    assert validate_svg(data) is data


def test_the_glyphs_are_safe():
    for file in (*GLYPH_FOLDER.glob("*.svg"), resource_path("icon.svg")):
        validate_svg(file.read_bytes())


@given(st.binary(max_size=300), st.integers(0, 400))
def test_a_damaged_svg_is_rejected_or_unmodified(noise, at):
    data = svg('<g id="a" transform="scale(2)"><path d="M0 0h9" style="fill:#fff"/></g><use href="#a"/>')
    damaged = data[:at] + noise + data[at:]
    with suppress(UnsafeSvgError):
        assert validate_svg(damaged) == damaged


@given(st.text(alphabet="<>/=\"'#&;!-urlgpath() 0123456789.e", max_size=200))
def test_an_accepted_svg_is_well_formed(inside):
    try:
        data = validate_svg(svg(inside))
    except UnsafeSvgError:
        return
    expat.ParserCreate().Parse(data, True)
