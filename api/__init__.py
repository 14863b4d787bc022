"""The assistant over HTTP and on the command line."""
