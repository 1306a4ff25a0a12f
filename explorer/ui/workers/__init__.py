"""Background work: threads and subprocesses."""
