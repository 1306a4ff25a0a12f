"""Batch export: many scenarios to many files, in parallel processes."""
