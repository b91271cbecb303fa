"""What can be learnt from all of it: figures, loose ends, and what may be shown of small groups."""
