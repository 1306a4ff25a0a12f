"""Image formats: PNG, SVG and PDF."""
