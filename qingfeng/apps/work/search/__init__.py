"""Searching over everything that a user may see: a box in the frame, a page of what was found by kind."""
