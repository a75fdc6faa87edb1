"""Rates the units by the office's criteria: each point with the reason and the lines behind it."""
