"""What a table has decided, and what became of it."""
