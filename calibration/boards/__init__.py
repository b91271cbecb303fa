"""The board: what it shows, and what comes of it as a table."""
