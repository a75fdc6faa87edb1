"""What can be typed: a module for each command, and parts of the longer ones.

A command reads its options, calls the rooms below, shows the result and sets the exit status.
"""
