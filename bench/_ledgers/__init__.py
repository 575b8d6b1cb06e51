"""What the bench of the ledgers is made of: a district, its rows in bulk, the pages asked, the floors."""
