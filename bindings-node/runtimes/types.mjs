// What the declarations promise a TypeScript user of the installed package, under strict settings.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const PROGRAM = `import { Catalog, Scorer, SponsorfitError, runtime, type Change, type SponsorProfile } from "sponsorfit";
import { Scorer as Small } from "sponsorfit/score";
import { Scorer as Inline } from "sponsorfit/inline";

const sponsor: SponsorProfile = { sponsor_id: "6f9619ff-8b86-d011-b42d-00c04fc964ff", annual_budget_cents: null };
// @ts-expect-error: a misspelled column is told before anything runs
const misspelled: SponsorProfile = { sponsor_id: "", prefered_categories: [] };
const change: Change = { add_region: "CA" };
// @ts-expect-error: no such change
const none: Change = { add_regions: "CA" };
const why = new Scorer({ geo_reading: "audience_share" }).explain(sponsor, { id: "" });
const summary: string = why.summary;
const evidence = why.factors[0]?.evidence;
if (evidence?.kind === "budget") evidence.half_budget_cents satisfies number;
// @ts-expect-error: no such reading
new Scorer({ geo_reading: "anywhere" });
const { score, coverage } = Catalog.from({ sponsors: [sponsor], events: "id\\n" }).scoreAll(["score", "coverage"]);
const columns: Float64Array[] = [score, coverage];
for await (const { sponsor_id } of Catalog.from({}).rank({ forEach: "sponsor" })) sponsor_id satisfies string;
if (runtime === "native" || new SponsorfitError({ code: "weights_sum", message: "", path: "" }).path) {
  using scorer = new Small();
  scorer satisfies Inline;
}
export { change, columns, misspelled, none, summary };
`;

export async function test({ run, step, whole }) {
  await step("types", () => {
    writeFileSync(join(whole, "types.ts"), PROGRAM);
    const tsc = join(import.meta.dirname, "../../bindings-wasm/node_modules/.bin/tsc");
    const settings = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2023,esnext.disposable,dom"];
    for (const module of [["--module", "nodenext"], ["--module", "preserve", "--moduleResolution", "bundler"]]) {
      run(tsc, [...settings, ...module, "types.ts"], whole);
    }
  });
}
