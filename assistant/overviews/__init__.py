"""Questions about a whole: what support there is, how support is claimed, what a document says."""
