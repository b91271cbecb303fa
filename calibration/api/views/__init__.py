"""Calibration over the API: the same rows, rules and actions as the pages."""
