"""The days of a rhythm, and what two people might talk about."""
