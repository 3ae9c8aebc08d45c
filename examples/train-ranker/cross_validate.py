#!/usr/bin/env python3
"""Measures recipes year by year: each year's events are ranked by a model of earlier outcomes only.

For every year and each of two cuts (1 January and 1 July) it trains on events that began before
the cut, ranks the candidates of the events of the 12 months after, and prints NDCG@20 (gain 1
for a sponsor who came, ties by id, mean over events that one candidate at least sponsored) with
95 % bootstrap intervals over events, and the paired difference from the best single rule,
"sponsored in this country before, and how often".
"""
import argparse
from dataclasses import replace
from datetime import date

import numpy as np
import recipe
import rows

PLACES = 20
DISCOUNTS = 1 / np.log2(np.arange(2, PLACES + 2))
DRAWS = 2000

EXAMPLES = """\
Examples:
  The chosen recipe, seeds 1 to 3, about a minute
    python cross_validate.py features.ndjson --events DIR/events.ndjson --seeds 3

  Everything that README.md says was tried
    python cross_validate.py features.ndjson --events DIR/events.ndjson --seeds 3 --all

Rows as for train.py: half-yearly cuts, --horizon 366, --until the day that nothing may pass.
"""


def variants(names):
    """Returns the recipes that were compared, the chosen one first."""
    base = recipe.Recipe()
    profile = {"budget_fit": 1, "categories_preferred": 1, "categories_reachable": 1, "geo_reachable": 1}

    def with_features(**more):
        return replace(base, features={**base.features, **more})

    def without(*words):
        kept = {name: up for name, up in base.features.items() if not any(word in name for word in words)}
        return replace(base, features=kept)

    # Of the profile's features, what is not history.
    other = ("budget_", "categories_", "geo_", "engagement_", "ticket_", "objectives_")
    history = {name: base.features.get(name, 0) for name in names if not name.startswith(other)}
    return {
        "chosen": base,
        "no monotone directions": replace(base, features=dict.fromkeys(base.features, 0)),
        "every history feature": replace(base, features=history),
        "with the profile's leaves": with_features(**profile),
        "with tiers": with_features(tier_mean=0),
        "with the series' length": with_features(series_editions=0, series_years_since_edition=0, country_events=0),
        "without neighbours": without("neighbours"),
        "without continents": without("continent_"),
        "without categories": without("category"),
        "lambdarank": base.vary(objective="lambdarank"),
        "rank_xendcg": base.vary(objective="rank_xendcg"),
        "half the features a tree": base.vary(feature_fraction=0.5),
        "31 leaves": base.vary(num_leaves=31),
        "4 leaves, 150 trees": replace(base.vary(num_leaves=4, learning_rate=0.1), trees=150),
        "150 trees": replace(base, trees=150),
        "outcomes fade in 3 years": replace(base, half_life_years=3.0),
        "outcomes do not fade": replace(base, half_life_years=99.0),
    }


def ndcg(scores, labels):
    """Returns NDCG@20 of candidates in the order of their ids, which breaks ties."""
    best_first = np.argsort(-scores, kind="stable")[:PLACES]
    ideal = DISCOUNTS[: min(int(labels.sum()), PLACES)].sum()
    return float((labels[best_first] * DISCOUNTS[: len(best_first)]).sum() / ideal)


def country_count(names, query):
    """How often the sponsor sponsored in the country: its share of the sponsor's events, times those."""
    share, events = (query.features[:, names.index(name)] for name in ("country_share", "events"))
    return np.rint(np.nan_to_num(share) * events)


class Folds:
    """Queries by cut, with the queries whose outcomes were known by then."""

    def __init__(self, queries, starts, years):
        self.asked, self.known = {}, {}
        for cut in (date(year, month, 1) for year in years for month in (1, 7)):
            asked = [query for query in queries if query.cut == cut]
            known = [query for query in queries if query.cut < cut and starts[query.event_id] < cut]
            if asked and known:
                self.asked[cut], self.known[cut] = asked, known

    def measure(self, rank):
        """Returns, by cut, the NDCG of each query under rank(cut) -> scores of a query."""
        scores = {cut: rank(cut) for cut in self.asked}
        return {
            cut: np.array([ndcg(scores[cut](query), query.labels) for query in asked])
            for cut, asked in self.asked.items()
        }


def trained(folds, names, chosen, seeds):
    """Mean quality over seeds: what one model is worth, not what an ensemble would be."""
    def rank(cut, seed):
        booster = recipe.fit(names, folds.known[cut], replace(chosen, seed=seed))
        places = rows.columns(names, chosen.features)
        return lambda query: booster.predict(query.features[:, places], raw_score=True)

    runs = [folds.measure(lambda cut, seed=seed: rank(cut, seed)) for seed in range(1, seeds + 1)]
    return {cut: np.mean([run[cut] for run in runs], axis=0) for cut in folds.asked}


def interval(values):
    means = np.random.default_rng(7).choice(values, (DRAWS, len(values))).mean(axis=1)
    return f"{np.mean(values):.3f} [{np.quantile(means, 0.025):.3f}, {np.quantile(means, 0.975):.3f}]"


def line(name, found, rule):
    by_month = {month: [cut for cut in found if cut.month == month] for month in (1, 7)}
    january, july = (np.concatenate([found[cut] for cut in cuts]) for cuts in by_month.values())
    gain = np.concatenate([found[cut] - rule[cut] for cut in found])
    years = " ".join(f"{found[cut].mean():.2f}" for cut in by_month[1])
    average = (january.mean() + july.mean()) / 2
    return f"{name:26} | {interval(january)} | {interval(july)} | {average:.3f} | {interval(gain)} | {years}"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("features", help="what `recommend features` wrote, with half-yearly cuts")
    parser.add_argument("--events", required=True, metavar="FILE", help="events.ndjson: when each began")
    parser.add_argument("--first", type=int, default=2018, help="the first year that is measured (%(default)s)")
    parser.add_argument("--last", type=int, default=2024, help="the last (%(default)s); keep the final test's year out")
    parser.add_argument("--seeds", type=int, default=1, help="models a fold, measured one by one (%(default)s)")
    parser.add_argument("--all", action="store_true", help="every recipe that was compared, not the chosen one alone")
    options = parser.parse_args()

    names, queries = rows.read(options.features)
    folds = Folds(queries, rows.start_dates(options.events), range(options.first, options.last + 1))
    months = {cut.month for cut in folds.asked}
    if months != {1, 7}:
        raise SystemExit(
            f"{options.features}: {options.first} to {options.last} need an event after 1 January and one after 1 July, "
            "and earlier ones to learn from"
        )
    rule = folds.measure(lambda cut: lambda query: country_count(names, query))
    counts = {month: sum(len(asked) for cut, asked in folds.asked.items() if cut.month == month) for month in (1, 7)}
    print(f"NDCG@{PLACES}; {counts[1]} events with the cut on 1 January, {counts[7]} on 1 July")
    print(f"{'ranker':26} | 1 January            | 1 July               | mean  | gain over the rule   | by year")
    print(line("country count (rule)", rule, rule))
    for name, chosen in variants(names).items():
        if options.all or name == "chosen":
            print(line(name, trained(folds, names, chosen, options.seeds), rule), flush=True)


if __name__ == "__main__":
    main()
