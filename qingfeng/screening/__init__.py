"""Screening: tables and rules in, explained hits out. A pure library: no Django, no other package of ours."""
