"""What we say to language models, and the client that says it."""
