"""Hostile and broken files by the thousand, run through the command line.

`python -m fuzz --cases 20000` tells how many cases each strategy ran, the slowest and the peak of
memory; `python -m fuzz.kill` kills commands at random moments. Both tell what they find by their
exit status, and keep each bad case in a file.
"""
