"""The Word form that a unit fills in: made for it, read back, and turned into its report.

What a leader edits (`drafts`) is not known here, nor is a terminal.
"""
