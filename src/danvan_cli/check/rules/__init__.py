"""The checks: each function is one rule of the decree and yields findings.

A document is not changed here; `fixing` does that.
"""
