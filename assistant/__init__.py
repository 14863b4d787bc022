"""What the service does for people."""
