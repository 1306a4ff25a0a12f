"""A decision record: what was decided, why, and what was not, for filing beside the code it is about."""
