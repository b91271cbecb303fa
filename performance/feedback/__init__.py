"""Who reads a feedback, and what is shown of it elsewhere."""
