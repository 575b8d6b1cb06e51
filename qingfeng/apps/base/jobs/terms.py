"""How long things hold, in seconds; the numbers that an installation may change are in its settings."""

LEASE = 60
"""A job whose worker has not been heard of for so long is given to the next."""
BEAT = 10
"""How often a worker is heard of."""
SILENCE = 45
"""A worker not heard of for so long is taken for gone."""
POLL = 1.0
"""How often an idle worker looks for work."""
TIDY = 3600
"""How often results past their term are cleared."""
MOST_ATTEMPTS = 3
"""So often work is begun again after its worker went away in the middle."""
MOST_OPEN = 5
"""Pieces of work that one person may have open at a time."""
MOST_LINES = 2000
"""Lines of the report kept of each sort, good and bad; all are counted."""
