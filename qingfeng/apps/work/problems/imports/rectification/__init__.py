"""Attachment 3 from files: what it says of which problem, what of it is new, and how it is written and taken back."""
