"""Constraint solver: from answers to possible values, conflicts and their causes."""
