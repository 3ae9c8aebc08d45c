// How fast a build is: runs wherever the package does.

const sponsor = {
  sponsor_id: "6f9619ff-8b86-d011-b42d-00c04fc964ff",
  annual_budget_cents: 5_000_000,
  preferred_categories: ["music", "food", "art"],
  regions: ["US", "CA", "MX"],
};
const event = { event_id: "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", categories: ["music"], regions: ["US"] };
const insights = {
  event_id: event.event_id,
  geo_distribution: { US: 800, CA: 150, BR: 50 },
  engagement_score: 0.8,
  ticket_conversion_rate: 0.1,
};

const ROWS = 10_000;
const pick = (list, number) => list[number % list.length];
const events = Array.from({ length: ROWS }, (_, number) => ({
  event_id: `0b8d60e5-2f2b-4f0e-8f43-${String(number).padStart(12, "0")}`,
  categories: [pick(["music", "food", "art", "tech", "sport"], number), pick(["jazz", "wine", "film"], number * 7)],
  regions: [pick(["US", "DE", "CA", "FR", "MX", "BR"], number * 5)],
}));

/** Runs for about a second, in rounds, and returns the calls a second of the median round. */
function rate(call) {
  for (let warm = 0; warm < 200; warm++) call();
  const rounds = [];
  for (let round = 0; round < 9; round++) {
    let calls = 0;
    const started = performance.now();
    do {
      for (let some = 0; some < 20; some++) call();
      calls += 20;
    } while (performance.now() - started < 100);
    rounds.push((calls * 1000) / (performance.now() - started));
  }
  return rounds.sort((a, b) => a - b)[rounds.length >> 1];
}

/** Measures a build. */
export function measure({ Catalog, Scorer }) {
  const scorer = new Scorer();
  const started = performance.now();
  const catalog = Catalog.from({ sponsors: [sponsor], events });
  const reading = performance.now() - started;
  let slid = 0;
  const slide = () => {
    const geo_fit = (slid++ % 100) / 500;
    const weights = { budget_fit: 0.25, audience_overlap: 0.35, geo_fit, engagement_quality: 0.3 - geo_fit, objectives_similarity: 0.1 };
    const other = catalog.withConfig({ weights });
    other.topEvents(sponsor, { k: 20 });
    other[Symbol.dispose]();
  };
  return {
    score: rate(() => scorer.score(sponsor, event, insights)),
    explain: rate(() => scorer.explain(sponsor, event, insights)),
    pair: rate(() => catalog.score(sponsor.sponsor_id, events[4711].event_id)),
    top: 1000 / rate(() => catalog.topEvents(sponsor, { k: 20 })),
    slide: 1000 / rate(slide),
    reading,
  };
}

/** The same formula by hand, on rows that nobody checks: what a page would write for itself. */
export function byHand() {
  const share = (wanted, has) => wanted.filter((label) => has.has(label)).length / wanted.length;
  const score = (sponsor, event, insights) => {
    const budget = sponsor.annual_budget_cents / (sponsor.annual_budget_cents + 100_000);
    const reached = Object.keys(insights?.geo_distribution ?? {}).filter((region) => insights.geo_distribution[region] > 0);
    const categories = share(sponsor.preferred_categories, new Set(event.categories));
    const geo = share(sponsor.regions, new Set([...event.regions, ...reached]));
    const audience = 0.6 * categories + 0.4 * geo;
    const engagement = 0.7 * (insights?.engagement_score ?? 0) + 0.3 * (insights?.ticket_conversion_rate ?? 0);
    return 0.25 * budget + 0.35 * audience + 0.15 * geo + 0.15 * engagement + 0.1 * 0.5;
  };
  const top = () =>
    events
      .map((event) => ({ event_id: event.event_id, score: score(sponsor, event) }))
      .sort((a, b) => b.score - a.score || (a.event_id < b.event_id ? -1 : 1))
      .slice(0, 20);
  return { score: rate(() => score(sponsor, event, insights)), top: 1000 / rate(top) };
}
