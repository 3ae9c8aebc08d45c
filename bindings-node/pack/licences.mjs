// Puts the licences of the repository, and of what is linked in, into a package before it is packed:
// npm leaves out links to files.
import { copyFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export const LICENCES = ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES.txt"];

export function carryLicences(folder) {
  for (const file of LICENCES) copyFileSync(join(root, file), join(folder, file));
}
