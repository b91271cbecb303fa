"""One's dates for a calendar program."""
