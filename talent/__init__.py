"""Talent: do we have the right people for where we are going? Profiles, development plans, succession."""
