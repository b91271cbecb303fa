"""Rows for tests, one file per room. A factory sets what the database needs and no more."""
