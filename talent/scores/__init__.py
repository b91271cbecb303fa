"""The arithmetic of talent: pure functions, no rows. Each answers with the parts its result is made of, so that a page can show them."""
