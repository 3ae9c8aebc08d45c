import { equal } from "node:assert/strict";

import { Scorer } from "../../functions/_shared/core.ts";
import { digest, seed } from "../../functions/_shared/digest.ts";

Deno.test("the digest of a pair is the Rust worker's", () => {
  using scorer = new Scorer();
  const sponsor_id = "01010101-0101-0101-0101-010101010101";
  const event_id = "02020202-0202-0202-0202-020202020202";
  const score = scorer.score({ sponsor_id }, { event_id });
  // The same constant stands in the example of the core's `Digest`.
  equal(digest(seed("fingerprint", "0.1.0"), score), "3011673674276009403");
});
