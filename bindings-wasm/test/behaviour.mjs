// What the API promises beyond the core's answers: the same tests for WebAssembly and native.

const SPONSOR = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
const id = (number) => `0b8d60e5-2f2b-4f0e-8f43-${String(number).padStart(12, "0")}`;

const sponsor = {
  sponsor_id: SPONSOR,
  annual_budget_cents: 5_000_000,
  preferred_categories: ["music", "food", "art"],
  regions: ["US", "CA", "MX"],
};
const categories = ["music", "food", "art", "sport", "tech"];
const events = Array.from({ length: 300 }, (_, number) => ({
  event_id: id(number),
  categories: [categories[number % 5], categories[(number * 7) % 3]],
  regions: [["US", "DE", "CA"][number % 3]],
  start_at: `2026-${String(1 + (number % 12)).padStart(2, "0")}-15`,
}));
const insights = events
  .filter((_, number) => number % 2 === 0)
  .map(({ event_id }, number) => ({ event_id, engagement_score: (number % 10) / 10, ticket_conversion_rate: 0.1 }));
const sponsors = Array.from({ length: 40 }, (_, number) => ({
  ...sponsor,
  sponsor_id: `6f9619ff-8b86-d011-b42d-${String(number).padStart(12, "0")}`,
  regions: [["US", "DE", "FR"][number % 3]],
}));
const MODEL = [
  "tree", "version=v4", "num_class=1", "num_tree_per_iteration=1", "max_feature_idx=0", "objective=regression",
  "feature_names=visitors", "", "Tree=0", "num_leaves=1", "leaf_value=0.25", "", "end of trees", "",
].join("\n");

