"""What the model is made of: its features, their monotone directions, LightGBM's parameters.

Chosen by cross_validate.py on outcomes before 2025; README.md tells what else was tried.
"""
from collections import Counter
from dataclasses import dataclass, field, replace

import lightgbm as lgb
import numpy as np
import rows

# +1: more never lowers the score, -1: more never raises it, 0: the data decide.
# Their definitions: `sponsorfit::learn::features::Feature`.
FEATURES = {
    # Earlier editions of this series.
    "series_recency": 1, "series_recency_share": 1, "last_edition": 1, "edition_before_last": 1,
    "series_neighbours": 1, "series_neighbours_mean": 1,
    # This country, this continent.
    "country_recency": 1, "country_recency_share": 1, "country_share": 1,
    "country_neighbours": 1, "country_neighbours_mean": 1,
    "continent_recency": 1, "continent_share": 1, "continent_neighbours": 1,
    # How much and how widely the sponsor sponsors, and since when.
    "recency": 1, "last_year_share": 1, "new_series": 1, "countries": 0, "continents": 0,
    "years_since_first": 0, "years_since_last": -1,
    # What about.
    "category_cosine": 1,
}

PARAMETERS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 15, "min_data_in_leaf": 50, "lambda_l2": 10.0,
    "feature_fraction": 0.2, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 63,
    # Read by lambdarank alone: a list is looked at down to about this position.
    "lambdarank_truncation_level": 30,
    # The same bytes from the same rows, whatever the machine's load.
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}


@dataclass(frozen=True)
class Recipe:
    features: dict = field(default_factory=lambda: dict(FEATURES))
    parameters: dict = field(default_factory=lambda: dict(PARAMETERS))
    trees: int = 100
    # After so many years an outcome counts half.
    half_life_years: float = 6.0
    seed: int = 1

    def vary(self, **parameters):
        return replace(self, parameters={**self.parameters, **parameters})


def weights(queries, half_life_years):
    """Returns a weight for each candidate: recent outcomes count more, an event once however many cuts ask about it."""
    newest = max(query.cut for query in queries)
    cuts = Counter(query.event_id for query in queries)
    each = [
        0.5 ** ((newest - query.cut).days / 365 / half_life_years) / cuts[query.event_id] for query in queries
    ]
    all_rows = np.repeat(each, [len(query.labels) for query in queries])
    return all_rows / all_rows.mean()


def fit(names, queries, recipe):
    """Trains on queries and returns LightGBM's booster."""
    places = rows.columns(names, recipe.features)
    parameters = {
        **recipe.parameters, "seed": recipe.seed,
        "monotone_constraints": list(recipe.features.values()), "monotone_constraints_method": "basic",
    }
    ranks = recipe.parameters["objective"] in ("lambdarank", "rank_xendcg")
    data = lgb.Dataset(
        np.vstack([query.features[:, places] for query in queries]),
        np.concatenate([query.labels for query in queries]),
        group=[len(query.labels) for query in queries] if ranks else None,
        weight=weights(queries, recipe.half_life_years),
        feature_name=list(recipe.features), params=parameters,
    )
    return lgb.train(parameters, data, recipe.trees)
