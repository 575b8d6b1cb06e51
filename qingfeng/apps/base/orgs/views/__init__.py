"""Pages of the organisation: units, import, people, groups, accounts. What a user may not see is not there."""
