"""Icon files: names, sources, AWS icon packages and the SVG sanitizer."""
