"""Architectures placed on the page: text sizes in, boxes and paths out."""
