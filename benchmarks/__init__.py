"""Each key operation next to its floor from the same run: `make bench`."""
