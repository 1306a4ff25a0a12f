"""Pack files: TOML reading with positions, loading, catalog and templates."""
