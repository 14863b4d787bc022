"""Hearing facts in what people say, by grammar and word lists: what is unsure gives nothing."""
