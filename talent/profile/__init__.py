"""The page about one person: what is on it, in which order, and who may read which part."""
