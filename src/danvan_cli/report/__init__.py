"""Combines many unit reports into one; also the working paper, and the source of each figure.

It returns what is to be printed, as values. How a Word document looks is not known here.
"""
