"""python -m unittest: the metric, the weights, the promises that README.md makes of the model."""
import json
import tempfile
import unittest
from datetime import date
from pathlib import Path

import cross_validate
import lightgbm as lgb
import numpy as np
import recipe
import rows

NAMES = list(recipe.FEATURES)
MODEL = Path(__file__).with_name("model.txt")


def queries(count, seed=3):
    """Sponsors who come more often the larger their first feature."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(count):
        features = rng.random((120, len(NAMES)))
        labels = (rng.random(120) < 0.6 * features[:, 0] ** 3).astype(float)
        made.append(rows.Query(date(2018 + number % 4, 1, 1), f"event {number}", features, labels))
    return made


def against_direction(booster):
    """Returns the features of which more moved a score against their direction."""
    rng, found = np.random.default_rng(5), []
    for place, (name, up) in enumerate(recipe.FEATURES.items()):
        table = np.repeat(rng.random((50, len(NAMES))) * 3, 40, axis=0)
        table[:, place] = np.tile(np.linspace(0, 3, 40), 50)
        steps = np.diff(booster.predict(table, raw_score=True).reshape(50, 40), axis=1)
        if (up * steps < -1e-12).any():
            found.append(name)
    return found


class Metric(unittest.TestCase):
    def test_the_first_and_the_third_of_two(self):
        found = cross_validate.ndcg(np.array([3.0, 2.0, 1.0]), np.array([1.0, 0.0, 1.0]))
        self.assertAlmostEqual(found, (1 + 1 / 2) / (1 + 1 / np.log2(3)))

    def test_ties_go_to_the_smaller_id(self):
        self.assertEqual(cross_validate.ndcg(np.zeros(3), np.array([1.0, 0.0, 0.0])), 1.0)

    def test_nothing_counts_after_twenty(self):
        labels = np.zeros(30)
        labels[20] = 1
        self.assertEqual(cross_validate.ndcg(-np.arange(30.0), labels), 0.0)


class Weights(unittest.TestCase):
    def test_an_event_asked_twice_counts_once_and_fades_by_half(self):
        asked = queries(3)
        asked[0].cut, asked[1].cut, asked[2].cut = date(2024, 1, 1), date(2024, 1, 1), date(2018, 1, 2)
        asked[1].event_id = asked[0].event_id
        found = recipe.weights(asked, 6.0).reshape(3, -1)[:, 0]
        self.assertAlmostEqual(found[0] / found[2], 1.0, places=3)
        self.assertEqual(found[0], found[1])


class Folds(unittest.TestCase):
    def test_nothing_is_learnt_from_what_began_after_the_cut(self):
        asked = queries(4)
        starts = {query.event_id: date(2020, 3, 1) for query in asked}
        folds = cross_validate.Folds(asked, starts, range(2018, 2022))
        self.assertEqual({cut: len(known) for cut, known in folds.known.items()}, {date(2021, 1, 1): 3})


class Training(unittest.TestCase):
    def test_the_same_rows_give_the_same_bytes(self):
        texts = [recipe.fit(NAMES, queries(12), recipe.Recipe(trees=20)).model_to_string() for _ in range(2)]
        self.assertEqual(*texts)
        other = recipe.fit(NAMES, queries(12), recipe.Recipe(trees=20, seed=2)).model_to_string()
        self.assertNotEqual(texts[0], other)

    def test_more_never_moves_a_score_against_its_direction(self):
        self.assertEqual(against_direction(recipe.fit(NAMES, queries(12), recipe.Recipe())), [])

    def test_it_ranks_by_what_decides(self):
        booster = recipe.fit(NAMES, queries(30), recipe.Recipe())
        asked = queries(10, seed=4)
        found, best, chance = (
            np.mean([cross_validate.ndcg(rank(q.features), q.labels) for q in asked])
            for rank in (booster.predict, lambda x: x[:, 0], lambda x: x[:, 1])
        )
        self.assertGreater(found - chance, 0.7 * (best - chance))


class Committed(unittest.TestCase):
    def setUp(self):
        self.booster = lgb.Booster(model_file=str(MODEL))

    def test_it_has_the_recipe_s_features_and_size(self):
        self.assertEqual(self.booster.feature_name(), NAMES)
        self.assertEqual(self.booster.num_trees(), recipe.Recipe().trees)

    def test_it_keeps_its_directions(self):
        self.assertEqual(against_direction(self.booster), [])


class Reading(unittest.TestCase):
    def test_null_is_unknown_and_rows_of_a_query_stand_together(self):
        pair = {"cut": "2024-01-01", "event_id": "e", "sponsor_id": "s", "label": 1, "features": [0.5, None]}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "features.ndjson")
            path.write_text("\n".join(map(json.dumps, [{"features": ["a", "b"], "cuts": []}, pair, pair])))
            names, (query,) = rows.read(path)
        self.assertEqual((names, query.cut, list(query.labels)), (["a", "b"], date(2024, 1, 1), [1, 1]))
        self.assertEqual(query.features[1, 0], 0.5)
        self.assertTrue(np.isnan(query.features[1, 1]))


if __name__ == "__main__":
    unittest.main()
