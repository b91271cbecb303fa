"""The arithmetic of goals, their cascade, and help in wording them."""
