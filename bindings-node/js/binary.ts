import { createRequire } from "node:module";
import type { Engine } from "sponsorfit-wasm/internal";

const require = createRequire(import.meta.url);

/** How many batches of a ranking run at once: as many as Node's pool has threads unless it is told otherwise. */
const LANES = 4;

/** Names this platform as the packages with the binaries do. */
function platform(): string {
  const { platform, arch } = process;
  if (platform === "win32") return `win32-${arch}-msvc`;
  if (platform !== "linux") return `${platform}-${arch}`;
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return `linux-${arch}-${report?.header?.glibcVersionRuntime === undefined ? "musl" : "gnu"}`;
}

/** Loads this platform's binary: nothing when there is none, it cannot be loaded, or is of another version. */
export function native(): Engine | undefined {
  try {
    const name = `sponsorfit-${platform()}`;
    const { version } = require("../package.json") as { version: string };
    if ((require(`${name}/package.json`) as { version: string }).version !== version) return undefined;
    return { ...(require(name) as Omit<Engine, "runtime" | "lanes">), runtime: "native", lanes: LANES };
  } catch {
    return undefined;
  }
}
