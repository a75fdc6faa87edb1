"""What all commands share: errors and help in Vietnamese, streams, options, layout, progress.

No single command is known here.
"""
