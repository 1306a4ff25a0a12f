"""The open pack: choosing, loading, watching and problem list."""
