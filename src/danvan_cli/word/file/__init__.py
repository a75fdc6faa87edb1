"""A Word file as such: its package, text, numbering, content controls, tracked changes.

What any document is for is not known here.
"""
