"""公开稿: what is meant for the public, from the gate to the day on which it is taken down (RULES §6)."""
