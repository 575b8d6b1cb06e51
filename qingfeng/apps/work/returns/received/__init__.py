"""Monthly forms that were sent as files: what they say, beside what the ledgers count. Nothing of them is kept."""
