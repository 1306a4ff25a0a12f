"""The frame of the window: commands, panes, toolbar, notices and settings."""
