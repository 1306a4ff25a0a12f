"""Decision records (MADR): what was decided and why, to keep next to the code."""
