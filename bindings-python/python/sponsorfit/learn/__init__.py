"""What outcomes teach: metrics of rankings, trained rankers, fitted weights, experiments.

Columns may be lists, NumPy arrays, or series of any frame. The numbers are the core's.

- How good is a ranking: `query_metrics` and `mean`; how good are rankers: `evaluate`.
- A ranker that LightGBM trained: `Ranker`.
- The formula's weights from outcomes: `fit_weights`; scores as probabilities: `Calibration`.
- What was known of sponsors on a date: `profiles`; of pairs: `Catalog.features`.
- Who gets which variant, and what came of it: `Experiment`.

The same as estimators of scikit-learn: `sponsorfit.sklearn`.
"""

from __future__ import annotations

from ._evaluation import Against, Estimate, Evaluation, RankerQuality, evaluate
from ._experiment import Comparison, Experiment, ReadOut
from ._fit import FACTORS, Calibration, FittedFactor, FittedWeights, fit_weights
from ._history import profiles
from ._metrics import QueryMetrics, mean, query_metrics
from ._ranker import Ranker

__all__ = [
    "FACTORS",
    "Against",
    "Calibration",
    "Comparison",
    "Estimate",
    "Evaluation",
    "Experiment",
    "FittedFactor",
    "FittedWeights",
    "QueryMetrics",
    "Ranker",
    "RankerQuality",
    "ReadOut",
    "evaluate",
    "fit_weights",
    "mean",
    "profiles",
    "query_metrics",
]
