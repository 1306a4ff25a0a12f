"""Session files: JSON codec, autosave files, embedded sessions and scenario files."""
