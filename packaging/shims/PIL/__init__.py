"""Replaces Pillow in the binary, with the parts that python-pptx uses.

python-pptx reads the format, size and resolution of a picture on a slide, and Berth uses only PNG files.
Pillow would add 7 MB of other file formats.
"""
