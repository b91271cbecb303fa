"""Calibration: the only bridge between performance and talent."""
