"""Business as usual: each function writes the records that one proper act of an office leaves in all tables.

Background and planted cases are both made of these; a planted case then departs from the proper way in one point.
"""