export function behaves(api, { test, assert }) {
  const { ask, assign, calibrate, Catalog, evaluate, featureDefinitions, fitCalibration, fitWeights, History } = api;
  const { metrics, Ranker, sampleRatio, Scorer, scoreFactors, SponsorfitError, validate } = api;
  const refusal = (code, path) => (error) => {
    assert.ok(error instanceof SponsorfitError && error instanceof Error, String(error));
    assert.equal(`${error.code} ${error.path}`, `${code} ${path}`);
    return true;
  };
  const whole = () => Catalog.from({ sponsors: [sponsor, ...sponsors], events, insights });

  test("errors name code and path, and read as sentences", () => {
    assert.throws(() => new Scorer({ min_coverage: 2 }), refusal("out_of_range", "min_coverage"));
    assert.throws(() => new Scorer().score({ ...sponsor, sponsor_id: "7" }, events[0]), (error) => {
      assert.equal(error.message, "sponsor.sponsor_id: `7` is not a UUID");
      assert.equal(error.name, "SponsorfitError");
      return true;
    });
  });

  test("numbers that JSON cannot hold are refused, not made null", () => {
    const score = (fields) => new Scorer().score({ ...sponsor, ...fields }, events[0]);
    assert.throws(() => score({ annual_budget_cents: NaN }), refusal("invalid_value", "sponsor.annual_budget_cents"));
    assert.throws(
      () => score({ objectives_embedding: [1, Infinity] }),
      refusal("invalid_value", "sponsor.objectives_embedding[1]"),
    );
    assert.throws(
      () => Catalog.from({ events: [{ event_id: id(1), min_price_cents: NaN }] }),
      refusal("invalid_value", "min_price_cents"),
    );
    assert.equal(score({ annual_budget_cents: 5_000_000n }).score, score({}).score);
    assert.equal(score({ annual_budget_cents: null }).unknown[0], "budget_fit");
  });

  test("a similarity of one's own is asked, and its errors come back", () => {
    const config = { objectives: { kind: "custom", id: "crm" } };
    const ask = (similarity) =>
      new Scorer(config, { similarity }).score(sponsor, events[0]).overlap_metrics.objectives_similarity;
    assert.equal(ask((own, event) => (own.regions.length === 3 && event.event_id === id(0) ? 0.25 : 0)), 0.25);
    assert.equal(ask(() => null), 0.5);
    assert.throws(() => ask(() => 2), refusal("out_of_range", "similarity"));
    assert.throws(() => ask(() => { throw new RangeError("mine"); }), { name: "RangeError", message: "mine" });
    assert.throws(() => new Scorer(config), refusal("missing_implementation", "objectives"));
    const nested = (own, event) => new Scorer().score(own, event).score;
    assert.equal(ask(nested), nested(sponsor, events[0]));
    const scorer = new Scorer(config, { similarity: () => { throw new RangeError("once"); } });
    for (let time = 0; time < 2; time++) assert.throws(() => scorer.score(sponsor, events[0]), RangeError);
  });

  test("rankings are what sorting all scores would give", () => {
    const catalog = whole();
    const scorer = new Scorer();
    const of = new Map(insights.map((row) => [row.event_id, row]));
    const sorted = events
      .map((event) => scorer.score(sponsor, event, of.get(event.event_id)))
      .sort((a, b) => b.score - a.score || (a.event_id < b.event_id ? -1 : 1));
    const { matches, insufficient } = catalog.topEvents(SPONSOR, { k: 300 });
    assert.equal(insufficient, 0);
    assert.deepEqual(matches.map(({ event_id, score }) => [event_id, score]), sorted.map(({ event_id, score }) => [event_id, score]));
    const pages = [];
    for (let after; pages.length < 300; after = pages.at(-1)) {
      pages.push(...catalog.topEvents(SPONSOR, { k: 70, after }).matches);
    }
    assert.deepEqual(pages, matches);
    assert.deepEqual(catalog.topEvents(sponsor, { k: 300 }).matches, matches);
    assert.equal(catalog.topEvents(SPONSOR).matches.length, 20);
    assert.deepEqual(catalog.score(SPONSOR, id(4)), scorer.score(sponsor, events[4], of.get(id(4))));
    assert.deepEqual(catalog.explain(SPONSOR, id(4)), scorer.explain(sponsor, events[4], of.get(id(4))));
    const { event } = catalog.event(id(4));
    assert.deepEqual(
      catalog.topSponsors({ event, insights: of.get(id(4)) }, { k: 5 }),
      catalog.topSponsors(id(4), { k: 5 }),
    );
    assert.throws(() => catalog.topEvents(id(1)), refusal("unknown_id", ""));
  });

  test("filters hold, and refuse what they do not know", () => {
    const catalog = whole();
    const filter = { from: "2026-06-01", until: "2026-07-31", categories: ["tech"], without_events: [id(5)] };
    const { matches } = catalog.topEvents(SPONSOR, { k: 300, filter });
    const expected = events.filter(
      (event, number) => ["06", "07"].includes(event.start_at.slice(5, 7)) && number % 5 === 4 && number !== 5,
    );
    assert.deepEqual(matches.map((match) => match.event_id).sort(), expected.map((event) => event.event_id).sort());
    assert.equal(catalog.topEvents(SPONSOR, { filter: { only_events: [id(7)] } }).matches.length, 1);
    assert.equal(catalog.topEvents(SPONSOR, { filter: { min_score: 1 } }).matches.length, 0);
    assert.throws(() => catalog.topEvents(SPONSOR, { filter: { form: "2026-06-01" } }), refusal("unknown_field", "filter.form"));
    assert.throws(() => catalog.topEvents(SPONSOR, { k: -1 }), SponsorfitError);
  });

  test("similarities that were worked out before stand in", () => {
    const catalog = whole();
    const column = new Float64Array(300).fill(NaN);
    column[123] = 1;
    const plain = catalog.topEvents(SPONSOR, { k: 300 }).matches.find(({ event_id }) => event_id === id(123));
    const lifted = catalog.topEvents(SPONSOR, { k: 300, similarities: column }).matches;
    const found = lifted.find(({ event_id }) => event_id === id(123));
    assert.equal(found.overlap_metrics.objectives_similarity, 1);
    assert.ok(found.score > plain.score);
    assert.throws(() => catalog.topEvents(SPONSOR, { similarities: [1] }), refusal("out_of_range", ""));
    column[7] = 3;
    assert.throws(() => catalog.topEvents(SPONSOR, { similarities: column }), refusal("out_of_range", "similarities[7]"));
  });

  test("rows come as objects, as text and as bytes", () => {
    const csv = `id,title,categories\n${id(1)},Fair,{music}\n${id(2)},Show,"{music,art}"\n`;
    const ndjson = events.slice(0, 2).map((event) => JSON.stringify(event)).join("\n");
    assert.equal(Catalog.from({ events: csv }).eventCount, 2);
    assert.deepEqual(Catalog.from({ events: ndjson }).eventIds, [id(0), id(1)]);
    assert.deepEqual(Catalog.from({ events: new TextEncoder().encode(ndjson) }).eventIds, [id(0), id(1)]);
    const bad = [events[0], { ...events[1], min_price_cents: -5 }, { ...events[0] }];
    assert.throws(() => Catalog.from({ events: bad }), (error) => {
      refusal("out_of_range", "events[1].min_price_cents")(error);
      return assert.match(error.message, /and 1 more bad row$/) === undefined;
    });
    const { report } = Catalog.from({ events: bad }, { badRows: "report" });
    assert.deepEqual(report.events.rejects.map(({ line }) => line), [2, 3]);
    const { ignored } = Catalog.from({ sponsors: [{ ...sponsor, region: 1 }] }).report.sponsors;
    assert.deepEqual(ignored, [{ name: "region", count: 1, nearest: "regions" }]);
    assert.equal(Catalog.from({ insights }).report.ignored_insights, insights.length);
  });

  test("changes show at once", () => {
    const catalog = whole();
    catalog.upsertEvent({ event_id: id(900), categories: sponsor.preferred_categories, regions: sponsor.regions }, {
      event_id: id(900),
      engagement_score: 1,
      ticket_conversion_rate: 1,
    });
    assert.equal(catalog.topEvents(SPONSOR, { k: 1 }).matches[0].event_id, id(900));
    assert.equal(catalog.removeEvent(id(900)), true);
    assert.equal(catalog.removeEvent(id(900)), false);
    assert.notEqual(catalog.topEvents(SPONSOR, { k: 1 }).matches[0].event_id, id(900));
    catalog.upsertSponsor({ ...sponsor, regions: ["DE"] });
    assert.deepEqual(catalog.sponsor(SPONSOR).regions, ["DE"]);
    assert.equal(catalog.removeSponsor(SPONSOR), true);
    assert.equal(catalog.sponsor(SPONSOR), undefined);
    assert.throws(
      () => catalog.upsertEvent({ event_id: id(1) }, { event_id: id(2) }),
      refusal("invalid_value", "insights.event_id"),
    );
  });

  test("another configuration shares the rows", () => {
    const catalog = whole();
    const weights = { budget_fit: 0, audience_overlap: 0, geo_fit: 1, engagement_quality: 0, objectives_similarity: 0 };
    const other = catalog.withConfig({ weights });
    assert.equal(other.topEvents(SPONSOR, { k: 1 }).matches[0].score, 1 / 3);
    assert.notEqual(other.fingerprint, catalog.fingerprint);
    assert.throws(() => catalog.withConfig({ weights: { geo_fit: 1 } }), refusal("weights_sum", "weights"));
  });

  test("a catalog is saved and loaded", () => {
    const catalog = whole();
    const loaded = Catalog.load(catalog.save());
    assert.deepEqual(loaded.topEvents(SPONSOR), catalog.topEvents(SPONSOR));
    assert.throws(() => Catalog.load(new Uint8Array([1, 2])), refusal("invalid_catalog", ""));
  });

  test("every pair is scored into columns", () => {
    const catalog = whole();
    const { score, geo_fit } = catalog.scoreAll(["score", "geo_fit"]);
    assert.equal(score.length, 41 * 300);
    const at = 7 * 300 + 11;
    const pair = catalog.score(catalog.sponsorIds[7], catalog.eventIds[11]);
    assert.deepEqual([score[at], geo_fit[at]], [pair.score, pair.overlap_metrics.geo_fit]);
    assert.throws(() => catalog.scoreAll(["scores"]), refusal("invalid_value", "[0]"));
    assert.throws(() => catalog.scoreAll(["score", "score"]), refusal("duplicate_field", "score"));
  });

  test("all are ranked, in order, and the event loop turns meanwhile", async () => {
    const catalog = whole();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const seen = [];
    for await (const { sponsor_id, matches } of catalog.rank({ forEach: "sponsor", k: 3 })) {
      assert.deepEqual(matches, catalog.topEvents(sponsor_id, { k: 3 }).matches);
      seen.push(sponsor_id);
      await new Promise((resolve) => setTimeout(resolve));
    }
    clearInterval(timer);
    assert.deepEqual(seen, catalog.sponsorIds);
    assert.ok(turns > 0);
    let count = 0;
    for await (const { event_id } of catalog.rank({ forEach: "event", k: 1 })) {
      // The catalog as it was: what is removed meanwhile is still ranked.
      if (count === 0) catalog.removeEvent(events.at(-1).event_id);
      assert.equal(event_id, id(count++));
    }
    assert.equal(count, 300);
    for await (const one of catalog.rank({ forEach: "event" })) {
      assert.ok(one);
      break;
    }
    const stop = AbortSignal.abort(new Error("enough"));
    await assert.rejects(catalog.rank({ forEach: "event", signal: stop }).next(), { message: "enough" });
    await assert.rejects(catalog.rank({ forEach: "event", filter: { k: 1 } }).next(), refusal("unknown_field", "filter.k"));
  });

  test("a catalog asks a similarity of one's own", async () => {
    const scorer = new Scorer({}, { similarity: (_, event) => Number(event.event_id === id(17)) });
    const catalog = Catalog.from({ sponsors: [sponsor], events }, { config: scorer });
    const { matches } = catalog.topEvents(SPONSOR, { k: 300 });
    assert.equal(matches.find(({ event_id }) => event_id === id(17)).overlap_metrics.objectives_similarity, 1);
    for await (const ranked of catalog.rank({ forEach: "sponsor", k: 300 })) assert.deepEqual(ranked.matches, matches);
    const angry = new Scorer({}, { similarity: () => { throw new RangeError("mine"); } });
    const failing = Catalog.from({ sponsors: [sponsor], events }, { config: angry });
    assert.throws(() => failing.topEvents(SPONSOR), RangeError);
    await assert.rejects(failing.rank({ forEach: "sponsor" }).next(), RangeError);
  });

  test("what is disposed of says so", () => {
    const scorer = new Scorer();
    const catalog = whole();
    for (const disposable of [scorer, catalog]) {
      disposable[Symbol.dispose]();
      disposable[Symbol.dispose]();
    }
    assert.throws(() => scorer.score(sponsor, events[0]), { name: "TypeError", message: "this Scorer was disposed of" });
    assert.throws(() => catalog.eventCount, { name: "TypeError", message: "this Catalog was disposed of" });
  });

  test("validation lists everything at once", () => {
    const { valid, problems } = validate({ sponsor: { sponsor_id: "7", annual_budget_cents: -5 } });
    assert.equal(valid, false);
    assert.deepEqual(problems.map(({ path }) => path), ["sponsor.sponsor_id", "sponsor.annual_budget_cents"]);
  });

  test("pairs are scored into columns, by their rows and by their ids", () => {
    const catalog = whole();
    const scorer = new Scorer();
    const own = new Map(insights.map((row) => [row.event_id, row]));
    const some = [events[3], events[4], events[11]];
    const columns = ["score", "geo_fit"];
    const byRows = scorer.scorePairs(some.map((event) => ({ sponsor, event, insights: own.get(event.event_id) })), columns);
    const byIds = catalog.scorePairs(some.map(({ event_id }) => ({ sponsor_id: SPONSOR, event_id })), columns);
    assert.deepEqual(byRows, byIds);
    assert.deepEqual([...byRows.score], some.map(({ event_id }) => catalog.score(SPONSOR, event_id).score));
    assert.deepEqual(catalog.scorePairs([]).score.length, 0);
    assert.throws(() => catalog.scorePairs([{ sponsor_id: SPONSOR, event_id: SPONSOR }]), refusal("unknown_id", "pairs[0]"));
  });

  test("every question is asked by its name", () => {
    assert.equal(ask("label_key", { text: "  Live  MUSIC" }), "live music");
    assert.throws(() => ask("label_keys", { text: "" }), (error) => {
      refusal("invalid_value", "question")(error);
      return assert.match(error.message, /did you mean `label_key`/) === undefined;
    });
    assert.throws(() => ask("label_key", { texts: "" }), SponsorfitError);
    const catalog = whole();
    assert.deepEqual(catalog.ask("counts", {}), { sponsors: 41, events: 300 });
    assert.equal(catalog.numbers("score_all", { columns: ["coverage"] }).length, 41 * 300);
    assert.throws(() => new Scorer().ask("top_events", {}), refusal("invalid_value", "question"));
  });

  test("rankings are measured, and rankers compared", () => {
    const columns = { queries: ["e", "e"], ids: ["a", "b"] };
    const { mean, queries } = metrics({ ...columns, scores: [0.1, 0.2], grades: [1, 0] });
    assert.deepEqual([mean.reciprocal_rank, queries[0].auc], [0.5, 0]);
    const rankers = [{ ranker: "formula", scores: [0.1, 0.2] }, { ranker: "trees", scores: [0.9, null] }];
    const [formula, trees] = evaluate({ ...columns, positive: [true, false], rankers });
    assert.equal(formula.against_first, null);
    assert.ok(trees.quality.ndcg.mean > formula.quality.ndcg.mean);
    assert.throws(() => metrics({ ...columns, scores: [NaN, 0], grades: [1, 0] }), refusal("invalid_value", "scores[0]"));
  });

  test("outcomes teach weights and probabilities", () => {
    assert.throws(
      () => fitWeights({ queries: ["e"], sponsors: ["s"], factors: [[1, 1, 1, 1, 1]], accepted: [true] }),
      refusal("too_few_outcomes", ""),
    );
    assert.deepEqual(scoreFactors({ factors: [[0.5, 0.5, 0.5, 0, 0.5]] }), [0.425]);
    const scores = Array.from({ length: 300 }, (_, number) => number / 300);
    const calibration = fitCalibration({ scores, accepted: scores.map((score) => score > 0.5) });
    const [low, high, none] = calibrate({ calibration: JSON.parse(JSON.stringify(calibration)), scores: [0.1, 0.9, null] });
    assert.ok(low < 0.5 && high > 0.5 && none === null);
    assert.equal(sampleRatio({ observed: [500, 500], basis_points: [5000, 5000] }).p_value, 1);
  });

  test("a history tells features, and a ranker ranks a catalog's candidates by them", () => {
    const catalog = whole();
    const past = [{ sponsor_id: SPONSOR, event_id: id(0), at: "2026-06-01", outcome: "accepted" }];
    const history = History.from({ past }, { catalog });
    assert.equal(history.report.past.count, 1);
    assert.throws(() => History.from({ past: [...past, { ...past[0], at: "" }] }), refusal("invalid_value", "past[1].at"));
    assert.deepEqual(history.profiles("2027-01-01").map(({ sponsor_id }) => sponsor_id), [SPONSOR]);
    const [features] = history.features([{ sponsor_id: SPONSOR, event_id: id(1) }], "2027-01-01");
    assert.deepEqual(Object.keys(features), featureDefinitions().map(({ name }) => name));
    assert.equal(features.events, 1);
    const text = MODEL.replace("regression", "lambdarank").replace("visitors", "events");
    const ranker = new Ranker(text, { catalog, past, asOf: "2027-01-01" });
    const { matches } = ranker.topEvents(SPONSOR, { k: 3 });
    assert.deepEqual(matches.map(({ refinement }) => refinement), [0.25, 0.25, 0.25]);
    assert.throws(() => new Ranker(text).topEvents(SPONSOR), refusal("invalid_value", ""));
  });

  test("experiments assign as in every language", () => {
    const variants = [{ name: "a", basis_points: 5000 }, { name: "b", basis_points: 5000 }];
    const experiment = { namespace: "ns", name: "x", variants };
    assert.deepEqual(assign(experiment, ["Zoë"]), ["b"]);
    assert.deepEqual(assign({ ...experiment, exposure_basis_points: 0 }, ["Zoë"]), [null]);
    assert.throws(() => assign({ ...experiment, variants: variants.slice(1) }, []), refusal("weights_sum", "experiment.variants"));
  });

  test("a ranker scores as it was trained", () => {
    const ranker = new Ranker(MODEL);
    assert.deepEqual([ranker.objective, ranker.featureNames, ranker.treeCount], ["regression", ["visitors"], 1]);
    assert.deepEqual([...ranker.scores([[800], [NaN]])], [0.25, 0.25]);
    assert.throws(() => ranker.scores([[1, 2]]), RangeError);
    assert.throws(() => new Ranker("no model"), refusal("invalid_model", ""));
  });
}
