"""The parts of an official document found among its lines: letterhead, body, signature.

Whether they are right is not judged here.
"""
