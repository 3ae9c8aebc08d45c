// What the page shows, in a link and back.
import type { AudienceInsights, Event, Factor, SponsorProfile } from "sponsorfit-wasm";

export const FACTORS = [
  "budget_fit",
  "audience_overlap",
  "geo_fit",
  "engagement_quality",
  "objectives_similarity",
] as const satisfies readonly Factor[];

export const NAMES: Record<Factor, string> = {
  budget_fit: "Budget",
  audience_overlap: "Audience",
  geo_fit: "Geography",
  engagement_quality: "Engagement",
  objectives_similarity: "Objectives",
};

export type Sliders = Record<Factor, number>;

export interface State {
  sponsor: SponsorProfile;
  event: Event;
  insights: AudienceInsights;
  /** Positions of the sliders, 0 to 100. */
  sliders: Sliders;
}

const EVENT = "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001";

export const DEFAULT_SLIDERS: Sliders = {
  budget_fit: 25,
  audience_overlap: 35,
  geo_fit: 15,
  engagement_quality: 15,
  objectives_similarity: 10,
};

export const example = (): State => ({
  sponsor: {
    sponsor_id: "6f9619ff-8b86-d011-b42d-00c04fc964ff",
    name: "Cielo Coffee",
    annual_budget_cents: 5_000_000,
    preferred_categories: ["music", "food", "art"],
    regions: ["US", "CA", "MX"],
  },
  event: { event_id: EVENT, title: "Harbor Nights", categories: ["music"], regions: ["US"] },
  insights: {
    event_id: EVENT,
    geo_distribution: { US: 800, CA: 150, BR: 50 },
    engagement_score: 0.8,
    ticket_conversion_rate: 0.1,
  },
  sliders: { ...DEFAULT_SLIDERS },
});

/** Returns the sliders' shares of their sum; the default's when all are at nothing. */
export function weightsOf(sliders: Sliders): Sliders {
  const sum = FACTORS.reduce((sum, factor) => sum + sliders[factor], 0);
  const from = sum === 0 ? DEFAULT_SLIDERS : sliders;
  return Object.fromEntries(FACTORS.map((factor) => [factor, from[factor] / (sum || 100)])) as Sliders;
}

export function write(state: State): string {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isPosition = (value: unknown) => typeof value === "number" && value >= 0 && value <= 100;

/** Reads a link's state; a link that is cut short, or made up, shows the example. */
export function read(hash: string): State {
  try {
    const text = atob(hash.replace(/^#/, "").replaceAll("-", "+").replaceAll("_", "/"));
    const state = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0)))) as State;
    const isWhole =
      [state.sponsor, state.event, state.insights].every(isObject) && FACTORS.every((factor) => isPosition(state.sliders[factor]));
    return isWhole ? state : example();
  } catch {
    return example();
  }
}
