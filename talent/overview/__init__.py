"""The one page a small HR team works from: what is done of minimum viable talent management, and what is out of date."""
