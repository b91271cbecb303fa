"""Comparing both sides of the bridge: what completed reviews should have set off, and what is there.

A module for each effect says what should be there and what is (`effects.py` lists them); `comparing.py` goes over all
reviews and back over all that names one, in bites; `figures.py` is what a reader sees of the result.
"""
