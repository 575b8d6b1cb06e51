"""Papers of the campaign: pure descriptions whose every figure is counted by a named query with its rule."""
