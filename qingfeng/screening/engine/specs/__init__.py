"""Specification tests of rules: drawn tables in, expected hits out, readable by an officer, run on every engine."""
