"""What each document of danvan says and looks like, by the decree.

Here values become a Word file; files of the workspace are not read here.
"""
