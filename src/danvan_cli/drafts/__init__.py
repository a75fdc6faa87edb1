"""The combined report as a Word file that a leader edits, and its edits taken back.

It ends with the text for `_office.yaml`; who writes that file, and asks, is not known here.
"""
