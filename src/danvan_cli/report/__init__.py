"""Many reports become one: the combined report, the working paper, and where each figure is from.

It says what is to be printed, as values; how a Word document looks is not known here.
"""
