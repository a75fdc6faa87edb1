"""Who has reported, what is late, whom to remind, and what git knows of it.

It computes from values and a day; what the office's report says (`report`) is not known here.
"""
