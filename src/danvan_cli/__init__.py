"""danvan: a yearly work plan, its units' reports, and the Word report the law prescribes."""

__version__ = "0.1.0"
