"""The text and formatting of each document that danvan makes, by the decree.

Here values become a Word file; files of the workspace are not read here.
"""
