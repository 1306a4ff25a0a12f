"""An SVG is drawn as it is or refused, and nothing in it can run, fetch or take for ever."""

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
    "an event": (svg('<path d="M0 0" onload="alert(1)"/>'), "a script"),
    "an animation": (svg('<path d="M0 0"><set attributeName="href" to="x"/></path>'), "“set”"),
    "an image": (svg('<image href="http://example.org/x.png"/>'), "“image”"),
    "foreign content": (svg('<foreignObject><p xmlns="x"/></foreignObject>'), "“foreignObject”"),
    "a filter": (svg('<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'), "“filter”"),
    "an element of another kind": (svg('<x:path xmlns:x="urn:x" d="M0 0"/>'), "“path”"),
    "text": (svg("<text>words</text>"), "“text”"),
    "a link outside": (svg('<use xlink:href="file:///etc/passwd#x"/>', XLINK), "outside itself"),
    "a data link": (svg('<use href="data:image/svg+xml,x"/>'), "outside itself"),
    "a colour outside": (svg('<path d="M0 0" fill="url(http://example.org/#x)"/>'), "outside itself"),
    "a colour outside beside one inside": (
        svg('<path d="M0 0" style="fill:url(#a);stroke:url(//example.org)"/>'),
        "outside itself",
    ),
    "another base": (svg('<g xml:base="http://example.org/"/>'), "outside itself"),
    "an import": (svg("<style>@import 'http://example.org/x.css';</style>"), "style sheet"),
    "a style in disguise": (svg(r'<path d="M0 0" style="fill:\75rl(http://x)"/>'), "style sheet"),
    "a style in two pieces": (svg("<style>a{fill:ur<!-- -->l(http://x)}</style>"), "outside itself"),
    "entities": (BILLION.encode() + svg("&b;"), "document type"),
    "an outside entity": (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + svg("&e;"),
        "document type",
    ),
    "a style sheet instruction": (b'<?xml-stylesheet href="x.xsl"?>' + svg(), "instruction"),
    "another encoding": (svg().decode().encode("utf-16"), "UTF-8"),
    "another encoding by its word": (b'<?xml version="1.0" encoding="utf-7"?>' + svg(), "UTF-8"),
    "a circle": (
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "repeats shapes within",
    ),
    "a circle of colours": (
        svg('<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'),
        "circle",
    ),
    "a mask that masks itself": (svg('<mask id="m"><g mask="url(#m)"/></mask>'), "circle"),
    "a million copies": (svg(NESTED), "repeats shapes within"),
    "too many copies": (svg('<g id="a"/>' + '<use href="#a"/>' * 101), "more often"),
    "too many shapes": (svg("<g/>" * 4001), "more shapes"),
    "too deep": (svg("<g>" * 70 + "</g>" * 70), "more shapes"),
    "an SVG within": (svg("<svg/>"), "holds another"),
    "endless dashes": (svg('<path d="M0 0h9" stroke-dasharray="0.0000001"/>'), "dashed"),
    "endless dashes in a style": (svg('<path d="M0 0h9" style="stroke-dasharray:0.0001"/>'), "dashed"),
    "a number beyond reason": (svg('<path d="M0 0h1e300"/>'), "1e300"),
    "a scale beyond reason": (svg('<g transform="scale(900)"><g transform="scale(900)"/></g>'), "enlarged"),
    "a page": (svg(attributes='width="100000" height="64"'), "100000"),
    "a view box of a mile": (svg(attributes='viewBox="0 0 1e5 1e5"'), "view box"),
    "a view box of nothing": (svg(attributes='viewBox="0 0 0 0"'), "view box"),
    "no size": (svg(attributes=""), "how large"),
    "too many bytes": (svg("<!--" + "x" * MAX_SVG_BYTES + "-->"), "KB"),
    "something else": (b"\x89PNG\r\n", "no SVG"),
    "a page of HTML": (b"<html><body/></html>", "“html”"),
    "nothing": (b"", "no SVG"),
    "half of it": (svg()[:-3], "no SVG"),
}


@pytest.mark.parametrize(("data", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_could_run_fetch_or_never_end_is_refused_with_its_reason(data, told):
    with pytest.raises(UnsafeSvgError) as refused:
        validate_svg(data)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


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
def test_what_icons_are_made_of_is_kept_to_the_byte(inside):
    data = b'<?xml version="1.0" encoding="UTF-8"?>\n' + svg(inside)
    assert validate_svg(data) is data


def test_everything_of_our_own_is_held_to_the_same():
    for file in (*GLYPH_FOLDER.glob("*.svg"), resource_path("icon.svg")):
        validate_svg(file.read_bytes())


@given(st.binary(max_size=300), st.integers(0, 400))
def test_damage_anywhere_is_refused_or_harmless(noise, at):
    data = svg('<g id="a" transform="scale(2)"><path d="M0 0h9" style="fill:#fff"/></g><use href="#a"/>')
    damaged = data[:at] + noise + data[at:]
    with suppress(UnsafeSvgError):
        assert validate_svg(damaged) == damaged


@given(st.text(alphabet="<>/=\"'#&;!-urlgpath() 0123456789.e", max_size=200))
def test_whatever_is_accepted_is_well_formed(inside):
    try:
        data = validate_svg(svg(inside))
    except UnsafeSvgError:
        return
    expat.ParserCreate().Parse(data, True)
