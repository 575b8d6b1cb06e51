"""The gold: true cases and near misses for every rule of MODELS.md whose data the catalogue has.

Written from MODELS.md alone, apart from the rules: each function plants one rule. Where MODELS.md leaves a
threshold open, the true cases lie far beyond any usual one and the near misses far below; the limits that have to
be known (10,000 yuan a voucher) are the made-up district's own.
"""
