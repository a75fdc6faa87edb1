"""Tracks who has reported, what is late, whom to remind, and what git knows about the reports.

It computes from values and a day. What the office's report contains is not known here; see
`report`.
"""
