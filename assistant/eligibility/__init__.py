"""Self-tests inside a conversation: which one fits, what is asked, what was answered, how it ended."""
