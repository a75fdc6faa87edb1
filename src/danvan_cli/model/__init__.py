"""The types of the domain: plan, unit report, office report, days off and deadlines.

They are values without side effects. Nothing here knows files, the terminal or Word.
"""
