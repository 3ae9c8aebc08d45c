#!/usr/bin/env python3
"""Trains the ranker on the rows of `recommend features` and writes it as LightGBM's text.

It learns who, of all who had ever sponsored, sponsored each event. The same rows give the same
bytes. Features, directions and parameters are in recipe.py, with their reasons in README.md;
cross_validate.py measures other choices. Nothing is written unless training succeeds.
"""
import argparse
import os
from dataclasses import replace

import recipe
import rows

EXAMPLES = """\
Examples:
  What the committed model was made with (DIR: see README.md)
    CUTS=$(for year in $(seq 2012 2024); do echo --cut $year-01-01 --cut $year-07-01; done)
    recommend features --data DIR $CUTS --horizon 366 --until 2025-01-01 --out features.ndjson
    python train.py features.ndjson --out model.txt

  Does it rank better than what is there? A year it has not seen tells
    recommend evaluate --data DIR --cut 2025-01-01 --model model.txt

--until is what keeps the year that measures out of the rows that teach: never train on it.
"""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("features", help="what `recommend features` wrote")
    parser.add_argument("--out", default="model.txt", metavar="FILE", help="where the model goes (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the rows and features each tree sees (%(default)s)")
    parser.add_argument("--trees", type=int, default=recipe.Recipe().trees, help="how many (%(default)s)")
    options = parser.parse_args()

    names, queries = rows.read(options.features)
    if not queries:
        raise SystemExit(f"{options.features}: no event to learn from: ask for earlier cuts or a longer horizon")
    chosen = replace(recipe.Recipe(), seed=options.seed, trees=options.trees)
    booster = recipe.fit(names, queries, chosen)
    partial = options.out + ".partial"
    booster.save_model(partial)
    os.replace(partial, options.out)

    events = len({query.event_id for query in queries})
    gains = booster.feature_importance("gain")
    most = sorted(zip(gains / gains.sum(), chosen.features), reverse=True)[:8]
    print(
        f"wrote {options.out}: {booster.num_trees()} trees from {sum(len(query.labels) for query in queries):,} pairs, "
        f"{events} events, cuts {min(query.cut for query in queries)} to {max(query.cut for query in queries)}"
    )
    print("what the trees gain from:", ", ".join(f"{name} {gain:.0%}" for gain, name in most))


if __name__ == "__main__":
    main()
