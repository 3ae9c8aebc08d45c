import { Scorer, type ScoringConfig } from "sponsorfit-wasm";
import { at, element } from "./dom";
import { fill, take } from "./form";
import { showMatch } from "./match";
import { insightsOf, open, reweigh, showRanking, sponsorOf } from "./ranking";
import { DEFAULT_SLIDERS, FACTORS, NAMES, read, weightsOf, write, type State } from "./state";

const facts = at<HTMLFormElement>("facts");
const weights = at<HTMLFormElement>("weights");

let state: State = read(location.hash);
let scorer = new Scorer();
let saving: ReturnType<typeof setTimeout> | undefined;

const config = (): ScoringConfig => ({ weights: weightsOf(state.sliders) });

function show({ weighed = false, filled = false } = {}): void {
  if (filled) fill(facts, state);
  if (weighed) {
    scorer[Symbol.dispose]();
    scorer = new Scorer(config());
    reweigh(config());
    showSliders();
  }
  showMatch(scorer, state);
  showRanking(state, choose);
  // Chromium refuses more than two hundred of these in half a minute.
  clearTimeout(saving);
  saving = setTimeout(() => history.replaceState(null, "", `#${write(state)}`), 300);
}

function choose(event: State["event"]): void {
  const event_id = event.event_id ?? state.event.event_id ?? "";
  state = { ...state, event, insights: { ...insightsOf(event_id), event_id } };
  show({ filled: true });
  at("match").scrollIntoView({ block: "nearest" });
}

const sliders = new Map(
  FACTORS.map((factor) => {
    const input = element("input", "") as HTMLInputElement;
    Object.assign(input, { type: "range", min: "0", max: "100", name: factor });
    const output = element("output", "points");
    at("sliders").append(element("label", "slider", element("span", "name", NAMES[factor]), input, output));
    return [factor, { input, output }] as const;
  }),
);

function showSliders(): void {
  const shares = weightsOf(state.sliders);
  for (const [factor, { input, output }] of sliders) {
    input.value = String(state.sliders[factor]);
    output.textContent = `${(shares[factor] * 100).toFixed(0)} %`;
    input.setAttribute("aria-valuetext", output.textContent);
  }
}

facts.addEventListener("submit", (event) => event.preventDefault());
facts.addEventListener("input", ({ target }) => {
  take(target as HTMLInputElement, state);
  show();
});
weights.addEventListener("input", ({ target }) => {
  const { name, value } = target as HTMLInputElement;
  state.sliders[name as keyof State["sliders"]] = Number(value);
  show({ weighed: true });
});
weights.addEventListener("reset", (event) => {
  event.preventDefault();
  state.sliders = { ...DEFAULT_SLIDERS };
  show({ weighed: true });
});

async function takeFiles(list: FileList | null | undefined): Promise<void> {
  // A text that is dropped on the page is no file.
  if (!list?.length) return;
  const first = await open(list, config());
  const sponsor = first === undefined ? undefined : sponsorOf(first);
  if (sponsor) state = { ...state, sponsor };
  show({ filled: true });
}
at<HTMLInputElement>("file").addEventListener("change", ({ target }) => void takeFiles((target as HTMLInputElement).files));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  void takeFiles(event.dataTransfer?.files);
});

at("share").addEventListener("click", async () => {
  history.replaceState(null, "", `#${write(state)}`);
  const done = await navigator.clipboard.writeText(location.href).then(() => true, () => false);
  at("shared").textContent = done ? "Copied." : "The address of this page is the link.";
});
addEventListener("hashchange", () => {
  state = read(location.hash);
  show({ weighed: true, filled: true });
});

show({ weighed: true, filled: true });
if (import.meta.env.PROD && "serviceWorker" in navigator) void navigator.serviceWorker.register("./sw.js");
