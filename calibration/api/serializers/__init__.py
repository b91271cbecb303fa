"""Calibration as the API shows and reads it, a module for each topic."""
