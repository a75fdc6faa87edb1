"""A Word template with Jinja tags and values become a document's body.

Which templates there are, and what they print, is not known here.
"""
