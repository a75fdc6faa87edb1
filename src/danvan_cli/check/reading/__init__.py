"""A Word document read for the checker: its lines, their formatting, shapes and sections.

What the decree asks for is not known here.
"""
