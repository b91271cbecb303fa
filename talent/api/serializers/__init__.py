"""Talent as the API shows and reads it."""
