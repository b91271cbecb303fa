"""Talent reviews: boxes and their words, figures as they are taken, the grid, one card, the second grid, the minutes."""
