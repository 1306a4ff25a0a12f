"""Diagnostics: log, crash reports, versions, environment checks and the self-check."""
