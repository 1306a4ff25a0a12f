"""Limits of the rasterizer: the error names the size and a remedy."""

import pytest

from explorer.core.errors import ExplorerError
from explorer.export.images.raster import EmptyPictureError, IllegibleError, ImageTooLargeError, pixel_grid_for
from explorer.export.request.request import Options
from explorer.render.picture import Picture


@pytest.mark.parametrize(
    ("size", "options", "error", "details"),
    [
        ((0, 0), Options(), EmptyPictureError, []),
        ((20, 10), Options(size=(16_001, 10)), ImageTooLargeError, ["16,001 × 10 pixels", "16,000", "100 million"]),
        ((90_000, 10), Options(), IllegibleError, ["90,000 × 10 points", ".svg"]),
        ((20, 10), Options(scale=0), ExplorerError, ["1 × 1"]),
    ],
    ids=["empty", "too many pixels", "illegible", "less than a pixel"],
)
def test_an_impossible_size_is_reported_with_a_remedy(size, options, error, details):
    with pytest.raises(error) as raised:
        pixel_grid_for(Picture(size, None, ()), options)
    assert all(detail in str(raised.value) for detail in details)
