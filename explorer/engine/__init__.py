"""Engine facade without a window: answers to outcome, architecture, layout and picture, with caches."""
