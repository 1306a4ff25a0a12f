"""Stands in for Pillow in the binary, as far as python-pptx asks for it.

Of a picture that is put on a slide it wants the format, the size and the resolution, and Berth puts
nothing but PNGs there. Pillow would bring 7 MB of readers for everything else.
"""
