"""Data model: packs, outcomes and architectures, and static pack validation."""
