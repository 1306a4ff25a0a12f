"""Placements turned into one themed picture that every painter and exporter shares."""
