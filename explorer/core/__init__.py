"""What is decided and why, as plain values: no Qt, no files, no process, no clock."""
