"""Decision logic as frozen values and functions: no Qt, no files, no processes."""
