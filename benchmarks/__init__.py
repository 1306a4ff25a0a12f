"""Benchmarks: each value is measured together with its baseline, in the same run."""
