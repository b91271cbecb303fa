"""What calibration tells people, a module for each topic."""
