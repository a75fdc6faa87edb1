"""Word documents made: the decree as data, Word files as such, templates, what each document says.

What a leader or a unit does with such a document (`drafts`, `forms`) is not known here.
"""
