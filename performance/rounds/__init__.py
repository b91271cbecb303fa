"""360 rounds: what may be shown of them, and the way in for people outside the company."""
