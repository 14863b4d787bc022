"""What the service knows, and finding it."""
