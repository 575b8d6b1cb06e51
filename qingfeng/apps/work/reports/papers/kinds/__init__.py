"""The kinds of paper, one concept a file. `papers.register` collects them."""
