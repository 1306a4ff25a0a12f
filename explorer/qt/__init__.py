"""Shared Qt drawing code: fonts, painter and text metrics."""
