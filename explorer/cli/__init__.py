"""The command line: one table of commands, one parser, and a module for each group of commands."""
