"""One flow per kind of request."""
