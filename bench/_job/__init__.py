"""The parts of bench/main_job.py."""
