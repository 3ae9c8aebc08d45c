// Many events: the catalog, ranked for the sponsor that is being typed.
import { Catalog, SponsorfitError, type Event, type MatchScore, type ScoringConfig } from "sponsorfit-wasm";
import eventRows from "../../data/events.ndjson?raw";
import insightRows from "../../data/insights.ndjson?raw";
import { at, element } from "./dom";
import type { State } from "./state";

const SHOWN = 20;

type Kind = "sponsors" | "events" | "insights";
const files: Record<Kind, string | Uint8Array> = { sponsors: "", events: eventRows, insights: insightRows };
let rows = Catalog.from({ events: eventRows, insights: insightRows });
let catalog = rows;

/** Ranks by other weights; the rows are shared, so a slider does not wait. */
export function reweigh(config: ScoringConfig): void {
  const next = rows.withConfig(config);
  if (catalog !== rows) catalog[Symbol.dispose]();
  catalog = next;
}

/** Shows the best events; `choose` takes the one that is picked. */
export function showRanking({ sponsor }: State, choose: (event: Event) => void): void {
  let matches: MatchScore[] = [];
  const started = performance.now();
  try {
    ({ matches } = catalog.topEvents(sponsor, { k: SHOWN }));
  } catch (error) {
    // What is wrong with the sponsor stands beside the match already.
    if (!(error instanceof SponsorfitError)) throw error;
  }
  const took = performance.now() - started;
  const count = catalog.eventCount.toLocaleString("en");
  at("counts").textContent = `${count} events, ranked in ${took.toFixed(1)} ms.`;
  at("rows").replaceChildren(...matches.map((match, place) => row(match, place + 1, choose)));
}

function row({ event_id, score, coverage }: MatchScore, place: number, choose: (event: Event) => void): HTMLElement {
  const event = catalog.event(event_id)?.event ?? { event_id };
  const button = element("button", "link", event.title || event_id) as HTMLButtonElement;
  button.type = "button";
  button.addEventListener("click", () => choose(event));
  const bar = element("span", "mini", element("i", ""));
  bar.style.setProperty("--value", String(score));
  bar.setAttribute("aria-hidden", "true");
  return element(
    "tr",
    "",
    element("td", "", String(place)),
    element("td", "", button),
    element("td", "number", score.toFixed(2), bar),
    element("td", "number", `${(coverage * 100).toFixed(0)} %`),
  );
}

/** Returns the insights of an event of the catalog. */
export function insightsOf(eventId: string) {
  return catalog.event(eventId)?.insights ?? undefined;
}

/** Tells by its columns what a file holds. */
function kindOf(text: string): Kind {
  const head = text.slice(0, 2000);
  if (/sponsor_id/.test(head)) return "sponsors";
  return /engagement_score|geo_distribution|ticket_conversion_rate/.test(head) ? "insights" : "events";
}

/**
 * Takes files of the user's own, and says which rows could not be read. Files that hold no rows
 * leave everything as it was. Returns the first sponsor, where there are sponsors.
 */
export async function open(list: Iterable<File>, config: ScoringConfig): Promise<string | undefined> {
  let sponsors: string | undefined;
  const taken = { ...files };
  for (const file of list) {
    const text = await file.text();
    const kind = kindOf(text);
    if (kind === "sponsors") sponsors = text;
    taken[kind] = text;
    // Another catalog's insights belong to none of its events.
    if (kind === "events" && taken.insights === insightRows) taken.insights = "";
  }
  let next: Catalog;
  try {
    next = Catalog.from(taken, { badRows: "report" });
  } catch (error) {
    if (!(error instanceof SponsorfitError)) throw error;
    at("rejected").textContent = `The files could not be read: ${error.message}.`;
    return undefined;
  }
  if (next.eventCount === 0) {
    const problem = next.report.events.rejects[0]?.problems[0];
    at("rejected").textContent = `The files could not be read: ${problem ? `${problem.path} ${problem.message}`.trim() : "no events"}.`;
    next[Symbol.dispose]();
    return undefined;
  }
  Object.assign(files, taken);
  if (catalog !== rows) catalog[Symbol.dispose]();
  rows[Symbol.dispose]();
  rows = catalog = next;
  const { events, insights, sponsors: own } = next.report;
  const bad = [events, insights, own].flatMap(({ rejects }) => rejects);
  const read = `${events.count.toLocaleString("en")} events and ${insights.count.toLocaleString("en")} insights read.`;
  const [first] = bad;
  const problem = first?.problems[0];
  at("rejected").textContent = problem
    ? `${read} ${bad.length} rows were left out; the first, on line ${first.line}: ${problem.path} ${problem.message}.`
    : read;
  reweigh(config);
  return sponsors === undefined ? undefined : next.sponsorIds[0];
}

export const sponsorOf = (sponsorId: string) => catalog.sponsor(sponsorId);
