"""The parts of bench/documents.py."""
