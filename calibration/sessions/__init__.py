"""Sessions: what is there before they open, and making many of them."""
