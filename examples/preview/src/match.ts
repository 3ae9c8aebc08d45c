// One pair: its score, bars, reasons, and what would raise it.
import { SponsorfitError, type Improvement, type Scorer, type StoredExplanation } from "sponsorfit-wasm";
import { at, element } from "./dom";
import { blame } from "./form";
import { NAMES, type State } from "./state";

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

/** Scores the pair and shows it; a problem keeps the last score in sight, and says what is wrong. */
export function showMatch(scorer: Scorer, { sponsor, event, insights }: State): void {
  const form = at<HTMLFormElement>("facts");
  try {
    show(scorer.explain(sponsor, event, insights));
    const sides = (["sponsor", "event"] as const).flatMap((side) => scorer.improve(sponsor, event, insights, { side, limit: 2 }));
    at("improve").replaceChildren(...sides.sort((a, b) => b.gain - a.gain).map(improvement), ...nothing(sides, "Nothing more."));
    at("problem").textContent = "";
    blame(form, undefined);
    at("match").classList.remove("stale");
  } catch (error) {
    if (!(error instanceof SponsorfitError)) throw error;
    at("problem").textContent = error.message;
    blame(form, error.path);
    at("match").classList.add("stale");
  }
}

function show(why: StoredExplanation): void {
  at("score").textContent = why.score.toFixed(2);
  at("verdict").textContent = why.lower === why.upper ? "" : `could be ${why.lower.toFixed(2)} to ${why.upper.toFixed(2)}`;
  at("summary").textContent = why.summary;
  const range = at("range");
  range.style.setProperty("--lower", String(why.lower));
  range.style.setProperty("--upper", String(why.upper));
  range.style.setProperty("--score", String(why.score));
  at("factors").replaceChildren(
    ...why.factors.map(({ factor, known, value, weight, contribution }) => {
      const bar = element("div", known ? "bar" : "bar unknown", element("i", ""));
      bar.style.setProperty("--value", String(value ?? 0));
      bar.style.setProperty("--weight", String(weight));
      bar.setAttribute("aria-hidden", "true");
      const points = `${contribution.toFixed(2)} of ${weight.toFixed(2)}${known ? "" : ", unknown"}`;
      return element("li", "", element("span", "name", NAMES[factor]), bar, element("span", "points", points));
    }),
  );
  at("reasons").replaceChildren(
    ...why.reasons.map(({ verdict, text }) => {
      const word = { for: "For", against: "Against", unknown: "Unknown" }[verdict];
      return element("li", verdict, element("strong", "", `${word}:`), ` ${text}`);
    }),
  );
  const asked = why.reasons.filter(({ verdict }) => verdict === "unknown");
  at("unknown").replaceChildren(
    ...asked.map(({ short, lost }) => element("li", "", `${short}${lost > 0 ? ` – worth up to ${lost.toFixed(2)}` : ""}`)),
    ...nothing(asked, `Nothing: all facts are known, ${percent(why.coverage)}.`),
  );
}

function improvement({ text, gain }: Improvement): HTMLElement {
  return element("li", "", element("strong", "", `+${gain.toFixed(2)}`), ` ${text}`);
}

const nothing = (list: readonly unknown[], words: string) => (list.length === 0 ? [element("li", "", words)] : []);
