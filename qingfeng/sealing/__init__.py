"""Sealed envelopes and the hash chain: what makes a record verifiable and a slip unreadable. No Django here."""
