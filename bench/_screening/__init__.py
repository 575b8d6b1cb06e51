"""What `bench/screening.py` is made of."""
