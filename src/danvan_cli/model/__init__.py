"""The types: a plan, a unit's report, the office's own words, days off and deadlines.

What happens here is said of values alone; nothing here knows files, a terminal or Word.
"""
