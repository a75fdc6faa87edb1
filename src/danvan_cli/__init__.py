"""danvan: a yearly work plan, its units' reports, and the Word report the law prescribes."""
