"""The rest of the district: people and offices that do nothing wrong, as far as MODELS.md can tell."""
