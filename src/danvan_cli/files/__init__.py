"""plan.yaml and reports/ on disk: bytes become values, and values become bytes again.

Every problem is reported with its position. What a plan or a report must keep to beyond its shape
(`rules`) is not known here.
"""
