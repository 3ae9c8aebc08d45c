/** What the core computed of a pair, as far as it is stored. */
export interface Scored {
  score: number;
  coverage: number;
  overlap_metrics: {
    budget_fit: number | null;
    audience_overlap: { categories: number | null; geo: number | null };
    geo_fit: number | null;
    engagement_quality: number | null;
    objectives_similarity: number | null;
  };
}

const WORD = (1n << 64n) - 1n;

/** Every step is a bijection of the state, so two pairs that differ in one word never meet. */
function step(state: bigint, word: bigint): bigint {
  const mixed = ((state ^ word) * 0x9e3779b97f4a7c15n) & WORD;
  return mixed ^ (mixed >> 32n);
}

/** What is the same for every pair: under another configuration or engine all are rewritten. */
export function seed(fingerprint: string, engineVersion: string): bigint {
  const bytes = new TextEncoder().encode(`${fingerprint} ${engineVersion}`);
  return bytes.reduce((state, byte) => step(state, BigInt(byte)), 0n);
}

const view = new DataView(new ArrayBuffer(8));

/** The digest of a pair, as the Rust worker computes it, in decimal: JSON has no such integers. */
export function digest(seed: bigint, { score, coverage, overlap_metrics: m }: Scored): string {
  const { categories, geo } = m.audience_overlap;
  const values = [
    score,
    coverage,
    m.budget_fit,
    categories,
    geo,
    m.geo_fit,
    m.engagement_quality,
    m.objectives_similarity,
  ];
  const words = values.map((value) => {
    // What was left out is a word that no number of 0..=1 has.
    if (value === null) return WORD;
    view.setFloat64(0, value);
    return view.getBigUint64(0);
  });
  return BigInt.asIntN(64, words.reduce(step, seed)).toString();
}
