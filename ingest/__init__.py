"""Source files to knowledge: read, clean, split, label, store."""
