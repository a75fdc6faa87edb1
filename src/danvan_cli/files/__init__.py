"""Reads and writes plan.yaml and reports/: bytes become values, and values become bytes again.

Every problem is reported with its position in the file. What a plan or a report must obey beyond
its types is not known here; see `rules`.
"""
