// Fields of the form as fields of rows, and back.
import type { State } from "./state";

type Part = "sponsor" | "event" | "insights";

interface Field {
  show(value: unknown): string;
  /** Reads a text; what it cannot read it hands on, for the core to say what is wrong. */
  read(text: string): unknown;
}

const text: Field = { show: (value) => String(value ?? ""), read: (text) => text || null };
const labels: Field = {
  show: (value) => (Array.isArray(value) ? value.join(", ") : ""),
  read: (text) => text.split(",").map((label) => label.trim()).filter(Boolean),
};
/** A number in other units than the row's. */
const scaled = (scale: number): Field => ({
  show: (value) => (typeof value === "number" ? String(Number((value * scale).toPrecision(12))) : String(value ?? "")),
  read: (text) => {
    const number = Number(text.trim().replaceAll(/[\s_']/g, ""));
    if (text.trim() === "") return null;
    return Number.isNaN(number) ? text : scale === 0.01 ? Math.round(number / scale) : number / scale;
  },
});
const visitors: Field = {
  show: (value) => Object.entries((value ?? {}) as Record<string, unknown>).map(([region, count]) => `${region}: ${count}`).join(", "),
  read: (text) => {
    const pairs = text.split(",").map((pair) => pair.split(":").map((part) => part.trim()));
    return Object.fromEntries(
      pairs.filter(([region]) => region).map(([region, count]) => [region, Number.isNaN(Number(count)) ? (count ?? null) : Number(count)]),
    );
  },
};

const FIELDS: Record<string, Field> = {
  "sponsor.name": text,
  "sponsor.annual_budget_cents": scaled(0.01),
  "sponsor.preferred_categories": labels,
  "sponsor.regions": labels,
  "event.title": text,
  "event.categories": labels,
  "event.regions": labels,
  "insights.geo_distribution": visitors,
  "insights.engagement_score": scaled(100),
  "insights.ticket_conversion_rate": scaled(100),
};

const split = (name: string) => name.split(".") as [Part, string];

/** Shows rows in the form. */
export function fill(form: HTMLFormElement, state: State): void {
  for (const [name, field] of Object.entries(FIELDS)) {
    const [part, column] = split(name);
    const row = state[part] as unknown as Record<string, unknown>;
    (form.elements.namedItem(name) as HTMLInputElement).value = field.show(row[column]);
  }
}

/** Takes a field of the form into its row. */
export function take(input: HTMLInputElement, state: State): void {
  const field = FIELDS[input.name];
  if (!field) return;
  const [part, column] = split(input.name);
  (state[part] as unknown as Record<string, unknown>)[column] = field.read(input.value);
}

/** Marks the field that a problem's path blames, or none. */
export function blame(form: HTMLFormElement, path: string | undefined): void {
  for (const name of Object.keys(FIELDS)) {
    const input = form.elements.namedItem(name) as HTMLInputElement;
    if (path?.startsWith(name)) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", "problem");
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }
}
